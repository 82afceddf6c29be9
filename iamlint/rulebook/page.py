"""What does a card's page say: its sections, and the policies on it that are run?

    ```json bad kind=trust account=111122223333
    ```text reports
    ```json good
    ```json base

mark the examples; a `reports` block says what the rule reports of the bad example above it, a `base` block what the example below it
was before, for rules about a change.
"""

from __future__ import annotations

import re

from iamlint.rulebook.errors import CardError
from iamlint.rulebook.front import read_front

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.rulebook.front import Front

NEEDED = ("What it does", "Why is this bad?", "Example", "How to fix it", "When to leave it")
SECTIONS = (*NEEDED, "Options", "References")

FORMATS = ("json", "yaml")
FLAGS = ("kind", "account", "trusted-account", "org", "tenant", "now", "resource-type", "expects")
_RUN = frozenset({"bad", "good", "reports", "base"})


class Block:
    """A fenced block: the words behind the fence, the lines in it, and the line (from 1) of its opening fence."""

    __slots__ = ("line", "lines", "words")

    def __init__(self, words: tuple[str, ...], lines: tuple[str, ...], line: int) -> None:
        self.words = words
        self.lines = lines
        self.line = line

    @property
    def text(self) -> str:
        """What is in the block, each line ended."""
        return "".join(f"{line}\n" for line in self.lines)

    @property
    def end(self) -> int:
        """The line of the closing fence."""
        return self.line + len(self.lines) + 1


class Example:
    """A policy on a card: `bad` ones are reported as the block `reports` says (None: the block is yet to be written), good ones are not.

    `flags` are what the command line would say of it, in order: (`kind`, `trust`), (`trusted-account`, `999988887777`). `base` is what
    it was before; for a rule about a change, an example without it is a new file.
    """

    __slots__ = ("bad", "base", "block", "flags", "format", "reports")

    def __init__(self, format: str, flags: tuple[tuple[str, str], ...], block: Block, *, bad: bool) -> None:
        self.format = format
        self.flags = flags
        self.block = block
        self.bad = bad
        self.base: Block | None = None
        self.reports: Block | None = None

    def flag(self, name: str) -> str | None:
        """The last value given for a flag, or None."""
        values = self.every(name)
        return values[-1] if values else None

    def every(self, name: str) -> tuple[str, ...]:
        """All values given for a flag."""
        return tuple([value for flag, value in self.flags if flag == name])


class Section:
    """A part of the page: its title, its text without the title (fences and all), and the line of the title."""

    __slots__ = ("line", "text", "title")

    def __init__(self, title: str, text: str, line: int) -> None:
        self.title = title
        self.text = text
        self.line = line


class Page:
    """A card as its author wrote it."""

    __slots__ = ("examples", "front", "sections", "source", "text", "title")

    def __init__(
        self, source: str, text: str, front: Front, title: str, sections: tuple[Section, ...], examples: tuple[Example, ...]
    ) -> None:
        self.source = source
        self.text = text
        self.front = front
        self.title = title
        self.sections = sections
        self.examples = examples

    def section(self, title: str) -> Section | None:
        """The section of that title, or None."""
        return next((section for section in self.sections if section.title == title), None)


def read_page(text: str, source: str) -> Page:
    """The page of a card; raises CardError where it is not as a card must be."""
    lines = text.removeprefix("\ufeff").split("\n")
    closing = _front_end(lines, source)
    front = read_front("\n".join(lines[1:closing]), source)
    headings, blocks = _scan(lines, closing + 1, source)
    title, sections = _sections(lines, headings, source)
    _check_title(front, title, headings, source)
    return Page(source, text, front, title, sections, _examples(blocks, source))


def _front_end(lines: list[str], source: str) -> int:
    if not lines or lines[0].rstrip() != "---":
        raise CardError(
            "the card does not begin with front matter", "begin it with a line `---`, facts, and `---` again", path=source, line=1
        )
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return number
    raise CardError("the front matter does not end", "close it with a line `---`", path=source, line=1)


def _scan(lines: list[str], start: int, source: str) -> tuple[list[tuple[int, str]], list[Block]]:
    """The headings of level 1 and 2 (with their positions) and the fenced blocks; what looks like a heading in a block is none."""
    headings: list[tuple[int, str]] = []
    blocks: list[Block] = []
    position = start
    while position < len(lines):
        line = lines[position]
        if line.startswith("```"):
            block = _block(lines, position, source)
            blocks.append(block)
            position = block.end
            continue
        if line.startswith(("# ", "## ")):
            headings.append((position, line.rstrip()))
        position += 1
    return headings, blocks


