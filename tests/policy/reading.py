"""Policies from literals, and problems as what they underline."""

from __future__ import annotations

import json

from iamlint.policy.document import Document, Kind
from iamlint.policy.grammar import Problem
from iamlint.policy.read import find_documents
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.text.tree import Place, Tree
from iamlint.text.yaml import read_yaml

TRUST = {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}
IDENTITY = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}


def policy_text(*statements: object) -> str:
    """A policy of these statements as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, indent=2, ensure_ascii=False)


def resource(type: str, **properties: object) -> str:
    """A template with one resource, `It`."""
    return json.dumps({"Resources": {"It": {"Type": type, "Properties": properties}}})


def found(text: str, kind: Kind | None = None) -> tuple[Document, ...]:
    """The documents in a JSON text."""
    return find_documents(read_json(Source("policy.json", text.encode())), kind=kind)


def found_in_yaml(text: str) -> tuple[Document, ...]:
    """The documents in a YAML text."""
    return tuple(document for tree in read_yaml(Source("policy.yaml", text.encode())) for document in find_documents(tree))


def only(text: str, kind: Kind | None = None) -> Document:
    """The one document in a JSON text."""
    (document,) = found(text, kind)
    return document


def underlined(tree: Tree, place: Place) -> str:
    """The text at a place."""
    span = tree.locate(place)
    return tree.source.text[span.start : span.end]


def told(document: Document) -> list[tuple[str, str, str]]:
    """The problems of a document: rule, underlined text, message."""
    return [(problem.rule, underlined(document.tree, problem.place), problem.message) for problem in document.problems]


def rules(document: Document) -> list[str]:
    """The rules that a document's problems break."""
    return [problem.rule for problem in document.problems]


def only_problem(text: str, kind: Kind | None = None) -> Problem:
    """The one problem of the one document in a JSON text."""
    (problem,) = only(text, kind).problems
    return problem
