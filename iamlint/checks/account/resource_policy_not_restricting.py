"""Do data that a role with callers from outside may read have nothing but the role's own policies to keep readers out?"""

from __future__ import annotations

from iamlint.access.administrator import is_administrator
from iamlint.access.evaluation.request import Caller, Request
from iamlint.access.guarded import keeps_nobody_out
from iamlint.access.outside import lets_in_outsiders
from iamlint.access.sets.fits import names_action
from iamlint.finding import Confidence, Fix, Label, Safety
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.arn import split_arn
from iamlint.policy.beside import policies_beside
from iamlint.policy.document import Kind
from iamlint.policy.owner import role_of
from iamlint.policy.stored import named_store, stores
from iamlint.policy.template import Template, is_template
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Policy, Statement
    from iamlint.policy.stored import Store

_READING = {
    "dynamodb": ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"),
    "kms": ("kms:Decrypt",),
    "s3": ("s3:GetObject",),
    "secretsmanager": ("secretsmanager:GetSecretValue",),
}
# In the ARN of a secret.
_COLONS = 6


class _Reader:
    """A role that callers from outside can assume, with all that its source says it may do."""

    __slots__ = ("caller", "case", "name", "policies")

    def __init__(self, case: Case, arn: Sequence[str], name: str, policies: tuple[Policy, ...]) -> None:
        self.case = case
        self.caller = Caller(CallerKind.ROLE, arn[5].removeprefix("role/"), account=arn[4], partition=arn[1], session="session")
        self.name = name
        self.policies = policies

    def reads(self, store: Store) -> Iterator[tuple[Request, Place]]:
        """Requests for what a statement names of the store, and where it does."""
        for statement in [one for policy in self.policies for one in policy.statements if one.allows]:
            resources = statement.resources
            for position, value in enumerate(resources.values if resources is not None and not resources.negated else ()):
                named = _in_store(store, value) if isinstance(value, str) else None
                for action in _READING[store.service] if named is not None else ():
                    if resources is not None and _allows(statement, action):
                        yield Request(action, self.caller, named), Place(resources.value_route(position))


def check(cases: Sequence[Case]) -> Iterator[Finding]:
    """A finding for each store of data that such a role may read by its name, and whose own policy keeps nobody out."""
    readers = [reader for case in cases if case.document.kind is Kind.TRUST and (reader := _reader(case)) is not None]
    if not readers:
        return
    guards = {id(case.document): case for case in cases if case.document.kind is Kind.RESOURCE}
    limits = [case.document.policy for case in cases if case.document.kind is Kind.RCP]
    trees = {id(reader.case.document.tree): reader.case.document.tree for reader in readers}
    for store in stores([case.document for case in guards.values()], tuple(trees.values())):
        found = [(reader, request, place) for reader in readers for request, place in _open(reader, store, limits)]
        if found:
            reader, request, place = found[0]
            others = len({one.name for one, _, _ in found}) - 1
            yield _finding(guards.get(id(store.document), reader.case), store, reader, request, place, others)


def _reader(case: Case) -> _Reader | None:
    document = case.document
    beside = policies_beside(document)
    if beside is None or beside.bounded or beside.partial or not beside.documents or not document.policy.complete:
        return None
    policies = tuple([found.policy for found in beside.documents])
    if not all(policy.complete for policy in policies) or is_administrator(document):
        return None
    if not lets_in_outsiders(case.access, case.zone.inside, case.zone.organizations):
        return None
    arn = role_of(document)
    if arn is not None:
        return _Reader(case, arn, ":".join(arn), policies)
    template = Template(document.tree) if is_template(document.tree) else None
    role = template.holding(document.route) if template is not None else None
    made = split_arn(role.arn) if role is not None else None
    if template is None or role is None or made is None:
        return None
    return _Reader(case, made, role.id, tuple(map(template.filled, policies)))


def _open(reader: _Reader, store: Store, limits: Sequence[Policy]) -> Iterator[tuple[Request, Place]]:
    """The first way in which the role reads the store, where nothing but its policies decides."""
    if store.tree is not None and store.tree is not reader.case.document.tree:
        return
    if store.arn.split(":")[4] not in ("", reader.caller.account):
        return
    for request, place in reader.reads(store):
        if keeps_nobody_out(store.policy, reader.policies, request, sorted(reader.case.zone.organizations), limits):
            yield request, place
            return


def _in_store(store: Store, value: str) -> str | None:
    """Something that a value of a policy names in the store: an object, or the store itself; None where it names another, or any."""
    if store.service == "s3":
        return value.replace("*", "x").replace("?", "x") if named_store(value) == store.arn and "/" in value else None
    if named_store(value) == store.arn:
        return store.arn
    start = value.rstrip("*?")
    # Secrets Manager ends the ARN with six characters that nobody knows before.
    begins = store.service == "secretsmanager" and "*" not in start and "?" not in start and not start.endswith(":secret:")
    return store.arn if begins and start.count(":") >= _COLONS and store.arn.startswith(start) else None


def _allows(statement: Statement, action: str) -> bool:
    actions = statement.actions
    return (
        actions is not None
        and not actions.negated
        and any(isinstance(value, str) and names_action(value, action.lower()) for value in actions.values)
    )


def _finding(case: Case, store: Store, reader: _Reader, request: Request, read: Place, others: int) -> Finding:
    more = f" (and of {others} more)" if others else ""
    own = "its own keeps nobody out" if store.document is not None else "it has none here"
    same = case.document.tree is reader.case.document.tree
    # The ARN of a bucket does not say whose it is.
    sure = store.document is not None and (store.tree is not None or store.service != "s3")
    return case.finding(
        f"`{store.name}` relies on the policies of role `{reader.name}`{more}, which outsiders can assume: {own}",
        store.place,
        label="keeps no role out" if store.document is not None else "has no policy",
        secondary=(Label(read, "read by this"),) if same else (),
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
        subject=store.name,
        witness=request if store.tree is None else None,
        fix=Fix(Safety.MANUAL, f"deny `{request.action}` in its policy to all but the roles that need it, by `aws:PrincipalArn`"),
    )
