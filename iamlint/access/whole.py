"""Which services does a policy allow as a whole, and on which resources?"""

from __future__ import annotations

from iamlint.access.access import Access
from iamlint.access.alter import with_elements, with_statements, with_values
from iamlint.access.evaluation.evaluate import evaluate
from iamlint.access.everything import actions_of, every_resource, unnamed
from iamlint.access.search.question import resource_is
from iamlint.access.sets.fits import fits
from iamlint.knowledge.keys import is_always_sent
from iamlint.policy.arn import arn_fields
from iamlint.policy.condition import Unknown
from iamlint.policy.pattern import has_hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from iamlint.access.evaluation.request import Request
    from iamlint.policy.statement import Statement

    Grants: TypeAlias = "Sequence[tuple[Statement, str]]"

_ANY_FIRST = frozenset("*?zZ")
_EVERY_SERVICE = ("*", "*:*")
_EVERY_NAME = ("*", "?*", "*?")


class Whole:
    """A service, or all that a pattern fits, with all its actions: allowed by `statement` (the first of several) and its `pattern`.

    `resources` are those on which it is, none for all.
    """

    __slots__ = ("pattern", "resources", "service", "statement")

    def __init__(self, service: str, statement: Statement, pattern: str, resources: tuple[str, ...]) -> None:
        self.service = service
        self.statement = statement
        self.pattern = pattern
        self.resources = resources

    @property
    def is_group(self) -> bool:
        """Whether `service` is a pattern that fits several."""
        return "*" in self.service or "?" in self.service


def whole_services(access: Access) -> Iterator[Whole]:
    """The services that the policy names and allows as a whole, without a condition and without exception."""
    named = access.grants.open_services
    for service in dict.fromkeys([*named, *(service for statement, _ in _every_action(access) for service in _services_of(statement))]):
        if not has_hole(service):
            yield from _wholes(access, service)


def is_whole(access: Access, service: str) -> bool:
    """Whether the policy names `service` (in lower case) and allows it as a whole, on all resources."""
    return any(not whole.resources for whole in _wholes(access, service))


def _every_action(access: Access) -> Grants:
    return [grant for grant in access.grants.wild if grant[1] in _EVERY_SERVICE]


def _wholes(access: Access, service: str) -> Sequence[Whole]:
    """How the policy allows the service as a whole; several rules ask."""
    if access.services is None:
        access.services = {whole.service: (whole,) for whole in _plain(access)}
    found = access.services.get(service)
    if found is None:
        grants = [*access.grants.of(service), *_every_action(access)]
        found = access.services[service] = tuple(_whole(access, service, grants))
    return found


def whole_groups(access: Access) -> Iterator[Whole]:
    """The same for services that a pattern such as `s*:*` names together, as far as they are allowed on all resources."""
    told: set[str] = set()
    for grant in access.grants.wild:
        service, _, name = grant[1].lower().partition(":")
        if name not in _EVERY_NAME or service in told or not service.strip("*?") or has_hole(grant[1]):
            continue
        # A service that nobody wrote down stands for all that no other statement is about.
        for whole in _whole(access, service.replace("*", "zzzz").replace("?", "z"), [grant]):
            if not whole.resources:
                told.add(service)
                yield Whole(service, whole.statement, grant[1], ())


def _plain(access: Access) -> Iterable[Whole]:
    """Those that an Allow of all resources names without a condition, where nothing is denied: that needs no question."""
    found: dict[str, Whole] = {}
    for statement in access.policy.statements if not access.denies else ():
        actions = statement.actions
        if actions is None or actions.negated or ":*" not in actions.text or statement.conditions or not _is_everywhere(statement):
            continue
        if len(actions.names) != len(actions.values):
            continue
        for position, name in actions.wild:
            value = actions.values[position]
            if name[-2:] == ":*" and isinstance(value, str):
                found.setdefault(name[:-2], Whole(name[:-2], statement, value, ()))
    return found.values()


def _is_everywhere(statement: Statement) -> bool:
    resources = statement.resources
    return resources is not None and not resources.negated and "*" in resources.values


def _may_cover(grants: Grants) -> bool:
    """Whether an action with a name that nobody wrote down can match: most lists of actions end here."""
    return any(value.partition(":")[2][:1] in _ANY_FIRST for _, value in grants)


def _services_of(statement: Statement) -> list[str]:
    """The services of the ARNs that a statement names."""
    resources = statement.resources
    if resources is None or resources.negated:
        return []
    found = [fields[2] for fields in [arn_fields(value) for value in resources.values if isinstance(value, str)] if len(fields) == 6]
    return [service for service in found if service and not ("*" in service or "?" in service)]


def _whole(access: Access, service: str, grants: Grants) -> Iterator[Whole]:
    allows = _allows(service, grants)
    denies = [_about(service, statement) for statement in access.denies if _may_deny(statement, service)]
    likely = [(statement, value) for statement, value in grants if value in _EVERY_SERVICE or _may_cover([(statement, value)])]
    pattern = {statement.index: value for statement, value in reversed(likely)}
    everywhere = [allow for allow in allows if allow.resources is None]
    if everywhere and _covered(access, service, allows, denies):
        blamed = next((allow for allow in everywhere if allow.index in pattern), everywhere[0])
        yield Whole(service, blamed, pattern.get(blamed.index, ""), ())
        return
    for allow in allows:
        texts = _texts(allow, service)
        if texts and allow.index in pattern and _covered(access, service, [allow], _near(denies, service, texts), texts):
            yield Whole(service, allow, pattern[allow.index], texts)
            return


