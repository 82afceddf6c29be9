"""Which strings do a policy's patterns stand for, as terms of the theory of strings and regular expressions that z3 decides?

Written from AWS's pages alone and without a line of the engine, so that it can judge it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import z3

Term: TypeAlias = Any
"""A term or formula of z3, whose package has no types."""

Lookup: TypeAlias = Callable[[str], tuple[Term, Term]]
"""Whether the request carries a key, and its value where it does."""


class UncoveredError(Exception):
    """A text or condition that the encoding leaves out."""


_LAST = 0x2FFFF  # the last character of z3's strings
_ANY = z3.AllChar(z3.ReSort(z3.StringSort()))
_VARIABLE = re.compile(r"\$\{([^},]+)(?:, *'([^']*)')?\}")
_FORMAT_PIECE = re.compile(r"(\[[^\]]+\]|.)(\*|\+|\{\d+\})?")


def _char(code: int) -> Term:
    return z3.StringVal(f"\\u{{{code:x}}}")


def _span(first: int, last: int) -> Term:
    return z3.Range(_char(first), _char(last))


def _union(regexes: list[Term]) -> Term:
    return regexes[0] if len(regexes) == 1 else z3.Union(*regexes)


def _concat(regexes: list[Term]) -> Term:
    return z3.Re("") if not regexes else regexes[0] if len(regexes) == 1 else z3.Concat(*regexes)


def none_of(chars: str) -> Term:
    """One character that is none of `chars`."""
    spans, start = [], 0
    for code in sorted(map(ord, chars)):
        if start < code:
            spans.append(_span(start, code - 1))
        start = code + 1
    return _union([*spans, _span(start, _LAST)])


NOT_COLON = none_of(":")


def wildcard(text: str, one: Term = _ANY) -> Term:
    """`text`, in which `*` is any run of the characters `one`, and `?` one of them."""
    pieces: list[Term] = []
    for piece in re.findall(r"[*?]|[^*?]+", text):
        pieces.append(z3.Star(one) if piece == "*" else one if piece == "?" else z3.Re(z3.StringVal(piece)))
    return _concat(pieces)


def in_any_case(text: str) -> Term:
    """Every spelling of `text` in upper and lower case."""
    forms = [[z3.Re(form) for form in sorted({char, char.lower(), char.upper()})] for char in text]
    return _concat([_union(form) for form in forms])


def arn_pattern(text: str) -> Term | None:
    """An ARN pattern, whose wildcards stay in their field; None for a text with fewer than six."""
    fields = text.split(":", 5)
    if len(fields) < 6:
        return None
    joined: list[Term] = []
    for field in fields[:5]:
        joined += [wildcard(field, NOT_COLON), z3.Re(":")]
    return _concat([*joined, wildcard(fields[5])])


def legal_values(format: str) -> Term:
    """The values of a format of `knowledge`: characters and classes, each optionally with `*`, `+` or `{n}`."""
    pieces: list[Term] = []
    for one, times in _FORMAT_PIECE.findall(format):
        regex = _class(one)
        match times[:1]:
            case "*":
                regex = z3.Star(regex)
            case "+":
                regex = z3.Plus(regex)
            case "{":
                regex = z3.Loop(regex, int(times[1:-1]), int(times[1:-1]))
        pieces.append(regex)
    return _concat(pieces)


def _class(text: str) -> Term:
    if text == ".":
        return _ANY
    if len(text) == 1:
        return z3.Re(text)
    inside = text[1:-1]
    if inside.startswith("^"):
        return none_of(inside[1:])
    found = re.findall(r"(.)-(.)|(.)", inside)
    return _union([_span(ord(low or only), ord(high or only)) for low, high, only in found])


def like(value: Term, text: str, lookup: Lookup | None) -> Term:
    """Whether `value` matches the wildcards of `text`; with `lookup` variables are filled in, and one without a value matches nothing."""
    parts = _parts(text) if lookup is not None else [text]
    if lookup is None or (len(parts) == 1 and isinstance(parts[0], str)):
        return z3.InRe(value, wildcard(text)) if "*" in text or "?" in text else value == z3.StringVal(text)
    last = max(index for index, part in enumerate(parts) if not isinstance(part, str))
    if any("*" in part or "?" in part for part in parts[:last] if isinstance(part, str)):
        raise UncoveredError(text)
    defined, prefix = _filled(parts[: last + 1], lookup)
    tail = "".join(part for part in parts[last + 1 :] if isinstance(part, str))
    rest = z3.SubString(value, z3.Length(prefix), z3.Length(value) - z3.Length(prefix))
    return z3.And(defined, z3.PrefixOf(prefix, value), z3.InRe(rest, wildcard(tail)))


def equals(value: Term, text: str, lookup: Lookup | None) -> Term:
    """Whether `value` is `text`, whose wildcards are ordinary characters."""
    defined, whole = _filled(_parts(text) if lookup is not None else [text], lookup)
    return z3.And(defined, value == whole)


def _parts(text: str) -> list[str | tuple[str, str | None]]:
    """Plain runs, and variables as key and default."""
    found: list[str | tuple[str, str | None]] = []
    end = 0
    for match in _VARIABLE.finditer(text):
        found += [text[end : match.start()], (match[1], match[2])]
        end = match.end()
    return [part for part in (*found, text[end:]) if part != ""] or [""]


def _filled(parts: list[Any], lookup: Lookup | None) -> tuple[Term, Term]:
    """Whether every variable of `parts` has a value, and the whole text."""
    defined: list[Term] = [z3.BoolVal(True)]
    terms: list[Term] = [z3.StringVal("")]
    for part in parts:
        if isinstance(part, str):
            terms.append(z3.StringVal(part))
            continue
        assert lookup is not None
        present, value = lookup(part[0])
        if part[1] is None:
            defined.append(present)
        terms.append(value if part[1] is None else z3.If(present, value, z3.StringVal(part[1])))
    return z3.And(*defined), terms[1] if len(terms) == 2 else z3.Concat(*terms)
