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

from iamlint.access.fixed import keys_of
from iamlint.access.owner import of_other_organization, strangers
from iamlint.access.question import (
    action_is,
    caller_is,
    fresh_values,
    key_absent,
    key_elsewhere,
    key_is,
    key_present,
    key_public,
    name_not_like,
    provider_not_like,
    resource_is,
)
from iamlint.access.search import Witness
from iamlint.access.sets import TextSet
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.keys import KeyClass, is_always_sent, key_class, split_claim
from iamlint.rulebook.errors import CardError
from iamlint.rulebook.pinned import is_pinned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from iamlint.access.cube import Clause
    from iamlint.access.glob import Glob
    from iamlint.case import Case
    from iamlint.policy.statement import Statement
    from iamlint.rulebook.card import Fact
    from iamlint.rulebook.subjects import Subject

_KINDS = {kind.value: (kind,) for kind in CallerKind} | {"iam": (CallerKind.USER, CallerKind.ROLE)}
# https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
_IDENTITY_CENTER = ("aws-reserved/sso.amazonaws.com/*", "*AWSReservedSSO_*")
_IDENTITY_CENTER_PROVIDER = "arn:*:iam::*:saml-provider/AWSSSO_*_DO_NOT_DELETE"
_CLASSES = {"network": KeyClass.NETWORK, "caller-chosen": KeyClass.CALLER_CONTROLLED}


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
            clauses, access = [*self.subject.clauses, *self._clauses(parts)], self.case.access
            return access.meets(clauses) if access.covers(clauses) is None else None
        return self._unless_pinned(parts)

    def _unless_pinned(self, parts: Mapping[str, Fact]) -> Witness | None:
        if is_pinned(self.case.document.policy, self.subject, parts, self.statements):
            return None
        return self._meets([*self.subject.clauses, *self._clauses(parts)])

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
        return self.case.access.reaches(_texts(self.forbids.get("action")))

    def _issuer_asked(self) -> bool:
        principal = self.forbids.get("principal")
        wanted = principal.get("issuer") if isinstance(principal, dict) else None
        if wanted is None:
            return True
        from iamlint.knowledge.issuers import find_issuer

        issuer = find_issuer(self.subject.fields["issuer"])
        return issuer.tenancy.value in _texts(wanted) or issuer.id in _texts(wanted)

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
        if listed and statement.actions is not None and {*_texts(self.forbids.get("action"))} & {*statement.actions.values}:
            return True
        return self.case.access.matches(statement, self.subject.clauses, certain=False, without=statement.conditions) is not None

    def _clauses(self, parts: Mapping[str, Fact]) -> Iterator[Clause]:
        actions = _texts(parts.get("action"))
        if actions:
            yield action_is(*actions)
        resources = _texts(parts.get("resource"))
        if resources:
            yield resource_is(*resources)
        principal = parts.get("principal")
        if isinstance(principal, dict):
            yield from self._principal(principal)
        context = parts.get("context")
        if isinstance(context, dict):
            for key, wanted in context.items():
                yield from self._context(key, wanted)
        token = parts.get("token")
        if isinstance(token, dict):
            from iamlint.rulebook.tokens import token_clauses

            yield from token_clauses(self.case, self.subject, token)

    def _principal(self, principal: Mapping[str, Fact]) -> Iterator[Clause]:
        kinds = _texts(principal.get("kind"))
        if kinds:
            yield caller_is(*(kind for word in kinds for kind in self._known(_KINDS, word, "kind")))
        if principal.get("account") == "elsewhere":
            yield from strangers(self.case.access.space, self.case.document.policy, self.case.zone.inside)
        if principal.get("identity-center") is False:
            yield name_not_like(*_IDENTITY_CENTER)
            if "provider" in self.subject.fields:
                yield provider_not_like(_IDENTITY_CENTER_PROVIDER)
        match principal.get("organization"):
            case "elsewhere":
                yield from self._strange_organization()
            case "subject":
                yield from self._member_of(self.subject.fields["organization"])

    def _strange_organization(self) -> Iterator[Clause]:
        access, policy = self.case.access, self.case.document.policy
        for key in ("aws:principalorgid", "aws:principalorgpaths", "aws:userid"):
            if key in keys_of(policy):
                yield key_elsewhere(access.space, policy, key)
        yield from of_other_organization(access.space, policy, self.case.zone.organizations)

    def _member_of(self, organization: str) -> Iterator[Clause]:
        space = self.case.access.space
        ours = self.case.zone.organizations
        yield key_is(space, "aws:principalorgid", _exactly([organization]))
        # A place of its own in the organization: policies that name a unit do not mean it. A unit of others is no better than all of them.
        paths = (
            _exactly([f"{organization}/r-zzzz/ou-zzzz-zzzzzzzz/"]) if organization in ours or not ours else _matching([f"{organization}/*"])
        )
        yield key_is(space, "aws:principalorgpaths", paths)

    def _context(self, key: str, wanted: Fact) -> Iterator[Clause]:
        if key in _CLASSES or key == "claims":
            for tested in sorted(keys_of(self.case.document.policy)):
                if _is_claim(tested) if key == "claims" else key_class(tested) is _CLASSES[key] and tested != "sts:externalid":
                    yield from self._key(tested, wanted)
        else:
            yield from self._key(key.format_map(self.subject.fields), wanted)

    def _key(self, key: str, wanted: Fact) -> Iterator[Clause]:
        policy = self.case.document.policy
        if wanted == "any" or (_asks_little(wanted) and key.lower() not in keys_of(policy) and not is_always_sent(key)):
            # What no condition tests can be left out of the request without asking.
            return
        space = self.case.access.space
        match wanted:
            case "absent":
                yield key_absent(space, key)
            case "present":
                yield key_present(space, key)
            case "elsewhere":
                yield from [key_elsewhere(space, policy, key)] if key.lower() in keys_of(policy) else []
            case "fresh":
                yield key_is(space, key, fresh_values())
            case "public":
                yield key_public(space, key)
            case {"is": values}:
                yield key_is(space, key, _exactly(_texts(values)))
            case {"like": values}:
                yield key_is(space, key, _matching(_texts(values)))
            case {"not": values}:
                yield key_is(space, key, _exactly(_texts(values)).complement(), absent=True)
            case _:
                words = "absent, present, any, elsewhere, fresh, public, is, like or not"
                raise CardError(f"`{key}: {wanted}` is not a test", f"use {words}", path=self.case.rule)

    def _known(self, words: Mapping[str, tuple[CallerKind, ...]], word: str, what: str) -> tuple[CallerKind, ...]:
        if word not in words:
            raise CardError(f"`{what}: {word}` is unknown", f"use one of {', '.join(words)}", path=self.case.rule)
        return words[word]


