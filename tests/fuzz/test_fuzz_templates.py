"""Is a policy told the same whether an ARN names its partition or leaves that to the stack?"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from iamlint.report.outcome import Outcome
from iamlint.zone import Zone
from tests.fuzz.mutations import in_a_partition
from tests.fuzz.test_fuzz_rules import checked

# What is not told of the template, and why.
LOST = {
    "oidc-unknown-issuer": "the provider's ARN is a principal, and those keep what they leave open",
    "saml-audience-unexpected": "the same; which partition's address is expected is not known",
    "trust-cross-partition": "which partition it is, is not known",
    "trust-self-assume": "the role's own ARN is no text",
    "role-unused": "the same",
    "federated-provider-other-account": "the same",
    "external-admin-role": "the same, or a function in the list of its managed policies",
    "priv-role-chain-to-admin": "the roles' own ARNs are no texts",
    "caller-lacks-assume-permission": "the same",
    "redundant-statement": "the session is a principal that is not read",
    "duplicate-json-key": "the example was read and written, which took the duplicate out",
    "placeholder-value": "a function fills in what looks like one",
}
# What is told of the template alone, and why.
FOUND = {
    "trust-missing-external-id": "the role's own account is not known, so that the caller's is another",
    "trust-unrestricted-session-tags": "the same",
    "role-session-too-long": "the same",
}


@lru_cache(maxsize=1)
def told() -> tuple[Counter[str], Counter[str], int, int]:
    lost: Counter[str] = Counter()
    found: Counter[str] = Counter()
    failures = number = 0
    for text, template, kind in in_a_partition():
        before, after = checked(text, kind, Zone()), checked(template, kind, Zone())
        if before is not None and after is not None:
            number += 1
            lost.update(rules(before) - rules(after))
            found.update(rules(after) - rules(before))
            failures += len(after.failures) > len(before.failures)
    return lost, found, failures, number


def rules(outcome: Outcome) -> set[str]:
    return {finding.rule for finding in outcome.findings}


def test_nothing_is_lost_but_what_is_explained() -> None:
    assert sorted(told()[0]) == sorted(LOST)


def test_nothing_is_found_but_what_is_explained() -> None:
    assert sorted(told()[1]) == sorted(FOUND)


def test_all_of_it_is_decided() -> None:
    *_, failures, number = told()
    assert (failures, number > 500) == (0, True)
