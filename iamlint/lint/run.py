"""Which findings have these documents under these rules, and what could not be checked?"""

from __future__ import annotations

from iamlint.access.access import Access
from iamlint.case import Case
from iamlint.finding import Severity
from iamlint.lint.rules import Rules
from iamlint.policy.document import Kind
from iamlint.report.outcome import Outcome
from iamlint.rulebook.features import EXPECTED, features
from iamlint.rulebook.rule import joint_check_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from iamlint.finding import Finding
    from iamlint.lint.rules import Rule
    from iamlint.policy.condition import Condition
    from iamlint.policy.document import Document
    from iamlint.policy.statement import Policy
    from iamlint.report.outcome import Failure
    from iamlint.rulebook.card import Card
    from iamlint.zone import Zone

    # What a document was before, None for a new one. Raises Unpaired.
    Earlier: TypeAlias = Callable[[Document], Document | None]
    # By their names, the cases of rules that are asked of all documents of a run together.
    Gathered: TypeAlias = dict[str, list[Case]]


# Words of documents that may allow something else another day.
_TIMES = frozenset({"key:aws:currenttime", "key:aws:epochtime", "key:aws:tokenissuetime"})


def lint(
    documents: Iterable[Document],
    cards: Iterable[Card] | Rules,
    zone: Zone,
    now: int,
    earlier: Earlier | None = None,
) -> Outcome:
    """What the rules of `cards` find in `documents`, judged at `now` (seconds since 1970) with `zone` as "us".

    A rule that raises is a failure of that rule on that document; every other rule still answers. Rules about a change are asked where
    `earlier` tells what was.
    """
    rules = cards if isinstance(cards, Rules) else Rules(cards)
    everything = tuple(documents)
    failures: list[Failure] = []
    cases: Gathered = {}
    findings = findings_in(everything, rules, zone, now, cases, failures, earlier)
    last = conclude(cases, rules)
    return Outcome(
        tuple(_ordered([*findings, *last.findings], everything)),
        (*failures, *last.failures),
        documents=len(everything),
        sources=[document.tree.source.name for document in everything],
        cards=rules.named,
    )


def findings_in(
    documents: Sequence[Document],
    rules: Rules,
    zone: Zone,
    now: int,
    gathered: Gathered,
    failures: list[Failure],
    earlier: Earlier | None = None,
) -> Sequence[Finding]:
    """As `lint`, for who lints again and again: the findings in these documents, in order.

    What is to be asked at the end of the run (see `conclude`) is added to `gathered`, what could not be asked to `failures`.
    """
    findings: list[Finding] = []
    for document in documents:
        found = _found(document, rules, zone, now, gathered, failures)
        if earlier is not None:
            found += _changed(document, rules, zone, now, earlier, failures)
        findings += found if len(found) < 2 else _kept(found, rules)
    return _ordered(findings, documents)


def _ordered(findings: list[Finding], documents: Sequence[Document]) -> Sequence[Finding]:
    if len(findings) < 2:
        return findings
    from iamlint.lint.order import ordered

    return ordered(findings, documents)


def conclude(gathered: Gathered, rules: Rules) -> Outcome:
    """What is found in all documents of a run together."""
    findings: list[Finding] = []
    failures: list[Failure] = []
    for name, cases in gathered.items():
        card = rules.named[name]
        try:
            findings += joint_check_of(card)(cases)
        except Exception as error:
            failures.append(_failure(card, cases[0].document, error))
    return Outcome(tuple(findings), tuple(failures), cards=rules.named)


def _found(document: Document, rules: Rules, zone: Zone, now: int, gathered: Gathered, failures: list[Failure]) -> list[Finding]:
    """What is found in one document; what is to be asked of all is added to `gathered`, and what could not be asked to `failures`."""
    findings = _told(document, rules) if document.problems or document.tree.notes else []
    asked = rules.of(document.kind)
    if not asked:
        return findings
    inside = zone.including(document.account)
    access = _access(document)
    there = features(document, access)
    if not _TIMES.isdisjoint(there):
        access = _access_at(document, now)
    intents = rules.expected(document) if rules.expected is not None else ()
    selected = asked.concerned((*there, EXPECTED) if intents else there, document.policy, _is_loud, _load)
    # None where it may be any action.
    about = access.grants.about if document.kind is Kind.IDENTITY and not access.grants.may_be_of_any else None
    # INVARIANT: a check of one document keeps no case, so one serves all: to make one for each takes longer than most need to answer.
    case = Case("", Severity.INFO, document, access, inside, now, None, intents)
    for rule in selected:
        if rule.actions and about is not None and rule.actions.isdisjoint(about):
            continue
        if not rule.alone:
            gathered.setdefault(rule.name, []).append(Case(rule.name, rule.severity, document, access, inside, now, None, intents))
            continue
        case.rule, case.severity = rule.name, rule.severity
        try:
            findings += rule.find(case)
        except Exception as error:
            failures.append(_failure(rules.named[rule.name], document, error))
    return findings


def _is_loud(rule: Rule, condition: Condition) -> bool:
    """Whether the condition may give the rule something to say; a rule that cannot tell is asked of the document, and fails then."""
    try:
        return not rule.is_quiet(condition)
    except Exception:
        return True


def _load(rule: Rule) -> None:
    """Has the rule look up who answers, and which actions it asks about; one that cannot fails when it is asked."""
    try:
        rule.load()
    except Exception:
        return


def _told(document: Document, rules: Rules) -> list[Finding]:
    """What reading already found."""
    from iamlint.lint.problem import told

    return told(document, rules.named)


def _kept(findings: list[Finding], rules: Rules) -> list[Finding]:
    """Those of several findings in one document that no other makes superfluous."""
    from iamlint.lint.yielding import kept

    return kept(findings, rules.named)


def _changed(document: Document, rules: Rules, zone: Zone, now: int, earlier: Earlier, failures: list[Failure]) -> list[Finding]:
    """What is found in one document beside its earlier self."""
    from iamlint.lint.unreadable import Unpaired

    asked = rules.comparing(document.kind)
    findings: list[Finding] = []
    try:
        base = earlier(document) if asked else None
    except Unpaired as error:
        # Of a file with many policies it is said once.
        if all(failure.message != error.failure.message for failure in failures):
            failures.append(error.failure)
        return findings
    if base is not None and base.route == document.route and base.tree.source.data == document.tree.source.data:
        return findings
    access = _access_at(document, now)
    for rule in asked:
        try:
            findings += rule.find(Case(rule.name, rule.severity, document, access, zone.including(document.account), now, base))
        except Exception as error:
            failures.append(_failure(rules.named[rule.name], document, error))
    return findings


def _access(document: Document, policy: Policy | None = None) -> Access:
    """What the document allows, or a `policy` in its place."""
    policy = policy or document.policy
    if document.kind is Kind.RESOURCE:
        from iamlint.access.itself import about_itself

        policy = about_itself(policy)
    return Access(policy, document.kind)


def _access_at(document: Document, now: int) -> Access:
    """What the document allows at the moment `now`."""
    from iamlint.access.window import without_lapsed

    return _access(document, without_lapsed(document.policy, now))


def _failure(card: Card, document: Document, error: Exception) -> Failure:
    from iamlint.access.sets.effort import Undecided
    from iamlint.lint.failure import crashed, undecided

    return undecided(card, document, str(error)) if isinstance(error, Undecided) else crashed(card, document, error)
