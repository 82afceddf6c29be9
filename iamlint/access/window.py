"""At which times do the conditions of a statement hold?

The time of a request is in `aws:CurrentTime` and `aws:EpochTime`, which every request carries:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-currenttime.
"""

from __future__ import annotations

from iamlint.access.sets.value_sets import ALL_POINTS, NO_POINTS, PointSet, above, at
from iamlint.policy.condition import Unknown
from iamlint.policy.operator import Family
from iamlint.policy.pattern import has_hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.sets.values import Rational
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Policy, Statement

_TIMES = ("aws:currenttime", "aws:epochtime")
# When a session was started, which lasts 36 hours at most: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html.
# A request without a session lacks it.
_ISSUED = "aws:tokenissuetime"
_LONGEST_SESSION = 36 * 3600


def time_conditions(statement: Statement) -> tuple[Condition, ...]:
    """The conditions that compare the time of the request with known times."""
    if not statement.conditions:
        return ()
    return tuple([condition for condition in statement.conditions if _tells_time(condition)])


def session_conditions(statement: Statement) -> tuple[Condition, ...]:
    """The conditions that ask for a session which was started at known times."""
    return tuple([condition for condition in statement.conditions if _tells_time(condition, (_ISSUED,)) and _asks(condition)])


def _asks(condition: Condition) -> bool:
    operator = condition.operator
    return not (operator.if_exists or operator.base.negated or operator.for_all)


def _tells_time(condition: Condition, keys: tuple[str, ...] = _TIMES) -> bool:
    if condition.key.lower() not in keys or condition.operator.base.family not in (Family.DATE, Family.NUMERIC):
        return False
    return not any(isinstance(value, Unknown) or has_hole(value) for value in condition.values)


def times(condition: Condition) -> PointSet:
    """The times, in seconds since 1970, at which a condition on the time holds."""
    from iamlint.access.sets.points import point_set

    found = NO_POINTS
    for value in condition.values:
        found = found.join(point_set(condition.operator.base, str(value)))
    return found.complement() if condition.operator.base.negated else found


def window(conditions: tuple[Condition, ...]) -> PointSet:
    """The times at which all of `conditions` hold."""
    found = ALL_POINTS
    for condition in conditions:
        found = found.meet(times(condition))
    return found


def after(moment: int) -> PointSet:
    """All times from `moment` on."""
    return above(moment, inclusive=True)


def is_over(points: PointSet, now: int) -> bool:
    """Whether `points` are times of which none is still to come."""
    return bool(points) and not points.meet(after(now))


def are_over(conditions: tuple[Condition, ...], now: int) -> bool:
    """Whether all sessions that such conditions ask for have ended."""
    return bool(conditions) and is_over(window(conditions), now - _LONGEST_SESSION)


def without_lapsed(policy: Policy, now: int) -> Policy:
    """The policy without the Allows whose time is over: nobody has them any more."""
    kept = [statement for statement in policy.statements if not _has_lapsed(statement, now)]
    if len(kept) == len(policy.statements):
        return policy
    from iamlint.access.alter import with_statements

    return with_statements(policy, kept)


def _has_lapsed(statement: Statement, now: int) -> bool:
    if not statement.allows or not statement.conditions:
        return False
    return is_over(window(time_conditions(statement)), now) or are_over(session_conditions(statement), now)


def end(points: PointSet) -> Rational | None:
    """When the last of the times is over; None when they never end."""
    return points.ranges[-1][1][0]


def is_to_come(points: PointSet, now: int) -> bool:
    """Whether `points` are times all of which are later than `now`."""
    return bool(points) and not points.meet(after(now).complement()) and not points.meet(at(now))


def start(points: PointSet) -> Rational | None:
    """When the first of the times is; None when they never began."""
    return points.ranges[0][0][0]
