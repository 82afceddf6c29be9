"""What other programs are given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import iamlint.report.json as report
from iamlint.access.evaluation.request import Caller, Request
from iamlint.finding import Finding, Fix, Safety
from iamlint.knowledge.callers import CallerKind
from iamlint.report.outcome import Failure, FailureKind, Outcome
from iamlint.text.edit import SetValue
from tests.report.sample import CARD, RULE, document, finding, outcome, place

SCHEMA = json.loads(Path(report.__file__).with_name("report.schema.json").read_text(encoding="utf-8"))
POLICY = """\
{"Statement": [
  {"Sid": "Vendor", "Effect": "Allow",
   "Principal": {"AWS": "999988887777"}, "Action": "sts:AssumeRole"}
]}
"""
OUTSIDER = Request(
    "sts:AssumeRole",
    Caller(CallerKind.ROLE, "Outsider", account="999988887777", session="s"),
    None,
    {"sts:ExternalId": (), "aws:TagKeys": ("a",), "aws:SourceIp": "198.51.100.7"},
)


def printed(run: Outcome, data: str = "2025-11-01") -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads("".join(report.render(run, data)))
    jsonschema.Draft202012Validator(SCHEMA).validate(loaded)
    return loaded


def item(one: Finding) -> dict[str, Any]:
    found: dict[str, Any] = printed(outcome(one))["findings"][0]
    return found


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == report.SCHEMA


def test_a_finding_has_every_key_of_the_design() -> None:
    policy = document(POLICY, "policies/vendor-role.json")
    one = finding(policy, '"999988887777"', statement=0, subject="999988887777", witness=OUTSIDER, fix=Fix(Safety.MANUAL, "require one"))
    fingerprint = item(one).pop("fingerprint")
    assert len(fingerprint) == 64
    assert item(one) == {
        "rule": RULE,
        "family": "trust",
        "severity": "high",
        "confidence": "high",
        "message": "account 999988887777 can assume this role",
        "path": "policies/vendor-role.json",
        "line": 3,
        "column": 25,
        "end_line": 3,
        "end_column": 39,
        "document": {"kind": "trust", "address": "", "account": None},
        "statement": {"index": 0, "sid": "Vendor"},
        "subject": "999988887777",
        "aws_code": [],
        "witness": {
            "action": "sts:AssumeRole",
            "resource": None,
            "principal": {
                "kind": "role",
                "arn": "arn:aws:iam::999988887777:role/Outsider",
                "account": "999988887777",
                "name": "Outsider",
                "session": "s",
            },
            "context": {"aws:SourceIp": "198.51.100.7", "aws:TagKeys": ["a"], "sts:ExternalId": None},
        },
        "fix": {"safety": "manual", "title": "require one", "edits": []},
        "fingerprint": fingerprint,
        "url": "https://github.com/iamlint/iamlint/blob/main/rules/trust/trust-missing-external-id.md",
    }


def test_the_edits_of_a_fix_are_given_with_their_places() -> None:
    policy = document(POLICY)
    fix = Fix(Safety.SAFE, "name the role", (SetValue(place(policy, '"999988887777"'), "arn:aws:iam::999988887777:role/r"),))
    assert item(finding(policy, '"999988887777"', fix=fix))["fix"]["edits"] == [
        {"line": 3, "column": 25, "end_line": 3, "end_column": 39, "text": '"arn:aws:iam::999988887777:role/r"'}
    ]


def test_a_rule_of_the_repository_itself_has_no_page_of_ours() -> None:
    from iamlint.rulebook.card import Card

    facts = {"name": RULE, "summary": "s", "severity": "medium", "applies-to": "any"}
    one = finding(document(POLICY), '"999988887777"')
    run = Outcome((one,), documents=1, sources=["policy.json"], cards={RULE: Card(facts, "local", "x.md", shipped=False)})
    assert printed(run)["findings"][0]["url"] is None


def test_the_summary_counts() -> None:
    one = finding(document(POLICY), '"999988887777"')
    failure = Failure(FailureKind.UNDECIDED, "policy.json", "`x` could not be decided", rule=RULE, line=1, column=1)
    run = Outcome((one, one), (failure,), documents=2, sources=["policy.json"], cards={RULE: CARD})
    assert printed(run)["summary"] == {
        "documents": 2,
        "files": 1,
        "findings": 2,
        "by_severity": {"critical": 0, "high": 2, "medium": 0, "low": 0, "info": 0},
        "suppressed": 0,
        "undecided": 1,
        "errors": 1,
    }


def test_the_tool_says_which_data_it_used() -> None:
    from iamlint import __version__

    assert printed(outcome())["tool"] == {"name": "iamlint", "version": __version__, "data": "2025-11-01"}


@pytest.mark.parametrize("kind", list(FailureKind))
def test_every_kind_of_error_is_in_the_schema(kind: FailureKind) -> None:
    failure = Failure(kind, "a.json", "it failed", help="mend it", cause="KeyError: 'x'")
    assert printed(Outcome((), (failure,)))["errors"] == [
        {
            "kind": kind.value,
            "rule": None,
            "path": "a.json",
            "line": None,
            "column": None,
            "message": "it failed: KeyError: 'x'",
            "help": "mend it",
        }
    ]


def test_nothing_found_is_two_empty_lists() -> None:
    text = "".join(report.render(outcome()))
    assert text.endswith('  "findings": [],\n  "errors": []\n}\n')


def test_the_same_run_gives_the_same_bytes() -> None:
    run = outcome(finding(document(POLICY), '"999988887777"', witness=OUTSIDER))
    assert "".join(report.render(run)) == "".join(report.render(run))


def test_the_report_is_laid_out_as_python_lays_out_json() -> None:
    where = document(POLICY)
    change = SetValue(place(where, '"999988887777"'), ("a", "b"))
    fixed = finding(where, '"999988887777"', "é \\ \x7f", witness=OUTSIDER, fix=Fix(Safety.UNSAFE, "name two", (change,)))
    whole = finding(where, '"sts:AssumeRole"')
    whole.aws_codes = ("A", "B")
    failure = Failure(FailureKind.UNDECIDED, "a.json", "cannot say", line=3, column=1)
    text = "".join(report.render(Outcome((fixed, whole), (failure,), documents=1, sources=["a.json"])))
    assert text == json.dumps(json.loads(text), indent=2) + "\n"


def test_hostile_text_arrives_whole_and_in_ascii() -> None:
    evil = '\x1b[2J\u202e日本\u2028\ud800\x00"\\'
    one = finding(document(POLICY, evil), '"999988887777"', evil, subject=evil, fix=Fix(Safety.MANUAL, evil))
    text = "".join(report.render(outcome(one)))
    assert text.isascii()
    assert "\x1b" not in text
    found = json.loads(text)["findings"][0]
    assert (found["message"], found["path"], found["subject"]) == (evil, evil, evil)
