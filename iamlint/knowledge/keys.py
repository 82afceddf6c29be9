"""Which condition keys are there, who sends them, and what can they say?

Keys are read ignoring case, as IAM does. Facts and their sources are in `key_table`; what is not there, in the data of its service.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.enumeration import Enumeration
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.key_table import ACTIONS_WITH, ACTIONS_WITHOUT, CALLERS, GLOBAL_KEYS, SAML_KEYS, SESSION_KEYS, STS_KEYS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.knowledge.authorization import ServiceKey


class Presence(Enumeration):
    """How often the requests of one kind of caller carry a key."""

    ALWAYS = "A"
    SOMETIMES = "s"
    NEVER = "-"


class KeyClass(Enumeration):
    """Who has a say in a key's value."""

    IDENTITY = "identity"
    """AWS or an identity provider vouches for it; it can keep a stranger out."""
    OWNER_CONTROLLED = "owner-controlled"
    """The owner of the caller's account chooses it."""
    CALLER_CONTROLLED = "caller-controlled"
    """The caller writes it into the request."""
    NETWORK = "network"
    ASSURANCE = "assurance"
    TIME = "time"
    OTHER = "other"


class Key:
    """What is documented of a key, or of a family of keys whose name ends in `/`."""

    __slots__ = ("format", "key_class", "multivalued", "name", "senders", "type")

    def __init__(self, name: str, row: tuple[str, bool | None, str, str, str]) -> None:
        self.name = name
        self.type, self.multivalued, self.key_class, self.senders, self.format = row


_TABLES = (GLOBAL_KEYS, STS_KEYS, SAML_KEYS, SESSION_KEYS, {"iam:ResourceTag/": ("String", False, "other", "sssssssss", "")})
_KEYS = {name.lower(): Key(name, row) for table in _TABLES for name, row in table.items()}
_COLUMNS = {kind: CALLERS.index(kind.value) for kind in CallerKind}
_PRESENCE = {presence.value: presence for presence in Presence}

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
_LASTING_CLAIMS = frozenset({"amr", "app_id", "aud", "id", "sub", "user_id"})
_CERTAIN_CLAIMS = {
    "graph.facebook.com": frozenset({"app_id", "id"}),
    "www.amazon.com": frozenset({"app_id", "user_id"}),
}
_STANDARD_CLAIMS = frozenset({"aud", "sub"})
_COGNITO_CLAIMS = frozenset({"amr", "aud", "sub"})
_SINGLE_CLAIMS = frozenset({"aud", "azp", "email", "oaud", "sub", "app_id", "id", "user_id"})


@lru_cache(maxsize=1024)
def find_key(key: str) -> Key | None:
    """What is documented of `key`, or None for an issuer's claim or a key that is not known here."""
    lower = key.lower()
    found = _KEYS.get(lower)
    if found is None and "/" in lower:
        return _KEYS.get(lower[: lower.index("/") + 1])
    return None if found is not None and lower.endswith("/") else found


def split_claim(key: str) -> tuple[str, str] | None:
    """The issuer (in lower case) and the claim of `token.actions.githubusercontent.com:sub`; None for what is no issuer's key.

    A key is split at its first colon: issuers have a dot in their host, services' prefixes have none, and claims may have colons.
    """
    issuer, colon, claim = key.partition(":")
    if not colon or not claim or "." not in issuer.partition("/")[0]:
        return None
    return issuer.lower(), claim


def is_audience(key: str) -> bool:
    """Whether `key` is the audience of an issuer's tokens."""
    claim = split_claim(key)
    return claim is not None and claim[1].lower() == "aud"


def presence(key: str, caller: CallerKind, action: str) -> Presence:
    """How often a request for `action` by such a caller carries `key`; a key that is not known here is `SOMETIMES`."""
    lower, action = _family(key), action.lower()
    found = _KEYS.get(lower)
    if found is None:
        claim = split_claim(key)
        if claim is None:
            # Keys begin with an issuer's address without its scheme.
            return Presence.NEVER if "://" in key else Presence.SOMETIMES
        return _claim_presence(*claim, caller)
    if lower in ACTIONS_WITH and action not in ACTIONS_WITH[lower]:
        return Presence.NEVER
    if lower in ACTIONS_WITHOUT and action in ACTIONS_WITHOUT[lower]:
        return Presence.NEVER
    return _PRESENCE[found.senders[_COLUMNS[caller]]]


