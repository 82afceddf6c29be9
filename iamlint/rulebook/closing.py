"""Which text ends the name of a tenant, where a wildcard runs on from it into the names of others?

`repo:acme*` becomes `repo:acme/*`, and beside it `repo:acme@*/*`, because the pattern also let in those of its subjects that say ids:
https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/.
INVARIANT: what is let in is a part of what was before, with everything of the tenant itself.
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.knowledge.issuers import find_issuer, normalize_host
from iamlint.knowledge.keys import split_claim
from iamlint.knowledge.subjects import fields_of
from iamlint.policy.rewrite import value_at
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.policy.condition import Condition
    from iamlint.zone import Zone

_DELIMITERS = "/:@|?${}<>"


def closing(case: Case, condition: Condition) -> Fix | None:
    """The fix that ends the tenants' names in the condition; safe when they are ours. None where the text does not say how."""
    from iamlint.text.edit import SetValue

    claim = split_claim(condition.key)
    texts = [value for value in condition.values if isinstance(value, str)]
    written = value_at(case.document.tree.root, condition.route)
    if claim is None or condition.operator.text.lower() != "stringlike" or case.document.embedded:
        return None
    if written not in (tuple(texts), *texts[:1]) or len(texts) < len(condition.values):
        return None
    shapes = find_issuer(claim[0]).shapes.get(claim[1].lower(), ())
    mended = {text: list(dict.fromkeys(_ended(shapes, text))) for text in texts if _name(shapes, text)}
    if not mended:
        return None
    values = tuple(dict.fromkeys([one for text in texts for one in mended.get(text, [text])]))
    before, after = next(iter(mended.items()))
    safe = {_name(shapes, text) for text in mended} <= _ours(case.zone, claim[0])
    change = SetValue(Place(condition.route), values if condition.listed or len(values) > 1 else values[0])
    title = f"write {' and '.join([f'`{text}`' for text in after])} for `{before}`"
    return Fix(Safety.SAFE if safe else Safety.UNSAFE, title, (change,))


def _ours(zone: Zone, issuer: str) -> set[str]:
    return {name for host, names in zone.tenants.items() if normalize_host(host) == normalize_host(issuer) for name in names}


def _ended(shapes: tuple[str, ...], text: str) -> Iterator[str]:
    """The pattern with an end to its tenant's name, in each way in which the tenant's own subjects can go on."""
    name = _name(shapes, text)
    for shape in shapes:
        start, fields = fields_of(shape)
        head, tail = start + name, text[len(start + name) + 1 :]
        end = fields[0][2][:1]
        if not end:
            yield head
            continue
        if len(fields) > 1 and fields[1][0] == "tenant-id":
            after = fields[1][2][:1]
            if not tail.startswith(after):
                yield f"{head}{end}*{after}*{tail}"
            elif "*" in tail.partition(":")[0]:
                yield f"{head}{end}*{tail}"
            continue
        if tail.startswith(end):
            yield head + tail
        if not tail.startswith(end) or _can_be_further(shape, tail, end):
            yield f"{head}{end}*{tail}"


def _can_be_further(shape: str, tail: str, end: str) -> bool:
    """Whether something can stand between the tenant's name and `tail`, such as a project before the workspace."""
    rest = shape.partition("{tenant}")[2]
    return rest.startswith(f"{end}{{project/}}") or rest.find(f"{end}{tail[1:].partition(end)[0]}{end}") > 0


def _name(shapes: tuple[str, ...], text: str) -> str:
    """The tenant's name, where the pattern writes it out up to a `*` that runs on."""
    for shape in shapes:
        start, fields = fields_of(shape)
        name, star, tail = text.removeprefix(start).partition("*")
        if not text.startswith(start) or not fields or fields[0][0] != "tenant" or not star or tail[:1] in ("*", "?"):
            continue
        if name[-1:].isalnum() and not any(character in name for character in _DELIMITERS):
            return name
    return ""
