"""What does the policy of a resource allow, where its source leaves open what the resource is called?

Such a policy is about the resource it is attached to: what it allows on one of some name, it allows on that one, whatever it is called.
Templates refer to it, `!GetAtt Queue.Arn` or `!Sub "arn:aws:s3:::${Bucket}/*"`.
"""

from __future__ import annotations

from iamlint.access.alter import named, with_elements, with_statements, with_values
from iamlint.policy.arn import arn_fields
from iamlint.policy.condition import Unknown
from iamlint.policy.intrinsic import referred
from iamlint.policy.pattern import Hole, has_hole, split
from iamlint.policy.statement import Patterns
from iamlint.policy.template import ACCOUNT, PSEUDO_PARAMETERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.policy.statement import Policy, Statement

# What the template's stack says, and not a resource.
_OF_STACK = "AWS::"
_WITHOUT_OWNER = ("s3", "apigateway")


def about_itself(policy: Policy) -> Policy:
    """The policy of a resource with a name for it, where its Allows leave open on what; else `policy` itself.

    A Deny about something else, by its words, is taken for one about everything: the source does not say that it is not the same.
    """
    values = [value for statement in policy.statements if statement.allows for value in _listed(statement)]
    opened = [value for value in values if _is_open(value)]
    if not opened:
        return policy
    meant = {name for value in opened for name in _referred(value)}
    service = next(_services(policy), "*")
    return with_statements(policy, [_named(statement, meant, service) for statement in policy.statements])


def _named(statement: Statement, meant: set[str], service: str) -> Statement:
    """A statement with names for what it leaves open."""
    resources = statement.resources
    if resources is None:
        return statement
    if statement.denies and not all(_is_meant(value, meant) for value in resources.values):
        return with_elements(statement, actions=statement.actions, resources=_everything(resources))
    if resources.negated and statement.allows:
        return statement
    values = [_name(value, service) if _is_open(value) else value for value in resources.values]
    return with_elements(statement, actions=statement.actions, resources=with_values(resources, values))


def _is_meant(value: str | Unknown, meant: set[str]) -> bool:
    """Whether what a Deny is about has the name of what Allows are about, or both are told by names."""
    return value == "*" or (meant.issuperset(_referred(value)) and (not meant or not meant.isdisjoint(_referred(value))))


def _everything(resources: Patterns) -> Patterns:
    return Patterns(resources.name, ("*",), negated=False, route=resources.route, listed=False)


def _listed(statement: Statement) -> tuple[str | Unknown, ...]:
    resources = statement.resources
    return () if resources is None or resources.negated else resources.values


def _is_open(value: str | Unknown) -> bool:
    return isinstance(value, Unknown) or has_hole(value)


def _referred(value: str | Unknown) -> Iterator[str]:
    """What a value refers to: `Queue` of `!GetAtt Queue.Arn`."""
    labels = [value.label] if isinstance(value, Unknown) else [part.label for part in split(value) if isinstance(part, Hole)]
    for label in labels:
        if not label.startswith(_OF_STACK):
            yield _id(label)


def _id(label: str) -> str:
    return referred(label).removeprefix("!").partition(".")[0]


def _name(value: str | Unknown, service: str) -> str:
    """A value with something in the places of references: an ARN where all of one would stand, else a name."""
    if isinstance(value, Unknown):
        return _arn(service, value.label)
    head = split(value)[0]
    if isinstance(head, Hole):
        rest = named(value, _letters)
        return _arn(service, head.label) + rest[len(_letters(head.label)) :]
    return named(value, _letters)


def _arn(service: str, label: str) -> str:
    owner = ":" if service in _WITHOUT_OWNER else f"{PSEUDO_PARAMETERS['AWS::Region']}:{ACCOUNT}"
    return f"arn:aws:{service}:{owner}:{_letters(label)}"


def _letters(label: str) -> str:
    """A name that may be one of a resource."""
    if label in PSEUDO_PARAMETERS:
        return PSEUDO_PARAMETERS[label]
    return "".join([char for char in _id(label).lower() if char.isalnum()]) or "any-name"


def _services(policy: Policy) -> Iterator[str]:
    """The services that ARNs and actions name: the policy of a resource is about one."""
    for statement in policy.statements:
        for patterns, place in ((statement.resources, 2), (statement.actions, 0)):
            for value in patterns.names if patterns is not None else ():
                fields = arn_fields(value)
                if len(fields) > place + 1 and fields[place].replace("-", "").isalnum():
                    yield fields[place]
