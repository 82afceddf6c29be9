"""Which requests do the parts of a card's question ask about?

The words are those of `query`, put into clauses for the engine, which is loaded with this: most questions are answered without it.
"""

from __future__ import annotations

from iamlint.access.search.question import (
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
from iamlint.access.sets.glob import exact, wildcard
from iamlint.access.sets.value_sets import TextSet
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.keys import KeyClass, is_always_sent, key_class, split_claim
from iamlint.policy.fixed import STRANGE_KEYS, keys_of
from iamlint.rulebook.card import texts
from iamlint.rulebook.errors import CardError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.rulebook.card import Fact
    from iamlint.rulebook.subjects import Subject

_KINDS = {kind.value: (kind,) for kind in CallerKind} | {"iam": (CallerKind.USER, CallerKind.ROLE)}
# https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
_IDENTITY_CENTER = ("aws-reserved/sso.amazonaws.com/*", "*AWSReservedSSO_*")
_IDENTITY_CENTER_PROVIDER = "arn:*:iam::*:saml-provider/AWSSSO_*_DO_NOT_DELETE"
_CLASSES = {"network": KeyClass.NETWORK, "caller-chosen": KeyClass.CALLER_CONTROLLED}


def clauses_of(case: Case, subject: Subject, parts: Mapping[str, Fact]) -> Iterator[Clause]:
    """What the parts of a question about the subject ask for, beside what all its requests have in common."""
    return _Asked(case, subject).clauses(parts)


class _Asked:
    """A question about one subject of a document."""

    __slots__ = ("_case", "_subject")

    def __init__(self, case: Case, subject: Subject) -> None:
        self._case = case
        self._subject = subject

    def clauses(self, parts: Mapping[str, Fact]) -> Iterator[Clause]:
        """What the parts of the question ask for."""
        actions = texts(parts.get("action"))
        if actions:
            yield action_is(*actions)
        resources = texts(parts.get("resource"))
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

            yield from token_clauses(self._case, self._subject, token)

    def _principal(self, principal: Mapping[str, Fact]) -> Iterator[Clause]:
        kinds = texts(principal.get("kind"))
        if kinds:
            yield caller_is(*(kind for word in kinds for kind in _kinds(word, self._case.rule)))
        if principal.get("account") == "elsewhere":
            from iamlint.access.owner import strangers

            yield from strangers(self._case.access.space, self._case.document.policy, self._case.zone.inside)
        if principal.get("identity-center") is False:
            yield name_not_like(*_IDENTITY_CENTER)
            if "provider" in self._subject.fields:
                yield provider_not_like(_IDENTITY_CENTER_PROVIDER)
        match principal.get("organization"):
            case "elsewhere":
                yield from self._strange_organization()
            case "subject":
                yield from self._member_of(self._subject.fields["organization"])

    def _strange_organization(self) -> Iterator[Clause]:
        access, policy = self._case.access, self._case.document.policy
        if not policy.tests:
            return
        from iamlint.access.owner import of_other_organization

        for key in STRANGE_KEYS:
            if key in keys_of(policy):
                yield key_elsewhere(access.space, policy, key)
        yield from of_other_organization(access.space, policy, self._case.zone.organizations)

    def _member_of(self, organization: str) -> Iterator[Clause]:
        space = self._case.access.space
        ours = self._case.zone.organizations
        yield key_is(space, "aws:principalorgid", _exactly([organization]))
        # A place of its own in the organization: policies that name a unit do not mean it. A unit of others is no better than all of them.
        paths = (
            _exactly([f"{organization}/r-zzzz/ou-zzzz-zzzzzzzz/"]) if organization in ours or not ours else _matching([f"{organization}/*"])
        )
        yield key_is(space, "aws:principalorgpaths", paths)

    def _context(self, key: str, wanted: Fact) -> Iterator[Clause]:
        if key in _CLASSES or key == "claims":
            for tested in sorted(keys_of(self._case.document.policy)):
                if _is_claim(tested) if key == "claims" else key_class(tested) is _CLASSES[key] and tested != "sts:externalid":
                    yield from self._key(tested, wanted)
        else:
            yield from self._key(key.format_map(self._subject.fields), wanted)

    def _key(self, key: str, wanted: Fact) -> Iterator[Clause]:
        policy = self._case.document.policy
        if wanted == "any" or (_asks_little(wanted) and key.lower() not in keys_of(policy) and not is_always_sent(key)):
            # What no condition tests can be left out of the request without asking.
            return
        space = self._case.access.space
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
                yield key_is(space, key, _exactly(texts(values)))
            case {"like": values}:
                yield key_is(space, key, _matching(texts(values)))
            case {"not": values}:
                yield key_is(space, key, _exactly(texts(values)).complement(), absent=True)
            case _:
                words = "absent, present, any, elsewhere, fresh, public, is, like or not"
                raise CardError(f"`{key}: {wanted}` is not a test", f"use {words}", path=self._case.rule)


def _kinds(word: str, rule: str) -> tuple[CallerKind, ...]:
    if word not in _KINDS:
        raise CardError(f"`kind: {word}` is unknown", f"use one of {', '.join(_KINDS)}", path=rule)
    return _KINDS[word]


def _asks_little(wanted: Fact) -> bool:
    """Whether a request that lacks the key is one of those asked about."""
    return wanted in ("absent", "elsewhere", "public") or (isinstance(wanted, dict) and "not" in wanted)


def _is_claim(key: str) -> bool:
    """Whether an identity provider vouches for the key, and not only for whom the token was made."""
    return (split_claim(key) is not None or key.startswith("saml:")) and key.rpartition(":")[2] not in ("aud", "oaud")


def _exactly(values: Iterable[str]) -> TextSet:
    return TextSet(map(exact, values))


def _matching(values: Iterable[str]) -> TextSet:
    return TextSet(map(wildcard, values))
