"""Does a role for SAML ask for an audience that AWS's sign-in never has?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html,
https://docs.aws.amazon.com/general/latest/gr/signin-service.html.
"""

from __future__ import annotations

import re

from iamlint.access.glob import wildcard
from iamlint.finding import Fix, Safety
from iamlint.knowledge.regions import regions
from iamlint.policy.operator import Family
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition

_KEY = "saml:aud"
_HOSTS = ("signin.aws.amazon.com", "signin.amazonaws.cn", "signin.amazonaws-us-gov.com", "signin.amazonaws-eusc.eu")
# With encrypted assertions the address holds an id of the provider; IAM Identity Center has addresses of its own.
_ENDPOINT = re.compile(r"https://(?:[a-z0-9-]+\.)?(?:" + "|".join(map(re.escape, _HOSTS)) + r")/(?:platform/)?saml(?:/acs/[^/]+)?\Z")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition of an Allow none of whose values is an address where people sign in to AWS."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions if statement.effect is Effect.ALLOW else ():
            if condition.key.lower() != _KEY or not _asks(condition) or any(map(_may_be_endpoint, condition.values)):
                continue
            value = str(condition.values[0])
            yield case.finding(
                f"`{value}` is no address where people sign in to AWS with SAML",
                Place(condition.value_route(0)),
                label="nobody comes with this audience",
                statement=statement.index,
                subject=value,
                fix=Fix(Safety.MANUAL, f"write `https://{_near(value)}/saml`"),
            )


def _asks(condition: Condition) -> bool:
    return condition.operator.base.family is Family.STRING and not condition.operator.base.negated and bool(condition.values)


def _may_be_endpoint(value: object) -> bool:
    if not isinstance(value, str) or has_hole(value) or has_variable(value):
        return True
    if "*" in value or "?" in value:
        glob = wildcard(value)
        return any(glob.matches(f"https://{host}/saml{rest}") for host in _every_host() for rest in ("", "/acs/SAMLSPzzzz"))
    return _ENDPOINT.match(value) is not None


def _every_host() -> Iterator[str]:
    for host in _HOSTS:
        yield host
        for region in regions():
            yield f"{region}.{host}"


def _near(value: str) -> str:
    """The host that was meant: the one it names, or the usual one."""
    return next((host for host in _HOSTS if host in value), _HOSTS[0])
