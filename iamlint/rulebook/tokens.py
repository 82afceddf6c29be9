"""Which tokens does a `token` part of a question ask about?

A token is described by the fields of its subject's documented shapes (`repo:{tenant}/{project}:{context}`) and by its other claims:

- a field's name (or `tenant`, `project`, `context` for all fields of that level, `first` for the outermost field, `last` for the
  innermost of the project's, also within a group that the policy names): `any`, `fresh` (a name that nobody wrote down), `elsewhere` (a
  name other than those the policy and the zone know), or one or more texts;
- `subject`: `elsewhere` for a subject that the policy does not write out;
- `abusable`: `any`, or `elsewhere`: claims that every tenant can have are absent or say what nobody wrote down;
- `audience`: `any` (the default) or `fresh`.

When the tenant is fresh or elsewhere, every claim that pins a tenant is a stranger's too; when the project is fresh, every claim that
pins one. A fresh context is asked for only where good subjects name one: some platforms end their subjects with the number of the run.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.search.cube import NEVER
from iamlint.access.search.question import fresh_values, key_elsewhere, key_is
from iamlint.access.sets.glob import STAR, Chars, Glob, Item, concatenation, format_glob, literal_item
from iamlint.access.sets.value_sets import TextSet
from iamlint.knowledge.issuers import find_issuer, normalize_host
from iamlint.knowledge.nouns import nouns
from iamlint.knowledge.subjects import fields_of
from iamlint.policy.fixed import conditions_on, keys_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypeAlias

    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.knowledge.issuers import Issuer
    from iamlint.knowledge.nouns import Nouns
    from iamlint.rulebook.card import Fact
    from iamlint.rulebook.subjects import Subject

    Items: TypeAlias = tuple[Item, ...]
    # What a `token` part says of each field: a word, or the texts it may have.
    Wanted: TypeAlias = frozenset[tuple[str, str | tuple[str, ...]]]

_FRESH: Items = (literal_item("z"), literal_item("z"), Item(Chars("z"), loop=True))
_DIGITS: Items = (literal_item("7"), Item(Chars("7"), loop=True))
_NAME = Chars("/:@|", negated=True)
_PATH = Chars(":", negated=True)
_WORDS = ("any", "fresh", "elsewhere")
_STRANGE = ("fresh", "elsewhere")
# Customized subjects of GitHub that begin with the claim of an owner or a repository.
_CUSTOM_SHAPES = (
    "repository_owner:{tenant}",
    "repository_owner:{tenant}:{project}:{context}",
    "repository_owner_id:{tenant-id}",
    "repository_owner_id:{tenant-id}:{project}:{context}",
    "repository:{tenant}/{project}:{context}",
    "repository_id:{project-id}:{context}",
)


def token_clauses(case: Case, subject: Subject, token: Mapping[str, Fact]) -> Iterator[Clause]:
    """The tokens of the subject's issuer that `token` describes."""
    issuer = find_issuer(subject.fields["issuer"])
    if token.get("context") == "fresh" and not _names_context(issuer):
        yield NEVER
        return
    space, policy = case.access.space, case.document.policy
    tested = keys_of(policy)
    yield from _Asked(case, issuer, token).clauses(tested)
    if token.get("subject") == "elsewhere":
        yield key_elsewhere(space, policy, issuer.key(issuer.subject_claim))
    if token.get("abusable") == "elsewhere":
        for claim in issuer.abusable_claims:
            if issuer.key(claim).lower() in tested:
                yield key_is(space, issuer.key(claim), fresh_values(), absent=True)
    if token.get("audience") == "fresh":
        yield key_is(space, issuer.key("aud"), fresh_values())
        for claim in ("oaud", "azp"):
            if issuer.key(claim) in tested:
                yield key_elsewhere(space, policy, issuer.key(claim))


_ALL_OWN: Mapping[str, Fact] = {"subject": "elsewhere"}
_ALL_STRANGERS: Mapping[str, Fact] = {"tenant": "elsewhere"}


def wider_tokens(case: Case, subject: Subject, token: Mapping[str, Fact]) -> Iterator[Mapping[str, Fact]]:
    """Kinds of token that hold every one of those that `token` describes, the widest first."""
    if not any(token.get(level) in _STRANGE for level in ("tenant", "project", "context", "first", "last")):
        return
    asked = _Asked(case, find_issuer(subject.fields["issuer"]), token)
    if asked.could_be_fixed:
        yield _ALL_OWN
    if token.get("tenant") == "fresh":
        yield _ALL_STRANGERS


@lru_cache(maxsize=64)
def _names_context(issuer: Issuer) -> bool:
    """Whether a good subject of the issuer names a branch, an environment or a phase."""
    return any(part.level == "context" and not part.text.startswith("*") for part in issuer.split(issuer.template))


