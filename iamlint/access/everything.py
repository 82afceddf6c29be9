"""Does a policy allow everything, but for exceptions that leave its holder an administrator?"""

from __future__ import annotations

from iamlint.access.access import Access
from iamlint.access.alter import with_elements, with_statements
from iamlint.access.evaluation.evaluate import Reading, evaluate, statement_applies
from iamlint.access.evaluation.request import Caller, Request
from iamlint.access.search.cube import Cube
from iamlint.access.search.literal import Value
from iamlint.access.search.space import ACTION
from iamlint.access.sets.fits import names_action
from iamlint.access.sets.glob import Chars, Item, action_glob, concatenation, literal_item
from iamlint.access.sets.value_sets import TextSet
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.arn import arn_fields
from iamlint.policy.condition import Unknown
from iamlint.policy.pattern import has_hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.access.search.cube import Clause
    from iamlint.policy.statement import Policy, Statement
    from iamlint.text.tree import Route

# Services about bills and contact data: whoever may do all else needs none of them.
_ASIDE = frozenset("account aws-portal billing budgets ce consolidatedbilling cur freetier invoicing payments purchase-orders tax".split())
HOLDER = Caller(CallerKind.ROLE, "holder-of-this-policy", account="111122223333", session="session")
# What every request carries: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
_CARRIED = {"aws:CurrentTime": "2026-01-01T00:00:00Z", "aws:EpochTime": "1767225600", "aws:ViaAWSService": "false"}
_LETTERS, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
_LETTER = Chars(_LETTERS)


def unnamed(service: str, resource: str = "", name: str = "zzzz") -> Request:
    """A request of `service` whose action, and whose resource, nobody wrote down, as far as they are not given."""
    arn = resource.replace("*", "zzzz").replace("?", "z") or f"arn:aws:{service}:us-east-1:111122223333:zzzz/zzzz"
    return Request(f"{service}:{name}", HOLDER, arn, _CARRIED)


# Only what is meant for all services lets this through.
_UNNAMED = unnamed("zzzz")
# Who may do one of these to whatever there is can undo a Deny.
_WRITES = tuple(
    Request(f"iam:{name}", HOLDER, f"arn:aws:iam::111122223333:{what}/zzzz", _CARRIED)
    for name, what in (
        *(("CreatePolicyVersion", "policy"), ("AttachRolePolicy", "role"), ("PutRolePolicy", "role")),
        *(("AttachUserPolicy", "user"), ("PutUserPolicy", "user")),
    )
)


class Everything:
    """That a policy allows everything: the `statement` that says so (the first of several), and the `exceptions` in the policy's words."""

    __slots__ = ("exceptions", "statement")

    def __init__(self, statement: Statement, exceptions: tuple[str, ...]) -> None:
        self.statement = statement
        self.exceptions = exceptions

    @property
    def action(self) -> Route:
        """Where the statement says which actions: its widest value, or all of a NotAction."""
        actions = self.statement.actions
        assert actions is not None
        for position, value in enumerate(actions.values):
            if not actions.negated and isinstance(value, str) and names_action(value, _UNNAMED.action):
                return actions.value_route(position)
        return actions.route


def everything(access: Access) -> Everything | None:
    """How the policy allows every action on every resource without a condition; None when it does not.

    Actions and resources that it excepts by name, and services about bills, make no difference: who may do all else can take them back.
    So can who may write policies, whatever a Deny takes away of single services.
    """
    if not access.grants.may_be_wide:
        return None
    if access.wide is None:
        access.wide = (_everything(access),)
    return access.wide[0]


def _everything(access: Access) -> Everything | None:
    policy = access.policy
    writes = any(evaluate(policy, request).allowed for request in _WRITES)
    excepts = _is_partial if writes else _is_exception
    statements = [_opened(one) for one in policy.statements if not (_is_exception(one) or excepts(one))]
    wide = with_statements(policy, statements)
    if not evaluate(wide, _UNNAMED).allowed:
        return None
    excepted = [value for statement in statements for value in _excepted(statement)]
    if Access(wide, access.kind).covers([actions_of(), _other_than(excepted)]) is not None:
        return None
    blamed = next(statement for statement in policy.statements if _grants(statement, wide))
    said = [text for statement in policy.statements for text in _said(statement)]
    return Everything(blamed, tuple(dict.fromkeys([*excepted, *said])))


