"""Does a policy name an account that only stands in documentation?"""

from __future__ import annotations

import re
from functools import lru_cache

from iamlint.finding import Fix, Label, Safety
from iamlint.policy.fixed import named_values
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement
    from iamlint.text.tree import Route

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html and AWS's other guides.
_IDS = """
012345678901 111111111111 111122223333 123456789012 123456789123 210123456789 222222222222 222233334444 333333333333 333344445555
444444444444 444455556666 555555555555 555566667777 666666666666 666677778888 777777777777 777788889999 888888888888 888899990000
999999999999 999900001111 000000000000 987654321098 998877665544
"""
_TWELVE = re.compile(r"(?<!\d)\d{12}(?!\d)")
_EXAMPLES = ("doc", "docs", "example", "examples", "test", "tests", "fixture", "fixtures", "sample", "samples", "testdata")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such account; none in files that are examples themselves, going by the folders they are in."""
    path = case.document.tree.source.name.lower().replace("\\", "/").split("/")
    if set(path[:-1]).intersection(_EXAMPLES):
        return
    found: dict[str, list[tuple[Statement, Route]]] = {}
    for statement in case.document.policy.statements:
        for value, route, _ in named_values(statement):
            for account in _accounts(value):
                found.setdefault(account, []).append((statement, route))
    for account, ((statement, route), *others) in found.items():
        yield case.finding(
            f"account {account} stands in AWS's documentation, for an account of yours",
            Place(route),
            label="an example",
            secondary=tuple([Label(Place(other), "and here") for _, other in others[:3]]),
            statement=statement.index,
            subject=account,
            fix=Fix(Safety.MANUAL, "write the number of your account"),
        )


@lru_cache(maxsize=1024)
def _accounts(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([account for account in _TWELVE.findall(value) if account in _IDS.split()]))
