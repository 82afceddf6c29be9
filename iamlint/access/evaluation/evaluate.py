"""Does a policy allow one request?

A direct transcription of AWS's rules, which knows nothing of the symbolic engine and judges its witnesses:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html.
"""

from __future__ import annotations

from functools import cache

from iamlint.access.evaluation.match import TEXTS, action_matches, resource_matches
from iamlint.access.evaluation.principals import NOBODY, Level, named_levels
from iamlint.access.evaluation.scope import Scope, is_open, is_open_key
from iamlint.enumeration import Enumeration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.access.evaluation.match import Test
    from iamlint.access.evaluation.request import ContextValue, Request
    from iamlint.access.evaluation.scope import Text
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Patterns, Policy, Statement

# So many patterns are looked at one by one.
_FEW = 4


class Reading(Enumeration):
    """How to take what the source leaves open: allowed whatever the unknowns are, or allowed for some of their values."""

    CERTAIN = "certain"
    POSSIBLE = "possible"

    @property
    def opposite(self) -> Reading:
        """The reading of what stands against the question: a Deny, or what a negation denies."""
        return Reading.POSSIBLE if self is Reading.CERTAIN else Reading.CERTAIN


class Outcome(Enumeration):
    """What a policy, or all of them together, decide about a request."""

    ALLOWED = "allowed"
    EXPLICIT_DENY = "explicit deny"
    IMPLICIT_DENY = "implicit deny"


class Decision:
    """What was decided and by which `statements`: the denying ones, else the allowing ones; none for an implicit deny.

    `allowed` says whether the request is. `levels` says how closely the allowing statements name the caller, where the policy has
    principals. `reason` is one line, empty for a single policy, whose reasons `explain` gives.
    """

    __slots__ = ("allowed", "levels", "outcome", "reason", "statements")

    def __init__(
        self, outcome: Outcome, statements: tuple[Statement, ...] = (), levels: frozenset[Level] = NOBODY, reason: str = ""
    ) -> None:
        self.outcome = outcome
        self.allowed = outcome is Outcome.ALLOWED
        self.statements = statements
        self.levels = levels
        self.reason = reason

    def __repr__(self) -> str:
        return f"Decision({self.outcome.value}, statements {[statement.index for statement in self.statements]})"


IMPLICIT_DENY = Decision(Outcome.IMPLICIT_DENY)


def evaluate(policy: Policy, request: Request, *, reading: Reading = Reading.CERTAIN) -> Decision:
    """What `policy` alone decides about `request`: an explicit Deny wins, else an Allow is needed."""
    return evaluate_for(policy, Scope(request, policy.variables, reading is Reading.POSSIBLE))


def evaluate_for(policy: Policy, scope: Scope) -> Decision:
    """What `policy` alone decides in `scope`."""
    denies = [statement for statement in policy.statements if statement.denies]
    if denies:
        opposite = scope.opposite
        denying = [statement for statement in denies if applies(statement, opposite)]
        if denying:
            return Decision(Outcome.EXPLICIT_DENY, tuple(denying))
    allowing = [statement for statement in policy.statements if statement.allows and applies(statement, scope)]
    if not allowing:
        return IMPLICIT_DENY
    levels = [named_levels(statement.principals, scope) for statement in allowing if statement.principals is not None]
    return Decision(Outcome.ALLOWED, tuple(allowing), frozenset().union(*levels) if levels else NOBODY)


def statement_applies(statement: Statement, request: Request, variables: bool, reading: Reading) -> bool:
    """Whether `statement` applies to `request`, certainly or possibly, whatever its effect; `variables` is the policy's."""
    return applies(statement, Scope(request, variables, reading is Reading.POSSIBLE))


def condition_holds(condition: Condition, request: Request, variables: bool, reading: Reading) -> bool:
    """Whether `condition` holds for `request`, certainly or possibly; `variables` is the policy's."""
    return holds(condition, Scope(request, variables, reading is Reading.POSSIBLE))


