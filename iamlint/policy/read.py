"""Which policies does a tree hold?

A source is a policy itself, or holds policies where the AWS CLI, CloudFormation and their like put them: under `AssumeRolePolicyDocument`,
`PolicyDocument`, `Document` and other names, as an object or as JSON in a string. They are found by their shape.
"""

from __future__ import annotations

from iamlint.policy.document import WITHOUT_PRINCIPAL, Document, Kind
from iamlint.policy.filename import named_kind
from iamlint.policy.grammar import Problem
from iamlint.policy.intrinsic import is_intrinsic
from iamlint.policy.kind import kind_of
from iamlint.policy.parse import parse_inner, parse_listed, parse_policy, parse_statements, parse_unread
from iamlint.policy.requirements import check_elements
from iamlint.policy.shape import (
    has_bare_statement,
    has_element,
    is_bare_statement,
    is_misspelled_policy,
    is_no_source,
    is_other_language,
    is_policy,
)
from iamlint.policy.site import Site
from iamlint.text.tree import Mapping, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.draft import Reading
    from iamlint.policy.statement import Policy
    from iamlint.text.tree import Note, Route, Tree, Value

# What Access Analyzer calls the kinds whose policies a resource type decides:
# https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
_KINDS_OF_RESOURCES = {"AWS::IAM::AssumeRolePolicyDocument": Kind.TRUST, "AWS::EC2::VPCEndpoint": Kind.VPC_ENDPOINT}

# Properties of resources that give a permission, or attach a policy, whose statements stand elsewhere.
_WITHOUT_STATEMENT = frozenset({"Principal", "FunctionUrlConfig", "ManagedPolicyArns", "ManagedPolicies", "Policies"})
# What policies can be in.
_NESTED = (Mapping, tuple, Tagged)


def find_documents(tree: Tree, *, kind: Kind | None = None, resource_type: str | None = None) -> tuple[Document, ...]:
    """The policies of a source, in order; none when it holds no policy.

    `kind` overrules what a policy's content says, but not what its place says (an `AssumeRolePolicyDocument` is a trust policy, and
    the policy of a bucket is no SCP; that of a role may be a boundary). `resource_type` is what the policies are attached to.
    """
    finder = _Finder(tree, kind or _kind_on(resource_type), resource_type)
    root = tree.root
    if isinstance(root, Tagged):
        root = root.value
    if isinstance(root, Mapping) and (is_policy(root) or is_misspelled_policy(root)):
        if not is_other_language(root):
            finder.keep(parse_policy(root, ()), Site())
    elif is_bare_statement(root):
        finder.keep(parse_statements(root, ()), Site())
    else:
        finder.walk(root, (), Site())
    return tuple(finder.documents)


def find_below(tree: Tree, route: Route, kind: Kind) -> tuple[Document, ...]:
    """The policies in what stands at `route`, which are of `kind` unless their places say otherwise."""
    from iamlint.policy.rewrite import value_at

    finder = _Finder(tree, kind, None)
    finder.walk(value_at(tree.root, route), route, Site())
    return tuple(finder.documents)


def _kind_on(resource_type: str | None) -> Kind | None:
    if resource_type is None:
        return None
    return _KINDS_OF_RESOURCES.get(resource_type, Kind.RESOURCE)


