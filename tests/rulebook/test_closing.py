"""Does the fix of a tenant's name that runs on keep the tenant, and nobody else?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.access.compare import widened
from iamlint.finding import Finding, Safety
from iamlint.lint.run import lint
from iamlint.policy.document import Document, Kind
from iamlint.policy.read import find_documents
from iamlint.report.mend import edits_of
from iamlint.rulebook.book import load_book
from iamlint.text.edit import apply
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone

CARDS = [card for card in load_book().cards if card.name == "oidc-subject-unterminated-tenant"]
GITHUB = "token.actions.githubusercontent.com"
OURS = Zone(tenants={GITHUB: ["acme"]})


def read(text: str) -> Document:
    [document] = find_documents(read_json(Source("role.json", text.encode())), kind=Kind.TRUST)
    return document


def found(host: str, subject: Any, zone: Zone | None = None) -> Finding:
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{host}"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringLike": {f"{host}:sub": subject}},
    }
    document = read(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    [finding] = lint([document], CARDS, zone or Zone(), 0).findings
    return finding


def mended(finding: Finding) -> str:
    assert finding.fix is not None
    return apply(finding.document.tree.source.text, edits_of(finding.fix, finding.document.tree))


@pytest.mark.parametrize(
    ("host", "subject", "expected"),
    [
        (GITHUB, "repo:acme*", ["repo:acme/*", "repo:acme@*/*"]),
        (GITHUB, ["repo:acme*"], ["repo:acme/*", "repo:acme@*/*"]),
        (GITHUB, ["repo:acme*", "repo:acme/*"], ["repo:acme/*", "repo:acme@*/*"]),
        (GITHUB, "repo:acme*/app:ref:refs/heads/main", "repo:acme/app:ref:refs/heads/main"),
        (GITHUB, "repo:acme*/app*:pull_request", ["repo:acme/app*:pull_request", "repo:acme@*/app*:pull_request"]),
        (GITHUB, "repo:acme*:environment:prod", ["repo:acme/*:environment:prod", "repo:acme@*/*:environment:prod"]),
        ("gitlab.com", "project_path:acme*", "project_path:acme/*"),
        (
            "gitlab.com",
            "project_path:acme*/app:ref_type:branch:ref:main",
            ["project_path:acme/app:ref_type:branch:ref:main", "project_path:acme/*/app:ref_type:branch:ref:main"],
        ),
        ("app.terraform.io", "organization:acme*", "organization:acme:*"),
        ("app.terraform.io", "organization:acme*:project:p:*", "organization:acme:project:p:*"),
        ("agent.buildkite.com", "organization:acme*:pipeline:deploy:*", "organization:acme:pipeline:deploy:*"),
    ],
)
def test_the_name_is_ended_and_nothing_new_is_let_in(host: str, subject: Any, expected: Any) -> None:
    finding = found(host, subject)
    after = mended(finding)
    [statement] = json.loads(after)["Statement"]
    assert statement["Condition"]["StringLike"] == {f"{host}:sub": expected}
    assert widened(finding.document.policy, read(after).policy, Kind.TRUST) is None
    assert lint([read(after)], CARDS, Zone(), 0).findings == ()


def test_the_fix_is_safe_when_every_name_is_ours() -> None:
    safety = {
        subjects: fix.safety
        for subjects in ("repo:acme*", "repo:acme* repo:other*")
        if (fix := found(GITHUB, subjects.split(), OURS).fix) is not None
    }
    assert safety == {"repo:acme*": Safety.SAFE, "repo:acme* repo:other*": Safety.UNSAFE}


@pytest.mark.parametrize("subject", ["repo:acme-*/app:*", "repo:ac?e/app:*", "repo:acme**", "repo:acme?*/app:*"])
def test_a_pattern_of_names_has_no_end_that_is_known(subject: str) -> None:
    fix = found(GITHUB, subject).fix
    assert fix is not None
    assert (fix.safety, fix.changes) == (Safety.MANUAL, ())
