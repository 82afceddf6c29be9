"""Is there a condition key that nobody sends, because AWS knows none of this name?"""

from __future__ import annotations

from functools import lru_cache

from iamlint.finding import Confidence, Fix, Safety, Severity
from iamlint.knowledge.keys import canonical_key, find_key, key_type, split_claim, suggest_key
from iamlint.policy.pattern import has_hole
from iamlint.policy.quiet import others
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

# AWS lists both for the same key, and does not say which one it sends.
_GIVEN_UP = ("UNSUPPORTED_GLOBAL_CONDITION_KEY", "DEPRECATED_GLOBAL_CONDITION_KEY")
_OF_SERVICE = ("INVALID_SERVICE_CONDITION_KEY",)
_TAG = "MISSING_TAG_KEY_IN_CONDITION"
# AWS's own managed policies test them, and no page documents them.
_UNDOCUMENTED = frozenset({"lakeformation:gluearn", "deepracer:usertoken", "deepracer:multiuser"})


def check(case: Case) -> Iterator[Finding]:
    """A finding for each key that is in no list of AWS's, where there is such a list."""
    for statement, condition in others(case.document.policy, is_quiet):
        yield _finding(case, statement, condition, _codes(condition.key))


def is_quiet(condition: Condition) -> bool:
    """Whether the key is known, or of no list of AWS's."""
    return not _codes(condition.key) or condition.is_open


@lru_cache(maxsize=1024)
def _codes(key: str) -> tuple[str, ...]:
    """AWS's codes for what is wrong with a key; none when it is known, or an identity provider's."""
    lower = key.lower().strip()
    if find_key(key) is not None or has_hole(key) or "://" in key or "${" in key or split_claim(key) is not None:
        return ()
    prefix, colon, name = lower.partition(":")
    if not colon or not name:
        return ("INVALID_CONDITION_KEY_FORMAT",)
    if prefix == "aws":
        if lower == "aws:arn":
            return _GIVEN_UP
        return (_TAG,) if _lacks_tag(lower) else ("INVALID_GLOBAL_CONDITION_KEY",)
    if lower in _UNDOCUMENTED or key_type(key) is not None:
        return ()
    return (_TAG,) if _lacks_tag(lower) else _OF_SERVICE


def _lacks_tag(key: str) -> bool:
    """Whether it is the name of a family such as `aws:PrincipalTag`, without the tag."""
    return key_type(f"{key.rstrip('/')}/x") is not None


def _finding(case: Case, statement: Statement, condition: Condition, codes: tuple[str, ...]) -> Finding:
    key = condition.key
    guess = "" if codes == _GIVEN_UP and _is_of_instances(statement) else _guess(key, codes)
    unknown = not guess and codes == _OF_SERVICE and not _is_prefix(key.partition(":")[0].strip())
    return case.finding(
        _message(key, codes, _outcome(statement, condition), unknown=unknown),
        Place(condition.route, on_key=True),
        label=f"did you mean `{guess}`?" if guess else "",
        severity=None if guess or ":" not in key else Severity.LOW,
        confidence=Confidence.LOW if unknown else _confidence(key, codes, guess),
        statement=statement.index,
        subject=key,
        fix=_fix(case, statement, condition, guess),
        aws_codes=codes,
    )


def _is_of_instances(statement: Statement) -> bool:
    """Whether all is about EC2, which says by `aws:ARN` what a call is about, and not who calls, where it says the key at all.

    https://docs.aws.amazon.com/cli/latest/reference/sts/decode-authorization-message.html
    """
    actions = statement.actions
    return actions is not None and all(isinstance(value, str) and value.lower().startswith("ec2:") for value in actions.values)


def _is_prefix(prefix: str) -> bool:
    from iamlint.knowledge.names import is_service

    return is_service(prefix) or prefix.lower() in ("saml", "sts")


def _confidence(key: str, codes: tuple[str, ...], guess: str) -> Confidence:
    # Services get new keys before the data knows them.
    return Confidence.HIGH if (guess and codes != _GIVEN_UP) or ":" not in key else Confidence.MEDIUM


def _message(key: str, codes: tuple[str, ...], outcome: str, *, unknown: bool) -> str:
    if codes == _GIVEN_UP:
        return f"AWS has given up the key `{key}`"
    if codes == (_TAG,):
        return f"`{key}` names no tag, so {outcome}"
    return f"no service has the prefix of the key `{key}`, so {outcome}" if unknown else f"`{key}` is no key that AWS sends, so {outcome}"


def _guess(key: str, codes: tuple[str, ...]) -> str:
    if codes == (_TAG,):
        return f"{canonical_key(key.strip().rstrip('/') + '/x')[:-1]}TAG"
    return "aws:PrincipalArn" if key.lower() == "aws:arn" else suggest_key(key) or ""


def _outcome(statement: Statement, condition: Condition) -> str:
    from iamlint.policy.requires import holds_without_key

    passes = holds_without_key(condition)
    if statement.denies:
        return "the Deny stops everybody by it" if passes else "the Deny stops nobody by it"
    return "everybody passes the condition" if passes else "nobody passes the condition"


def _fix(case: Case, statement: Statement, condition: Condition, guess: str) -> Fix:
    if not guess or guess.endswith(("/TAG", "${}")):
        return Fix(Safety.MANUAL, f"write `{guess}` with the name of the tag" if guess.endswith("/TAG") else "write a key of AWS's list")
    taken = any(other.key.lower() == guess.lower() and other.operator_route == condition.operator_route for other in statement.conditions)
    if taken or case.document.embedded:
        return Fix(Safety.MANUAL, f"write `{guess}`")
    from iamlint.policy.requires import holds_without_key
    from iamlint.text.edit import RenameKey

    # With the right key the statement may let more requests pass than none; a reader decides that.
    narrows = holds_without_key(condition) is statement.allows
    return Fix(Safety.SAFE if narrows else Safety.UNSAFE, f"write `{guess}`", (RenameKey(Place(condition.route, on_key=True), guess),))
