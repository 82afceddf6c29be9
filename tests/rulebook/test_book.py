"""Is the rulebook found, whole, and refused where it is broken?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from iamlint.finding import Severity
from iamlint.rulebook import book as books
from iamlint.rulebook.book import load_book, read_index
from iamlint.rulebook.errors import BookError, CardError
from iamlint.rulebook.index import build_index, readme
from iamlint.rulebook.pages import page_of

ROOT = Path(__file__).parents[2]
GUARD = """\
---
name: no-deploy-role
summary: another team can become the deploy role
severity: high
applies-to: [trust]
fix: none
forbids: {action: "sts:AssumeRole"}
message: "{principal} can become the deploy role"
---
# no-deploy-role
"""
INDEXED = '{"format": 2, "rules": [["a", "n", "high", "trust", "stable", "recommended", "document", "check", ""]]}\n'


def write(folder: Path, text: str = GUARD, path: str = "team/no-deploy-role.md") -> str:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return str(folder)


def refused(folder: str) -> CardError:
    with pytest.raises(CardError) as caught:
        load_book(folder)
    assert caught.value.help
    assert caught.value.path
    return caught.value


def test_a_checkout_reads_the_cards_in_rules() -> None:
    names = {path.stem for path in (ROOT / "rules").glob("*/*.md")}
    assert {card.name for card in load_book().cards} == names


def test_cards_are_in_the_order_of_family_and_name() -> None:
    places = [(card.family, card.name) for card in load_book().cards]
    assert places == sorted(places)


def test_a_rule_is_found_by_its_name() -> None:
    card = load_book().card("missing-element")
    assert card is not None
    assert card.family == "validity"


def test_an_unknown_rule_has_neighbours() -> None:
    with pytest.raises(BookError, match="unknown rule `mising-element`") as caught:
        load_book().known("mising-element")
    assert caught.value.help == "did you mean `missing-element`?"


def test_a_repository_adds_its_own_rules(tmp_path: Path) -> None:
    card = load_book(write(tmp_path)).card("no-deploy-role")
    assert card is not None
    assert (card.family, card.shipped, card.origin) == ("team", False, "request")
    assert card.source == str(tmp_path / "team" / "no-deploy-role.md")


def test_a_card_beside_no_family_is_local(tmp_path: Path) -> None:
    card = load_book(write(tmp_path, path="no-deploy-role.md")).card("no-deploy-role")
    assert card is not None
    assert card.family == "local"


def test_a_repository_without_rules_of_its_own_is_fine(tmp_path: Path) -> None:
    assert len(load_book(str(tmp_path / "none")).cards) == len(load_book(str(tmp_path)).cards) == len(load_book().cards)


def test_a_read_me_is_no_card(tmp_path: Path) -> None:
    write(tmp_path, "# how we write rules", "README.md")
    assert len(load_book(str(tmp_path)).cards) == len(load_book().cards)


def test_a_repositorys_card_never_runs_code(tmp_path: Path) -> None:
    text = re.sub("forbids.*\nmessage.*\n", "", GUARD)
    assert refused(write(tmp_path, text)).message == "a repository's card must say what it forbids"


def test_a_repositorys_card_cannot_pass_for_the_grammars(tmp_path: Path) -> None:
    text = re.sub("forbids.*\nmessage.*\n", "from: grammar\n", GUARD)
    assert refused(write(tmp_path, text)).message == "a repository's card must say what it forbids"


def test_a_repositorys_card_is_validated(tmp_path: Path) -> None:
    error = refused(write(tmp_path, GUARD.replace("severity: high", "severity: hgih")))
    assert (error.message, error.line) == ("`severity` is `hgih`", 4)


def test_a_rule_of_ours_cannot_be_replaced(tmp_path: Path) -> None:
    text = GUARD.replace("no-deploy-role", "missing-element")
    assert refused(write(tmp_path, text, "missing-element.md")).message == "the rule `missing-element` exists already (iamlint's own)"


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    write(tmp_path, path="other/no-deploy-role.md")
    assert "exists already" in refused(write(tmp_path)).message


def test_a_cards_file_has_its_name(tmp_path: Path) -> None:
    assert refused(write(tmp_path, path="guard.md")).help == "name it `no-deploy-role.md`"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "no-deploy-role.md").symlink_to(tmp_path / "elsewhere" / "team" / "no-deploy-role.md")
    assert refused(str(tmp_path / "rules")).message == "the card is a symbolic link"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"x" * ((1 << 18) + 1), b"---\n---\n", b"\0", b"---\nname: a\n---\n"])
def test_what_is_not_a_card_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "no-deploy-role.md").write_bytes(content)
    refused(str(tmp_path))


def test_a_rulebook_without_rules_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(books, "rules_folder", lambda: str(tmp_path))
    with pytest.raises(BookError, match="the rulebook has no rules"):
        load_book()


def test_a_rulebook_that_is_gone_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(books, "rules_folder", lambda: str(tmp_path / "gone"))
    with pytest.raises(BookError, match="the rulebook has no rules"):
        load_book()


def test_the_index_says_what_the_cards_say(tmp_path: Path) -> None:
    index = tmp_path / "index.jsonl"
    index.write_text(build_index(str(ROOT / "rules")), encoding="utf-8")
    read = read_index(str(index), str(ROOT / "rules"))
    for ours, theirs in zip(read, load_book().cards, strict=True):
        facts = [slot for slot in ours.__slots__ if slot != "_text"]
        assert [getattr(ours, slot) for slot in facts] == [getattr(theirs, slot) for slot in facts]


def test_an_indexed_card_can_be_rated_before_it_was_read(tmp_path: Path) -> None:
    index = tmp_path / "index.jsonl"
    index.write_text(build_index(str(ROOT / "rules")), encoding="utf-8")
    [card, *_] = read_index(str(index), str(ROOT / "rules"))
    rated = card.rated(Severity.INFO)
    assert (rated.severity, rated.severity_when, rated.summary) == (Severity.INFO, (), card.summary)
    assert card.severity is not Severity.INFO


def test_facts_that_are_broken_in_the_index_are_an_error_once_they_are_wanted(tmp_path: Path) -> None:
    index = tmp_path / "index.jsonl"
    first, *facts = build_index(str(ROOT / "rules")).split("\n")
    index.write_text("\n".join([first, "{", *facts[1:]]), encoding="utf-8")
    [broken, *others] = read_index(str(index), str(ROOT / "rules"))
    assert others[0].summary
    with pytest.raises(CardError, match="cannot be read"):
        _ = broken.summary


def test_the_page_of_an_indexed_card_is_found(tmp_path: Path) -> None:
    index = tmp_path / "index.jsonl"
    index.write_text(build_index(str(ROOT / "rules")), encoding="utf-8")
    for card in read_index(str(index), str(ROOT / "rules")):
        assert page_of(card).title == card.name


@pytest.mark.parametrize(
    "content",
    [
        *("", "\n", "[]\n", "{}\n", "\xff\n", '{"format": 99, "rules": []}\n', '{"format": 2, "rules": [1]}\n{}\n'),
        *('{"format": 2, "rules": [["a"]]}\n{}\n', INDEXED, INDEXED.replace("trust", "no-kind") + "{}\n"),
    ],
)
def test_a_broken_index_is_an_error(tmp_path: Path, content: str) -> None:
    index = tmp_path / "index.jsonl"
    index.write_text(content, encoding="latin-1")
    with pytest.raises(BookError):
        read_index(str(index), str(tmp_path))


def test_no_index_is_built_of_no_cards(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="no rules"):
        build_index(str(tmp_path))


def test_the_list_of_rules_is_current() -> None:
    page = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    assert page == readme(load_book().cards), "run `iamlint test --update`"


def test_two_cards_of_ours_cannot_share_a_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, path="other/no-deploy-role.md")
    monkeypatch.setattr(books, "rules_folder", lambda: str(tmp_path))
    with pytest.raises(CardError, match="exists already"):
        load_book()
