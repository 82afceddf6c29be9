"""Does a value have the shape of an IAM policy, or of something that only looks like one?"""

from __future__ import annotations

from iamlint.policy.grammar import STATEMENT_ELEMENTS
from iamlint.policy.intrinsic import is_intrinsic
from iamlint.policy.statement import VERSIONS
from iamlint.text.tree import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Value

_LOWER_ELEMENTS = frozenset(name.lower() for name in STATEMENT_ELEMENTS)
_STATEMENTS = ("statement", "statements")
_BEGINNINGS = ("stat", "vers")
_LOWER_MEMBERS = frozenset({"version", "id", *_STATEMENTS})
# Data protection policies of SNS and CloudWatch Logs have statements of their own.
_FOREIGN_ELEMENTS = frozenset({"DataDirection", "DataIdentifier", "Operation"})
_TELLING = _FOREIGN_ELEMENTS | {"Action", "NotAction"}


def is_policy(value: Mapping) -> bool:
    """Whether `value` has statements of IAM, so that it is a policy wherever it stands."""
    for name, statements in value.members:
        if name == "Statement":
            if _has_version(value):
                return True
            items = statements if isinstance(statements, tuple) else (statements,)
            return any(isinstance(item, Mapping) and _is_statement(item) for item in items)
    return False


def has_element(value: Mapping) -> bool:
    """Whether some member of `value` is an element of IAM, in whatever case, or like one, so that it is meant as a policy."""
    names = [name.lower() for name, _ in value.members]
    return not names or not _LOWER_MEMBERS.isdisjoint(names) or not _LOWER_ELEMENTS.isdisjoint(names) or _is_like_one(names)


def _is_like_one(names: list[str]) -> bool:
    return True in [name.startswith(_BEGINNINGS) for name in names]


def is_misspelled_policy(root: Mapping) -> bool:
    """Whether a whole source is meant to be a policy though it has no `Statement`: by its Version, or statements under a name like it."""
    if _has_version(root) and not any(is_intrinsic(value) for _, value in root.members):
        return True
    for name, statements in root.members:
        if name.lower() in _STATEMENTS:
            items = statements if isinstance(statements, tuple) else (statements,)
            if any(isinstance(item, Mapping) and _is_statement(item) for item in items):
                return True
            # Others have statements, too, as programs of SQL do, but hardly under this very name.
            return name == "Statement" and all(key.lower() in _LOWER_MEMBERS for key, _ in root.members)
    return False


def is_bare_statement(root: Value) -> bool:
    """Whether a whole source is a statement, or a list of nothing but statements, without a policy around it."""
    items = root if isinstance(root, tuple) else (root,)
    return bool(items) and all(map(_is_whole, items))


def has_bare_statement(items: tuple[Value, ...]) -> bool:
    """Whether some item of a list is a statement; a template may fill in the others."""
    return any(map(_is_whole, items))


def _is_whole(item: Value) -> bool:
    """Whether an item is a statement beyond doubt."""
    return isinstance(item, Mapping) and item.get("Effect") in ("Allow", "Deny") and _is_statement(item)


def is_other_language(policy: Mapping) -> bool:
    """Whether what looks like a policy is a stack policy of CloudFormation or a data protection policy.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
    """
    statements = policy.get("Statement")
    for item in statements if isinstance(statements, tuple) else (statements,):
        if not isinstance(item, Mapping):
            continue
        for name, value in item.members:
            if name in _TELLING:
                if name in _FOREIGN_ELEMENTS:
                    return True
                first = value[0] if isinstance(value, tuple) and value else value
                if isinstance(first, str) and first.startswith("Update:"):
                    return True
    return False


def is_no_source(value: Mapping) -> bool:
    """Whether what `value` holds is not for us: the CDK's copy of its templates (`tree.json`), the answer of a Lambda authorizer."""
    version = value.get("version")
    if isinstance(version, str) and version.startswith("tree-") and value.index("tree") is not None:
        return True
    return value.index("principalId") is not None and value.index("policyDocument") is not None


def _has_version(value: Mapping) -> bool:
    version = value.get("Version")
    return isinstance(version, str) and version in VERSIONS


def _is_statement(item: Mapping) -> bool:
    """Whether an effect or two other elements of a statement are there, in whatever case."""
    names = {name.lower() for name, _ in item.members}
    return "effect" in names or len(names & _LOWER_ELEMENTS) >= 2
