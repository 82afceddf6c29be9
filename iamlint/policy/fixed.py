"""Whom and which values does a policy fix?

What a policy fixes separates those it means from everybody else: an account id, an organization, an address range. A value is *fixed*
when nobody else can have it: without wildcard, variable or unknown part where the identity stands.
"""

from __future__ import annotations

from iamlint.knowledge.keys import key_type
from iamlint.policy.operator import Family
from iamlint.policy.pattern import has_hole, has_variable, with_wildcards
from iamlint.policy.principal import Form, Principal
from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Policy, Statement
    from iamlint.text.tree import Route

PATTERNS = ("StringLike", "ArnLike", "ArnEquals")
STRANGE_KEYS = ("aws:principalorgid", "aws:principalorgpaths", "aws:userid")
"""The keys of which somebody from elsewhere has other values than those that a policy fixes, beside the account."""
_TEXTS = (Family.STRING, Family.ARN)
# What people give to keys and to what is encrypted: the beginning of a name tells whose it is, as in a resource.
# https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
_NAMES = ("kms:resourcealiases", "kms:requestalias", "kms:encryptioncontext:")
# Where everybody can have an address.
_MAIL_FOR_ALL = ("gmail.com", "googlemail.com")


def entries(policy: Policy, effect: Effect | None = None) -> Iterator[tuple[Statement, Principal]]:
    """Every value of a Principal (not NotPrincipal) element, with its statement."""
    for statement in policy.statements:
        if statement.principals is None or statement.principals.negated or effect not in (None, statement.effect):
            continue
        for entry in statement.principals.entries:
            yield statement, entry


def named_values(statement: Statement) -> Iterator[tuple[str, Route, str]]:
    """Every text of a statement that can name something, with its place and, in a condition, the key (else "")."""
    for entry in statement.principals.entries if statement.principals is not None else ():
        yield entry.text, entry.route, ""
    resources = statement.resources
    for position, value in enumerate(resources.values if resources is not None else ()):
        if isinstance(value, str) and resources is not None:
            yield value, resources.value_route(position), ""
    for condition in statement.conditions:
        for position, value in enumerate(condition.values):
            if isinstance(value, str):
                yield value, condition.value_route(position), condition.key.lower()


def let_in(policy: Policy) -> Iterator[tuple[Statement, Principal]]:
    """Every principal of an Allow, and each account that a condition picks out of everybody, as if the principal had named it."""
    for statement, entry in entries(policy, Effect.ALLOW):
        yield statement, entry
        if entry.form is Form.EVERYONE:
            for account in sorted(_accounts_in_conditions(policy)):
                yield statement, Principal(entry.type, account, Form.ACCOUNT, entry.route, account=account, partition="aws")


def named_users(policy: Policy) -> Iterator[tuple[Statement, Principal]]:
    """Every IAM user that an Allow names, as a principal or in a condition on the caller."""
    for statement, entry in entries(policy, Effect.ALLOW):
        if entry.form is Form.USER:
            yield statement, entry
    for statement, condition in conditions_on(policy, "aws:principalarn"):
        if statement.denies or condition.operator.base.negated:
            continue
        for position, value in enumerate(condition.values):
            before, user, name = value.partition(":user/") if isinstance(value, str) and not _open(value) else ("", "", "")
            if user and account_of(str(value)):
                route, partition = condition.value_route(position), before.split(":")[1]
                yield (
                    statement,
                    Principal("AWS", str(value), Form.USER, route, account=account_of(str(value)), partition=partition, name=name),
                )


def foreign_accounts(policy: Policy, inside: frozenset[str]) -> Iterator[tuple[Statement, Principal]]:
    """The accounts outside `inside` that Allows name as a whole, or by a condition on the caller."""
    for statement, entry in let_in(policy):
        if entry.form is Form.ACCOUNT and entry.account and entry.account not in inside:
            yield statement, entry


def conditions_on(policy: Policy, key: str) -> Iterator[tuple[Statement, Condition]]:
    """Every condition that tests `key` (in lower case), with its statement."""
    for statement in policy.statements:
        for condition in statement.conditions:
            if condition.key.lower() == key:
                yield statement, condition


def keys_of(policy: Policy) -> frozenset[str]:
    """The keys that conditions of the policy test, in lower case."""
    return frozenset([condition.key.lower() for statement in policy.statements for condition in statement.conditions])


def named_accounts(policy: Policy) -> frozenset[str]:
    """Every account that the policy names, in a principal or in a condition on who the caller is."""
    found = {entry.account for statement in policy.statements if statement.principals for entry in statement.principals.entries}
    return frozenset([account for account in found | _accounts_in_conditions(policy) if account])


def _accounts_in_conditions(policy: Policy) -> set[str]:
    found: set[str] = set()
    for key in ("aws:principalaccount", "aws:principalarn"):
        for _, condition in conditions_on(policy, key):
            found.update([account_of(value) for value in condition.values if isinstance(value, str)])
    return found - {""}


def account_of(value: str) -> str:
    """The account id that a value is, or that an ARN has; empty where it has none, or a pattern."""
    parts = with_wildcards(value).split(":", 5)
    account = parts[4] if len(parts) == 6 else value
    return account if len(account) == 12 and account.isascii() and account.isdigit() else ""


def named_organizations(policy: Policy) -> tuple[str, ...]:
    """The organizations that conditions on the caller name, in their order."""
    found: dict[str, None] = {}
    for key in ("aws:principalorgid", "aws:principalorgpaths"):
        for _, condition in conditions_on(policy, key):
            for value in condition.values:
                root = value.partition("/")[0] if isinstance(value, str) else ""
                if root.startswith("o-") and not _open(root):
                    found[root] = None
    return tuple(found)


def _open(text: str) -> bool:
    return "*" in text or "?" in text or has_hole(text) or has_variable(text)


def is_fixed(key: str, value: str, likes: bool) -> bool:
    """Whether a value that a condition compares with `key` (in lower case) is fixed; `likes` says that it is a pattern."""
    if not likes or not _open(value):
        return not (has_hole(value) or has_variable(value))
    if key.endswith("orgpaths"):
        return not _open(value.partition("/")[0]) and "/" in value
    if key == "aws:userid":
        return ":" in value and not _open(value.partition(":")[0])
    if key.endswith(":email"):
        domain = value.rpartition("@")[2]
        return "@" in value and not _open(domain) and domain.lower() not in _MAIL_FOR_ALL
    if key.startswith(_NAMES):
        return not _open(value.removeprefix("alias/")[:1])
    if key == "secretsmanager:secretid":
        name = value.partition(":secret:")[2]
        return bool(name) and not _open(name[0])
    return key.endswith("arn") and bool(account_of(value))


def pins(condition: Condition) -> bool:
    """Whether a condition asks for values of its key that the policy fixes, and so refuses whatever is elsewhere."""
    operator = condition.operator
    if operator.if_exists or operator.base.negated or operator.for_all:
        return False
    if operator.base.family is Family.BOOL and not operator.quantified:
        return key_type(condition.key.lower()) == "Bool" and all(value in ("true", "false") for value in condition.values)
    if operator.base.family not in _TEXTS:
        return False
    likes = operator.base.positive in PATTERNS
    return all(isinstance(value, str) and is_fixed(condition.key.lower(), value, likes) for value in condition.values)
