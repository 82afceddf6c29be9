"""What does a policy or a question ask of one part of a request?

A `Test` narrows one dimension. Tests are closed under negation, which is all that Deny, NotAction and the negated operators need.
"""

from __future__ import annotations

from iamlint.access.search.domains import Choice, Several, Single, narrowed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from iamlint.access.search.domains import Domain, Values

    Test: TypeAlias = "OneOf | Value | Each | Some"


class OneOf:
    """The dimension is one of the words of `mask`; `every` is the mask of all its words."""

    __slots__ = ("dimension", "every", "mask")

    def __init__(self, dimension: str, mask: int, every: int) -> None:
        self.dimension = dimension
        self.mask = mask
        self.every = every

    def negated(self) -> OneOf:
        """The other words."""
        return OneOf(self.dimension, self.every & ~self.mask, self.every)

    def meet(self, domain: Domain) -> Domain | None:
        """The domain with only these words."""
        assert isinstance(domain, Choice)
        mask = domain.mask & self.mask
        return domain if mask == domain.mask else Choice(mask) if mask else None


class Value:
    """A key's one value is in `values`; with `absent`, the key may also be absent."""

    __slots__ = ("absent", "dimension", "values")

    def __init__(self, dimension: str, values: Values, absent: bool) -> None:
        self.dimension = dimension
        self.values = values
        self.absent = absent

    def negated(self) -> Value:
        """The other values, and absence when this test does not allow it."""
        return Value(self.dimension, self.values.complement(), not self.absent)

    def meet(self, domain: Domain) -> Domain | None:
        """The domain with only these values."""
        assert isinstance(domain, Single)
        absent = domain.absent and self.absent
        part = narrowed(domain.part, self.values)
        if part is domain.part and absent == domain.absent:
            return domain
        return Single(absent, part) if absent or part is not None else None


class Each:
    """Every value of a key's list is in `values`; also when the key is absent."""

    __slots__ = ("dimension", "values")

    def __init__(self, dimension: str, values: Values) -> None:
        self.dimension = dimension
        self.values = values

    def negated(self) -> Some:
        """Some value is another one."""
        return Some(self.dimension, self.values.complement())

    def meet(self, domain: Domain) -> Domain | None:
        """The domain with only these values in the list."""
        assert isinstance(domain, Several)
        each = narrowed(domain.each, self.values)
        if each is domain.each:
            return domain
        some = tuple(narrowed(part, self.values) for part in domain.some)
        if each is None or any(part is None for part in some):
            return Several(True, None, ()) if domain.absent else None
        return Several(domain.absent, each, tuple(part for part in some if part is not None))


class Some:
    """Some value of a key's list is in `values`; so the key is present."""

    __slots__ = ("dimension", "values")

    def __init__(self, dimension: str, values: Values) -> None:
        self.dimension = dimension
        self.values = values

    def negated(self) -> Each:
        """Every value is another one."""
        return Each(self.dimension, self.values.complement())

    def meet(self, domain: Domain) -> Domain | None:
        """The domain with one such value in the list."""
        assert isinstance(domain, Several)
        part = narrowed(domain.each, self.values)
        if part is None:
            return None
        if not domain.absent and ((part is domain.each and domain.some) or any(narrowed(one, self.values) is one for one in domain.some)):
            return domain
        return Several(False, domain.each, (*domain.some, part))
