"""Can each principal make one of the calls that its statement allows?

Which principal needs which call: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
(mismatched action for principal).
"""

from __future__ import annotations

from iamlint.access.sets.fits import names_action
from iamlint.finding import Fix, Label, Safety
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.sts import TRUST_ACTIONS, assume_action_for, callers_of
from iamlint.policy.pattern import has_hole
from iamlint.policy.principal import Form, described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Patterns, Statement

_CALLERS = {
    Form.ACCOUNT: (CallerKind.USER, CallerKind.ROLE),
    Form.USER: (CallerKind.USER,),
    Form.ROLE: (CallerKind.ROLE,),
    Form.SESSION: (CallerKind.ROLE,),
    Form.SERVICE: (CallerKind.SERVICE,),
    Form.OIDC: (CallerKind.WEB_IDENTITY,),
    Form.SAML: (CallerKind.SAML,),
}
# A principal that the source leaves open is still of the type it stands under.
_OPEN = {
    "AWS": (CallerKind.USER, CallerKind.ROLE),
    "Service": (CallerKind.SERVICE,),
    "Federated": (CallerKind.WEB_IDENTITY, CallerKind.SAML),
}


def check(case: Case) -> Iterator[Finding]:
    """Each principal of an Allow that can make none of the calls its statement allows."""
    for statement in case.document.policy.statements:
        if statement.denies or statement.principals is None or statement.principals.negated:
            continue
        granted = _granted(statement.actions)
        if statement.actions is None or not granted:
            continue
        for entry in statement.principals.entries:
            callers = _callers(entry)
            if callers and not any(caller in callers_of(action) for caller in callers for action in granted):
                yield _finding(case, statement, statement.actions, entry, callers)


def _callers(entry: Principal) -> tuple[CallerKind, ...]:
    return _OPEN.get(entry.type, ()) if entry.form is Form.UNKNOWN else _CALLERS.get(entry.form, ())


def _granted(actions: Patterns | None) -> list[str]:
    """The trust actions that the element matches; all of them when the source leaves some open, none when there is no element."""
    if actions is None:
        return []
    if any(not isinstance(value, str) or has_hole(value) for value in actions.values):
        return list(TRUST_ACTIONS)
    patterns = [value for value in actions.values if isinstance(value, str)]
    return [action for action in TRUST_ACTIONS if actions.negated != any(names_action(one, action.lower()) for one in patterns)]


def _finding(case: Case, statement: Statement, actions: Patterns, entry: Principal, callers: tuple[CallerKind, ...]) -> Finding:
    needed = list(dict.fromkeys([action for caller in callers if (action := assume_action_for(caller)) is not None]))
    needs = " or ".join(f"`{action}`" for action in needed)
    named = f"`{actions.values[0]}`" if len(actions.values) == 1 and not actions.negated else "any of these actions"
    return case.finding(
        f"{described(entry)} cannot call {named}",
        Place(actions.route),
        label=f"it needs {needs}",
        secondary=(Label(Place(entry.route)),),
        statement=statement.index,
        subject=entry.text,
        fix=_fix(case, statement, actions, needed),
        aws_codes=("MISMATCHED_ACTION_FOR_PRINCIPAL",),
    )


def _fix(case: Case, statement: Statement, actions: Patterns, needed: list[str]) -> Fix:
    """The action that all principals of the statement need. It lets in who was shut out, so a reader decides."""
    entries = statement.principals.entries if statement.principals is not None else ()
    title = f"allow `{needed[0]}`" if len(needed) == 1 else "allow the call that the provider needs"
    if len(needed) > 1 or case.document.embedded or actions.negated or len(actions.values) > 1:
        return Fix(Safety.MANUAL, title)
    if any(needed != [assume_action_for(caller) for caller in _callers(other)[:1]] for other in entries):
        return Fix(Safety.MANUAL, f"give this principal a statement of its own that allows `{needed[0]}`")
    from iamlint.text.edit import SetValue

    return Fix(Safety.UNSAFE, title, (SetValue(Place(actions.value_route(0)), needed[0]),))
