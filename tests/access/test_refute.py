"""Is an assumption about a policy variable taken back where no value makes it true?"""

from __future__ import annotations

import pytest

from iamlint.access.access import Access
from iamlint.access.question import account_in, action_is, caller_is, fresh_values, key_is
from iamlint.access.search import Witness
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.document import Kind
from tests.access.build import policy


def with_external_id(value: str, *accounts: str) -> Witness | None:
    """A request of a user or role with an external id that nobody wrote down."""
    trusted = {
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": value}},
    }
    access = Access(policy({"Statement": [trusted]}), Kind.TRUST)
    asked = [
        action_is("sts:AssumeRole"),
        caller_is(CallerKind.USER, CallerKind.ROLE),
        key_is(access.space, "sts:ExternalId", fresh_values()),
    ]
    return access.meets([*asked, account_in(accounts)] if accounts else asked)


@pytest.mark.parametrize("accounts", [(), ("444455556666",)])
@pytest.mark.parametrize("value", ["${aws:PrincipalAccount}", "zz${aws:PrincipalAccount}", "zz${aws:PrincipalAccount}${aws:username}"])
def test_an_account_id_is_no_run_of_letters(value: str, accounts: tuple[str, ...]) -> None:
    assert with_external_id(value, *accounts) is None


def test_a_name_may_be_a_run_of_letters() -> None:
    found = with_external_id("zz${aws:username}")
    assert found is not None
    assert found.request.context["sts:externalid"] == "zz" + found.request.caller.name.rpartition("/")[2]


def test_a_session_cannot_be_named_after_a_user_where_there_is_none() -> None:
    provider = {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}
    unlike = {"StringNotEquals": {"sts:RoleSessionName": "${aws:username}"}, "StringNotLike": {"aws:PrincipalType": "User"}}
    statements = [
        {"Effect": "Allow", "Principal": provider, "Action": "sts:AssumeRoleWithSAML"},
        {"Effect": "Deny", "Principal": "*", "Action": "*", "Condition": unlike},
    ]
    assert Access(policy({"Statement": statements}), Kind.TRUST).meets([action_is("sts:*")]) is None
