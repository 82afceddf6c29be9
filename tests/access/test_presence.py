"""Do the requests that a statement matches carry a key?"""

from __future__ import annotations

import pytest

from iamlint.access.presence import never_sent
from iamlint.policy.document import Kind
from tests.access.build import allow

SERVICE = {"Principal": {"Service": "ec2.amazonaws.com"}}
ACCOUNT = {"Principal": {"AWS": "111122223333"}}
OIDC = {"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}}


@pytest.mark.parametrize(
    ("kind", "elements", "key", "never"),
    [
        (Kind.IDENTITY, {}, "aws:SourceAccount", True),
        (Kind.IDENTITY, {}, "aws:PrincipalTag/team", False),
        (Kind.IDENTITY, {}, "aws:username", False),
        (Kind.IDENTITY, {}, "sts:ExternalId", False),
        (Kind.IDENTITY, {}, "kms:ViaService", False),
        (Kind.RESOURCE, {"Principal": "*"}, "aws:SourceAccount", False),
        (Kind.RESOURCE, ACCOUNT, "aws:SourceAccount", True),
        (Kind.RESOURCE, {"NotPrincipal": {"AWS": "111122223333"}}, "aws:SourceAccount", False),
        (Kind.TRUST, SERVICE | {"Action": "sts:AssumeRole"}, "aws:PrincipalOrgID", True),
        (Kind.TRUST, SERVICE | {"Action": "sts:AssumeRole"}, "aws:SourceArn", False),
        (Kind.TRUST, OIDC | {"Action": "sts:AssumeRoleWithWebIdentity"}, "sts:ExternalId", True),
        (Kind.TRUST, ACCOUNT | {"Action": "sts:*"}, "sts:ExternalId", False),
        (Kind.TRUST, ACCOUNT | {"Action": "sts:TagSession"}, "sts:ExternalId", True),
    ],
)
def test_a_key_is_never_sent_where_aws_says_so(kind: Kind, elements: dict[str, object], key: str, never: bool) -> None:
    assert never_sent(key, allow(**elements).statements[0], kind) is never
