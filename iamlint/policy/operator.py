"""What does a condition operator test?

The operators and their qualifiers are those of
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.enumeration import Enumeration


class Family(Enumeration):
    """The type of value an operator compares."""

    STRING = "String"
    NUMERIC = "Numeric"
    DATE = "Date"
    BOOL = "Bool"
    BINARY = "Binary"
    IP = "IpAddress"
    ARN = "Arn"
    NULL = "Null"


class Quantifier(Enumeration):
    """How an operator treats a key with several values."""

    NONE = ""
    ALL = "ForAllValues"
    ANY = "ForAnyValue"


class Base:
    """An operator without its qualifiers: `positive` names the test that a negated operator denies."""

    __slots__ = ("family", "name", "negated", "positive")

    def __init__(self, name: str, family: Family, positive: str, negated: bool) -> None:
        self.name = name
        self.family = family
        self.positive = positive
        self.negated = negated


def _bases() -> dict[str, Base]:
    pairs = (
        ("StringEquals", Family.STRING, "StringNotEquals"),
        ("StringEqualsIgnoreCase", Family.STRING, "StringNotEqualsIgnoreCase"),
        ("StringLike", Family.STRING, "StringNotLike"),
        ("NumericEquals", Family.NUMERIC, "NumericNotEquals"),
        ("NumericLessThan", Family.NUMERIC, None),
        ("NumericLessThanEquals", Family.NUMERIC, None),
        ("NumericGreaterThan", Family.NUMERIC, None),
        ("NumericGreaterThanEquals", Family.NUMERIC, None),
        ("DateEquals", Family.DATE, "DateNotEquals"),
        ("DateLessThan", Family.DATE, None),
        ("DateLessThanEquals", Family.DATE, None),
        ("DateGreaterThan", Family.DATE, None),
        ("DateGreaterThanEquals", Family.DATE, None),
        ("Bool", Family.BOOL, None),
        ("BinaryEquals", Family.BINARY, None),
        ("IpAddress", Family.IP, "NotIpAddress"),
        ("ArnEquals", Family.ARN, "ArnNotEquals"),
        ("ArnLike", Family.ARN, "ArnNotLike"),
        ("Null", Family.NULL, None),
    )
    found = {}
    for name, family, negation in pairs:
        found[name.lower()] = Base(name, family, name, False)
        if negation is not None:
            found[negation.lower()] = Base(negation, family, name, True)
    return found


BASES = _bases()


class Operator:
    """A condition operator: its base, its set qualifier, and whether it ends in `IfExists`.

    `text` is what the policy says; operators are read ignoring case, as IAM does. `is_null`, `quantified`, `for_all` and `for_any` say what
    its family and its quantifier say, which everybody asks.
    """

    __slots__ = ("base", "for_all", "for_any", "if_exists", "is_null", "quantified", "quantifier", "text")

    def __init__(self, text: str, base: Base, quantifier: Quantifier, if_exists: bool) -> None:
        self.text = text
        self.base = base
        self.quantifier = quantifier
        self.if_exists = if_exists
        self.is_null = base.family is Family.NULL
        self.for_all = quantifier is Quantifier.ALL
        self.for_any = quantifier is Quantifier.ANY
        self.quantified = self.for_all or self.for_any


@lru_cache(maxsize=512)
def parse_operator(text: str) -> Operator | None:
    """The operator that `text` names, or None when IAM has no such operator."""
    lower = text.lower()
    quantifier = Quantifier.NONE
    for candidate in (Quantifier.ALL, Quantifier.ANY):
        if lower.startswith(candidate.value.lower() + ":"):
            quantifier = candidate
            lower = lower[len(candidate.value) + 1 :]
    if_exists = lower.endswith("ifexists")
    base = BASES.get(lower[: -len("ifexists")] if if_exists else lower)
    if base is None or (if_exists and base.family is Family.NULL):
        return None
    return Operator(text, base, quantifier, if_exists)
