"""Is there anybody at all who can assume the role?"""

from __future__ import annotations

from iamlint.access.access import Access
from iamlint.access.liveness import applying
from iamlint.finding import Fix, Safety
from iamlint.knowledge.sts import ASSUME_ACTIONS
from iamlint.policy.statement import Policy
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.evaluation.request import Witness
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement

_ASSUMING = frozenset(map(str.lower, ASSUME_ACTIONS))
_HELP = "allow `sts:AssumeRole…` to somebody, or take the role out"


def check(case: Case) -> Iterator[Finding]:
    """One finding when the policy lets nobody in, whatever it leaves open."""
    policy = case.document.policy
    if not policy.complete or _lets_in(case.access):
        return
    blocking = _blocking(case)
    allows = [statement for statement in policy.statements if statement.allows]
    if blocking is not None:
        why, place = "a Deny stops everybody whom it allows", Place(blocking.route)
    elif allows:
        why, place = "none of its statements lets anybody in", Place(case.document.route)
    else:
        why, place = "no statement allows anything", Place(case.document.route)
    if blocking is not None and blocking.principals is not None:
        place = Place(blocking.principals.route)
    yield case.finding(
        f"nobody can assume the role: {why}",
        place,
        label="stops everybody" if blocking is not None else "",
        statement=None if blocking is None else blocking.index,
        fix=Fix(Safety.MANUAL, _HELP if blocking is None else "narrow down the Deny, or take the role out"),
    )


def _lets_in(access: Access) -> bool:
    if not access.denies and any(map(_assumes, (applying(access, one) for one in access.policy.statements))):
        return True
    from iamlint.access.search.question import action_is

    return access.meets((action_is(*ASSUME_ACTIONS),), certain=False) is not None


def _assumes(found: Witness | None) -> bool:
    return found is not None and found.request.action.lower() in _ASSUMING


def _blocking(case: Case) -> Statement | None:
    """The Deny without which somebody could get in; the first one when it takes several."""
    policy = case.document.policy
    denies = [statement for statement in policy.statements if statement.denies]
    for left_out in (*((deny,) for deny in denies), tuple(denies)):
        kept = tuple([statement for statement in policy.statements if statement not in left_out])
        if left_out and _lets_in(Access(Policy(policy.version, policy.id, kept), case.access.kind)):
            return left_out[0]
    return None
