"""Whom does a Principal element name?

Forms: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html.
"""

from __future__ import annotations

from iamlint.enumeration import Enumeration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from iamlint.text.tree import Route

TYPES = ("AWS", "Service", "Federated", "CanonicalUser")

# From how many entries on they are looked up by their accounts.
_MANY = 16


class Form(Enumeration):
    """What a principal value is."""

    EVERYONE = "everyone"
    ACCOUNT = "account"
    USER = "user"
    ROLE = "role"
    SESSION = "role session"
    FEDERATED_USER = "federated user"
    SERVICE = "service"
    OIDC = "OIDC provider"
    SAML = "SAML provider"
    CANONICAL = "canonical user"
    DELETED = "deleted principal"
    UNKNOWN = "unknown"
    INVALID = "invalid"


_OF_ACCOUNTS = frozenset({Form.ACCOUNT, Form.USER, Form.ROLE, Form.SESSION, Form.FEDERATED_USER})


class Principal:
    """One value of a Principal element.

    `type` is the key it stands under (`AWS`, `Service`, `Federated`, `CanonicalUser`; `*` for the bare string), `text` what it says.
    By form: `account` and `partition` for ARNs; `name` is path and name of a user or role (`ci/deploy`), the role name of a session,
    the service, the OIDC issuer (host and path), the SAML provider's name, the canonical id or the unique id; `session` the session name.
    `why` says why a value is INVALID.
    """

    __slots__ = ("account", "form", "name", "partition", "route", "session", "text", "type", "why")

    def __init__(
        self,
        type: str,
        text: str,
        form: Form,
        route: Route,
        *,
        account: str = "",
        partition: str = "",
        name: str = "",
        session: str = "",
        why: str = "",
    ) -> None:
        self.type = type
        self.text = text
        self.form = form
        self.route = route
        self.account = account
        self.partition = partition
        self.name = name
        self.session = session
        self.why = why


class Principals:
    """A Principal or (with `negated`) NotPrincipal element; `route` is the element's own."""

    __slots__ = ("_by_account", "entries", "negated", "route")

    def __init__(self, entries: tuple[Principal, ...], negated: bool, route: Route) -> None:
        self.entries = entries
        self.negated = negated
        self.route = route
        self._by_account: dict[str, list[Principal]] | None = None

    def concerning(self, account: str) -> Sequence[Principal]:
        """Some entries, among them all that may name somebody of this account or somebody without one: many are looked through once."""
        if len(self.entries) < _MANY:
            return self.entries
        if self._by_account is None:
            self._by_account = {}
            for entry in self.entries:
                # What the source leaves open may be of any account.
                is_plain = entry.form in _OF_ACCOUNTS and not ("{" in entry.text or "<" in entry.text)
                self._by_account.setdefault(entry.account if is_plain else "", []).append(entry)
        return [*self._by_account.get(account, ()), *self._by_account.get("", ())] if account else self.entries


def names_many(principals: Principals | None) -> bool:
    """Whether it may be about more than the identities that it names: everybody, everybody but a few, or not known whom."""
    if principals is None or principals.negated:
        return True
    return any(entry.form in (Form.EVERYONE, Form.UNKNOWN) for entry in principals.entries)


_MACHINE_STARTS = ("svc-", "svc_", "ci-", "bot-", "service-", "deploy")
_MACHINE_ENDS = ("-svc", "-ci", "-bot", "_bot", "-service", "-deploy", "-deployer")


def names_machine(name: str) -> bool:
    """Whether a user's path and name say that a machine uses it."""
    last = name.rpartition("/")[2].lower()
    return last.startswith(_MACHINE_STARTS) or last.endswith(_MACHINE_ENDS)


def described(principal: Principal) -> str:
    """The principal as messages name it: service `lambda.amazonaws.com`, role `ci/deploy`, account 111122223333."""
    match principal.form:
        case Form.EVERYONE | Form.UNKNOWN | Form.INVALID | Form.CANONICAL:
            return f"`{principal.text}`"
        case Form.ACCOUNT:
            return f"account {principal.account}"
        case Form.SESSION:
            return f"session `{principal.name}/{principal.session}`"
        case _:
            return f"{principal.form.value} `{principal.name}`"
