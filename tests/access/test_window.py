"""At which times do conditions hold?"""

from __future__ import annotations

import pytest

from iamlint.access.window import are_over, end, is_over, session_conditions, time_conditions, window, without_lapsed
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


@pytest.mark.parametrize(
    ("operator", "time", "over"),
    [
        ("DateLessThan", "2025-01-01", True),
        ("DateEquals", "2025-01-01", True),
        ("DateGreaterThan", "2025-01-01", False),
        ("DateLessThanIfExists", "2025-01-01", False),
        ("DateNotEquals", "2025-01-01", False),
        ("ForAllValues:DateLessThan", "2025-01-01", False),
    ],
)
def test_a_session_of_long_ago_has_ended(operator: str, time: str, over: bool) -> None:
    conditions = session_conditions(allow(Condition={operator: {"aws:TokenIssueTime": time}}).statements[0])
    assert are_over(conditions, NOW) is over


@pytest.mark.parametrize(("hours", "over"), [(35, False), (37, True)])
def test_a_session_may_last_for_a_day_and_a_half(hours: int, over: bool) -> None:
    conditions = session_conditions(allow(Condition={"NumericLessThan": {"aws:TokenIssueTime": str(NOW - hours * 3600)}}).statements[0])
    assert are_over(conditions, NOW) is over
