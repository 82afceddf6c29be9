"""How wide, how colourful and in which characters may a report be?"""

from __future__ import annotations

_STYLES = {
    "critical": "1;31",
    "high": "1;31",
    "medium": "1;33",
    "low": "1;36",
    "info": "1;34",
    "error": "1;31",
    "bold": "1",
    "gutter": "1;34",
    "secondary": "1;34",
    "added": "32",
    "removed": "31",
    "changed": "33",
    "dim": "2",
}


class Look:
    """What the stream can show; whoever opened it says so, reports never ask the environment.

    `width` is in columns, `colour` allows ANSI colours, `unicode` says that the stream can take any character (else everything beyond
    ASCII is escaped).
    """

    __slots__ = ("colour", "unicode", "width")

    def __init__(self, width: int = 80, *, colour: bool = False, unicode: bool = True) -> None:
        self.width = max(width, 40)
        self.colour = colour
        self.unicode = unicode

    @property
    def ellipsis(self) -> str:
        """What stands for text that was cut."""
        return "…" if self.unicode else "..."

    @property
    def dot(self) -> str:
        """What separates the parts of a summary line."""
        return "·" if self.unicode else "-"

    def paint(self, style: str, text: str) -> str:
        """`text` (already escaped) in a style: a severity, `error`, `bold`, `gutter`, `secondary`, `added`, `removed`, `changed`, `dim`."""
        if not self.colour or not text.strip():
            return text
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"
