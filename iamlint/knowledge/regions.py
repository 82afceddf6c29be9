"""Which partitions and regions does AWS have?"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from iamlint.knowledge.data import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


# What AWS's expressions leave open as `\w+`.
_COMPASS = re.compile(r"(?:north|south)?(?:east|west)?|central")


class Partition:
    """A partition: `dns` is what its hosts end in, `global_region` where its global services live, `regions` the names by region."""

    __slots__ = ("_regex", "dns", "dual_stack_dns", "global_region", "name", "regions")

    def __init__(self, name: str, dns: str, dual_stack_dns: str, global_region: str, regex: str, regions: Mapping[str, str]) -> None:
        self.name = name
        self.dns = dns
        self.dual_stack_dns = dual_stack_dns
        self.global_region = global_region
        self.regions = regions
        self._regex = regex

    def may_have(self, region: str) -> bool:
        """Whether the region is one of the partition's, or is named like one: AWS adds regions before we hear of them."""
        if region in self.regions:
            return True
        return re.fullmatch(self._regex.strip("^$"), region, re.ASCII) is not None and _COMPASS.fullmatch(region.split("-")[-2]) is not None

    def __repr__(self) -> str:
        return f"Partition({self.name!r})"


@cache
def partitions() -> Mapping[str, Partition]:
    """All partitions by name."""
    rows = table("regions")
    return {
        name: Partition(name, row["dns"], row["dual_stack_dns"], row["global_region"], row["regex"], row["regions"])
        for name, row in rows.items()
    }


def regions() -> frozenset[str]:
    """The regions of all partitions."""
    return frozenset(region for partition in partitions().values() for region in partition.regions)


@lru_cache(maxsize=512)
def partition_of(region: str) -> Partition | None:
    """The partition that has the region, or whose regions are named like it; None for what no region is called."""
    known = partitions().values()
    for partition in known:
        if region in partition.regions:
            return partition
    return next((partition for partition in known if partition.may_have(region)), None)


def suggest_region(region: str) -> str | None:
    """The region that was probably meant; None when it is one, or nothing is near."""
    if partition_of(region) is not None:
        return None
    from difflib import get_close_matches

    found = get_close_matches(region.lower(), sorted(regions()), n=1, cutoff=0.8)
    return found[0] if found else None
