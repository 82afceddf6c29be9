"""How does the rulebook travel in a wheel?

The build reads and validates every card once and writes the facts of all of them to one file beside the cards, so that a check starts
without reading Markdown or YAML. Its lines are JSON: the first has of every card what decides whether it is asked, each of the others all
facts of one card, which are read when they are wanted. Prose and examples stay on the cards.
"""

from __future__ import annotations

from os.path import join

from iamlint.rulebook.book import FORMAT, INDEX
from iamlint.rulebook.card import Card, head_of
from iamlint.rulebook.errors import BookError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.rulebook.card import Facts


def index_text(rows: Iterable[tuple[str, Facts]]) -> str:
    """The index of cards given as (family, facts), in their order."""
    import json

    cards = list(rows)
    heads = [head_of(Card(facts, family, "")) for family, facts in cards]
    lines = [{"format": FORMAT, "rules": heads}, *[facts for _, facts in cards]]
    return "".join([json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines])


def write_index(cards: str, folder: str) -> str:
    """Writes the index of the cards in one folder into another; gives its path, raises BookError."""
    path = join(folder, INDEX)
    text = build_index(cards)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path


def build_index(folder: str) -> str:
    """The index of the cards in `folder`, each of them validated; raises BookError."""
    from iamlint.rulebook.pages import read_pages
    from iamlint.rulebook.schema import card_problems

    pages = list(read_pages(folder))
    for _, page in pages:
        for problem in card_problems(page.front, page.source):
            raise problem
    if not pages:
        raise BookError("the rulebook has no rules", "put cards into `rules/<family>/`", path=folder)
    return index_text((family, page.front.facts) for family, page in pages)


def readme(cards: Iterable[Card]) -> str:
    """`rules/README.md`: every rule with what it is about, by family."""
    lines = [
        "# Rules",
        "",
        "One card a rule: what must not be, why, how to mend it, and examples that the tests run. `iamlint explain NAME` shows a card in",
        "the terminal, `iamlint rules` lists them. To add one, see [CONTRIBUTING.md](../CONTRIBUTING.md).",
        "",
        "This page is written by `iamlint test --update`.",
    ]
    family = None
    for card in cards:
        if card.family != family:
            family = card.family
            lines += ["", f"## {family}", "", "| Rule | Severity | Applies to | Fix | What it finds |", "|---|---|---|---|---|"]
        status = "" if card.status == "stable" else f" ({card.status})"
        fix = card.fix.value if card.fix else "–"
        link = f"[{card.name}]({card.family}/{card.name}.md){status}"
        lines.append(f"| {link} | {card.severity.value} | {card.applies_to_text} | {fix} | {card.summary} |".replace("\n", " "))
    return "\n".join(lines) + "\n"
