"""By which conditions of a template is there what a finding is about?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.finding import Finding


def premises_of(finding: Finding) -> tuple[tuple[str, bool], ...]:
    """The names of the conditions, and whether they hold where the finding does; none where it holds in every stack."""
    document = finding.document
    if not document.route and document.policy.complete:
        return ()
    from iamlint.policy.alternatives import premises

    root = document.tree.root
    found = dict(premises(root, finding.primary.place.route))
    for label in finding.secondary:
        found.update(premises(root, label.place.route))
    return tuple(found.items())


def sentence(conditions: tuple[tuple[str, bool], ...]) -> str:
    """The conditions in words: `IsPublic` holds, and `IsOld` does not."""
    holding = [f"`{name}`" for name, holds in conditions if holds]
    others = [f"`{name}`" for name, holds in conditions if not holds]
    held = _listed(holding) + (" holds" if len(holding) == 1 else " hold") if holding else ""
    if not others:
        return held
    if not held:
        return _listed(others) + (" does not hold" if len(others) == 1 else " do not hold")
    return f"{held}, and {_listed(others)} {'does' if len(others) == 1 else 'do'} not"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
