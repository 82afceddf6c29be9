"""What do a document and its earlier self differ in?"""

from __future__ import annotations

from iamlint.access.compare import Comparison
from iamlint.access.newcomers import Home, newcomers
from iamlint.access.settled import Settled
from iamlint.policy.statement import Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from iamlint.access.newcomers import Newcomer
    from iamlint.policy.document import Document


class Change:
    """A document beside its earlier self (None: it is new), with the unknowns of both read as the same where they are.

    `sure` is False where either says not all that it is, or the earlier one leaves open what it lets in.
    """

    __slots__ = ("kind", "settled", "sure", "widening")

    def __init__(self, document: Document, base: Document | None) -> None:
        before = base.policy if base is not None else Policy(None, None, ())
        self.kind = document.kind
        self.settled = Settled((before, document.policy))
        self.widening = Comparison(self.settled.policies[0], self.settled.policies[1], document.kind)
        self.sure = before.complete and document.policy.complete and not self.settled.open

    @property
    def narrowing(self) -> Comparison:
        """The same the other way round: what is no longer let in."""
        return Comparison(self.widening.new, self.widening.old, self.kind)

    def newcomers(
        self, accounts: Collection[str], organizations: Collection[str], tenants: Mapping[str, Collection[str]]
    ) -> tuple[Newcomer, ...]:
        """Who gets in from outside of these that did not before. Raises Undecided."""
        settled = self.settled
        home = Home({*accounts, *settled.accounts}, {*organizations, *settled.organizations}, tenants, settled.names)
        return newcomers(self.widening, self.kind, home)
