"""Is a key that can have several values tested as if it had one?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.finding import Fix, Safety
from iamlint.knowledge.keys import find_key, is_multivalued, split_claim
from iamlint.policy.quiet import others
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition on such a key without ForAnyValue or ForAllValues."""
    for statement, condition in others(case.document.policy, is_quiet):
        yield case.finding(
            f"`{condition.key}` can have several values, and `{condition.operator.text}` tests one",
            Place(condition.operator_route, on_key=True),
            label="without `ForAnyValue` or `ForAllValues`",
            statement=statement.index,
            subject=condition.key,
            fix=_fix(case, condition),
            aws_codes=("MISSING_QUALIFIER",),
        )


def is_quiet(condition: Condition) -> bool:
    """Whether the condition tests a key as it should, or one of a single value."""
    operator = condition.operator
    return operator.quantified or operator.is_null or not _has_several(condition.key)


@lru_cache(maxsize=1024)
def _has_several(key: str) -> bool:
    """Whether it is a global key, or a claim, of several values; of those of services AWS's documentation is not consistent."""
    return (find_key(key) is not None or split_claim(key) is not None) and bool(is_multivalued(key))


def _fix(case: Case, condition: Condition) -> Fix:
    operator = condition.operator
    if operator.base.negated:
        return Fix(Safety.MANUAL, f"write `ForAllValues:{operator.text}` or `ForAnyValue:{operator.text}`, whichever is meant")
    from iamlint.policy.rewrite import under_operator

    changes = under_operator(case.document, condition, f"ForAnyValue:{operator.text}")
    return Fix(Safety.UNSAFE if changes else Safety.MANUAL, f"write `ForAnyValue:{operator.text}`", changes)
