"""Policies of which two opinions are asked, ours and policyuniverse's: those of cards and fixtures, and whom each lets in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from policyuniverse.policy import Policy

from iamlint.lint.run import lint
from iamlint.policy.document import Document, Kind
from iamlint.policy.read import find_documents
from iamlint.policy.statement import Effect
from iamlint.rulebook.book import load_book
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone
from tests.lint.trials import trials

ROOT = Path(__file__).parents[2]
# The rules that say of a policy that strangers from anywhere get in.
PUBLIC = frozenset(
    "public-resource-policy trust-public-principal trust-public-network-gated trust-public-external-id-only oidc-missing-subject".split()
)


@cache
def cards() -> tuple[Any, ...]:
    return tuple(card for card in load_book().cards if card.name in PUBLIC)


class Asked(NamedTuple):
    """A policy by its name, as text and as a document, with the zone and the moment it is judged by."""

    name: str
    text: str
    document: Document
    zone: Zone = Zone()
    now: int = 0

    def is_public(self) -> bool:
        """Whether one of our rules says that strangers get in."""
        return bool(lint((self.document,), cards(), self.zone, self.now).findings)

    def is_public_to_policyuniverse(self) -> bool | str:
        """What it says, or the name of the error it ends with."""
        try:
            return bool(Policy(json.loads(self.text)).is_internet_accessible())
        except (TypeError, AttributeError) as error:
            return type(error).__name__

    def named(self) -> set[str]:
        """Who is named in the Allows."""
        allows = [statement.principals for statement in self.document.policy.statements if statement.effect is Effect.ALLOW]
        return {entry.text for principals in allows if principals and not principals.negated for entry in principals.entries}

    def named_to_policyuniverse(self) -> set[str] | str:
        """Whom it finds, or the name of the error it ends with."""
        try:
            return {who.value for who in Policy(json.loads(self.text)).whos_allowed() if who.category == "principal"}
        except (TypeError, AttributeError) as error:
            return type(error).__name__


@cache
def policies() -> tuple[Asked, ...]:
    """Every trust and resource policy in JSON that is a whole example of a card (named by a digest of its text), or a whole fixture."""
    return tuple(asked for asked in (*_examples(), *_fixtures()) if asked.document.kind in (Kind.TRUST, Kind.RESOURCE))


def _examples() -> Iterator[Asked]:
    for card, example, trial in trials():
        if example.format == "json" and len(trial.documents) == 1 and not trial.documents[0].route:
            digest = sha256(example.block.text.encode()).hexdigest()[:6]
            yield Asked(f"{card.name} {digest}", example.block.text, trial.documents[0], trial.zone, trial.now)


def _fixtures() -> Iterator[Asked]:
    for folder in ("policies", "quiet"):
        for path in sorted((ROOT / "fixtures" / folder).rglob("*.json")):
            text = path.read_text(encoding="utf-8")
            try:
                json.loads(text)
            except ValueError:
                continue
            documents = find_documents(read_json(Source(path.name, text.encode())))
            if len(documents) == 1 and not documents[0].route:
                yield Asked(path.relative_to(ROOT / "fixtures").as_posix(), text, documents[0])