def _block(lines: list[str], position: int, source: str) -> Block:
    opening = lines[position]
    fence = opening[: len(opening) - len(opening.lstrip("`"))]
    for end in range(position + 1, len(lines)):
        if lines[end].rstrip() == fence:
            return Block(_words(opening[len(fence) :]), tuple(lines[position + 1 : end]), position + 1)
    raise CardError("the fenced block does not end", f"close it with a line `{fence}`", path=source, line=position + 1)


def _words(text: str) -> tuple[str, ...]:
    """The words of a text; white space between quotation marks is part of one, and the marks are not."""
    return tuple([word.replace('"', "") for word in re.findall(r'(?:[^\s"]|"[^"]*"|")+', text)])


def _sections(lines: list[str], headings: list[tuple[int, str]], source: str) -> tuple[str, tuple[Section, ...]]:
    if not headings or not headings[0][1].startswith("# "):
        raise CardError("the page has no title", "put `# ` and the rule's name under the front matter", path=source)
    sections: list[Section] = []
    ends = [position for position, _ in headings[1:]] + [len(lines)]
    for (position, heading), end in zip(headings[1:], ends[1:], strict=True):
        title = heading.lstrip("#").strip()
        _check_section(title, sections, heading, source, position + 1)
        sections.append(Section(title, "\n".join(lines[position + 1 : end]).strip("\n"), position + 1))
    return headings[0][1][2:].strip(), tuple(sections)


def _check_section(title: str, before: list[Section], heading: str, source: str, line: int) -> None:
    order = ", ".join(SECTIONS)
    if heading.startswith("# "):
        raise CardError("the page has a second title", "use `##` for sections", path=source, line=line)
    if title not in SECTIONS:
        raise CardError(f"`{title}` is not a section of a card", f"the sections are {order}", path=source, line=line)
    if before and SECTIONS.index(before[-1].title) >= SECTIONS.index(title):
        raise CardError(
            f"`{title}` stands behind `{before[-1].title}`", f"keep each section once, in the order {order}", path=source, line=line
        )


def _check_title(front: Front, title: str, headings: list[tuple[int, str]], source: str) -> None:
    name = front.facts.get("name")
    if title != name:
        line = headings[0][0] + 1
        raise CardError(f"the title `{title}` is not the rule's name", f"make it `# {name}`", path=source, line=line)


def _examples(blocks: list[Block], source: str) -> tuple[Example, ...]:
    found: list[Example] = []
    base: Block | None = None
    for block in blocks:
        if len(block.words) < 2 or block.words[1] not in _RUN:
            continue
        if base is not None and block.words[1] not in ("bad", "good"):
            break
        if block.words[1] == "base":
            base = _base(block, source)
            continue
        if block.words[1] != "reports":
            found.append(_example(block, source))
            found[-1].base, base = base, None
            continue
        if not found or not found[-1].bad or found[-1].reports is not None:
            raise CardError(
                "the `reports` block follows no bad example", "put it behind the example it is about", path=source, line=block.line
            )
        found[-1].reports = block
    if base is not None:
        raise CardError(
            "no example follows the `base` block", "put it before the example that it is the base of", path=source, line=base.line
        )
    return tuple(found)


def _base(block: Block, source: str) -> Block:
    if block.words[0] not in FORMATS or len(block.words) > 2:
        help = f"write it as {' or '.join(FORMATS)}, its attributes behind the example that follows"
        raise CardError(f"`{' '.join(block.words)}` is not how a base is written", help, path=source, line=block.line)
    return block


def _example(block: Block, source: str) -> Example:
    format, verdict, *attributes = block.words
    if format not in FORMATS:
        raise CardError(f"`{format}` examples cannot be run", f"write it as {' or '.join(FORMATS)}", path=source, line=block.line)
    return Example(format, tuple(_flags(attributes, block, source)), block, bad=verdict == "bad")


def _flags(attributes: list[str], block: Block, source: str) -> Iterator[tuple[str, str]]:
    for attribute in attributes:
        name, _, value = attribute.partition("=")
        if name not in FLAGS or not value:
            known = ", ".join(f"{flag}=…" for flag in FLAGS)
            raise CardError(f"`{attribute}` is not an attribute of an example", f"use {known}", path=source, line=block.line)
        yield name, value
