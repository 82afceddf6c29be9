"""One line a finding."""

from __future__ import annotations

from iamlint.finding import Severity
from iamlint.report.concise import render
from iamlint.report.look import Look
from tests.report.sample import document, finding, outcome

POLICY = '{"Statement": {\n  "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}'


def test_a_finding_is_one_line_with_place_severity_rule_and_message() -> None:
    policy = document(POLICY, "policies/vendor-role.json")
    one = finding(policy, '"*"', "anyone is trusted", severity=Severity.CRITICAL)
    assert "".join(render(outcome(one, one), Look())) == 2 * (
        "policies/vendor-role.json:2:35: critical trust-missing-external-id: anyone is trusted\n"
    )


def test_a_message_or_a_path_cannot_begin_a_line_of_its_own() -> None:
    policy = document(POLICY, "a\nb.json")
    text = "".join(render(outcome(finding(policy, '"*"', "one\ntwo\x1b")), Look()))
    assert text == "a\\u000ab.json:2:35: high trust-missing-external-id: one\\u000atwo\\u001b\n"
