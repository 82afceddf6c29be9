"""What does `cloudsplaining` say of escalation and exposure?"""

from __future__ import annotations

from typing import Any

from update_knowledge.archive import Archive

_MEMBER = "cloudsplaining/shared/constants.py"


def read_paths(archive: Archive) -> dict[str, tuple[list[str], str]]:
    """By the name of a path of escalation: the actions that make it up, in lower case, and the page that describes it, or nothing."""
    methods: Any = archive.constant(_MEMBER, "PRIVILEGE_ESCALATION_METHODS")
    pages: Any = archive.constant(_MEMBER, "PRIVILEGE_ESCALATION_PATHFINDING_PATHS")
    return {name: ([action.lower() for action in actions], pages.get(name) or "") for name, actions in methods.items()}


def read_exposures(archive: Archive) -> dict[str, list[str]]:
    """Actions, in lower case, that return credentials, and those that return the data that is stored."""
    credentials: Any = archive.constant(_MEMBER, "ACTIONS_THAT_RETURN_CREDENTIALS")
    stored: Any = archive.constant(_MEMBER, "READ_ONLY_DATA_EXFILTRATION_ACTIONS")
    return {"credentials": [name.lower() for name in credentials], "data": [name.lower() for name in stored]}
