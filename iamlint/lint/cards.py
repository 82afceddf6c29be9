"""Is a card as a card must be, and do its examples show what it says?"""

from __future__ import annotations

from iamlint.lint.examples import ExampleError, run_example

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.finding import Finding, Safety
    from iamlint.lint.examples import Trial
    from iamlint.rulebook.book import Book
    from iamlint.rulebook.card import Card
    from iamlint.rulebook.page import Page

_BEST_FIX_FIRST = ("safe", "unsafe", "manual")


class Complaint:
    """Something that is wrong with a card, at a line (from 1) of it, and how to mend it."""

    __slots__ = ("help", "line", "message")

    def __init__(self, line: int, message: str, help: str) -> None:
        self.line = line
        self.message = message
        self.help = help

    def __repr__(self) -> str:
        return f"Complaint({self.line}, {self.message!r})"


class CardResult:
    """A card that was tested: its page, its examples as they ran, and what is wrong."""

    __slots__ = ("card", "complaints", "page", "trials")

    def __init__(self, card: Card, page: Page, trials: tuple[Trial, ...], complaints: tuple[Complaint, ...]) -> None:
        self.card = card
        self.page = page
        self.trials = trials
        self.complaints = complaints

    @property
    def stale(self) -> bool:
        """Whether a `reports` block is missing or says something else than the rule does."""
        return not all(trial.current for trial in self.trials)


def try_card(card: Card, page: Page, book: Book) -> CardResult:
    """Run everything on one card. Its rule is asked in any case; of the others those that run unless somebody asks for more."""
    from iamlint.lint.mended import mended_wrongly
    from iamlint.rulebook.select import choose

    if card.status == "removed":
        return CardResult(card, page, (), tuple(_facts(card, page, book)))
    usual = choose(book)
    cards = usual if card in usual else (*usual, card)
    trials: list[Trial] = []
    complaints = [*_facts(card, page, book), *_examples(card, page)]
    for example in page.examples:
        try:
            trials.append(run_example(card, example, cards))
        except ExampleError as error:
            complaints.append(Complaint(error.line, error.message, error.help))
    for trial in trials:
        complaints += _trial(card, trial, book)
        complaints += [Complaint(trial.example.block.line, *wrong) for wrong in mended_wrongly(card, trial, cards)]
    if len(trials) == len(page.examples):
        complaints += _fix(card, page, trials)
    return CardResult(card, page, tuple(trials), tuple(sorted(complaints, key=lambda complaint: (complaint.line, complaint.message))))


def _facts(card: Card, page: Page, book: Book) -> Iterator[Complaint]:
    from iamlint.rulebook.schema import card_problems

    for problem in card_problems(page.front, page.source):
        yield Complaint(problem.line, problem.message, problem.help)
    for key, names in (("yields-to", card.yields_to), ("may-report", card.may_report)):
        for name in names:
            if book.card(name) is None:
                yield Complaint(page.front.line((key,)), f"`{key}` names `{name}`, which is no rule", "name a rule, or take it out")
    if card.shipped and card.status != "removed":
        yield from _shipped(card, page)


def _shipped(card: Card, page: Page) -> Iterator[Complaint]:
    """What we ask of our own cards only."""
    from iamlint.rulebook.page import NEEDED

    for title in NEEDED:
        section = page.section(title)
        if section is None or not section.text.strip():
            yield Complaint(section.line if section else 1, f"the section `{title}` is missing or empty", f"write `## {title}`")
    for key, value in (("since", card.since), ("references", card.references)):
        if not value:
            yield Complaint(1, f"`{key}` is missing", f"add `{key}:` to the front matter")
    if card.origin == "check" and not _has_check(card):
        from iamlint.rulebook.rule import check_module

        yield Complaint(
            1, "the card has neither `forbids` nor a check", f"state `forbids:`, or write `check(case)` in {check_module(card)}"
        )


def _has_check(card: Card) -> bool:
    from iamlint.rulebook.rule import check_module, check_of

    try:
        return callable(check_of(card))
    except ModuleNotFoundError as error:
        # A check that fails to import something else is broken, not missing.
        if error.name is None or not check_module(card).startswith(error.name):
            raise
        return False
    except AttributeError:
        return False


def _examples(card: Card, page: Page) -> Iterator[Complaint]:
    section = page.section("Example")
    line = section.line if section else 1
    for verdict, bad in (("bad", True), ("good", False)):
        if not any(example.bad is bad for example in page.examples):
            yield Complaint(line, f"the card has no {verdict} example", f"add a block that begins with ```json {verdict}")


def _trial(card: Card, trial: Trial, book: Book) -> Iterator[Complaint]:
    line = trial.example.block.line
    for failure in dict.fromkeys([failure.cause or failure.message for failure in trial.everyone.failures]):
        yield Complaint(line, f"the example was not checked by every rule: {failure}", "mend the rule")
    if trial.example.bad:
        yield from _reported(trial, line)
    elif trial.own.findings:
        said = trial.own.findings[0].message
        yield Complaint(line, f"the good example is reported: {said}", "mend the rule, or the example if it is not good")
    for rule, finding in _strangers(card, trial).items():
        if not trial.example.bad or (other := book.card(rule)) is None or other.family == "validity":
            kind = "bad" if trial.example.bad else "good"
            message = f"`{rule}` speaks on this {kind} example: {finding.message}"
            yield Complaint(line, message, f"change the example, or name `{rule}` under `may-report`")


def _reported(trial: Trial, line: int) -> Iterator[Complaint]:
    reports = trial.example.reports
    if not trial.own.findings:
        yield Complaint(line, "the bad example is not reported", "mend the rule, or the example if it is not bad")
    elif reports is None:
        yield Complaint(line, "the bad example has no `reports` block", "`iamlint test --update` writes it")
    elif not trial.current:
        yield Complaint(
            reports.line, "the `reports` block is not what is reported", "read the difference; `iamlint test --update` rewrites it"
        )


def _strangers(card: Card, trial: Trial) -> dict[str, Finding]:
    """The first finding of each rule that has no business on this card."""
    found: dict[str, Finding] = {}
    for finding in trial.everyone.findings:
        if finding.rule != card.name and finding.rule not in card.may_report:
            found.setdefault(finding.rule, finding)
    return found


def _fix(card: Card, page: Page, trials: list[Trial]) -> Iterator[Complaint]:
    """`fix` declares the best fix that the bad examples show."""
    shown = {finding.fix.safety.value for trial in trials if trial.example.bad for finding in trial.own.findings if finding.fix}
    best = next((safety for safety in _BEST_FIX_FIRST if safety in shown), "none")
    declared = _word(card.fix)
    if best != declared:
        yield Complaint(
            page.front.line(("fix",)), f"`fix` is `{declared}`, but the examples show `{best}`", f"write `fix: {best}`, or add an example"
        )


def _word(fix: Safety | None) -> str:
    return fix.value if fix else "none"
