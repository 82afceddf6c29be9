"""Is `sts:ExternalId` written in a way that AWS does not know?"""

from __future__ import annotations

from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.keys import split_claim, suggest_key
from iamlint.policy.pattern import has_hole
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

RIGHT = "sts:ExternalId"


def check(case: Case) -> Iterator[Finding]:
    """Each condition on a key that was meant to be `sts:ExternalId`."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if not _is_misnamed(condition.key):
                continue
            from iamlint.policy.requires import holds_without_key

            lets_pass = holds_without_key(condition) is statement.allows
            yield case.finding(
                f"`{condition.key}` is no key that AWS sends, so {_outcome(statement.effect, lets_pass)}",
                Place(condition.route, on_key=True),
                label=f"did you mean `{RIGHT}`?",
                severity=_severity(case, statement, condition) if lets_pass else Severity.MEDIUM,
                statement=statement.index,
                subject=condition.key,
                fix=_fix(case, statement, condition),
            )


def _is_misnamed(key: str) -> bool:
    if key.lower() == RIGHT.lower() or "/" in key or has_hole(key) or split_claim(key) is not None:
        return False
    letters = "".join(letter for letter in key.lower().rpartition(":")[2] if letter.isalnum())
    return letters == "externalid" or suggest_key(key) == RIGHT


def _outcome(effect: Effect, lets_pass: bool) -> str:
    if effect is Effect.DENY:
        return "the Deny stops nobody by it" if lets_pass else "the Deny stops everybody by it"
    return "everybody passes the condition" if lets_pass else "nobody passes the condition"


def _severity(case: Case, statement: Statement, condition: Condition) -> Severity:
    """Of a condition that everybody passes: low where nobody gets in by it whom the right key would keep out."""
    from iamlint.access.alter import with_conditions, with_statements
    from iamlint.access.compare import Comparison
    from iamlint.access.search.question import key_absent
    from iamlint.access.sets.effort import Undecided
    from iamlint.access.settled import Settled

    policy = case.document.policy
    conditions = [_renamed(one) if one is condition else one for one in statement.conditions]
    meant = with_statements(policy, [with_conditions(one, conditions) if one is statement else one for one in policy.statements])
    settled = Settled((meant, policy))
    compared = Comparison(settled.policies[0], settled.policies[1], case.document.kind)
    try:
        return Severity.LOW if compared.gained([key_absent(compared.space, condition.key)]) is None else Severity.HIGH
    except Undecided:
        return Severity.HIGH


def _renamed(condition: Condition) -> Condition:
    from iamlint.policy.condition import Condition as Made

    routes = {"route": condition.route, "operator_route": condition.operator_route}
    return Made(condition.operator, RIGHT, condition.values, listed=condition.listed, **routes)


def _fix(case: Case, statement: Statement, condition: Condition) -> Fix:
    taken = any(other.key.lower() == RIGHT.lower() and other.operator_route == condition.operator_route for other in statement.conditions)
    if taken or case.document.embedded:
        return Fix(Safety.MANUAL, f"write `{RIGHT}`")
    # Who sends the right id is let in by the right key, so a reader decides.
    from iamlint.text.edit import RenameKey

    return Fix(Safety.UNSAFE, f"write `{RIGHT}`", (RenameKey(Place(condition.route, on_key=True), RIGHT),))
