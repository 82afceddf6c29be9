"""Does a trust policy let in anybody of an account outside the zone?"""

from __future__ import annotations

from iamlint.access.question import account_not_in, action_is, caller_is
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.sts import ASSUME_ROLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.access.access import Access


def lets_in_outsiders(access: Access, inside: Iterable[str]) -> bool:
    """Whether a user or role of an account that is none of `inside` can assume the role; raises Undecided."""
    return access.meets([action_is(ASSUME_ROLE), caller_is(CallerKind.USER, CallerKind.ROLE), account_not_in(inside)]) is not None
