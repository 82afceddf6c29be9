"""Who is "us": own accounts and organizations, trusted accounts, own tenants at identity providers?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Zone:
    """The zone of trust. An account is inside when it is own or trusted; everything else is outside.

    `tenants` maps an issuer's host to the tenants (organizations, groups) there that are ours. `configured` says whether anybody told who
    we are; the account in a document's own text does not.
    """

    __slots__ = ("accounts", "configured", "organizations", "tenants", "trusted")

    def __init__(
        self,
        accounts: Iterable[str] = (),
        organizations: Iterable[str] = (),
        trusted: Iterable[str] = (),
        tenants: Mapping[str, Iterable[str]] | None = None,
        *,
        configured: bool | None = None,
    ) -> None:
        self.accounts = frozenset(accounts)
        self.organizations = frozenset(organizations)
        self.trusted = frozenset(trusted)
        self.tenants = {issuer: frozenset(names) for issuer, names in (tenants or {}).items()}
        self.configured = bool(self.accounts or self.organizations or self.trusted) if configured is None else configured

    @property
    def inside(self) -> frozenset[str]:
        """Every account that is trusted, own ones included."""
        return self.accounts | self.trusted

    def including(self, account: str | None) -> Zone:
        """This zone with `account` (None: nothing) among the own accounts, as for the owner of a document."""
        if account is None or account in self.accounts:
            return self
        return Zone(self.accounts | {account}, self.organizations, self.trusted, self.tenants, configured=self.configured)
