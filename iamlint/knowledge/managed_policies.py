"""Which policies does AWS manage?

Names, versions and dates, not their documents: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html.
"""

from __future__ import annotations

import re

from iamlint.knowledge.data import table

_ARN = re.compile(r"arn:aws[a-z-]*:iam::aws:policy(?P<path>/(?:[^:*?]*/)?)(?P<name>[^/:*?]+)")


class ManagedPolicy:
    """A policy of AWS: `version` is the default one, `updated` the day it became so; `is_admin` when it allows every action everywhere."""

    __slots__ = ("is_admin", "name", "path", "updated", "version")

    def __init__(self, name: str, path: str, version: str, updated: str, is_admin: bool) -> None:
        self.name = name
        self.path = path
        self.version = version
        self.updated = updated
        self.is_admin = is_admin

    @property
    def arn(self) -> str:
        """Its ARN in the commercial partition."""
        return f"arn:aws:iam::aws:policy{self.path}{self.name}"

    def __repr__(self) -> str:
        return f"ManagedPolicy({self.name!r})"


def managed_policy(arn: str) -> ManagedPolicy | None:
    """The policy with this ARN, in any partition; None when AWS manages none at this path and of this name."""
    match = _ARN.fullmatch(arn)
    found = named(match["name"]) if match else None
    return found if found is not None and match is not None and found.path == match["path"] else None


def is_managed_arn(arn: str) -> bool:
    """Whether the ARN has the form of a policy of AWS, known or not."""
    return _ARN.fullmatch(arn) is not None


def named(name: str) -> ManagedPolicy | None:
    """The policy of this name."""
    row: list[str] | None = table("managed_policies").get(name)
    return ManagedPolicy(name, row[0], row[1], row[2], "admin" in row[3:]) if row else None


def suggest_managed_policy(arn: str) -> str | None:
    """The ARN that was probably meant: the right path for the name, or a name that is near; None when it is known or nothing is near."""
    match = _ARN.fullmatch(arn)
    if match is None or managed_policy(arn) is not None:
        return None
    from difflib import get_close_matches

    near = get_close_matches(match["name"], table("managed_policies"), n=1, cutoff=0.85)
    found = named(near[0]) if near else None
    return found.arn.replace("arn:aws:", arn.partition("iam:")[0], 1) if found is not None else None
