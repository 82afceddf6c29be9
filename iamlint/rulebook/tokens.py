"""Which tokens does a `token` part of a question ask about?

A token is described by the fields of its subject's documented shapes (`repo:{tenant}/{project}:{context}`) and by its other claims:

- a field's name (or `tenant`, `project`, `context` for all fields of that level): `any`, `fresh` (a name that nobody wrote down), `elsewhere` (a name
  other than those the policy and the zone know), or one or more texts;
- `abusable`: `any`, or `elsewhere`: claims that every tenant can have say nothing that the policy fixes;
- `audience`: `any` (the default) or `fresh`.

When the tenant is fresh or elsewhere, every claim that pins a tenant is a stranger's too; when the project is fresh, every claim that pins one.
"""

from __future__ import annotations

import re

from iamlint.access.glob import STAR, Chars, Glob, Item, concatenation, literal_item
from iamlint.access.fixed import conditions_on, keys_of
from iamlint.access.question import fresh_values, key_elsewhere, key_is
from iamlint.access.sets import TextSet
from iamlint.knowledge.issuers import find_issuer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeAlias

    from iamlint.access.cube import Clause
    from iamlint.case import Case
    from iamlint.knowledge.issuers import Issuer
    from iamlint.rulebook.card import Fact
    from iamlint.rulebook.subjects import Subject

    Items: TypeAlias = tuple[Item, ...]

_FIELD = re.compile(r"\{([a-z-]+)(/?)\}")
_FRESH: Items = (literal_item("z"), literal_item("z"), Item(Chars("z"), loop=True))
_NAME = Chars("/:@|", negated=True)
_PATH = Chars(":", negated=True)
_STRANGE = ("fresh", "elsewhere")
# What stands before the name in the rest of a subject; a pattern that leaves the name free is any branch, whichever way it is written.
_FRESH_CONTEXTS = ("", "ref:", "ref:refs/heads/", "ref_type:branch:ref:")


def token_clauses(case: Case, subject: Subject, token: Mapping[str, Fact]) -> Iterator[Clause]:
    """The tokens of the subject's issuer that `token` describes."""
    issuer = find_issuer(subject.fields["issuer"])
    asked = _Asked(case, issuer, {name: value for name, value in token.items()})
    tested = keys_of(case.document.policy)
    for claim in dict.fromkeys((issuer.subject_claim, *issuer.tenant_claims)):
        yield from asked.claim(claim, tested)
    if token.get("abusable") == "elsewhere":
        for claim in issuer.abusable_claims:
            if issuer.key(claim).lower() in tested:
                yield key_elsewhere(case.access.space, case.document.policy, issuer.key(claim))
    if token.get("audience") == "fresh":
        yield key_is(case.access.space, issuer.key("aud"), fresh_values())


class _Asked:
    """A `token` part, asked of one document's view of one issuer."""

    __slots__ = ("case", "issuer", "token")

    def __init__(self, case: Case, issuer: Issuer, token: Mapping[str, Fact]) -> None:
        self.case = case
        self.issuer = issuer
        self.token = token

    def claim(self, claim: str, tested: frozenset[str]) -> Iterator[Clause]:
        """What the token says of one claim that pins a tenant or a project."""
        space, policy = self.case.access.space, self.case.document.policy
        key = self.issuer.key(claim)
        main = claim == self.issuer.subject_claim
        if not main and key.lower() not in tested:
            return
        globs = [*self._shaped(claim), *(self._unbound() if main else ())]
        if globs:
            yield key_is(space, key, TextSet(globs), absent=not main)
            excluded = self._known(claim)
            if excluded:
                yield key_is(space, key, TextSet(excluded, complemented=True), absent=not main)
        elif self._strange() or (self.token.get("project") == "fresh" and claim not in self.issuer.tenant_only):
            yield key_is(space, key, fresh_values()) if main else key_elsewhere(space, policy, key)

    def _strange(self) -> bool:
        return self.token.get("tenant") in _STRANGE

    def _shaped(self, claim: str) -> list[Glob]:
        found: list[Glob] = []
        for shape in self.issuer.shapes.get(claim, ()):
            pieces = _FIELD.split(shape)
            alternatives: list[Items] = [_literal(pieces[0])]
            for name, slash, following in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
                ways = self._field(name, bool(slash), last=not following)
                alternatives = [(*items, *way, *_literal(following)) for items in alternatives for way in ways]
            found += [concatenation(items) for items in alternatives]
        return found

    def _field(self, name: str, slashes: bool, last: bool) -> list[Items]:
        """The ways to write one field of a shape."""
        wanted = self.token.get(name, self.token.get(_level(name)))
        if isinstance(wanted, list) or (isinstance(wanted, str) and wanted not in ("any", "fresh", "elsewhere")):
            return [_literal(text) for text in (wanted if isinstance(wanted, list) else [wanted]) if isinstance(text, str)]
        if wanted == "fresh":
            starts = _FRESH_CONTEXTS if _level(name) == "context" else ("",)
            return [(*_literal(start), *(_DIGITS if name.endswith("-id") else _FRESH)) for start in starts]
        if last:
            return [(STAR,)]
        chars = _PATH if slashes else _NAME
        return [(Item(chars), Item(chars, loop=True))]

    def _unbound(self) -> list[Glob]:
        if not self._strange():
            return []
        return [concatenation(_literal(f"{claim}:"), (STAR,)) for claim in self.issuer.unbound_subjects]

    def _known(self, claim: str) -> list[Glob]:
        """The values of tenants that the policy or the zone names, where the question is about others."""
        if self.token.get("tenant") != "elsewhere":
            return []
        names = set(self.case.zone.tenants.get(self.issuer.host, ()))
        for _, condition in conditions_on(self.case.document.policy, self.issuer.key(claim).lower()):
            for value in condition.values:
                if isinstance(value, str):
                    names.update(_before_wildcard(part.text) for part in self.issuer.split(value, claim) if part.name == "tenant")
        return [
            concatenation(_literal(before), _literal(name), _literal(after[:1]), (STAR,))
            for name in sorted(names - {""})
            for before, after in self._around_tenant(claim)
        ]

    def _around_tenant(self, claim: str) -> list[tuple[str, str]]:
        found = []
        for shape in self.issuer.shapes.get(claim, ()):
            before, marker, after = shape.partition("{tenant}")
            if marker:
                found.append((before, after))
        return found


_DIGITS: Items = (literal_item("7"), Item(Chars("7"), loop=True))


def _level(name: str) -> str:
    return "tenant" if name.startswith("tenant") else name if name == "context" else "project"


def _literal(text: str) -> Items:
    return tuple(literal_item(char) for char in text)


def _before_wildcard(text: str) -> str:
    return re.split(r"[*?]", text, maxsplit=1)[0]