class _Asked:
    """A `token` part, asked of one document's view of one issuer."""

    __slots__ = ("case", "issuer", "project", "tenant", "wanted")

    def __init__(self, case: Case, issuer: Issuer, token: Mapping[str, Fact]) -> None:
        self.case = case
        self.issuer = issuer
        self.tenant = token.get("tenant", token.get("first"))
        self.project = token.get("project", token.get("first", token.get("last")))
        self.wanted: Wanted = frozenset(
            (name, value if isinstance(value, str) else tuple([text for text in value if isinstance(text, str)]))
            for name, value in token.items()
            if isinstance(value, str | list)
        )

    def clauses(self, tested: frozenset[str]) -> Iterator[Clause]:
        """What the token says of the claims that pin a tenant or a project."""
        for claim in dict.fromkeys((self.issuer.subject_claim, *self.issuer.tenant_claims)):
            if claim == self.issuer.subject_claim:
                yield from self._subject()
            elif self.issuer.key(claim).lower() in tested:
                yield from self._claim(claim)

    def _subject(self) -> Iterator[Clause]:
        claim = self.issuer.subject_claim
        globs = _written_as(self._shapes(claim), self._unbound(), nouns(self.issuer), self.wanted, self._groups())
        if globs is not None:
            yield from self._among(claim, globs, absent=False)
        elif self._asks_strangers():
            yield key_is(self.case.access.space, self.issuer.key(claim), fresh_values())

    def _claim(self, claim: str) -> Iterator[Clause]:
        globs = _written_as(self._shapes(claim), (), nouns(self.issuer), self.wanted)
        if globs is not None:
            yield from self._among(claim, globs, absent=True)
        elif self.tenant in _STRANGE or (self.project in _STRANGE and claim not in self.issuer.tenant_only):
            yield key_elsewhere(self.case.access.space, self.case.document.policy, self.issuer.key(claim))

    @property
    def could_be_fixed(self) -> bool:
        """Whether the policy may let in nothing but the subjects that it writes out, none of them customized to be that of many tenants."""
        texts = self._texts()
        if not texts or any("*" in text or "?" in text for text in texts):
            return False
        return not any(text.startswith("repository") or text.partition(":")[0] in self.issuer.unbound_subjects for text in texts)

    def _asks_strangers(self) -> bool:
        return self.tenant in _STRANGE or self.project in _STRANGE

    def _among(self, claim: str, globs: TextSet, *, absent: bool) -> Iterator[Clause]:
        space, key = self.case.access.space, self.issuer.key(claim)
        yield key_is(space, key, globs, absent=absent)
        excluded = self._known(claim) if self.tenant == "elsewhere" else ()
        if excluded:
            yield key_is(space, key, TextSet(excluded, complemented=True), absent=absent)

    def _known(self, claim: str) -> list[Glob]:
        """The values of the tenants that the policy or the zone names."""
        names = set(known_tenants(self.case, self.issuer, claim))
        return [
            concatenation(_literal(before), _literal(name), _literal(after[:1]), (STAR,) if after else ())
            for name in sorted(names)
            for before, after in _around_tenant(self._shapes(claim))
        ]

    def _shapes(self, claim: str) -> tuple[str, ...]:
        """How `claim` is written, as far as this policy can tell: where it names no id, subjects with ids get in as those without do."""
        shapes = self.issuer.shapes.get(claim, ())
        if claim != self.issuer.subject_claim or not self.issuer.unbound_subjects:
            return shapes
        texts = self._texts()
        if texts is None:
            return shapes + _CUSTOM_SHAPES
        if not any("@" in text for text in texts):
            shapes = tuple([shape for shape in shapes if "@" not in shape])
        return shapes + _CUSTOM_SHAPES if any(text.startswith("repository") for text in texts) else shapes

    def _unbound(self) -> tuple[str, ...]:
        """The claims that subjects of strangers can begin with, if the policy lets in any."""
        names = self.issuer.unbound_subjects
        if not names or self.tenant not in _STRANGE:
            return ()
        texts = self._texts()
        return tuple([name for name in names if texts is None or any(text.startswith(f"{name}:") or text == name for text in texts)])

    def _groups(self) -> tuple[str, ...]:
        """The groups within a tenant that subjects of the policy name, where projects lie in such: `platform` of `acme/platform/*`."""
        if ("last", "fresh") not in self.wanted:
            return ()
        paths = [part.text for text in self._texts() or () for part in self.issuer.split(text) if part.level == "project"]
        groups = [path.rpartition("/")[0] for path in paths]
        return tuple(dict.fromkeys([group for group in groups if group and "*" not in group and "?" not in group]))

    def _texts(self) -> list[str] | None:
        """What conditions say of the subject; None when some say only what it is not."""
        tests = [condition for _, condition in conditions_on(self.case.document.policy, self.issuer.key(self.issuer.subject_claim).lower())]
        if any(condition.operator.base.negated for condition in tests):
            return None
        return [value for condition in tests for value in condition.values if isinstance(value, str)]


