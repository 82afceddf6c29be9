"""Which roles does a permission reach: all of every account, all of one account, those of a name's pattern, or only those it names?"""

from __future__ import annotations

from itertools import product

from iamlint.access.alter import placed, with_elements, with_statements, with_values
from iamlint.access.evaluation.evaluate import action_applies, evaluate
from iamlint.access.evaluation.request import Request, Witness
from iamlint.access.evaluation.scope import Scope
from iamlint.access.everything import HOLDER
from iamlint.access.search.cube import Cube
from iamlint.access.search.literal import Value
from iamlint.access.search.question import action_is
from iamlint.access.search.space import RESOURCE_PARTS
from iamlint.access.sets.fits import fits, names_action
from iamlint.access.sets.glob import Chars, Item, concatenation, exact, literal_item, wildcard
from iamlint.access.sets.value_sets import ALL_TEXT, TextSet
from iamlint.enumeration import Enumeration
from iamlint.knowledge.keys import canonical_key
from iamlint.policy.condition import Unknown
from iamlint.policy.fixed import keys_of
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.policy.statement import Patterns
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from iamlint.access.access import Access
    from iamlint.access.search.cube import Clause
    from iamlint.access.sets.glob import Glob
    from iamlint.policy.statement import Statement


class Reach(Enumeration):
    """Which roles a Resource value stands for, the most first."""

    EVERY = "every role"
    ACCOUNT = "every role of an account"
    NAMES = "the roles of some name, in every account"
    NAMES_OF_ACCOUNT = "the roles of some name in an account"


ORDER = tuple(Reach)
_LABELS = {Reach.EVERY: "every role", Reach.ACCOUNT: "every role of the account", Reach.NAMES: "", Reach.NAMES_OF_ACCOUNT: ""}
# A role, and an account, that nobody wrote down.
_LETTER = Chars("z")
_ROLE = concatenation([literal_item(char) for char in "role/zz"], (Item(_LETTER, loop=True),))
STRANGER = "999999999999"
# What every request for a role carries beside what it is asked with, and the policy may test.
_OWNER = frozenset({"aws:resourceaccount"})


class Reached:
    """A value of a statement's Resource (at `position`; None for NotResource) and the roles it stands for.

    `account` is theirs ("" for every), `name` what their names match, path included ("" for every). `open` says that the source leaves the
    account, or another place in the ARN, open.
    """

    __slots__ = ("account", "name", "open", "position", "reach", "statement")

    def __init__(
        self, statement: Statement, reach: Reach, position: int | None = None, account: str = "", name: str = "", *, open: bool = False
    ) -> None:
        self.statement = statement
        self.reach = reach
        self.position = position
        self.account = account
        self.name = name
        self.open = open

    @property
    def value(self) -> str:
        """What the policy says there."""
        resources = self.statement.resources
        found = resources.values[self.position] if resources is not None and self.position is not None else "NotResource"
        return found if isinstance(found, str) else found.label

    @property
    def owner(self) -> str:
        """The account in words."""
        return "an account" if self.open else f"account `{self.account}`"

    @property
    def place(self) -> Place:
        """Where it says that."""
        resources = self.statement.resources
        assert resources is not None
        return Place(resources.route if self.position is None else resources.value_route(self.position))

    @property
    def label(self) -> str:
        """What to say at that place."""
        return "every role but these" if self.position is None else _LABELS[self.reach]

    def clause(self) -> Clause:
        """Roles it stands for: with a name that nobody wrote down, or, where it has a pattern for names, of that pattern."""
        name = wildcard("role/" + self.name) if self.name else _ROLE
        globs: list[Glob | None] = [None, exact("iam"), exact(""), exact(self.account) if self.account else None, name]
        tests = [
            Value(dimension, ALL_TEXT if glob is None else TextSet((glob,)), absent=False)
            for dimension, glob in zip(RESOURCE_PARTS, globs, strict=True)
        ]
        return (Cube(tests),)


def reached_roles(access: Access, action: str) -> list[Reached]:
    """The Resource values with wildcards under which Allows grant `action` of IAM roles, those that reach most first."""
    found: list[Reached] = []
    for statement in granting(access, action):
        found += _reached(statement)
    return sorted(found, key=lambda reached: ORDER.index(reached.reach))


def granting(access: Access, action: str) -> Iterator[Statement]:
    """The Allows whose actions match `action`, whatever their resources and conditions."""
    grants, lower = access.grants, action.lower()
    named = grants.naming(action)
    yield from named
    told = {statement.index for statement in named}
    for statement, value in grants.wild:
        if statement.index not in told and _matches(statement, value, lower):
            told.add(statement.index)
            yield statement


def _matches(statement: Statement, value: str, action: str) -> bool:
    if value:
        return names_action(value, action)
    values = statement.actions.values if statement.actions is not None else ()
    # What a hole stands for may be the action, so nothing is granted for sure.
    return not any(isinstance(text, Unknown) or has_hole(text) or names_action(text, action) for text in values)


