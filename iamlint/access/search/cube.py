"""How do tests combine: cubes, in which everything must hold, and clauses, of which one cube must?

A cube is a conjunction of tests and clauses, a clause a disjunction of cubes. Negation swaps them, so the forms are closed under it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from iamlint.access.search.literal import Test

    Clause: TypeAlias = "tuple[Cube, ...]"


class Cube:
    """Requests that pass every test of `tests` and, of each clause of `clauses`, one cube."""

    __slots__ = ("clauses", "tests")

    def __init__(self, tests: Iterable[Test] = (), clauses: Iterable[Clause] = ()) -> None:
        self.tests = tuple(tests)
        self.clauses = tuple(clauses)

    def joined(self, other: Cube) -> Cube:
        """The requests in both."""
        if not (other.tests or other.clauses):
            return self
        return Cube(self.tests + other.tests, self.clauses + other.clauses)

    def __repr__(self) -> str:
        return f"Cube({list(self.tests)!r}, {list(self.clauses)!r})"


EVERYTHING = Cube()
ALWAYS: Clause = (EVERYTHING,)
NEVER: Clause = ()


def product(clauses: Iterable[Clause]) -> Cube:
    """The requests in every one of `clauses`; a clause of one cube is taken apart."""
    tests: list[Test] = []
    rest: list[Clause] = []
    for clause in clauses:
        if len(clause) == 1:
            tests += clause[0].tests
            rest += clause[0].clauses
        else:
            rest.append(clause)
    return Cube(tests, rest)


def not_cube(cube: Cube) -> Clause:
    """The requests outside `cube`."""
    return tuple(Cube((test.negated(),)) for test in cube.tests) + tuple(not_clause(clause) for clause in cube.clauses)


def not_clause(clause: Clause) -> Cube:
    """The requests outside every cube of `clause`."""
    return product(not_cube(cube) for cube in clause)
