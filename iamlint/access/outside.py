"""Does a trust policy let in anybody from outside the zone?"""

from __future__ import annotations

from iamlint.access.search.question import account_not_in, action_is, caller_is, key_is
from iamlint.access.sets.glob import exact
from iamlint.access.sets.value_sets import TextSet
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.sts import ASSUME_ROLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.access.access import Access


def lets_in_outsiders(access: Access, inside: Iterable[str], organizations: Iterable[str] = ()) -> bool:
    """Whether a user or role can assume the role whose account is none of `inside`, and in none of the organizations; raises Undecided."""
    question = [action_is(ASSUME_ROLE), caller_is(CallerKind.USER, CallerKind.ROLE), account_not_in(inside)]
    ours = TextSet(map(exact, sorted(organizations)))
    if ours.globs:
        question.append(key_is(access.space, "aws:principalorgid", ours.complement(), absent=True))
    return access.meets(question) is not None
