"""Is a wildcard compared as an ordinary character?"""

from __future__ import annotations

from iamlint.finding import Confidence, Fix, Safety, Severity
from iamlint.policy.rewrite import under_operator
from iamlint.policy.wildcards import WITH_WILDCARDS, literal_wildcards, wildcard_in
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition with a wildcard that its operator takes literally."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            positions = literal_wildcards(condition)
            if positions:
                yield _finding(case, statement, condition, positions[0])


def _finding(case: Case, statement: Statement, condition: Condition, position: int) -> Finding:
    value = str(condition.values[position])
    wildcard = wildcard_in(value)
    return case.finding(
        f"`{condition.operator.text}` takes the `{wildcard}` in `{value}` literally",
        Place(condition.value_route(position)),
        label=f"only a `{wildcard}` matches this `{wildcard}`",
        severity=Severity.HIGH if statement.denies else None,
        # A question mark can be part of an address or a name.
        confidence=Confidence.HIGH if wildcard == "*" else Confidence.MEDIUM,
        statement=statement.index,
        subject=condition.key,
        fix=_fix(case, statement, condition),
        aws_codes=("WILDCARD_WITHOUT_LIKE_OPERATOR",),
    )


def _fix(case: Case, statement: Statement, condition: Condition) -> Fix:
    operator = condition.operator
    name = WITH_WILDCARDS[operator.base.name]
    prefix = f"{operator.quantifier.value}:" if operator.quantifier.value else ""
    wanted = f"{prefix}{name}{'IfExists' if operator.if_exists else ''}"
    changes = under_operator(case.document, condition, wanted)
    minds_case = ", which minds upper and lower case" if operator.base.name.endswith("IgnoreCase") else ""
    safe = bool(changes) and not minds_case and _only_narrows(statement, condition)
    return Fix(_safety(changes, safe), f"write `{wanted}`{minds_case}", changes)


def _safety(changes: tuple[object, ...], safe: bool) -> Safety:
    if not changes:
        return Safety.MANUAL
    return Safety.SAFE if safe else Safety.UNSAFE


def _only_narrows(statement: Statement, condition: Condition) -> bool:
    """Whether reading the wildcards only takes access away, and not from everybody."""
    denies = statement.denies
    whole = any(isinstance(value, str) and not value.strip("*?") for value in condition.values)
    return denies != condition.operator.base.negated and not whole
