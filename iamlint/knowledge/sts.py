"""Which STS actions mean something in a role's trust policy, and who can make which call?

Permissions and callers: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html.
"""

from __future__ import annotations

from iamlint.knowledge.callers import CallerKind

ASSUME_ROLE = "sts:AssumeRole"
WITH_SAML = "sts:AssumeRoleWithSAML"
WITH_WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity"

ASSUME_ACTIONS = (ASSUME_ROLE, WITH_SAML, WITH_WEB_IDENTITY)
"""The calls that assume a role."""

COMPANION_ACTIONS = ("sts:SetContext", "sts:SetSourceIdentity", "sts:TagSession")
"""Permissions without a call of their own: checked with the assume call that passes tags, a source identity or a context."""

TRUST_ACTIONS = ASSUME_ACTIONS + COMPANION_ACTIONS
"""Every action that a trust policy can usefully allow or deny."""

OTHER_ACTIONS = (
    "sts:AssumeRoot",
    "sts:DecodeAuthorizationMessage",
    "sts:GetAccessKeyInfo",
    "sts:GetCallerIdentity",
    "sts:GetDelegatedAccessToken",
    "sts:GetFederationToken",
    "sts:GetServiceBearerToken",
    "sts:GetSessionToken",
    "sts:GetWebIdentityToken",
    "sts:TagGetWebIdentityToken",
)

# Root credentials cannot call AssumeRole: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
# Sessions of GetFederationToken can call nothing of STS but GetCallerIdentity:
# https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
_ASSUMES = {
    CallerKind.USER: ASSUME_ROLE,
    CallerKind.ROLE: ASSUME_ROLE,
    CallerKind.SERVICE: ASSUME_ROLE,
    CallerKind.SAML: WITH_SAML,
    CallerKind.WEB_IDENTITY: WITH_WEB_IDENTITY,
}


def assume_action_for(caller: CallerKind) -> str | None:
    """The call with which such a caller assumes a role; None for who can assume none."""
    return _ASSUMES.get(caller)


def callers_of(action: str) -> frozenset[CallerKind]:
    """Who can make requests that a trust policy checks `action` for; nobody for an action that is not a trust action."""
    name = canonical_action(action)
    if name in ("sts:SetSourceIdentity", "sts:TagSession"):
        return frozenset(_ASSUMES)
    # Only AssumeRole takes ProvidedContexts.
    assume = ASSUME_ROLE if name == "sts:SetContext" else name
    return frozenset(caller for caller, own in _ASSUMES.items() if own == assume)


def canonical_action(action: str) -> str | None:
    """An STS action in AWS's own capitals, whatever the case of `action`; None when STS has no such action."""
    lower = action.lower()
    for name in TRUST_ACTIONS + OTHER_ACTIONS:
        if name.lower() == lower:
            return name
    return None


def is_trust_action(action: str) -> bool:
    """Whether `action` means something in a trust policy."""
    return canonical_action(action) in TRUST_ACTIONS
