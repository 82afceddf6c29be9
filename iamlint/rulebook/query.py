"""Does a policy allow what a card forbids?

The language of `forbids` is IAM's own: an action, a principal, a resource and a context. Polarity, IfExists, set operators, case and
wildcards are the engine's business. What the words mean:

- `for-each`: asked once of the policy (the default), or once for each `account`, `user`, `service`, … that it lets in (see `subjects`);
- `action`, `resource`: a pattern or a list of them;
- `principal`: `kind` (iam, user, role, service, web-identity, saml, anonymous), `account` (elsewhere: outside the zone and not named by
  the policy), `organization` (elsewhere, or subject), `issuer` (the kinds of issuer asked about), `identity-center` (false: no role, and
  no provider, that IAM Identity Center made for people);
- `context`: for a key, or a class of keys (`network`, `caller-chosen`, `claims` of identity providers), `absent`, `present`, `any`,
  `elsewhere` (absent or not what the policy fixes), `fresh` (present with a value that nobody wrote down), `public` (absent or an
  address of the internet), or one of `is`, `not`, `like` with a value or a list;
- `token`: what a token of the subject's issuer says (see `tokens`);
- `mentions`: keys that some condition about the subject must (true) or must not (false) test;
- `zone`: `configured` asks only when somebody said who "we" are;
- `role`: `administrator` asks only where the policies that stand beside a trust policy let its role do everything;
- `grants`: `some` such request (the default) or `all` of them;
- `also`: changes to the question, or a list of them; the policy must allow each of these as well;
- `unless`: changes to the question; when the policy allows that as well, another rule says so and this one is silent.
"""

from __future__ import annotations

from functools import cache

from iamlint.access.evaluation.request import Witness
from iamlint.policy.fixed import keys_of
from iamlint.rulebook.card import texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.policy.statement import Policy, Statement
    from iamlint.rulebook.card import Fact
    from iamlint.rulebook.subjects import Subject


