"""Which paths do `.gitignore` and its like leave out?

The patterns are Git's: https://git-scm.com/docs/gitignore. They are read here in some hundred lines because a package for them costs more
to import than a small folder costs to check, and nested files would still be ours to handle; Git itself is the oracle in the tests. What is
in a user's own `core.excludesFile` is not read: a run must find the same on every machine.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": " \\t-\\r",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}
_NOTHING = "(?!)"
_SPECIAL = re.compile(r"[*?\[\\]")


class Rule:
    """One line: a pattern over paths below the file's folder, and whether it leaves out or takes back in."""

    __slots__ = ("directories", "matches", "negated")

    def __init__(self, pattern: str, *, negated: bool, directories: bool) -> None:
        self.matches = re.compile(pattern, re.DOTALL).fullmatch
        self.negated = negated
        self.directories = directories


class Ignores:
    """The patterns that hold in a folder: those of its own file before those of the folders above it.

    `base` is the folder's path from the top, empty or ending in a slash; paths asked about are from the same top.
    """

    __slots__ = ("_above", "_base", "_rules")

    def __init__(self, rules: Iterable[Rule], base: str = "", above: Ignores | None = None) -> None:
        self._rules = tuple(rules)
        self._base = base
        self._above = above

    def below(self, base: str, lines: str) -> Ignores:
        """What holds in the folder `base`, whose own file has these lines."""
        rules = read_rules(lines)
        return Ignores(rules, base, self) if rules else self

    def leaves_out(self, path: str, *, directory: bool) -> bool:
        """Whether `path` is ignored; the last pattern that matches decides, and a nearer file before a farther one.

        INVARIANT: to be asked of a folder before anything in it: what is in an ignored folder cannot be taken back in.
        """
        if not self._rules and self._above is None:
            return False
        layer: Ignores | None = self
        while layer is not None:
            rest = path[len(layer._base) :]
            for rule in reversed(layer._rules):
                if (directory or not rule.directories) and rule.matches(rest):
                    return not rule.negated
            layer = layer._above
        return False

    def cover(self, path: str, *, directory: bool = False) -> bool:
        """Whether `path`, or a folder on the way to it, is ignored."""
        folders = [path[:at] for at, character in enumerate(path) if character == "/"]
        if any(self.leaves_out(folder, directory=True) for folder in folders):
            return True
        return self.leaves_out(path, directory=directory)


def read_rules(lines: str) -> tuple[Rule, ...]:
    """The patterns of a file, in order."""
    return tuple([rule for line in lines.split("\n") if (rule := _rule(line.removesuffix("\r"))) is not None])


def _rule(line: str) -> Rule | None:
    """The pattern of one line, or None for an empty line and a comment."""
    text = _without_trailing_spaces(line)
    if not text or text.startswith("#"):
        return None
    negated = text.startswith("!")
    text = text[negated:]
    directories = text.endswith("/")
    text = text.removesuffix("/")
    if not text:
        return None
    anchored = "/" in text
    pattern = _translated(text.removeprefix("/"))
    return Rule(pattern if anchored else f"(?:.*/)?{pattern}", negated=negated, directories=directories)


def _without_trailing_spaces(line: str) -> str:
    """The line without spaces at its end, but for one behind a backslash."""
    bare = line.rstrip(" ")
    slashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if slashes % 2 and len(bare) < len(line) else bare


def _translated(glob: str) -> str:
    """A pattern with wildcards as a regular expression; one that Git takes for broken matches nothing."""
    parts: list[str] = []
    position = 0
    while position < len(glob):
        taken, part = _next_part(glob, position)
        if not taken:
            return _NOTHING
        parts.append(part)
        position += taken
    return "".join(parts)


def _next_part(glob: str, position: int) -> tuple[int, str]:
    """How many characters the next part of a pattern has, and its expression; 0 when it is broken."""
    character = glob[position]
    if character == "*":
        return _stars(glob, position)
    if character == "?":
        return 1, "[^/]"
    if character == "[":
        return _bracket(glob, position)
    if character == "\\":
        return (2, re.escape(glob[position + 1])) if position + 1 < len(glob) else (0, "")
    return 1, re.escape(character)


def _stars(glob: str, position: int) -> tuple[int, str]:
    """One star stays within a folder, two between slashes span any number of them."""
    end = position
    while end < len(glob) and glob[end] == "*":
        end += 1
    # Git compares what stands before the first wildcard apart, so that `a**/b` begins anew at its stars.
    begins = glob[max(position - 1, 0)] == "/" or not _SPECIAL.search(glob, 0, position)
    if end - position >= 2 and begins and (end == len(glob) or glob.startswith("\\/", end)):
        return end - position, ".*"
    if end - position >= 2 and begins and glob[end] == "/":
        return end - position + 1, "(?:.*/)?"
    return end - position, "[^/]*"


def _bracket(glob: str, position: int) -> tuple[int, str]:
    """A set of characters such as `[!a-c]` or `[[:digit:]]`, which never holds the slash."""
    start = position + 1
    negated = glob[start : start + 1] in ("!", "^")
    here = start + negated
    members: list[str] = []
    while True:
        if here >= len(glob):
            return 0, ""
        if glob[here] == "]" and here > start + negated:
            break
        taken, member = _member(glob, here)
        if not taken:
            return 0, ""
        members.append(member)
        here += taken
    inside = "".join(members)
    if not inside:
        return here + 1 - position, "[^/]" if negated else _NOTHING
    return here + 1 - position, f"(?!/)[{'^' if negated else ''}{inside}]"


def _member(glob: str, here: int) -> tuple[int, str]:
    """One member of a set: a named class, a range or a character; 0 when it is broken."""
    if glob.startswith("[:", here):
        end = glob.find(":]", here)
        name = glob[here + 2 : end] if end >= 0 else ""
        return (end + 2 - here, _CLASSES[name]) if name in _CLASSES else (0, "")
    taken, low = _literal(glob, here)
    after = here + taken
    if not taken or glob[after : after + 1] != "-" or glob[after + 1 : after + 2] in ("", "]"):
        return taken, re.escape(low)
    more, high = _literal(glob, after + 1)
    if not more:
        return 0, ""
    # A range that runs backwards holds nothing, which a regular expression cannot say.
    return taken + 1 + more, f"{re.escape(low)}-{re.escape(high)}" if low <= high else ""


def _literal(glob: str, here: int) -> tuple[int, str]:
    if glob[here] != "\\":
        return 1, glob[here]
    return (2, glob[here + 1]) if here + 1 < len(glob) else (0, "")
