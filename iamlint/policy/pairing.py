"""Which of some earlier documents is the earlier self of a document?"""

from __future__ import annotations

from iamlint.policy.document import Kind
from iamlint.policy.owner import described, role_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iamlint.policy.document import Document

_NAMES = ("RoleName", "role_name", "name")


def at_same_place(document: Document, beside: Sequence[Document], earlier: Sequence[Document]) -> Document | None:
    """The document of the same kind and address in an earlier version of a file; where each version has but one of the kind, that.

    `beside` are the documents of the file now, `document` among them.
    """
    alike = [one for one in earlier if one.kind is document.kind]
    there = [one for one in alike if one.address == document.address]
    if len(there) == 1:
        return there[0]
    if there:
        now = [one for one in beside if one.kind is document.kind and one.address == document.address]
        return there[now.index(document)] if len(now) == len(there) else None
    alone = len(alike) == 1 and sum(one.kind is document.kind for one in beside) == 1
    return alike[0] if alone and may_be_same(document, alike[0]) else None


def may_be_same(document: Document, other: Document) -> bool:
    """Whether the sources do not say that the documents are those of two roles."""
    mine, theirs = owner(document), owner(other)
    if mine is None or theirs is None:
        return True
    return mine[1] == theirs[1] and (not mine[0] or not theirs[0] or mine[0] == theirs[0])


def owner(document: Document) -> tuple[str, str] | None:
    """The account (empty where it is not said) and the name of the role that a trust policy is of; None where no name is said."""
    if document.kind is not Kind.TRUST:
        return None
    fields = role_of(document)
    if fields is not None:
        return fields[4], fields[5].rpartition("/")[2]
    role = described(document)
    names = [name for name in map(role.get, _NAMES) if isinstance(name, str)] if role is not None else []
    return (document.account or "", names[0]) if names else None


class Owners:
    """Earlier documents by the roles they are of."""

    __slots__ = ("_found",)

    def __init__(self, documents: Iterable[Document]) -> None:
        self._found: dict[str, list[tuple[str, Document]]] = {}
        for document in documents:
            whose = owner(document)
            if whose is not None:
                self._found.setdefault(whose[1], []).append((whose[0], document))

    def of(self, document: Document) -> Document | None:
        """The one that is of the same role; None where there is none, or several could be."""
        whose = owner(document)
        if whose is None:
            return None
        named = self._found.get(whose[1], [])
        same = [one for account, one in named if account == whose[0]]
        possible = same or [one for account, one in named if not account or not whose[0]]
        return possible[0] if len(possible) == 1 else None
