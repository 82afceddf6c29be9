"""Does a statement of an identity policy allow its actions on everything but what it names?"""

from __future__ import annotations

from iamlint.access.evaluation.evaluate import evaluate
from iamlint.access.everything import everything, unnamed
from iamlint.access.permits import wide_permits
from iamlint.finding import Fix, Label, Safety
from iamlint.policy.pattern import has_hole
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.access import Access
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Allow with NotResource that allows something."""
    found = [statement for statement in case.document.policy.statements if _names_the_rest(statement)]
    if not found or everything(case.access) is not None:
        return
    for statement in found:
        if not _allows_something(case, statement):
            continue
        actions, resources = statement.actions, statement.resources
        assert resources is not None
        yield case.finding(
            f"the statement allows its actions on everything{_but(resources.values)}",
            Place(resources.route),
            label="all but these",
            secondary=() if actions is None else (Label(Place(actions.route), "for these actions"),),
            statement=statement.index,
            subject="NotResource",
            fix=Fix(Safety.MANUAL, "list in `Resource` what is meant, and deny what is not in a statement of its own"),
        )


def _allows_something(case: Case, statement: Statement) -> bool:
    """Whether the statement lets through some request: one for an action that it names, or with a name it leaves open, if that is plain."""
    actions = statement.actions
    for action in actions.values if actions is not None and not actions.negated else ():
        if not isinstance(action, str) or ":" not in action or has_hole(action):
            continue
        if "*" not in action and "?" not in action:
            for permit in wide_permits(case.access, action):
                if permit.statement.index == statement.index:
                    return True
        elif _lets_through(case.access, statement, action):
            return True
    return case.access.meets([], statements={statement.index}) is not None


def _lets_through(access: Access, statement: Statement, pattern: str) -> bool:
    """Whether the statement allows an action of the pattern with a name that nobody wrote down."""
    service, _, name = pattern.replace("*", "zzzz").replace("?", "z").partition(":")
    if not (service.isalpha() and name.isalnum() and pattern.isascii()):
        return False
    decision = evaluate(access.policy, unnamed(service, name=name))
    return decision.allowed and statement.index in [one.index for one in decision.statements]


def _names_the_rest(statement: Statement) -> bool:
    return statement.allows and statement.resources is not None and statement.resources.negated


def _but(values: tuple[object, ...]) -> str:
    if not values:
        return ", as nothing is excepted"
    more = f" and {len(values) - 1} more" if len(values) > 1 else ""
    return f" but `{values[0]}`{more}"
