"""What does the name of a file say of the policy that it is?

Service control policies and permissions boundaries look like identity policies, resource control policies and those of VPC endpoints like
policies of resources. People keep them under names that tell: `guardrails_scp.json`, `service-control-policies/regions.json`,
`deploy-boundary.json`, `vpc_endpoint_policies/s3.json`.
"""

from __future__ import annotations

import re

from iamlint.policy.document import Kind
from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iamlint.policy.draft import Draft
    from iamlint.policy.statement import Statement

# By the kind that a policy has by what it says: the kinds that a name may make of it, and the words for each. Compiled when first used.
_NAMED = {
    Kind.IDENTITY: ((Kind.SCP, r"scps?|service[-_ ]?control[-_ ]?polic(?:y|ies)"),),
    Kind.RESOURCE: (
        (Kind.RCP, r"rcps?|resource[-_ ]?control[-_ ]?polic(?:y|ies)"),
        (Kind.VPC_ENDPOINT, r"vpces?|vpc[-_ ]?endpoints?"),
    ),
}
_SIGNS = ("cp", "control", "boundary", "vpc")
_MANAGING = "organizations:"
_NETWORK = "aws:sourcevpc"
# How a boundary is called, in lower case. A policy may be called after what it asks for, too.
_BOUNDARY = r"(?:permissions?[-_ ]?|(?<![a-z]))boundary(?:[-_ ]?policy)?(?:\.[a-z0-9]+)*\Z"
_ABOUT_BOUNDARIES = r"(?<![a-z])(?:with|without|requires?|enforces?|needs?|no|deny|allow|set|put|attach|delete|remove|update)(?![a-z])"


def named_kind(name: str, kind: Kind, statements: Iterable[Draft | Statement]) -> Kind:
    """The kind of a policy that is a whole file: by its name and that of its folder, where it is of this `kind` by what it says.

    The policy of somebody who manages policies of an organization may be called after them, and is none; so may that of a bucket which asks
    for an endpoint be called after that.
    """
    lower = name.lower()
    if kind not in _NAMED or not any(sign in lower for sign in _SIGNS):
        return kind
    folder, last = ["", *map(_in_words, name.replace("\\", "/").split("/")[-2:])][-2:]
    if kind is Kind.IDENTITY and is_boundary(last):
        return Kind.BOUNDARY
    named = next((other for other, words in _NAMED[kind] if re.search(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])", f"{folder}/{last}")), None)
    return kind if named is None or any(map(_AGAINST.get(named, _manages), statements)) else named


def _in_words(name: str) -> str:
    """A name in lower case, with a dash where it went up and down: `DenyRegionsSCP` is `deny-regions-scp`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def is_boundary(name: str) -> bool:
    """Whether what is called so, in lower case, is a permissions boundary by its name."""
    return re.search(_BOUNDARY, name) is not None and re.search(_ABOUT_BOUNDARIES, name) is None


def _asks_for_network(statement: Draft | Statement) -> bool:
    return any(condition.key.lower().startswith(_NETWORK) for condition in statement.conditions)


def _manages(statement: Draft | Statement) -> bool:
    actions = statement.actions
    if statement.effect is not Effect.ALLOW or actions is None:
        return False
    return any(isinstance(value, str) and value.lower().startswith(_MANAGING) for value in actions.values)


# What shows that a policy is none of its kind, though it is called so.
_AGAINST: dict[Kind, Callable[[Draft | Statement], bool]] = {Kind.VPC_ENDPOINT: _asks_for_network}
