"""Can whoever assumes a role choose the very tag by which the role's policies decide what it may do?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html: a session tag takes the place of the role's own tag of that key.
"""

from __future__ import annotations

from iamlint.access.search.question import action_is, fresh_values, is_stranger_of, key_is
from iamlint.access.sets.glob import exact
from iamlint.access.sets.value_sets import TextSet
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.sts import ASSUME_ROLE
from iamlint.policy.beside import policies_beside
from iamlint.policy.fixed import entries, keys_of
from iamlint.policy.pattern import Variable, split
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iamlint.access.evaluation.request import Witness
    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Policy, Statement
    from iamlint.text.tree import Route

_TAG_OF_CALLER = "aws:principaltag/"
_TAG_SESSION = "sts:TagSession"


class _Use:
    """Where a policy of the role decides by a tag (at `route`), and what it allows there."""

    __slots__ = ("action", "route", "tag")

    def __init__(self, tag: str, route: Route, action: str) -> None:
        self.tag = tag
        self.route = route
        self.action = action


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag and account, about the first account's Allow by which callers of it choose the tag's value."""
    trusted = [(statement, entry) for statement, entry in entries(case.document.policy, Effect.ALLOW) if _is_account(entry)]
    beside = policies_beside(case.document) if trusted else None
    uses: dict[str, _Use] = {}
    for document in beside.documents if beside is not None and not beside.bounded else ():
        for use in _uses(document.policy):
            uses.setdefault(use.tag.lower(), use)
    told: set[tuple[str, str]] = set()
    for statement, entry in trusted:
        for use in uses.values():
            witness = _chosen(case, statement, entry, use.tag) if (entry.account, use.tag) not in told else None
            if witness is not None:
                told.add((entry.account, use.tag))
                yield _finding(case, statement, entry, use, witness)


def _is_account(entry: Principal) -> bool:
    return entry.form is Form.ACCOUNT and entry.account != ""


def _uses(policy: Policy) -> Iterator[_Use]:
    """The tags of the caller that an Allow asks for, or puts into a value or a resource."""
    for statement in policy.statements:
        actions = statement.actions
        if statement.denies or actions is None or actions.negated:
            continue
        allowed = next((value for value in actions.values if isinstance(value, str)), "")
        for condition in statement.conditions:
            if condition.operator.base.negated:
                continue
            tag = _tag(condition.key)
            if tag:
                yield _Use(tag, condition.route, allowed)
            for tag in _put_into(condition.values) if policy.variables else ():
                yield _Use(tag, condition.route, allowed)
        resources = statement.resources
        if resources is not None and not resources.negated and policy.variables:
            for tag in _put_into(resources.values):
                yield _Use(tag, resources.route, allowed)


def _tag(key: str) -> str:
    return key[len(_TAG_OF_CALLER) :] if key.lower().startswith(_TAG_OF_CALLER) else ""


def _put_into(values: tuple[object, ...]) -> Iterator[str]:
    for value in values:
        for part in split(value) if isinstance(value, str) and "${" in value else ():
            if isinstance(part, Variable) and _tag(part.key):
                yield _tag(part.key)


def _chosen(case: Case, statement: Statement, entry: Principal, tag: str) -> Witness | None:
    """A request of somebody in the account whom nobody named that sets the tag to a value that nobody named, and gets in."""
    access = case.access
    stranger = is_stranger_of(entry.account, CallerKind.USER, CallerKind.ROLE)
    passed: Mapping[str, TextSet] = {"aws:tagkeys": TextSet((exact(tag),)), f"aws:requesttag/{tag.lower()}": fresh_values()}
    tested = keys_of(case.document.policy)
    values: list[Clause] = [key_is(access.space, key, wanted) for key, wanted in passed.items() if key in tested]
    tagging = access.meets([action_is(_TAG_SESSION), *stranger, *values], statements={statement.index})
    return tagging if tagging is not None and access.meets([action_is(ASSUME_ROLE), *stranger]) is not None else None


def _finding(case: Case, statement: Statement, entry: Principal, use: _Use, witness: Witness) -> Finding:
    assert statement.actions is not None
    return case.finding(
        f"callers of account {entry.account} choose the tag `{use.tag}` of their session, which decides about `{use.action}`",
        Place(statement.actions.route),
        label="with any value for the tag",
        secondary=(Label(Place(entry.route), "to these"), Label(Place(use.route), "the role's policy goes by it")),
        severity=Severity.LOW if entry.account in case.zone.inside else None,
        statement=statement.index,
        subject=f"{entry.account} {use.tag}",
        witness=witness.request,
        fix=Fix(Safety.MANUAL, f"say with `StringEquals` on `aws:RequestTag/{use.tag}` which value they may set, or name who sets it"),
    )
