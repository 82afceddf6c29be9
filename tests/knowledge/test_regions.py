"""Which partitions and regions are there?"""

from __future__ import annotations

import pytest

from iamlint.knowledge.regions import partition_of, partitions, regions, suggest_region


def test_there_are_eight_partitions() -> None:
    assert {name: partition.dns for name, partition in partitions().items()} == {
        "aws": "amazonaws.com",
        "aws-cn": "amazonaws.com.cn",
        "aws-eusc": "amazonaws.eu",
        "aws-iso": "c2s.ic.gov",
        "aws-iso-b": "sc2s.sgov.gov",
        "aws-iso-e": "cloud.adc-e.uk",
        "aws-iso-f": "csp.hci.ic.gov",
        "aws-us-gov": "amazonaws.com",
    }


def test_places_are_regions_and_aws_global_is_none() -> None:
    assert {"eu-west-1", "cn-north-1", "eusc-de-east-1", "us-gov-west-1"} <= regions()
    assert not [region for region in regions() if "global" in region]


@pytest.mark.parametrize(
    ("region", "partition"),
    [
        ("eu-west-1", "aws"),
        ("eu-west-99", "aws"),
        ("us-gov-west-1", "aws-us-gov"),
        ("us-gov-south-7", "aws-us-gov"),
        ("us-isob-east-1", "aws-iso-b"),
        ("cn-north-1", "aws-cn"),
        ("eu-west", None),
        ("europe", None),
        ("eu-west-1\n", None),
        ("", None),
    ],
)
def test_a_region_is_in_one_partition_even_when_it_is_newer_than_we_are(region: str, partition: str | None) -> None:
    found = partition_of(region)
    assert (found.name if found else None) == partition


@pytest.mark.parametrize(("region", "meant"), [("eu-wset-1", "eu-west-1"), ("eu-west-1", None), ("us-gov-west-9", None), ("here", None)])
def test_a_slip_in_a_region_is_understood(region: str, meant: str | None) -> None:
    assert suggest_region(region) == meant