class Query:
    """What a card forbids, asked of one document about one subject; with `statements`, of these Allows alone (and every Deny)."""

    __slots__ = ("case", "forbids", "statements", "subject")

    def __init__(self, case: Case, forbids: Mapping[str, Fact], subject: Subject, statements: Collection[int] | None = None) -> None:
        self.case = case
        self.forbids = forbids
        self.subject = subject
        self.statements = statements

    def among(self, statements: Collection[int]) -> Query:
        """The same, asked of these Allows alone."""
        return Query(self.case, self.forbids, self.subject, tuple(sorted(statements)))

    def asked(self) -> bool:
        """Whether the question is about the document and its subject at all."""
        if self.forbids.get("zone") == "configured" and not self.case.zone.configured:
            return False
        return self._reachable() and self._issuer_asked() and self._mentioned() and self._role_asked()

    def _role_asked(self) -> bool:
        """Whether the role can do what the card is about; to be asked last, as the role's own policies have to be read for it."""
        if self.forbids.get("role") is None:
            return True
        from iamlint.access.administrator import is_administrator

        return is_administrator(self.case.document)

    def forbidden(self) -> Witness | None:
        """A request that proves the finding, or None when the rule has nothing to say."""
        witness = self.allowed()
        if witness is None or not all(self.allowed(other) for other in _changes(self.forbids.get("also"))):
            return None
        return None if any(self.allowed(other) for other in _changes(self.forbids.get("unless"))) else witness

    def allowed(self, changes: Mapping[str, Fact] | None = None) -> Witness | None:
        """A request of the question that the policy allows, with some of its parts changed; for `grants: all`, one when it allows all."""
        parts = _changed(self.forbids, changes or {})
        token = parts.get("token")
        if isinstance(token, dict):
            return self._token_allowed(parts, token)
        if _text(self.forbids, "grants") == "all":
            clauses, access = self._clauses(parts), self.case.access
            return access.meets(clauses) if access.covers(clauses) is None else None
        return self._unless_pinned(parts)

    def _unless_pinned(self, parts: Mapping[str, Fact]) -> Witness | None:
        if self.case.document.policy.tests and _is_pinned()(self.case.document.policy, self.subject, parts, self.statements):
            return None
        return self._meets(self._clauses(parts))

    def _clauses(self, parts: Mapping[str, Fact]) -> list[Clause]:
        return [*self.subject.clauses, *_clauses_of()(self.case, self.subject, parts)]

    def _meets(self, clauses: list[Clause]) -> Witness | None:
        witness = self.case.access.meets(clauses, statements=self.statements)
        if witness is None or self.statements is None:
            return witness
        letting_in = tuple([index for index in witness.statements if index in self.statements])
        return Witness(witness.request, letting_in) if letting_in else None

    def _token_allowed(self, parts: Mapping[str, Fact], token: Mapping[str, Fact]) -> Witness | None:
        """As `allowed`, of tokens: several rules ask the same, and where no token of a wider kind gets in the narrower need no search."""
        from iamlint.rulebook.tokens import wider_tokens

        rest = {name: parts[name] for name in ("action", "context", "principal") if name in parts}
        answers = self.case.access.answers
        for asked in (*wider_tokens(self.case, self.subject, token), token):
            question = f"{self.subject.text} {asked} {rest} {self.statements}"
            if question not in answers:
                answers[question] = self._unless_pinned({**rest, "token": dict(asked)})
            if answers[question] is None:
                return None
        return answers[question]

    def _reachable(self) -> bool:
        """Whether some Allow can match one of the actions at all: a look at the patterns that spares most searches."""
        return self.case.access.reaches(texts(self.forbids.get("action")))

    def _issuer_asked(self) -> bool:
        principal = self.forbids.get("principal")
        wanted = principal.get("issuer") if isinstance(principal, dict) else None
        if wanted is None:
            return True
        from iamlint.knowledge.issuers import find_issuer

        issuer = find_issuer(self.subject.fields["issuer"])
        return issuer.tenancy.value in texts(wanted) or issuer.id in texts(wanted)

    def _mentioned(self) -> bool:
        mentions = self.forbids.get("mentions")
        if not isinstance(mentions, dict):
            return True
        return all(self.mentions(key) is wanted for key, wanted in mentions.items())

    def mentions(self, words: str) -> bool:
        """Whether a condition of a statement that can apply to the subject tests one of the keys (`a | b`)."""
        keys = {key.strip().lower() for key in words.format_map(self.subject.fields).split("|")}
        if not keys & keys_of(self.case.document.policy):
            return False
        for statement in self.case.document.policy.statements:
            if any(condition.key.lower() in keys for condition in statement.conditions) and self._is_about_subject(statement):
                return True
        return False

    def _is_about_subject(self, statement: Statement) -> bool:
        """Whether the statement can apply to the subject, its conditions aside."""
        listed = any(owner is statement for owner, _ in self.subject.entries)
        if listed and statement.actions is not None and {*texts(self.forbids.get("action"))} & {*statement.actions.values}:
            return True
        return self.case.access.matches(statement, self.subject.clauses, certain=False, without=statement.conditions) is not None


@cache
def _is_pinned() -> Callable[[Policy, Subject, Mapping[str, Fact], Collection[int] | None], bool]:
    """Loaded for the first policy with conditions."""
    from iamlint.rulebook.pinned import is_pinned

    return is_pinned


@cache
def _clauses_of() -> Callable[[Case, Subject, Mapping[str, Fact]], Iterator[Clause]]:
    """Loaded for the first question that needs the engine."""
    from iamlint.rulebook.clauses import clauses_of

    return clauses_of


def _changed(parts: Mapping[str, Fact], changes: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """`parts` with `changes` laid over it, mapping by mapping."""
    found: dict[str, Fact] = dict(parts)
    for key, value in changes.items():
        before = found.get(key)
        found[key] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    return found


def _changes(value: Fact) -> Iterator[dict[str, Fact]]:
    return (change for change in (value if isinstance(value, list) else [value]) if isinstance(change, dict))


def _text(parts: Mapping[str, Fact], key: str) -> str:
    value = parts.get(key)
    return value if isinstance(value, str) else ""
