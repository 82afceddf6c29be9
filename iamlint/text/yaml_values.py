"""What does a YAML text say, its places left aside?

The first tier of reading YAML: values alone, which are all that is asked of most sources. What is rare (anchors, aliases, merges, keys
that are no scalars or are repeated, great depth) goes to the second tier, `yaml_compose`, which keeps places and explains errors.
"""

from __future__ import annotations

from iamlint.text.tree import MAX_DEPTH, Mapping, Note, Place
from iamlint.text.yaml_scalar import FIRST, resolve, tagged, tagged_collection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from iamlint.text.tree import Value
    from iamlint.text.yaml_compose import EventReader

    Said: TypeAlias = tuple[Value, tuple[Note, ...]]
    # The items of a list, or the members of a mapping, that have been read.
    Items: TypeAlias = list[Any]


class NeedsCare(Exception):
    """The text is not as plain as most: the second tier has to read it."""


def read_values(text: str, events: EventReader) -> list[Said]:
    """The root and the notes of each document; raises NeedsCare, or an error of PyYAML where the text is not YAML."""
    # INVARIANT: whatever this gives, yaml_compose.Composer gives too (tests/text/test_yaml_tiers.py).
    if "\\u" in text or "\\U" in text:
        raise NeedsCare  # An escape can be half of a surrogate pair.
    from yaml.events import DocumentStartEvent, StreamEndEvent

    found: list[Said] = []
    while True:
        event = events.get_event()
        if event.__class__ is StreamEndEvent:
            return found
        if event.__class__ is DocumentStartEvent:
            found.append(_document(events))


def _document(events: EventReader) -> Said:
    """The document whose start has been read. It does itself what is done for every scalar, as calls cost more than all the rest."""
    from yaml.events import AliasEvent, DocumentEndEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

    next_event = events.get_event
    notes: list[Note] = []
    # What is around the collection that is being read, and of it: the members or items so far, the key whose value comes (None: a key
    # comes; a list has the key ""), and the event that began it.
    outer: list[tuple[Items, str | None, Any]] = []
    items: Items = []
    key: str | None = ""
    start: Any = None
    while True:
        event = next_event()
        kind = event.__class__
        if kind is ScalarEvent:
            value: Value = event.value
            if event.anchor is not None or (value == "<<" and key is None):
                raise NeedsCare
            if key is None:
                key = event.value
                continue
            if event.tag is not None and event.tag != "!":
                value = tagged(event.tag, event.value)
            elif event.implicit[0] and (not value or event.value[0] in FIRST):
                value = _plain(event.value, outer, items, notes)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor is not None or key is None or len(outer) == MAX_DEPTH:
                raise NeedsCare
            outer.append((items, key, start))
            items, key, start = [], None if kind is MappingStartEvent else "", event
            continue
        elif kind is DocumentEndEvent:
            return items[0], tuple(notes)
        elif kind is AliasEvent:
            raise NeedsCare
        else:
            value = _closed(items, start, is_mapping=key is None)
            items, key, start = outer.pop()
        if start.__class__ is MappingStartEvent:
            items.append((key, value))
            key = None
        else:
            items.append(value)


def _plain(text: str, outer: list[tuple[Items, str | None, Any]], items: Items, notes: list[Note]) -> Value:
    """The value of an unquoted scalar; what is doubtful about it is noted."""
    value, doubt = resolve(text)
    if doubt is not None and outer:
        route = (*[len(around) for around, _, _ in outer[1:]], len(items))
        notes.append(Note(doubt.kind, Place(route), doubt.message, doubt.help))
    return value


def _closed(items: Items, start: Any, *, is_mapping: bool) -> Value:
    """The value of a collection all of whose items or members have been read."""
    if is_mapping and len(dict(items)) < len(items):
        raise NeedsCare
    value = Mapping(tuple(items)) if is_mapping else tuple(items)
    return value if start.tag is None else tagged_collection(start.tag, value)
