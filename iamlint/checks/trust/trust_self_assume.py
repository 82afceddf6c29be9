"""Does a role trust itself?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html: a role has to say so before it may assume itself.
"""

from __future__ import annotations

from iamlint.access.search.callers import named_by
from iamlint.access.search.question import account_in, action_is, caller_is, name_is
from iamlint.finding import Confidence, Fix, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.fixed import entries
from iamlint.policy.owner import role_in, role_of
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each principal that is the role itself, as far as the source says whose trust policy it is."""
    own, told = _own(case), role_of(case.document) is not None
    account, name = (own[4], own[5].removeprefix("role/")) if own is not None else ("", "")
    for statement, entry in entries(case.document.policy, Effect.ALLOW) if own is not None else ():
        itself = entry.form is Form.ROLE and entry.name == name
        session = entry.form is Form.SESSION and entry.name == name.rpartition("/")[2]
        # Everybody, or the account as a whole, narrowed down to the role.
        narrowed = entry.form in (Form.ACCOUNT, Form.EVERYONE) and _names(statement, ":".join(own or ()))
        if not (narrowed or itself or session) or entry.account != (account if entry.form is not Form.EVERYONE else ""):
            continue
        who = [named_by(entry)]
        if narrowed:
            who += [caller_is(CallerKind.ROLE), account_in([account]), name_is(name)]
        witness = case.access.meets([action_is("sts:AssumeRole"), *who], statements=(statement.index,))
        if witness is None:
            continue
        tags = case.access.meets([action_is("sts:TagSession"), *who]) is not None
        yield case.finding(
            "the role may assume itself" + (" with other session tags" if tags else ", again and again"),
            Place(entry.route),
            label="itself",
            severity=Severity.MEDIUM if tags else Severity.INFO,
            # A template may be for another account.
            confidence=Confidence.HIGH if told else Confidence.MEDIUM,
            statement=statement.index,
            subject=entry.text,
            witness=witness.request,
            fix=Fix(Safety.MANUAL, "take the role out of its own trust policy"),
        )


def _own(case: Case) -> tuple[str, ...] | None:
    """The fields of the role's ARN: as the source has it, or by the name in a template where we have but one account."""
    found = role_of(case.document)
    if found is not None or len(case.zone.accounts) != 1:
        return found
    return role_in(case.document, *case.zone.accounts)


def _names(statement: Statement, arn: str) -> bool:
    """Whether a condition on the caller's ARN has that of the role among its values."""
    return any(condition.key.lower() == "aws:principalarn" and arn in condition.values for condition in statement.conditions)
