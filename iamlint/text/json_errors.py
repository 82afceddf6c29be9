"""Why is this not JSON, and how is it mended?"""

from __future__ import annotations

import re

from iamlint.text.source import Span, TextError, excerpt
from iamlint.text.tree import MAX_DEPTH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.source import Source


class Opened:
    """A bracket that is still open where reading stopped, and the last key read inside it."""

    __slots__ = ("bracket", "key", "start")

    def __init__(self, bracket: str, start: int, key: Span | None) -> None:
        self.bracket = bracket
        self.start = start
        self.key = key


_CLOSERS = {"{": "}", "[": "]"}
_SPACE = " \t\n\r"
_SPACES = re.compile(r"[ \t\n\r]*+")
_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|(?://|#)[^\r\n]*")
_BAD_ESCAPE = re.compile(r'\\(?:u(?![0-9a-fA-F]{4})[0-9a-fA-F]{0,3}|[^"\\/bfnrtu])')
_STRING_PARTS = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+')
_SINGLE_QUOTED = re.compile(r"'(?:[^'\\\r\n]++|\\.)*+'?")
_BARE = re.compile(r"[^\s\[\]{},:\"'`]+")
_NUMBER_LIKE = re.compile(r"[-+]?\.?[0-9]")
_TEMPLATE = re.compile(r"\{\{[^\r\n]*?\}\}|\$\{[^\r\n}]*\}|<[^<>\r\n]*>|\{%[^\r\n]*?%\}")
_CONTROLS = {"\t": r"\t", "\b": r"\b", "\f": r"\f"}
_CONSTANTS = {"true": "true", "false": "false", "null": "null", "none": "null", "undefined": "null", "nil": "null"}
_TYPOGRAPHIC = "\u201c\u201d\u201e\u201f\u2018\u2019\u00ab\u00bb\u2033\uff02"


def too_deep(start: int) -> TextError:
    """The error on a collection inside `MAX_DEPTH` others."""
    return TextError(f"nested more than {MAX_DEPTH} levels deep", Span(start, start + 1), "take this part out; no policy needs such depth")


def half_pair(text: str, start: int, half: str) -> TextError:
    """The error on a string (opening at `start`) that holds half of a surrogate pair, which is no character."""
    found = re.compile(rf"\\u{ord(half):04x}", re.IGNORECASE).search(text, start)
    span = Span(start, start + 1) if found is None else Span(*found.span())
    escape = text[span.start : span.end]
    return TextError(f"`{escape}` is half of a surrogate pair, not a character", span, "write both halves, or the character itself")


def explain(source: Source, at: int, expecting: str, opened: tuple[Opened, ...]) -> TextError:
    """The error at the first token from `at`, where `expecting` is `value`, `next value`, `key`, `next key`, `colon`, `comma` or `end`."""
    text = source.text
    if spaces := _SPACES.match(text, at):
        at = spaces.end()
    if at == len(text):
        return _ended(source, opened)
    return (
        _foreign(text, at, expecting)
        or _bracket(source, at, expecting, opened)
        or (_bad_string(text, at) if text[at] == '"' else None)
        or _EXPLAINERS[expecting](source, at, opened)
    )


def _ended(source: Source, opened: tuple[Opened, ...]) -> TextError:
    if not opened:
        return TextError("the file is empty", Span(0, 0), "write a JSON value into it, or remove it")
    last = opened[-1]
    closers = "".join(_CLOSERS[each.bracket] for each in reversed(opened[-8:]))
    help = f"close it with `{closers}`" if len(opened) <= 8 else "see whether the file was cut off"
    return TextError(f"`{last.bracket}` is never closed", Span(last.start, last.start + 1), help)


def _foreign(text: str, at: int, expecting: str) -> TextError | None:
    """What other languages write and JSON does not."""
    if comment := _COMMENT.match(text, at):
        return TextError("JSON has no comments", Span(*comment.span()), "remove it")
    if text[at] == "'":
        quoted = _SINGLE_QUOTED.match(text, at)
        span = Span(at, quoted.end() if quoted else at + 1)
        return TextError("JSON strings stand in double quotes", span, "write `\"` for `'`")
    if text[at] in _TYPOGRAPHIC:
        return TextError(f"`{text[at]}` is a typographic quote", Span(at, at + 1), 'write `"`')
    if (expecting.endswith(("value", "key"))) and (found := _TEMPLATE.match(text, at)):
        return TextError(
            f"`{excerpt(found[0])}` stands outside a string", Span(*found.span()), "put it in double quotes, or fill it in first"
        )
    if text[at].isspace() or not text[at].isprintable():
        what = f"U+{ord(text[at]):04X}"
        return TextError(f"the character {what} stands outside a string", Span(at, at + 1), "write an ordinary space for it, or remove it")
    return None


def _bracket(source: Source, at: int, expecting: str, opened: tuple[Opened, ...]) -> TextError | None:
    text = source.text
    closer = text[at]
    if closer not in "]}":
        return None
    span = Span(at, at + 1)
    if not opened:
        return TextError(f"`{closer}` closes nothing", span, "remove it")
    last = opened[-1]
    if closer != _CLOSERS[last.bracket]:
        return TextError(
            f"`{closer}` cannot close the `{last.bracket}` of {_where(source, last.start)}", span, f"write `{_CLOSERS[last.bracket]}`"
        )
    if expecting.startswith("next"):
        comma = text.rindex(",", 0, at)
        return TextError(f"trailing comma before `{closer}`", Span(comma, comma + 1), f"remove the comma at {_where(source, comma)}")
    if expecting == "colon":
        return None
    return TextError(f"a value is missing before `{closer}`", span, "write the value of this key")


def _bad_string(text: str, at: int) -> TextError | None:
    """What is wrong inside the string that opens at `at`, or None when it is whole."""
    found = _STRING_PARTS.match(text, at)
    stop = found.end() if found else at + 1
    if stop == len(text):
        return TextError("this string is never closed", Span(at, _line_end(text, at)), 'close it with `"`')
    character = text[stop]
    if character == '"':
        return None
    if character in "\r\n":
        return TextError("this string is not closed on its line", Span(at, stop), r'close it with `"`, or write a line break as `\n`')
    if character == "\\":
        escape = _BAD_ESCAPE.match(text, stop)
        if escape is None:
            return TextError("this string is never closed", Span(at, len(text)), 'close it with `"`')
        if escape[0].startswith("\\u"):
            return TextError("`\\u` needs four hexadecimal digits", Span(*escape.span()), "write them, or a backslash as `\\\\`")
        return TextError(f"`{escape[0]}` is not an escape", Span(*escape.span()), "write a backslash as `\\\\`")
    written = _CONTROLS.get(character, f"\\u{ord(character):04x}")
    return TextError(
        f"control character U+{ord(character):04X} in a string", Span(stop, stop + 1), f"write `{written}` for it, or remove it"
    )


def _line_end(text: str, at: int) -> int:
    found = re.compile(r"[\r\n]").search(text, at)
    return found.start() if found else len(text)


def _value(source: Source, at: int, opened: tuple[Opened, ...]) -> TextError:
    text = source.text
    if text[at] in ",:":
        return TextError(f"a value is missing before `{text[at]}`", Span(at, at + 1), "write the value, or remove this character")
    found = _BARE.match(text, at)
    span = Span(*found.span()) if found else Span(at, at + 1)
    word = excerpt(text[span.start : span.end])
    if constant := _CONSTANTS.get(word.lower()):
        return TextError(f"`{word}` is not JSON", span, f"write `{constant}`")
    if word.lstrip("+-") in ("NaN", "Infinity", "inf", "nan"):
        return TextError(f"`{word}` is not a JSON number", span, "write a number, or put it in double quotes")
    if _NUMBER_LIKE.match(word):
        return TextError(f"`{word}` is not a JSON number", span, "put it in double quotes if it is text")
    return TextError(f"`{word}` stands outside a string", span, f'write `"{word}"`')


def _key(source: Source, at: int, opened: tuple[Opened, ...]) -> TextError:
    text = source.text
    if text[at] in ",:":
        return TextError(f"a key is missing before `{text[at]}`", Span(at, at + 1), "write the key, or remove this character")
    if template := _TEMPLATE.match(text, at - 1):
        return TextError(
            f"`{excerpt(template[0])}` stands outside a string", Span(*template.span()), "put it in double quotes, or fill it in first"
        )
    if text[at] in "[{":
        return TextError(f"`{text[at]}` cannot start a key", Span(at, at + 1), "write a key in double quotes and `:` before it")
    found = _BARE.match(text, at)
    span = Span(*found.span()) if found else Span(at, at + 1)
    word = excerpt(text[span.start : span.end])
    return TextError(f"the key `{word}` is not in double quotes", span, f'write `"{word}"`')


def _colon(source: Source, at: int, opened: tuple[Opened, ...]) -> TextError:
    key = opened[-1].key or Span(at, at + 1)
    return TextError("this key has no value", key, f"write `:` and the value at {_where(source, key.end)}")


def _comma(source: Source, at: int, opened: tuple[Opened, ...]) -> TextError:
    text = source.text
    if text[at] == ":":
        return TextError("`:` in a list", Span(at, at + 1), "write `{` and `}` around the pair, or remove the `:`")
    end = _before(text, at)
    if _BARE.match(text, at) and end == at:
        return _value(source, _bare_start(text, at), opened)
    return TextError("no comma before the next value", Span(end - 1, end), f"write `,` at {_where(source, end)}")


def _end(source: Source, at: int, opened: tuple[Opened, ...]) -> TextError:
    text = source.text
    if text[at] == ",":
        return TextError("a comma after the end of the document", Span(at, at + 1), "remove it")
    return TextError("text after the end of the document", Span(at, _line_end(text, at)), "remove it, or split the file")


def _bare_start(text: str, at: int) -> int:
    """Where the word starts that a number or constant was cut from, such as the `0` of `01`."""
    while at > 0 and _BARE.match(text[at - 1]):
        at -= 1
    return at


def _before(text: str, at: int) -> int:
    """The end of the token before `at`."""
    while text[at - 1] in _SPACE:
        at -= 1
    return at


def _where(source: Source, offset: int) -> str:
    place = source.position(offset)
    return f"{place.line}:{place.column}"


_EXPLAINERS = {"value": _value, "next value": _value, "key": _key, "next key": _key, "colon": _colon, "comma": _comma, "end": _end}
