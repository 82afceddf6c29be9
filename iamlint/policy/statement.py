"""What does a policy say: its statements and their elements?

Elements: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html.
"""

from __future__ import annotations

from iamlint.enumeration import Enumeration
from iamlint.policy.condition import Condition, Unknown
from iamlint.policy.principal import Principals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iamlint.policy.condition import Test
    from iamlint.text.tree import Route, Value

# The newest first: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
VERSIONS = ("2012-10-17", "2008-10-17")


class Effect(Enumeration):
    """What a statement does with the requests it matches."""

    ALLOW = "Allow"
    DENY = "Deny"


class Patterns:
    """An Action, NotAction, Resource or NotResource element; `route` is the element's own, `name` its key.

    `text` is the values that are text in one, in lower case, each behind a line feed: for looks that spare a closer one. `open` says
    whether some value is unknown as a whole.
    """

    __slots__ = ("_names", "_wild", "listed", "name", "negated", "open", "route", "text", "values")

    def __init__(self, name: str, values: tuple[str | Unknown, ...], negated: bool, route: Route, listed: bool) -> None:
        self.name = name
        self.values = values
        self.negated = negated
        self.route = route
        self.listed = listed
        self.open = False
        try:
            joined = "\n".join(values)  # type: ignore[arg-type]  # the rare others raise, at no cost for the many
        except TypeError:
            self.open = True
            joined = "\n".join([value for value in values if isinstance(value, str)])
        self.text = "\n" + joined.lower()
        self._names: list[str] | None = None
        self._wild: list[tuple[int, str]] | None = None

    @property
    def names(self) -> Sequence[str]:
        """The values that are text, in lower case; one with a line feed is several."""
        if self._names is None:
            self._names = self.text.split("\n")[1:]
        return self._names

    @property
    def wild(self) -> Sequence[tuple[int, str]]:
        """Those of the `names` that have wildcards, each with its number."""
        if self._wild is None:
            if "?" in self.text:
                self._wild = [pair for pair in enumerate(self.names) if "*" in pair[1] or "?" in pair[1]]
            else:
                self._wild = [pair for pair in enumerate(self.names) if "*" in pair[1]] if "*" in self.text else []
        return self._wild

    def value_route(self, position: int) -> Route:
        """The route of the value at `position` of `values`."""
        return (*self.route, position) if self.listed else self.route


class Statement:
    """One statement that IAM could store: every element is of a legal shape, or absent (None).

    `index` counts from 0 in the document. A statement whose shape IAM would reject is not made into one; the grammar reports it.
    `actions` None means that the element is missing (reported too); the engine then matches no action. `allows` and `denies` say what
    `effect` says, which everybody asks.
    """

    __slots__ = ("actions", "allows", "conditions", "denies", "effect", "index", "principals", "resources", "route", "sid")

    def __init__(
        self,
        index: int,
        effect: Effect,
        sid: str | None,
        principals: Principals | None,
        actions: Patterns | None,
        resources: Patterns | None,
        conditions: tuple[Condition, ...],
        route: Route,
    ) -> None:
        self.index = index
        self.effect = effect
        self.denies = effect is Effect.DENY
        self.allows = not self.denies
        self.sid = sid
        self.principals = principals
        self.actions = actions
        self.resources = resources
        self.conditions = conditions
        self.route = route


class Policy:
    """A policy document's content; `variables` says whether its Version honours policy variables (2012-10-17).

    `complete` is False when a statement is unknown or was left out as unreadable: then what the statements lack proves nothing. `idle`
    says that a Condition, or an operator in one, has no members. `broken` are the statements, as they are written, that the grammar
    forbids: IAM takes no policy with one of them.
    """

    __slots__ = ("_tests", "broken", "complete", "id", "idle", "statements", "version")

    def __init__(
        self, version: str | None, id: str | None, statements: tuple[Statement, ...], *, complete: bool = True, idle: bool = False
    ) -> None:
        self.version = version
        self.id = id
        self.statements = statements
        self.complete = complete
        self.idle = idle
        self.broken: tuple[Value, ...] = ()
        self._tests: Mapping[Test, Condition] | None = None

    @property
    def variables(self) -> bool:
        """Whether `${...}` is a policy variable here; without Version 2012-10-17 it is plain text."""
        return self.version == VERSIONS[0]

    def at(self, index: int) -> Statement | None:
        """The statement that stands at this position of what is written; None where none could be read."""
        if index < len(self.statements) and self.statements[index].index == index:
            return self.statements[index]
        return next((statement for statement in self.statements if statement.index == index), None)

    @property
    def tests(self) -> Mapping[Test, Condition]:
        """What its conditions test, each with one of them."""
        if self._tests is None:
            self._tests = {(one.operator, one.key, one.values): one for statement in self.statements for one in statement.conditions}
        return self._tests
