"""Which keys of a policy are written twice in one object, so that one of the two is lost?"""

from __future__ import annotations

from iamlint.policy.grammar import Problem
from iamlint.text.tree import Mapping, Place, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.parse import Reading
    from iamlint.text.tree import Note, Route, Value


def repeated_keys(notes: tuple[Note, ...], base: Route, reading: Reading) -> list[Problem]:
    """A problem for each repeated key that the source of a policy noted; `base` is the policy's route in that source."""
    depth = len(base)
    routes = [note.place.route for note in notes if note.kind == "repeated-key" and note.place.route[:depth] == base]
    return [_repeated_key(route[depth:], reading) for route in routes]


def _repeated_key(steps: Route, reading: Reading) -> Problem:
    block = _value_at(reading.root, steps[:-1])
    members = block.members if isinstance(block, Mapping) else ()
    key = members[steps[-1]][0]
    earlier = next(position for position, (name, _) in enumerate(members) if name == key)
    route = (*reading.route, *steps)
    return Problem(
        "duplicate-json-key",
        Place(route, on_key=True),
        f"the key `{key}` is written twice in one object, and only the last one counts",
        "merge the two, or remove one",
        subject=key,
        statement=next((draft.index for draft in reading.drafts if route[: len(draft.route)] == draft.route), None),
        secondary=((Place((*route[:-1], earlier), on_key=True), "this one is lost"),),
    )


def _value_at(value: Value, steps: Route) -> Value:
    for step in steps:
        value = _plain(value)
        if isinstance(value, Mapping):
            value = value.members[step][1]
        elif isinstance(value, tuple):
            value = value[step]
    return _plain(value)


def _plain(value: Value) -> Value:
    return value.value if isinstance(value, Tagged) else value
