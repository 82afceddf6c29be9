"""May a service use the role for anybody's resources, although it says for whose it asks?"""

from __future__ import annotations

from iamlint.access.acting import SOURCE_KEYS, services_of, source_conditions
from iamlint.access.evaluation.request import Caller, Request
from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.services import always_sends_source_keys, checks_pass_role, source_keys
from iamlint.knowledge.sts import ASSUME_ROLE
from iamlint.policy.fixed import keys_of
from iamlint.policy.principal import described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.evaluation.request import Witness
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement

_ROLES_ANYWHERE = "rolesanywhere.amazonaws.com"


def check(case: Case) -> Iterator[Finding]:
    """Each service that an Allow names, sends source keys, and is not asked for them."""
    for statement in case.document.policy.statements:
        for entry in services_of(statement):
            # What Roles Anywhere must be asked for is more than the account: a rule of its own says so.
            if entry.name != _ROLES_ANYWHERE and always_sends_source_keys(entry.name) and not source_conditions(statement):
                witness = _for_anybody(case, statement, entry)
                if witness is not None:
                    yield _found(case, statement, entry, witness)


def _for_anybody(case: Case, statement: Statement, entry: Principal) -> Witness | None:
    """A call of the service for a resource that neither a Deny nor an external id tells from ours."""
    access, policy = case.access, case.document.policy
    asked = keys_of(policy)
    if not asked:
        plainly = access.confirmed(Request(ASSUME_ROLE, Caller(CallerKind.SERVICE, entry.text)))
        if plainly is not None and statement.index in plainly.statements:
            return plainly
    from iamlint.access.search.question import key_elsewhere
    from iamlint.access.sources import assumed_by

    tested = sorted(asked & (SOURCE_KEYS | {"sts:externalid"}))
    question = (*assumed_by((entry,)), *[key_elsewhere(access.space, policy, key) for key in tested])
    return access.meets(question, statements=(statement.index,))


def _found(case: Case, statement: Statement, entry: Principal, witness: Witness) -> Finding:
    passed = checks_pass_role(entry.name)
    if passed:
        message = f"only `iam:PassRole` decides for whose resources {described(entry)} uses the role"
    else:
        message = f"{described(entry)} may use the role for anybody's resources: nothing asks whose they are"
    return case.finding(
        message,
        Place(entry.route),
        label="says whose resource it acts for",
        severity=Severity.INFO if passed else None,
        statement=statement.index,
        subject=entry.text,
        witness=witness.request,
        fix=_fix(case, statement, entry),
    )


def _fix(case: Case, statement: Statement, entry: Principal) -> Fix:
    """The account beside the service; the service may act for resources of several."""
    from iamlint.text.edit import AddMember
    from iamlint.text.tree import Mapping

    key = source_keys(entry.name)[0]
    whose = "your account id" if key == "aws:SourceAccount" else "the ARN of your resource, with your account id"
    title = f"require `{key}` to be {whose}"
    alone = statement.principals is not None and len(statement.principals.entries) == 1
    if key != "aws:SourceAccount" or len(case.zone.accounts) != 1 or statement.conditions or not alone or case.document.embedded:
        return Fix(Safety.MANUAL, title)
    own = Mapping((("StringEquals", Mapping(((key, next(iter(case.zone.accounts))),))),))
    return Fix(Safety.UNSAFE, title, (AddMember(Place(statement.route), "Condition", own),))
