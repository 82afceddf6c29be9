"""By which text does a request get in that a condition seems to keep out, and can that text be mended?"""

from __future__ import annotations

from iamlint.access.evaluation.evaluate import Reading, action_applies, condition_holds, principal_applies
from iamlint.access.evaluation.scope import Scope
from iamlint.access.sets.fits import fits
from iamlint.finding import Fix, Label, Safety
from iamlint.knowledge.keys import KeyClass, key_class
from iamlint.policy.fixed import entries
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from iamlint.access.evaluation.request import ContextValue, Request, Witness
    from iamlint.case import Case
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_PEOPLE = (Form.ACCOUNT, Form.USER, Form.ROLE, Form.SESSION, Form.FEDERATED_USER)


class Loophole:
    """The text of `statement` that lets a request in: `why` is the clause that says so, `primary` stands at the text, `fix` mends it.

    `condition` is the one of an Allow that the request fulfils.
    """

    __slots__ = ("condition", "fix", "primary", "secondary", "statement", "why")

    def __init__(
        self,
        why: str,
        primary: Label,
        statement: Statement,
        *,
        secondary: tuple[Label, ...] = (),
        fix: Fix | None = None,
        condition: Condition | None = None,
    ) -> None:
        self.why = why
        self.primary = primary
        self.statement = statement
        self.secondary = secondary
        self.fix = fix
        self.condition = condition


def find_loophole(case: Case, witness: Witness, keys: Collection[str]) -> Loophole | None:
    """Why the conditions on `keys` (in lower case; the earlier the more telling) let the witness pass; None when nothing tests them."""
    statements = case.document.policy.statements
    allows = [statement for statement in statements if statement.index in witness.statements]
    for finder in (_in_allow, _in_deny, _in_sibling):
        for key in keys:
            found = finder(case, allows, witness.request, key)
            if found is not None:
                return found
    return None


def _tests(statements: Iterable[Statement], key: str) -> Iterator[tuple[Statement, Condition]]:
    return ((statement, condition) for statement in statements for condition in statement.conditions if condition.key.lower() == key)


def _in_allow(case: Case, allows: list[Statement], request: Request, key: str) -> Loophole | None:
    """A condition of an Allow that the request fulfils all the same."""
    value = request.value(key)
    for statement, condition in _tests(allows, key):
        fix = _renamed(case, statement, condition, condition.operator.base.name) if _closed_by_base(condition, value) else None
        return Loophole(_why_held(condition, value), _held_label(condition, value), statement, fix=fix, condition=condition)
    return None


def _closed_by_base(condition: Condition, value: ContextValue | None) -> bool:
    operator = condition.operator
    loose = operator.if_exists or operator.for_all
    return value is None and loose and not operator.base.negated


def _why_held(condition: Condition, value: ContextValue | None) -> str:
    operator, key = condition.operator, condition.key
    if value is None:
        asked = "asks for" if operator.is_null else "accepts"
        return f"`{operator.text}` {asked} a request without `{key}`"
    chooser = _CHOOSERS.get(key_class(key))
    if chooser is not None:
        return f"{chooser} chooses `{key}`"
    if operator.is_null:
        return f"`{operator.text}` asks only that `{key}` is there"
    if operator.base.negated:
        return f"`{operator.text}` keeps out only what it lists"
    pattern = _pattern(condition, value)
    return f"`{operator.text}` accepts `{key}` `{_said(value)}`" if pattern is None else f"`{condition.values[pattern]}` fits others too"


_CHOOSERS = {KeyClass.OWNER_CONTROLLED: "the owner of any account", KeyClass.CALLER_CONTROLLED: "the caller"}


def _said(value: ContextValue) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _pattern(condition: Condition, said: ContextValue) -> int | None:
    """The position of the first value with a wildcard that what the request says fits, or else of any with one."""
    wild = [n for n, value in enumerate(condition.values) if isinstance(value, str) and ("*" in value or "?" in value)]
    return next((n for n in wild if isinstance(said, str) and fits(str(condition.values[n]), said)), wild[0] if wild else None)


