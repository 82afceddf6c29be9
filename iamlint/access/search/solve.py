"""Is there a request in every one of some clauses?

A search in the manner of Davis, Putnam, Logemann and Loveland with value sets as domains: unit propagation, the clause with the fewest
cubes first, and the negation of a refuted cube added before the next one is tried.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from iamlint.access.search.cube import Clause, Cube
    from iamlint.access.search.domains import Domain
    from iamlint.access.search.literal import Test
    from iamlint.access.sets.effort import Effort

    Region: TypeAlias = dict[str, Domain]


def narrow(region: Region, tests: Sequence[Test]) -> Region | None:
    """`region` with every test applied: itself when nothing changed, None when nothing is left."""
    result = region
    for test in tests:
        before = result[test.dimension]
        after = test.meet(before)
        if after is None:
            return None
        if after is not before:
            if result is region:
                result = dict(region)
            result[test.dimension] = after
    return result


def regions(region: Region, clauses: Sequence[Clause], effort: Effort) -> Iterator[Region]:
    """The parts of `region` that lie in every clause, one after the other; none when no request does."""
    state = propagated(region, clauses, effort)
    if state is None:
        return
    region, pending = state
    if not pending:
        yield region
        return
    clause = min(pending, key=len)
    others = [other for other in pending if other is not clause]
    for cube in clause:
        inside = narrow(region, cube.tests)
        if inside is not None:
            yield from regions(inside, [*cube.clauses, *others], effort)
        if len(cube.tests) == 1 and not cube.clauses:
            outside = narrow(region, (cube.tests[0].negated(),))
            if outside is None:
                return
            region = outside


def propagated(region: Region, clauses: Sequence[Clause], effort: Effort) -> tuple[Region, list[Clause]] | None:
    """`region` narrowed by every clause that leaves one way, and the clauses that leave several; None when one leaves none."""
    pending = list(clauses)
    # Narrowing copies the region, which costs as much as many steps when it has many dimensions.
    size = len(region) >> 6
    while True:
        kept: list[Clause] = []
        before = region
        added: list[Clause] = []
        for clause in pending:
            effort.spend(len(clause) + 1 + size)
            alive = _alive(region, clause)
            if alive is None:
                continue
            if not alive:
                return None
            if len(alive) == 1:
                cube, region = alive[0]
                added += cube.clauses
            else:
                kept.append(tuple([cube for cube, _ in alive]))
        pending = added + kept
        if region is before and not added:
            return region, pending


def _alive(region: Region, clause: Clause) -> list[tuple[Cube, Region]] | None:
    """The cubes of `clause` that `region` still meets, each with what they share; None when it lies inside one of them."""
    alive: list[tuple[Cube, Region]] = []
    for cube in clause:
        narrowed = narrow(region, cube.tests)
        if narrowed is None:
            continue
        if narrowed is region and not cube.clauses:
            return None
        alive.append((cube, narrowed))
    return alive
