"""Does a policy name actions that AWS does not have?"""

from __future__ import annotations

from iamlint.finding import Confidence, Fix, Label, Safety, Severity
from iamlint.knowledge.names import actions_of, is_service, names_something, suggest_action
from iamlint.policy.pattern import has_hole
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Unknown
    from iamlint.policy.statement import Patterns, Statement


# Values that are fine: all actions of the services that were seen, and so many others.
_fine: set[str | Unknown] = set()
_seen: set[str] = set()
_MOST = 1 << 15
# Of how many actions of one policy the name that was meant is looked for: nobody slips more often, and each look takes half a millisecond.
_GUESSES = 200


def check(case: Case) -> Iterator[Finding]:
    """Each value of an Action or NotAction element that names nothing, those of one unknown service at once."""
    told = 0
    for statement in case.document.policy.statements:
        actions = statement.actions
        unknown = _unknown(actions.values) if actions is not None and not _fine.issuperset(actions.values) else ()
        if unknown and actions is not None:
            for finding in _findings(case, statement, actions, unknown, told):
                told += 1
                yield finding


def _unknown(values: Iterable[str | Unknown]) -> set[str]:
    """Those of the values that are not fine."""
    unknown: set[str] = set()
    for value in set(values) - _fine:
        # Of most values the service was seen with another.
        if value in _fine or not isinstance(value, str):
            continue
        service = value.partition(":")[0].lower()
        if service not in _seen and is_service(service):
            _fine.update(actions_of(service))
            _seen.add(service)
        if value not in _fine and not _is_fine(value):
            unknown.add(value)
        elif len(_fine) < _MOST:
            _fine.add(value)
    return unknown


def _is_fine(action: str) -> bool:
    """Whether it names an action, could once it is filled in, or is one that AWS's own policies name."""
    if names_something(action) or not action.strip("*") or has_hole(action):
        return True
    from iamlint.knowledge.undocumented import is_undocumented, is_undocumented_service

    return is_undocumented(action) or is_undocumented_service(action.partition(":")[0])


class _Slip:
    """What is wrong with an action: `meant` is what stands for it, if anything near does, `severity` None where that is the rule's."""

    __slots__ = ("code", "label", "meant", "message", "severity")

    def __init__(self, message: str, label: str, code: str, meant: str | None, severity: Severity | None = None) -> None:
        self.message = message
        self.label = label
        self.code = code
        self.meant = meant
        self.severity = severity


def _findings(case: Case, statement: Statement, actions: Patterns, unknown: Container[str], before: int) -> Iterator[Finding]:
    """Those about the unknown values of one element, `before` which the policy has so many others."""
    told: set[str] = set()
    for position, value in enumerate(actions.values):
        if not isinstance(value, str) or value not in unknown:
            continue
        slip = _slip(value, guess=before + len(told) < _GUESSES)
        if slip.meant is None and slip.message in told:
            continue
        told.add(slip.message)
        yield _finding(case, statement, actions, position, value, slip)


def _slip(action: str, *, guess: bool) -> _Slip:
    from iamlint.knowledge.names import canonical, services_with
    from iamlint.knowledge.retired import is_retired, is_retired_service, last_documented

    service, colon, name = action.partition(":")
    if not colon:
        found = services_with(action)
        meant = canonical(f"{found[0]}:{action}") if len(found) == 1 else None
        message = f"`{action}` does not say of which service it is" if action else "an action is empty"
        return _Slip(message, "", "INVALID_SERVICE_IN_ACTION", meant, Severity.MEDIUM)
    if is_retired_service(service):
        return _Slip(f"AWS no longer has the service `{service}`", "", "INVALID_SERVICE_IN_ACTION", None, Severity.INFO)
    if not is_service(service):
        meant = _meant(action) if guess else None
        return _Slip(f"no service has the prefix `{service}`", "", "INVALID_SERVICE_IN_ACTION", meant)
    if is_retired(action):
        year = last_documented(action)
        label = f"last documented in {year}" if year else ""
        return _Slip(f"AWS no longer has the action `{action}`", label, "INVALID_ACTION", None, Severity.INFO)
    if "*" in name or "?" in name:
        return _Slip(f"`{action}` matches no action of `{service}`", "", "INVALID_ACTION", _near_pattern(service, name) if guess else None)
    return _Slip(f"`{service}` has no action `{name}`", "", "INVALID_ACTION", suggest_action(action) if guess else None)


def _meant(action: str) -> str | None:
    """The action that was probably meant by one of an unknown service; a pattern with that service's prefix, where it names something."""
    from iamlint.knowledge.names import suggest_service

    service, _, name = action.partition(":")
    prefix = suggest_service(service.strip())
    return suggest_action(action) or (f"{prefix}:{name}" if prefix and names_something(f"{prefix}:{name}") else None)


def _near_pattern(service: str, name: str) -> str | None:
    """The pattern with the slip in front of its first wildcard mended."""
    from difflib import get_close_matches

    from iamlint.knowledge.names import action_names

    end = min(name.find(wildcard) for wildcard in "*?" if wildcard in name)
    heads = {known[:length].lower(): known[:length] for known in action_names(service) for length in (end - 1, end, end + 1)}
    for near in get_close_matches(name[:end].lower(), heads, n=3, cutoff=0.8):
        meant = f"{service}:{heads[near]}{name[end:]}"
        if names_something(meant):
            return meant
    return None


def _finding(case: Case, statement: Statement, actions: Patterns, position: int, value: str, slip: _Slip) -> Finding:
    unnoticed = statement.denies != actions.negated
    severity = slip.severity or (Severity.MEDIUM if unnoticed else None)
    negated = (Label(Place(actions.route, on_key=True), "so this leaves out less than it seems to"),) if actions.negated else ()
    return case.finding(
        slip.message,
        Place(actions.value_route(position)),
        label=slip.label,
        secondary=negated,
        severity=severity,
        # What AWS had on the day of our data, we know; what is new, we do not.
        confidence=Confidence.HIGH if slip.meant or slip.severity is Severity.MEDIUM else Confidence.MEDIUM,
        statement=statement.index,
        subject=value,
        fix=_fix(case, actions, position, slip),
        aws_codes=(slip.code,),
    )


def _fix(case: Case, actions: Patterns, position: int, slip: _Slip) -> Fix | None:
    if slip.meant is None:
        return Fix(
            Safety.MANUAL, "take it out" if slip.severity is Severity.INFO else "look the name up in the service authorization reference"
        )
    from iamlint.text.edit import Remove, SetValue

    place = Place(actions.value_route(position))
    there = slip.meant.lower() in actions.names
    title = f"take it out, `{slip.meant}` is there already" if there else f"write `{slip.meant}`"
    if case.document.embedded:
        return Fix(Safety.MANUAL, title)
    return Fix(Safety.UNSAFE, title, (Remove(place) if there else SetValue(place, slip.meant),))
