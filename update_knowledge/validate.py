"""Do the merged tables keep what everything that reads them relies on?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from update_knowledge.model import LEVELS, TYPES, Service, Services
from update_knowledge.problem import UpdateError

_PREFIX = re.compile(r"[a-z0-9-]+")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_ARN = re.compile(r"arn:[^:]+:[^:]+:[^:]*:[^:]*:\S+")


def check_services(services: Services) -> None:
    """Raises an error that lists everything that is wrong."""
    wrong = [f"{prefix}: {what}" for prefix, service in sorted(services.items()) for what in _problems(prefix, service)]
    if wrong:
        shown = "\n  ".join(wrong[:20])
        raise UpdateError(
            f"the merged data breaks {len(wrong)} rules:\n  {shown}",
            help="mend the reader of the source that says so, or pin an older version",
        )


def _problems(prefix: str, service: Service) -> Iterator[str]:
    if not _PREFIX.fullmatch(prefix):
        yield "a prefix has small letters, digits and dashes"
    if len({name.lower() for name in service.actions}) < len(service.actions):
        yield "two actions differ by case only"
    if len({name.lower() for name in service.keys}) < len(service.keys):
        yield "two keys differ by case only"
    yield from (f"`{name}` has the unknown type `{kind}`" for name, kind in service.keys.items() if kind not in TYPES)
    for name, resource in service.resources.items():
        yield from (f"`{arn}` is no ARN" for arn in resource.arns if not _ARN.fullmatch(arn))
        yield from (f"`{name}` has the undeclared key `{key}`" for key in resource.keys - service.keys.keys())
        if name.endswith("*"):
            yield f"the name of the type `{name}` ends in an asterisk"
    yield from _wrong_actions(service)


def _wrong_actions(service: Service) -> Iterator[str]:
    for name, action in service.actions.items():
        if not _NAME.fullmatch(name):
            yield f"`{name}` is no name of an action"
        if action.level not in LEVELS.values():
            yield f"`{name}` has the unknown level `{action.level}`"
        keys = action.keys.union(*(target.keys for target in action.targets.values()))
        yield from (f"`{name}` has the undeclared key `{key}`" for key in sorted(keys - service.keys.keys()))
        yield from (f"`{name}` has the undeclared type `{kind}`" for kind in sorted(action.targets.keys() - service.resources.keys()))
