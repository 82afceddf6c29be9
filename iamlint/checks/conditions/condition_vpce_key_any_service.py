"""Does a policy ask for an endpoint's account or organization where the service does not say it?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgid
"""

from __future__ import annotations

from iamlint.access.search.question import action_is, caller_is, key_absent, key_is
from iamlint.access.sets.fixed_sets import fixed_texts
from iamlint.finding import Confidence, Fix, Label, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.endpoints import OWNER_KEYS, says_whose_endpoint
from iamlint.policy.fixed import keys_of
from iamlint.policy.requires import requires_key
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Patterns, Statement

# What a request by our own endpoint has, and what it lacks.
_OWN_ENDPOINT = ("aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:vpcsourceip")
_PUBLIC = "aws:sourceip"
# An action of a service that nobody has heard of.
_UNHEARD = "zzzz:zzzz"


class _Silence:
    """That the services of `actions` do not say the key of `condition`."""

    __slots__ = ("actions", "condition", "label", "message")

    def __init__(self, condition: Condition, actions: Place, message: str, label: str) -> None:
        self.condition = condition
        self.actions = actions
        self.message = message
        self.label = label


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Deny that shuts out our own endpoint, and for each Allow that nobody gets in by."""
    for statement in case.document.policy.statements:
        conditions = [condition for condition in statement.conditions if condition.key.lower() in OWNER_KEYS]
        if not conditions or statement.actions is None:
            continue
        if statement.denies:
            silence = _denying(case, statement, statement.actions, conditions[0])
        else:
            silence = _allowing(statement.actions, conditions)
        if silence is not None:
            yield _finding(case, statement, silence)


def _denying(case: Case, statement: Statement, actions: Patterns, condition: Condition) -> _Silence | None:
    if _is_of_every(statement):
        if not _shuts_out(case, statement, _UNHEARD):
            return None
        message = f"most services do not say `{condition.key}`, and this Deny is about all of them"
        return _Silence(condition, Place(actions.route), message, "absent for most services, from whatever endpoint")
    for action, place in _silent(actions):
        if _shuts_out(case, statement, action):
            service = action.partition(":")[0]
            message = f"requests to `{service}` do not say `{condition.key}`, so this Deny is about those of your own endpoints too"
            return _Silence(condition, place, message, f"absent for `{service}`, from whatever endpoint")
    return None


def _allowing(actions: Patterns, conditions: list[Condition]) -> _Silence | None:
    condition = next((condition for condition in conditions if requires_key(condition, condition.key)), None)
    found = next(_silent(actions), None)
    if condition is None or found is None:
        return None
    service = found[0].partition(":")[0]
    message = f"requests to `{service}` do not say `{condition.key}`, so this allows none of them"
    return _Silence(condition, found[1], message, f"absent for `{service}`, from whatever endpoint")


def _is_of_every(statement: Statement) -> bool:
    """Whether the statement is about every service, or about all but some."""
    elements = (statement.actions, statement.resources)
    return all(element is not None and (element.negated or "*" in element.values) for element in elements)


def _silent(actions: Patterns) -> Iterator[tuple[str, Place]]:
    """An action for each value that names those of one service, which does not say whose the endpoint is."""
    from iamlint.knowledge.names import expand

    for position, value in enumerate(() if actions.negated else actions.values):
        service, colon, _ = value.partition(":") if isinstance(value, str) else ("", "", "")
        if not colon or "*" in service or "?" in service or says_whose_endpoint(service):
            continue
        for action in expand(str(value))[:1]:
            yield action, Place(actions.value_route(position))


def _shuts_out(case: Case, statement: Statement, action: str) -> bool:
    """Whether a Deny matches a request by our own endpoint to a service that says none of the keys."""
    space, policy = case.access.space, case.document.policy
    question: list[Clause] = [action_is(action), caller_is(CallerKind.USER, CallerKind.ROLE)]
    question += [key_absent(space, key) for key in OWNER_KEYS]
    for key in sorted(keys_of(policy)):
        if key in _OWN_ENDPOINT:
            question.append(key_is(space, key, fixed_texts(policy, key)))
        elif key == _PUBLIC:
            question.append(key_absent(space, key))
    return case.access.matches(statement, question) is not None


def _finding(case: Case, statement: Statement, silence: _Silence) -> Finding:
    denies = statement.denies
    return case.finding(
        silence.message,
        Place(silence.condition.route, on_key=True),
        label=silence.label,
        secondary=(Label(silence.actions, "denied" if denies else "not allowed by it"),),
        severity=None if denies else Severity.LOW,
        confidence=Confidence.MEDIUM,
        statement=statement.index,
        subject=silence.condition.key,
        fix=Fix(Safety.MANUAL, "list the actions of services that support the key"),
        aws_codes=("USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES",),
    )
