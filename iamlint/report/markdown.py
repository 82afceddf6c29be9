"""How does a card's Markdown read in a terminal?

Cards use little of it: paragraphs, lists, `###` headings, fenced blocks, code, emphasis and links. Anything else is shown as it is written.
"""

from __future__ import annotations

import re

from iamlint.report.escape import visible, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from iamlint.report.look import Look

_ITEM = re.compile(r"(\s*)([-*+]|\d{1,3}[.)])\s+(.*)")
_LINK = re.compile(r"\[([^\]]*)\]\((\S+?)\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_CODE = re.compile(r"(`+[^`]+`+)")
_NOT_PROSE = ("```", "###", "|", ">")


def blocks(text: str, look: Look, *, indent: int) -> Iterator[str]:
    """Lines of at most the look's width, each indented; whatever the text holds, it cannot command the terminal."""
    lines = text.split("\n")
    position = 0
    while position < len(lines):
        line = lines[position]
        if line.startswith("```"):
            position = yield from _fenced(lines, position, look, indent)
        elif line.startswith("###"):
            yield " " * indent + look.paint("bold", visible(line.lstrip("# "), look))
            position += 1
        elif line.startswith(("|", ">")) or not line.strip():
            yield (" " * indent + visible(line, look)).rstrip()
            position += 1
        else:
            position = yield from _paragraph(lines, position, look, indent)


def _fenced(lines: list[str], position: int, look: Look, indent: int) -> Generator[str, None, int]:
    """A fenced block as it is, without its fences."""
    fence = lines[position][: len(lines[position]) - len(lines[position].lstrip("`"))]
    position += 1
    while position < len(lines) and lines[position].rstrip() != fence:
        yield (" " * (indent + 2) + visible(lines[position], look)).rstrip()
        position += 1
    return position + 1


def _paragraph(lines: list[str], position: int, look: Look, indent: int) -> Generator[str, None, int]:
    """A paragraph or an item of a list, rewrapped; the lines of an item hang under its first word."""
    item = _ITEM.match(lines[position])
    mark, first = "", lines[position].strip()
    if item is not None:
        mark, first = f"{item[1]}{item[2]} ", item[3]
    words = [first]
    position += 1
    while position < len(lines) and lines[position].strip() and not lines[position].startswith(_NOT_PROSE):
        if _ITEM.match(lines[position]):
            break
        words.append(lines[position].strip())
        position += 1
    hang = indent + len(mark)
    shown = wrapped(visible(plain(" ".join(words)), look), look.width - hang)
    for number, line in enumerate(shown):
        yield " " * indent + mark + line if number == 0 else " " * hang + line
    return position


def plain(text: str) -> str:
    """A line without the marks of links and emphasis; code keeps its backticks."""
    parts = _CODE.split(text)
    for number in range(0, len(parts), 2):
        parts[number] = _STRONG.sub(r"\2", _LINK.sub(_target, parts[number]))
    return "".join(parts)


def _target(link: re.Match[str]) -> str:
    return link[1] if link[1] == link[2] else f"{link[1]} ({link[2]})"
