"""Which of the notes about a source's text mean that a policy in it does not say what its writer meant?"""

from __future__ import annotations

from iamlint.policy.grammar import Problem, setting
from iamlint.policy.operator import Family, parse_operator
from iamlint.policy.rewrite import value_at
from iamlint.text.tree import Mapping, Place, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.draft import Draft, Reading
    from iamlint.text.tree import Note, Route, Value

_PRINCIPALS = ("Principal", "NotPrincipal")


def noted_problems(notes: tuple[Note, ...], base: Route, reading: Reading) -> list[Problem]:
    """The problems that the notes about a policy's source amount to; `base` is the policy's route in that source."""
    depth = len(base)
    found = []
    for note in notes:
        if note.place.route[:depth] != base:
            continue
        problem = _noted(note, note.place.route[depth:], reading)
        if problem is not None:
            found.append(problem)
    return found


def _noted(note: Note, steps: Route, reading: Reading) -> Problem | None:
    route = (*reading.route, *steps)
    draft = next((draft for draft in reading.drafts if route[: len(draft.route)] == draft.route), None)
    if note.kind == "repeated-key":
        return _repeated_key(steps, route, draft, reading)
    in_principal = draft is not None and _is_under(_PRINCIPALS, route, draft)
    if note.kind == "yaml-octal" and in_principal:
        return _lost_zero(note, steps, route, draft, reading)
    if note.kind in ("yaml-octal", "yaml-number") and not in_principal:
        return _quotable(note, route, draft)
    if note.kind == "yaml-boolean" and draft is not None and _is_text_test(route, draft, reading):
        return _quotable(note, route, draft)
    return None


def _repeated_key(steps: Route, route: Route, draft: Draft | None, reading: Reading) -> Problem:
    block = _plain(value_at(reading.root, steps[:-1]))
    members = block.members if isinstance(block, Mapping) else ()
    key = members[steps[-1]][0]
    earlier = next(position for position, (name, _) in enumerate(members) if name == key)
    return Problem(
        "duplicate-json-key",
        Place(route, on_key=True),
        f"the key `{key}` is written twice in one object, and only the last one counts",
        "merge the two, or remove one",
        subject=key,
        statement=draft.index if draft else None,
        secondary=((Place((*route[:-1], earlier), on_key=True), "this one is lost"),),
    )


def _lost_zero(note: Note, steps: Route, route: Route, draft: Draft | None, reading: Reading) -> Problem:
    """An account id that begins with 0 and has no quotes: other readers of YAML take another number for it."""
    text = str(_plain(value_at(reading.root, steps)))
    return Problem(
        "invalid-principal",
        Place(route),
        f"`{text}` is not a valid principal: without quotes YAML reads it as a number and loses its zero",
        note.help,
        subject=text,
        statement=draft.index if draft else None,
        mending=setting(route, text, safe=True),
    )


def _quotable(note: Note, route: Route, draft: Draft | None) -> Problem:
    return Problem("invalid-element", Place(route), note.message, note.help, statement=draft.index if draft else None)


def _is_under(names: tuple[str, ...], route: Route, draft: Draft) -> bool:
    depth = len(draft.route)
    return len(route) > depth and any(draft.names.get(name) == route[depth] for name in names)


def _is_text_test(route: Route, draft: Draft, reading: Reading) -> bool:
    """Whether the value at `route` is compared by an operator that compares no truth values."""
    if not _is_under(("Condition",), route, draft) or len(route) < len(draft.route) + 3:
        return False
    block = _plain(value_at(reading.root, route[len(reading.route) : len(draft.route) + 1]))
    if not isinstance(block, Mapping):
        return False
    operator = parse_operator(block.members[route[len(draft.route) + 1]][0])
    return operator is not None and operator.base.family not in (Family.BOOL, Family.NULL)


def _plain(value: Value) -> Value:
    return value.value if isinstance(value, Tagged) else value