def is_of_some_actions(key: str) -> bool:
    """Whether it is documented that requests for some actions never carry `key`, whoever sends them."""
    lower = _family(key)
    return lower in ACTIONS_WITH or lower in ACTIONS_WITHOUT


def is_always_sent(key: str) -> bool:
    """Whether the requests of some kind of caller always carry `key`, so that its absence says something."""
    found = _KEYS.get(_family(key))
    if found is None:
        claim = split_claim(key)
        return claim is not None and _claim_presence(*claim, CallerKind.WEB_IDENTITY) is Presence.ALWAYS
    return Presence.ALWAYS.value in found.senders


def _family(key: str) -> str:
    lower = key.lower()
    if lower in _KEYS or "/" not in lower:
        return lower
    return lower[: lower.index("/") + 1]


def _claim_presence(issuer: str, claim: str, caller: CallerKind) -> Presence:
    claim = claim.lower()
    if caller is CallerKind.WEB_IDENTITY:
        usual = _COGNITO_CLAIMS if issuer.startswith("cognito-identity") else _STANDARD_CLAIMS
        certain = claim in _CERTAIN_CLAIMS.get(issuer, usual)
        return Presence.ALWAYS if certain else Presence.SOMETIMES if _is_exposed(issuer, claim) else Presence.NEVER
    # A role that was assumed with a token still carries these claims when it calls on.
    if caller is CallerKind.ROLE and claim in _LASTING_CLAIMS:
        return Presence.SOMETIMES
    return Presence.NEVER


def _is_exposed(issuer: str, claim: str) -> bool:
    """Whether STS may offer the claim as a key: of an issuer that is built in or not known here, every one.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
    """
    from iamlint.knowledge.issuers import Tenancy, find_issuer

    known = find_issuer(issuer)
    return known.tenancy not in (Tenancy.SHARED, Tenancy.PER_TENANT, Tenancy.EKS) or known.exposes(claim)


_PRINCIPAL_TYPES = {
    CallerKind.ANONYMOUS: "Anonymous",
    CallerKind.ROOT: "Account",
    CallerKind.USER: "User",
    CallerKind.ROLE: "AssumedRole",
    CallerKind.FEDERATED_USER: "FederatedUser",
}
_UNSIGNED = frozenset({CallerKind.ANONYMOUS, CallerKind.WEB_IDENTITY, CallerKind.SAML})


def values_for(key: str, caller: CallerKind) -> tuple[str, ...] | None:
    """The only values that `key` can have in a request of such a caller; None when AWS fixes none."""
    match key.lower():
        case "aws:multifactorauthpresent":
            return ("false",) if caller in (CallerKind.ROLE, CallerKind.FEDERATED_USER) else None
        case "aws:principalisawsservice":
            return ("true",) if caller is CallerKind.SERVICE else ("false",)
        case "aws:principaltype":
            return (_PRINCIPAL_TYPES[caller],) if caller in _PRINCIPAL_TYPES else None
        case "aws:principalaccount" | "aws:userid":
            return ("anonymous",) if caller is CallerKind.ANONYMOUS else None
        case "aws:viaawsservice":
            return ("false",) if caller in _UNSIGNED else None
        case _:
            return None


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
_THROUGH_ENDPOINT = frozenset(
    f"aws:{name}" for name in ("sourcevpc", "sourcevpcarn", "sourcevpce", "vpceaccount", "vpceorgid", "vpceorgpaths", "vpcsourceip")
)


