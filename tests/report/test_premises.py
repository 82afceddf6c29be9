"""By which conditions of a template a finding holds, in words and in JSON."""

from __future__ import annotations

import json

import pytest

from iamlint.report.json import render
from iamlint.report.premises import premises_of, sentence
from tests.report.sample import document, finding, outcome

IF = {"Fn::If": ["IsDemo", {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}, {"Ref": "AWS::NoValue"}]}
TEMPLATE = json.dumps({"R": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [IF]}}})


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ((("A", True),), "`A` holds"),
        ((("A", False),), "`A` does not hold"),
        ((("A", True), ("B", True), ("C", True)), "`A`, `B` and `C` hold"),
        ((("A", False), ("B", False)), "`A` and `B` do not hold"),
        ((("A", True), ("B", False)), "`A` holds, and `B` does not"),
        ((("A", False), ("B", True), ("C", False)), "`B` holds, and `A` and `C` do not"),
    ],
)
def test_conditions_are_said_in_words(conditions: tuple[tuple[str, bool], ...], said: str) -> None:
    assert sentence(conditions) == said


def test_a_finding_in_what_a_condition_puts_in_names_it() -> None:
    one = finding(document(TEMPLATE), '"sts:AssumeRole"')
    assert premises_of(one) == (("IsDemo", True),)
    (told,) = json.loads("".join(render(outcome(one))))["findings"]
    assert told["conditions"] == [{"name": "IsDemo", "holds": True}]


def test_a_place_that_only_explains_counts_too() -> None:
    text = TEMPLATE.replace("[{", '[{"Effect": "Deny", "Action": "a:b"}, {', 1)
    one = finding(document(text), '"a:b"', secondary=(('"sts:AssumeRole"', "granted here"),))
    assert premises_of(one) == (("IsDemo", True),)


def test_what_is_there_in_every_stack_names_none() -> None:
    one = finding(document('{"Statement": [{"Effect": "Allow", "Action": "a:b", "Resource": "*"}]}'), '"a:b"')
    assert premises_of(one) == ()
    (told,) = json.loads("".join(render(outcome(one))))["findings"]
    assert "conditions" not in told
