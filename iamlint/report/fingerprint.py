"""Is this the finding of yesterday? What stays the same when lines move, messages are reworded and iamlint is updated."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from hashlib import _Hash

    from iamlint.finding import Finding
    from iamlint.policy.condition import Unknown
    from iamlint.policy.statement import Patterns, Statement


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A fingerprint for each finding, in their order; the nth one that is otherwise the same ends in `:n` (from 2).

    It is made of the rule, the document (path and address), the statement (its Sid, else what it says) and the subject: no lines, no
    message, no version.
    """
    identities = _Identities()
    seen: dict[str, int] = {}
    found = []
    for finding in findings:
        digest = identities.of(finding)
        seen[digest] = seen.get(digest, 0) + 1
        found.append(digest if seen[digest] == 1 else f"{digest}:{seen[digest]}")
    return found


class _Identities:
    """What is hashed of findings; two share it when they say the same of the same statement.

    What a rule says of one statement begins alike, and is written out and hashed once: it may be long.
    """

    __slots__ = ("_begun",)

    def __init__(self) -> None:
        # By rule, document and statement; documents are told apart by their ids, since their findings keep them alive.
        self._begun: dict[tuple[str, int, int | None], _Hash] = {}

    def of(self, finding: Finding) -> str:
        """The hash of the rule, the path, the address, the statement and the subject, written as a list in JSON."""
        from json import dumps

        key = (finding.rule, id(finding.document), finding.statement)
        begun = self._begun.get(key)
        if begun is None:
            begun = self._begun[key] = self._begin(finding)
        whole = begun.copy()
        whole.update(f", {dumps(finding.subject)}]".encode())
        return whole.hexdigest()

    def _begin(self, finding: Finding) -> _Hash:
        from hashlib import sha256
        from json import dumps

        path = finding.document.tree.source.name.replace("\\", "/").removeprefix("./")
        return sha256(dumps([finding.rule, path, finding.document.address, _statement(finding)])[:-1].encode())


def _statement(finding: Finding) -> list[object]:
    """The statement's Sid, else what it says; empty when the finding is about the whole document."""
    if finding.statement is None:
        return []
    statement = finding.document.policy.at(finding.statement)
    if statement is None:
        return [finding.statement]
    return [statement.sid] if statement.sid else canonical(statement)


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