def excludes(key: str) -> frozenset[str]:
    """The keys (in lower case) that no request carries together with `key`: an address from the internet or a VPC endpoint."""
    lower = key.lower()
    if lower == "aws:sourceip":
        return _THROUGH_ENDPOINT
    return frozenset({"aws:sourceip"}) if lower in _THROUGH_ENDPOINT else frozenset()


def is_multivalued(key: str) -> bool | None:
    """Whether `key` can hold several values, which a condition must test with a set operator; None when that is not known."""
    found = find_key(key)
    if found is not None:
        return found.multivalued
    claim = split_claim(key)
    if claim is None:
        documented = _documented(key)
        return documented.multivalued if documented is not None else None
    if claim[1].lower() == "amr":
        return True
    return False if claim[1].lower() in _SINGLE_CLAIMS else None


@lru_cache(maxsize=1024)
def key_type(key: str) -> str | None:
    """`String`, `Numeric`, `Date`, `Bool`, `IPAddress` or `ARN`; None when that is not known."""
    found = find_key(key)
    if found is not None:
        return found.type
    claim = split_claim(key)
    if claim is None:
        documented = _documented(key)
        return documented.type if documented is not None else None
    return "Numeric" if claim == ("accounts.google.com", "google/organization_number") else "String"


def value_format(key: str) -> str | None:
    """A pattern of the values that AWS documents for `key` (see `key_table`), callers without an account aside; None when it names none."""
    found = find_key(key)
    return found.format or None if found is not None else None


def has_value_format(key: str, value: str) -> bool:
    """Whether a value has the format that AWS documents for `key`; none has that of a key without one."""
    import re

    return re.fullmatch(value_format(key) or "", value, re.DOTALL) is not None


def key_class(key: str) -> KeyClass:
    """Who has a say in the value of `key`."""
    found = find_key(key)
    if found is not None:
        return KeyClass(found.key_class)
    return KeyClass.OTHER if split_claim(key) is None else KeyClass.IDENTITY


def is_global(key: str) -> bool:
    """Whether `key` is a global key that AWS documents."""
    return key.lower().startswith("aws:") and find_key(key) is not None


def canonical_key(key: str) -> str:
    """`key` in AWS's own capitals; unchanged when it is not known here."""
    found = find_key(key)
    if found is None:
        documented = _documented(key)
        return _filled(documented.name, key) if documented is not None else key
    return found.name + key[len(found.name) :] if found.name.endswith("/") else found.name


def suggest_key(key: str) -> str | None:
    """The known key that `key` was probably meant to be, or None when `key` is known or nothing is near."""
    if find_key(key) is not None or split_claim(key) is not None or _documented(key) is not None:
        return None
    from difflib import get_close_matches

    name, slash, tag = key.strip().partition("/")
    name = name.lower()
    found = get_close_matches(name + slash, _KEYS, n=1, cutoff=0.8)
    if not found:
        # The right name behind the wrong prefix, as in `aws:ExternalId` or a bare `ExternalId`.
        # Of several, one of all services.
        endings = {known.partition(":")[2]: known for known in sorted(_KEYS, key=lambda known: known.startswith("aws:"))}
        ending = get_close_matches(name.rpartition(":")[2] + slash, endings, n=1, cutoff=0.85)
        found = [endings[ending[0]]] if ending else []
    return _KEYS[found[0]].name + tag if found else _suggest_documented(key)


@lru_cache(maxsize=1024)
def _documented(key: str) -> ServiceKey | None:
    """What a service documents of a key that is not in our own tables; one of `aws:` is in ours or is none."""
    if key[:4].lower() == "aws:" or ":" not in key:
        return None
    from iamlint.knowledge.authorization import documented_key

    return documented_key(key)


def _filled(template: str, key: str) -> str:
    """`s3:ExistingObjectTag/${}` with the end that `key` has; `key` itself where the template goes on after its gap."""
    head, gap, rest = template.partition("${}")
    return key if rest else head + key[len(head) :] if gap else head


def _suggest_documented(key: str) -> str | None:
    from iamlint.knowledge.authorization import service

    found = service(key.partition(":")[0])
    return found.suggest_key(key) if found is not None else None
