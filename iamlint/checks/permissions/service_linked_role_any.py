"""May the holder of an identity policy make the role of any service?"""

from __future__ import annotations

from iamlint.access.powers import Powers
from iamlint.access.roles import service_linked_codes
from iamlint.finding import Fix, Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
_MAKES = Powers("iam:CreateServiceLinkedRole")
ACTIONS = _MAKES.actions
_ANY = {"iam:AWSServiceName": "zzzz.amazonaws.com"}


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy."""
    for chain in _MAKES.held(case.access, _ANY):
        yield case.granting(
            "the holder can make the service-linked role of any service, with `iam:CreateServiceLinkedRole`",
            chain,
            label="for any service",
            fix=Fix(Safety.MANUAL, "name the services in a condition on `iam:AWSServiceName`"),
            aws_codes=service_linked_codes(chain[0].statement),
        )
