"""What would a thing be called that nobody wrote down, and does a value of a Resource element stand for it?"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.alter import placed
from iamlint.access.everything import HOLDER
from iamlint.access.sets.fits import fits
from iamlint.policy.pattern import has_hole, has_variable

ACCOUNT = "111122223333"
"""The account of the policy."""
NAME = "zzzz"
"""A name that nobody wrote down."""
# The resource that counts, where an action is about several.
_ABOUT = {
    **dict.fromkeys(("s3:GetObject", "s3:GetObjectVersion", "s3:PutObjectAcl"), "arn:aws:s3:::zzzz/zzzz"),
    "batch:SubmitJob": "arn:aws:batch:us-east-1:111122223333:job-definition/zzzz:1",
    "ec2:CreateTags": "arn:aws:ec2:us-east-1:111122223333:instance/zzzz",
    "ec2:RunInstances": "arn:aws:ec2:us-east-1:111122223333:instance/zzzz",
    "ec2:RequestSpotInstances": "arn:aws:ec2:us-east-1:111122223333:spot-instances-request/zzzz",
    "ecs:ExecuteCommand": "arn:aws:ecs:us-east-1:111122223333:task/zzzz/zzzz",
    "ssm:CreateAssociation": "arn:aws:ec2:us-east-1:111122223333:instance/zzzz",
    "ssm:SendCommand": "arn:aws:ec2:us-east-1:111122223333:instance/zzzz",
    "ssm:StartSession": "arn:aws:ec2:us-east-1:111122223333:instance/zzzz",
    "bedrock-agentcore:StartCodeInterpreterSession": "arn:aws:bedrock-agentcore:us-east-1:111122223333:code-interpreter-custom/zzzz",
    "bedrock-agentcore:StartBrowserSession": "arn:aws:bedrock-agentcore:us-east-1:111122223333:browser-custom/zzzz",
    "bedrock-agentcore:InvokeCodeInterpreter": "arn:aws:bedrock-agentcore:us-east-1:111122223333:code-interpreter-custom/zzzz",
}


@lru_cache(maxsize=512)
def resource_of(action: str) -> str:
    """The ARN of something that nobody wrote down and that `action` is about; `*` for an action without resources."""
    if action in _ABOUT:
        return _ABOUT[action]
    from iamlint.knowledge.authorization import action as documented
    from iamlint.knowledge.authorization import service

    known, owner = documented(action), service(action.partition(":")[0])
    if known is None or owner is None or not known.required_types:
        return "*"
    text = owner.resource_types[known.required_types[0]].arns[0]
    return _filled(text)


def _filled(text: str) -> str:
    fields = text.split("${")
    known = {"Partition": "aws", "Region": "us-east-1", "Account": ACCOUNT}
    return fields[0] + "".join([known.get(name, NAME) + rest for name, _, rest in (field.partition("}") for field in fields[1:])])


@lru_cache(maxsize=1 << 13)
def among(value: str, about: str, variables: bool) -> tuple[str, bool, bool]:
    """A resource as by `_one_of`, with the holder's name where the value has a variable for it, and whether it is the holder."""
    if about == "*":
        return "", False, False
    filled = placed(value)
    own = variables and isinstance(filled, str) and "${aws:username}" in filled.lower()
    text = _of_holder(filled) if own and isinstance(filled, str) else filled
    if not isinstance(text, str) or has_hole(text) or (variables and has_variable(text)):
        return "", False, False
    return *_one_of(text, about), own and text.rpartition("/")[2] == HOLDER.name


def _of_holder(value: str) -> str:
    at = value.lower().index("${aws:username}")
    return value[:at] + HOLDER.name + value[at + len("${aws:username}") :]


def _one_of(value: str, about: str) -> tuple[str, bool]:
    """A resource that `value` stands for and that is of the type of `about`, and whether its name is that of `about`; empty for none."""
    fields, wanted = value.split(":", 5), about.split(":", 5)
    if len(fields) < 6:
        return (about, True) if fits(value, about) else ("", False)
    if not (fields[2] == wanted[2] or fits(fields[2], wanted[2])) or not fits(fields[0], "arn"):
        return "", False
    for place in (1, 3, 4):
        if fields[place] not in ("*", wanted[place]) and not fits(fields[place], wanted[place]):
            if not wanted[place] or "*" in fields[place] or "?" in fields[place]:
                return "", False
            wanted[place] = fields[place]
    start = wanted[5].partition(NAME)[0]
    if fits(fields[5], wanted[5]):
        return ":".join(wanted), True
    if NAME not in wanted[5] or not fields[5].startswith(start) or fields[5] == start:
        return "", False
    return ":".join([*wanted[:5], fields[5].replace("*", "x").replace("?", "x")]), False
