"""Which services and accounts can an ARN not have in its fields?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.knowledge.wildcards import has_wildcard
from iamlint.policy.arn import AWS_ITSELF, is_account


class ArnFault:
    """What is wrong with an ARN, what to do, and AWS's code for it; `certain` when no fact about a service is needed to say so."""

    __slots__ = ("certain", "code", "help", "why")

    def __init__(self, why: str, help: str, code: str, *, certain: bool = True) -> None:
        self.why = why
        self.help = help
        self.code = code
        self.certain = certain


def letters_of(service: str) -> ArnFault | None:
    """That a service is not written as services are."""
    if has_wildcard(service) or service == service.lower():
        return None
    return ArnFault(f"services are written in lower case, not `{service}`", f"write `{service.lower()}`", "INVALID_ARN_SERVICE_CASE")


@lru_cache(maxsize=512)
def unknown_service(service: str) -> ArnFault | None:
    """That there is no such service, as far as AWS's documentation and own policies tell; nothing of an empty field."""
    from iamlint.knowledge.names import suggest_service
    from iamlint.knowledge.plain_arns import may_stand_in_arns

    if not service or has_wildcard(service) or may_stand_in_arns(service):
        return None
    meant = suggest_service(service)
    help = f"did you mean `{meant}`?" if meant else "write the service as its ARNs have it"
    return ArnFault(f"there is no service `{service}`", help, "INVALID_SERVICE", certain=False)


def no_account(account: str) -> ArnFault | None:
    """That what stands for the account is none, and not AWS itself either."""
    if not account or has_wildcard(account) or account in AWS_ITSELF or is_account(account):
        return None
    return ArnFault(f"`{account}` is no account", "write the twelve digits of the account", "INVALID_ARN_ACCOUNT")
