"""Why is this not YAML, and how is it mended?"""

from __future__ import annotations

import re

from iamlint.text.source import Span, TextError, excerpt
from iamlint.text.tree import MAX_DEPTH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml import MarkedYAMLError

    from iamlint.text.source import Source

_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_UNCLOSED = ("this string is never closed", "close it with the quote that opens it")
# What libyaml and PyYAML say (the first half is libyaml's wording), what we say, what to do. `{}` is the offending text.
_PROBLEMS = (
    ("found unexpected end of stream", *_UNCLOSED),
    ("found unexpected document (?:indicator|separator)", *_UNCLOSED),
    ("mapping values are not allowed", "a second `:` on one line", "put the value in quotes, or the mapping on a line of its own"),
    ("sequence entries are not allowed", "a list cannot start here", "put the `-` on a line of its own, or the value in quotes"),
    ("mapping keys are not allowed", "a key cannot start here", "put it on a line of its own"),
    ("could not find expected ':'", "a key without `:`", "write `:` and a space after it, or indent it below the line before"),
    # Newer versions of libyaml refuse by themselves what is much deeper.
    ("maximum nesting depth", f"nested more than {MAX_DEPTH} levels deep", "take this part out; no policy needs such depth"),
    ("tab character", "a tab cannot indent YAML", "indent with spaces"),
    ("cannot start any token", "`{}` cannot start a value", "put the value in quotes"),
    ("expected key|expected <block end>|'-' indicator", "`{}` does not fit the lines around it", "check its indentation and quotes"),
    (r"',' or '\]'", "`{}` where the list needs `,` or `]`", "write the missing `,` or `]`"),
    ("',' or '}'", "`{}` where the mapping needs `,` or `}}`", "write the missing `,` or `}`"),
    ("node content", "`{}` where a value should be", "write the value, or put it in quotes"),
    ("document start", "`{}` after the end of the document", "write `---` on a line between documents, or remove it"),
    ("hexdecimal|escape sequence of", "an escape without enough hexadecimal digits", "write them, or use single quotes"),
    ("Unicode character escape", "an escape that is no character", "write the character itself"),
    ("alphabetic or numeric", "an anchor or alias without a name", "write its name, or put the value in quotes"),
    ("undefined tag handle", "the tag prefix is not declared", "declare it with `%TAG`, or put the value in quotes"),
    ("indentation indicator", "a block cannot be indented by 0", "write a number from 1 to 9 after `|` or `>`, or none"),
    ("comment or line break|comment or a line break", "`{}` after the sign of a block", "start the text on the next line"),
    ("directive name|non-alphabetical", "`%` starts a directive here", "put the value in quotes, or remove the line"),
    ("whitespace or line break|expected ' '", "no space after the tag or anchor", "write a space, or put the value in quotes"),
    ("URI|expected '!'", "a tag that is not whole", "write its name, or put the value in quotes"),
    ("unexpected ':'", "`:` in a list or mapping in brackets", "put the value in quotes"),
    ("incompatible YAML", "a version of YAML that is not 1.x", "remove the `%YAML` line"),
)
_BEYOND = r"\\U(?!0010|000[0-9a-fA-F])[0-9a-fA-F]{8}"
_BACKSLASH = "write a backslash as `\\\\`, or use single quotes"


def refuse_unprintable(text: str) -> None:
    """Raise the error on the first character that YAML does not allow anywhere, or on a second byte order mark."""
    if text.startswith("\ufeff"):
        raise TextError("a second byte order mark (U+FEFF)", Span(0, 1), "remove it")
    if found := re.search(_UNPRINTABLE, text):
        what = f"the character U+{ord(found[0]):04X} is not allowed in YAML"
        raise TextError(what, Span(*found.span()), "remove it, or write it as an escape in double quotes")


def explain(source: Source, error: MarkedYAMLError) -> TextError:
    """What libyaml or PyYAML stumbled over, in our words and at its place."""
    at = _index(error.problem_mark)
    opening = _index(error.context_mark)
    at = min(len(source.text) if at is None else at, len(source.text))
    problem = error.problem or ""
    if source.text[at : at + 1] == "\t" and "start any token" in problem:
        problem = "tab character"
    if "mapping values" in problem and not re.search(r":\s", source.text[source.line_span(source.position(at).line).start : at]):
        return TextError(
            "this line goes on with the value before it",
            _whole_line(source, at),
            "align it with the keys around it, or write the `:` missing above",
        )
    if "unknown escape" in problem:
        at -= source.text[at : at + 1] != "\\"
        if at + 1 >= len(source.text):
            return _placed(source.text, len(source.text), opening, *_UNCLOSED)
        return TextError(f"`{source.text[at : at + 2]}` is not an escape", Span(at, at + 2), _BACKSLASH)
    for pattern, message, help in _PROBLEMS:
        if re.search(pattern, problem):
            return _placed(source.text, at, opening, message, help)
    return TextError("this is not YAML: " + (problem or "unreadable"), _word(source.text, at), "see https://yaml.org/spec/1.1/")


def explain_escape(text: str) -> TextError:
    """The error on an escape beyond Unicode, which pure PyYAML passes on to `chr`."""
    found = re.search(_BEYOND, text)
    return TextError("an escape that is no character", Span(*found.span()) if found else Span(0, 0), "write the character itself")


def _placed(text: str, at: int, opening: int | None, message: str, help: str) -> TextError:
    if "without `:`" in message and opening is not None:
        return TextError(message, Span(opening, _line_end(text, opening)), help)
    if opening is not None and (message == _UNCLOSED[0] or not text[at:].strip()):
        if text[opening : opening + 1] in ("[", "{"):
            return TextError(f"`{text[opening]}` is never closed", Span(opening, opening + 1), help)
        return TextError(_said(message, ""), Span(opening, _line_end(text, opening)), help)
    span = _word(text, at)
    if "cannot start" in message:
        span = Span(at, min(at + 1, len(text)))
    return TextError(_said(message, excerpt(text[span.start : span.end])), span, help)


def _said(message: str, found: str) -> str:
    return message.format(found) if found else message.replace("`{}`", "the end of the file").format()


def _word(text: str, at: int) -> Span:
    found = re.compile(r"[^\s,\[\]{}:]+|\S").match(text, at)
    return Span(at, found.end() if found else min(at + 1, len(text)))


def _line_end(text: str, at: int) -> int:
    found = re.compile(r"[ \t]*(?:[\r\n]|\Z)").search(text, at)
    return max(at, found.start()) if found else len(text)


def _whole_line(source: Source, at: int) -> Span:
    span = source.line_span(source.position(at).line)
    start = span.start + len(source.text[span.start : span.end]) - len(source.text[span.start : span.end].lstrip())
    return Span(start, max(start, span.end))


def _index(mark: object) -> int | None:
    index = getattr(mark, "index", None)
    return index if isinstance(index, int) else None
