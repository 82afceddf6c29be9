"""Is a statement that is said to apply found to apply by a search too?"""

from __future__ import annotations

from pathlib import Path

import pytest

from iamlint.access.access import Access
from iamlint.access.liveness import applying
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.policy.statement import Effect
from iamlint.text.json import read_json
from iamlint.text.source import Source
from tests.policy.reading import only, policy_text

TRUSTS = sorted((Path(__file__).parents[2] / "fixtures" / "quiet" / "trust").glob("*.json"))


def trust(**statement: object) -> Access:
    text = policy_text({"Effect": "Allow", "Action": "sts:AssumeRole", **statement})
    return Access(only(text, Kind.TRUST).policy, Kind.TRUST)


@pytest.mark.parametrize("path", TRUSTS, ids=lambda path: path.stem)
def test_what_is_plain_to_see_is_what_a_search_finds(path: Path) -> None:
    for document in find_documents(read_json(Source(path.name, path.read_bytes())), kind=Kind.TRUST):
        access = Access(document.policy, Kind.TRUST)
        for statement in document.policy.statements:
            searched = access.matches(statement, certain=statement.effect is not Effect.ALLOW)
            assert (applying(access, statement) is None) == (searched is None)


@pytest.mark.parametrize(
    ("principal", "caller"),
    [
        ({"Service": "ec2.amazonaws.com"}, "ec2.amazonaws.com"),
        ({"AWS": "arn:aws:iam::210987654321:role/ci/deploy"}, "ci/deploy"),
        ({"AWS": "arn:aws:iam::210987654321:user/ann"}, "ann"),
        ({"AWS": "210987654321"}, "Outsider"),
    ],
)
def test_whom_a_statement_names_makes_the_request(principal: object, caller: str) -> None:
    access = trust(Principal=principal)
    found = applying(access, access.policy.statements[0])
    assert found is not None
    assert found.request.caller.name == caller


def test_a_service_cannot_bring_a_token() -> None:
    access = trust(Principal={"Service": "ec2.amazonaws.com"}, Action="sts:AssumeRoleWithWebIdentity")
    assert applying(access, access.policy.statements[0]) is None
