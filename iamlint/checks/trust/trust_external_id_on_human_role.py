"""Is an external id asked of people, who cannot send one from the console?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html: the page to switch roles takes an account, a role
and a display name, and nothing else.
"""

from __future__ import annotations

from iamlint.access.search.callers import named_by
from iamlint.access.search.question import action_is, key_absent, key_is, key_present, name_not_like
from iamlint.access.sets.glob import exact
from iamlint.access.sets.value_sets import TextSet
from iamlint.finding import Confidence, Fix, Label, Safety
from iamlint.knowledge.vendors import vendor_of
from iamlint.policy.fixed import conditions_on, entries, keys_of
from iamlint.policy.principal import Form, described, names_machine
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.access import Access
    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principal

_ID = "sts:ExternalId"
_PRESENT, _AGE = "aws:multifactorauthpresent", "aws:multifactorauthage"
# Roles that IAM Identity Center made for people.
_PEOPLE = "*AWSReservedSSO_*"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each principal that only people can use, and nobody without an external id."""
    access = case.access
    for statement, entry in entries(case.document.policy, Effect.ALLOW):
        asking = [condition for owner, condition in conditions_on(access.policy, _ID.lower()) if owner is statement]
        if entry.type != "AWS" or not asking or vendor_of(entry.account) is not None:
            continue
        who = [action_is("sts:AssumeRole"), named_by(entry)]
        witness = access.meets([*who, key_present(access.space, _ID)], statements=(statement.index,))
        if witness is None or access.meets([*who, key_absent(access.space, _ID)]) is not None:
            continue
        why = _people(case, who, entry)
        if why:
            caller = f"people of {described(entry)}" if entry.form is Form.ACCOUNT else described(entry)
            yield case.finding(
                f"{caller} cannot switch to the role in the console, which sends no external id",
                Place(asking[0].route, on_key=True),
                label="not to be had there",
                secondary=(Label(Place(entry.route), why),),
                confidence=Confidence.MEDIUM,
                statement=statement.index,
                subject=entry.text,
                witness=witness.request,
                fix=Fix(Safety.MANUAL, "ask people of your own organization for no external id; MFA and who they are protect the role"),
            )


def _people(case: Case, who: Sequence[Clause], entry: Principal) -> str:
    """Why only people can use the principal; nothing where a machine may."""
    machine = [*who, name_not_like(_PEOPLE)]
    if case.access.meets(machine) is None:
        return "a role of IAM Identity Center"
    if case.access.meets([*machine, *_without_mfa(case.access)]) is None:
        return "only with MFA"
    # Services of others may well be users there.
    own = entry.form is Form.USER and entry.account in case.zone.accounts and not names_machine(entry.name)
    return "a user of your own" if own else ""


def _without_mfa(access: Access) -> Iterator[Clause]:
    """That the request has no MFA."""
    tested, space = keys_of(access.policy), access.space
    if _PRESENT in tested:
        yield key_is(space, _PRESENT, TextSet((exact("true"),), complemented=True), absent=True)
    if _AGE in tested:
        yield key_absent(space, _AGE)
