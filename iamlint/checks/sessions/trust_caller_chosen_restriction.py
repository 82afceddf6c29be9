"""Is a whole account narrowed down by nothing but what its callers write into the request themselves?"""

from __future__ import annotations

from iamlint.access.search.question import action_is, fresh_values, is_stranger_of, key_absent, key_is
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.keys import KeyClass, key_class
from iamlint.policy.fixed import entries
from iamlint.policy.pattern import has_variable
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.access import Access
    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement

_EXTERNAL_ID = "sts:externalid"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each statement, about the first account and condition."""
    told: set[int] = set()
    for statement, entry in entries(case.document.policy, Effect.ALLOW):
        if entry.form is not Form.ACCOUNT or not entry.account or statement.index in told or not _is_chosen(statement):
            continue
        question = [action_is("sts:AssumeRole"), *is_stranger_of(entry.account, CallerKind.USER, CallerKind.ROLE)]
        here = (statement.index,)
        witness = case.access.meets(question, statements=here)
        # What any value meets was not meant to keep anybody out.
        if witness is None or case.access.meets([*question, *_any_value(case.access, statement)], statements=here) is not None:
            continue
        told.add(statement.index)
        condition = statement.conditions[0]
        outside = case.zone.configured and entry.account not in case.zone.inside
        yield case.finding(
            f"the callers of account {entry.account} choose the value of `{condition.key}` themselves",
            Place(condition.route, on_key=True),
            label="keeps nobody out",
            secondary=(Label(Place(entry.route), "of this account"),),
            severity=Severity.MEDIUM if outside else None,
            statement=statement.index,
            subject=condition.key,
            witness=witness.request,
            fix=Fix(Safety.MANUAL, "name the roles that may assume it, or ask for them with `aws:PrincipalArn`"),
        )


def _is_chosen(statement: Statement) -> bool:
    """Whether all that the statement asks for is chosen by the caller; a name that must be the user's own is AWS's to say."""
    conditions = statement.conditions
    return bool(conditions) and all(
        key_class(condition.key) is KeyClass.CALLER_CONTROLLED
        and condition.key.lower() != _EXTERNAL_ID
        and not any(isinstance(value, str) and has_variable(value) for value in condition.values)
        for condition in conditions
    )


def _any_value(access: Access, statement: Statement) -> Iterator[Clause]:
    for key in dict.fromkeys([condition.key.lower() for condition in statement.conditions]):
        yield (*key_is(access.space, key, fresh_values()), *key_absent(access.space, key))
