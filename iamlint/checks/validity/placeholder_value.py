"""Does a policy still have text that somebody was to replace?"""

from __future__ import annotations

from functools import lru_cache

from iamlint.finding import Fix, Label, Safety
from iamlint.policy.arn import arn_fields
from iamlint.policy.fixed import named_values
from iamlint.policy.pattern import Hole, split
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Unknown
    from iamlint.policy.statement import Statement
    from iamlint.text.tree import Route

# Names of AWS's guides: https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-policies-s3.html
_GUIDES = r"DOC-EXAMPLE-BUCKET\d*|amzn-s3-demo-(?:[a-z]+-)*bucket\d*|awsexamplebucket\d*"
_PLACEHOLDER = rf"""
    (?<![A-Za-z0-9])(?:
        YOUR[-_ ][A-Z][A-Z0-9_-]* | (?<![-_])your[-_][a-z][a-z0-9_-]* | Your(?:[-_ ]?[A-Z][A-Za-z0-9]*)+
      | (?:REPLACE|CHANGE|INSERT|FILL)[-_ ]?(?:ME|THIS|HERE|WITH)[A-Z_-]* | (?:change|replace)[-_]?me
      | [A-Z]+(?:[-_][A-Z]+)*[-_]HERE | (?:AWS[-_])?ACCOUNT[-_]?(?:ID|NUMBER) | (?<!-)[xX]{{6,}}
      | [Aa]ccount(?:'s)?[ ](?:ID|id|number) | {_GUIDES}
    )(?![A-Za-z0-9])
    """
# Without one of these words a value has no such text; but for the fields of an ARN, it has one of those beside it here then.
_BEHIND = [gap + more for gap in ("", *"-_ ") for more in ("me", "this", "here", "with")]
_WORDS = {
    **{word: [word + behind for behind in _BEHIND] for word in ("replace", "change", "insert", "fill")},
    **{word: [word] for word in ("your", "xxxxxx", "amzn-s3-demo")},
    "here": ["-here", "_here"],
    "account": ["account's ", *["account" + gap + more for gap in ("", *"-_ ") for more in ("id", "number")]],
    "example": ["doc-example", "awsexample"],
}
_SIGNS = (*_WORDS, "region", "<", "${aws::")
# Values that were found to have none, and how many are remembered.
_fine: set[str | Unknown] = set()
_MOST = 1 << 14
# What is weak in one is the matter of trust-external-id-weak.
_EXTERNAL_ID = "sts:externalid"
# What stands where an ARN has the region and the account, in words.
_FIELD = r"(?i)(?:your[-_]?|my[-_]?|the[-_]?|aws[-_]?)*(?:region|account)(?:[-_]?(?:id|number|name|code|here))?\Z"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such text, wherever it stands."""
    found: dict[str, list[tuple[Statement, Route]]] = {}
    raw = not case.document.route
    for statement in case.document.policy.statements:
        # Principals are few.
        if statement.principals is None and _is_fine(statement):
            continue
        for value, route, key in named_values(statement):
            text = "" if key == _EXTERNAL_ID else _left(value) or (_unfilled(case, value, route) if raw else "")
            if text:
                found.setdefault(text, []).append((statement, route))
    for text, places in found.items():
        yield _finding(case, text, places)


def _unfilled(case: Case, value: str, route: Route) -> str:
    """A parameter that CloudFormation fills in, in a text that stands there as it is, in no function; empty for none."""
    parameter = _pseudo_parameter(value)
    if not parameter:
        return ""
    from iamlint.policy.rewrite import value_at

    return parameter if isinstance(value_at(case.document.tree.root, route), str) else ""


def _is_fine(statement: Statement) -> bool:
    """Whether no resource and no value of a condition has such a text."""
    resources = statement.resources
    if resources is not None and not _fine.issuperset(resources.values) and not _are_fine(resources.values, resources.text):
        return False
    if not statement.conditions:
        return True
    lists = [condition.values for condition in statement.conditions if not _fine.issuperset(condition.values)]
    return False not in [_are_fine(values, "\n".join(map(str, values)).lower()) for values in lists]


def _are_fine(values: Sequence[str | Unknown], text: str) -> bool:
    """Whether none of the values, which are in `text` in lower case, has such a text; those that have none are remembered."""
    signs = [sign for sign in _SIGNS if sign in text]
    fine = [value for value in values if _has_none(value)] if signs else values
    if len(_fine) < _MOST:
        _fine.update(fine)
    return len(fine) == len(values)


def _has_none(value: str | Unknown) -> bool:
    return not isinstance(value, str) or not (_left(value) or _pseudo_parameter(value))


def _finding(case: Case, text: str, places: list[tuple[Statement, Route]]) -> Finding:
    (statement, route), *others = places
    return case.finding(
        f"`{text}` was not replaced",
        Place(route),
        label="stands for something else",
        secondary=tuple([Label(Place(other), "and here") for _, other in others[:3]]),
        statement=statement.index,
        subject=text,
        fix=Fix(Safety.MANUAL, "write what it stands for"),
    )


@lru_cache(maxsize=1024)
def _left(value: str) -> str:
    """The first text in a value that was to be replaced; empty for none."""
    if "<" in value:
        for part in split(value):
            if isinstance(part, Hole) and f"<{part.label}>" in value:
                return f"<{part.label}>"
    lower = value.lower()
    if [whole for word in _WORDS if word in lower for whole in _WORDS[word] if whole in lower]:
        import re

        found = re.search(_PLACEHOLDER, value, re.VERBOSE)
        if found is not None:
            return found[0]
    return _field(value) if "region" in lower or "account" in lower else ""


def _field(value: str) -> str:
    """The region or the account of an ARN where it is only called so; empty for none."""
    fields = arn_fields(value)
    worded = [field for field in fields[3:5] if field[:1].isalpha() and ("region" in field.lower() or "account" in field.lower())]
    if len(fields) < 6 or fields[0] != "arn" or not worded:
        return ""
    import re

    return next((field for field in worded if re.match(_FIELD, field)), "")


def _pseudo_parameter(value: str) -> str:
    """A parameter that CloudFormation alone fills in: `${AWS::AccountId}`."""
    if "${AWS::" not in value:
        return ""
    return next((f"${{{part.label}}}" for part in split(value) if isinstance(part, Hole) and part.label.startswith("AWS::")), "")
