"""Can the holder of one role become administrator by taking on others?"""

from __future__ import annotations

from iamlint.access.administrator import is_administrator
from iamlint.access.chain import described_role, step
from iamlint.access.outside import lets_in_outsiders
from iamlint.finding import Fix, Safety, Severity
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.chain import Role, Step
    from iamlint.case import Case
    from iamlint.finding import Finding

# Roles of AWS's own services, which nobody holds: https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
_SERVICE_LINKED = "aws-service-role/"


class _Link:
    """The role that comes next on the shortest way to an administrator."""

    __slots__ = ("following", "role", "step")

    def __init__(self, role: Role, step: Step, following: _Link | None) -> None:
        self.role = role
        self.step = step
        self.following = following

    @property
    def names(self) -> list[str]:
        """The roles on the way."""
        return [self.role.arn, *(self.following.names if self.following is not None else ())]


def check(cases: Sequence[Case]) -> Iterator[Finding]:
    """A finding for each role that is no administrator and can become one, with the shortest way."""
    known = [(case, described_role(case.document, case.access)) for case in cases]
    roles = {role.arn: (case, role) for case, role in known if role is not None and not role.caller.name.startswith(_SERVICE_LINKED)}
    front: list[tuple[Role, _Link | None]] = [(role, None) for case, role in roles.values() if is_administrator(case.document)]
    left = {arn: pair for arn, pair in roles.items() if arn not in {role.arn for role, _ in front}}
    while front:
        reached = list(_before(front, left))
        for case, link, role in reached:
            del left[role.arn]
            yield _finding(case, role, link)
        front = [(role, link) for _, link, role in reached]


def _before(front: list[tuple[Role, _Link | None]], left: dict[str, tuple[Case, Role]]) -> Iterator[tuple[Case, _Link, Role]]:
    """Those of the roles `left` that can take on one of `front`."""
    for case, role in left.values():
        for target, following in front:
            found = step(role, target)
            if found is not None:
                yield case, _Link(target, found, following), role
                break


def _finding(case: Case, role: Role, link: _Link) -> Finding:
    statement = link.step.statement
    primary = case.document.route if statement is None else statement.resources.route if statement.resources else statement.route
    way = ", then ".join([f"`{name}`" for name in link.names])
    return case.finding(
        f"the holder of `{role.arn}` can become administrator: it can assume {way}",
        Place(primary),
        label="may take it on" if statement is not None else "the other role lets this one in by its name",
        severity=Severity.CRITICAL if lets_in_outsiders(case.access, case.zone.inside) else None,
        subject=role.arn,
        witness=link.step.request,
        fix=Fix(Safety.MANUAL, "let only those roles assume the last one that are to be administrators"),
    )
