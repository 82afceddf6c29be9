"""What are the resources of a CloudFormation template called, and what do references to them stand for?

A template makes names when it is deployed. Here each resource has one that nobody wrote down, unless the template says it, and the stack
has a region and an account: what holds for these holds for others, as long as no text depends on them.
"""

from __future__ import annotations

from iamlint.policy.condition import Condition, Unknown
from iamlint.policy.intrinsic import referred, resolve
from iamlint.policy.naming import read_principal
from iamlint.policy.pattern import has_hole
from iamlint.policy.principal import Form, Principal, Principals
from iamlint.policy.statement import Patterns, Policy, Statement
from iamlint.text.tree import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.text.tree import Route, Tree, Value

ACCOUNT = "111122223333"
_REGION = "us-east-1"
PSEUDO_PARAMETERS = {"AWS::AccountId": ACCOUNT, "AWS::Region": _REGION, "AWS::Partition": "aws"}
"""What the stack says of itself."""
# Of each type the property with its name, its ARN, and what `Ref` gives, with the name and the ARN in their places:
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
_TYPES = {
    "AWS::DynamoDB::Table": ("TableName", f"arn:aws:dynamodb:{_REGION}:{ACCOUNT}:table/{{0}}", "{0}"),
    "AWS::IAM::ManagedPolicy": ("ManagedPolicyName", f"arn:aws:iam::{ACCOUNT}:policy/{{0}}", "{1}"),
    "AWS::IAM::Role": ("RoleName", f"arn:aws:iam::{ACCOUNT}:role/{{0}}", "{0}"),
    "AWS::KMS::Key": ("", f"arn:aws:kms:{_REGION}:{ACCOUNT}:key/{{0}}", "{0}"),
    "AWS::S3::Bucket": ("BucketName", "arn:aws:s3:::{0}", "{0}"),
    "AWS::SecretsManager::Secret": ("Name", f"arn:aws:secretsmanager:{_REGION}:{ACCOUNT}:secret:{{0}}-zzzzzz", "{1}"),
}


class TemplateResource:
    """A resource by its logical `id`; `arn` is its ARN where its type is known here, and `named` says that its name is no made-up one."""

    __slots__ = ("arn", "id", "named", "properties", "ref", "route", "type")

    def __init__(self, id: str, type: str, properties: Mapping, route: Route) -> None:
        self.id = id
        self.type = type
        self.properties = properties
        self.route = route
        key, arn, ref = _TYPES.get(type, ("", "", ""))
        name = properties.get(key) if key else None
        self.named = isinstance(name, str) and not has_hole(name)
        called = name if isinstance(name, str) and self.named else f"{id.lower()}-zzzz"
        self.arn = arn.format(called)
        self.ref = ref.format(called, self.arn)


class Template:
    """The resources of a template by their logical ids, and the texts that references to them stand for."""

    __slots__ = ("_texts", "resources")

    def __init__(self, tree: Tree) -> None:
        self.resources = {resource.id: resource for resource in _resources(tree)}
        self._texts = dict(PSEUDO_PARAMETERS)
        for resource in self.resources.values():
            if resource.arn:
                self._texts |= {resource.id: resource.ref, f"{resource.id}.Arn": resource.arn, f"{resource.id}.Id": resource.arn}

    def holding(self, route: Route) -> TemplateResource | None:
        """The resource that has what stands at `route`."""
        return next((one for one in self.resources.values() if route[: len(one.route)] == one.route), None)

    def meant(self, value: Value) -> TemplateResource | None:
        """The resource that a property names, by its name, its ARN or a reference; None where that is unknown, or of another stack."""
        text = self.text(value)
        known = [one for one in self.resources.values() if one.arn and text in (one.ref, one.arn)]
        return known[0] if len(known) == 1 else None

    def text(self, value: Value) -> str | None:
        """The text that a property is, with what references stand for in their places; None where that is not known."""
        resolved = value if isinstance(value, str) else resolve(value)
        text = self._filled(resolved) if resolved is not None else None
        return text if isinstance(text, str) and not has_hole(text) else None

    def filled(self, policy: Policy) -> Policy:
        """The policy with what references stand for in their places, as far as that is known here."""
        statements = tuple(map(self._statement, policy.statements))
        return Policy(policy.version, policy.id, statements, complete=policy.complete)

    def _statement(self, statement: Statement) -> Statement:
        return Statement(
            statement.index,
            statement.effect,
            sid=statement.sid,
            principals=self._principals(statement.principals),
            actions=statement.actions,
            resources=self._patterns(statement.resources),
            conditions=tuple(map(self._condition, statement.conditions)),
            route=statement.route,
        )

    def _patterns(self, patterns: Patterns | None) -> Patterns | None:
        if patterns is None:
            return None
        values = tuple(map(self._filled, patterns.values))
        return Patterns(patterns.name, values, negated=patterns.negated, route=patterns.route, listed=patterns.listed)

    def _condition(self, one: Condition) -> Condition:
        if one.is_open:
            return one
        values = tuple(map(self._filled, one.values))
        return Condition(one.operator, one.key, values, route=one.route, operator_route=one.operator_route, listed=one.listed)

    def _principals(self, principals: Principals | None) -> Principals | None:
        if principals is None:
            return None
        return Principals(tuple(map(self._principal, principals.entries)), principals.negated, principals.route)

    def _principal(self, entry: Principal) -> Principal:
        if entry.form is not Form.UNKNOWN:
            return entry
        text = self._filled(Unknown(entry.text) if entry.text.startswith("!") else entry.text)
        return read_principal(entry.type, text, entry.route) if isinstance(text, str) else entry

    def _filled(self, value: str | Unknown) -> str | Unknown:
        if isinstance(value, Unknown):
            return self._texts.get(referred(value.label), value)
        if "${" in value:
            for label, text in self._texts.items():
                value = value.replace(f"${{{label}}}", text)
        return value


def is_template(tree: Tree) -> bool:
    """Whether the source is a template with resources."""
    return isinstance(tree.root, Mapping) and isinstance(tree.root.get("Resources"), Mapping)


def _resources(tree: Tree) -> Iterator[TemplateResource]:
    root = tree.root
    at = root.index("Resources") if isinstance(root, Mapping) else None
    resources = root.members[at][1] if isinstance(root, Mapping) and at is not None else None
    for position, (id, value) in enumerate(resources if isinstance(resources, Mapping) else ()):
        if at is not None and isinstance(value, Mapping) and isinstance(kind := value.get("Type"), str):
            properties = value.get("Properties")
            yield TemplateResource(id, kind, properties if isinstance(properties, Mapping) else Mapping(()), (at, position))
