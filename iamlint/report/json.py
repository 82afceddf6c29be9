"""What do other programs read? One JSON object with a versioned shape: `report.schema.json` beside this module states it."""

from __future__ import annotations

from json import dumps

from iamlint import REPOSITORY, __version__
from iamlint.finding import Severity
from iamlint.report.fingerprint import fingerprints
from iamlint.report.mend import edits_of
from iamlint.report.outcome import FailureKind
from iamlint.report.place import extent, where
from iamlint.report.premises import premises_of
from iamlint.report.witness import absent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from iamlint.access.evaluation.request import Caller, Request
    from iamlint.finding import Finding, Fix
    from iamlint.report.outcome import Failure, Outcome
    from iamlint.report.place import Where
    from iamlint.text.tree import Tree

    Item: TypeAlias = "str | int | None | list[Item] | dict[str, Item]"
    Object: TypeAlias = dict[str, Item]

SCHEMA = f"{REPOSITORY}/blob/main/iamlint/report/report.schema.json?version=1"


def render(outcome: Outcome, data: str = "") -> Iterator[str]:
    """The report in pieces; `data` is the date of the AWS data that was used. Everything beyond ASCII is escaped, as JSON allows."""
    head: Object = {
        "schema": SCHEMA,
        "tool": {"name": "iamlint", "version": __version__, "data": data},
        "summary": summary(outcome),
    }
    yield dumps(head, indent=2)[:-2] + ',\n  "findings": ['
    marks = fingerprints(outcome.findings)
    for number, finding in enumerate(outcome.findings):
        yield ("," if number else "") + "\n" + _indented(item(finding, outcome, marks[number]))
    yield ("\n  ]" if marks else "]") + ',\n  "errors": ['
    for number, failure in enumerate(outcome.failures):
        yield ("," if number else "") + "\n" + _indented(error(failure))
    yield ("\n  ]" if outcome.failures else "]") + "\n}\n"


def _indented(value: Object) -> str:
    return "\n".join("    " + line for line in dumps(value, indent=2).split("\n"))


def summary(outcome: Outcome) -> Object:
    """How many documents, files and findings there are, and how much was not checked."""
    counts: Object = {}
    for severity in reversed(Severity):
        counts[severity.value] = sum(finding.severity is severity for finding in outcome.findings)
    return {
        "documents": outcome.documents,
        "files": len(outcome.sources),
        "findings": len(outcome.findings),
        "by_severity": counts,
        "suppressed": 0,
        "undecided": sum(failure.kind is FailureKind.UNDECIDED for failure in outcome.failures),
        "errors": len(outcome.failures),
    }


def item(finding: Finding, outcome: Outcome, mark: str) -> Object:
    """One finding; `mark` is its fingerprint."""
    document = finding.document
    card = outcome.cards.get(finding.rule)
    return {
        "rule": finding.rule,
        "family": card.family if card else None,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "message": finding.message,
        "path": document.tree.source.name,
        **_extent(where(document, finding.primary.place)),
        "document": {"kind": document.kind.value, "address": document.address, "account": document.account},
        "statement": _statement(finding),
        **_conditions(finding),
        "subject": finding.subject,
        "aws_code": list(finding.aws_codes),
        "witness": None if finding.witness is None else _witness(finding, finding.witness),
        "fix": None if finding.fix is None else _fix(finding.fix, document.tree),
        "fingerprint": mark,
        "url": f"{REPOSITORY}/blob/main/rules/{card.family}/{card.name}.md" if card and card.shipped else None,
    }


def error(failure: Failure) -> Object:
    """Something that was not checked."""
    return {
        "kind": failure.kind.value,
        "rule": failure.rule,
        "path": failure.path,
        "line": failure.line,
        "column": failure.column,
        "message": f"{failure.message}: {failure.cause}" if failure.cause else failure.message,
        "help": failure.help,
    }


def _extent(spot: Where) -> Object:
    return {"line": spot.line, "column": spot.column, "end_line": spot.end_line, "end_column": spot.end_column}


def _statement(finding: Finding) -> Item:
    if finding.statement is None:
        return None
    statement = finding.document.policy.at(finding.statement)
    return {"index": finding.statement, "sid": statement.sid if statement is not None else None}


def _conditions(finding: Finding) -> Object:
    """The conditions of a template that decide on what the finding is about, where there are any."""
    conditions: list[Item] = [{"name": name, "holds": holds} for name, holds in premises_of(finding)]
    return {"conditions": conditions} if conditions else {}


def _witness(finding: Finding, request: Request) -> Object:
    context: Object = {request.names.get(key, key): _listed(request.context[key]) for key in sorted(request.context)}
    lacking: Object = dict.fromkeys(absent(finding, request))
    return {
        "action": request.action,
        "resource": request.resource,
        "principal": _principal(request.caller),
        "context": {**context, **lacking},
    }


def _listed(value: str | tuple[str, ...]) -> Item:
    return list(value) if isinstance(value, tuple) else value


def _principal(caller: Caller) -> Object:
    return {
        "kind": caller.kind.value,
        "arn": caller.arn,
        "account": caller.account or None,
        "name": caller.name or None,
        "session": caller.session or None,
    }


def _fix(fix: Fix, tree: Tree) -> Object:
    edits: list[Item] = [{**_extent(extent(tree.source, edit.span)), "text": edit.replacement} for edit in edits_of(fix, tree)]
    return {"safety": fix.safety.value, "title": fix.title, "edits": edits}
