"""Does validation say in a reader's words what is wrong with front matter?"""

from __future__ import annotations

import pytest

from iamlint.rulebook.front import read_front
from iamlint.rulebook.schema import card_problems

FACTS = """\
name: no-stars
summary: a policy allows every action
severity: high
applies-to: [trust]
fix: manual
since: 0.1.0
maps-to: {cwe: [CWE-1], attack: [T1098.003], access-analyzer: [PASS_ROLE_WITH_STAR_IN_RESOURCE]}
references: [https://example.com]
forbids: {action: "sts:AssumeRole"}
message: "{principal} can assume"
severity-when: [{low: [known-vendor]}]
"""


def problems(facts: str) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.message, problem.help) for problem in card_problems(read_front(facts, "x.md"), "x.md")]


def test_a_full_front_matter_is_valid() -> None:
    assert problems(FACTS) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "help"),
    [
        ("severity: high", "severity: hgih", 4, "`severity` is `hgih`", "use one of critical, high, medium, low, info"),
        ("severity: high", "severty: high", 4, "`severty` is not known", "did you mean `severity`?"),
        ("severity: high", "severity: high", 2, "`severity` is missing", "add `severity:`"),
        ("no-stars", "No_Stars", 2, "`name` is `No_Stars`", "write lower-case words joined by hyphens"),
        ("every action", "every action.", 3, "`summary` is `a policy allows every action.`", "write one clause"),
        ("since: 0.1.0", "since: soon", 7, "`since` is `soon`", "write the version"),
        ("[trust]", "[trusted]", 5, "`applies-to` is not as it must be", "use `any`, or list kinds"),
        ("CWE-1", "cwe1", 8, "`maps-to.cwe.0` is `cwe1`", "write it as CWE-441"),
        ("cwe:", "cew:", 8, "in `maps-to`, `cew` is not known", "did you mean `cwe`?"),
        ("https://", "http://", 9, "`references.0` is `http://example.com`", "write an https address"),
        ("can assume", "can assume.", 11, "`message` is", "write one clause without a full stop"),
        ("{low: [known-vendor]}", "{lwo: [known-vendor]}", 12, "`severity-when.0` is", "use one of"),
    ],
)
def test_a_mistake_is_named_at_its_line(old: str, new: str, line: int, message: str, help: str) -> None:
    facts = FACTS.replace(old, new)
    if "is missing" in message:
        facts = FACTS.replace("severity: high\n", "")
    found = [problem for problem in problems(facts) if problem[1].startswith(message)]
    assert [problem[0] for problem in found] == [line]
    assert found[0][2].startswith(help)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (FACTS.replace('message: "{principal} can assume"\n', ""), "`forbids` needs a `message`"),
        (FACTS.replace('forbids: {action: "sts:AssumeRole"}\n', ""), "`message`, `points-at`, `label`"),
        (FACTS + "from: grammar\n", "a card has either `forbids` or `from: grammar`"),
    ],
)
def test_facts_that_need_or_exclude_each_other_are_named(facts: str, message: str) -> None:
    assert any(problem[1].startswith(message) for problem in problems(facts))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{principal} can", "{principal:>9999999999} can"),
        ("{principal} can", "{principal.__class__} can"),
        ("{principal} can", "{principal[0]} can"),
        ("{principal} can", "{principal!r} can"),
        ("{principal} can", "{} can"),
        ("{principal} can", "{principal can"),
        ("{principal} can", "principal} can"),
        ('action: "sts:AssumeRole"', 'context: {"{issuer:>9999999999}:sub": any}'),
    ],
)
def test_braces_hold_a_name_and_nothing_else(old: str, new: str) -> None:
    assert old in FACTS
    assert any("has braces that hold no name" in message for _, message, _ in problems(FACTS.replace(old, new)))


def test_a_policy_variable_is_a_value_like_others() -> None:
    assert not any("braces" in message for _, message, _ in problems(FACTS.replace("sts:AssumeRole", "${aws:username}")))
