"""What does a trust policy say of tokens if what it leaves open is what its own text suggests?

- A provider that is only named by reference (`!Ref Github`) is that of the issuer whose claims are tested beside it.
- What is open in a claim's value is one name: `repo:${Org}/${Repo}:*` is any branch of some repository. One that a wildcard follows, or
  that begins the value, stays open: it could be anything.

What rules find then holds for every such name, but rests on a guess; findings say `${Org}` where they would name it.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.access import Access
from iamlint.access.sets.glob import wildcard
from iamlint.finding import Confidence, Fix, Label
from iamlint.knowledge.issuers import find_issuer
from iamlint.knowledge.keys import split_claim
from iamlint.knowledge.subjects import split as split_subject
from iamlint.policy.condition import Condition, Unknown
from iamlint.policy.document import Document
from iamlint.policy.naming import WEB_IDENTITIES
from iamlint.policy.operator import Family
from iamlint.policy.pattern import Hole, has_hole, split
from iamlint.policy.principal import Form, Principal, Principals
from iamlint.policy.statement import Policy, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.evaluation.request import ContextValue, Request
    from iamlint.finding import Finding
    from iamlint.knowledge.issuers import Issuer

_WILDCARDS = ("*", "?")
_PROVIDER = ":oidc-provider/"


class Supposed:
    """A document and its access as they would be; `names` are the made-up names and what the source says for them."""

    __slots__ = ("access", "document", "guessed", "names")

    def __init__(self, document: Document, access: Access, names: dict[str, str], guessed: frozenset[int]) -> None:
        self.document = document
        self.access = access
        self.names = names
        self.guessed = guessed

    def told(self, finding: Finding, document: Document, *, proved: bool) -> Finding:
        """The finding about `document` itself, in the words of its source; less sure where it rests on a guess."""
        finding.document = document
        if not proved and (finding.statement is None or finding.statement in self.guessed):
            finding.confidence = Confidence.MEDIUM
        finding.message = self._said(finding.message)
        finding.subject = self._said(finding.subject)
        finding.primary = Label(finding.primary.place, self._said(finding.primary.text))
        finding.secondary = tuple([Label(label.place, self._said(label.text)) for label in finding.secondary])
        if finding.fix is not None:
            finding.fix = Fix(finding.fix.safety, self._said(finding.fix.title), finding.fix.changes)
        if finding.witness is not None:
            finding.witness = self._requested(finding.witness)
        return finding

    def _said(self, text: str) -> str:
        for name, source in self.names.items():
            text = text.replace(name, source)
        return text

    def _requested(self, request: Request) -> Request:
        from iamlint.access.evaluation.request import Request as Made

        context: dict[str, ContextValue] = {}
        for key, name in request.names.items():
            value = request.context.get(key, ())
            context[name] = self._said(value) if isinstance(value, str) else tuple([self._said(one) for one in value])
        return Made(request.action, request.caller, request.resource, context)


@lru_cache(maxsize=4)
def supposed(document: Document) -> Supposed | None:
    """What to suppose of a document; None when there is nothing."""
    guess = _Guess(document.policy)
    statements = tuple([guess.statement(statement) for statement in document.policy.statements])
    if not guess.made:
        return None
    policy = Policy(document.policy.version, document.policy.id, statements, complete=document.policy.complete)
    made = Document(document.tree, document.route, document.kind, policy, document.problems, embedded=document.embedded)
    # A guess in a Deny is one about whom every Allow lets in.
    denying = any(statement.denies and statement.index in guess.made for statement in statements)
    guessed = {statement.index for statement in statements} if denying else guess.made
    return Supposed(made, Access(policy, document.kind), guess.names(), frozenset(guessed))


class _Guess:
    """The names made up for one policy; `made` are the statements in which something was guessed."""

    __slots__ = ("_hosts", "_names", "_pairs", "_providers", "made")

    def __init__(self, policy: Policy) -> None:
        self.made: set[int] = set()
        self._names: dict[str, str] = {}
        self._pairs: dict[str, str] = {}
        self._providers: dict[str, str] = {}
        self._hosts = _hosts(policy)

    def names(self) -> dict[str, str]:
        """What the source says for each made-up name, the longer first."""
        found = {provider: source for source, provider in self._providers.items()}
        found |= {pair: source for source, pair in self._pairs.items()}
        found |= {part: source for source, pair in self._pairs.items() for part in pair.split("/")}
        return found | {name: source for source, name in self._names.items()}

    def statement(self, statement: Statement) -> Statement:
        """The statement with what can be guessed of it."""
        principals = self._principals(statement.principals)
        conditions = tuple([self._condition(condition) for condition in statement.conditions])
        if principals is statement.principals and all(map(_same, conditions, statement.conditions)):
            return statement
        self.made.add(statement.index)
        return Statement(
            statement.index,
            statement.effect,
            sid=statement.sid,
            principals=principals,
            actions=statement.actions,
            resources=statement.resources,
            conditions=conditions,
            route=statement.route,
        )

    def _principals(self, principals: Principals | None) -> Principals | None:
        if principals is None or not any(entry.text in self._hosts for entry in principals.entries):
            return principals
        return Principals(tuple(map(self._principal, principals.entries)), principals.negated, principals.route)

    def _principal(self, entry: Principal) -> Principal:
        host = self._hosts.get(entry.text) if is_open_provider(entry) else None
        if host is None:
            return entry
        head = entry.text.partition(_PROVIDER)[0] if _PROVIDER in entry.text else "arn:aws:iam::ACCOUNT"
        text = host if host.lower() in WEB_IDENTITIES else f"{head}{_PROVIDER}{host}"
        self._providers[entry.text] = text
        return Principal(entry.type, text, Form.OIDC, entry.route, account=entry.account, partition=entry.partition, name=host)

    def _condition(self, condition: Condition) -> Condition:
        claim = split_claim(condition.key)
        operator = condition.operator
        if claim is None or operator.base.family is not Family.STRING or has_hole(condition.key) or not leaves_values_open(condition):
            return condition
        # An open pattern of those who are not meant may be everybody.
        whole = not (operator.base.negated and operator.base.positive == "StringLike")
        values = tuple([self._value(value, find_issuer(claim[0]), claim[1], whole=whole) for value in condition.values])
        if values == condition.values:
            return condition
        return Condition(
            operator, condition.key, values, route=condition.route, operator_route=condition.operator_route, listed=condition.listed
        )

    def _value(self, value: str | Unknown, issuer: Issuer, claim: str, *, whole: bool) -> str | Unknown:
        if isinstance(value, Unknown):
            return self._name(value.label) if whole else value
        parts = split(value)
        if not all(isinstance(part, str | Hole) for part in parts) or not any(isinstance(part, Hole) for part in parts):
            return value
        if len(parts) == 1:
            return self._name(_written(parts[0])) if whole else value
        if any(_is_anything(parts, at) for at in range(len(parts))):
            return value
        shapes = issuer.shapes.get(claim.lower(), ())
        for filled in self._ways(parts) if shapes else ():
            if split_subject(shapes, filled):
                return filled
        return next(self._ways(parts))

    def _ways(self, parts: Sequence[object]) -> Iterator[str]:
        """The texts with a name for each hole; then with an owner and a name for one of them."""
        names = [part if isinstance(part, str) else self._name(_written(part)) for part in parts]
        yield "".join(names)
        for at, part in enumerate(parts):
            if isinstance(part, Hole):
                yield "".join([*names[:at], self._pair(_written(part)), *names[at + 1 :]])

    def _name(self, source: str) -> str:
        return self._names.setdefault(source, f"unknown-{len(self._names)}-name")

    def _pair(self, source: str) -> str:
        number = len(self._pairs)
        return self._pairs.setdefault(source, f"unknown-{number}-owner/unknown-{number}-project")


def _same(one: object, other: object) -> bool:
    return one is other


def _written(part: object) -> str:
    return f"${{{part.label}}}" if isinstance(part, Hole) else str(part)


def _is_anything(parts: Sequence[object], at: int) -> bool:
    """Whether the hole there could be more than a name: it begins the value, or a wildcard or another hole is beside it."""
    if not isinstance(parts[at], Hole):
        return False
    if at == 0 or not str(parts[at - 1]) or str(parts[at - 1])[-1] in _WILDCARDS or isinstance(parts[at - 1], Hole):
        return True
    after = parts[at + 1] if at + 1 < len(parts) else ""
    return isinstance(after, Hole) or str(after)[:1] in _WILDCARDS


def is_open_provider(entry: Principal) -> bool:
    """Whether the source leaves open which identity provider it is."""
    return entry.form is Form.UNKNOWN and entry.type == "Federated" and ":saml-provider/" not in entry.text


def leaves_values_open(condition: Condition) -> bool:
    """Whether the source leaves a value of the condition open."""
    return any(not isinstance(value, str) or has_hole(value) for value in condition.values)


def _hosts(policy: Policy) -> dict[str, str]:
    """The issuers of open providers, by what the source says for them: one whose claims alone are tested wherever it stands."""
    found: dict[str, dict[str, str]] = {}
    for statement in policy.statements:
        entries = statement.principals.entries if statement.principals is not None else ()
        providers = [entry for entry in entries if entry.type == "Federated"]
        if len(providers) == 1 and is_open_provider(providers[0]):
            tested = found.setdefault(providers[0].text, {})
            for condition in statement.conditions:
                if split_claim(condition.key) is not None and not has_hole(condition.key):
                    host = condition.key.partition(":")[0]
                    tested.setdefault(host.lower(), host)
    return {text: next(iter(hosts.values())) for text, hosts in found.items() if len(hosts) == 1 and _may_be(text, next(iter(hosts)))}


def _may_be(text: str, host: str) -> bool:
    """Whether what the source says for a provider can be that of the issuer."""
    if text.startswith("!"):
        return True
    pattern = wildcard("".join(["*" if isinstance(part, Hole) else str(part) for part in split(text.rpartition(_PROVIDER)[2])]).lower())
    return pattern.matches(host) or (_PROVIDER not in text and pattern.matches(f"arn:aws:iam::000000000000{_PROVIDER}{host}"))
