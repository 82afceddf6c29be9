"""How are names brought into one form, which every source spells in its own?"""

from __future__ import annotations

import re

from update_knowledge.model import LEVELS

# `${TagKey}`, `<key>`: parts of a key's name that a policy's author fills in.
_PLACEHOLDER = re.compile(r"\$\{[^}]*\}|<[^>]*>")
_LITERAL_TAG = re.compile(r"(?i)(Tags?/)tag-?key$")


def key(name: str) -> str:
    """A condition key with `${}` for each part that is filled in."""
    return _LITERAL_TAG.sub(r"\1${}", _PLACEHOLDER.sub("${}", name.strip()))


def level(text: str) -> str | None:
    """The letter of an access level; of `Tagging, Write` the more telling one. None when AWS has no such level."""
    found = [LEVELS.get(part.strip()) for part in text.split(",")]
    telling = [letter for letter in found if letter in ("T", "P")]
    return (telling or found)[0]


def arns(text: str) -> list[str]:
    """The ARN formats in a text that joins them with commas."""
    return [" ".join(part.split()) for part in text.split(",")]
