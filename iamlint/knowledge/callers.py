"""What kinds of caller does AWS tell apart?"""

from __future__ import annotations

from iamlint.enumeration import Enumeration


class CallerKind(Enumeration):
    """Who makes a request, as far as that decides which keys the request carries."""

    ANONYMOUS = "anonymous"
    ROOT = "root"
    USER = "user"
    ROLE = "role"
    FEDERATED_USER = "federated-user"
    SERVICE = "service"
    WEB_IDENTITY = "web-identity"
    SAML = "saml"
    CANONICAL = "canonical"


IAM_CALLERS = frozenset({CallerKind.ROOT, CallerKind.USER, CallerKind.ROLE, CallerKind.FEDERATED_USER})
