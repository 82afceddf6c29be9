"""What does a rule's card look like in the terminal, and the list of all rules?"""

from __future__ import annotations

from iamlint.report.escape import visible, width, wrapped
from iamlint.report.markdown import blocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.report.look import Look
    from iamlint.rulebook.card import Card, Fact
    from iamlint.rulebook.page import Example, Page

_COLUMNS = ("NAME", "SEVERITY", "FOR", "FIX", "STATUS")
# What a list of kinds is cut down to where there is no room for it: `trust...`.
_LEAST = 8
_FIX = {
    "safe": "safe: stops nothing legitimate",
    "unsafe": "unsafe: read the change before you apply it",
    "manual": "manual: shown, never applied; it takes something only you know",
}
_READ_AS_PROSE = ("What it does", "Why is this bad?")
_READ_LAST = ("How to fix it", "When to leave it", "Options")


def explain(card: Card, page: Page, look: Look) -> str:
    """The card rendered for reading."""
    parts = ["\n".join(_head(card, look))]
    parts += [_section(page, title, look) for title in _READ_AS_PROSE]
    parts += _example(page, look)
    parts += [_section(page, title, look) for title in _READ_LAST]
    parts.append("\n".join(_foot(card, look)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(card: Card, look: Look) -> Iterator[str]:
    facts = [card.severity.value, _policies(card)]
    facts += [f"since {card.since}"] if card.since else []
    facts += [card.status] if card.status != "stable" else []
    right = f" {look.dot} ".join(facts)
    gap = look.width - width(card.name) - width(right)
    name = look.paint("bold", visible(card.name, look))
    if gap >= 2:
        yield name + " " * gap + look.paint(card.severity.value, right)
    else:
        yield name
        yield from [look.paint(card.severity.value, line) for line in wrapped(right, look.width)]
    yield from blocks(card.summary[:1].upper() + card.summary[1:], look, indent=0)
    if card.replaced_by:
        yield from blocks(f"Use {card.replaced_by} instead.", look, indent=0)


def _policies(card: Card) -> str:
    return "any policy" if card.applies_to_text == "any" else f"{card.applies_to_text} policies"


def _section(page: Page, title: str, look: Look) -> str:
    section = page.section(title)
    return _under(title, section.text, look) if section is not None and section.text else ""


def _under(title: str, text: str, look: Look) -> str:
    return "\n".join([look.paint("bold", title.upper()), *blocks(text, look, indent=2)])


def _example(page: Page, look: Look) -> Iterator[str]:
    """The first bad example with what is said of it, and the first good one."""
    bad = next((example for example in page.examples if example.bad), None)
    good = next((example for example in page.examples if not example.bad), None)
    if bad is not None:
        yield _policy("EXAMPLE", bad, look)
        if bad.reports is not None:
            yield "\n".join([look.paint("bold", "WHAT IS REPORTED"), *_verbatim(bad.reports.lines, look)])
    if good is not None:
        yield _policy("USE INSTEAD", good, look)


def _policy(title: str, example: Example, look: Look) -> str:
    return "\n".join([look.paint("bold", title), *_verbatim(example.block.lines, look)])


def _verbatim(lines: Iterable[str], look: Look) -> Iterator[str]:
    for line in lines:
        yield f"  {visible(line, look)}".rstrip()


def _foot(card: Card, look: Look) -> Iterator[str]:
    rows = [("FIX", [_FIX[card.fix.value] if card.fix else "none: iamlint proposes no change"])]
    codes = [*card.maps_to.get("cwe", ()), *card.maps_to.get("attack", ())]
    rows.append(("TAGS", [", ".join([*card.tags, *codes])]))
    rows.append(("AWS", [", ".join(card.maps_to.get("access-analyzer", ()))]))
    rows.append(("SEE", [*card.references]))
    rows.append(("CARD", [card.source] if not card.shipped else []))
    for name, values in rows:
        label = f"{name:<6}"
        for value in values:
            for line in blocks(value, look, indent=len(label)) if value else []:
                yield look.paint("bold", label) + line[len(label) :] if label.strip() else line
                label = " " * len(label)


def table(cards: Iterable[Card], look: Look, on: Iterable[Card] | None = None) -> str:
    """The rules by family; with `on` (those that run) also which of them are off."""
    listed = tuple(cards)
    running = {card.name for card in (listed if on is None else on)}
    widths = _widths(listed, look)
    lines = [look.paint("bold", _row(_COLUMNS, widths))]
    family = None
    for card in listed:
        if card.family != family:
            family = card.family
            lines.append(look.paint("bold", visible(family, look)))
        lines.append(_row(_cells(card, card.name in running, look), widths))
    lines.append(f"{len(listed)} {'rule' if len(listed) == 1 else 'rules'}, {len(running)} on")
    return "\n".join(lines) + "\n"


def _cells(card: Card, running: bool, look: Look) -> tuple[str, ...]:
    status = card.status if running else "off" if card.status == "stable" else f"{card.status}, off"
    fix = card.fix.value if card.fix else "-"
    return (f"  {visible(card.name, look)}", card.severity.value, card.applies_to_text, fix, status)


def _widths(cards: tuple[Card, ...], look: Look) -> tuple[int, ...]:
    rows = [_COLUMNS, *(_cells(card, True, look) for card in cards)]
    widths = [max(width(row[column]) for row in rows) for column in range(len(_COLUMNS) - 1)]
    # A rule for many kinds must not push the table over the edge; its list is cut instead.
    last = max(width(row[-1]) for row in rows)
    room = look.width - sum(widths) + widths[2] - 2 * len(widths) - last
    return (*widths[:2], max(_LEAST, min(widths[2], room)), *widths[3:])


def _row(cells: tuple[str, ...], widths: tuple[int, ...]) -> str:
    fitted = [cell if width(cell) <= most else f"{cell[: most - 3]}..." for cell, most in zip(cells, widths, strict=False)]
    padded = [cell + " " * (most - width(cell)) for cell, most in zip(fitted, widths, strict=False)]
    return "  ".join([*padded, cells[-1]]).rstrip()


def facts(card: Card, *, running: bool) -> dict[str, Fact]:
    """A rule as `iamlint rules -o json` and `explain -o json` list it."""
    return {
        "name": card.name,
        "family": card.family,
        "severity": card.severity.value,
        "summary": card.summary,
        "status": card.status,
        "preset": card.preset,
        "enabled": running,
        "applies_to": [kind.value for kind in sorted(card.applies_to, key=lambda kind: kind.value)],
        "fix": card.fix.value if card.fix else None,
        "since": card.since or None,
        "tags": [*card.tags],
        "maps_to": {standard: [*codes] for standard, codes in card.maps_to.items()},
        "references": [*card.references],
        "source": "iamlint" if card.shipped else card.source,
    }
