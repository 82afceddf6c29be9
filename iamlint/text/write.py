"""How is a value written, in the manner of the text around it?"""

from __future__ import annotations

import re
from json import JSONEncoder

from iamlint.text.tree import Mapping, Number, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Value

# Both are compiled by `re` when first used. Raw, these would be line ends to YAML, refused by it, or unseen by a reader.
_ESCAPED = "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
_PLAIN = r"[A-Za-z_/](?:[A-Za-z0-9_/.:*@+=$()-]|[ ](?=[A-Za-z0-9_/.*@+=$(-]))*"

_WRITER = JSONEncoder(ensure_ascii=False)


class Style:
    """How a text is written: its line end, one step of indentation, what stands between a key and its value, how lists go."""

    __slots__ = ("colon", "indent", "indented_dashes", "inline_lists", "newline")

    def __init__(self, newline: str, indent: str, colon: str, *, inline_lists: bool, indented_dashes: bool) -> None:
        self.newline = newline
        self.indent = indent
        self.colon = colon
        self.inline_lists = inline_lists
        self.indented_dashes = indented_dashes


def line_end_of(text: str) -> str:
    """The line end that a text has; of several, the longest that it has somewhere."""
    return "\r\n" if "\r\n" in text else "\n" if "\n" in text or "\r" not in text else "\r"


def colon_like(between: str) -> str:
    """What is to stand between keys and values in JSON where this stands between one and the other."""
    return between if between in (":", ": ", " : ", " :") else ": "


def quoted(text: str) -> str:
    """`text` in double quotes, as both JSON and YAML read it."""
    written = _WRITER.encode(text)
    return written if written.isprintable() else re.sub(_ESCAPED, lambda found: f"\\u{ord(found[0]):04x}", written)


def like(old: str, text: str) -> str:
    """`text` quoted as `old` is: in single quotes, bare where that is safe, else in double quotes."""
    if old.startswith("'") and text.isprintable() and text.isascii():
        return "'" + text.replace("'", "''") + "'"
    return quoted(text) if old.startswith('"') else plain(text)


def plain(text: str) -> str:
    """`text` without quotes where YAML reads it back as that string everywhere, else in double quotes."""
    from iamlint.text.yaml_scalar import resolve

    safe = re.fullmatch(_PLAIN, text) and not text.endswith(":") and ": " not in text and text.lower() not in ("y", "n")
    return text if safe and resolve(text) == (text, None) else quoted(text)


def flow(value: Value, style: Style, indent: str | None) -> str:
    """A value in brackets and double quotes; over several lines from `indent`, or on one line when that is None."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Tagged):
        return f"{value.tag} {flow(value.value, style, None)}"
    if isinstance(value, Mapping):
        return _bracketed(
            "{}", [f"{quoted(key)}{style.colon}{flow(member, style, _deeper(indent, style))}" for key, member in value], style, indent
        )
    if isinstance(value, tuple):
        one_line = style.inline_lists and not any(isinstance(item, Mapping | tuple) for item in value)
        inner = None if one_line else indent
        return _bracketed("[]", [flow(item, style, _deeper(inner, style)) for item in value], style, inner)
    return _literal(value)


def block(value: Value, style: Style, column: int) -> str:
    """A value as block YAML whose first line goes on where the caller stands and whose others are indented by `column`."""
    rest = style.newline + " " * column
    if isinstance(value, Mapping) and value.members:
        return rest.join(plain(key) + ":" + beside(member, style, column) for key, member in value)
    if isinstance(value, tuple) and value:
        return rest.join("- " + block(item, style, column + 2) for item in value)
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Tagged):
        scalar = plain(value.value) if isinstance(value.value, str) else flow(value.value, style, None)
        return f"{value.tag} {scalar}"
    return flow(value, style, None)


def beside(value: Value, style: Style, column: int) -> str:
    """What stands behind the colon of a key at `column`: a space and the value, or the lines below."""
    if not isinstance(value, Mapping | tuple) or len(value) == 0:
        return " " + block(value, style, column)
    inner = column if isinstance(value, tuple) and not style.indented_dashes else column + len(style.indent)
    return style.newline + " " * inner + block(value, style, inner)


def _bracketed(brackets: str, parts: list[str], style: Style, indent: str | None) -> str:
    if not parts:
        return brackets
    if indent is None:
        return brackets[0] + (", " if style.colon.endswith(" ") else ",").join(parts) + brackets[1]
    inner = style.newline + indent + style.indent
    return brackets[0] + inner + ("," + inner).join(parts) + style.newline + indent + brackets[1]


def _deeper(indent: str | None, style: Style) -> str | None:
    return None if indent is None else indent + style.indent


def _literal(value: Number | bool | None) -> str:
    if isinstance(value, Number):
        return value.text
    return "null" if value is None else "true" if value else "false"
