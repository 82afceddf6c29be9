"""What did a run find, and what could it not check?"""

from __future__ import annotations

from iamlint.enumeration import Enumeration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iamlint.finding import Finding
    from iamlint.rulebook.card import Card


class FailureKind(Enumeration):
    """Why something was not checked.

    INTERNAL (a rule of ours broke) and UNREADABLE (no bytes) mean that iamlint could not do what was asked: exit 2. INVALID (not JSON or
    YAML) and UNDECIDED (a question beyond its bound) leave the run incomplete: exit 3.
    """

    INTERNAL = "internal"
    UNREADABLE = "unreadable"
    INVALID = "invalid"
    UNDECIDED = "undecided"


BROKEN = frozenset({FailureKind.INTERNAL, FailureKind.UNREADABLE})


class Failure:
    """Something that could not be checked, or not by every rule; it is never a pass.

    `message` is one clause, `help` what to do. `rule` is the rule that could not answer (None: nothing was asked of the document),
    `cause` what an internal error was and where in our code, `line` and `column` (from 1) where in `path` when that is known.
    """

    __slots__ = ("cause", "column", "help", "kind", "line", "message", "path", "rule")

    def __init__(
        self,
        kind: FailureKind,
        path: str,
        message: str,
        *,
        help: str = "",
        line: int | None = None,
        column: int | None = None,
        rule: str | None = None,
        cause: str = "",
    ) -> None:
        self.kind = kind
        self.path = path
        self.message = message
        self.help = help
        self.line = line
        self.column = column
        self.rule = rule
        self.cause = cause

    def __repr__(self) -> str:
        return f"Failure({self.kind.value!r}, {self.path!r}, {self.message!r})"


class Outcome:
    """The findings of a run in their order (path, line, column, rule, subject), and the failures.

    `documents` counts what was looked at, `sources` names what that came from, and `cards` holds the rules that were asked, by name.
    """

    __slots__ = ("cards", "documents", "failures", "findings", "sources")

    def __init__(
        self,
        findings: tuple[Finding, ...] = (),
        failures: tuple[Failure, ...] = (),
        *,
        documents: int = 0,
        sources: Iterable[str] = (),
        cards: Mapping[str, Card] | None = None,
    ) -> None:
        self.findings = findings
        self.failures = failures
        self.documents = documents
        self.sources = frozenset(sources)
        self.cards: Mapping[str, Card] = cards or {}

    @property
    def broken(self) -> bool:
        """Whether iamlint could not do what was asked (exit 2)."""
        return any(failure.kind in BROKEN for failure in self.failures)

    @property
    def incomplete(self) -> bool:
        """Whether something was left unchecked for a reason that lies in the input (exit 3 when there are no findings)."""
        return any(failure.kind not in BROKEN for failure in self.failures)

    def having(self, findings: Iterable[Finding]) -> Outcome:
        """This outcome with only `findings` (those that are to be shown, in their order)."""
        return Outcome(tuple(findings), self.failures, documents=self.documents, sources=self.sources, cards=self.cards)

    def joined(self, other: Outcome) -> Outcome:
        """Both outcomes as one, in the order of their paths."""
        return Outcome(
            tuple(sorted(self.findings + other.findings, key=lambda finding: finding.document.tree.source.name)),
            tuple(sorted(self.failures + other.failures, key=lambda failure: (failure.path, failure.line or 0))),
            documents=self.documents + other.documents,
            sources=self.sources | other.sources,
            cards={**other.cards, **self.cards},
        )
