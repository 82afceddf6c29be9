"""Does a role for SAML ask for an audience that AWS's sign-in never has?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html,
https://docs.aws.amazon.com/general/latest/gr/signin-service.html.
"""

from __future__ import annotations

import re

from iamlint.access.sets.glob import wildcard
from iamlint.finding import Confidence, Fix, Safety
from iamlint.knowledge.regions import regions
from iamlint.policy.operator import Family
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.policy.principal import Form
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_KEY = "saml:aud"
_PARTITIONS = {
    "aws": "signin.aws.amazon.com",
    "aws-cn": "signin.amazonaws.cn",
    "aws-us-gov": "signin.amazonaws-us-gov.com",
    "aws-eusc": "signin.amazonaws-eusc.eu",
}
_HOSTS = tuple(_PARTITIONS.values())
# With encrypted assertions the address holds an id of the provider; IAM Identity Center has addresses of its own.
_ENDPOINT = re.compile(r"https://(?:[a-z0-9-]+\.)?(?P<host>" + "|".join(map(re.escape, _HOSTS)) + r")/(?:platform/)?saml(?:/acs/[^/]+)?\Z")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition of an Allow none of whose values is an address where people sign in to AWS, or to that partition."""
    for statement in case.document.policy.statements:
        hosts = _hosts(statement)
        for condition in statement.conditions if statement.allows else ():
            if condition.key.lower() != _KEY or not _asks(condition) or any(_may_be_endpoint(value, hosts) for value in condition.values):
                continue
            yield _finding(case, statement, condition, hosts)


def _hosts(statement: Statement) -> tuple[str, ...]:
    """Where people with an assertion of the statement's providers sign in: in the partition of them all, if it is one that we know."""
    entries = statement.principals.entries if statement.principals is not None else ()
    partitions = {entry.partition if entry.form is Form.SAML else "" for entry in entries}
    host = _PARTITIONS.get(partitions.pop()) if len(partitions) == 1 else None
    return (host,) if host else _HOSTS


def _finding(case: Case, statement: Statement, condition: Condition, hosts: tuple[str, ...]) -> Finding:
    value = str(condition.values[0])
    elsewhere = _may_be_endpoint(value, _HOSTS)
    people = "people sign in to another partition than the provider's"
    return case.finding(
        f"at `{value}` {people}" if elsewhere else f"`{value}` is no address where people sign in to AWS with SAML",
        Place(condition.value_route(0)),
        label="nobody comes with this audience",
        confidence=Confidence.MEDIUM if elsewhere else Confidence.HIGH,
        statement=statement.index,
        subject=value,
        fix=Fix(Safety.MANUAL, f"write `https://{_near(value, hosts)}/saml`"),
    )


def _asks(condition: Condition) -> bool:
    return condition.operator.base.family is Family.STRING and not condition.operator.base.negated and bool(condition.values)


def _may_be_endpoint(value: object, hosts: tuple[str, ...]) -> bool:
    if not isinstance(value, str) or has_hole(value) or has_variable(value):
        return True
    if "*" in value or "?" in value:
        glob = wildcard(value)
        return any(glob.matches(f"https://{host}/saml{rest}") for host in _every_host(hosts) for rest in ("", "/acs/SAMLSPzzzz"))
    found = _ENDPOINT.match(value)
    return found is not None and found["host"] in hosts


def _every_host(hosts: tuple[str, ...]) -> Iterator[str]:
    for host in hosts:
        yield host
        for region in regions():
            yield f"{region}.{host}"


def _near(value: str, hosts: tuple[str, ...]) -> str:
    """The host that was meant: the one it names, or the usual one."""
    return next((host for host in hosts if host in value), hosts[0])
