"""What is a request: who asks to do what to what, and in which context?

Keys that a caller determines (`aws:PrincipalArn`, `aws:PrincipalAccount`, ...) are read off the caller and never stand in the context:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html.
"""

from __future__ import annotations

from iamlint.knowledge.callers import IAM_CALLERS, CallerKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    ContextValue: TypeAlias = "str | tuple[str, ...]"


class Caller:
    """Who makes a request.

    IAM identities have `account`, `partition` and `name`: path and name without the leading slash (`ci/deploy`; empty for root), and, for a
    role, the `session`. A service has its principal name in `name`. A web identity or SAML caller has the provider's principal in `name`
    (an ARN, or `cognito-identity.amazonaws.com`), a canonical user its id.
    """

    __slots__ = ("account", "kind", "name", "partition", "session")

    def __init__(self, kind: CallerKind, name: str = "", *, account: str = "", partition: str = "aws", session: str = "") -> None:
        self.kind = kind
        self.name = name
        self.account = account
        self.partition = partition
        self.session = session

    @property
    def arn(self) -> str | None:
        """The value of `aws:PrincipalArn`: the role's ARN for a role session; None for who has none."""
        if self.kind not in IAM_CALLERS:
            return None
        if self.kind is CallerKind.ROOT:
            return f"arn:{self.partition}:iam::{self.account}:root"
        service = "sts" if self.kind is CallerKind.FEDERATED_USER else "iam"
        return f"arn:{self.partition}:{service}::{self.account}:{self.kind.value}/{self.name}"

    @property
    def session_arn(self) -> str | None:
        """The ARN of a role session, which has no path; None for who is not one."""
        if self.kind is not CallerKind.ROLE or not self.session:
            return None
        role = self.name.rpartition("/")[2]
        return f"arn:{self.partition}:sts::{self.account}:assumed-role/{role}/{self.session}"

    def _identity(self) -> tuple[object, ...]:
        return (self.kind, self.name, self.account, self.partition, self.session)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Caller) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def __repr__(self) -> str:
        return f"Caller({', '.join(map(repr, self._identity()))})"


PRINCIPAL_TYPES = {
    CallerKind.ANONYMOUS: "Anonymous",
    CallerKind.ROOT: "Account",
    CallerKind.USER: "User",
    CallerKind.ROLE: "AssumedRole",
    CallerKind.FEDERATED_USER: "FederatedUser",
}

DERIVED_KEYS = frozenset(
    {
        "aws:principalarn",
        "aws:principalaccount",
        "aws:principaltype",
        "aws:username",
        "aws:principalisawsservice",
        "aws:principalservicename",
    }
)

_EPOCH = "aws:epochtime"
_CLOCKS = {_EPOCH: "aws:currenttime", "aws:currenttime": _EPOCH}


class Request:
    """One thing a caller asks for.

    `action` is `service:Name`; `resource` an ARN, or None for an action without resource; `context` maps key names to one value or, for a
    key with several values, to a tuple of them. Key names are compared ignoring case, so they are kept in lower case (`names` keeps how
    they were written, for printing).
    """

    __slots__ = ("action", "caller", "context", "names", "resource")

    def __init__(self, action: str, caller: Caller, resource: str | None = None, context: Mapping[str, ContextValue] | None = None) -> None:
        self.action = action
        self.caller = caller
        self.resource = resource
        self.context: dict[str, ContextValue] = {}
        self.names: dict[str, str] = {}
        for key, value in context.items() if context else ():
            lower = key.lower()
            self.names[lower] = key
            # An empty list of values is the same as no value (Null page: "an empty data set").
            if value != ():
                self.context[lower] = value

    def about(self, resource: str | None, told: Mapping[str, ContextValue] | None = None) -> Request:
        """The same request about another resource, which carries `told` as well."""
        context = {self.names[key]: value for key, value in self.context.items()}
        return Request(self.action, self.caller, resource, {**context, **told} if told else context)

    def as_written(self) -> Request:
        """The same request with the action as AWS writes it."""
        from iamlint.knowledge.names import canonical

        carried = {self.names[key]: value for key, value in self.context.items()}
        return Request(canonical(self.action) or self.action, self.caller, self.resource, carried)

    def value(self, key: str) -> ContextValue | None:
        """What the request carries under `key` (in lower case), or None when it lacks it."""
        if key in DERIVED_KEYS:
            return self._derived(key)
        found = self.context.get(key)
        return found if found is not None or key not in _CLOCKS else self._time(key)

    def _time(self, key: str) -> str | None:
        """What one key for the time of the request is where the other is given: every request carries both."""
        from iamlint.access.sets.points import moment_text, number_text
        from iamlint.access.sets.values import instant

        told = self.context.get(_CLOCKS[key])
        moment = instant(told) if isinstance(told, str) else None
        if moment is None:
            return None
        return number_text(moment) if key == _EPOCH else moment_text(moment)

    def _derived(self, key: str) -> str | None:
        caller = self.caller
        match key:
            case "aws:principalarn":
                return caller.arn
            case "aws:principalaccount":
                if caller.kind is CallerKind.ANONYMOUS:
                    return "anonymous"
                return caller.account or None if caller.kind in IAM_CALLERS else None
            case "aws:principaltype":
                return PRINCIPAL_TYPES.get(caller.kind)
            case "aws:username":
                return caller.name.rpartition("/")[2] if caller.kind is CallerKind.USER else None
            case "aws:principalservicename":
                return caller.name if caller.kind is CallerKind.SERVICE else None
            case _:
                if caller.kind is CallerKind.SERVICE:
                    return "true"
                return "false" if caller.kind in IAM_CALLERS else None


class Witness:
    """A request that proves an answer, and the statements (counted from 0) that let it through or, for a proof of the contrary, stop it."""

    __slots__ = ("request", "statements")

    def __init__(self, request: Request, statements: tuple[int, ...]) -> None:
        self.request = request
        self.statements = statements
