"""Are there policy variables in a policy whose version has none?"""

from __future__ import annotations

from iamlint.finding import Fix, Label, Safety
from iamlint.policy.operator import Family
from iamlint.policy.pattern import has_variable
from iamlint.policy.rewrite import value_at
from iamlint.text.tree import Mapping, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement
    from iamlint.text.edit import Change
    from iamlint.text.tree import Route


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy, at the first text that was meant to have a variable."""
    policy = case.document.policy
    if policy.variables:
        return
    use = next((use for statement in policy.statements for use in _uses(statement)), None)
    if use is not None and _is_old(case):
        yield _finding(case, *use)


def _uses(statement: Statement) -> Iterator[tuple[Statement, Route, str]]:
    """The texts with a variable, and where they stand."""
    if statement.resources is not None:
        for n, value in enumerate(statement.resources.values):
            if isinstance(value, str) and has_variable(value):
                yield statement, statement.resources.value_route(n), value
    for condition in statement.conditions:
        texts = condition.operator.base.family in (Family.STRING, Family.ARN)
        for n, value in enumerate(condition.values if texts else ()):
            if isinstance(value, str) and has_variable(value):
                yield statement, condition.value_route(n), value


def _is_old(case: Case) -> bool:
    """Whether the policy says that its version is old, or says none; a Version that could not be read is unknown, or reported already."""
    if case.document.policy.version is not None or case.document.embedded:
        return True
    root = _root(case)
    return root is not None and root.index("Statement") is not None and root.index("Version") is None


def _root(case: Case) -> Mapping | None:
    root = value_at(case.document.tree.root, case.document.route)
    return root if isinstance(root, Mapping) else None


def _finding(case: Case, statement: Statement, route: Route, text: str) -> Finding:
    root = _root(case)
    position = None if root is None else root.index("Version")
    version = None if position is None else Place((*case.document.route, position))
    return case.finding(
        f"`{text}` is plain text here: policy variables need Version `2012-10-17`",
        Place(route),
        label="compared character by character",
        secondary=(Label(version, "has no variables"),) if version is not None else (),
        statement=statement.index,
        subject=text,
        fix=_fix(case, version),
        aws_codes=("VARIABLE_UNSUPPORTED_IN_VERSION",),
    )


def _fix(case: Case, version: Place | None) -> Fix:
    title = "set `Version` to `2012-10-17`"
    if case.document.embedded:
        return Fix(Safety.MANUAL, title)
    from iamlint.text.edit import AddMember, SetValue

    new = "2012-10-17"
    change: Change = AddMember(Place(case.document.route), "Version", new) if version is None else SetValue(version, new)
    # The text that was compared literally until now no longer matches itself, so even a Deny lets something more through.
    return Fix(Safety.UNSAFE, title, (change,))
