"""What does a witness say in one line, and which of a request's keys are worth saying?"""

from __future__ import annotations

from iamlint.knowledge.callers import CallerKind
from iamlint.policy.document import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.evaluation.request import Caller, ContextValue, Request
    from iamlint.finding import Finding

_SIMPLE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/.-_+=@*#")


def sentence(finding: Finding, request: Request) -> str:
    """The request as people read it: who calls what, on what, with which keys and without which (not yet made visible)."""
    words = f"{_who(request.caller)} calls {request.action}"
    if request.resource is not None and finding.document.kind is not Kind.TRUST:
        words += f" on {request.resource}"
    carried = [f"{name}={_value(value)}" for name, value in _carried(request)]
    lacking = absent(finding, request)
    if carried:
        words += " with " + ", ".join(carried)
    if lacking:
        words += (" and" if carried else " with") + " no " + " or ".join(lacking)
    return words


def absent(finding: Finding, request: Request) -> tuple[str, ...]:
    """The keys that the finding's question or its statement names and the request lacks, as they were written."""
    named = [*request.names.values()]
    statement = None if finding.statement is None else finding.document.policy.at(finding.statement)
    if statement is not None:
        named += [condition.key for condition in statement.conditions]
    lacking = {name.lower(): name for name in reversed(named) if request.value(name.lower()) is None}
    return tuple(lacking[key] for key in sorted(lacking))


def _carried(request: Request) -> list[tuple[str, ContextValue]]:
    return [(request.names.get(key, key), request.context[key]) for key in sorted(request.context)]


def _who(caller: Caller) -> str:
    match caller.kind:
        case CallerKind.ANONYMOUS:
            return "anyone, without credentials,"
        case CallerKind.SERVICE:
            return f"the service {caller.name}"
        case CallerKind.WEB_IDENTITY:
            return f"the holder of a token of {_provider(caller.name)}"
        case CallerKind.SAML:
            return f"the holder of a SAML assertion of {_provider(caller.name)}"
        case CallerKind.CANONICAL:
            return f"the canonical user {caller.name}"
        case _:
            return caller.arn or caller.name


def _provider(name: str) -> str:
    """A provider as people know it: the issuer of `arn:aws:iam::111122223333:oidc-provider/ISSUER`, else the name itself."""
    return name.partition(":oidc-provider/")[2] or name


def _value(value: ContextValue) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_text, value)) + "]"
    return _text(value)


def _text(value: str) -> str:
    """A value as it stands when nothing in it could be taken for our own words, else in quotes."""
    return value if value and _SIMPLE.issuperset(value) else '"' + value.replace('"', '\\"') + '"'
