"""Which conditions of a statement ask for claims of an issuer that the statement does not trust?

A condition key is the issuer's address as it stands in the provider's ARN, a colon and the claim; no other spelling is ever in a request:
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html.
"""

from __future__ import annotations

from iamlint.knowledge.keys import split_claim
from iamlint.policy.pattern import has_hole
from iamlint.policy.principal import Form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_SCHEMES = ("https://", "http://")


class StrayClaim:
    """A condition on a claim of an issuer that is none of the statement's; `prefix` is what its key says before the claim."""

    __slots__ = ("claim", "condition", "prefix")

    def __init__(self, condition: Condition, prefix: str, claim: str) -> None:
        self.condition = condition
        self.prefix = prefix
        self.claim = claim

    @property
    def passes(self) -> bool:
        """Whether the condition holds all the same, because it does so when the key is absent."""
        operator = self.condition.operator
        if operator.is_null:
            return any(value == "true" for value in self.condition.values)
        if operator.quantified:
            return operator.for_all or operator.if_exists
        return operator.if_exists or operator.base.negated


def trusted_issuers(statement: Statement) -> tuple[str, ...]:
    """The issuers whose tokens the statement is about, as they are written; none when it is about others too, or says not whose."""
    principals = statement.principals
    if principals is None or principals.negated:
        return ()
    if any(entry.form is not Form.OIDC or not entry.name for entry in principals.entries):
        return ()
    return tuple(dict.fromkeys([entry.name for entry in principals.entries]))


def stray_claims(statement: Statement) -> Iterator[StrayClaim]:
    """The conditions on claims that no token of the statement's issuers can have."""
    issuers = trusted_issuers(statement)
    known = {issuer.lower() for issuer in issuers}
    for condition in statement.conditions if issuers else ():
        parted = _parted(condition.key)
        if parted is not None and parted[0].lower() not in known and not has_hole(condition.key):
            yield StrayClaim(condition, *parted)


def _parted(key: str) -> tuple[str, str] | None:
    """What a key says before and behind the colon, with the scheme that does not belong there."""
    lower = key.lower()
    scheme = next((scheme for scheme in _SCHEMES if lower.startswith(scheme)), "")
    if split_claim(key[len(scheme) :]) is None:
        return None
    issuer, _, claim = key[len(scheme) :].partition(":")
    return key[: len(scheme)] + issuer, claim


def same_address(one: str, other: str) -> bool:
    """Whether two prefixes differ only in scheme, final slash or case."""
    return _bare(one) == _bare(other)


def _bare(prefix: str) -> str:
    lower = prefix.lower()
    for scheme in _SCHEMES:
        lower = lower.removeprefix(scheme)
    return lower.rstrip("/")
