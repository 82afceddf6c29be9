"""Who is named in a list of many principals: what each of them names for itself, though they are looked up by their accounts."""

from __future__ import annotations

import pytest

from iamlint.access.evaluation.principals import named_levels
from iamlint.access.evaluation.request import Caller, Request
from iamlint.access.evaluation.scope import Scope
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.naming import read_principal
from iamlint.policy.principal import Principals
from tests.access.build import role, root, service, user

OWN, OTHER = "111122223333", "444455556666"
NAMED = [
    ("AWS", OWN),
    ("AWS", f"arn:aws:iam::{OTHER}:user/ann"),
    ("AWS", f"arn:aws-cn:iam::{OTHER}:root"),
    ("AWS", f"arn:aws:iam::{OTHER}:role/ci"),
    ("AWS", f"arn:aws:sts::{OTHER}:assumed-role/ops/bob"),
    ("AWS", f"arn:aws:iam::{OTHER}:role/${{Name}}"),
    ("AWS", "arn:aws:iam::${Account}:role/open"),
    ("Service", "lambda.amazonaws.com"),
    ("Federated", f"arn:aws:iam::{OTHER}:oidc-provider/token.actions.githubusercontent.com"),
    ("AWS", "AIDACKCEVSQ6C2EXAMPLE"),
]
CALLERS = [
    *(root(OWN), root(OTHER), user("ann", OTHER), user("ann", OWN), role("ci", "", OTHER), role("ops", "bob", OTHER)),
    *(role("x", "", OTHER), role("open", "", "777788889999"), service("lambda.amazonaws.com"), service("ec2.amazonaws.com")),
    Caller(CallerKind.ROOT, account=OTHER, partition="aws-cn"),
    Caller(CallerKind.WEB_IDENTITY, f"arn:aws:iam::{OTHER}:oidc-provider/token.actions.githubusercontent.com"),
    Caller(CallerKind.ANONYMOUS),
]
STRANGERS = [read_principal("AWS", str(200000000000 + number), (number,)) for number in range(30)]


@pytest.mark.parametrize("caller", CALLERS, ids=repr)
@pytest.mark.parametrize("may", [False, True])
@pytest.mark.parametrize("negated", [False, True])
def test_among_many_everybody_is_named_as_among_few(caller: Caller, may: bool, negated: bool) -> None:
    scope = Scope(Request("sts:AssumeRole", caller=caller), True, may)
    entries = [read_principal(type, text, (0,)) for type, text in NAMED]
    few, many = Principals(tuple(entries), negated, ()), Principals((*STRANGERS, *entries), negated, ())
    assert named_levels(many, scope) == named_levels(few, scope)


def test_a_stranger_among_many_is_named() -> None:
    scope = Scope(Request("sts:AssumeRole", caller=root("200000000007")), True, False)
    assert named_levels(Principals(tuple(STRANGERS), False, ()), scope)
