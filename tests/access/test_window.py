"""At which times do conditions hold?"""

from __future__ import annotations

import pytest

from iamlint.access.window import end, is_over, time_conditions, window, without_lapsed
from iamlint.policy.condition import Unknown
from tests.access.build import allow, policy

NOW = 1767225600  # 2026-01-01


@pytest.mark.parametrize(
    ("conditions", "over"),
    [
        ({"DateLessThan": {"aws:CurrentTime": "2026-01-01"}}, True),
        ({"DateLessThanEquals": {"aws:CurrentTime": "2026-01-01"}}, False),
        ({"DateLessThan": {"aws:CurrentTime": ["2025-01-01", "2027-01-01"]}}, False),
        ({"DateEquals": {"aws:CurrentTime": "2025-06-01"}}, True),
        ({"DateNotEquals": {"aws:CurrentTime": "2025-06-01"}}, False),
        ({"NumericLessThan": {"aws:EpochTime": str(NOW)}}, True),
        ({"DateLessThan": {"aws:epochtime": str(NOW + 1)}}, False),
        ({"DateGreaterThan": {"aws:CurrentTime": "2025-06-01"}}, False),
        ({"DateGreaterThan": {"aws:CurrentTime": "2024-01-01"}, "NumericLessThan": {"aws:EpochTime": "1735689600"}}, True),
        ({"DateGreaterThan": {"aws:CurrentTime": "2025-01-01"}, "DateLessThan": {"aws:CurrentTime": "2024-01-01"}}, False),
        ({"DateLessThan": {"aws:CurrentTime": "no date"}}, False),
    ],
    ids=str,
)
def test_a_window_is_over_when_it_was_open_and_never_will_be(conditions: dict[str, object], over: bool) -> None:
    assert is_over(window(time_conditions(allow(Condition=conditions).statements[0])), NOW) is over


def test_its_end_is_where_the_last_part_ends() -> None:
    conditions = {"DateGreaterThan": {"aws:CurrentTime": "2024-01-01"}, "DateLessThan": {"aws:CurrentTime": "2025-01-01"}}
    assert end(window(time_conditions(allow(Condition=conditions).statements[0]))) == 1735689600


def test_other_times_and_unknown_ones_do_not_count() -> None:
    conditions = {"DateLessThan": {"aws:TokenIssueTime": "2024-01-01", "aws:CurrentTime": Unknown("!Ref End")}}
    assert time_conditions(allow(Condition=conditions).statements[0]) == ()


def test_what_was_allowed_once_is_left_out_and_what_was_denied_once_is_not() -> None:
    before = {"Condition": {"DateLessThan": {"aws:CurrentTime": "2025-01-01"}}}
    after = {"Condition": {"DateLessThan": {"aws:CurrentTime": "2027-01-01"}}}
    told = {"Action": "s3:GetObject", "Resource": "*"}
    effects = [("Allow", before), ("Deny", before), ("Allow", after), ("Allow", {})]
    whole = policy({"Statement": [{"Effect": effect, **told, **more} for effect, more in effects]})
    assert [statement.index for statement in without_lapsed(whole, NOW).statements] == [1, 2, 3]
    assert without_lapsed(whole, 0) is whole
