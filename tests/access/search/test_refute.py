"""Is an assumption about a policy variable taken back where no value makes it true?"""

from __future__ import annotations

from typing import Any

import pytest

from iamlint.access.access import Access
from iamlint.access.evaluation.request import Witness
from iamlint.access.search.question import account_in, action_is, caller_is, fresh_values, key_is
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


def meets(*blocks: dict[str, Any], resource: str = "*") -> Witness | None:
    """A request that a policy with these conditions, the first under Allow and the others under Deny, allows."""
    statements = [{"Effect": "Allow" if not at else "Deny", "Action": "*", "Condition": one} for at, one in enumerate(blocks)]
    return Access(
        policy({"Statement": [{**one, "Resource": resource if not at else "*"} for at, one in enumerate(statements)]}), None
    ).meets([])


SAME_ACCOUNT = {"aws:ResourceAccount": "${aws:PrincipalAccount}"}


@pytest.mark.parametrize("accounts", [["111122223333"], ["111122223333", "444455556666"]])
def test_two_keys_that_are_equal_have_a_value_in_common(accounts: list[str]) -> None:
    found = meets({"StringEquals": SAME_ACCOUNT, "StringLike": {"aws:PrincipalAccount": accounts}})
    assert found is not None
    assert found.request.value("aws:resourceaccount") == found.request.caller.account
    assert found.request.caller.account in accounts


def test_two_keys_that_are_equal_do_not_have_different_values() -> None:
    other = {"aws:ResourceAccount": "444455556666", "aws:PrincipalAccount": ["111122223333", "777788889999"]}
    assert meets({"StringLike": SAME_ACCOUNT, "StringEquals": other}) is None


def test_to_be_equal_is_mutual() -> None:
    assert meets({"StringEquals": SAME_ACCOUNT, "StringNotEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}}) is None


def test_a_chain_of_equal_keys_has_one_value() -> None:
    chain = {**SAME_ACCOUNT, "aws:SourceAccount": "${aws:ResourceAccount}"}
    found = meets({"StringEquals": chain, "StringLike": {"aws:PrincipalAccount": "111122223333"}})
    assert found is not None
    assert found.request.context == {"aws:resourceaccount": "111122223333", "aws:sourceaccount": "111122223333"}


def test_a_default_is_the_value_of_who_lacks_the_key() -> None:
    role = {"aws:PrincipalType": "AssumedRole"}
    assert (
        meets(
            {"StringEquals": {**role, "aws:PrincipalTag/name": ["${aws:username, 'eve'}"]}, "StringLike": {"aws:PrincipalTag/name": "bob"}}
        )
        is None
    )
    assert (
        meets(
            {
                "StringEquals": {**role, "aws:PrincipalTag/name": "eve"},
                "StringNotEquals": {"aws:PrincipalTag/name": "${aws:username, 'eve'}"},
            }
        )
        is None
    )


def test_no_user_has_an_empty_name() -> None:
    asked = Access(
        policy(
            {
                "Statement": [
                    {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a/${aws:username}/*"},
                    {"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::a/?"},
                ]
            }
        ),
        None,
    )
    assert asked.meets([]) is None


def test_a_variable_is_found_in_the_middle_of_what_a_resource_may_be() -> None:
    asked = Access(
        policy(
            {
                "Statement": [
                    {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a/${aws:PrincipalTag/team}/*"},
                    {"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::a/blue/x"},
                ]
            }
        ),
        None,
    )
    found = asked.meets([])
    assert found is not None
    assert found.request.value("aws:principaltag/team") == "blue"