class _Finder:
    """The search of one tree: what it was asked for and what it has found."""

    __slots__ = ("documents", "kind", "resource_type", "tree")

    def __init__(self, tree: Tree, kind: Kind | None, resource_type: str | None) -> None:
        self.tree = tree
        self.kind = kind
        self.resource_type = resource_type
        self.documents: list[Document] = []

    def walk(self, value: Value, route: Route, site: Site) -> None:
        """Look for policies in `value`."""
        if isinstance(value, Tagged):
            value = value.value
        if isinstance(value, Mapping):
            self._walk_mapping(value, route, site)
        elif isinstance(value, tuple):
            if site.is_statements and has_bare_statement(value):
                self.keep(parse_listed(value, route), site)
                return
            for position, item in enumerate(value):
                if isinstance(item, _NESTED) or (item.__class__ is str and "Statement" in item):
                    self.walk(item, (*route, position), site.item(position))
        elif isinstance(value, str) and "Statement" in value and site.may_be_policy:
            self.unpack(value, route, site)

    def _walk_mapping(self, value: Mapping, route: Route, site: Site) -> None:
        names = dict(value.members)
        if ("Statement" in names and is_policy(value)) or (site.is_policy and has_element(value) and not is_intrinsic(value)):
            if not is_other_language(value):
                self.keep(parse_inner(value, route) if site.is_resource else parse_policy(value, route), site)
        elif not (("version" in names or "principalId" in names) and is_no_source(value)):
            if site.is_resource and not _WITHOUT_STATEMENT.isdisjoint(names):
                self._made_of(value, route, site)
            inner: Site | None = None
            for position, (key, member) in enumerate(value.members):
                if isinstance(member, _NESTED) or (member.__class__ is str and "Statement" in member):
                    inner = inner or site.inside(value)
                    self.walk(member, (*route, position), inner.at(key))

    def _made_of(self, properties: Mapping, route: Route, site: Site) -> None:
        """Make documents of what gives a permission, or attaches a policy, without its statements."""
        from iamlint.policy.managed import administrator_policies
        from iamlint.policy.permission import permission

        kind = site.resource_type
        given = permission(kind, properties, route)
        if given is not None:
            self._keep_made(given, Kind.RESOURCE, site, kind)
        for attached in administrator_policies(kind, properties, route):
            self._keep_made(attached, Kind.IDENTITY, site, None)

    def _keep_made(self, policy: Policy, kind: Kind, site: Site, resource_type: str | None) -> None:
        (statement,) = policy.statements
        # Nothing of it is written as in a policy, so that no edit of one could be made.
        document = Document(
            *(self.tree, statement.route, kind, policy, ()),
            address=site.address,
            account=site.account,
            resource_type=resource_type,
            embedded=True,
        )
        self.documents.append(document)

    def unpack(self, text: str, route: Route, site: Site) -> None:
        """Look for a policy in a string that holds JSON."""
        from iamlint.policy.embedded import read_embedded

        inner = read_embedded(text, route)
        if isinstance(inner, Problem):
            self.keep(parse_unread(inner, route), site, embedded=True)
        elif inner is not None and isinstance(inner.root, Mapping) and is_policy(inner.root) and not is_other_language(inner.root):
            self.keep(parse_policy(inner.root, route), site, inner.notes, embedded=True)

    def _told(self, site: Site) -> tuple[Kind | None, str | None]:
        """The kind of a policy, and what it is attached to, as far as its place or who asks tells."""
        usual = site.kind or site.usual
        if usual is None or (site.kind is None and usual in WITHOUT_PRINCIPAL and self.kind in WITHOUT_PRINCIPAL):
            return self.kind or usual, self.resource_type
        return usual, self.resource_type if self.kind is usual else None

    def keep(self, reading: Reading, site: Site, notes: tuple[Note, ...] = (), *, embedded: bool = False) -> None:
        """Make a document of a policy that was read; `notes` are those of the text it is embedded in, if it is."""
        if site.is_other_language:
            return
        kind, resource_type = self._told(site)
        kind = kind or self._said(reading)
        check_elements(reading, kind)
        problems = reading.problems.found
        if reading.problems.numbers and (embedded or _is_json(self.tree)):
            problems.extend(reading.problems.numbers)
        if embedded:
            problems.extend(_noted(notes, (), reading))
            problems = [problem.without_fix() for problem in problems]
        elif self.tree.notes:
            problems.extend(_noted(self.tree.notes, reading.route, reading))
        # Who is named where nobody may be named is another rule's business.
        if kind in WITHOUT_PRINCIPAL:
            problems = [problem for problem in problems if problem.rule != "invalid-principal"]
        document = Document(
            self.tree,
            reading.route,
            kind,
            reading.policy(),
            tuple(problems),
            address=site.address,
            account=site.account,
            resource_type=resource_type or (site.resource_type if kind is Kind.RESOURCE else None),
            embedded=embedded,
        )
        self.documents.append(document)

    def _said(self, reading: Reading) -> Kind:
        """The kind of a policy by what it says, and by its name when it is all that the source holds."""
        kind = kind_of(reading.drafts)
        return kind if reading.route else named_kind(self.tree.source.name, kind, reading.drafts)


def _noted(notes: tuple[Note, ...], base: Route, reading: Reading) -> list[Problem]:
    if not notes:
        return []
    from iamlint.policy.notes import noted_problems

    return noted_problems(notes, base, reading)


def _is_json(tree: Tree) -> bool:
    return tree.source.text[:80].lstrip()[:1] in ("{", "[")