def _allows(service: str, grants: Grants) -> list[Statement]:
    """The statements with their patterns for the service only, and without resources where these are every ARN of it."""
    values: dict[int, list[str]] = {}
    for statement, value in grants:
        values.setdefault(statement.index, []).append(value)
    found: list[Statement] = []
    for statement in {statement.index: statement for statement, _ in grants}.values():
        actions, resources = statement.actions, statement.resources
        if actions is None or resources is None:
            continue
        every = any(every_resource(value, service) for value in resources.values)
        kept = None if every is not resources.negated else resources
        found.append(with_elements(statement, actions=with_values(actions, values[statement.index]), resources=kept))
    return found


def _texts(allow: Statement, service: str) -> tuple[str, ...]:
    """The resources of the service that a statement names."""
    resources = allow.resources
    if resources is None or resources.negated:
        return ()
    texts = [value for value in resources.values if isinstance(value, str) and value.startswith("arn:") and len(arn_fields(value)) == 6]
    return tuple([text for text in texts if fits(arn_fields(text)[2], service)])


def _covered(access: Access, service: str, allows: list[Statement], denies: list[Statement], texts: tuple[str, ...] = ()) -> bool:
    """Whether the `allows` let every action of the service through, on the resources `texts` or on all."""
    if not denies and any(_is_plain(allow, alone=bool(texts)) for allow in allows):
        return True
    policy = with_statements(access.policy, [*allows, *denies])
    # One request that nobody wrote down, or one that a Deny is about, settles most cases without a search.
    likely = [unnamed(service, texts[0])] if texts else [unnamed(service), *filter(None, [_denied(deny, service) for deny in denies])]
    if not all(evaluate(policy, request).allowed for request in likely):
        return False
    question = [actions_of(service), resource_is(*texts)] if texts else [actions_of(service)]
    return Access(policy, access.kind).covers(question) is None


def _is_plain(allow: Statement, *, alone: bool) -> bool:
    """Whether an Allow takes every action of its service unconditionally on all resources, or, `alone`, on those it names."""
    values = allow.actions.values if allow.actions is not None else ()
    if allow.conditions or not (alone or allow.resources is None):
        return False
    return any(isinstance(value, str) and (value in _EVERY_SERVICE or value.partition(":")[2] in _EVERY_NAME) for value in values)


def _about(service: str, deny: Statement) -> Statement:
    """A Deny with only those of its patterns that can be about the service."""
    actions = deny.actions
    assert actions is not None
    return with_elements(
        deny, actions=with_values(actions, [value for value in actions.values if _may_be_of(value, service)]), resources=deny.resources
    )


def _denied(deny: Statement, service: str) -> Request | None:
    """A request that the Deny is likely to be about; None where its conditions test what every request carries."""
    actions, resources = deny.actions, deny.resources
    if actions is None or actions.negated or any(is_always_sent(condition.key) for condition in deny.conditions):
        return None
    about = "" if resources is None or resources.negated else next((value for value in resources.values if isinstance(value, str)), "")
    for value in actions.values:
        if isinstance(value, str) and not has_hole(value) and not has_hole(about):
            name = value.partition(":")[2].replace("*", "").replace("?", "z")
            return unnamed(service, about if about.startswith("arn:") else "", name or "zzzz")
    return None


def _may_deny(deny: Statement, service: str) -> bool:
    actions = deny.actions
    if actions is None:
        return False
    text = actions.text
    if actions.negated:
        return f"{service}:*" not in actions.names
    if f"\n{service}:" in text or actions.open:
        return True
    if "{" in text or "<" in text:
        return any(_may_be_of(value, service) for value in actions.values)
    return any(_may_be_of(name, service) for _, name in actions.wild)


def _near(denies: list[Statement], service: str, texts: tuple[str, ...]) -> list[Statement]:
    """The Denies that can be about one of `texts`, which are ARNs of the service, with only those of their resources that can."""
    if not all(arn_fields(text)[2] == service for text in texts):
        return denies
    found = []
    for deny in denies:
        resources = deny.resources
        if resources is None or resources.negated:
            found.append(deny)
        elif values := [value for value in resources.values if _is_arn_of(value, service) and _may_be_one(value, texts)]:
            found.append(with_elements(deny, actions=deny.actions, resources=with_values(resources, values)))
    return found


def _is_arn_of(value: str | Unknown, service: str) -> bool:
    if isinstance(value, Unknown) or has_hole(value):
        return True
    fields = value.split(":", 3)
    return len(fields) < 4 or fits(fields[2], service)


def _may_be_one(value: str | Unknown, texts: tuple[str, ...]) -> bool:
    """Whether a resource may be one of `texts`, going by how their fields begin."""
    return isinstance(value, Unknown) or any(_may_meet(value, text) for text in texts)


def _may_meet(one: str, other: str) -> bool:
    if "{" in one or "<" in one or "{" in other or "<" in other:
        return True
    for field, wanted in zip(map(_beginning, arn_fields(one)), map(_beginning, arn_fields(other)), strict=False):
        if not (field.startswith(wanted) or wanted.startswith(field)):
            return False
    return True


def _beginning(field: str) -> str:
    """What comes before the first wildcard; of a field without, all of it and its end."""
    return field.partition("*")[0].partition("?")[0] if "*" in field or "?" in field else field + ":"


def _may_be_of(value: str | Unknown, service: str) -> bool:
    if isinstance(value, Unknown) or has_hole(value):
        return True
    return fits(value.partition(":")[0].lower(), service)
