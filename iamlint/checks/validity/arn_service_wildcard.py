"""Does an ARN leave open of which service it is?

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.policy.pattern import split
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding


def check(case: Case) -> Iterator[Finding]:
    """A finding for each value of Resource or NotResource with a wildcard where the service stands."""
    for statement in case.document.policy.statements:
        resources = statement.resources
        for position, value in enumerate(resources.values if resources is not None else ()):
            service = _service(value) if isinstance(value, str) else ""
            if resources is not None and ("*" in service or "?" in service):
                fits = "every service" if not service.strip("*") else f"every service that is named like `{service}`"
                yield case.finding(
                    f"`{value}` is about {fits}",
                    Place(resources.value_route(position)),
                    statement=statement.index,
                    subject=str(value),
                    fix=Fix(Safety.MANUAL, "write an ARN for each service that is meant"),
                    aws_codes=("WILDCARD_IN_SERVICE_NAME",),
                )


def _service(value: str) -> str:
    """What stands where an ARN has its service; nothing where the text is no ARN."""
    # What the source or a variable fills in has no wildcard.
    fields = "".join([part if isinstance(part, str) else "x" for part in split(value)]).split(":", 3)
    return fields[2] if len(fields) > 2 and fields[0] == "arn" else ""
