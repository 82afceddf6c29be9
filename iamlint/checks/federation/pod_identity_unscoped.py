"""May every pod of every cluster that somebody associates with a role assume it?

https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html.
"""

from __future__ import annotations

from iamlint.access.search.question import action_is, caller_is, key_elsewhere, provider_is
from iamlint.finding import Fix, Safety
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.fixed import entries, keys_of
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

_SERVICE = "pods.eks.amazonaws.com"
_SCOPES = ("aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths")
_TAGS = ("aws:requesttag/kubernetes-", "aws:requesttag/eks-")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each statement that lets in the service for whichever cluster and pod."""
    policy = case.document.policy
    asked = [key for key in keys_of(policy) if key in _SCOPES or key.startswith(_TAGS)]
    for statement, entry in entries(policy, Effect.ALLOW):
        if entry.form is not Form.SERVICE or entry.name != _SERVICE:
            continue
        question = [action_is("sts:AssumeRole"), caller_is(CallerKind.SERVICE), provider_is(entry.text)]
        question += [key_elsewhere(case.access.space, policy, key) for key in asked]
        if case.access.meets(question, statements={statement.index}) is not None:
            yield case.finding(
                "every pod that somebody associates with the role can assume it, in any cluster of the account",
                Place(entry.route),
                label="for any pod",
                statement=statement.index,
                subject=entry.text,
                fix=Fix(Safety.MANUAL, "ask for `aws:RequestTag/kubernetes-namespace` and `aws:RequestTag/kubernetes-service-account`"),
            )
