"""May the holder of an identity policy assume every role that lets its account in?"""

from __future__ import annotations

from iamlint.access.evaluation.evaluate import action_applies, holds, resource_applies
from iamlint.access.evaluation.request import Request
from iamlint.access.evaluation.scope import Scope
from iamlint.access.everything import HOLDER, everything
from iamlint.access.grants import ask_for
from iamlint.access.roles import STRANGER, Reach, on_its_own, proof, reached_roles, retold
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.access import Access
    from iamlint.access.evaluation.request import ContextValue, Witness
    from iamlint.access.roles import Reached
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_ACTION = "sts:AssumeRole"
ACTIONS = frozenset({_ACTION})
ask_for(ACTIONS)
_SEVERITY = {Reach.EVERY: Severity.HIGH, Reach.ACCOUNT: Severity.MEDIUM, Reach.NAMES: Severity.LOW}
_WHOSE = ("aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths")
# What a request for the role of a stranger, which has no tags, carries.
_FOREIGN: dict[str, ContextValue] = {
    "aws:ResourceAccount": STRANGER,
    "aws:ResourceOrgID": "o-stranger00",
    "aws:ResourceOrgPaths": ("o-stranger00/r-zzzz/ou-zzzz-zzzzzzzz/",),
    "aws:PrincipalOrgID": "o-holder0000",
    "aws:PrincipalOrgPaths": ("o-holder0000/r-zzzz/ou-zzzz-zzzzzzzz/",),
}
_TAGS = ("aws:resourcetag/", "iam:resourcetag/")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each statement, about the value in it that reaches most."""
    reached_all = [reached for reached in reached_roles(case.access, _ACTION) if reached.reach in _SEVERITY]
    if not reached_all or everything(case.access) is not None:
        return
    told: set[int] = set()
    for reached in reached_all:
        if reached.statement.index in told:
            continue
        access = on_its_own(case.access, reached.statement, _ACTION)
        witness = proof(access, reached, tuple, Request(_ACTION, HOLDER))
        if witness is not None:
            told.add(reached.statement.index)
            yield _finding(case, reached, witness, access)


def _owned(access: Access, reached: Reached) -> bool:
    """Whether conditions on whose the role is, or on its tags, keep the holder from a stranger's role."""
    policy = access.policy
    foreign = Request(_ACTION, HOLDER, f"arn:aws:iam::{reached.account or STRANGER}:role/zzzz", _FOREIGN)
    sure, possible = (Scope(foreign, policy.variables, may) for may in (False, True))
    for statement in policy.statements:
        about = list(_about_the_role(statement))
        if statement.allows:
            if not all(holds(condition, sure) for condition in about):
                return True
        elif about and _names(statement, possible) and all(holds(condition, possible) for condition in about):
            return True
    return False


def _has_tag(access: Access, reached: Reached) -> bool:
    """Whether the role must have a tag: somebody chose it, if not in the policy."""
    scope = Scope(Request(_ACTION, HOLDER, f"arn:aws:iam::{reached.account or STRANGER}:role/zzzz"), access.policy.variables, False)
    return any(
        condition.key.lower().startswith(_TAGS) and not holds(condition, scope)
        for statement in access.policy.statements
        for condition in (statement.conditions if statement.allows else ())
    )


def _names(statement: Statement, scope: Scope) -> bool:
    return action_applies(statement, scope) and resource_applies(statement, scope)


def _about_the_role(statement: Statement) -> Iterator[Condition]:
    for condition in statement.conditions:
        key = condition.key.lower()
        if key in _WHOSE or key.startswith(_TAGS):
            yield condition


def _finding(case: Case, reached: Reached, witness: Witness, access: Access) -> Finding:
    statement = reached.statement
    owned = _owned(access, reached)
    lower = -2 if _has_tag(access, reached) else -1 if owned else 0
    return case.finding(
        _message(reached, owned),
        reached.place,
        label=reached.label,
        secondary=() if statement.actions is None else (Label(Place(statement.actions.route), "granted here"),),
        severity=_SEVERITY[reached.reach].stepped(lower),
        statement=statement.index,
        subject=reached.value,
        witness=retold(access, reached, witness, _ACTION, "444455556666"),
        fix=Fix(Safety.MANUAL, "list the ARNs of the roles to assume"),
    )


def _message(reached: Reached, owned: bool) -> str:
    of = f" of {reached.owner}" if reached.reach is Reach.ACCOUNT else f" named `{reached.name}`" if reached.name else ""
    where = ", as far as a condition on the role allows" if owned else "" if reached.account else ", in any account"
    return f"every role{of} that lets this account in may be assumed{where}"
