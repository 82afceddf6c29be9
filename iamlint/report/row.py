"""What are the lines below a finding's message made of: line numbers, bars, text under the bars, notes?"""

from __future__ import annotations

from functools import lru_cache

from iamlint.report.escape import visible, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.report.look import Look

_SIGNS = {"~": "changed", "+": "added", "-": "removed"}


class Row:
    """A line with a gutter: `number` is a source line (None: none is shown), `sign` what stands after it, `text` is ready to print.

    The signs are `|` for the source, `~ + -` for a line that is changed, added, taken away, and `...` for lines that are left out.
    """

    __slots__ = ("number", "sign", "text")

    def __init__(self, number: int | None, sign: str, text: str = "") -> None:
        self.number = number
        self.sign = sign
        self.text = text


BAR = Row(None, "|")
SKIPPED = Row(None, "...")


def drawn(rows: Iterable[Row], digits: int, look: Look) -> list[str]:
    """The rows as lines without their line breaks."""
    bar = look.paint("gutter", "|")
    bare = f"{' ' * digits} {bar}"
    lines = []
    for row in rows:
        number, sign = row.number, row.sign
        if number is None and sign == "|":
            edge = bare
        elif sign == "...":
            edge = look.paint("gutter", "...")
        else:
            left = look.paint("gutter", "".rjust(digits) if number is None else str(number).rjust(digits))
            edge = f"{left} {bar if sign == '|' else look.paint(_SIGNS[sign], sign)}"
        lines.append(f"{edge} {row.text}" if row.text else edge)
    return lines


@lru_cache(maxsize=512)
def usual_note(name: str, text: str, digits: int, look: Look) -> tuple[str, ...]:
    """As `noted`, of what is said again and again; `text` is made visible here."""
    return tuple(noted(name, visible(text, look), digits, look))


def noted(name: str, text: str, digits: int, look: Look) -> list[str]:
    """A note under the snippet (`= help: ...`), wrapped so that its text stays in one block; `text` is already made visible."""
    indent = " " * (digits + 1)
    head = f"= {name}: "
    lines = wrapped(text, look.width - len(indent) - len(head))
    lines[0] = f"{indent}{look.paint('gutter', '=')} {look.paint('bold', f'{name}:')} {lines[0]}"
    if len(lines) > 1:
        below = indent + " " * len(head)
        lines[1:] = [below + line for line in lines[1:]]
    return lines
