"""Which policies decide what the role of a trust policy may do, as far as its source says?

IAM's own answers and templates have them beside the trust policy: inline policies in full, managed ones by their ARN. `aws iam
get-account-authorization-details` has the documents of the managed policies of the account, too, and a template those that it attaches
by resources of their own.
https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
"""

from __future__ import annotations

from iamlint.policy.attaching import attached_to
from iamlint.policy.document import Kind
from iamlint.policy.intrinsic import is_intrinsic
from iamlint.policy.owner import described
from iamlint.policy.read import find_below
from iamlint.text.tree import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.policy.document import Document
    from iamlint.text.tree import Route, Tree, Value

# Names in IAM's answers, in CloudFormation and in plans of Terraform, without case and underscores.
_INLINE = frozenset({"rolepolicylist", "policies", "inlinepolicy"})
_ATTACHED = frozenset({"attachedmanagedpolicies", "managedpolicyarns"})
_BOUNDARY = "permissionsboundary"


class Beside:
    """What stands beside a trust policy: documents of the role's policies, ARNs of managed ones, and whether a boundary limits them.

    `partial`: it has policies whose documents are not in the source.
    """

    __slots__ = ("attached", "bounded", "documents", "partial")

    def __init__(self, documents: tuple[Document, ...], attached: tuple[str, ...], *, bounded: bool, partial: bool) -> None:
        self.documents = documents
        self.attached = attached
        self.bounded = bounded
        self.partial = partial


def policies_beside(document: Document) -> Beside | None:
    """What stands beside a trust policy; None where it stands alone."""
    route, role = document.route[:-1], described(document)
    if role is None:
        return None
    documents: list[Document] = []
    attached: list[str] = []
    references: list[Value] = []
    bounded = partial = False
    for position, (key, value) in enumerate(role):
        name = key.replace("_", "").lower()
        if name in _INLINE:
            documents += _inline(document.tree, value, (*route, position))
        elif name in _ATTACHED:
            items = value if isinstance(value, tuple) else ()
            attached += filter(None, map(_arn, items))
            references += [item for item in items if not _arn(item)]
            partial = partial or not isinstance(value, tuple)
        elif name == _BOUNDARY and value not in (None, ""):
            bounded = True
        partial = partial or (name in _INLINE and _is_open(value))
    elsewhere = attached_to(document, references)
    documents += elsewhere.documents
    attached += elsewhere.arns
    partial = partial or elsewhere.partial
    for arn in attached:
        found = _managed(document.tree, arn)
        documents += found
        partial = partial or not found
    return Beside(tuple(documents), tuple(attached), bounded=bounded, partial=partial)


def _is_open(value: Value) -> bool:
    """Whether a template may have more or fewer policies than it shows."""
    return not isinstance(value, tuple) or not all(isinstance(item, Mapping) and not is_intrinsic(item) for item in value)


def _inline(tree: Tree, value: Value, route: Route) -> Iterator[Document]:
    """The policies that are there in any case, and not only under a condition of a template."""
    for position, item in enumerate(value if isinstance(value, tuple) else ()):
        if isinstance(item, Mapping) and not is_intrinsic(item):
            yield from find_below(tree, (*route, position), Kind.IDENTITY)


def _arn(item: Value) -> str:
    """The ARN that an item of a list is, or that IAM says there of an attached policy; empty for what is none."""
    arn = item.get("PolicyArn") if isinstance(item, Mapping) else item
    return arn if isinstance(arn, str) else ""


def _managed(tree: Tree, arn: str) -> tuple[Document, ...]:
    """The version in force of a policy whose document the source has, too."""
    policies = tree.root.get("Policies") if isinstance(tree.root, Mapping) else None
    if not isinstance(tree.root, Mapping) or not isinstance(policies, tuple):
        return ()
    route: Route = (tree.root.index("Policies") or 0,)
    for position, policy in enumerate(policies):
        if isinstance(policy, Mapping) and policy.get("Arn") == arn:
            return _in_force(tree, policy, (*route, position))
    return ()


def _in_force(tree: Tree, policy: Mapping, route: Route) -> tuple[Document, ...]:
    versions = policy.get("PolicyVersionList")
    at = policy.index("PolicyVersionList")
    for position, version in enumerate(versions if isinstance(versions, tuple) else ()):
        if isinstance(version, Mapping) and version.get("IsDefaultVersion") is True and at is not None:
            return find_below(tree, (*route, at, position), Kind.IDENTITY)
    return ()
