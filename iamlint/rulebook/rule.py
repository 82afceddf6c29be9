"""Who finds what a card forbids: the engine, Python of the same name, or the grammar?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.quiet import IsQuiet
    from iamlint.rulebook.card import Card

    Check: TypeAlias = Callable[[Case], Iterable[Finding]]
    JointCheck: TypeAlias = Callable[[Sequence[Case]], Iterable[Finding]]


def find(card: Card, case: Case) -> Iterable[Finding]:
    """What the rule finds in the case. A grammar rule finds nothing here: reading the policy already did."""
    if card.forbids:
        from iamlint.rulebook.ask import ask

        return ask(card, case)
    if card.origin == "grammar":
        return ()
    return check_of(card)(case)


def check_of(card: Card) -> Check:
    """The check that stands behind one of our cards.

    INVARIANT: never called for a card of the repository being linted; those state `forbids` or are refused when the book is loaded.
    """
    module = __import__(check_module(card), fromlist=("check",))
    check: Check = module.check
    return check


def actions_of(card: Card) -> frozenset[str]:
    """The actions of which an Allow must be about one for the check to have something to say; empty where it does not tell."""
    module = __import__(check_module(card), fromlist=("check",))
    actions: frozenset[str] = getattr(module, "ACTIONS", frozenset())
    return actions


def joint_check_of(card: Card) -> JointCheck:
    """The same for a card with the scope of a run: its check is given the cases of all documents at once."""
    module = __import__(check_module(card), fromlist=("check",))
    check: JointCheck = module.check
    return check


def quiet_of(card: Card) -> IsQuiet:
    """Which conditions say nothing to the check of a card with the scope of a condition, whatever policy they stand in."""
    module = __import__(check_module(card), fromlist=("is_quiet",))
    is_quiet: IsQuiet = module.is_quiet
    return is_quiet


def check_module(card: Card) -> str:
    """The module that a card without `forbids` names by its family and name."""
    return f"iamlint.checks.{card.family}.{card.name.replace('-', '_')}"
