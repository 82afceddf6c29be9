"""What counts towards the length of a policy?"""

from __future__ import annotations

import json

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from iamlint.checks.validity import policy_too_long
from iamlint.finding import Finding, Safety
from iamlint.knowledge.names import expand
from iamlint.lint.run import lint
from iamlint.policy.document import Document, Kind
from iamlint.policy.read import find_documents
from iamlint.report.mend import edits_of
from iamlint.rulebook.book import load_book
from iamlint.rulebook.features import LEAST_QUOTA, LEAST_QUOTAS
from iamlint.text.edit import apply
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.text.yaml import read_yaml
from iamlint.zone import Zone
from tests.policy.reading import found

# Kinds of policies whose quota is so large that an example on the card would be pages of text.
QUOTAS = [
    (Kind.IDENTITY, None, 10240, "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"),
    (Kind.SCP, None, 10240, "POLICY_SIZE_EXCEEDS_SCP_QUOTA"),
    (Kind.RCP, None, 5120, "POLICY_SIZE_EXCEEDS_RCP_QUOTA"),
    (Kind.RESOURCE, "AWS::S3::Bucket", 20480, "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"),
]
CARDS = [card for card in load_book().cards if card.name == "policy-too-long"]


def reported(account: str, roles: int) -> bool:
    principals = [f"arn:aws:iam::{account}:role/number-{number:02}" for number in range(roles)]
    statement = {"Effect": "Allow", "Principal": {"AWS": principals}, "Action": "sts:AssumeRole"}
    documents = found(json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=4), Kind.TRUST)
    return bool(lint(documents, CARDS, Zone(), 0).findings)


def test_every_character_but_blanks_counts() -> None:
    assert not reported("210987654321", 43)
    assert reported("210987654321", 46)


def test_what_the_source_fills_in_may_be_short() -> None:
    assert not reported("${data.aws_caller_identity.current.account_id}", 43)
    assert reported("${data.aws_caller_identity.current.account_id}", 70)


def finding(policy: object, kind: Kind = Kind.SESSION) -> Finding:
    return only(found(policy if isinstance(policy, str) else json.dumps(policy, indent=2), kind))


def only(documents: tuple[Document, ...]) -> Finding:
    (said,) = lint(documents, CARDS, Zone(), 0).findings
    return said


def allowing(*actions: str, **more: object) -> dict[str, object]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*", **more}]}


def mended(found_one: Finding) -> str:
    assert found_one.fix is not None
    tree = found_one.document.tree
    return apply(tree.source.text, edits_of(found_one.fix, tree))


def advice(found_one: Finding) -> str:
    assert found_one.fix is not None
    assert found_one.fix.safety is Safety.MANUAL
    assert found_one.fix.changes == ()
    return found_one.fix.title


READING = tuple(action for action in expand("glue:*") if action.startswith(("glue:Get", "glue:BatchGet", "glue:List")))
GLUE = tuple(action for action in expand("glue:*") if action.endswith("s"))
LOOKING = expand("ec2:Describe*")


def test_what_is_said_twice_is_taken_out_and_nothing_reworded_where_that_is_enough() -> None:
    said = finding(allowing("s3:GetObject", *LOOKING, "ec2:Describe*"))
    assert said.fix is not None
    assert said.fix.safety is Safety.SAFE
    assert json.loads(mended(said))["Statement"][0]["Action"] == ["s3:GetObject", "ec2:Describe*"]


def test_narrow_patterns_are_taken_where_they_are_short_enough() -> None:
    said = finding(allowing(*READING))
    assert said.fix is not None
    assert said.fix.safety is Safety.UNSAFE
    assert said.fix.title.endswith("(leaves 125 characters)")
    text = mended(said)
    assert json.loads(text)["Statement"][0]["Action"] == ["glue:BatchGet*", "glue:Get*", "glue:List*"]
    assert len("".join(text.split())) == 125


def test_shorter_ones_are_taken_where_they_are_not() -> None:
    filling = "arn:aws:glue:eu-west-1:210987654321:" + "x" * (2048 - 157)
    said = finding(allowing(*READING, Resource=filling))
    assert json.loads(mended(said))["Statement"][0]["Action"] == ["glue:BatchG*", "glue:Ge*", "glue:L*"]


def test_it_is_said_how_much_is_missing() -> None:
    filling = "arn:aws:glue:eu-west-1:210987654321:" + "x" * 2048
    assert advice(finding(allowing(*READING, Resource=filling))).endswith("; shorter lists would leave 2,202 characters, 154 too many")


