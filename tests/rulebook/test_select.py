"""Which rules run under which selection?"""

from __future__ import annotations

import pytest

from iamlint.rulebook.book import Book
from iamlint.rulebook.card import Card
from iamlint.rulebook.errors import BookError
from iamlint.rulebook.select import Choice, choose, ignored, selected


def rule(family: str, name: str, severity: str, **more: str | list[str]) -> Card:
    facts = {"name": name, "summary": "a summary", "severity": severity, "applies-to": "any", "fix": "none"}
    return Card({**facts, **{key.replace("_", "-"): list(v) if isinstance(v, list) else v for key, v in more.items()}}, family, "")


BOOK = Book(
    [
        rule("trust", "public", "critical", tags=["cross-account"]),
        rule("trust", "mfa", "medium", tags=["mfa"]),
        rule("trust", "chatty", "info", preset="strict"),
        rule("validity", "json", "high"),
        rule("validity", "guess", "low", preset="audit"),
        rule("validity", "young", "low", status="preview"),
        rule("validity", "old", "low", status="deprecated"),
        rule("validity", "gone", "low", status="removed", replaced_by="json"),
    ]
)


def choices(text: str) -> list[Choice]:
    """`+trust -mfa`: what is selected and what is ignored, in order."""
    return [Choice(word[1:], "--select" if word[0] == "+" else "--ignore", on=word[0] == "+") for word in text.split()]


def names(text: str, preset: str = "recommended") -> str:
    return " ".join(card.name for card in choose(BOOK, choices(text), preset))


@pytest.mark.parametrize(
    ("preset", "running"),
    [("recommended", "public mfa json"), ("strict", "public mfa chatty json"), ("audit", "public mfa chatty json guess")],
)
def test_a_preset_runs_its_rules_and_those_of_smaller_ones(preset: str, running: str) -> None:
    assert names("", preset) == running


@pytest.mark.parametrize(
    ("selection", "running"),
    [
        ("+public", "public"),
        ("+trust", "public mfa chatty"),
        ("+tag:mfa", "mfa"),
        ("+severity:high", "json"),
        ("+severity:high+", "public json"),
        ("+all", "public mfa chatty json guess young old"),
        ("+young", "young"),
        ("+old", "old"),
        ("+mfa +json", "mfa json"),
        ("-trust", "json"),
        ("-public", "mfa json"),
        ("-tag:mfa", "public json"),
        ("-severity:high+", "mfa"),
        ("-severity:medium", "public json"),
        ("-gone", "public mfa json"),
        ("+trust -mfa", "public chatty"),
        ("-mfa +trust", "public chatty"),
        ("-trust +mfa", "mfa"),
        ("+all -trust +mfa", "mfa json guess young old"),
        ("+all -severity:low", "public mfa chatty json"),
        ("-trust +severity:critical +json", "public json"),
        ("+trust -severity:info", "public mfa"),
        ("+trust -tag:mfa", "public chatty"),
        ("-tag:mfa +trust", "public mfa chatty"),
        ("+mfa -mfa +json", "json"),
        ("-mfa +mfa", "mfa"),
        ("-trust +trust", "public mfa chatty"),
        ("+json -all", "json"),
    ],
)
def test_the_most_specific_selector_wins_and_of_equals_the_later(selection: str, running: str) -> None:
    assert names(selection) == running


@pytest.mark.parametrize(
    ("selection", "message", "help"),
    [
        ("+pubic", "unknown rule `pubic` in --select", "did you mean `public`?"),
        ("-trsut", "unknown rule `trsut` in --ignore", "did you mean `trust`?"),
        ("+nothing-like-it", "unknown rule `nothing-like-it` in --select", "`iamlint rules` lists them all"),
        ("+Public", "unknown rule `Public` in --select", "did you mean `public`?"),
        ("+tag:mfaa", "no rule has the tag `mfaa` in --select", "did you mean `tag:mfa`?"),
        ("+tag:", "no rule has the tag `` in --select", "the tags are cross-account, mfa"),
        ("+severity:hgih", "unknown severity `hgih` in --select", "use severity:critical"),
        ("+severity:+", "unknown severity `+` in --select", "use severity:critical"),
        ("+gone", "the rule `gone` in --select was removed", "select `json`"),
        ("-all", "no rule is selected", "select something"),
        ("+mfa -mfa", "no rule is selected", "select something"),
    ],
)
def test_a_selection_that_cannot_be_meant_is_an_error(selection: str, message: str, help: str) -> None:
    with pytest.raises(BookError) as caught:
        choose(BOOK, choices(selection))
    assert caught.value.message == message
    assert caught.value.help.startswith(help)


def test_an_unknown_preset_is_an_error() -> None:
    with pytest.raises(BookError, match="unknown preset `stict`") as caught:
        choose(BOOK, (), "stict")
    assert caught.value.help == "did you mean `strict`?"


def test_the_command_line_beats_settings_that_are_as_specific() -> None:
    settings = ignored(["mfa"], "iamlint.toml:3")
    assert [card.name for card in choose(BOOK, [*settings, *selected(["mfa"])])] == ["mfa"]


def test_an_error_names_where_the_selector_was_written() -> None:
    with pytest.raises(BookError, match=r"iamlint\.toml:3"):
        choose(BOOK, selected(["nope"], "iamlint.toml:3"))