def _asks_little(wanted: Fact) -> bool:
    """Whether a request that lacks the key is one of those asked about."""
    return wanted in ("absent", "elsewhere", "public") or (isinstance(wanted, dict) and "not" in wanted)


def _changed(parts: Mapping[str, Fact], changes: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """`parts` with `changes` laid over it, mapping by mapping."""
    found: dict[str, Fact] = dict(parts)
    for key, value in changes.items():
        before = found.get(key)
        found[key] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    return found


def _is_claim(key: str) -> bool:
    """Whether an identity provider vouches for the key, and not only for whom the token was made."""
    return (split_claim(key) is not None or key.startswith("saml:")) and key.rpartition(":")[2] not in ("aud", "oaud")


def _changes(value: Fact) -> Iterator[dict[str, Fact]]:
    return (change for change in (value if isinstance(value, list) else [value]) if isinstance(change, dict))


def _text(parts: Mapping[str, Fact], key: str) -> str:
    value = parts.get(key)
    return value if isinstance(value, str) else ""


def _texts(value: Fact) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _exactly(values: Iterable[str]) -> TextSet:
    from iamlint.access.glob import exact

    return TextSet(map(exact, values))


def _matching(values: Iterable[str]) -> TextSet:
    from iamlint.access.glob import wildcard

    found: list[Glob] = [wildcard(value) for value in values]
    return TextSet(found)
