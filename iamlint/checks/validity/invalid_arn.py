"""Can a value of Resource be the ARN of something?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.finding import Confidence, Fix, Safety, Severity
from iamlint.knowledge.wildcards import has_wildcard
from iamlint.policy.arn import AWS_ITSELF
from iamlint.policy.arn_faults import ArnFault, letters_of, no_account, unknown_service
from iamlint.policy.document import Kind
from iamlint.policy.pattern import with_wildcards
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.knowledge.plain_arns import Names
    from iamlint.policy.condition import Unknown

_ARN = "arn:"
# How the policy of an API names its own stages and methods; API Gateway writes the ARN when it stores the policy:
# https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
_OWN_API = "execute-api:"
_EMPTY_ELSEWHERE = (
    ("a region", (3,), "ARN_REGION_NOT_ALLOWED"),
    ("an account", (4,), "ARN_ACCOUNT_NOT_ALLOWED"),
    ("a region and an account", (3, 4), "ARN_REGION_NOT_ALLOWED"),
)
# Whose resources have other ARNs than their service documents: https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
_UNDOCUMENTED = frozenset({"apigateway"})
# AWS has things of its own there, whose ARNs have no account or no region although those that it documents do: documents and parameters,
# views, recipes, lenses, products, devices, themes.
_WITHOUT_OWNER = frozenset("ssm resource-explorer-2 personalize wellarchitected securityhub devicefarm quicksight ram health fis".split())
# A model that requests from one region reach all over the world, beside those of regions:
# https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
_WORLDWIDE = ("bedrock", "", "", "foundation-model")
# What change sets with a macro are about, AWS's own (whose account is `aws`) or one of an account:
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html
_MACROS = ("cloudformation", "transform/")
# Names of log groups begin so, behind `log-group:`.
_WITHOUT_PATHS = frozenset({"logs"})
_MISSING = {
    (3,): ("a region", "MISSING_ARN_REGION"),
    (4,): ("an account", "MISSING_ARN_ACCOUNT"),
    (3, 4): ("a region and an account", "MISSING_ARN_REGION"),
}
# Values that were found to be fine, and how many are remembered.
_fine: set[str | Unknown] = {"*"}
_MOST = 1 << 14


def check(case: Case) -> Iterator[Finding]:
    """A finding for each value of a Resource or NotResource that is no ARN, or none that anything could have."""
    for statement in case.document.policy.statements:
        resources = statement.resources
        if resources is None or _fine.issuperset(resources.values):
            continue
        for position, value in enumerate(resources.values):
            if value in _fine:
                continue
            if isinstance(value, str) and value.startswith(_OWN_API) and case.document.kind is Kind.RESOURCE:
                continue
            fault = _fault(value) if isinstance(value, str) and not _is_plain(value) else None
            if fault is None:
                if len(_fine) < _MOST:
                    _fine.add(value)
                continue
            yield case.finding(
                f"`{value}` is no ARN of a resource: {fault.why}",
                Place(resources.value_route(position)),
                label="matches nothing",
                severity=None if fault.certain else Severity.LOW,
                confidence=Confidence.HIGH if fault.certain else Confidence.MEDIUM,
                statement=statement.index,
                subject=str(value),
                fix=Fix(Safety.MANUAL, fault.help),
                aws_codes=(fault.code,),
            )


def _is_plain(value: str) -> bool:
    """Whether a first look shows that nothing is wrong with a value."""
    text = with_wildcards(value)
    name = text.split(":", 5)[5:]
    return bool(name) and _names(text[: len(text) - len(name[0])]).have(name[0])


@lru_cache(maxsize=1 << 12)
def _names(beginning: str) -> Names:
    """The names of resources that may stand behind these five fields of an ARN, `arn:aws:iam::111122223333:`, as far as a look shows."""
    from iamlint.knowledge.plain_arns import EVERY, NONE, has_forms, plain_names

    fields = beginning.split(":")
    if fields[0] != "arn" or _of_fields(tuple(fields[1:5])) is not None:
        return NONE
    name = fields[2]
    if has_wildcard(name) or name in _UNDOCUMENTED or fields[4] in AWS_ITSELF:
        return EVERY
    if not has_forms(name):
        return EVERY if unknown_service(name) is None else NONE
    filled = [field or "*" for field in fields[:5]]
    return plain_names(filled if name in _WITHOUT_OWNER else fields[:5])


def _fault(value: str) -> ArnFault | None:
    """What is wrong with a value; None when nothing is, or when the source leaves open what would be."""
    text = with_wildcards(value)
    head = text.replace("?", "*").partition("*")[0]
    if not (head.startswith(_ARN) or _ARN.startswith(head)):
        return ArnFault("it does not begin with `arn:`", "write the ARN, or `*` for every resource", "INVALID_ARN_PREFIX")
    fields = text.split(":", 5)
    if len(head) < len(_ARN) and head != text:
        # What stands in the first field may be all of an ARN.
        return None
    if len(fields) < 6:
        # A wildcard stands for colons too.
        return None if "*" in fields[-1] else ArnFault("it has fewer than six fields", "write all six fields", "MISSING_ARN_FIELD")
    return _of_fields(tuple(fields[1:5])) or _of_service(fields)


@lru_cache(maxsize=1 << 10)
def _of_fields(fields: tuple[str, ...]) -> ArnFault | None:
    """What is wrong with the partition, the service, the region or the account of an ARN by itself."""
    from iamlint.knowledge.regions import partition_of, partitions, suggest_region

    partition, service, region, account = fields
    if not has_wildcard(partition) and partition not in partitions():
        return ArnFault(f"`{partition}` is no partition of AWS", f"write `{_partition(region)}`", "INVALID_PARTITION")
    fault = letters_of(service)
    if fault is not None:
        return fault
    if region and not has_wildcard(region) and partition_of(region) is None:
        meant = suggest_region(region)
        return ArnFault(f"`{region}` is no region", f"did you mean `{meant}`?" if meant else "write a region", "INVALID_ARN_REGION")
    where = None if not region or has_wildcard(region) else partition_of(region)
    if where is not None and not has_wildcard(partition) and where.name != partition:
        why = f"the region `{region}` is in the partition `{where.name}`"
        return ArnFault(why, f"write `{where.name}`, or a region of `{partition}`", "INVALID_ARN_REGION")
    return no_account(account)


def _partition(region: str) -> str:
    from iamlint.knowledge.regions import partition_of

    found = partition_of(region) if region and not has_wildcard(region) else None
    return found.name if found is not None else "aws"


def _of_service(fields: list[str]) -> ArnFault | None:
    """What the ARNs of the service say against it, as far as AWS documents them."""
    from iamlint.knowledge.arns import is_documented

    name = fields[2]
    if has_wildcard(name) or name in _UNDOCUMENTED or fields[4] in AWS_ITSELF or (name == _MACROS[0] and fields[5].startswith(_MACROS[1])):
        return None
    documented = is_documented(":".join(fields))
    if documented is not False:
        return unknown_service(name) if documented is None else _of_missing(fields)
    for what, places, code in _EMPTY_ELSEWHERE:
        other = ["" if place in places else field for place, field in enumerate(fields)]
        if other != fields and is_documented(":".join(other)):
            return ArnFault(f"it has {what}, and ARNs of its kind have none", "leave the field empty", code, certain=False)
    if fields[5].startswith("/") and name not in _WITHOUT_PATHS:
        # Some services say paths of their APIs for resources, as AWS's own policies show (`arn:aws:aps:*:*:/workspaces`).
        return None
    why = f"`{name}` has nothing that is named like this"
    return ArnFault(why, "write the ARN as AWS's service authorization reference has it", "INVALID_ARN_RESOURCE", certain=False)


def _of_missing(fields: list[str]) -> ArnFault | None:
    """That it has no region or no account, where all ARNs of its kind have."""
    from iamlint.knowledge.arns import lacks

    is_right = fields[2] in _WITHOUT_OWNER or (*fields[2:5], fields[5].partition("/")[0]) == _WORLDWIDE
    places = () if is_right else lacks(":".join(fields))
    if not places:
        return None
    what, code = _MISSING[places]
    return ArnFault(f"it lacks {what}, and ARNs of its kind have one", "fill the field, with `*` for any", code, certain=False)
