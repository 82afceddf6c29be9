"""Which policies does a source hold?

Most sources are one policy that is written as most are, and are read in one pass (`usual`). In the trees of all others policies are looked
for (`read`).
"""

from __future__ import annotations

from iamlint.policy.document import WITHOUT_PRINCIPAL, Document, Kind
from iamlint.policy.usual import usual_kind, usual_policy
from iamlint.text.json import is_json, scan, tree_later, tree_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.json import Bare
    from iamlint.text.source import Source
    from iamlint.text.tree import Tree


def documents_of(source: Source, *, kind: Kind | None = None, resource_type: str | None = None) -> tuple[Document, ...]:
    """The policies of a source, in order; none when it holds no policy. A TextError when it cannot be read.

    `kind` overrules what a policy's content says, but not what its place says (an `AssumeRolePolicyDocument` is a trust policy).
    `resource_type` is what the policies are attached to.
    """
    trees: tuple[Tree, ...]
    if is_json(source):
        bare = scan(source)
        document = _usual(source, bare, kind, resource_type)
        if document is not None:
            return (document,)
        trees = (tree_of(source, bare),)
    else:
        from iamlint.text.read import read

        trees = read(source)
    from iamlint.policy.read import find_documents

    return tuple([one for tree in trees for one in find_documents(tree, kind=kind, resource_type=resource_type)])


def _usual(source: Source, bare: Bare, kind: Kind | None, resource_type: str | None) -> Document | None:
    """The document that a whole source is when it is as usual, and of the kind that is expected."""
    if kind is None and resource_type is not None:
        return None
    policy = usual_policy(bare)
    own = usual_kind(policy) if policy is not None else None
    if policy is None or own is None:
        return None
    if kind is None and own is not Kind.TRUST:
        from iamlint.policy.filename import named_kind

        own = named_kind(source.name, own, policy.statements)
    if kind is not None and kind is not own and (own is not Kind.IDENTITY or kind not in WITHOUT_PRINCIPAL):
        return None
    return Document(tree_later(source), (), kind or own, policy, (), resource_type=resource_type)
