"""In which order are findings reported?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.finding import Finding
    from iamlint.policy.document import Document
    from iamlint.text.tree import Tree


def ordered(findings: Iterable[Finding], documents: Iterable[Document]) -> tuple[Finding, ...]:
    """The findings by path, place in the source, rule and subject; the same input gives the same order.

    INVARIANT: routes are compared instead of lines and columns, which would cost a second reading of every source. They are in the order
    of the text: a member's number grows with its place, a value comes after what encloses it and after its key.
    """
    trees: dict[int, int] = {}
    for document in documents:
        trees.setdefault(id(document.tree), len(trees))
    return tuple(sorted(findings, key=lambda finding: _key(finding, trees)))


def _key(finding: Finding, trees: dict[int, int]) -> tuple[str, int, tuple[int, ...], bool, str, str, str]:
    tree: Tree = finding.document.tree
    place = finding.primary.place
    return (tree.source.name, trees[id(tree)], place.route, not place.on_key, finding.rule, finding.subject, finding.message)
