"""What does a rule say of a document, and what edit would mend it?"""

from __future__ import annotations

from iamlint.enumeration import Enumeration
from iamlint.text.source import bounded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.evaluation.request import Request
    from iamlint.policy.document import Document
    from iamlint.text.edit import Change
    from iamlint.text.tree import Place


class Severity(Enumeration):
    """How bad it is; ordered from INFO to CRITICAL by `rank`."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for info to 4 for critical."""
        return _RANKS[self]

    def stepped(self, steps: int) -> Severity:
        """The severity `steps` higher (or lower), within the scale."""
        return _SCALE[max(0, min(len(_SCALE) - 1, self.rank + steps))]


_SCALE = tuple(Severity)
_RANKS = {severity: rank for rank, severity in enumerate(_SCALE)}


class Confidence(Enumeration):
    """How sure the finding is: HIGH is proved, MEDIUM rests on a fact about the world, LOW holds for some values of an unknown."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Safety(Enumeration):
    """Who may apply a fix: SAFE stops nothing legitimate, UNSAFE needs a reader, MANUAL needs a value that only a person has."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    MANUAL = "manual"


class Fix:
    """The smallest change that mends a finding: `title` is an imperative clause, `changes` the edits (none when there is only advice)."""

    __slots__ = ("changes", "safety", "title")

    def __init__(self, safety: Safety, title: str, changes: tuple[Change, ...] = ()) -> None:
        self.safety = safety
        self.title = bounded(title)
        self.changes = changes


class Label:
    """A place in the document and what is to be said of it (`text` may be empty)."""

    __slots__ = ("place", "text")

    def __init__(self, place: Place, text: str = "") -> None:
        self.place = place
        self.text = bounded(text)


class Finding:
    """What a rule says of a document.

    `primary` is the smallest text that is wrong, `secondary` the places that explain it; their routes start at the tree's root. `subject`
    is the principal, key, action or element it is about (part of the fingerprint). `witness` is the request that gets in, confirmed by
    evaluation. `statement` counts from 0. `aws_codes` are the codes of AWS's own validation that say the same.
    """

    __slots__ = (
        "aws_codes",
        "confidence",
        "document",
        "fix",
        "message",
        "primary",
        "rule",
        "secondary",
        "severity",
        "statement",
        "subject",
        "witness",
    )

    def __init__(
        self,
        rule: str,
        document: Document,
        severity: Severity,
        message: str,
        primary: Label,
        *,
        secondary: tuple[Label, ...] = (),
        confidence: Confidence = Confidence.HIGH,
        statement: int | None = None,
        subject: str = "",
        witness: Request | None = None,
        fix: Fix | None = None,
        aws_codes: tuple[str, ...] = (),
    ) -> None:
        self.rule = rule
        self.document = document
        self.severity = severity
        self.message = bounded(message)
        self.primary = primary
        self.secondary = secondary
        self.confidence = confidence
        self.statement = statement
        self.subject = subject
        self.witness = witness
        self.fix = fix
        self.aws_codes = aws_codes
