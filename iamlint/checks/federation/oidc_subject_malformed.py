"""Does a role ask for a subject that no token of the issuer has?

GitHub puts names of claims and their values into it, whatever an owner customizes:
https://docs.github.com/en/actions/reference/security/oidc. Those of GitLab, HCP Terraform and Kubernetes always begin the same.
"""

from __future__ import annotations

import re

from iamlint.finding import Confidence, Fix, Label, Safety, Severity
from iamlint.knowledge.issuers import find_issuer
from iamlint.knowledge.wildcards import has_wildcard
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.policy.principal import Form
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeGuard

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.knowledge.issuers import Issuer
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement

_GITHUB = frozenset({"github-actions", "github-actions-enterprise", "github-enterprise-server"})
_CLUSTERS = frozenset({"eks", "kubernetes"})
_OTHERS = frozenset({"gitlab", "gitlab-self-managed", "hcp-terraform"})
_JUDGED = _GITHUB | _CLUSTERS | _OTHERS
# The name of a claim, as far as it is written; and an owner and a repository, each perhaps with its number.
_CLAIM = re.compile(r"[A-Za-z0-9_]*")
_REPOSITORY = re.compile(r"[^/:*?]+/[^/:*?]+")
_BARE = re.compile(f"repo:{_REPOSITORY.pattern}")
_UNENDED = re.compile(r"[^/:*?]*/?[^/:*?]*")
_REF = "refs/"
_WITHOUT_VALUE = "pull_request"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each value of a condition on the subject that fits none."""
    for statement in case.document.policy.statements:
        if not statement.allows or statement.principals is None or statement.principals.negated:
            continue
        for entry in statement.principals.entries:
            issuer = find_issuer(entry.name) if entry.form is Form.OIDC and entry.name else None
            if issuer is not None and issuer.id in _JUDGED:
                yield from _of_provider(case, statement, entry, issuer)


def _of_provider(case: Case, statement: Statement, entry: Principal, issuer: Issuer) -> Iterator[Finding]:
    key, issued = issuer.key(issuer.subject_claim).lower(), (Label(Place(entry.route), "issues the tokens"),)
    for condition in statement.conditions:
        if condition.key.lower() != key or condition.operator.base.negated:
            continue
        wrong = [position for position, value in enumerate(condition.values) if _never_fits(issuer, condition, value)]
        for position in wrong:
            yield case.finding(
                f"no token of {issuer.name} has a subject like `{condition.values[position]}`",
                Place(condition.value_route(position)),
                label="matches nothing",
                secondary=issued,
                severity=None if len(wrong) == len(condition.values) else Severity.LOW,
                statement=statement.index,
                subject=str(condition.values[position]),
                fix=Fix(Safety.MANUAL, f"write it as tokens have it, such as `{issuer.template}`"),
            )
        if issuer.id in _GITHUB:
            yield from _bare(case, statement, condition, issuer, issued)


def _bare(case: Case, statement: Statement, condition: Condition, issuer: Issuer, issued: tuple[Label, ...]) -> Iterator[Finding]:
    """A finding for each value that is a repository and nothing else."""
    for position, value in enumerate(condition.values):
        if not _is_written(value) or _BARE.fullmatch(value) is None:
            continue
        yield case.finding(
            f"no token of {issuer.name} has the subject `{value}`, unless an owner left everything else out of it",
            Place(condition.value_route(position)),
            label="a subject goes on behind the repository",
            secondary=issued,
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
            statement=statement.index,
            subject=value,
            fix=Fix(Safety.MANUAL, f"name the branch or environment, such as `{value}:ref:refs/heads/main`"),
        )


def _is_written(value: str | Unknown) -> TypeGuard[str]:
    """Whether neither the source nor a request fills in some of the value."""
    return isinstance(value, str) and not has_hole(value) and not has_variable(value)


def _never_fits(issuer: Issuer, condition: Condition, value: str | Unknown) -> bool:
    """Whether the value is known, is meant as it stands, and is no subject of the issuer."""
    if not _is_written(value):
        return False
    wild = has_wildcard(value)
    if condition.operator.base.positive not in ("StringEquals", "StringLike") or (
        wild and condition.operator.base.positive == "StringEquals"
    ):
        return False
    if issuer.id in _GITHUB:
        return not _is_of_github(re.split(r"[*?]", value, maxsplit=1)[0], ended=not wild)
    if issuer.id in _CLUSTERS and not wild:
        return not any(re.fullmatch(form, value) for form in issuer.subject_formats)
    return not issuer.split(value)


def _is_of_github(beginning: str, *, ended: bool) -> bool:
    """Whether some subject is so, or begins so where it has not `ended`."""
    name, colon, rest = beginning.partition(":")
    if not colon:
        return _CLAIM.fullmatch(name) is not None and (not ended or name == _WITHOUT_VALUE)
    if _CLAIM.fullmatch(name) is None:
        return False
    if name != "repo":
        return name != "ref" or _is_ref(rest)
    repository, colon, context = rest.partition(":")
    if not (colon or ended):
        return _UNENDED.fullmatch(repository) is not None
    return _REPOSITORY.fullmatch(repository) is not None and (not colon or _is_context(context, ended=ended))


def _is_context(beginning: str, *, ended: bool) -> bool:
    """Whether what follows a repository is the name of a claim, with its value if it has one."""
    name, colon, rest = beginning.partition(":")
    if _CLAIM.fullmatch(name) is None or (ended and not name):
        return False
    return name != "ref" or not colon or _is_ref(rest)


def _is_ref(beginning: str) -> bool:
    return beginning.startswith(_REF) or _REF.startswith(beginning)
