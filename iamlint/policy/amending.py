"""How are actions added to a statement?"""

from __future__ import annotations

from iamlint.text.edit import SetValue
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from iamlint.policy.document import Document
    from iamlint.policy.statement import Statement
    from iamlint.text.edit import Change


def with_actions(document: Document, statement: Statement, actions: Sequence[str]) -> tuple[Change, ...]:
    """The changes that let `statement` allow `actions` as well; none where the text cannot be edited."""
    given = statement.actions
    if document.embedded or given is None or given.negated:
        return ()
    written = [value for value in given.values if isinstance(value, str)]
    if len(written) < len(given.values):
        return ()
    return (SetValue(Place(given.route), (*written, *actions)),)
