"""How are conditions taken out of a statement without leaving empty blocks?"""

from __future__ import annotations

from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from iamlint.policy.condition import Condition
    from iamlint.policy.document import Document
    from iamlint.policy.statement import Statement
    from iamlint.text.edit import Change


def without(document: Document, statement: Statement, conditions: Collection[Condition]) -> tuple[Change, ...]:
    """The changes that take `conditions` out of `statement`; none where the text cannot be edited."""
    if document.embedded:
        return ()
    from iamlint.text.edit import Remove

    kept = [condition for condition in statement.conditions if condition not in conditions]
    if not kept:
        return (Remove(Place(statement.conditions[0].operator_route[:-1])),)
    left = {condition.operator_route for condition in kept}
    routes = [condition.route if condition.operator_route in left else condition.operator_route for condition in conditions]
    return tuple([Remove(Place(route)) for route in dict.fromkeys(routes)])
