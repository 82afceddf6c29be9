"""What is wrong with the form of a policy, where, and what would mend it?

The grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html.
"""

from __future__ import annotations

from iamlint.policy.pattern import has_hole
from iamlint.text.tree import Mapping, Number, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.text.edit import Change
    from iamlint.text.tree import Route, Value

POLICY_ELEMENTS = ("Version", "Id", "Statement")
STATEMENT_ELEMENTS = (
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)


class Mending:
    """What mends a problem: an imperative title, who may apply it (`safe`, `unsafe`, `manual`), and the edit.

    The edit is one of the member or value at `route`: it is renamed to `text`, gets `text` as its value, or is removed (`text` None).
    """

    __slots__ = ("rename", "route", "safety", "text", "title")

    def __init__(self, title: str, safety: str, route: Route, text: str | None, *, rename: bool = False) -> None:
        self.title = title
        self.safety = safety
        self.route = route
        self.text = text
        self.rename = rename

    @property
    def changes(self) -> tuple[Change, ...]:
        """The edit as the text layer makes it."""
        from iamlint.text.edit import Remove, RenameKey, SetValue

        place = Place(self.route)
        if self.text is None:
            return (Remove(place),)
        return (RenameKey(place, self.text) if self.rename else SetValue(place, self.text),)


class Problem:
    """A place where a policy breaks the grammar, under the rule that reports it.

    `place` is the smallest text that is wrong; `secondary` the places that explain it, with what is to be said of them. `statement` counts
    from 0. `changes` is the edit that mends it under the title `fix`, and `safety` who may apply it (`safe`, `unsafe`, `manual`).
    `severity` is a word such as `high` where this one is worse or lighter than its rule usually is, else empty.
    """

    __slots__ = (
        "_mending",
        "aws_codes",
        "fix",
        "help",
        "message",
        "place",
        "rule",
        "safety",
        "secondary",
        "severity",
        "statement",
        "subject",
    )

    def __init__(
        self,
        rule: str,
        place: Place,
        message: str,
        help: str = "",
        subject: str = "",
        statement: int | None = None,
        *,
        mending: Mending | None = None,
        secondary: tuple[tuple[Place, str], ...] = (),
        aws_codes: tuple[str, ...] = (),
    ) -> None:
        self.rule = rule
        self.place = place
        self.message = message
        self.help = help
        self.subject = subject
        self.statement = statement
        self.fix = mending.title if mending else ""
        self.safety = mending.safety if mending else ""
        self._mending = mending
        self.secondary = secondary
        self.severity = ""
        self.aws_codes = aws_codes

    def without_fix(self) -> Problem:
        """This problem with advice only, as for a policy in a string, whose text no edit reaches."""
        place, codes = self.place, self.aws_codes
        bare = Problem(self.rule, place, self.message, self.help, self.subject, self.statement, secondary=self.secondary, aws_codes=codes)
        bare.severity = self.severity
        return bare

    @property
    def changes(self) -> tuple[Change, ...]:
        """The edits that mend it; none when there is only advice."""
        return self._mending.changes if self._mending else ()

    def __repr__(self) -> str:
        return f"Problem({self.rule!r}, {self.place!r}, {self.message!r})"


