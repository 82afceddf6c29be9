"""Which service principals are there, and which one was meant?

AWS has no list. The table is kept by hand, from policies that AWS wrote or documents, so a name that is not in it may still exist:
`may_exist` says whether there is any reason to think so.
"""

from __future__ import annotations

from iamlint.knowledge.data import table
from iamlint.knowledge.names import is_service
from iamlint.knowledge.regions import partition_of, partitions

_SUFFIX = ".amazonaws.com"
_REGION = "{region}"

# What services are called elsewhere, and what their principals are called.
_ALIASES = {
    "api-gateway": "apigateway",
    "cloudwatch-logs": "logs",
    "cloudwatchlogs": "logs",
    "ecs-task": "ecs-tasks",
    "efs": "elasticfilesystem",
    "elb": "elasticloadbalancing",
    "email": "ses",
    "emr": "elasticmapreduce",
    "eventbridge": "events",
    "lambda-edge": "edgelambda",
    "lambdaedge": "edgelambda",
    "msk": "kafka",
    "step-functions": "states",
    "stepfunctions": "states",
}


class ServicePrincipal:
    """A principal of an AWS service. `name` has `{region}` where a region stands.

    `confidence` is `high` when AWS itself uses the name, `medium` for its samples, `low` when only others do. `uses` are some of
    `principal` (in policies that people write), `service-linked-role`, `condition` (called-via and source keys) and `organizations`.
    """

    __slots__ = ("confidence", "name", "uses")

    def __init__(self, name: str, confidence: str, uses: frozenset[str]) -> None:
        self.name = name
        self.confidence = confidence
        self.uses = uses

    @property
    def is_only_linked(self) -> bool:
        """Whether only service-linked roles are known to trust it: nobody needs to name it in a policy of their own."""
        return self.uses == {"service-linked-role"}

    def __repr__(self) -> str:
        return f"ServicePrincipal({self.name!r})"


def find_service_principal(name: str) -> ServicePrincipal | None:
    """The principal of this name, regional forms (`logs.eu-west-1.amazonaws.com`) included; None when it is not known."""
    rows = table("service_principals")
    for form in _forms(name.lower()):
        row: list[str] | None = rows.get(form)
        if row is not None:
            return ServicePrincipal(form, row[0], frozenset(row[1:]))
    return None


def may_exist(name: str) -> bool:
    """Whether it is known, is named like a service that AWS documents, or is a known one of another partition."""
    if name in table("service_principals") or find_service_principal(name) is not None:
        return True
    stem = _stem(name.lower())
    return stem is not None and (is_service(stem) or find_service_principal(stem + _SUFFIX) is not None)


def may_be_part(name: str) -> bool:
    """Whether it is named like a part of a service that AWS documents, as `custom.rds.amazonaws.com` is: these are in no list."""
    stem = _stem(name.lower())
    return stem is not None and "." in stem and is_service(stem.rpartition(".")[2])


def suggest_service_principal(name: str) -> str | None:
    """The principal that was probably meant; None when it may exist or nothing is near."""
    lower = name.strip().lower()
    if may_exist(name):
        return None
    stem = lower.partition(".amazon")[0].removesuffix(".aws")
    stem = _ALIASES.get(stem, stem)
    if find_service_principal(stem + _SUFFIX) is not None:
        return stem + _SUFFIX
    from difflib import get_close_matches

    known = [one.removesuffix(_SUFFIX) for one in table("service_principals") if one.endswith(_SUFFIX) and _REGION not in one]
    found = get_close_matches(stem, known, n=1, cutoff=0.8)
    return found[0] + _SUFFIX if found else None


def _forms(name: str) -> tuple[str, ...]:
    """The name itself, with `{region}` in place of a region, and without the region."""
    labels = name.split(".")
    for at, label in enumerate(labels):
        if label.count("-") >= 2 and partition_of(label) is not None:
            before, after = labels[:at], labels[at + 1 :]
            return (name, ".".join([*before, _REGION, *after]), ".".join([*before, *after]))
    return (name,)


def _stem(name: str) -> str | None:
    """What stands before the suffix of a partition, without a region."""
    short = _forms(name)[-1]
    for dns in {partition.dns for partition in partitions().values()}:
        if short.endswith(f".{dns}"):
            return short.removesuffix(f".{dns}")
    return None
