"""Where was a policy found, of what kind is it, and whose is it?"""

from __future__ import annotations

from iamlint.enumeration import Enumeration
from iamlint.policy.statement import Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.grammar import Problem
    from iamlint.text.tree import Route, Tree


class Kind(Enumeration):
    """What a policy is attached to, which decides its grammar and its meaning."""

    TRUST = "trust"
    IDENTITY = "identity"
    RESOURCE = "resource"
    SCP = "scp"
    RCP = "rcp"
    BOUNDARY = "boundary"
    SESSION = "session"
    VPC_ENDPOINT = "vpc-endpoint"


WITHOUT_PRINCIPAL = frozenset({Kind.IDENTITY, Kind.BOUNDARY, Kind.SCP, Kind.SESSION})
"""The kinds whose policies are about whoever they are attached to, and name nobody."""


class Document:
    """A policy where it was found.

    `route` leads from the tree's root to the policy; `address` names it inside its source (`` for a file that is one policy,
    `Resources.CiRole` in a template); `account` is the owner's account id where the source says it, else None; `resource_type` is
    CloudFormation's name for what a resource policy is attached to, or None. `problems` is what the grammar found wrong. `embedded` says
    that the policy is JSON inside a string at `route`: every place in it is that of the string, and no edit of it can be made.
    """

    __slots__ = ("account", "address", "embedded", "kind", "policy", "problems", "resource_type", "route", "tree")

    def __init__(
        self,
        tree: Tree,
        route: Route,
        kind: Kind,
        policy: Policy,
        problems: tuple[Problem, ...],
        *,
        address: str = "",
        account: str | None = None,
        resource_type: str | None = None,
        embedded: bool = False,
    ) -> None:
        self.tree = tree
        self.route = route
        self.kind = kind
        self.policy = policy
        self.problems = problems
        self.address = address
        self.account = account
        self.resource_type = resource_type
        self.embedded = embedded
