"""Who issues a web identity token, who else can get one there, and which claims keep strangers out?"""

from __future__ import annotations

from functools import lru_cache

from iamlint.enumeration import Enumeration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from iamlint.knowledge.issuer_table.claims import Row
    from iamlint.knowledge.subjects import Segment


class Tenancy(Enumeration):
    """Who can get tokens of an issuer."""

    SHARED = "shared"
    """Every customer of a platform: a claim must pin the tenant."""
    SOCIAL = "social"
    """Every person with an account there, for any app: a claim must pin the app or the person."""
    COGNITO = "cognito"
    """Every identity pool of every AWS account: `aud` must pin the pool."""
    PER_TENANT = "per-tenant"
    """The workloads of the one customer that the issuer's address names."""
    EKS = "eks"
    """The pods of one EKS cluster."""
    PRIVATE = "private"
    """The workloads or people of whoever runs the issuer."""


OPEN = frozenset({Tenancy.SHARED, Tenancy.SOCIAL, Tenancy.COGNITO})
"""Tenancies in which a stranger can get a token."""


class Issuer:
    """An OIDC issuer.

    `host` is its address as IAM writes it, without scheme, in lower case: the prefix of its condition keys. `audience` is the usual one
    (empty: chosen or a customer's own). `required` is the claim that IAM wants tested in new trust policies (empty: none).
    `tenant_claims` keep strangers out each by itself (for an issuer of one tenant: its other projects); those in `tenant_only` admit the
    whole tenant. `abusable_claims` can be had by any tenant with the same value: `critical`, or `high` where it takes some help.
    `unbound_subjects` are the same for customized subjects, which begin with the claim's name. `formats` are patterns, in the language
    of `key_table`, of the values of a claim over all tenants. `template` is a good subject to fill in.
    """

    __slots__ = (
        "abusable_claims",
        "audience",
        "claims",
        "formats",
        "host",
        "id",
        "name",
        "required",
        "shapes",
        "subject_claim",
        "template",
        "tenancy",
        "tenant_claims",
        "tenant_only",
        "unbound_subjects",
    )

    def __init__(self, host: str, row: Row) -> None:
        self.host = host
        self.id = _text(row, "id")
        self.name = _text(row, "name")
        self.tenancy = Tenancy(_text(row, "tenancy"))
        self.audience = _text(row, "audience")
        self.required = _text(row, "required")
        self.subject_claim = _text(row, "subject") or "sub"
        self.template = _text(row, "template")
        self.claims = frozenset(_texts(row, "claims"))
        self.tenant_claims = _texts(row, "pins") or ("sub",)
        self.tenant_only = frozenset(_texts(row, "tenant_only"))
        self.abusable_claims = _words(row, "abusable")
        self.unbound_subjects = _words(row, "unbound")
        self.shapes = _lists(row, "shapes")
        self.formats = _lists(row, "formats")

    @property
    def subject_formats(self) -> tuple[str, ...]:
        """Patterns of the subjects that some tenant can have; none when no page documents them."""
        return self.formats.get(self.subject_claim, ())

    @property
    def open(self) -> bool:
        """Whether a stranger can get a token of this issuer."""
        return self.tenancy in OPEN

    def key(self, claim: str) -> str:
        """The condition key of `claim`: `sts:RoleSessionName` stays what it is."""
        return claim if claim.startswith("sts:") else f"{self.host}:{claim}"

    def exposes(self, claim: str) -> bool:
        """Whether STS offers `claim` as a condition key of this issuer; built-in ones lack the standard claims."""
        name = claim.lower()
        if name in self.claims:
            return True
        return self.id not in _BUILT_IN and name in _STANDARD_CLAIMS

    def split(self, pattern: str, claim: str = "") -> tuple[Segment, ...]:
        """The parts of a subject pattern, or of another claim's, which may hold wildcards; none for a shape that is not documented."""
        from iamlint.knowledge.subjects import split, split_custom

        segments = split(self.shapes.get(claim or self.subject_claim, ()), pattern)
        if not segments and self.unbound_subjects and not claim:
            return split_custom(pattern)
        return segments

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Issuer) and (self.id, self.host) == (other.id, other.host)

    def __hash__(self) -> int:
        return hash((self.id, self.host))

    def __repr__(self) -> str:
        return f"Issuer({self.id!r}, {self.host!r})"


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
_STANDARD_CLAIMS = frozenset({"amr", "aud", "email", "oaud", "sub"})
_UNKNOWN = "private"
# Addresses of one company differ by more: `gitlab.acme.com` and `gitlab.com` are 0.8 alike, one slip in `gitlab.com` leaves 0.9.
_ALIKE = 0.9
_BUILT_IN = frozenset({"cognito", "facebook", "login-with-amazon"})


