"""Is a card's front matter what front matter must be?

`card.schema.json` says what is allowed; this module says what is wrong in a reader's words. It is used by the build, the tests and for
cards of the repository being linted: jsonschema costs a tenth of a second to import.
"""

from __future__ import annotations

import re
from os.path import dirname, join

from iamlint.rulebook.errors import CardError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

    from iamlint.rulebook.card import Fact
    from iamlint.rulebook.front import Front

_TEMPLATES = frozenset({"message", "points-at", "label", "help"})
_TEMPLATE = re.compile(r"(?:[^{}]|\{[a-z]+(?:-[a-z]+)*\})*")
_NAMES = "write a name in braces, such as `{account}`, and no other braces"
_SEE = "`iamlint/rulebook/card.schema.json` says what a card may state"


def card_problems(front: Front, source: str) -> Iterator[CardError]:
    """What is wrong with the facts of a card, in the order of their lines."""
    found = [(front.line(path), message, help) for path, message, help in _problems(front)]
    for line, message, help in sorted(found):
        yield CardError(message, help, path=source, line=line)


def _problems(front: Front) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for error in _validator("card.schema.json").iter_errors(front.facts):
        yield _told(error, ())
    yield from _braces(front.facts, ())
    if "forbids" in front.facts:
        for error in _validator("query.schema.json").iter_errors(front.facts["forbids"]):
            yield _told(error, ("forbids",))


def _braces(fact: Fact, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Names to fill in that are more than names: what `str.format` takes beyond them can fail, or ask for a text without end."""
    if isinstance(fact, str) and path[0] in _TEMPLATES and not _TEMPLATE.fullmatch(fact):
        yield path, f"`{_short(fact)}` has braces that hold no name", _NAMES
    if isinstance(fact, list):
        for position, item in enumerate(fact):
            yield from _braces(item, (*path, position))
    if isinstance(fact, dict):
        for key, value in fact.items():
            if not _TEMPLATE.fullmatch(key):
                yield (*path, key), f"`{_short(key)}` has braces that hold no name", _NAMES
            yield from _braces(value, (*path, key))


def read_schema(name: str) -> dict[str, Fact]:
    """One of the JSON schemas of cards, by its file name."""
    import json

    with open(join(dirname(__file__), name), encoding="utf-8") as file:
        schema: dict[str, Fact] = json.load(file)
    return schema


def _validator(name: str) -> Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(read_schema(name))


def _told(error: ValidationError, above: tuple[str, ...]) -> tuple[tuple[str | int, ...], str, str]:
    """The path of what is wrong, the message and the help."""
    path: tuple[str | int, ...] = (*above, *error.absolute_path)
    name = ".".join(map(str, path)) or "the front matter"
    match error.validator:
        case "additionalProperties":
            return _unknown_key(error, path)
        case "required":
            missing = next(key for key in _schema(error)["required"] if key not in _keys(error))
            return path, f"{_in(path)}`{missing}` is missing", f"add `{missing}:`"
        case "enum":
            return path, f"`{name}` is `{_short(error.instance)}`", f"use one of {', '.join(_schema(error)['enum'])}"
        case "pattern" | "minLength" | "maxLength" | "format":
            return path, f"`{name}` is `{_short(error.instance)}`", _schema(error).get("description", _SEE)
        case "dependentRequired" | "not":
            return path, _schema(error).get("$comment", error.message), _SEE
        case _:
            return path, f"`{name}` is not as it must be: {_short(error.message)}", _schema(error).get("description", _SEE)


def _unknown_key(error: ValidationError, path: tuple[str | int, ...]) -> tuple[tuple[str | int, ...], str, str]:
    from difflib import get_close_matches

    from iamlint.rulebook.book import did_you_mean

    known = list(_schema(error).get("properties", {}))
    key = next(key for key in _keys(error) if key not in known)
    return (*path, key), f"{_in(path)}`{key}` is not known", did_you_mean(get_close_matches(key, known, n=1), f"use {', '.join(known)}")


def _schema(error: ValidationError) -> dict[str, Any]:
    """The part of the schema that the error is about; keywords of ours only stand in mappings."""
    return error.schema if isinstance(error.schema, dict) else {}


def _keys(error: ValidationError) -> list[str]:
    return list(error.instance) if isinstance(error.instance, dict) else []


def _in(path: tuple[str | int, ...]) -> str:
    return f"in `{'.'.join(map(str, path))}`, " if path else ""


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
