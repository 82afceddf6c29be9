"""Does a statement allow an action on resources that the action is never about?

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.alter import placed
from iamlint.finding import Confidence, Fix, Label, Safety
from iamlint.policy.pattern import has_hole
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Allow with such actions, about the first of them."""
    for statement in case.document.policy.statements:
        actions, resources = statement.actions, statement.resources
        if statement.denies or actions is None or resources is None or actions.negated or resources.negated:
            continue
        # Whose they are, and where, does not matter.
        texts = tuple([str(placed(value)) for value in resources.values if isinstance(value, str)])
        if len(texts) < len(resources.values) or not all(map(_is_known, texts)):
            continue
        found = [
            (position, str(value))
            for position, value in enumerate(actions.values)
            if isinstance(value, str) and not _applies(value.lower(), texts)
        ]
        if found:
            yield _finding(case, statement, found)


def _is_known(resource: str) -> bool:
    """Whether a resource is written out, and is not all there is."""
    return bool(resource.strip("*")) and not has_hole(resource)


@lru_cache(maxsize=4096)
def _applies(action: str, resources: tuple[str, ...]) -> bool:
    """Whether the action may be about one of the resources, as far as AWS documents it."""
    from iamlint.knowledge.authorization import service

    if "*" in action or "?" in action or has_hole(action):
        return True
    owner = service(action.partition(":")[0])
    known = owner.action(action.partition(":")[2]) if owner is not None else None
    if owner is None or known is None:
        return True
    kinds = [owner.resource_types[target.type] for target in known.targets]
    return any(kind.describes(resource) for kind in kinds for resource in resources)


def _finding(case: Case, statement: Statement, found: list[tuple[int, str]]) -> Finding:
    from iamlint.knowledge.authorization import action

    (position, name), *others = found
    known = action(name)
    types = " or ".join([target.type for target in known.targets[:3]]) if known is not None else ""
    more = f", nor {len(others)} more" if others else ""
    assert statement.actions is not None
    assert statement.resources is not None
    return case.finding(
        f"`{name}` is never about these resources{more}",
        Place(statement.actions.value_route(position)),
        label=f"is about: {types}" if types else "takes `*` only",
        secondary=(Label(Place(statement.resources.route), "not among these"),),
        confidence=Confidence.MEDIUM,
        statement=statement.index,
        subject=name,
        fix=Fix(Safety.MANUAL, f"name a resource of type {types}" if types else "allow it on `*`, in a statement of its own"),
    )
