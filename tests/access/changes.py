"""Policies before and after a change, and who it lets in."""

from __future__ import annotations

import json

from iamlint.access.change import Change
from iamlint.access.newcomers import Newcomer
from iamlint.policy.document import Document, Kind
from iamlint.policy.read import find_documents
from iamlint.text.read import read
from iamlint.text.source import Source

OWN, OTHER, THIRD = "111122223333", "999988887777", "888877776666"
GITHUB = "token.actions.githubusercontent.com"


def root(account: str) -> dict[str, object]:
    return {"AWS": f"arn:aws:iam::{account}:root"}


def allow(principal: object, action: object = "sts:AssumeRole", resource: object = "", **conditions: object) -> dict[str, object]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, "Condition": conditions}
    return {**statement, "Resource": resource} if resource else statement


def github(*subjects: str) -> dict[str, object]:
    claims = {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}, "StringLike": {f"{GITHUB}:sub": list(subjects)}}
    provider = {"Federated": f"arn:aws:iam::{OWN}:oidc-provider/{GITHUB}"}
    return allow(provider, "sts:AssumeRoleWithWebIdentity", **claims)


def document(*statements: object, kind: Kind = Kind.TRUST) -> Document:
    text = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    return find_documents(read(Source("policy.json", text.encode()))[0], kind=kind)[0]


def let_in(before: Document | None, after: Document, *organizations: str, tenants: tuple[str, ...] = ()) -> list[Newcomer]:
    """Who gets in by the change; each of their requests is allowed now and was refused before."""
    change = Change(after, before)
    found = list(change.newcomers([OWN], organizations, {GITHUB: tenants}))
    for newcomer in found:
        assert change.widening._is_new(newcomer.witness.request) == newcomer.witness.statements
    return found


def names(before: Document | None, after: Document, *organizations: str, tenants: tuple[str, ...] = ()) -> list[str]:
    """The same by their names."""
    return [newcomer.name for newcomer in let_in(before, after, *organizations, tenants=tenants)]
