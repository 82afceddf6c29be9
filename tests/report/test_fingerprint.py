"""What a finding's identity is made of, and what it is not."""

from __future__ import annotations

import pytest

from iamlint.finding import Finding
from iamlint.report.fingerprint import fingerprints
from tests.report.sample import document, finding

POLICY = '{"Statement": [{"Effect": "Allow", "Principal": {"AWS": ["999988887777", "*"]}, "Action": "sts:AssumeRole"}]}'
SID = POLICY.replace('"Effect"', '"Sid": "A", "Effect"')


def of(text: str = POLICY, name: str = "a.json", statement: int | None = 0, subject: str = "*", message: str = "m", rule: str = "x") -> str:
    return only(finding(document(text, name), '"*"', message, statement=statement, subject=subject, rule=rule))


def only(one: Finding) -> str:
    (mark,) = fingerprints([one])
    return mark


@pytest.mark.parametrize(
    "text",
    [
        "\n\n" + POLICY,
        POLICY.replace(",", ",\n  "),
        '{"Statement": [{"Action": ["sts:AssumeRole"], "Principal": {"AWS": ["*", "999988887777"]}, "Effect": "Allow"}]}',
        POLICY.replace("[{", '[{"Effect": "Deny", "Principal": "*", "Action": "sts:TagSession"}, {').replace(
            '"*", "Action": "sts:T', '"1", "Action": "sts:T'
        ),
    ],
    ids=["moved", "formatted", "reordered", "another statement before it"],
)
def test_it_stays_when_only_the_writing_changes(text: str) -> None:
    statement = 1 if "Deny" in text else 0
    assert of(text, statement=statement) == of()


def test_it_stays_when_the_message_is_reworded() -> None:
    assert of(message="other words") == of()


def test_it_stays_when_a_named_statement_changes() -> None:
    assert of(SID.replace("999988887777", "111122223333")) == of(SID)


@pytest.mark.parametrize(
    "other",
    [
        of(name="b.json"),
        of(subject="999988887777"),
        of(rule="y"),
        of(statement=None),
        of(POLICY.replace("999988887777", "111122223333")),
        of(SID),
    ],
    ids=["path", "subject", "rule", "statement", "what it says", "sid"],
)
def test_it_differs_for_another_finding(other: str) -> None:
    assert other != of()


def test_paths_are_compared_as_posix_paths() -> None:
    assert of(name="policies\\a.json") == of(name="./policies/a.json") == of(name="policies/a.json")


def test_the_second_of_the_same_is_numbered() -> None:
    one = finding(document(POLICY), '"*"', statement=0)
    first, second, third = fingerprints([one, one, one])
    assert (second, third) == (first + ":2", first + ":3")


def test_it_is_the_same_in_every_run() -> None:
    assert of() == "58686c4224aed7609d968c0615096b1954d532f0f2747d2090b45866e0f376d9"


def test_findings_in_one_statement_differ_by_what_they_are_about_and_else_by_their_number() -> None:
    text = '{"Statement": [{"Effect": "Permit", "Action": "a:b"}, {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}'
    where = document(text)
    one, other, again = (finding(where, '"*"', "m", statement=1, subject=subject) for subject in ("*", "x", "*"))
    first, second, third = fingerprints([one, other, again])
    assert (first, second) == (only(one), only(other))
    assert first != second
    assert third == f"{first}:2"
