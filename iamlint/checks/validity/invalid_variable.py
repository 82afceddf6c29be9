"""Is there a policy variable that IAM cannot read?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-wheretouse.
"""

from __future__ import annotations

import re

from iamlint.finding import Fix, Safety
from iamlint.knowledge.keys import find_key
from iamlint.policy.operator import Family
from iamlint.policy.pattern import Hole, Variable, split
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Unknown
    from iamlint.policy.statement import Statement
    from iamlint.text.tree import Route

# Operators in whose values IAM reads variables.
_READ = (Family.STRING, Family.ARN)
_KEY = r"\s*([A-Za-z][A-Za-z0-9.-]*:[A-Za-z][A-Za-z0-9_.-]*)"
# A variable with its beginning only: what follows, up to the end of the text, closes no brace.
_UNCLOSED = re.compile(r"\$\{" + _KEY + r"[^{}]*\Z")
# A default without one of its quotes, or without both.
_UNQUOTED = re.compile(_KEY + r"(?:/[^,]*)?\s*,(?!\s*'[^']*'\s*\Z)")


class _Fault:
    """What is wrong with a variable, what to do, and AWS's code for it."""

    __slots__ = ("code", "help", "why")

    def __init__(self, why: str, help: str, code: str) -> None:
        self.why = why
        self.help = help
        self.code = code


def check(case: Case) -> Iterator[Finding]:
    """A finding for each text with such a variable, about the first one."""
    if not case.document.policy.variables:
        return
    for statement in case.document.policy.statements:
        for route, text in _texts(statement):
            fault = _fault(text)
            if fault is not None:
                yield _finding(case, statement, route, text, fault)
        actions = statement.actions
        for position, value in enumerate(actions.values if actions is not None and "${" in actions.text else ()):
            variable = _variable(value)
            if variable is not None and actions is not None:
                fault = _Fault(f"no variable is read in `{actions.name}`", "name the actions", "VARIABLE_UNSUPPORTED_IN_ELEMENT")
                yield _finding(case, statement, actions.value_route(position), f"${{{variable.key}}}", fault)


def _finding(case: Case, statement: Statement, route: Route, text: str, fault: _Fault) -> Finding:
    return case.finding(
        f"the variable in `{text}` is not read as one: {fault.why}",
        Place(route),
        label="taken as it stands",
        statement=statement.index,
        subject=text,
        fix=Fix(Safety.MANUAL, fault.help),
        aws_codes=(fault.code,),
    )


def _texts(statement: Statement) -> Iterator[tuple[Route, str]]:
    """The texts in which IAM reads variables, as far as they have the beginning of one."""
    resources = statement.resources
    for position, value in enumerate(resources.values if resources is not None and "${" in resources.text else ()):
        if isinstance(value, str) and "${" in value and resources is not None:
            yield resources.value_route(position), value
    for condition in statement.conditions:
        for position, value in enumerate(condition.values if condition.operator.base.family in _READ else ()):
            if isinstance(value, str) and "${" in value:
                yield condition.value_route(position), value


def _fault(text: str) -> _Fault | None:
    # A doubled `$` is how Terraform and others write a plain one.
    if "$${" in text:
        return None
    for part in split(text):
        if isinstance(part, str):
            open_key = _UNCLOSED.search(part)
            if open_key is not None and _is_known(open_key[1]):
                return _Fault("its brace is not closed", f"write `${{{open_key[1]}}}`", "MISSING_BRACE_IN_VARIABLE")
        elif isinstance(part, Hole):
            unquoted = _UNQUOTED.match(part.label)
            if not part.label and "${}" in text.replace(" ", ""):
                return _Fault("it names no key", "name the key, such as `${aws:username}`", "EMPTY_VARIABLE")
            if unquoted is not None and _is_known(unquoted[1]):
                why = "the default of a variable stands in single quotes"
                return _Fault(why, f"write `${{{unquoted[1]}, 'DEFAULT'}}`", "MISSING_QUOTE_IN_VARIABLE")
    return None


def _is_known(key: str) -> bool:
    """Whether AWS has the key, or keys that begin so; templates have their own names in braces."""
    return find_key(key) is not None or find_key(f"{key}/x") is not None


def _variable(value: str | Unknown) -> Variable | None:
    """A variable in an action, of a key that AWS has."""
    parts = split(value) if isinstance(value, str) else ()
    return next((part for part in parts if isinstance(part, Variable) and find_key(part.key) is not None), None)