class Problems:
    """The problems of one policy as they are found.

    `statement` is the one being read, `numbers` the principals and Sids that are numbers. `lossy` says that something which narrows the
    statement was lost, and `open` that something in the policy is unknown or was left out, so that what its statements lack proves nothing.
    `idle` says that a Condition, or an operator in one, has no members, which IAM takes.
    """

    __slots__ = ("found", "idle", "lossy", "numbers", "open", "statement")

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.numbers: list[Problem] = []
        self.statement: int | None = None
        self.lossy = False
        self.open = False
        self.idle = False

    def add(
        self,
        rule: str,
        place: Place,
        message: str,
        help: str = "",
        *,
        subject: str = "",
        mending: Mending | None = None,
        secondary: tuple[tuple[Place, str], ...] = (),
        aws_codes: tuple[str, ...] = (),
    ) -> None:
        """Note a problem of the statement being read."""
        problem = Problem(rule, place, message, help, subject, self.statement, mending=mending, secondary=secondary, aws_codes=aws_codes)
        self.found.append(problem)

    def invalid(self, route: Route, name: str, expected: str, value: Value, *aws_codes: str) -> None:
        """Note that `value`, which stands in the element `name`, is not of a form that IAM takes."""
        self.add(
            "invalid-element",
            Place(route),
            f"`{name}` must be {expected}, not {described(value)}",
            _way_out(expected, value),
            subject=name,
            aws_codes=aws_codes or ("DATA_TYPE_MISMATCH",),
        )

    def number(self, route: Route, what: str, text: str) -> None:
        """Note that `what` is a number, for sources in which it is no string: templates in YAML make one of it."""
        why = f"the {what} `{text}` must be a string, not a number"
        quoted = setting(route, text, safe=True)
        problem = Problem("invalid-element", Place(route), why, "put it in quotes", text, self.statement, mending=quoted)
        problem.aws_codes = ("DATA_TYPE_MISMATCH",)
        self.numbers.append(problem)

    def keep_nobody_out(self, seen: int) -> None:
        """Note that the problems after the first `seen` are those of a Deny: whom it names wrongly it does not keep out."""
        for problem in self.found[seen:]:
            if problem.rule == "invalid-principal":
                problem.severity = "high"

    def unknown_element(self, route: Route, key: str, elements: tuple[str, ...], elsewhere: tuple[str, ...], where: str) -> str | None:
        """Note that `key` is no element, and say which of `elements` was meant, if one was."""
        guess = nearest(key, elements)
        if guess is None and key in elsewhere:
            help = f"`{key}` belongs {where}"
        else:
            help = f"did you mean `{guess}`?" if guess else f"remove it; the elements are {listed(elements)}"
        self.add(
            "unknown-element",
            Place(route, on_key=True),
            f"unknown element `{key}`",
            help,
            subject=key,
            aws_codes=("INVALID_POLICY_ELEMENT",),
            mending=renaming(route, guess, safe=guess in ("Condition", "Sid", "Id")),
        )
        return guess


def _way_out(expected: str, value: Value) -> str:
    """What to do about a value that is not what was `expected`; nothing where the message says it all."""
    if "string" in expected and isinstance(value, bool | Number):
        return "write it in double quotes"
    return "remove it, or write a value" if value is None else ""


def renaming(route: Route, name: str | None, *, safe: bool) -> Mending | None:
    """The edit that renames the member at `route` to `name`; None without a name."""
    return None if name is None else Mending(f"rename it to `{name}`", "safe" if safe else "unsafe", route, name, rename=True)


def setting(route: Route, value: str, *, safe: bool) -> Mending:
    """The edit that puts the text `value` at `route`."""
    return Mending(f"write `{value}`", "safe" if safe else "unsafe", route, value)


def removing(route: Route, name: str) -> Mending:
    """The edit that removes the element `name` at `route`."""
    return Mending(f"remove `{name}`", "safe", route, None)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The one of `candidates` that was probably meant by `word`, or None."""
    by_lower = {candidate.lower(): candidate for candidate in candidates}
    lower = word.strip().lower()
    if lower in by_lower:
        return by_lower[lower]
    from difflib import get_close_matches

    close = get_close_matches(lower, by_lower, 1, 0.75)
    return by_lower[close[0]] if close else None


def described(value: Value) -> str:
    """What `value` is, in words."""
    if isinstance(value, str):
        return f"`{value}`" if value else "an empty string"
    if isinstance(value, Number):
        return f"the number `{value.text}`"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return "an object" if isinstance(value, Mapping) else "a list"


def listed(words: tuple[str, ...]) -> str:
    """`words` as a phrase: `a`, `b` and `c`."""
    quoted = [f"`{word}`" for word in words]
    return ", ".join(quoted[:-1]) + f" and {quoted[-1]}" if len(quoted) > 1 else quoted[0]


def is_open_key(key: str) -> bool:
    """Whether a key is a template's function or has a hole, so that the member it makes is not known."""
    return key == "Ref" or key.startswith(("Fn::", "fn::")) or has_hole(key)