def applies(statement: Statement, scope: Scope) -> bool:
    """Whether principal, action, resource and all conditions of `statement` match in `scope`."""
    if not (action_applies(statement, scope) and principal_applies(statement, scope) and resource_applies(statement, scope)):
        return False
    for condition in statement.conditions:  # noqa: SIM110  # as everything here, asked too often for a generator
        if not holds(condition, scope):
            return False
    return True


def principal_applies(statement: Statement, scope: Scope) -> bool:
    """Whether `statement` is about the caller; one without principals is about whoever the policy is attached to."""
    return statement.principals is None or bool(named_levels(statement.principals, scope))


def action_applies(statement: Statement, scope: Scope) -> bool:
    """Whether `statement` is about the action; a statement without actions is about none."""
    patterns = statement.actions
    if patterns is None:
        return False
    action = scope.request.action.lower()
    inner = scope.opposite if patterns.negated else scope
    return patterns.negated != _names(patterns, action, inner)


def _names(patterns: Patterns, action: str, scope: Scope) -> bool:
    """Whether some of the patterns covers `action`; where many are plain names, one look at all of them says so."""
    values: Iterable[Text] = patterns.values
    if len(patterns.values) > _FEW and len(patterns.names) == len(patterns.values) and not is_open(action):
        if action in patterns.names:
            return True
        if not ("{" in patterns.text or "<" in patterns.text):
            values = [name for _, name in patterns.wild]
    for text in values:  # noqa: SIM110
        if action_matches(text, action, scope):
            return True
    return False


def resource_applies(statement: Statement, scope: Scope) -> bool:
    """Whether `statement` is about the resource; one without resources is about what the policy is attached to."""
    patterns = statement.resources
    if patterns is None:
        return True
    inner = scope.opposite if patterns.negated else scope
    for text in patterns.values:
        if resource_matches(text, scope.request.resource, inner):
            return not patterns.negated
    return patterns.negated


def holds(condition: Condition, scope: Scope) -> bool:
    """Whether `condition` holds in `scope`; one on a key that the source leaves open holds for some key, and for no key surely."""
    if is_open_key(condition.key):
        return scope.may
    return _holds_for(condition, scope.request.value(condition.key.lower()), scope)


def _holds_for(condition: Condition, value: ContextValue | None, scope: Scope) -> bool:
    """Whether `condition` holds for a key with `value`, None when the request lacks it.

    Absent keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html;
    several values: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html.
    """
    operator = condition.operator
    if operator.is_null:
        return _null_holds(condition, value is None, scope)
    if value is None:
        return operator.for_all if operator.quantified else operator.if_exists or operator.base.negated
    if not operator.quantified and not isinstance(value, str) and not scope.may:
        # AWS requires a set operator for several values; without one nothing passes for certain, and what some value passes possibly.
        return False
    every = operator.for_all
    for one in (value,) if isinstance(value, str) else value:
        if _passes(condition, one, scope) is not every:
            return not every
    return every


def _passes(condition: Condition, value: str, scope: Scope) -> bool:
    """Whether one value passes: it matches some value of the policy, or under a negated operator none."""
    base = condition.operator.base
    test = TEXTS.get(base.positive) or _typed()[base.positive]
    inner = scope.opposite if base.negated else scope
    for wanted in condition.values:
        if test(wanted, value, inner):
            return not base.negated
    return base.negated


@cache
def _typed() -> dict[str, Test]:
    """Loaded for the first condition that needs it: most compare text."""
    from iamlint.access.evaluation.typed import TYPED

    return TYPED


def _null_holds(condition: Condition, absent: bool, scope: Scope) -> bool:
    operator = condition.operator
    if operator.quantified:
        return operator.for_all  # Access Analyzer: always true with ForAllValues, always false with ForAnyValue
    from iamlint.access.sets.values import boolean

    return any(scope.may if is_open(wanted) else boolean(str(wanted)) is absent for wanted in condition.values)
