"""Does a SAML provider alone decide who gets a role?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html.
"""

from __future__ import annotations

from iamlint.access.search.question import action_is, caller_is, provider_is
from iamlint.finding import Fix, Safety
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.fixed import entries
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement

# Keys about where a person came from, not who it is.
_NOBODY = ("saml:aud", "saml:iss", "saml:namequalifier", "saml:sub_type", "saml:doc")
_WHO = ("saml:", "aws:requesttag/", "sts:sourceidentity", "sts:rolesessionname")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each provider of a statement that asks nothing of the person; IAM Identity Center's providers are its own matter."""
    for statement, entry in entries(case.document.policy, Effect.ALLOW):
        if entry.form is not Form.SAML or entry.name.startswith("AWSSSO_") or _asks_who(statement):
            continue
        question = [action_is("sts:AssumeRoleWithSAML"), caller_is(CallerKind.SAML), provider_is(entry.text)]
        if case.access.meets(question, statements={statement.index}) is not None:
            yield case.finding(
                f"SAML provider `{entry.name}` alone decides who gets the role",
                Place(entry.route),
                label="for anybody whom it vouches for",
                statement=statement.index,
                subject=entry.text,
                fix=Fix(Safety.MANUAL, "ask for a group or a department as well, such as `saml:edupersonaffiliation` or a tag"),
            )


def _asks_who(statement: Statement) -> bool:
    keys = [condition.key.lower() for condition in statement.conditions]
    return any(key.startswith(_WHO) and key not in _NOBODY for key in keys)
