"""What was read of a policy, before it is known what of it IAM takes?"""

from __future__ import annotations

from iamlint.policy.grammar import Problems
from iamlint.policy.statement import Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.condition import Condition
    from iamlint.policy.principal import Principals
    from iamlint.policy.statement import Effect, Patterns, Statement
    from iamlint.text.tree import Mapping, Route, Value


class Draft:
    """A statement as it is read: `names` has the position of each of its elements, `meant` the elements that were misspelled.

    `open` says that a template decides which elements it has, and `broken` that the grammar forbids what it says, beyond whom an Allow
    names. `statement` is what became of it: None when it has no legal effect or was left out. `value` is what it is written as.
    """

    __slots__ = (
        "actions",
        "broken",
        "conditions",
        "effect",
        "index",
        "meant",
        "names",
        "open",
        "principals",
        "resources",
        "route",
        "sid",
        "statement",
        "value",
    )

    def __init__(self, index: int, route: Route, value: Mapping) -> None:
        self.index = index
        self.route = route
        self.value = value
        self.broken = False
        self.names: dict[str, int] = {}
        self.meant: set[str] = set()
        self.open = False
        self.effect: Effect | None = None
        self.sid: str | None = None
        self.principals: Principals | None = None
        self.actions: Patterns | None = None
        self.resources: Patterns | None = None
        self.conditions: tuple[Condition, ...] = ()
        self.statement: Statement | None = None

    def has(self, name: str) -> bool:
        """Whether the element `name` or its negation is there, if only misspelled, or may be there."""
        negation = "Not" + name
        names, meant = self.names, self.meant
        return name in names or negation in names or self.open or (bool(meant) and (name in meant or negation in meant))


class Reading:
    """A policy as it was read: its drafts in order, what stands beside them, and the problems met.

    `elements` are those of the policy that are there, `statement` among them also when it is misspelled.
    """

    __slots__ = ("drafts", "elements", "id", "problems", "root", "route", "version")

    def __init__(self, root: Value, route: Route) -> None:
        self.root = root
        self.route = route
        self.version: str | None = None
        self.id: str | None = None
        self.drafts: list[Draft] = []
        self.elements: set[str] = set()
        self.problems = Problems()

    def policy(self) -> Policy:
        """What the policy says."""
        statements = tuple([draft.statement for draft in self.drafts if draft.statement is not None])
        policy = Policy(self.version, self.id, statements, complete=not self.problems.open, idle=self.problems.idle)
        if self.problems.found:
            policy.broken = tuple([draft.value for draft in self.drafts if draft.broken])
        return policy
