"""Is every published way to more permissions told, and only where the policy opens it?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.access.nameless import resource_of
from iamlint.finding import Finding
from iamlint.knowledge.sensitive import EscalationPath, escalation_paths
from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.rulebook.book import load_book
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone

CARDS = tuple(card for card in load_book().cards if card.family == "escalation" or card.name == "passrole-any")
# Ways that the list of paths lacks.
MORE = (
    ("iam:PassRole", "ecs:RunTask"),
    ("iam:PassRole", "ecs:StartTask"),
    ("iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:UpdateService"),
    ("iam:PassRole", "batch:RegisterJobDefinition", "batch:SubmitJob"),
    ("iam:PassRole", "elasticmapreduce:RunJobFlow"),
    ("iam:PassRole", "emr-serverless:StartJobRun"),
    ("iam:PassRole", "ec2:RequestSpotFleet"),
    ("iam:PassRole", "autoscaling:CreateLaunchConfiguration", "autoscaling:CreateAutoScalingGroup"),
    ("iam:PassRole", "ec2:AssociateIamInstanceProfile", "ssm:SendCommand"),
    ("iam:PassRole", "cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"),
    ("iam:PassRole", "cloudformation:UpdateStack"),
    ("iam:PassRole", "glue:CreateSession", "glue:RunStatement"),
    ("iam:PassRole", "sagemaker:CreateHyperParameterTuningJob"),
    ("iam:PassRole", "scheduler:CreateSchedule"),
    ("iam:PassRole", "states:CreateStateMachine", "states:StartExecution"),
    ("iam:PassRole", "ssm:CreateDocument", "ssm:StartAutomationExecution"),
    ("iam:PassRole", "bedrock-agentcore:CreateAgentRuntime", "bedrock-agentcore:InvokeAgentRuntime"),
    ("iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"),
    ("lambda:UpdateFunctionConfiguration",),
    ("states:UpdateStateMachine", "states:StartExecution"),
    ("eks:CreateAccessEntry", "eks:AssociateAccessPolicy"),
    ("sagemaker:CreatePresignedDomainUrl",),
    ("iam:PassRole", "rolesanywhere:CreateTrustAnchor", "rolesanywhere:CreateProfile"),
    ("iam:UpdateSAMLProvider",),
)
PATHS = [
    *sorted(escalation_paths().values(), key=lambda path: path.name),
    *[EscalationPath("+".join(actions), actions, "") for actions in MORE],
]
# Whoever writes policies needs nothing else; whoever has the credentials, the trust or the code of others needs them to have more.
WRITES = ("iam:Attach", "iam:Put", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:AddUserToGroup")
TAGGED = {"Condition": {"StringEquals": {"aws:ResourceTag/team": "payments"}}}


def found(*statements: dict[str, Any]) -> list[Finding]:
    text = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    outcome = lint(find_documents(read_json(Source("policy.json", text.encode())), kind=Kind.IDENTITY), CARDS, Zone(), 0)
    assert outcome.failures == ()
    return list(outcome.findings)


def said(*statements: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(finding.rule, finding.severity.value, finding.message) for finding in found(*statements)}


def worst(*statements: dict[str, Any]) -> int:
    return max((finding.severity.rank for finding in found(*statements)), default=-1)


def allow(actions: list[str], resources: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def severity(path: EscalationPath) -> str:
    if any(action.startswith(WRITES) for action in path.actions):
        return "critical"
    return "high" if any(action.startswith("iam:") for action in path.actions) else "medium"


def by_name(path: EscalationPath) -> str:
    return path.name


def test_there_are_many_paths() -> None:
    assert len(PATHS) - len(MORE) >= 59


@pytest.mark.parametrize("path", PATHS, ids=by_name)
def test_a_published_path_is_told(path: EscalationPath) -> None:
    assert severity(path) in {finding.severity.value for finding in found(allow(list(path.actions)))}


@pytest.mark.parametrize("path", PATHS, ids=by_name)
def test_a_pattern_for_each_action_is_told_alike(path: EscalationPath) -> None:
    listed = allow(list(path.actions))
    patterns = allow([action[:-1].upper() + "?" for action in path.actions])
    assert {row[:2] for row in said(listed)} <= {row[:2] for row in said(patterns)}


@pytest.mark.parametrize("path", PATHS, ids=by_name)
def test_a_deny_is_as_good_as_leaving_the_action_out(path: EscalationPath) -> None:
    for action in path.actions:
        others = [other for other in path.actions if other != action]
        denied = said(allow(list(path.actions)), {"Effect": "Deny", "Action": action, "Resource": "*"})
        assert denied == (said(allow(others)) if others else set()), action


@pytest.mark.parametrize("path", PATHS, ids=by_name)
def test_a_path_over_several_statements_is_told(path: EscalationPath) -> None:
    apart = said(*[allow([action]) for action in path.actions])
    assert {row[:2] for row in apart} == {row[:2] for row in said(allow(list(path.actions)))}


@pytest.mark.parametrize("path", PATHS, ids=by_name)
def test_a_path_to_what_is_named_is_less(path: EscalationPath) -> None:
    """Whoever writes to and can use what is named, all the same, can do all with that."""
    named = [allow([action], resource_of(action).replace("zzzz", "orders")) for action in path.actions]
    assert worst(*named) < worst(allow(list(path.actions)))
    assert len(path.actions) > 1 or not found(*named)


@pytest.mark.parametrize("path", PATHS, ids=by_name)
def test_a_path_to_what_has_a_tag_is_silent(path: EscalationPath) -> None:
    assert found(allow(list(path.actions), **TAGGED)) == []
