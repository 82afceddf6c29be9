"""What may a run cost? A number above its limit is not a failed build: it is a reason to look."""

from __future__ import annotations

from typing import NamedTuple


class Limit(NamedTuple):
    """A budget: `measured` must be at most (or, with `least`, at least) `bound`."""

    what: str
    bound: float
    unit: str
    least: bool = False

    def kept(self, measured: float) -> bool:
        """Whether the number keeps the budget."""
        return measured >= self.bound if self.least else measured <= self.bound

    def line(self, measured: float) -> str:
        """One line that says what was asked, what came out, and whether that will do."""
        sign, verdict = ("at least" if self.least else "at most"), ("kept" if self.kept(measured) else "MISSED")
        return f"{verdict:<6}  {self.what}: {measured:.1f} {self.unit} ({sign} {self.bound:g})"


COLD_PYTHON = Limit("cold start, one trust policy, beside `python -c pass`", 4, "times")
COLD_PARLIAMENT = Limit("parliament's cold start beside ours", 8, "times", least=True)
CORPUS_FOUNDATION = Limit("policies a second of processor time with the foundation's rules, beside parliament's", 10, "times", least=True)
CORPUS_PARLIAMENT = Limit("policies a second of processor time with all rules, beside parliament's", 8, "times", least=True)
EVERY_TEMPLATE = Limit("policies read, of those in the templates", 1, "of 1", least=True)
EVERY_POLICY = Limit("policies read, of those there are", 1, "of 1", least=True)
CORPUS_MEMORY = Limit("peak memory for the policies AWS manages", 120, "MB")
WARM_POLICY = Limit("one trust policy, all rules, in a warm process", 3, "ms")
UNDECIDED = Limit("questions that could not be decided", 0, "questions")
COLD_LOOKUP = Limit("first look-up of an action, slowest service", 5, "ms")


def templates_peer(peer: str) -> Limit:
    """How much longer a peer must take for CloudFormation templates."""
    return Limit(f"processor time for templates, {peer}'s beside ours", 20, "times", least=True)
