"""What does a policy let its holder do, and where does it say so?"""

from __future__ import annotations

from iamlint.access.sets.fits import names_action
from iamlint.policy.pattern import has_hole
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from iamlint.access.evaluation.request import Request
    from iamlint.policy.statement import Statement


class Permit:
    """That `statement` (by the resource at `position`; None for NotResource) allows `action`.

    `wide`: the resource has a name that nobody wrote down. `own`: it is the user who calls. `open`: the source leaves some of it open.
    """

    __slots__ = ("_found", "_proof", "_request", "action", "open", "own", "position", "statement", "wide")

    def __init__(
        self,
        action: str,
        statement: Statement,
        position: int | None,
        proof: Callable[[], Request],
        *,
        wide: bool,
        own: bool,
        open: bool,
    ) -> None:
        self.action = action
        self.statement = statement
        self.position = position
        self.wide = wide
        self.own = own
        self.open = open
        self._proof = proof
        self._request: Request | None = None
        self._found: tuple[int | None] | None = None

    @property
    def request(self) -> Request:
        """One that is allowed, made when it is asked for: of most permits nobody does."""
        if self._request is None:
            self._request = self._proof()
        return self._request

    @property
    def pattern(self) -> str:
        """The value of the statement that stands for the action; empty for NotAction."""
        actions, at = self.statement.actions, self._at()
        value = "" if actions is None or at is None else actions.values[at]
        return value if isinstance(value, str) else ""

    @property
    def action_place(self) -> Place:
        """Where the statement says so."""
        actions, at = self.statement.actions, self._at()
        assert actions is not None
        return Place(actions.route if at is None else actions.value_route(at))

    def _at(self) -> int | None:
        if self._found is None:
            self._found = (self._first(),)
        return self._found[0]

    def _first(self) -> int | None:
        """Which value of the statement is the first that stands for the action."""
        actions = self.statement.actions
        if actions is None or actions.negated:
            return None
        lower = self.action.lower()
        names, wild = actions.names, actions.wild
        if len(names) != len(actions.values):
            # Some are unknown.
            names = [value.lower() if isinstance(value, str) else "" for value in actions.values]
            wild = [pair for pair in enumerate(names) if "*" in pair[1] or "?" in pair[1]]
        end = names.index(lower) if lower in names else len(names)
        for position, name in wild:
            if position >= end:
                break
            # Most begin otherwise.
            if lower.startswith(name.partition("*")[0].partition("?")[0]) and not has_hole(name) and names_action(name, lower):
                return position
        return end if end < len(names) else None

    @property
    def resource_place(self) -> Place:
        """Where the statement says on what."""
        resources = self.statement.resources
        assert resources is not None
        return Place(resources.route if self.position is None else resources.value_route(self.position))

    @property
    def said_of_resource(self) -> str:
        """What to say at that place."""
        return "on all but these" if self.position is None else "on everything" if self.value == "*" else "on these"

    @property
    def value(self) -> str:
        """What the statement says there."""
        resources = self.statement.resources
        found = resources.values[self.position] if resources is not None and self.position is not None else "NotResource"
        return found if isinstance(found, str) else found.label
