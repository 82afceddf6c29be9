"""What of a hostile text may reach a terminal, and how wide is it there?

Policy text must not be able to move the cursor, turn the reading direction or hide a character, so everything that a reader would not
see as itself is shown as `\\u202e`. Widths are those of https://www.unicode.org/reports/tr11/.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.report.look import Look

# Control, format, surrogate, private, unassigned, and every separator but the space; letters and marks that are drawn as nothing.
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
_SELECTORS = (("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef"))


def visible(text: str, look: Look) -> str:
    """`text` as one line in which every character is seen as what it is."""
    if is_plain(text):
        return text
    return "".join([shown(character, look) for character in text])


def is_plain(text: str) -> bool:
    """Whether every character of `text` is seen as what it is on any terminal, and takes one column."""
    return text.isascii() and text.isprintable()


def shown(character: str, look: Look) -> str:
    """One character as it may be printed: itself, or its escape."""
    if " " <= character <= "~":
        return character
    if not look.unicode or _unseen(character):
        return escape(character)
    return character


def escape(character: str) -> str:
    """A character by its number, as JSON and Python write it."""
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _unseen(character: str) -> bool:
    import unicodedata

    if character in _UNSEEN or any(first <= character <= last for first, last in _SELECTORS):
        return True
    return unicodedata.category(character) in _UNSEEN_CATEGORIES


def width(text: str) -> int:
    """How many columns `text` (already made visible) takes in a terminal."""
    if text.isascii():
        return len(text)
    import unicodedata

    columns = 0
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me"):
            continue
        columns += 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
    return columns


def wrapped(text: str, room: int, first: int | None = None) -> list[str]:
    """`text` (already made visible) in lines of at most `room` columns (the first one of at most `first`), broken at spaces.

    A longer word stands alone.
    """
    most = room if first is None else first
    if text.isascii() and not text.startswith(" ") and (len(text) <= most or "  " not in text):
        return _broken(text, room, most)
    lines: list[str] = []
    line, taken = "", 0
    measured = len if text.isascii() else width
    for word in text.split(" "):
        columns = measured(word)
        if line and taken + 1 + columns > (room if lines else most):
            lines.append(line.rstrip())
            line, taken = word, columns
        else:
            line, taken = (f"{line} {word}", taken + 1 + columns) if line else (word, columns)
    return [*lines, line.rstrip()]


def _broken(text: str, room: int, most: int) -> list[str]:
    """The same for a text in which a character is a column and no space follows another."""
    lines = []
    while len(text) > most:
        at = text.rfind(" ", 0, most + 1)
        if at < 0:
            at = text.find(" ")
        if at < 0:
            break
        lines.append(text[:at].rstrip())
        text, most = text[at + 1 :], room
    return [*lines, text.rstrip()]
