"""Is an external id called weak when others have it or can guess it, and only then?"""

from __future__ import annotations

import pytest

from iamlint.policy.external_ids import weakness

KNOWN = ("111122223333", "999988887777", "Datadog", "vendor-monitoring")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("12345", "only 5 characters long"),
        ("acme", "only 4 characters long"),
        ("unique-external-id", "a placeholder"),
        ("UniqueExternalId", "a placeholder"),
        ("changeme", "a placeholder"),
        ("CHANGE_ME_PLEASE", "a placeholder"),
        ("example-1234", "a placeholder"),
        ("Unique ID Assigned by Example Corp", "a placeholder"),
        ("00000000-0000-0000-0000-000000000000", "one character again and again"),
        ("111122223333", "an account id, which is no secret"),
        ("999988887777", "an account id, which is no secret"),
        ("DataDog", "a name, which others know"),
        ("vendor-monitoring", "a name, which others know"),
        ("${aws:PrincipalAccount}", "whatever `aws:PrincipalAccount` says of the caller"),
        ("acme-*", "a pattern, so a caller can choose the rest"),
        ("acme-corporation-eu-??", "a pattern, so a caller can choose the rest"),
        ("", "only 0 characters long"),
    ],
)
def test_a_value_that_others_have_or_can_guess_is_weak(value: str, why: str | None) -> None:
    assert weakness(value, KNOWN) == why


@pytest.mark.parametrize(
    "value",
    [
        "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        "82736451",
        "82-73-64-51",
        "444455556666",
        "kX3v9Qw1zR7t",
        "spacelift@01HZX3J8",
        "acme-production-8f2c",
        "${var.external_id}",
        "acme-${var.suffix}",
        "<EXTERNAL_ID>",
        "{{ external_id }}",
        "test-7c9e66797425",
    ],
)
def test_a_value_of_a_customers_own_or_an_unknown_one_is_not(value: str) -> None:
    assert weakness(value, KNOWN) is None
