"""Which callers may a value of a Principal element name that the source leaves open?"""

from __future__ import annotations

from iamlint.access.search.callers import FEDERATED, IAM, SLASH, last_segment, text_is
from iamlint.access.search.cube import ALWAYS, Cube
from iamlint.access.search.derived import arn_cubes
from iamlint.access.search.space import ACCOUNT, PARTITION, PROVIDER, SESSION, kinds_test
from iamlint.access.sets.arns import after_prefix, fields, matches
from iamlint.access.sets.glob import STAR, Glob, Item, literal_item
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.pattern import Hole, has_hole, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.search.cube import Clause
    from iamlint.policy.principal import Principal


def open_clause(entry: Principal) -> Clause:
    """Whom an entry that the source leaves open may name: its holes read as any text, a template's function as anything."""
    open_text = has_hole(entry.text) and not entry.text.startswith("!")
    glob = Glob(_open_items(entry.text)) if open_text else Glob((STAR,))
    match entry.type:
        case "Service":
            return (Cube((kinds_test((CallerKind.SERVICE,)), text_is(PROVIDER, (glob,)))),)
        case "Federated":
            return (Cube((kinds_test(FEDERATED), text_is(PROVIDER, (glob,)))),)
        case "CanonicalUser":
            return (Cube((kinds_test((CallerKind.CANONICAL,)), text_is(PROVIDER, (glob,)))),)
        case _:
            return ALWAYS if glob.matches("*") else (*_open_accounts(glob), *_open_sessions(glob), *arn_cubes(glob))


def _open_items(text: str) -> tuple[Item, ...]:
    return tuple([item for part in split(text) for item in ((STAR,) if isinstance(part, Hole) else map(literal_item, str(part)))])


def _open_accounts(glob: Glob) -> Clause:
    """The identities of the accounts that `glob`, read as an account's id or root ARN, matches."""
    found = [Cube((IAM, text_is(ACCOUNT, (glob,))))]
    for _, partition, service, _, account, rest in fields(glob.items, 6):
        if matches(service, "iam") and matches(rest, "root"):
            found.append(Cube((IAM, text_is(PARTITION, (Glob(partition),)), text_is(ACCOUNT, (Glob(account),)))))
    return tuple(found)


def _open_sessions(glob: Glob) -> Clause:
    """The sessions that `glob`, read as the ARN of one, matches."""
    found: list[Cube] = []
    for _, partition, service, _, account, rest in fields(glob.items, 6):
        if not matches(service, "sts"):
            continue
        where = (kinds_test((CallerKind.ROLE,)), text_is(PARTITION, (Glob(partition),)), text_is(ACCOUNT, (Glob(account),)))
        for items in after_prefix(rest, "assumed-role/"):
            for name, session in _at_slash(items):
                found.append(Cube((*where, last_segment(Glob(name)), text_is(SESSION, (Glob(session),)))))
    return tuple(found)


def _at_slash(items: tuple[Item, ...]) -> list[tuple[tuple[Item, ...], tuple[Item, ...]]]:
    """The ways to read `items` as a role's name, a slash and a session's name."""
    ways = [(items[:at], items[at + 1 :]) for at, item in enumerate(items) if item == SLASH]
    return ways + [(items[: at + 1], items[at:]) for at, item in enumerate(items) if item.loop and item.chars.has("/")]
