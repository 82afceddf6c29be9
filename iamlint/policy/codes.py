"""What does AWS's own validation call a mistake in a condition?

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from iamlint.policy.operator import Quantifier
from iamlint.policy.pattern import has_variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.condition import Condition
    from iamlint.policy.operator import Operator

WILDCARD = "WILDCARD_USAGE_TOO_PERMISSIVE"
VARIABLE = "VARIABLE_USAGE_TOO_PERMISSIVE"
"""The codes for conditions that let strangers pass by a wildcard, and by a variable that stands for whatever the caller has."""

_QUANTIFIED = {Quantifier.ALL: "_FORALLVALUES", Quantifier.ANY: "_FORANYVALUE"}


def without_values(operator: Operator) -> str:
    """The code for an operator with an empty list of values."""
    kind = _QUANTIFIED.get(operator.quantifier, "_IFEXISTS" if operator.if_exists else "")
    return f"EMPTY_ARRAY_CONDITION{kind}"


def compares_keys(condition: Condition) -> bool:
    """Whether a value of the condition is, or holds, that of another key."""
    return any(isinstance(value, str) and has_variable(value) for value in condition.values)
