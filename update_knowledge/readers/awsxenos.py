"""What does `AWSXenos` say of whose an account is?"""

from __future__ import annotations

from typing import Any

from update_knowledge.archive import Archive

# In its list `aws`, from another column, sticks to the names of AWS's services, and to those of some vendors as well.
_GLUE = "aws"
_OF_AWS = frozenset(
    {
        "API Gateway",
        "AWS First-Party Security Hub Products",
        "Billing",
        "CloudTrail",
        "EKS ECR Repositories",
        "ELB logs",
        "GuardDuty Announcements",
        "Redshift logging",
        "Redshift logs",
        "[Deprecated] AWS Log delivery Service",
    }
)


def read_accounts(archive: Archive) -> dict[str, list[str]]:
    """By account: the owner, the page that says so, or nothing, and `aws` when the owner is a service of AWS."""
    table: Any = archive.json("awsxenos/accounts.json")
    return {row["id"]: _account(row) for row in table}


def _account(row: Any) -> list[str]:
    glued = row["owner"]
    owner = glued.removesuffix(_GLUE).strip() if glued.endswith(_GLUE) and glued[: -len(_GLUE)][-1:].isalnum() else glued
    pages = [page for page in row["source"] if page.startswith("https://")]
    return [owner, pages[0] if pages else "", *(["aws"] if owner in _OF_AWS else [])]
