"""Several policies together, as AWS's evaluation logic says.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from typing import Any

import pytest

from iamlint.access.evaluation.compose import PolicySet, decide
from iamlint.access.evaluation.evaluate import Outcome, Reading
from iamlint.access.evaluation.request import Caller, Request
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.condition import Unknown
from iamlint.policy.statement import Policy
from tests.access.build import ANONYMOUS, OTHER, OWN, allow, policy, role, root, service, user

OBJECT = "arn:aws:s3:::bucket/a"
ALL = allow()
NOTHING = allow(Action="none:None")
ONLY_DENY = policy({"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}})
NO_STATEMENTS = policy({"Statement": []})

BOB = user("bob")
CI = role("ci", "s1")
LINKED = role("aws-service-role/ec2.amazonaws.com/AWSServiceRoleForEC2", "s1")
EC2 = service("ec2.amazonaws.com")
GITHUB = Caller(CallerKind.WEB_IDENTITY, "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com")
FEDERATED = Caller(CallerKind.FEDERATED_USER, "fed", account=OWN)


def resource(principal: Any, **elements: Any) -> Policy:
    return allow(Principal=principal, **elements)


ACCOUNT = resource({"AWS": OWN})
BY_BOB = resource({"AWS": "arn:aws:iam::111122223333:user/bob"})
BY_CI = resource({"AWS": "arn:aws:iam::111122223333:role/ci"})
BY_SESSION = resource({"AWS": "arn:aws:sts::111122223333:assumed-role/ci/s1"})
BY_FEDERATED = resource({"AWS": "arn:aws:sts::111122223333:federated-user/fed"})
PUBLIC = resource("*")
BY_EC2 = resource({"Service": "ec2.amazonaws.com"})
BY_GITHUB = resource({"Federated": GITHUB.name})
RESOURCE_DENY = policy({"Statement": {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}})

ALLOWED, DENIED, REFUSED = Outcome.ALLOWED, Outcome.EXPLICIT_DENY, Outcome.IMPLICIT_DENY

WITHIN_ONE_ACCOUNT: list[tuple[str, Caller, dict[str, Any], Outcome]] = [
    ("no policy at all", BOB, {}, REFUSED),
    ("identity policy", BOB, {"identity": [ALL]}, ALLOWED),
    ("one of two identity policies", BOB, {"identity": [NOTHING, ALL]}, ALLOWED),
    ("identity policy that denies", BOB, {"identity": [ALL, ONLY_DENY]}, DENIED),
    ("boundary that allows", BOB, {"identity": [ALL], "boundary": ALL}, ALLOWED),
    ("boundary that does not", BOB, {"identity": [ALL], "boundary": NOTHING}, REFUSED),
    ("boundary alone grants nothing", BOB, {"boundary": ALL}, REFUSED),
    ("session policy that allows", CI, {"identity": [ALL], "session": [ALL]}, ALLOWED),
    ("session policy that does not", CI, {"identity": [ALL], "session": [NOTHING]}, REFUSED),
    ("session policy alone grants nothing", CI, {"session": [ALL]}, REFUSED),
    ("boundary that denies", BOB, {"identity": [ALL], "boundary": ONLY_DENY}, DENIED),
    ("session policy that denies", CI, {"identity": [ALL], "session": [ONLY_DENY]}, DENIED),
    ("user named directly", BOB, {"resource": BY_BOB}, ALLOWED),
    ("user named directly, boundary silent", BOB, {"resource": BY_BOB, "boundary": NOTHING}, ALLOWED),
    ("user named directly, boundary denies", BOB, {"resource": BY_BOB, "boundary": ONLY_DENY}, DENIED),
    ("another user is named", user("eve"), {"resource": BY_BOB}, REFUSED),
    ("account named, no identity policy", BOB, {"resource": ACCOUNT}, REFUSED),
    ("account named, identity policy", BOB, {"resource": ACCOUNT, "identity": [ALL]}, ALLOWED),
    ("role named", CI, {"resource": BY_CI}, ALLOWED),
    ("role named, boundary allows", CI, {"resource": BY_CI, "boundary": ALL}, ALLOWED),
    ("role named, boundary silent", CI, {"resource": BY_CI, "boundary": NOTHING}, REFUSED),
    ("role named, session policy silent", CI, {"resource": BY_CI, "session": [NOTHING]}, REFUSED),
    ("role named, session policy empty", CI, {"resource": BY_CI, "session": []}, REFUSED),
    ("session named, session policy silent", CI, {"resource": BY_SESSION, "session": [NOTHING]}, ALLOWED),
    ("session named, boundary silent", CI, {"resource": BY_SESSION, "boundary": NOTHING}, ALLOWED),
    ("another session named", CI, {"resource": resource({"AWS": "arn:aws:sts::111122223333:assumed-role/ci/s2"})}, REFUSED),
    ("federated user named, session policy silent", FEDERATED, {"resource": BY_FEDERATED, "session": [NOTHING]}, ALLOWED),
    ("everybody named", BOB, {"resource": PUBLIC}, ALLOWED),
    ("everybody named, boundary silent", BOB, {"resource": PUBLIC, "boundary": NOTHING}, ALLOWED),
    ("resource policy denies", BOB, {"identity": [ALL], "resource": RESOURCE_DENY}, DENIED),
    ("resource policy without principals names nobody", BOB, {"resource": ALL}, REFUSED),
    ("resource policy silent", BOB, {"identity": [ALL], "resource": BY_EC2}, ALLOWED),
    ("root user", root(), {}, ALLOWED),
    ("root user, resource policy denies", root(), {"resource": RESOURCE_DENY}, DENIED),
    ("root user, control policy silent", root(), {"scps": [[NOTHING]]}, REFUSED),
]


@pytest.mark.parametrize(
    ("caller", "policies", "outcome"), [row[1:] for row in WITHIN_ONE_ACCOUNT], ids=[row[0] for row in WITHIN_ONE_ACCOUNT]
)
@pytest.mark.parametrize("owner", [None, OWN])
def test_within_one_account(caller: Caller, policies: dict[str, Any], outcome: Outcome, owner: str | None) -> None:
    assert decide(PolicySet(owner=owner, **policies), Request("s3:GetObject", caller, OBJECT)).outcome is outcome


BETWEEN_ACCOUNTS: list[tuple[str, Caller, dict[str, Any], Outcome]] = [
    ("identity policy alone", BOB, {"identity": [ALL]}, REFUSED),
    ("resource policy alone names the user", BOB, {"resource": BY_BOB}, REFUSED),
    ("resource policy alone names everybody", BOB, {"resource": PUBLIC}, REFUSED),
    ("both, user named", BOB, {"resource": BY_BOB, "identity": [ALL]}, ALLOWED),
    ("both, account named", BOB, {"resource": ACCOUNT, "identity": [ALL]}, ALLOWED),
    ("both, everybody named", BOB, {"resource": PUBLIC, "identity": [ALL]}, ALLOWED),
    ("both, boundary silent", BOB, {"resource": BY_BOB, "identity": [ALL], "boundary": NOTHING}, REFUSED),
    ("both, session named, session policy silent", CI, {"resource": BY_SESSION, "identity": [ALL], "session": [NOTHING]}, REFUSED),
    ("both, role named", CI, {"resource": BY_CI, "identity": [ALL]}, ALLOWED),
    ("identity policy denies", BOB, {"resource": BY_BOB, "identity": [ONLY_DENY]}, DENIED),
    ("resource policy denies", BOB, {"resource": RESOURCE_DENY, "identity": [ALL]}, DENIED),
    ("root user, resource policy names its account", root(), {"resource": ACCOUNT}, ALLOWED),
    ("root user, resource policy silent", root(), {}, REFUSED),
]


@pytest.mark.parametrize(("caller", "policies", "outcome"), [row[1:] for row in BETWEEN_ACCOUNTS], ids=[row[0] for row in BETWEEN_ACCOUNTS])
def test_between_accounts_both_sides_must_allow(caller: Caller, policies: dict[str, Any], outcome: Outcome) -> None:
    assert decide(PolicySet(owner=OTHER, **policies), Request("s3:GetObject", caller, OBJECT)).outcome is outcome


WITHOUT_IDENTITY: list[tuple[str, Caller, dict[str, Any], Outcome]] = [
    ("anonymous, public", ANONYMOUS, {"resource": PUBLIC}, ALLOWED),
    ("anonymous, account named", ANONYMOUS, {"resource": ACCOUNT}, REFUSED),
    ("anonymous, no resource policy", ANONYMOUS, {"identity": [ALL]}, REFUSED),
    ("anonymous, resource policy denies", ANONYMOUS, {"resource": RESOURCE_DENY}, DENIED),
    ("service named", EC2, {"resource": BY_EC2}, ALLOWED),
    ("another service named", service("lambda.amazonaws.com"), {"resource": BY_EC2}, REFUSED),
    ("service, identity policies are not its own", EC2, {"resource": BY_EC2, "identity": [ONLY_DENY]}, ALLOWED),
    ("service, service control policies are not about it", EC2, {"resource": BY_EC2, "scps": [[ONLY_DENY]]}, ALLOWED),
    ("service, resource control policy silent", EC2, {"resource": BY_EC2, "rcps": [[NOTHING]]}, REFUSED),
    ("service, resource control policy denies", EC2, {"resource": BY_EC2, "rcps": [[ALL, RESOURCE_DENY]]}, DENIED),
    ("web identity named", GITHUB, {"resource": BY_GITHUB}, ALLOWED),
    ("web identity not named", GITHUB, {"resource": BY_EC2}, REFUSED),
]


@pytest.mark.parametrize(("caller", "policies", "outcome"), [row[1:] for row in WITHOUT_IDENTITY], ids=[row[0] for row in WITHOUT_IDENTITY])
def test_a_caller_without_policies_of_its_own_needs_the_resource_policy(caller: Caller, policies: dict[str, Any], outcome: Outcome) -> None:
    assert decide(PolicySet(owner=OWN, **policies), Request("s3:GetObject", caller, OBJECT)).outcome is outcome


GUARDRAILS: list[tuple[str, Caller, dict[str, Any], Outcome]] = [
    ("every level allows", BOB, {"scps": [[ALL], [ALL], [NOTHING, ALL]]}, ALLOWED),
    ("one level does not", BOB, {"scps": [[ALL], [NOTHING], [ALL]]}, REFUSED),
    ("a level with no policy allows nothing", BOB, {"scps": [[ALL], []]}, REFUSED),
    ("one level denies", BOB, {"scps": [[ALL], [ALL, ONLY_DENY]]}, DENIED),
    ("it grants nothing", BOB, {"identity": [], "scps": [[ALL]]}, REFUSED),
    ("it binds who is named directly", BOB, {"identity": [], "resource": BY_BOB, "scps": [[NOTHING]]}, REFUSED),
    ("management account", BOB, {"scps": [[ONLY_DENY]], "management": OWN}, ALLOWED),
    ("another management account", BOB, {"scps": [[ONLY_DENY]], "management": OTHER}, DENIED),
    ("service-linked role", LINKED, {"scps": [[ONLY_DENY]]}, ALLOWED),
    ("resource control allows", BOB, {"rcps": [[ALL]]}, ALLOWED),
    ("resource control silent", BOB, {"rcps": [[ALL], [NOTHING]]}, REFUSED),
    ("resource control denies", BOB, {"rcps": [[ALL], [ALL, RESOURCE_DENY]]}, DENIED),
    ("resource control in the management account", BOB, {"rcps": [[RESOURCE_DENY]], "management": OWN}, ALLOWED),
    ("resource control and service-linked role", LINKED, {"rcps": [[RESOURCE_DENY]]}, ALLOWED),
]


@pytest.mark.parametrize(("caller", "policies", "outcome"), [row[1:] for row in GUARDRAILS], ids=[row[0] for row in GUARDRAILS])
def test_organization_policies_limit(caller: Caller, policies: dict[str, Any], outcome: Outcome) -> None:
    given = {"identity": [ALL], "owner": OWN, **policies}

    assert decide(PolicySet(**given), Request("s3:GetObject", caller, OBJECT)).outcome is outcome


ROLE = "arn:aws:iam::111122223333:role/target"
KEY = "arn:aws:kms:us-east-1:111122223333:key/1"
RESOURCE_POLICY_NEEDED: list[tuple[str, str, str | None, dict[str, Any], Outcome]] = [
    ("assume, identity policy alone", "sts:AssumeRole", ROLE, {"identity": [ALL]}, REFUSED),
    ("assume, trust names the account", "sts:AssumeRole", ROLE, {"identity": [ALL], "resource": ACCOUNT}, ALLOWED),
    ("assume, trust names the account, no identity policy", "sts:AssumeRole", ROLE, {"resource": ACCOUNT}, REFUSED),
    ("assume, trust names the user", "sts:AssumeRole", ROLE, {"resource": BY_BOB}, ALLOWED),
    ("assume, any case", "STS:assumerole", ROLE, {"identity": [ALL]}, REFUSED),
    ("decrypt, identity policy alone", "kms:Decrypt", KEY, {"identity": [ALL]}, REFUSED),
    ("decrypt, key policy names the account", "kms:Decrypt", KEY, {"identity": [ALL], "resource": ACCOUNT}, ALLOWED),
    ("decrypt, key policy names the user", "kms:Decrypt", KEY, {"resource": BY_BOB}, ALLOWED),
    ("kms without a key", "kms:ListKeys", None, {"identity": [ALL]}, ALLOWED),
    ("other sts actions", "sts:GetCallerIdentity", None, {"identity": [ALL]}, ALLOWED),
]


@pytest.mark.parametrize(
    ("action", "resource_arn", "policies", "outcome"),
    [row[1:] for row in RESOURCE_POLICY_NEEDED],
    ids=[row[0] for row in RESOURCE_POLICY_NEEDED],
)
def test_trust_and_key_policies_must_take_part(action: str, resource_arn: str | None, policies: dict[str, Any], outcome: Outcome) -> None:
    assert decide(PolicySet(owner=OWN, **policies), Request(action, BOB, resource_arn)).outcome is outcome


def test_a_deny_with_not_principal_always_applies_to_who_has_a_boundary() -> None:
    guarded = policy(
        {
            "Statement": [
                {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
                {"Effect": "Deny", "NotPrincipal": {"AWS": [OWN, f"arn:aws:iam::{OWN}:user/bob"]}, "Action": "*", "Resource": "*"},
            ]
        }
    )
    request = Request("s3:GetObject", BOB, OBJECT)

    assert decide(PolicySet(identity=[ALL], resource=guarded), request).outcome is ALLOWED
    assert decide(PolicySet(identity=[ALL], resource=guarded, boundary=ALL), request).outcome is DENIED


def test_an_unknown_deny_stops_certainty_only() -> None:
    guarded = policy(
        {
            "Statement": [
                {"Effect": "Allow", "Action": "*", "Resource": "*"},
                {"Effect": "Deny", "Action": Unknown("!Ref Actions"), "Resource": "*"},
            ]
        }
    )
    request = Request("s3:GetObject", BOB, OBJECT)

    assert decide(PolicySet(identity=[guarded]), request).outcome is DENIED
    assert decide(PolicySet(identity=[guarded]), request, reading=Reading.POSSIBLE).outcome is ALLOWED


REASONS: list[tuple[dict[str, Any], str]] = [
    ({"identity": [ALL]}, "allowed by the identity policy"),
    ({"identity": [ALL], "boundary": ALL}, "allowed by the identity policy, the permissions boundary"),
    ({"resource": BY_BOB}, "allowed by the resource policy"),
    ({}, "the identity policy does not allow"),
    ({"identity": [NO_STATEMENTS]}, "the identity policy does not allow"),
    ({"identity": [ALL], "boundary": NOTHING}, "the permissions boundary does not allow"),
    ({"identity": [ALL], "scps": [[ALL], [NOTHING]]}, "service control level 2 does not allow"),
    ({"identity": [ALL], "rcps": [[NOTHING]]}, "resource control level 1 does not allow"),
    ({"identity": [ALL], "scps": [[ALL, ONLY_DENY]]}, "service control level 1 denies"),
    ({"identity": [ALL], "resource": RESOURCE_DENY}, "the resource policy denies"),
    ({"identity": [ALL], "owner": OTHER}, "the resource policy does not allow"),
]


@pytest.mark.parametrize(("policies", "reason"), REASONS, ids=[row[1] for row in REASONS])
def test_a_decision_says_why(policies: dict[str, Any], reason: str) -> None:
    assert decide(PolicySet(**policies), Request("s3:GetObject", BOB, OBJECT)).reason == reason


def test_a_decision_names_the_statements() -> None:
    decision = decide(PolicySet(identity=[ALL], boundary=ALL), Request("s3:GetObject", BOB, OBJECT))

    assert decision.statements == (ALL.statements[0], ALL.statements[0])
