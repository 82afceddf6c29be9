"""Which strings does a policy's text stand for under an operator?

Policy variables become relations to another key: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html.
"""

from __future__ import annotations

from iamlint.access.sets.arns import arn_items, fields
from iamlint.access.sets.glob import MARK, STAR, Glob, concatenation, exact, ignoring_case, literal_item, wildcard
from iamlint.policy.condition import Unknown
from iamlint.policy.pattern import Escaped, Hole, Variable, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from iamlint.access.sets.glob import Item

    Read: TypeAlias = "Callable[[tuple[Item, ...]], Glob | None]"


class Relation:
    """A text with policy variables: `variables` are its variables, `around` what it can match whatever they hold.

    `parts` are the runs of items between the variables, which stand in the list themselves; `read` makes a glob of items once they are
    filled in. `equal_to` is the key (in lower case) whose value the text is, where it is that and nothing else.
    """

    __slots__ = ("around", "equal_to", "name", "parts", "read", "variables")

    def __init__(self, name: str, parts: tuple[tuple[Item, ...] | Variable, ...], read: Read, around: Glob) -> None:
        self.name = name
        self.parts = parts
        self.read = read
        self.around = around
        self.variables = tuple(part for part in parts if isinstance(part, Variable))
        alone = len(parts) == 1 and len(self.variables) == 1 and self.variables[0].default is None and read is _whole
        self.equal_to = self.variables[0].key.lower() if alone else ""

    def turned(self, key: str) -> Relation:
        """For a text that is only `equal_to`: the same relation, said of that key; to be equal is mutual."""
        return Relation(f"={key}", (Variable(key, None),), self.read, self.around)

    def filled(self, values: dict[str, str | None]) -> Glob | None:
        """The glob when the variables hold `values` (by lower-case key); None when one has neither value nor default."""
        items: list[Item] = []
        for part in self.parts:
            if not isinstance(part, Variable):
                items += part
                continue
            value = values.get(part.key.lower())
            value = part.default if value is None else value
            if value is None:
                return None
            # A wildcard that arrives through a value is an ordinary character.
            items += [literal_item(char) for char in value]
        return self.read(tuple(items))


class Texts:
    """What the values of one condition or Resource element stand for: plain `globs`, and `relations` where a variable decides."""

    __slots__ = ("globs", "relations")

    def __init__(self, globs: tuple[Glob, ...], relations: tuple[Relation, ...] = ()) -> None:
        self.globs = globs
        self.relations = relations


class Reader:
    """How texts are read: whether `*` and `?` are wildcards, whether `${…}` is a variable, and what makes a glob of the items."""

    __slots__ = ("name", "plain", "read", "variables", "wildcards")

    def __init__(self, name: str, *, wildcards: bool, variables: bool, read: Read, plain: Callable[[str], Glob] | None) -> None:
        self.name = name
        self.wildcards = wildcards
        self.variables = variables
        self.read = read
        self.plain = plain

    def texts(self, values: Iterable[str | Unknown], certain: bool) -> Texts:
        """What `values` stand for; of what the source leaves open, with `certain` nothing and otherwise everything it may be."""
        globs: list[Glob] = []
        relations: list[Relation] = []
        for value in values:
            found = self._one(value, certain)
            if isinstance(found, Relation):
                relations.append(found)
            else:
                globs += found
        return Texts(tuple(globs), tuple(relations))

    def _one(self, value: str | Unknown, certain: bool) -> tuple[Glob, ...] | Relation:
        if isinstance(value, Unknown):
            return () if certain else self._anything()
        if self.plain is not None and "{" not in value and "<" not in value:
            return (self.plain(value),)
        parts = [self._part(part) for part in split(value)]
        is_open = any(isinstance(part, Hole) for part in parts)
        if is_open and (certain or self.name == "Bool"):
            return () if certain else self._anything()
        if any(isinstance(part, Variable) for part in parts):
            kept = tuple([(STAR,) if isinstance(part, Hole) else part for part in parts])
            around = self._around(parts)
            if around is not None or not is_open:
                return () if around is None else Relation(f"{self.name}:{value}", kept, self.read, around)
        if is_open:
            return self._open(parts)
        return _given(self.read(tuple(item for part in parts if isinstance(part, tuple) for item in part)))

    def _open(self, parts: list[tuple[Item, ...] | Variable | Hole]) -> tuple[Glob, ...]:
        """What parts with a hole may say; a hole of an ARN may hold several of its fields."""
        found = self._around(parts)
        if found is not None or self.name != "ArnLike":
            return _given(found)
        items = tuple(item for part in parts for item in (part if isinstance(part, tuple) else (STAR,)))
        return tuple(Glob(arn_items(way)) for way in fields(items, 6))

    def _anything(self) -> tuple[Glob, ...]:
        """Every value of the operator's type."""
        if self.name == "Bool":
            return tuple(ignoring_case(exact(word)) for word in ("true", "false"))
        return (Glob(arn_items([(STAR,)] * 6)) if self.name == "ArnLike" else Glob((STAR,)),)

    def _part(self, part: str | Variable | Hole | Escaped) -> tuple[Item, ...] | Variable | Hole:
        if isinstance(part, str):
            return tuple(self._item(char) for char in part)
        if isinstance(part, Escaped):
            return (literal_item(part.character),)
        if isinstance(part, Variable) and not self.variables:
            default = f", '{part.default}'" if part.default is not None else ""
            return tuple(self._item(char) for char in f"${{{part.key}{default}}}")
        return part

    def _item(self, char: str) -> Item:
        if self.wildcards and char in "*?":
            return STAR if char == "*" else MARK
        return literal_item(char)

    def _around(self, parts: Sequence[tuple[Item, ...] | Variable | Hole]) -> Glob | None:
        return self.read(tuple(item for part in parts for item in (part if isinstance(part, tuple) else (STAR,))))


def _given(glob: Glob | None) -> tuple[Glob, ...]:
    return () if glob is None else (glob,)


def _whole(items: tuple[Item, ...]) -> Glob:
    return concatenation(items)


def _any_case(items: tuple[Item, ...]) -> Glob:
    return ignoring_case(concatenation(items))


def _arn(items: tuple[Item, ...]) -> Glob | None:
    parts: list[list[Item]] = [[]]
    colon = literal_item(":")
    for item in items:
        if item == colon and len(parts) < 6:
            parts.append([])
        else:
            parts[-1].append(item)
    return Glob(arn_items([tuple(part) for part in parts])) if len(parts) == 6 else None


def reader_for(operator: str, variables: bool) -> Reader:
    """How the values of a string or ARN operator (its positive name) are read."""
    match operator:
        case "StringEquals":
            return Reader(operator, wildcards=False, variables=variables, read=_whole, plain=exact)
        case "StringLike":
            return Reader(operator, wildcards=True, variables=variables, read=_whole, plain=wildcard)
        case "StringEqualsIgnoreCase":
            return Reader(operator, wildcards=False, variables=variables, read=_any_case, plain=None)
        case "ArnEquals" | "ArnLike":
            return Reader("ArnLike", wildcards=True, variables=variables, read=_arn, plain=None)
        case _:
            # Bool and Binary values are compared as they are; neither takes wildcards or variables.
            read = _any_case if operator == "Bool" else _whole
            return Reader(operator, wildcards=False, variables=False, read=read, plain=None)
