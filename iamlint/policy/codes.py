"""What does AWS's own validation call a mistake in a condition?

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from iamlint.policy.operator import Quantifier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.operator import Operator

_QUANTIFIED = {Quantifier.ALL: "_FORALLVALUES", Quantifier.ANY: "_FORANYVALUE"}


def without_values(operator: Operator) -> str:
    """The code for an operator with an empty list of values."""
    kind = _QUANTIFIED.get(operator.quantifier, "_IFEXISTS" if operator.if_exists else "")
    return f"EMPTY_ARRAY_CONDITION{kind}"
