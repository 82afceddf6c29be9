"""Does a statement ask for a tag of whatever it is about, and say only what it is not about?

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from iamlint.finding import Fix, Label, Safety
from iamlint.policy.requires import requires_key
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_TAG = "aws:resourcetag/"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each statement with `NotAction` that a resource without tags never meets."""
    for statement in case.document.policy.statements:
        if statement.actions is not None and statement.actions.negated:
            asked = next(filter(_asks, statement.conditions), None)
            if asked is not None:
                yield _finding(case, statement, asked)


def _asks(condition: Condition) -> bool:
    """Whether it compares a tag of the resource, and fails without it."""
    tested = condition.key[: len(_TAG)].lower() == _TAG and not condition.operator.is_null
    return tested and requires_key(condition, condition.key)


def _finding(case: Case, statement: Statement, condition: Condition) -> Finding:
    denies = statement.denies
    actions = statement.actions
    assert actions is not None
    outcome = "does not deny" if denies else "does not allow"
    return case.finding(
        f"many actions that `NotAction` takes in are about nothing with a tag, and the statement {outcome} those",
        Place(condition.route, on_key=True),
        label="never there for them",
        secondary=(Label(Place(actions.route, on_key=True), "takes them in"),),
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, "list under `Action` what is done to things with tags"),
        aws_codes=(f"{'DENY' if denies else 'ALLOW'}_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",),
    )