def known_tenants(case: Case, issuer: Issuer, claim: str) -> Iterator[str]:
    """The tenants of the issuer that are ours, and those that the policy names in `claim` (up to a wildcard)."""
    for host, tenants in case.zone.tenants.items():
        if normalize_host(host) == normalize_host(issuer.host):
            yield from tenants
    for _, condition in conditions_on(case.document.policy, issuer.key(claim).lower()):
        for value in condition.values:
            if isinstance(value, str):
                parts = issuer.split(value, "" if claim == issuer.subject_claim else claim)
                names = [_before_wildcard(part.text) for part in parts if part.level == "tenant"]
                yield from filter(None, names[:1])


@lru_cache(maxsize=512)
def _written_as(
    shapes: tuple[str, ...], unbound: tuple[str, ...], words: Nouns, wanted: Wanted, groups: tuple[str, ...] = ()
) -> TextSet | None:
    """The values of a claim that the `token` part describes; None when no page documents how the claim is written."""
    asked = dict(wanted)
    fitting = [shape for shape in shapes if shape in _CUSTOM_SHAPES or _has_what_is_fresh(shape, asked)]
    globs = [glob for shape in fitting for glob in _written(shape, asked, words, groups)]
    if asked.get("abusable") != "elsewhere":
        globs += [concatenation(_literal(f"{name}:"), (STAR,)) for name in unbound]
    return TextSet(globs) if globs else None


def _has_what_is_fresh(shape: str, asked: Mapping[str, str | tuple[str, ...]]) -> bool:
    """A subject without a project is that of no other project, and so on."""
    levels = {_level(name) for name, _, _ in fields_of(shape)[1]}
    if asked.get("last") in _STRANGE and "project" not in levels:
        return False
    return all(level in levels for level in ("tenant", "project", "context") if asked.get(level) in _STRANGE)


def _written(shape: str, asked: Mapping[str, str | tuple[str, ...]], words: Nouns, groups: tuple[str, ...]) -> list[Glob]:
    """The ways to write a shape with the fields that are asked for."""
    start, fields = fields_of(shape)
    ways: list[Items] = [_literal(start)]
    innermost = max(
        [position for position, (name, _, _) in enumerate(fields) if _level(name) == "project" and not name.endswith("-id")], default=-1
    )
    for position, (name, slashes, following) in enumerate(fields):
        place = "last" if position == innermost and "last" in asked else "first" if position == 0 else ""
        wanted = asked.get(name, asked.get(_level(name), asked.get(place, "any")))
        choices = _context(wanted, words) if name == "context" else _field(name, wanted, slashes=slashes)
        if place == "last" and slashes and "project" not in asked:
            choices = [*choices, *[(*_literal(f"{group}/"), *_FRESH) for group in groups]]
        ways = [(*items, *choice, *_literal(following)) for items in ways for choice in choices]
    return [concatenation(items) for items in ways]


def _context(wanted: str | tuple[str, ...], words: Nouns) -> Sequence[Items]:
    """The ways to write the rest of a subject."""
    if wanted == "fresh":
        return [(*_literal(start), *_FRESH) for start in words.contexts]
    return [format_glob(end).items for end in words.ends] if wanted in _WORDS else _texts(wanted)


def _field(name: str, wanted: str | tuple[str, ...], *, slashes: bool) -> Sequence[Items]:
    """The ways to write one field."""
    if wanted == "fresh":
        return (_DIGITS if name.endswith("-id") else _FRESH,)
    chars = _PATH if slashes else _NAME
    return ((Item(chars), Item(chars, loop=True)),) if wanted in _WORDS else _texts(wanted)


def _texts(wanted: str | tuple[str, ...]) -> Sequence[Items]:
    return [_literal(text) for text in ((wanted,) if isinstance(wanted, str) else wanted)]


@lru_cache(maxsize=64)
def _around_tenant(shapes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    parted = [shape.partition("{tenant}") for shape in shapes]
    return tuple([(before, after) for before, marker, after in parted if marker])


def _level(name: str) -> str:
    return "tenant" if name.startswith("tenant") else name if name == "context" else "project"


def _literal(text: str) -> Items:
    return tuple([literal_item(char) for char in text])


def _before_wildcard(text: str) -> str:
    return text.partition("*")[0].partition("?")[0]
