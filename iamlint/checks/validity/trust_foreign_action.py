"""Does a trust policy name an action that means nothing in one?"""

from __future__ import annotations

from iamlint.access.sets.fits import names_action
from iamlint.finding import Fix, Safety
from iamlint.knowledge.sts import TRUST_ACTIONS, canonical_action
from iamlint.policy.pattern import has_hole
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Patterns
    from iamlint.text.tree import Route


def check(case: Case) -> Iterator[Finding]:
    """Each value of an Action element that matches no action of trust policies."""
    for statement in case.document.policy.statements:
        actions = statement.actions
        if actions is None or actions.negated:
            continue
        for position, value in enumerate(actions.values):
            if isinstance(value, str) and not has_hole(value) and not _is_of_trust(value):
                route = actions.value_route(position)
                yield case.finding(
                    f"`{value}` means nothing in a trust policy",
                    Place(route),
                    statement=statement.index,
                    subject=value,
                    fix=_fix(case, actions, value, route),
                    aws_codes=("UNSUPPORTED_ACTION_IN_POLICY",),
                )


def _is_of_trust(pattern: str) -> bool:
    return any(names_action(pattern, action.lower()) for action in TRUST_ACTIONS)


def _fix(case: Case, actions: Patterns, value: str, route: Route) -> Fix:
    guess = _meant(value)
    if guess is None:
        return Fix(Safety.MANUAL, "move it to a policy of the role's permissions, and keep `sts:AssumeRole…` here")
    named = guess.lower() in {one.lower() for one in actions.values if isinstance(one, str)}
    from iamlint.text.edit import Remove, SetValue

    change = Remove(Place(route)) if named else SetValue(Place(route), guess)
    title = f"take it out, `{guess}` is there already" if named else f"write `{guess}`"
    return Fix(Safety.UNSAFE, title, () if case.document.embedded else (change,))


def _meant(value: str) -> str | None:
    """The action that a slip of the pen was probably meant to be."""
    from difflib import get_close_matches

    if canonical_action(value) is not None:
        return None
    known = {action.lower(): action for action in TRUST_ACTIONS}
    service, colon, name = value.strip().lower().rpartition(":")
    close = get_close_matches(f"sts:{name}" if service in ("", "iam") else f"{service}{colon}{name}", known, n=1, cutoff=0.85)
    return known[close[0]] if close else None
