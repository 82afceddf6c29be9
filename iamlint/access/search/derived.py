"""Which callers have some value of a key that AWS derives from the caller?

Such keys (`aws:PrincipalArn`, …) are tests of the caller's parts, not keys of their own.
"""

from __future__ import annotations

from iamlint.access.evaluation.request import PRINCIPAL_TYPES
from iamlint.access.search.callers import IAM, SLASH, text_is
from iamlint.access.search.cube import ALWAYS, NEVER, Cube, not_clause
from iamlint.access.search.literal import Value
from iamlint.access.search.space import ACCOUNT, NAME, PARTITION, PROVIDER, kinds_test
from iamlint.access.sets.arns import after_prefix, fields, matches
from iamlint.access.sets.glob import STAR, Glob, Item, concatenation
from iamlint.access.sets.value_sets import ALL_TEXT, TextSet
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.search.cube import Clause
    from iamlint.access.search.literal import Test

_NOT_IAM = IAM.negated()


def derived_clause(key: str, values: TextSet, absent: bool) -> Clause:
    """The callers for whom a derived key has one of `values`, or with `absent` lacks it."""
    match key:
        case "aws:principalaccount":
            return _account_clause(values, absent)
        case "aws:principalarn":
            return _arn_clause(values, absent)
        case "aws:principaltype":
            return _by_kind(PRINCIPAL_TYPES, values, absent)
        case "aws:principalisawsservice":
            words = dict.fromkeys(IAM_CALLERS, "false") | {CallerKind.SERVICE: "true"}
            return _by_kind(words, values, absent)
        case "aws:username":
            return _owned(Cube((kinds_test((CallerKind.USER,)), _user_name(values))), (CallerKind.USER,), absent)
        case _:
            test = Value(PROVIDER, values, absent=False)
            return _owned(Cube((kinds_test((CallerKind.SERVICE,)), test)), (CallerKind.SERVICE,), absent)


def _owned(present: Cube, kinds: tuple[CallerKind, ...], absent: bool) -> Clause:
    return (present, Cube((kinds_test(kinds).negated(),))) if absent else (present,)


def _by_kind(words: dict[CallerKind, str], values: TextSet, absent: bool) -> Clause:
    kinds = [kind for kind in CallerKind if (values.has(words[kind]) if kind in words else absent)]
    return (Cube((kinds_test(kinds),)),) if kinds else NEVER


def _user_name(values: TextSet) -> Value:
    # The user's name is what follows the last slash of its path.
    globs: list[Glob] = []
    for glob in values.globs:
        plain = Glob([Item(item.chars.without("/"), item.loop) if item.chars.has("/") else item for item in glob.items])
        globs += [plain, concatenation((STAR, SLASH), plain.items)]
    return Value(NAME, TextSet(globs, values.complemented), absent=False)


def _account_clause(values: TextSet, absent: bool) -> Clause:
    found = [Cube((IAM, Value(ACCOUNT, values, absent=False)))]
    if values.has("anonymous"):
        found.append(Cube((kinds_test((CallerKind.ANONYMOUS,)),)))
    if absent:
        found.append(Cube((kinds_test((*IAM_CALLERS, CallerKind.ANONYMOUS)).negated(),)))
    return tuple(found)


def _arn_clause(values: TextSet, absent: bool) -> Clause:
    if values == ALL_TEXT:
        return ALWAYS if absent else (Cube((IAM,)),)
    inside: list[Cube] = []
    for glob in sorted(values.globs, key=lambda glob: glob.text):
        inside += arn_cubes(glob)
    if values.complemented:
        outside = not_clause(tuple(inside))
        return (Cube((IAM, *outside.tests), outside.clauses), *((Cube((_NOT_IAM,)),) if absent else ()))
    return (*inside, *((Cube((_NOT_IAM,)),) if absent else ()))


def arn_cubes(glob: Glob) -> Clause:
    """The callers whose ARN `glob` matches, part by part."""
    found: list[Cube] = []
    for arn, partition, service, region, account, rest in fields(glob.items, 6):
        if not (matches(arn, "arn") and matches(region, "")):
            continue
        where = (text_is(PARTITION, (Glob(partition),)), text_is(ACCOUNT, (Glob(account),)))
        for owner, kinds in (("iam", (CallerKind.ROOT, CallerKind.USER, CallerKind.ROLE)), ("sts", (CallerKind.FEDERATED_USER,))):
            if matches(service, owner):
                found += [Cube((*where, *tests)) for kind in kinds for tests in _rest_tests(kind, rest)]
    return tuple(found)


def _rest_tests(kind: CallerKind, rest: tuple[Item, ...]) -> list[tuple[Test, ...]]:
    test = kinds_test((kind,))
    if kind is CallerKind.ROOT:
        return [(test,)] if matches(rest, "root") else []
    names = [Glob(items) for items in after_prefix(rest, f"{kind.value}/")]
    return [(test, text_is(NAME, names))] if names else []
