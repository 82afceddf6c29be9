"""Which resources of a template give a role policies, beside those in the role itself?

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-rolepolicy.html
"""

from __future__ import annotations

from iamlint.policy.document import Kind
from iamlint.policy.read import find_below
from iamlint.policy.rewrite import value_at
from iamlint.policy.template import Template, is_template
from iamlint.text.tree import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.policy.document import Document
    from iamlint.policy.template import TemplateResource
    from iamlint.text.tree import Tree, Value

_MANAGED = "AWS::IAM::ManagedPolicy"
# Of each type the property that says whose the policy is.
_OWNERS = {"AWS::IAM::Policy": "Roles", _MANAGED: "Roles", "AWS::IAM::RolePolicy": "RoleName"}


class Attached:
    """The policies that are there in any case: documents, and ARNs of others; `partial` says that there may be more."""

    __slots__ = ("arns", "documents", "partial")

    def __init__(self) -> None:
        self.arns: list[str] = []
        self.documents: list[Document] = []
        self.partial = False


def attached_to(trust: Document, references: list[Value]) -> Attached:
    """What its template attaches to the role of a trust policy elsewhere; `references` are what the role names in place of ARNs."""
    found = Attached()
    template = Template(trust.tree) if is_template(trust.tree) else None
    role = template.holding(trust.route) if template is not None else None
    if template is None or role is None:
        found.partial = bool(references)
        return found
    named: list[TemplateResource] = []
    for reference in references:
        policy, text = template.meant(reference), template.text(reference)
        if policy is not None and policy.type == _MANAGED:
            named.append(policy)
        elif policy is None and text is not None:
            found.arns.append(text)
        else:
            found.partial = True
    for resource in template.resources.values():
        if resource.type in _OWNERS and (resource in named or role in _owners(template, resource)):
            _add(found, trust.tree, resource)
    return found


def _owners(template: Template, resource: TemplateResource) -> Iterator[TemplateResource | None]:
    value = resource.properties.get(_OWNERS[resource.type])
    yield from map(template.meant, value if isinstance(value, tuple) else (value,))


def _add(found: Attached, tree: Tree, resource: TemplateResource) -> None:
    whole = value_at(tree.root, resource.route)
    at = whole.index("Properties") if isinstance(whole, Mapping) else None
    if not isinstance(whole, Mapping) or at is None or whole.index("Condition") is not None:
        found.partial = True
        return
    documents = find_below(tree, (*resource.route, at), Kind.IDENTITY)
    found.documents += documents
    found.partial = found.partial or not documents
