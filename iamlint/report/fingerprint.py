"""Is this the finding of yesterday? What stays the same when lines move, messages are reworded and iamlint is updated."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.finding import Finding
    from iamlint.text.tree import Route, Value


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A fingerprint for each finding, in their order; the nth one that is otherwise the same ends in `:n` (from 2).

    It is made of the rule, the document (path and address), the statement (its Sid, else what it says) and the subject: no lines, no
    message, no version.
    """
    seen: dict[str, int] = {}
    found = []
    for finding in findings:
        digest = fingerprint(finding)
        seen[digest] = seen.get(digest, 0) + 1
        found.append(digest if seen[digest] == 1 else f"{digest}:{seen[digest]}")
    return found


def fingerprint(finding: Finding) -> str:
    """The finding's identity as a hash, which two findings share when they say the same of the same statement."""
    from hashlib import sha256
    from json import dumps

    path = finding.document.tree.source.name.replace("\\", "/").removeprefix("./")
    identity = [finding.rule, path, finding.document.address, _statement(finding), finding.subject]
    return sha256(dumps(identity).encode()).hexdigest()


def _statement(finding: Finding) -> str:
    """The statement's Sid, else its canonical form; empty when the finding is about the whole document."""
    if finding.statement is None:
        return ""
    from json import dumps

    route = finding.primary.place.route
    for statement in finding.document.policy.statements:
        if statement.index == finding.statement:
            if statement.sid:
                return f"sid:{statement.sid}"
            route = statement.route
    return dumps(canonical(_value(finding.document.tree.root, route)), separators=(",", ":"))


def _value(value: Value, route: Route) -> Value:
    """What stands at `route` below `value`; None where a step does not exist."""
    from iamlint.text.tree import Mapping

    for step in route:
        value = _untagged(value)
        items = [member for _, member in value] if isinstance(value, Mapping) else value
        if not isinstance(items, list | tuple) or step >= len(items):
            return None
        value = items[step]
    return value


def _untagged(value: Value) -> Value:
    from iamlint.text.tree import Tagged

    while isinstance(value, Tagged):
        value = value.value
    return value


def canonical(value: Value) -> object:
    """A value without what does not matter: the order of members and of list items, and a list of one for its item."""
    from iamlint.text.tree import Mapping, Number, Tagged

    if isinstance(value, Mapping):
        return {"members": sorted(([key, canonical(member)] for key, member in value), key=repr)}
    if isinstance(value, tuple):
        items = sorted([canonical(item) for item in value], key=repr)
        return items[0] if len(items) == 1 else items
    if isinstance(value, Tagged):
        return {"tag": value.tag, "value": canonical(value.value)}
    if isinstance(value, Number):
        return value.text
    return value
