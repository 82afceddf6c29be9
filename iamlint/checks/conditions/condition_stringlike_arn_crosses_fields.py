"""Does a wildcard of a string operator run over the fields of an ARN?

`ArnLike` compares ARNs field by field; to `StringLike` a colon is a character as any other:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN.
"""

from __future__ import annotations

from iamlint.access.owner import strangers
from iamlint.access.search.question import caller_is, key_elsewhere
from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.callers import IAM_CALLERS
from iamlint.knowledge.keys import key_type
from iamlint.policy.arn import arn_fields, is_account
from iamlint.policy.document import Kind
from iamlint.policy.pattern import split
from iamlint.policy.quiet import others
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.statement import Statement

_ACCOUNT = 4
_ANYBODY = ("arn", "aws", "iam", "", "999988887777", "role/x")
_OPEN = "\x1f"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition with such a wildcard before or in the account of an ARN."""
    for statement, condition in others(case.document.policy, is_quiet):
        yield _finding(case, statement, condition, _crossing(condition)[0])


def _crossing(condition: Condition) -> list[int]:
    """The positions of values with such a wildcard."""
    if condition.operator.base.positive != "StringLike" or key_type(condition.key) != "ARN":
        return []
    return [n for n, value in enumerate(condition.values) if _crosses(condition, value)]


def is_quiet(condition: Condition) -> bool:
    """Whether there is nothing to say of the condition, whatever policy it stands in."""
    return not _crossing(condition)


def _crosses(condition: Condition, value: str | Unknown) -> bool:
    text = _plain(value) if isinstance(value, str) else ""
    at = text.find("*")
    if at < 0 or not text.strip("*"):
        return False
    if ":" not in text and not condition.key.lower().startswith("aws:"):
        # How the id of a subnet ends: no field is written that could be run over, and AWS makes such ids.
        return False
    fields = text[:at].split(":")
    if len(fields) > _ACCOUNT + 1 or (len(fields) == _ACCOUNT + 1 and _is_whole(fields[_ACCOUNT])):
        return False
    rest = text[at:].lstrip("*")
    if _means_any_account(condition.key.lower(), text, rest):
        return False
    return bool(rest) or (len(fields) == _ACCOUNT + 1 and bool(fields[_ACCOUNT]))


def _means_any_account(key: str, text: str, rest: str) -> bool:
    """Whether no account is meant and nobody can write the rest of the pattern into an ARN of another form."""
    if key == "aws:principalarn":
        # No name ends in it: the colons of a path stand before a slash.
        return rest == ":root"
    written = text.split(":")
    return key != "aws:sourcearn" and len(written) > _ACCOUNT + 1 and written[_ACCOUNT] == "*"


def _plain(value: str) -> str:
    """The text with one character for each part that is not literal."""
    return "".join([part if isinstance(part, str) else _OPEN for part in split(value)])


def _is_whole(account: str) -> bool:
    return is_account(account) or _OPEN in account


def _finding(case: Case, statement: Statement, condition: Condition, position: int) -> Finding:
    value = str(condition.values[position])
    base = condition.operator.base.name.replace("String", "Arn")
    wanted = f"{base}IfExists" if condition.operator.if_exists else base
    return case.finding(
        f"to `{condition.operator.text}` the `*` stands for colons too: `{value}` also matches `{_other(value)}`",
        Place(condition.value_route(position)),
        label="runs over the fields of the ARN",
        severity=None if _lets_strangers_pass(case, statement, condition, value) else Severity.LOW,
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, f"write `{wanted}`, with all six fields of the ARN and the account in full"),
        aws_codes=("STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",),
    )


def _other(value: str) -> str:
    """An ARN of account 999988887777 that the pattern matches; what the source leaves open stays as it is."""
    at = value.index("*")
    before, after = value[:at], value[at:].lstrip("*")
    fields = arn_fields(before)
    known = dict(enumerate(fields[:-1]))
    regional = known.get(2, "iam") != "iam"
    template = (*_ANYBODY[:2], known.get(2, "iam"), "us-east-1" if regional else "", _ANYBODY[4], "x" if regional else _ANYBODY[5])
    n = len(fields) - 1
    start = template[n] if not fields[-1] or n != _ACCOUNT else _filled(fields[-1])
    whole = start.removeprefix(fields[-1])
    return before + ":".join((whole, *template[n + 1 :])) + after.replace("*", "x")


def _filled(account: str) -> str:
    return (account + "9" * 12)[:12]


def _lets_strangers_pass(case: Case, statement: Statement, condition: Condition, value: str) -> bool:
    """Whether the account that the pattern names keeps nobody out, and the statement relies on it."""
    if condition.operator.base.negated is statement.allows or case.document.kind not in (Kind.TRUST, Kind.RESOURCE):
        return False
    fields = _plain(value).split(":")
    if not any(is_account(part) for field in fields for part in field.split("*")):
        return False
    if condition.key.lower() == "aws:sourcearn":
        return "*" in ":".join(fields[:3])
    return condition.key.lower() == "aws:principalarn" and statement.allows and _meets_strangers(case, statement)


def _meets_strangers(case: Case, statement: Statement) -> bool:
    policy, space = case.document.policy, case.access.space
    question = (caller_is(*IAM_CALLERS), *strangers(space, policy, case.zone.inside), key_elsewhere(space, policy, "aws:PrincipalOrgID"))
    return case.access.meets(question, statements=(statement.index,)) is not None