def _held_label(condition: Condition, value: ContextValue | None) -> Label:
    operator = condition.operator
    if operator.is_null:
        return Label(Place(condition.route), f"true when `{condition.key}` is {'absent' if value is None else 'there'}")
    if value is None:
        return Label(Place(condition.operator_route, on_key=True), f"true when `{condition.key}` is absent")
    if key_class(condition.key) in _CHOOSERS:
        return Label(Place(condition.route, on_key=True))
    if operator.base.negated:
        return Label(Place(condition.operator_route, on_key=True), "true for everybody else")
    pattern = _pattern(condition, value)
    return Label(Place(condition.route if pattern is None else condition.value_route(pattern)))


def _in_deny(case: Case, allows: list[Statement], request: Request, key: str) -> Loophole | None:
    """A Deny about the request that tests the key and does not apply."""
    policy = case.document.policy
    scope = Scope(request, policy.variables, False).opposite
    for statement, condition in _tests(policy.statements, key):
        if statement.allows or not (action_applies(statement, scope) and principal_applies(statement, scope)):
            continue
        failing = [one for one in statement.conditions if not condition_holds(one, request, policy.variables, Reading.POSSIBLE)]
        told = condition if condition in failing else next(iter(failing), None)
        if told is not None:
            return _missed(case, statement, told, request.value(told.key.lower()), alone=len(failing) == 1)
    return None


def _missed(case: Case, statement: Statement, condition: Condition, value: ContextValue | None, *, alone: bool) -> Loophole:
    operator, key = condition.operator, condition.key
    which = f"without `{key}`" if value is None else f"with `{key}` `{_said(value)}`"
    false = f"false when `{key}` is absent" if value is None else f"false for `{_said(value)}`"
    plain = value is None and operator.base.positive == "Bool" and not operator.quantified and not operator.if_exists
    fix = _renamed(case, statement, condition, f"{operator.base.name}IfExists") if alone and plain else None
    label = Label(Place(condition.operator_route, on_key=True), false)
    return Loophole(f"the Deny does not apply to a request {which}", label, statement, fix=fix)


def _in_sibling(case: Case, allows: list[Statement], request: Request, key: str) -> Loophole | None:
    """A statement beside those that let the request in, which alone tests the key: an Allow, or a Deny of another action."""
    policy = case.document.policy
    scope = Scope(request, policy.variables, True)
    for statement, condition in _tests(policy.statements, key):
        is_deny = statement.denies
        elsewhere = statement.actions is not None and not action_applies(statement, scope.opposite if is_deny else scope)
        if statement in allows or not allows or (is_deny and not elsewhere):
            continue
        asked = Label(Place(condition.route, on_key=True), "asked for here only")
        if elsewhere:
            why = f"another action asks for `{condition.key}`, `{request.action}` does not"
        else:
            why = f"another statement asks for `{condition.key}`, this one does not"
        open_one = allows[0]
        at = open_one.actions.route if open_one.actions is not None else open_one.route
        return Loophole(why, Label(Place(at), f"no condition on `{condition.key}`"), open_one, secondary=(asked,))
    return None


def _renamed(case: Case, statement: Statement, condition: Condition, name: str) -> Fix | None:
    """The fix that writes `name` for the condition's operator; None where the text cannot say it."""
    from iamlint.policy.rewrite import under_operator

    changes = under_operator(case.document, condition, name)
    safety = Safety.SAFE if _stops_nobody(case, statement, condition) else Safety.UNSAFE
    return Fix(safety, f"write `{name}` for `{condition.operator.text}`", changes) if changes else None


def _stops_nobody(case: Case, statement: Statement, condition: Condition) -> bool:
    """Whether everyone the mended condition could stop can bring what it asks for."""
    outsiders = condition.key.lower() == "sts:externalid"
    named = [entry for owner, entry in entries(case.document.policy, Effect.ALLOW) if owner is statement or statement.denies]
    return bool(named) and all(entry.form in _PEOPLE and not (outsiders and entry.account in case.zone.inside) for entry in named)
