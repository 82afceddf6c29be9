"""Which stores of data (buckets, tables, secrets, keys) do sources tell of, and which policy has each?

A template says it by its references. A policy that stands alone is that of the one store whose ARN is all it names; where it says `*`,
nobody can tell.
"""

from __future__ import annotations

from iamlint.policy.arn import split_arn
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.policy.template import Template, is_template
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.policy.condition import Unknown
    from iamlint.policy.document import Document
    from iamlint.policy.statement import Policy
    from iamlint.policy.template import TemplateResource
    from iamlint.text.tree import Tree

# The property that may hold a policy of the store itself, and the type that gives it one with the property that names the store:
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
_OWN = {"AWS::DynamoDB::Table": "ResourcePolicy", "AWS::KMS::Key": "KeyPolicy"}
_ATTACHING = {
    "AWS::S3::BucketPolicy": ("Bucket", "AWS::S3::Bucket"),
    "AWS::SecretsManager::ResourcePolicy": ("SecretId", "AWS::SecretsManager::Secret"),
}
_STORES = frozenset({*_OWN, *[kind for _, kind in _ATTACHING.values()]})
# A key has a policy in any case, be it one that the template does not show.
_ALWAYS = frozenset({"AWS::KMS::Key"})
_KINDS = {"dynamodb": "table/", "kms": "key/", "secretsmanager": "secret:"}


class Store:
    """A store by its `arn`, in a template `tree` one that may be made up; `name` is what people call it.

    `document` is where its policy stands, None where it has none as far as the template says. `place` is what says whose data are read.
    """

    __slots__ = ("arn", "document", "name", "place", "policy", "service", "tree")

    def __init__(self, name: str, arn: str, place: Place, *, document: Document | None, policy: Policy | None, tree: Tree | None) -> None:
        self.name = name
        self.arn = arn
        self.service = arn.split(":", 3)[2]
        self.place = place
        self.document = document
        self.policy = policy
        self.tree = tree


def stores(documents: Sequence[Document], trees: Sequence[Tree]) -> Iterator[Store]:
    """The stores that resource policies are of, and those in templates that have none."""
    for tree in trees:
        if is_template(tree):
            yield from _of_template(tree, [document for document in documents if document.tree is tree])
    for document in documents:
        arn = None if is_template(document.tree) else _only(document.policy)
        if arn is not None and document.policy.complete:
            yield Store(arn, arn, _place(document), document=document, policy=document.policy, tree=None)


def _of_template(tree: Tree, documents: Sequence[Document]) -> Iterator[Store]:
    template = Template(tree)
    found = [(template.holding(document.route), document) for document in documents]
    unclear: set[str] = set()
    given: dict[str, Document | None] = {}
    for resource in template.resources.values():
        policies = [document for holder, document in found if holder is resource]
        if resource.type in _ATTACHING:
            key, kind = _ATTACHING[resource.type]
            target = template.meant(resource.properties.get(key))
            if target is None or len(policies) != 1 or target.id in given:
                unclear.add(target.id if target is not None else kind)
            else:
                given[target.id] = policies[0]
        elif resource.type in _OWN and (resource.type in _ALWAYS or resource.properties.index(_OWN[resource.type]) is not None):
            given[resource.id] = policies[0] if len(policies) == 1 else None
    for resource in template.resources.values():
        if resource.type in _STORES and unclear.isdisjoint({resource.id, resource.type}):
            yield from _store(template, tree, resource, given)


def _store(template: Template, tree: Tree, resource: TemplateResource, given: dict[str, Document | None]) -> Iterator[Store]:
    document = given.get(resource.id)
    if document is not None and document.policy.complete:
        yield Store(resource.id, resource.arn, _place(document), document=document, policy=template.filled(document.policy), tree=tree)
    elif resource.id not in given:
        yield Store(resource.id, resource.arn, Place(resource.route, on_key=True), document=None, policy=None, tree=tree)


def _place(document: Document) -> Place:
    elements = [statement.resources for statement in document.policy.statements if statement.resources is not None]
    return Place(elements[0].route if elements else document.route)


def _only(policy: Policy) -> str | None:
    """The one store that everything in a policy is about."""
    values = [value for statement in policy.statements if statement.resources is not None for value in statement.resources.values]
    found = {named_store(value) for value in values}
    return found.pop() if len(found) == 1 else None


def named_store(value: str | Unknown) -> str | None:
    """The ARN of the store that a value names, or things in it; None where it may be several, or is none."""
    fields = split_arn(value) if isinstance(value, str) and not has_hole(value) and not has_variable(value) else None
    if fields is None:
        return None
    head, service, rest = fields[:5], fields[2], fields[5]
    kind = _KINDS.get(service, "")
    name, _, _ = rest.removeprefix(kind).partition("/") if service in ("s3", "dynamodb") else (rest.removeprefix(kind), "", "")
    known = service == "s3" and not fields[3] and not fields[4] if not kind else rest.startswith(kind)
    text = ":".join([*head, kind + name])
    return text if known and name and "*" not in text and "?" not in text else None