def test_a_policy_many_times_too_long_is_not_worked_on() -> None:
    assert advice(finding(allowing(*[f"s3:Get{number}" for number in range(1000)]))) == "split it, or say the same in fewer statements"


def test_a_list_with_an_unknown_value_stays() -> None:
    assert advice(finding(allowing(*READING, "glue:${var.action}"))) == "split it, or say the same in fewer statements"


def test_what_is_denied_stays() -> None:
    assert advice(finding(allowing(*READING, Effect="Deny"))) == "split it, or say the same in fewer statements"


def test_a_policy_in_a_string_of_a_template_gets_advice() -> None:
    properties = {
        "AssumeRolePolicyDocument": {},
        "Policies": [{"PolicyName": "x", "PolicyDocument": json.dumps(allowing(*expand("ec2:*")))}],
    }
    said = only(found(json.dumps({"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": properties}}})))
    assert said.document.embedded
    assert advice(said) == "split it, or say the same in fewer statements"


def only_in_yaml(text: str) -> Finding:
    (tree,) = read_yaml(Source("policy.yaml", text.encode()))
    return only(find_documents(tree, kind=Kind.SESSION))


def test_yaml_keeps_its_comments() -> None:
    actions = "".join(f"      - {action}\n" for action in READING)
    said = only_in_yaml(f"Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    # reads\n    Action:\n{actions}    Resource: '*'\n")
    assert mended(said) == (
        "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    # reads\n    Action:\n"
        "      - glue:BatchGet*\n      - glue:Get*\n      - glue:List*\n    Resource: '*'\n"
    )


# Of AWS's own policies of more than a customer's managed policy may have. The others would have to be split.
SHORT_ENOUGH = {
    "AWSAuditManagerServiceRolePolicy",
    "AWSBackupOperatorAccess",
    "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",
    "AWSMarketplaceSellerFullAccess",
    "AmazonEKSServiceRolePolicy",
    "AmazonInspector2ServiceRolePolicy",
    "AmazonSageMakerHyperPodInferenceAccess",
    "AmazonSageMakerServiceCatalogProductsCloudformationServiceRolePolicy",
    "CloudWatchFullAccessV2",
    "CloudwatchApplicationInsightsServiceLinkedRolePolicy",
    "NetworkAdministrator",
    "ResourceGroupsTaggingAPITagUntagSupportedResources",
    "SageMakerStudioDomainExecutionRolePolicy",
}


def too_long() -> dict[str, str]:
    rows = json.loads(aws_managed_policies_data)
    texts = {name: json.dumps(row["Document"], indent=2) for name, row in rows.items()}
    return {name: text for name, text in texts.items() if 6144 < len("".join(text.split())) <= 10000}


def test_policies_of_aws_get_short_enough() -> None:
    offered = set()
    for name, text in too_long().items():
        said = finding(text, Kind.BOUNDARY)
        if said.fix and said.fix.changes:
            offered.add(name)
            assert lint(found(mended(said), Kind.BOUNDARY), CARDS, Zone(), 0).findings == ()
    assert offered == SHORT_ENOUGH


def codes(kind: Kind, resource_type: str | None, length: int) -> list[tuple[str, ...]]:
    """What is said of a policy of this many characters without blanks."""
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": ""}
    if kind not in (Kind.RESOURCE, Kind.RCP):
        del statement["Principal"]
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    bare = len(json.dumps(policy, separators=(",", ":")))
    statement["Resource"] = "r" * (length - bare)
    tree = read_json(Source("policy.json", json.dumps(policy).encode()))
    findings = lint(find_documents(tree, kind=kind, resource_type=resource_type), CARDS, Zone(), 0).findings
    return [finding.aws_codes for finding in findings]


@pytest.mark.parametrize(("kind", "resource_type", "quota", "code"), QUOTAS)
def test_one_character_more_than_the_quota_is_too_many(kind: Kind, resource_type: str | None, quota: int, code: str) -> None:
    assert codes(kind, resource_type, quota) == []
    assert codes(kind, resource_type, quota + 1) == [(code,)]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_policy_that_may_be_over_its_quota_is_long(kind: Kind) -> None:
    own = policy_too_long.QUOTAS.get(kind)
    quotas = [own[0]] if own else [quota for quota, *_ in policy_too_long.OF_RESOURCES.values()]
    assert LEAST_QUOTAS.get(kind, LEAST_QUOTA) <= min(quotas)
