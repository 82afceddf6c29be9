"""Is this the finding of yesterday? What stays the same when lines move, messages are reworded and iamlint is updated."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.finding import Finding
    from iamlint.policy.condition import Unknown
    from iamlint.policy.statement import Patterns, Statement


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


def _statement(finding: Finding) -> list[object]:
    """The statement's Sid, else what it says; empty when the finding is about the whole document."""
    if finding.statement is None:
        return []
    for statement in finding.document.policy.statements:
        if statement.index == finding.statement:
            return [statement.sid] if statement.sid else canonical(statement)
    return [finding.statement]


def canonical(statement: Statement) -> list[object]:
    """What a statement says, without what does not matter: the order of elements and of values, and a list of one for its value."""
    principals = statement.principals
    named = sorted([entry.type, entry.text] for entry in principals.entries) if principals else []
    conditions = sorted([one.operator.text.lower(), one.key.lower(), *_texts(one.values)] for one in statement.conditions)
    return [
        statement.effect.value,
        ["NotPrincipal" if principals and principals.negated else "Principal", named],
        _patterns(statement.actions),
        _patterns(statement.resources),
        conditions,
    ]


def _patterns(patterns: Patterns | None) -> list[str]:
    return [patterns.name, *_texts(patterns.values)] if patterns else []


def _texts(values: Iterable[str | Unknown]) -> list[str]:
    return sorted(value if isinstance(value, str) else f"{{{value.label}}}" for value in values)
