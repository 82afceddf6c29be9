"""What is a check given: one document, what it allows, who is "us", and the rule that asks."""

from __future__ import annotations

from iamlint.finding import Confidence, Finding, Label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from iamlint.access.access import Access
    from iamlint.access.evaluation.request import Request
    from iamlint.access.intent import Intent
    from iamlint.access.permit import Permit
    from iamlint.finding import Fix, Severity
    from iamlint.policy.document import Document
    from iamlint.text.tree import Place
    from iamlint.zone import Zone


class Case:
    """One rule asked of one document. `now` is the moment to judge by, in seconds since 1970; `severity` the rule's usual one.

    `base` is the document's earlier self, for rules about a change; None for a document that is new. `intents` say which calls are to
    work with it.
    """

    __slots__ = ("access", "base", "document", "intents", "now", "rule", "severity", "zone")

    def __init__(
        self,
        rule: str,
        severity: Severity,
        document: Document,
        access: Access,
        zone: Zone,
        now: int,
        base: Document | None = None,
        intents: tuple[Intent, ...] = (),
    ) -> None:
        self.rule = rule
        self.severity = severity
        self.document = document
        self.access = access
        self.base = base
        self.intents = intents
        self.zone = zone
        self.now = now

    def finding(
        self,
        message: str,
        place: Place,
        *,
        label: str = "",
        secondary: tuple[Label, ...] = (),
        severity: Severity | None = None,
        confidence: Confidence = Confidence.HIGH,
        statement: int | None = None,
        subject: str = "",
        witness: Request | None = None,
        fix: Fix | None = None,
        aws_codes: tuple[str, ...] = (),
    ) -> Finding:
        """A finding of this rule about this document; its severity is the rule's unless given."""
        return Finding(
            self.rule,
            self.document,
            severity or self.severity,
            message,
            Label(place, label),
            secondary=secondary,
            confidence=confidence,
            statement=statement,
            subject=subject,
            witness=witness,
            fix=fix,
            aws_codes=aws_codes,
        )

    def granting(
        self,
        message: str,
        permits: Sequence[Permit],
        *,
        label: str,
        severity: Severity | None = None,
        fix: Fix,
        aws_codes: tuple[str, ...] = (),
    ) -> Finding:
        """A finding of this rule about what these permits let the policy's holder do; the first says where, and is the witness."""
        first, *others = permits
        places = [Label(first.resource_place, first.said_of_resource)]
        seen = {str(first.action_place.route)}
        for other in others:
            if str(other.action_place.route) not in seen:
                seen.add(str(other.action_place.route))
                places.append(Label(other.action_place, "and this"))
        return self.finding(
            message,
            first.action_place,
            label=label,
            secondary=tuple(places),
            severity=severity,
            statement=first.statement.index,
            subject=first.action,
            witness=None if first.open else first.request,
            fix=fix,
            aws_codes=aws_codes,
        )
