"""Does a Deny of every service ask for an endpoint's account or organization, which few services say?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgid
"""

from __future__ import annotations

from iamlint.access.fixed import fixed_texts, keys_of
from iamlint.access.question import action_is, caller_is, key_absent, key_is
from iamlint.finding import Confidence, Fix, Label, Safety
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.cube import Clause
    from iamlint.access.search import Witness
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement

_KEYS = ("aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths")
# What a request by our own endpoint has, and what it lacks.
_OWN_ENDPOINT = ("aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:vpcsourceip")
_PUBLIC = "aws:sourceip"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Deny that matches a request of a service which nobody has heard of."""
    for statement in case.document.policy.statements:
        condition = next((condition for condition in statement.conditions if condition.key.lower() in _KEYS), None)
        if condition is None or statement.effect is not Effect.DENY or statement.actions is None or not _is_of_every(statement):
            continue
        witness = _unsupported(case, statement)
        if witness is not None:
            yield case.finding(
                f"most services do not say `{condition.key}`, and this Deny is about all of them",
                Place(condition.route, on_key=True),
                label="absent for most services, from whatever endpoint",
                secondary=(Label(Place(statement.actions.route), "denied"),),
                confidence=Confidence.MEDIUM,
                statement=statement.index,
                subject=condition.key,
                fix=Fix(Safety.MANUAL, "list the actions of services that support the key"),
                aws_codes=("USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES",),
            )


def _is_of_every(statement: Statement) -> bool:
    """Whether the statement is about every service, or about all but some."""
    elements = (statement.actions, statement.resources)
    return all(element is not None and (element.negated or "*" in element.values) for element in elements)


def _unsupported(case: Case, statement: Statement) -> Witness | None:
    """A request by our own endpoint to a service that says none of the keys."""
    space, policy = case.access.space, case.document.policy
    question: list[Clause] = [action_is("zzzz:zzzz"), caller_is(CallerKind.USER, CallerKind.ROLE)]
    question += [key_absent(space, key) for key in _KEYS]
    for key in sorted(keys_of(policy)):
        if key in _OWN_ENDPOINT:
            question.append(key_is(space, key, fixed_texts(policy, key)))
        elif key == _PUBLIC:
            question.append(key_absent(space, key))
    return case.access.matches(statement, question)
