"""What text does a template's function stand for, as far as the template itself says?

CloudFormation's functions in both spellings (`!Sub x`, `{"Fn::Sub": x}`), and Pulumi's (`fn::toJSON: x`):
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html,
https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/.
"""

from __future__ import annotations

from iamlint.policy.condition import Unknown
from iamlint.text.tree import Mapping, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Value


_FUNCTIONS = ("Fn::", "fn::")
# What the labels of references begin with.
_REFERENCES = ("!Ref ", "!GetAtt ")
_PARTITION = "${AWS::Partition}"
# What names of regions in other partitions, and of the partitions themselves, begin with.
_ELSEWHERE = (":us-gov-", ":cn-", ":us-iso", ":eu-isoe-", ":eusc-", "aws-cn", "aws-us-gov", "aws-iso", "aws-eusc")


def resolve(value: Value) -> str | Unknown | None:
    """The text (with holes as `${Name}`) or the unknown that a function stands for; None when `value` is no function."""
    call = _call(value)
    if call is None:
        return None
    name, argument = call
    text = _substituted(argument) if name == "Sub" else _joined(argument) if name == "Join" else None
    return Unknown(_label(name, argument)) if text is None else text


def resolve_in_partition(value: Value) -> str | Unknown | None:
    """As `resolve`, in a stack that is in the partition `aws`, unless the text tells of another one.

    A stack is in one partition, which every ARN that it has to do with names, and what a policy allows does not depend on which it is:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html#cfn-pseudo-param-partition.
    """
    found = resolve(value)
    if not isinstance(found, str) or _PARTITION not in found or any(word in found for word in _ELSEWHERE):
        return found
    return found.replace(_PARTITION, "aws")


def referred(label: str) -> str:
    """What the label of an unknown refers to, however that is written: `Queue.Arn` of `!GetAtt Queue.Arn`."""
    for start in _REFERENCES:
        label = label.removeprefix(start)
    return label


def is_intrinsic(value: Value) -> bool:
    """Whether `value` is a function of a template, so that what stands there is not known."""
    return _call(value) is not None


def _call(value: Value) -> tuple[str, Value] | None:
    if isinstance(value, Tagged):
        return (value.tag.lstrip("!"), value.value) if value.tag[1:2] != "!" else None
    if not isinstance(value, Mapping) or len(value.members) != 1:
        return None
    key, argument = value.members[0]
    if key.startswith(_FUNCTIONS):
        return key[4:], argument
    return (key, argument) if key == "Ref" else None


def _substituted(argument: Value) -> str | None:
    if isinstance(argument, tuple) and argument:
        argument = argument[0]
    # `${!name}` is how Fn::Sub writes a `${name}` that it should leave alone: a policy variable.
    return argument.replace("${!", "${") if isinstance(argument, str) else None


def _joined(argument: Value) -> str | None:
    if not isinstance(argument, tuple) or len(argument) != 2:
        return None
    delimiter, items = argument
    if not isinstance(delimiter, str) or not isinstance(items, tuple):
        return None
    parts = [item if isinstance(item, str) else _hole(item) for item in items]
    return None if None in parts else delimiter.join(part for part in parts if part is not None)


def _hole(item: Value) -> str | None:
    found = resolve(item)
    if isinstance(found, Unknown):
        return "${" + found.label.removeprefix("!Ref ").translate(_UNBRACED) + "}"
    return found


_UNBRACED = str.maketrans("{}", "()")


def _label(name: str, argument: Value) -> str:
    if isinstance(argument, str):
        return f"!{name} {argument}"
    if isinstance(argument, tuple) and argument and isinstance(argument[0], str):
        return f"!{name} " + (".".join(str(item) for item in argument) if name == "GetAtt" else argument[0])
    return f"!{name}"