def find_issuer(host_and_path: str) -> Issuer:
    """The issuer at an address, with or without scheme; one that is not known here is a private issuer.

    A final slash stays part of its keys, as in `acme.eu.auth0.com/:sub`.
    """
    bare = normalize_host(host_and_path)
    return _find(f"{bare}/" if host_and_path.rstrip().endswith("/") else bare)


def issuer_of(principal: str) -> Issuer | None:
    """The issuer that a `Federated` principal names (an ARN, or a built-in name); None for SAML and for what names no single issuer."""
    if "*" in principal:
        return None
    _, marker, host = principal.partition(":oidc-provider/")
    if marker:
        return find_issuer(host) if host else None
    return None if ":" in principal or "." not in principal else find_issuer(principal)


def is_known(issuer: Issuer) -> bool:
    """Whether some row of the table is about the issuer."""
    return issuer.id != _UNKNOWN


def known_alike(host: str) -> str:
    """The known issuer at an address that is spelled almost like this one; empty for none."""
    from difflib import get_close_matches

    from iamlint.knowledge.issuer_table import ROWS

    bare = normalize_host(host)
    addresses = [address for row in ROWS for address in _texts(row, "hosts") if "*" not in address]
    longer = [address for address in addresses if bare.startswith(f"{address}.")]
    return next(iter(longer or get_close_matches(bare, addresses, n=1, cutoff=_ALIKE)), "")


def normalize_host(host_and_path: str) -> str:
    """An issuer's address without scheme and final slash, in lower case, for comparing; IAM itself keeps the slash."""
    lower = host_and_path.strip().lower()
    for scheme in ("https://", "http://"):
        lower = lower.removeprefix(scheme)
    return lower.rstrip("/")


@lru_cache(maxsize=256)
def _find(host: str) -> Issuer:
    from iamlint.knowledge.issuer_table import ROWS

    bare = host.rstrip("/")
    for row in ROWS:
        if any(pattern == bare or ("*" in pattern and _fits(pattern, bare)) for pattern in _texts(row, "hosts")):
            return Issuer(host, row)
    return Issuer(host, {"id": _UNKNOWN, "name": host, "tenancy": "private"})


def _fits(pattern: str, address: str) -> bool:
    """Whether an address fits one with `*`: a path segment, a host's label, or at the host's end all that follows."""
    if not address.startswith(pattern.partition("*")[0]) or not address.endswith(pattern.rpartition("*")[2]):
        return False
    import re

    host, slash, path = pattern.partition("/")
    ends_open = host.endswith("*")
    text = re.escape(host.removesuffix("*")).replace(r"\*", "[^./]+") + ("[^/]+" if ends_open else "")
    text += re.escape(slash + path).replace(r"\*", "[^/]+")
    return re.fullmatch(text, address) is not None


def _text(row: Row, name: str) -> str:
    value = row.get(name, "")
    return value if isinstance(value, str) else ""


def _texts(row: Row, name: str) -> tuple[str, ...]:
    value = row.get(name, ())
    return value if isinstance(value, tuple) else ()


def _words(row: Row, name: str) -> Mapping[str, str]:
    value = row.get(name)
    return {} if value is None or isinstance(value, str | tuple) else {key: str(word) for key, word in value.items()}


def _lists(row: Row, name: str) -> Mapping[str, tuple[str, ...]]:
    value = row.get(name)
    return {} if value is None or isinstance(value, str | tuple) else {key: tuple(words) for key, words in value.items()}
