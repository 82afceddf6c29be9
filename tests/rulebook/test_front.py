"""Is front matter read as its author wrote it, and are its traps refused?"""

from __future__ import annotations

import pytest

from iamlint.rulebook.errors import CardError
from iamlint.rulebook.front import read_front


@pytest.mark.parametrize(
    ("written", "fact"),
    [
        ("012345678901", "012345678901"),
        ("111122223333", "111122223333"),
        ("2026-01-01", "2026-01-01"),
        ("0.1.0", "0.1.0"),
        ("0.1", "0.1"),
        ("yes", "yes"),
        ("on", "on"),
        ("Null", "Null"),
        ("1_000", "1_000"),
        ("true", True),
        ("false", False),
        ("null", None),
        ('"true"', "true"),
        ("'null'", "null"),
        ('""', ""),
        ("[a, b]", ["a", "b"]),
        ("{a: b}", {"a": "b"}),
        ("", None),
    ],
)
def test_a_fact_is_text_as_it_is_written(written: str, fact: object) -> None:
    assert read_front(f"key: {written}", "x.md").facts == {"key": fact}


def test_every_fact_knows_its_line_in_the_card() -> None:
    front = read_front("name: a\nforbids:\n  context:\n    sts:ExternalId: absent\n", "x.md")
    assert front.line(("name",)) == 2
    assert front.line(("forbids", "context", "sts:ExternalId")) == 5


def test_what_is_not_there_is_at_the_line_of_what_is_around_it() -> None:
    front = read_front("name: a\nforbids:\n  action: b\n", "x.md")
    assert front.line(("forbids", "resource")) == 3


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a: 1\na: 2", "`a` is stated twice", 3),
        ("a: {b: 1, b: 2}", "`b` is stated twice", 2),
        ("a: &x 1\nb: *x", "the front matter uses a YAML alias", 2),
        ("- a", "the front matter is not a mapping", 2),
        ("just text", "the front matter is not a mapping", 2),
        ("[a]: b", "a key is not a text", 2),
        ("a: b: c", "the front matter is not YAML", 2),
        ("a: 1\nb: [", "the front matter is not YAML", 4),
        ("a: 1\n\tb: 2", "the front matter is not YAML", 3),
        ("a: " + "[" * 40 + "]" * 40, "the front matter is nested too deeply", 2),
        ("a: b\n---\nc: d", "the front matter is not YAML", 3),
        ("a: \x07", "the front matter is not YAML", 2),
    ],
)
def test_what_cannot_be_front_matter_is_refused_at_its_line(text: str, message: str, line: int) -> None:
    with pytest.raises(CardError) as caught:
        read_front(text, "rules/x.md")
    assert caught.value.message.startswith(message)
    assert (caught.value.path, caught.value.line) == ("rules/x.md", line)
    assert caught.value.help


def test_deep_nesting_is_refused_without_a_crash() -> None:
    with pytest.raises(CardError):
        read_front("a: " + "[" * 50_000, "x.md")


def test_an_empty_front_matter_has_no_facts() -> None:
    assert read_front("", "x.md").facts == {}
