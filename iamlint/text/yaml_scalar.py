"""What does an unquoted YAML scalar mean, and would another tool read it otherwise?

YAML 1.1 (https://yaml.org/type/) is what PyYAML, the AWS CLI and CloudFormation's tools read: there `on` is true, `012` is octal and
`2012-10-17` a date. Here nothing is converted away from its text: what is no plain decimal number, boolean or null stays a string.
"""

from __future__ import annotations

import re

from iamlint.text.source import excerpt
from iamlint.text.tree import Number, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Value


class Doubt:
    """Why a scalar may not mean what its writer thinks: the kind of note, what to say and what to do."""

    __slots__ = ("help", "kind", "message")

    def __init__(self, kind: str, message: str, help: str) -> None:
        self.kind = kind
        self.message = message
        self.help = help


FIRST = frozenset("0123456789+-.~nNtTfFyYoO")
"""What a scalar begins with that may be something else than text."""

_STANDARD = "tag:yaml.org,2002:"
_STANDARD_COLLECTIONS = ("!!map", "!!seq")
_STANDARD_SCALARS = ("!!str", "!!int", "!!float", "!!bool", "!!null")
_WORDS: dict[str, Value] = {
    **dict.fromkeys(("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", "")),
}
_NUMBER = r"[-+]?(?:0|[1-9][0-9]*|[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?|\.[0-9]+(?:[eE][-+][0-9]+)?)"
# An octal number to YAML 1.1 when it has neither 8 nor 9, a decimal one to YAML 1.2: either way the zero of an account id is lost.
_LEADING_ZERO = r"[-+]?0[0-9]+"
_ODD_NUMBER = r"""[-+]?(?:
        0b[01_]+ | 0x[0-9a-fA-F_]+ | 0[0-7_]+ | [1-9][0-9_]* |
        [0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)? |
        [0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)? | \.[0-9][0-9_]*(?:[eE][-+][0-9]+)? |
        \.(?:inf|Inf|INF)
    ) | \.(?:nan|NaN|NAN)"""
_DATE = r"""[0-9]{4}-[0-9]{2}-[0-9]{2} |
    [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
    (?:[Tt]|[\ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
    (?:[\ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?"""
# Every reader of policies takes these two for text: CloudFormation and the AWS CLI write them back as they stand.
_VERSIONS = ("2012-10-17", "2008-10-17")
_QUOTE = "put it in quotes"


def resolve(text: str) -> tuple[Value, Doubt | None]:
    """The value of an unquoted scalar without a tag, and what is doubtful about it."""
    if text and text[0] not in FIRST:
        return text, None
    if text in _WORDS:
        return _WORDS[text], _doubt_word(text, _WORDS[text])
    if text[0].isalpha() or text in _VERSIONS:
        return text, None
    return _resolve_number(text)


def _resolve_number(text: str) -> tuple[Value, Doubt | None]:
    if re.fullmatch(_NUMBER, text):
        return Number(text), None
    if re.fullmatch(_LEADING_ZERO, text):
        return text, Doubt("yaml-octal", f"`{excerpt(text)}` loses its zero where YAML reads it as a number", _QUOTE)
    if re.fullmatch(_DATE, text, re.VERBOSE):
        return text, Doubt("yaml-date", f"`{excerpt(text)}` is a date to YAML 1.1, not a string", _QUOTE)
    if re.fullmatch(_ODD_NUMBER, text, re.VERBOSE):
        return text, Doubt("yaml-number", f"`{excerpt(text)}` is a number to YAML 1.1, not a string", _QUOTE)
    return text, None


def tagged(tag: str, text: str) -> Value:
    """The value of a scalar under a tag; one of YAML's own, such as `!!str`, leaves nothing but what it makes of the text."""
    short = _short(tag)
    return _standard(short, text) if short in _STANDARD_SCALARS else Tagged(short, text)


def tagged_collection(tag: str, value: Value) -> Value:
    """The value of a mapping or a list under a tag."""
    short = _short(tag)
    return value if short in _STANDARD_COLLECTIONS else Tagged(short, value)


def _short(tag: str) -> str:
    """A tag as it is written, `!!int` for `tag:yaml.org,2002:int`."""
    return "!!" + tag[len(_STANDARD) :] if tag.startswith(_STANDARD) else tag


def _standard(tag: str, text: str) -> Value:
    """The value of a scalar under one of YAML's own tags; its text where that tag does not fit."""
    if tag in ("!!int", "!!float"):
        return Number(text) if re.fullmatch(_NUMBER, text) else text
    if tag in ("!!bool", "!!null") and text in _WORDS and (_WORDS[text] is None) == (tag == "!!null"):
        return _WORDS[text]
    return text


def _doubt_word(text: str, value: Value) -> Doubt | None:
    if value is None:
        if text == "null":
            return None
        what = f"`{text}` is null, not a string" if text else "nothing is written here, which is null"
        return Doubt("yaml-null", what, "put it in quotes, or write `null`" if text else 'write the value, `null` or `""`')
    if text.lower() in ("true", "false"):
        return None
    written = "true" if value else "false"
    return Doubt("yaml-boolean", f"`{text}` is `{written}` to YAML 1.1", f"write `{written}`, or put it in quotes")
