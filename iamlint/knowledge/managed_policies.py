"""Which policies does AWS manage?

Names, versions and dates, not their documents: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html.
"""

from __future__ import annotations

import re

from iamlint.knowledge.data import table

_ARN = re.compile(r"arn:aws[a-z-]*:iam::aws:policy(?P<path>/(?:[^:*?]*/)?)(?P<name>[^/:*?]+)")

_NO_SEPARATORS = str.maketrans("", "", "_-")
# How many letters shorter or longer a name with other separators is at most.
_SEPARATORS = 3
# What a policy of AWS names as one of AWS's, though no page lists it.
_NAMED_BY_AWS = frozenset({"AWSQuickSetupCFGRecordingPermissionsBoundary"})


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
    """The ARN that was meant: the right path for the name, or a name of which it is a slip; None when it is known or neither is so.

    Names of AWS differ by little (`AmazonECS…`, `AmazonEKS…`, `…V2`), so only what leaves the capitals and digits alone is a slip.
    """
    match = _ARN.fullmatch(arn)
    if match is None or managed_policy(arn) is not None:
        return None
    found = named(match["name"]) or next((named(name) for name in table("managed_policies") if _is_slip(match["name"], name)), None)
    return found.arn.replace("arn:aws:", arn.partition("iam:")[0], 1) if found is not None else None


def is_named_by_aws(arn: str) -> bool:
    """Whether a policy of AWS names the ARN as one of AWS's, though no page lists it."""
    return arn.rpartition("/")[2] in _NAMED_BY_AWS


def _is_slip(name: str, meant: str) -> bool:
    """Whether names differ only in the case of letters and in separators, or by one small letter too many or too few, or by two swapped."""
    if abs(len(name) - len(meant)) > _SEPARATORS:
        return False
    one, other = _plain(name), _plain(meant)
    if one == other:
        return True
    return _capitals(name) == _capitals(meant) and _is_one_off(one, other)


def _is_one_off(one: str, other: str) -> bool:
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        swapped = other[start + 1 : start + 2] + other[start : start + 1]
        return one[start : start + 2] == swapped and one[start + 2 :] == other[start + 2 :]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[start + 1 :] == shorter[start:]


def _plain(name: str) -> str:
    return name.lower().translate(_NO_SEPARATORS)


def _capitals(name: str) -> str:
    return "".join([letter for letter in name if letter.isupper() or letter.isdigit()])