def _reached(statement: Statement) -> Iterator[Reached]:
    resources = statement.resources
    if resources is None:
        return
    if resources.negated:
        yield Reached(statement, Reach.EVERY)
        return
    for position, value in enumerate(resources.values):
        reached = _reach(statement, value, position)
        if reached is not None:
            yield reached


def _reach(statement: Statement, value: str | Unknown, position: int) -> Reached | None:
    if isinstance(value, str) and value and not value.strip("*"):
        return Reached(statement, Reach.EVERY, position)
    if isinstance(value, Unknown) or not ("*" in value or "?" in value):
        return None
    filled = placed(value)
    if not isinstance(filled, str) or has_hole(filled) or has_variable(filled):
        return None
    fields = filled.split(":", 5)
    fields += ["*"] * (6 - len(fields))
    if fields[0] != "arn" or not fits(fields[2], "iam") or not fits(fields[3], ""):
        return None
    every = "*" in fields[4] or "?" in fields[4]
    account, name = "" if every else fields[4], fields[5].removeprefix("role/")
    if fits(fields[5], "role/zzzzzzzz"):
        return Reached(statement, Reach.EVERY if every else Reach.ACCOUNT, position, account, open=filled != value)
    if name == fields[5] or not ("*" in name or "?" in name):
        return None
    return Reached(statement, Reach.NAMES if every else Reach.NAMES_OF_ACCOUNT, position, account, name, open=filled != value)


def against(access: Access, action: str) -> Sequence[Statement]:
    """The Denies that may be about `action`."""
    if not access.denies:
        return ()
    asked = Scope(Request(action, HOLDER), access.policy.variables, True)
    return [statement for statement in access.denies if action_applies(statement, asked)]


def on_its_own(access: Access, statement: Statement, action: str) -> Access:
    """What the policy says of `action` with `statement`, which grants it, for its only Allow, and with something for unknown accounts."""
    resources = statement.resources
    if resources is not None:
        resources = with_values(resources, map(placed, resources.values))
    granted = Patterns("Action", (action,), negated=False, route=(), listed=False)
    alone = with_elements(statement, actions=granted, resources=resources)
    return type(access)(with_statements(access.policy, [alone, *against(access, action)]), access.kind)


def proof(access: Access, reached: Reached, question: Callable[[], Sequence[Clause]], likely: Request) -> Witness | None:
    """A request of `question` (made when needed) that `access` allows: the action of `likely`, on a role that `reached` stands for.

    `likely` is one of those asked about, by what it carries. Where no condition tests anything else, it mostly settles it without a search.
    """
    lacking = keys_of(access.policy) - likely.context.keys()
    if lacking <= _OWNER:
        name = reached.name.replace("*", "x").replace("?", "x") or "zzzz"
        likely_owners = (HOLDER.account,) if reached.name else (STRANGER, HOLDER.account)
        for owner in (reached.account,) if reached.account else likely_owners:
            told = {"aws:ResourceAccount": owner} if lacking else {}
            plain = likely.about(f"arn:aws:iam::{owner}:role/{name}", told)
            if evaluate(access.policy, plain).allowed:
                return Witness(plain, (reached.statement.index,))
    return access.meets([action_is(likely.action), reached.clause(), *question()])


def retold(access: Access, reached: Reached, witness: Witness, action: str, account: str) -> Request | None:
    """The witness as people read it, with the policy's holder for its caller and a role of `account`, as far as the policy does not mind.

    None where the source leaves something open: then it is a proof for one of its values only.
    """
    if reached.open:
        return None
    found = witness.request
    context = {canonical_key(found.names.get(key, key)): value for key, value in found.context.items()}
    resources = [found.resource] if reached.name else [f"arn:aws:iam::{reached.account or account}:role/some-other-role", found.resource]
    for caller, resource in product((HOLDER, found.caller), resources):
        told = Request(action, caller, resource, context)
        if evaluate(access.policy, told).allowed:
            return told
    return found


def pass_role_codes(statement: Statement) -> tuple[str, ...]:
    """What AWS's validation says of a statement that passes every role to every service."""
    return _code(statement, "iam:passrole", _PASS_CODES)


def service_linked_codes(statement: Statement) -> tuple[str, ...]:
    """What AWS's validation says of a statement that makes the roles of every service."""
    return _code(statement, "iam:createservicelinkedrole", _SERVICE_LINKED_CODES)


def _code(statement: Statement, action: str, codes: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    actions, resources = statement.actions, statement.resources
    if actions is None or resources is None or not (resources.negated or "*" in resources.values):
        return ()
    spelled = [value for value in actions.values if isinstance(value, str) and value.lower() == action]
    row = 2 if actions.negated else 0 if spelled else 1
    return (codes[row][resources.negated],)


_PASS_CODES = (
    ("PASS_ROLE_WITH_STAR_IN_RESOURCE", "PASS_ROLE_WITH_NOT_RESOURCE"),
    ("PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE", "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE"),
    ("PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION", "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE"),
)
_SERVICE_LINKED_CODES = (
    ("CREATE_SLR_WITH_STAR_IN_RESOURCE", "CREATE_SLR_WITH_NOT_RESOURCE"),
    ("CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE", "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE"),
    ("CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION", "CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE"),
)
