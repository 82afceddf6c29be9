"""Is CONTRIBUTING.md honest: does the rule that it shows work as it stands?"""

from __future__ import annotations

import re
from pathlib import Path

from iamlint.access.access import Access
from iamlint.case import Case
from iamlint.finding import Severity
from iamlint.lint.cards import try_card
from iamlint.policy.read import find_documents
from iamlint.rulebook.book import Book, load_book
from iamlint.rulebook.card import Card
from iamlint.rulebook.page import FLAGS, read_page
from iamlint.rulebook.schema import card_problems
from iamlint.text.read import read
from iamlint.text.source import Source
from iamlint.zone import Zone

TEXT = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")


def fenced(opening: str) -> str:
    found = re.search(rf"(?ms)^(`{{3,}}){opening}\n(.*?)^\1\n", TEXT)
    assert found is not None
    return found[2]


def test_the_card_lacks_only_what_the_command_writes() -> None:
    page = read_page(fenced("markdown"), "rules/trust/trust-user-from-outside.md")
    card = Card(page.front.facts, "trust", page.source)
    complaints = try_card(card, page, Book([*load_book().cards, card])).complaints
    assert [complaint.message for complaint in complaints] == ["the bad example has no `reports` block"]


def test_the_check_finds_what_it_says() -> None:
    namespace: dict[str, object] = {}
    exec(fenced("python"), namespace)  # the page's own example
    statement = '{"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}'
    source = Source("policy.json", f'{{"Version": "2012-10-17", "Statement": [{statement}, {statement}]}}'.encode())
    [tree] = read(source)
    [document] = find_documents(tree)
    check = namespace["check"]
    assert callable(check)
    found = list(check(Case("duplicate-sid", Severity.LOW, document, Access(document.policy, document.kind), Zone(), 0)))
    assert [(finding.message, finding.statement) for finding in found] == [("the Sid `A` is taken", 1)]


def test_every_key_of_the_front_matter_is_described() -> None:
    from iamlint.rulebook.schema import read_schema

    properties = read_schema("card.schema.json")["properties"]
    assert isinstance(properties, dict)
    table = TEXT[TEXT.index("| Key | Value |") : TEXT.index("Behind `json bad`")]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    assert {key for row in rows for key in re.findall(r"`([a-z-]+)`", row)} == set(properties)


def test_every_flag_of_an_example_is_described() -> None:
    line = TEXT[TEXT.index("Behind `json bad`") :].split("\n\n")[0]
    assert set(re.findall(r"`([a-z-]+)=", line)) == set(FLAGS)


def test_the_card_is_valid() -> None:
    page = read_page(fenced("markdown"), "x.md")
    assert list(card_problems(page.front, "x.md")) == []
