"""Which part of a token's subject, or of a pattern for it, names the tenant, the project, and the rest?"""

from __future__ import annotations

import re
from functools import lru_cache

_FIELD = re.compile(r"\{([a-z-]+)(/?)\}")
_WILDCARDS = "*?"
_DELIMITERS = "/:@|"

_TENANT_CLAIMS = ("enterprise", "enterprise_id", "repository_owner", "repository_owner_id")
_PROJECT_CLAIMS = ("repo", "repository", "repository_id", "workflow_ref")
_CONTEXT_CLAIMS = (
    *("actor", "actor_id", "base_ref", "environment", "event_name", "head_ref", "job_workflow_ref", "job_workflow_sha", "pull_request"),
    *("ref", "ref_type", "repository_visibility", "run_attempt", "run_id", "run_number", "runner_environment", "sha", "workflow"),
    "workflow_sha",
)


class Segment:
    """One part of a subject pattern.

    `level` is `tenant`, `project` (with what lies in it: stacks, workspaces, service accounts) or `context` (branch, environment, phase).
    `closed` says that the text which ends the part stands in the pattern, so that nothing can run on.
    """

    __slots__ = ("closed", "level", "name", "text")

    def __init__(self, name: str, text: str, closed: bool, level: str) -> None:
        self.name = name
        self.text = text
        self.closed = closed
        self.level = level

    @property
    def fixed(self) -> bool:
        """Whether the text is one value, without wildcards."""
        return not any(character in self.text for character in _WILDCARDS)

    @property
    def free(self) -> bool:
        """Whether every value fits."""
        return "*" in self.text and not self.text.strip(_WILDCARDS)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Segment) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    def __repr__(self) -> str:
        return f"Segment({self.name!r}, {self.text!r}, {self.closed!r}, {self.level!r})"


def split(shapes: tuple[str, ...], pattern: str) -> tuple[Segment, ...]:
    """The parts of `pattern` under the shape that it follows furthest; none when it fits no shape."""
    best: tuple[Segment, ...] = ()
    for shape in shapes:
        found = _split(shape, pattern)
        if _closed(found) > _closed(best) or (found and not best):
            best = found
    return best


def _closed(segments: tuple[Segment, ...]) -> int:
    return sum(segment.closed for segment in segments)


@lru_cache(maxsize=128)
def fields_of(shape: str) -> tuple[str, tuple[tuple[str, bool, str], ...]]:
    """The text before a shape's first field, and of each field its name, whether it may hold slashes, and the text behind it."""
    pieces = _FIELD.split(shape)  # text, name, slash, text, name, slash, ..., text
    fields = zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True)
    return pieces[0], tuple([(name, bool(slash), following) for name, slash, following in fields])


def _split(shape: str, pattern: str) -> tuple[Segment, ...]:
    start, fields = fields_of(shape)
    rest = _after(start, pattern)
    if rest is None:
        return ()
    segments: list[Segment] = []
    for name, slash, following in fields:
        if not following:
            segments.append(_segment(name, rest, True))
            break
        stops = ":" if slash else _DELIMITERS
        end = next((at for at, character in enumerate(rest) if character in stops), len(rest))
        text, rest = rest[:end], rest[end:]
        ended = rest.startswith(following)
        if rest and not ended and not any(character in text for character in _WILDCARDS):
            wild = _after(following, rest)
            if wild is None:
                return ()
            segments.append(_segment(name, text, True))
            rest = wild
            continue
        segments.append(_segment(name, text, ended))
        if not ended:
            break
        rest = rest[len(following) :]
    return tuple(segments)


def _after(prefix: str, pattern: str) -> str | None:
    """What is left of `pattern` behind `prefix`; a wildcard that stands for some of the prefix stays. None when they differ."""
    for at, character in enumerate(prefix):
        if at >= len(pattern):
            return None
        if pattern[at] in _WILDCARDS:
            return pattern[at:]
        if pattern[at] != character:
            return None
    return pattern[len(prefix) :]


def _segment(name: str, text: str, closed: bool) -> Segment:
    level = "tenant" if name.startswith("tenant") else "context" if name == "context" else "project"
    return Segment(name, text, closed, level)


def split_custom(pattern: str) -> tuple[Segment, ...]:
    """The parts of a customized GitHub subject, `environment:prod:ref:refs/heads/main`, each named by its claim; none for another text.

    A value has no colon (GitHub writes `%3A`), so names and values take turns; `pull_request` has no value:
    https://docs.github.com/en/actions/reference/security/oidc#customizing-the-subject-claims-for-an-organization-or-repository
    """
    words = pattern.split(":")
    segments: list[Segment] = []
    while words:
        name = words.pop(0)
        level = _custom_level(name)
        if level is None:
            return (*segments, Segment("context", ":".join([name, *words]), True, "context")) if segments else ()
        text = words.pop(0) if words and name != "pull_request" else ""
        segments.append(Segment(name, text, bool(words), level))
    return tuple(segments)


def _custom_level(claim: str) -> str | None:
    for level, claims in (("tenant", _TENANT_CLAIMS), ("project", _PROJECT_CLAIMS), ("context", _CONTEXT_CLAIMS)):
        if claim in claims:
            return level
    return None
