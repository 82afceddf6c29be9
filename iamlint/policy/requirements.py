"""Which elements does a policy of a kind lack, or have that it must not have?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

from iamlint.policy.document import WITHOUT_PRINCIPAL, Kind
from iamlint.policy.grammar import removing
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.draft import Draft, Reading
    from iamlint.policy.grammar import Problems

_WITH_PRINCIPAL = frozenset({Kind.TRUST, Kind.RESOURCE, Kind.RCP, Kind.VPC_ENDPOINT})
# A few resource policies do without a Resource (those of ECR repositories), so it is not asked of them.
_WITH_RESOURCE = frozenset({Kind.IDENTITY, Kind.SCP, Kind.RCP, Kind.BOUNDARY, Kind.SESSION, Kind.VPC_ENDPOINT})
# What most statements of theirs have; nothing needs to be asked of these.
_NEEDED = frozenset({"Effect", "Action", "Resource"})
_USUAL = frozenset({_NEEDED, _NEEDED | {"Sid"}, _NEEDED | {"Condition"}, _NEEDED | {"Sid", "Condition"}})
_PAIRS = ("Principal", "Action", "Resource")


def check_elements(reading: Reading, kind: Kind) -> None:
    """Note the elements that a policy of this kind lacks, has twice over, or must not have."""
    problems = reading.problems
    problems.statement = None
    plain = kind in WITHOUT_PRINCIPAL
    if "Statement" not in reading.elements:
        _report_no_statement(reading)
    for draft in reading.drafts:
        if plain and frozenset(draft.names) in _USUAL:
            continue
        problems.statement = draft.index
        if not draft.has("Effect"):
            _missing(draft, "Effect", "`Allow` or `Deny`", problems)
        if not draft.has("Action"):
            _missing(draft, "Action", "the actions it is about", problems)
        if kind in _WITH_PRINCIPAL and not draft.has("Principal"):
            _missing(draft, "Principal", "whom it is about", problems)
        if kind in _WITH_RESOURCE and not draft.has("Resource"):
            _missing(draft, "Resource", "the resources it is about, or `*`", problems)
        if kind is Kind.TRUST and ("Resource" in draft.names or "NotResource" in draft.names):
            _report_resource(draft, problems)
        for name in _PAIRS:
            if name in draft.names and "Not" + name in draft.names:
                _report_pair(draft, name, problems)


def _report_no_statement(reading: Reading) -> None:
    is_bare = bool(reading.drafts)
    reading.problems.add(
        "missing-element",
        Place(reading.route),
        "a statement stands here without a policy around it" if is_bare else "the policy has no `Statement`",
        'put it into `{"Version": "2012-10-17", "Statement": […]}`' if is_bare else "add `Statement` with a list of statements",
        subject="Statement",
        aws_codes=("MISSING_STATEMENT",),
    )


def _missing(draft: Draft, name: str, content: str, problems: Problems) -> None:
    draft.broken = True
    problems.add(
        "missing-element",
        Place(draft.route),
        f"the statement has no `{name}`",
        f"add `{name}`: {content}",
        subject=name,
        aws_codes=("MISSING_" + name.upper(),),
    )


def _report_resource(draft: Draft, problems: Problems) -> None:
    """A trust policy is about the role that it stands on: the element is reported, and left out of what the statement says."""
    for name in ("Resource", "NotResource"):
        if name not in draft.names:
            continue
        route = (*draft.route, draft.names[name])
        problems.add(
            "trust-has-resource",
            Place(route, on_key=True),
            f"a role trust policy must not have `{name}`",
            "remove it: the role itself is the resource",
            subject=name,
            mending=removing(route, name),
            aws_codes=("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",),
        )
    if draft.statement is not None:
        draft.statement.resources = None


def _report_pair(draft: Draft, name: str, problems: Problems) -> None:
    """IAM takes no such statement: what it would allow nobody knows."""
    draft.statement = None
    draft.broken = True
    problems.open = True
    problems.add(
        "missing-element",
        Place((*draft.route, draft.names["Not" + name]), on_key=True),
        f"the statement has both `{name}` and `Not{name}`",
        f"keep one of them; `Not{name}` means everything but what it lists",
        subject="Not" + name,
        secondary=((Place((*draft.route, draft.names[name]), on_key=True), "the other one"),),
        aws_codes=("UNSUPPORTED_ELEMENT_COMBINATION",),
    )
