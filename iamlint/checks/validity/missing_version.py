"""Is a policy written in the language of 2008, because it says so or because it says nothing?"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.policy.rewrite import value_at
from iamlint.policy.statement import VERSIONS
from iamlint.text.tree import Mapping, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.text.edit import Change


def check(case: Case) -> Iterator[Finding]:
    """A finding when `Version` is missing or the old one; one that is misspelt or wrong is another rule's."""
    document = case.document
    if document.policy.version == VERSIONS[0] or _is_told(case):
        return
    if document.policy.version is not None:
        yield _finding(case, "`Version` is that of 2008", Place(_version_route(case)))
    elif _says_nothing(case):
        yield _finding(case, "the policy has no `Version`", Place(document.route), "MISSING_VERSION")


def _is_told(case: Case) -> bool:
    return any(problem.subject.lower() == "version" for problem in case.document.problems)


def _mapping(case: Case) -> Mapping | None:
    value = value_at(case.document.tree.root, case.document.route)
    return value if isinstance(value, Mapping) else None


def _says_nothing(case: Case) -> bool:
    """Whether there is a policy around the statements, and no `Version` in it, which a template may well fill in."""
    policy = _mapping(case)
    if policy is None:
        return case.document.embedded and case.document.policy.complete and not case.document.problems
    return policy.index("Version") is None and policy.index("Statement") is not None


def _version_route(case: Case) -> tuple[int, ...]:
    policy = _mapping(case)
    position = None if policy is None else policy.index("Version")
    return case.document.route if position is None else (*case.document.route, position)


def _finding(case: Case, message: str, place: Place, *codes: str) -> Finding:
    return case.finding(message, place, subject="Version", fix=_fix(case, place), aws_codes=codes)


def _fix(case: Case, place: Place) -> Fix:
    """Under the new version `${…}` is a variable; without one nothing changes."""
    document = case.document
    title = f"write `{VERSIONS[0]}`" if document.policy.version is not None else f'add `"Version": "{VERSIONS[0]}"`'
    if document.embedded:
        return Fix(Safety.MANUAL, title)
    from iamlint.text.edit import AddMember, SetValue

    added = document.policy.version is None
    change: Change = AddMember(place, "Version", VERSIONS[0]) if added else SetValue(place, VERSIONS[0])
    return Fix(Safety.UNSAFE if "${" in document.tree.source.text else Safety.SAFE, title, (change,))
