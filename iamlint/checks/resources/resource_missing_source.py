"""May a service use the resource for anybody, although it says for whose it asks?

What AWS says of it: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html.
"""

from __future__ import annotations

from iamlint.access.acting import services_of, source_conditions
from iamlint.access.search.question import key_elsewhere
from iamlint.access.sources import accounts_of_strangers, used_by
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.knowledge.uses import shows_what_it_reads, source_key, uses
from iamlint.policy.arn import is_account
from iamlint.policy.codes import VARIABLE, WILDCARD, compares_keys
from iamlint.policy.fixed import keys_of
from iamlint.policy.pattern import has_hole
from iamlint.policy.principal import described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.evaluation.request import Witness
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement

# What says by other means whose the call is: the owner of a topic, the caller of KMS, the source of what is encrypted, a token, a network.
_SAYS_WHOSE = ("aws:sourceowner", "kms:calleraccount", "kms:encryptioncontext:", "lambda:eventsourcetoken", "aws:sourcevpc", "aws:userid")
# Some services once said the account in it: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html
_ONCE = "aws:referer"
# These write under the account of whoever set them up, whatever he asks for:
# https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-find-log-files.html,
# https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html,
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html
_OWN_FOLDERS = frozenset({"cloudtrail.amazonaws.com", "config.amazonaws.com", "delivery.logs.amazonaws.com"})
_FOLDER = "/AWSLogs/"


def check(case: Case) -> Iterator[Finding]:
    """Each service that an Allow names and that is not asked for whose resource it acts."""
    for statement in case.document.policy.statements:
        for entry in services_of(statement):
            actions = uses(entry.name)
            witness = _for_strangers(case, statement, entry, actions) if actions and case.access.reaches(actions) else None
            if witness is not None:
                yield _found(case, statement, entry, witness)


def _for_strangers(case: Case, statement: Statement, entry: Principal, actions: Sequence[str]) -> Witness | None:
    """A call of the service for an account that nothing fixes."""
    space, policy = case.access.space, case.document.policy
    question = [*used_by((entry,), actions), *accounts_of_strangers(space, policy)]
    question += [key_elsewhere(space, policy, key) for key in sorted(keys_of(policy)) if key.startswith(_SAYS_WHOSE)]
    return case.access.meets(question, statements=(statement.index,))


def _found(case: Case, statement: Statement, entry: Principal, witness: Witness) -> Finding:
    request, asked = witness.request.as_written(), source_conditions(statement)
    said = next((condition for condition in statement.conditions if condition.key.lower() == _ONCE), None)
    severity, code, wide = None, "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL", ""
    if asked:
        wide, code = f": `{asked[0].key}` fits those of every account", VARIABLE if compares_keys(asked[0]) else WILDCARD
    elif said is not None:
        wide, severity, code = f": only `{said.key}` is asked", Severity.INFO, "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL"
    elif entry.name in _OWN_FOLDERS and _is_of_one_account(statement):
        wide, severity = ": only the folder says whose they are", Severity.INFO
    elif shows_what_it_reads(entry.name):
        severity = Severity.HIGH
    return case.finding(
        f"{described(entry)} may call `{request.action}` for anybody's resources{wide or ': nothing asks whose they are'}",
        Place(asked[0].route if asked else entry.route),
        label="every account has such" if asked else "says whose resource it acts for",
        secondary=(Label(Place(entry.route), "acts for them"),) if asked else (),
        severity=severity,
        statement=statement.index,
        subject=entry.text,
        witness=request,
        fix=_fix(case, statement, entry, asked),
        aws_codes=(code,),
    )


def _is_of_one_account(statement: Statement) -> bool:
    """Whether everything that may be written is in the folder of an account."""
    actions, resources = statement.actions, statement.resources
    if actions is None or resources is None or resources.negated or set(actions.names) != {"s3:putobject"}:
        return False
    folders = [value.partition(_FOLDER)[2].partition("/")[0] if isinstance(value, str) else "" for value in resources.values]
    return all(is_account(folder) or (has_hole(folder) and "*" not in folder) for folder in folders)


def _fix(case: Case, statement: Statement, entry: Principal, asked: tuple[Condition, ...]) -> Fix:
    """The account beside the service; the service may act for resources of several."""
    from iamlint.text.edit import AddMember
    from iamlint.text.tree import Mapping

    key = source_key(entry.name)
    whose = "your account id" if key == "aws:SourceAccount" else "the ARN of your resource, with your account id"
    title = f"require `{key}` to be {whose}"
    alone = statement.principals is not None and len(statement.principals.entries) == 1
    if key != "aws:SourceAccount" or len(case.zone.accounts) != 1 or statement.conditions or not alone or case.document.embedded:
        return Fix(Safety.MANUAL, title)
    own = Mapping((("StringEquals", Mapping(((key, next(iter(case.zone.accounts))),))),))
    return Fix(Safety.UNSAFE, title, (AddMember(Place(statement.route), "Condition", own),))
