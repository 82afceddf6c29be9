"""What does a rule card state, prose and examples aside?

A card's facts are its front matter: a mapping of texts, lists and mappings, the same whether they come from the card or from the index.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.finding import Safety, Severity
from iamlint.policy.document import Kind
from iamlint.rulebook.errors import CardError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    Fact: TypeAlias = "str | bool | None | list[Fact] | dict[str, Fact]"
    Facts: TypeAlias = dict[str, Fact]

ANY_KIND = frozenset(Kind)
_KINDS = {kind.value: kind for kind in Kind}
_SEVERITIES = {severity.value: severity for severity in Severity}
STATUSES = ("stable", "preview", "deprecated", "removed")
PRESETS = ("recommended", "strict", "audit")
SCOPES = ("document", "condition", "run", "change")


class Card:
    """A named thing that must not be, as the engine needs it.

    `family` is the folder it stands in, `source` the path of its page, `shipped` False for a card of the repository being linted.
    `origin` says who finds it: `request` (the engine answers `forbids`), `check` (Python of the same name) or `grammar` (the reader of
    policies). `fix` is the best fix it can offer, None for none. `needs` are words (see `features`) of
    which a document must have one, none for every document. `yields_to` names rules whose findings about the same statement make this
    one's superfluous; `may_report` names rules that may speak on this card's examples too. A check with the `scope` of a run is asked once,
    of all documents together, one with that of a change only where there is an earlier state to compare with, and one with that of a
    condition only of documents with a condition that it does not call quiet.
    """

    __slots__ = (
        "_text",
        "applies_to",
        "family",
        "fix",
        "forbids",
        "help",
        "label",
        "maps_to",
        "may_report",
        "message",
        "name",
        "needs",
        "origin",
        "points_at",
        "preset",
        "references",
        "replaced_by",
        "scope",
        "severity",
        "severity_when",
        "shipped",
        "since",
        "source",
        "status",
        "summary",
        "tags",
        "yields_to",
    )

    def __init__(self, facts: Mapping[str, Fact], family: str, source: str, *, shipped: bool = True) -> None:
        """INVARIANT: raises nothing but CardError, whatever the facts are."""
        self.family = family
        self.source = source
        self.shipped = shipped
        self._text = b""
        read = _Reader(facts, source)
        self.name = read.needed("name")
        self.severity = read.severity("severity", read.needed("severity"))
        self.applies_to = read.kinds()
        self.status = read.one_of("status", STATUSES)
        self.preset = read.one_of("preset", PRESETS)
        self.scope = read.one_of("scope", SCOPES)
        self.needs = frozenset(read.texts("needs"))
        self.origin = "request" if facts.get("forbids") else (read.text("from") or "check")
        if self.scope != "document" and self.origin != "check":
            raise read.wrong("scope", "`document`, as only a check can have another")
        self._read_rest(read)

    @classmethod
    def indexed(cls, head: Sequence[str], text: bytes, folder: str) -> Card:
        """A card of our own from the index, which was validated when that was written: its `head_of`, and all its facts as JSON `text`.

        Its page stands in `folder`, whose name ends in a slash.
        """
        card = cls.__new__(cls)
        card.shipped = True
        card.family, card.name, severity, kinds, card.status, card.preset, card.scope, card.origin, needs = head
        card.source = f"{folder}{card.family}/{card.name}.md"
        card.severity = _SEVERITIES[severity]
        card.applies_to = _kinds(kinds)
        card.needs = _words(needs)
        card._text = text
        return card

    def _read_rest(self, read: _Reader) -> None:
        self.summary = read.needed("summary")
        self.fix = read.fix()
        self.since = read.text("since")
        self.tags = read.texts("tags")
        self.references = read.texts("references")
        self.maps_to = read.maps_to()
        self.yields_to = read.texts("yields-to")
        self.may_report = read.texts("may-report")
        self.replaced_by = read.text("replaced-by")
        self.forbids = read.queries()
        self.message = read.text("message")
        self.points_at = read.text("points-at")
        self.label = read.text("label")
        self.help = read.text("help")
        self.severity_when = read.severity_when()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """What was not read yet."""
            if name not in Card.__slots__:
                raise AttributeError(name)
            self._read_all()
            return object.__getattribute__(self, name)

    def _read_all(self) -> None:
        import json

        try:
            facts = json.loads(self._text)
        except ValueError as error:
            raise CardError(f"its facts in the index of rules cannot be read: {error}", "install iamlint again", path=self.source) from None
        self._read_rest(_Reader(facts, self.source))

    def rated(self, severity: Severity) -> Card:
        """The same rule with one severity, whatever the circumstances."""
        from copy import copy

        card = copy(self)  # which reads what was not read yet
        card.severity = severity
        card.severity_when = ()
        return card

    @property
    def applies_to_text(self) -> str:
        """The kinds of policy it is asked of, in words."""
        return "any" if self.applies_to == ANY_KIND else ", ".join([kind.value for kind in Kind if kind in self.applies_to])


def head_of(card: Card) -> tuple[str, ...]:
    """What of a card decides whether it is asked: family, name, severity, kinds, status, preset, scope, origin, and what it needs."""
    kinds = " ".join([kind.value for kind in Kind if kind in card.applies_to])
    needs = " ".join(sorted(card.needs))
    return (card.family, card.name, card.severity.value, kinds, card.status, card.preset, card.scope, card.origin, needs)


def texts(fact: Fact) -> tuple[str, ...]:
    """The texts of a fact that is one or a list of them."""
    if isinstance(fact, str):
        return (fact,)
    return tuple(item for item in fact if isinstance(item, str)) if isinstance(fact, list) else ()


@lru_cache(maxsize=64)
def _kinds(names: str) -> frozenset[Kind]:
    return frozenset([_KINDS[name] for name in names.split()])


@lru_cache(maxsize=256)
def _words(needs: str) -> frozenset[str]:
    return frozenset(needs.split())


class _Reader:
    """Takes facts of the expected shape out of front matter."""

    __slots__ = ("facts", "source")

    def __init__(self, facts: Mapping[str, Fact], source: str) -> None:
        self.facts = facts
        self.source = source

    def wrong(self, key: str, expected: str) -> CardError:
        return CardError(f"`{key}` is not {expected}", "see rules/README.md for the facts that a card states", path=self.source)

    def text(self, key: str) -> str:
        value = self.facts.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(key, "a text")
        return value

    def needed(self, key: str) -> str:
        value = self.text(key)
        if not value:
            raise CardError(f"the card states no `{key}`", f"add `{key}:` to its front matter", path=self.source)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        return self.listed(key, self.facts[key]) if key in self.facts else ()

    def listed(self, key: str, value: Fact) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self.wrong(key, "a list")
        return tuple([item if isinstance(item, str) else self.refuse(key) for item in value])

    def refuse(self, key: str) -> str:
        raise self.wrong(key, "a list of texts")

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.text(key) or allowed[0]
        if value not in allowed:
            raise self.wrong(key, f"one of {', '.join(allowed)}")
        return value

    def severity(self, key: str, value: str) -> Severity:
        try:
            return _SEVERITIES[value]
        except KeyError:
            raise self.wrong(key, "one of critical, high, medium, low, info") from None

    def kinds(self) -> frozenset[Kind]:
        if self.facts.get("applies-to") == "any":
            return ANY_KIND
        try:
            kinds = frozenset([_KINDS[name] for name in self.texts("applies-to")])
        except KeyError:
            raise self.wrong("applies-to", f"`any` or a list of {', '.join(kind.value for kind in Kind)}") from None
        if not kinds:
            raise CardError("the card applies to no kind of policy", "add `applies-to: any` or a list of kinds", path=self.source)
        return kinds

    def fix(self) -> Safety | None:
        value = self.text("fix") or "none"
        if value == "none":
            return None
        try:
            return Safety(value)
        except ValueError:
            raise self.wrong("fix", "one of safe, unsafe, manual, none") from None

    def maps_to(self) -> dict[str, tuple[str, ...]]:
        value = self.facts.get("maps-to", {})
        if not isinstance(value, dict):
            raise self.wrong("maps-to", "a mapping")
        return {standard: self.listed("maps-to", codes) for standard, codes in value.items()}

    def queries(self) -> tuple[Mapping[str, Fact], ...]:
        value = self.facts.get("forbids", [])
        queries = value if isinstance(value, list) else [value]
        found = tuple([query for query in queries if isinstance(query, dict) and query])
        if len(found) != len(queries):
            raise self.wrong("forbids", "a mapping, or a list of mappings")
        return found

    def severity_when(self) -> tuple[tuple[Severity, tuple[str, ...]], ...]:
        cases = self.facts.get("severity-when", [])
        if not isinstance(cases, list):
            raise self.wrong("severity-when", "a list")
        found = []
        for case in cases:
            if not isinstance(case, dict) or len(case) != 1:
                raise self.wrong("severity-when", "a list of `severity: [fact, …]`")
            [(severity, names)] = case.items()
            found.append((self.severity("severity-when", severity), self.listed("severity-when", names)))
        return tuple(found)
