"""What stderr says at the end of a run."""

from __future__ import annotations

from iamlint.finding import Severity
from iamlint.report.look import Look
from iamlint.report.outcome import Failure, FailureKind, Outcome
from iamlint.report.summary import closing, count, error_lines, incomplete
from tests.report.sample import document, finding

POLICY = document('{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}')
UNDECIDED = Failure(
    FailureKind.UNDECIDED, "a.json", "`trust-org-wide` could not be decided: too many", line=3, column=5, rule="trust-org-wide"
)
INTERNAL = Failure(
    FailureKind.INTERNAL,
    "policies/ci.json",
    "the rule `passrole-any` failed on policies/ci.json",
    help="please report it: https://example.com",
    rule="passrole-any",
    cause="KeyError: 'Resource' (iamlint/checks/permissions/passrole_any.py:31)",
)


def found(*severities: Severity) -> Outcome:
    findings = tuple(finding(POLICY, '"*"', severity=severity) for severity in severities)
    return Outcome(findings, documents=14, sources=[f"{number}.json" for number in range(9)])


def test_findings_are_counted_by_severity_the_worst_first() -> None:
    assert count(found(Severity.HIGH, Severity.CRITICAL), Look()) == "2 findings: 1 critical, 1 high · 14 documents in 9 files"


def test_one_is_not_many() -> None:
    one = Outcome(found(Severity.LOW).findings, documents=1, sources=["a.json"])
    assert count(one, Look()) == "1 finding: 1 low · 1 document in 1 file"


def test_nothing_found_says_what_was_looked_at() -> None:
    assert count(found(), Look()) == "No findings · 14 documents in 9 files"


def test_a_stream_that_is_not_utf_8_gets_a_hyphen() -> None:
    assert count(found(), Look(unicode=False)) == "No findings - 14 documents in 9 files"


def test_the_day_of_what_is_known_stands_behind_it_where_there_is_room() -> None:
    assert closing(found(), Look(60), "2026-09-26") == ["No findings · 14 documents in 9 files · AWS data 2026-09-26"]
    assert closing(found(), Look(58), "2026-09-26") == ["No findings · 14 documents in 9 files", "AWS data 2026-09-26"]


def test_colours_take_no_room() -> None:
    (line,) = closing(found(Severity.HIGH), Look(76, colour=True), "2026-09-26")
    assert line.endswith("· 14 documents in 9 files · AWS data 2026-09-26")


def test_what_is_incomplete_is_listed_with_its_place() -> None:
    invalid = Failure(FailureKind.INVALID, "policies/big.json", "trailing comma", line=41, column=7)
    outcome = Outcome((), (UNDECIDED, invalid), documents=14, sources=["a.json"])
    assert incomplete(outcome, Look(), "exit 3; --allow-incomplete to accept") == [
        "incomplete: 2 of 14 documents could not be checked (exit 3; --allow-incomplete to accept)",
        "  a.json:3:5: `trust-org-wide` could not be decided: too many",
        "  policies/big.json:41:7: trailing comma",
    ]


def test_two_questions_about_one_document_are_one_document() -> None:
    outcome = Outcome((), (UNDECIDED, UNDECIDED), documents=1, sources=["a.json"])
    assert incomplete(outcome, Look(), "exit 3")[0].startswith("incomplete: 1 of 1 document could")


def test_an_error_of_ours_says_what_broke_where_and_what_to_do() -> None:
    assert error_lines(INTERNAL, Look()) == [
        "error: the rule `passrole-any` failed on policies/ci.json",
        "  KeyError: 'Resource' (iamlint/checks/permissions/passrole_any.py:31)",
        "  note: other rules were still run; exit code is 2 because this document was not fully checked",
        "  help: please report it: https://example.com",
    ]


def test_a_file_that_cannot_be_opened_is_named_before_the_reason() -> None:
    gone = Failure(FailureKind.UNREADABLE, "gone\x1b.json", "no such file", help="check the path")
    assert error_lines(gone, Look()) == ["error: gone\\u001b.json: no such file", "  help: check the path"]


def test_internal_errors_break_a_run_and_open_questions_leave_it_incomplete() -> None:
    assert Outcome((), (INTERNAL,)).broken
    assert not Outcome((), (INTERNAL,)).incomplete
    assert Outcome((), (UNDECIDED,)).incomplete
    assert not Outcome((), (UNDECIDED,)).broken