def actions_of(service: str = "") -> Clause:
    """All actions that a service, or any service, has or may have: their names hold nothing but letters and digits."""
    prefix = [literal_item(char) for char in service] if service else [Item(_LETTER), Item(Chars(_LETTERS + _DIGITS + "-"), loop=True)]
    name = concatenation(prefix, [literal_item(":"), Item(_LETTER), Item(Chars(_LETTERS + _DIGITS), loop=True)])
    return (Cube((Value(ACTION, TextSet((name,)), absent=False),)),)


def _other_than(patterns: Iterable[str]) -> Clause:
    return (Cube((Value(ACTION, TextSet(map(action_glob, patterns), complemented=True), absent=False),)),)


def _grants(statement: Statement, policy: Policy) -> bool:
    return statement.allows and statement_applies(_opened(statement), _UNNAMED, policy.variables, Reading.CERTAIN)


def _opened(statement: Statement) -> Statement:
    """The statement as one about all resources where it is about every ARN, or about all but some that it names."""
    resources = statement.resources
    if statement.denies or resources is None:
        return statement
    every = all(map(_is_named, resources.values)) if resources.negated else any(map(every_resource, resources.values))
    return with_elements(statement, actions=statement.actions, resources=None) if every else statement


def every_resource(value: str | Unknown, service: str = "*") -> bool:
    """Whether a Resource value takes every ARN of `service`, or of all services."""
    if isinstance(value, str) and value and not value.strip("*"):
        return True
    fields = arn_fields(value) if isinstance(value, str) else []
    fields += ["*"] * (6 - len(fields)) if len(fields) > 2 else []
    if len(fields) != 6 or fields[0] != "arn" or fields[2] not in ("*", service) or fields[5].strip("*/:"):
        return False
    # ARNs of S3 and a few others have neither region nor account.
    return all(field == "*" or (field == "" and service != "*" and service == fields[2]) for field in fields[3:5])


def _is_exception(statement: Statement) -> bool:
    """Whether a Deny takes away single actions, or is about single resources."""
    if statement.allows or statement.actions is None:
        return False
    if not statement.actions.negated and all(map(_is_single, statement.actions.values)):
        return True
    resources = statement.resources
    return resources is not None and not resources.negated and bool(resources.values) and all(map(_is_named, resources.values))


def _is_partial(statement: Statement) -> bool:
    """Whether a Deny takes away no more than actions of services that it names."""
    actions = statement.actions
    if statement.allows or actions is None or actions.negated:
        return False
    return all(map(_is_of_one_service, actions.values))


def _is_of_one_service(value: str | Unknown) -> bool:
    return isinstance(value, str) and ":" in value and not has_hole(value) and not ("*" in _service(value) or "?" in _service(value))


def _excepted(statement: Statement) -> Iterable[str]:
    """The actions that a NotAction excepts and that make no difference; those of a Deny are left out with it."""
    actions = statement.actions
    if actions is None or actions.negated is statement.denies:
        return ()
    return [value for value in actions.values if isinstance(value, str) and (_is_single(value) or _service(value) in _ASIDE)]


def _is_single(value: str | Unknown) -> bool:
    return isinstance(value, str) and ":" in value and not ("*" in value or "?" in value or has_hole(value))


def _service(value: str) -> str:
    return value.partition(":")[0].lower()


def _is_named(value: str | Unknown) -> bool:
    """Whether a resource has a name, or the beginning of one: `…:role/audit-*`, but not `…:role/*`."""
    if isinstance(value, Unknown):
        return True
    fields = arn_fields(value)
    name = fields[-1]
    # Before the name stands a type, but not in S3: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    if fields[2:3] != ["s3"]:
        name = name.partition("/" if "/" in name else ":")[2] or name
    return value != "*" and name[:1] not in ("*", "?")


def _said(statement: Statement) -> list[str]:
    """The words of an exception: the actions of a Deny, or what it is about where those are patterns; what an Allow is not about."""
    patterns = statement.resources
    if statement.allows:
        patterns = patterns if patterns is not None and patterns.negated else None
    elif not _is_exception(statement):
        patterns = statement.actions if _is_partial(statement) else None
    elif statement.actions is not None and not statement.actions.negated and all(map(_is_single, statement.actions.values)):
        patterns = statement.actions
    return [value for value in patterns.values if isinstance(value, str)] if patterns is not None else []
