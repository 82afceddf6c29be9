"""Can a role do everything, by the policies that stand beside its trust policy?"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.access import Access
from iamlint.access.alter import joined
from iamlint.access.everything import everything
from iamlint.access.whole import is_whole
from iamlint.knowledge.managed_policies import managed_policy
from iamlint.policy.beside import policies_beside
from iamlint.policy.document import Kind
from iamlint.policy.statement import Effect, Patterns, Policy, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.document import Document


# Rules ask once for each whom the role lets in.
@lru_cache(maxsize=16)
def is_administrator(trust: Document) -> bool:
    """Whether the role is allowed everything, or all of IAM, which lets it allow itself everything.

    What is not in the source proves nothing, and a permissions boundary leaves it open.
    """
    beside = policies_beside(trust)
    if beside is None or beside.bounded:
        return False
    policies = [document.policy for document in beside.documents]
    policies += [_ADMINISTRATOR for arn in beside.attached if (found := managed_policy(arn)) is not None and found.is_admin]
    if not policies:
        return False
    together = joined(policies)
    access = Access(together, Kind.IDENTITY)
    return together.complete and (everything(access) is not None or is_whole(access, "iam"))


def _patterns(name: str) -> Patterns:
    return Patterns(name, ("*",), negated=False, route=(), listed=False)


# What the managed policies say that make an administrator:
# https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html
_ADMINISTRATOR = Policy(
    "2012-10-17",
    None,
    (
        Statement(
            0,
            Effect.ALLOW,
            sid=None,
            principals=None,
            actions=_patterns("Action"),
            resources=_patterns("Resource"),
            conditions=(),
            route=(),
        ),
    ),
)
