"""May the holder of an identity policy run its own code where a role is already at work?"""

from __future__ import annotations

from iamlint.access.permits import wide_permits
from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.access import Access
    from iamlint.access.permit import Permit
    from iamlint.access.powers import Chain
    from iamlint.case import Case
    from iamlint.finding import Finding

# What runs the caller's code or commands with the role that is there: https://pathfinding.cloud/paths/. A function loads the layers of its
# configuration, whoever administers a cluster is in every pod, and a deployment runs the scripts of what is deployed. A job takes another
# command than its definition has: https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerOverrides.html.
_TAKES_OVER = Powers(
    *("lambda:UpdateFunctionCode", "ssm:SendCommand", "ssm:StartSession", "ecs:ExecuteCommand"),
    *("ec2-instance-connect:SendSSHPublicKey", "ec2:ModifyInstanceAttribute + ec2:StopInstances + ec2:StartInstances"),
    *("ec2:CreateLaunchTemplateVersion + ec2:ModifyLaunchTemplate", "cloudformation:UpdateStack"),
    *("cloudformation:CreateChangeSet + cloudformation:ExecuteChangeSet", "codebuild:StartBuild", "codebuild:StartBuildBatch"),
    *("apprunner:UpdateService", "glue:UpdateDevEndpoint", "sagemaker:CreatePresignedNotebookInstanceUrl"),
    "sagemaker:CreateNotebookInstanceLifecycleConfig + sagemaker:UpdateNotebookInstance + sagemaker:StartNotebookInstance",
    *("lambda:UpdateFunctionConfiguration", "states:UpdateStateMachine + states:StartExecution"),
    *("sagemaker:CreatePresignedDomainUrl", "eks:CreateAccessEntry + eks:AssociateAccessPolicy"),
    "bedrock-agentcore:StartCodeInterpreterSession + bedrock-agentcore:InvokeCodeInterpreter",
    *(
        "bedrock-agentcore:InvokeAgentRuntimeCommand",
        "bedrock-agentcore:StartBrowserSession + bedrock-agentcore:ConnectBrowserAutomationStream",
    ),
    *("ssm:CreateAssociation", "elasticmapreduce:AddJobFlowSteps", "batch:SubmitJob"),
    "codedeploy:CreateDeployment + codedeploy:RegisterApplicationRevision",
)
ACTIONS = _TAKES_OVER.actions
# Documents that leave it to the caller what is run, and any that nobody named:
# https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-sessiondocumentaccesscheck.html
_ANY_DOCUMENT = "arn:aws:ssm:us-east-1:111122223333:document/zzzz"
_COMMANDS = (
    *("arn:aws:ssm:us-east-1::document/AWS-RunShellScript", "arn:aws:ssm:us-east-1::document/AWS-RunPowerShellScript"),
    *("arn:aws:ssm:us-east-1:111122223333:document/AWS-RunShellScript", _ANY_DOCUMENT),
)
_BY_DOCUMENT = {
    "ssm:SendCommand": _COMMANDS,
    "ssm:CreateAssociation": _COMMANDS,
    "ssm:StartSession": (
        *("arn:aws:ssm:us-east-1:111122223333:document/SSM-SessionManagerRunShell", "arn:aws:ssm:us-east-1::document/AWS-StartSSHSession"),
        *("arn:aws:ssm:us-east-1::document/AWS-StartInteractiveCommand", _ANY_DOCUMENT),
    ),
}


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy, about all such actions."""
    chains = [chain for chain in _TAKES_OVER.held(case.access) if _says_what(case.access, chain)]
    if chains:
        yield case.granting(
            f"the holder can run code with the role of what is there already, with {listed(chains)}",
            chains[0],
            label="its role does what the caller says",
            fix=Fix(Safety.MANUAL, "name in `Resource` what the holder looks after, or ask for its tag with `aws:ResourceTag`"),
        )


def _says_what(access: Access, chain: Chain) -> bool:
    """Whether the caller says what is run: of what goes through a document, whether one is allowed that leaves it to the caller."""
    first = chain[0]
    if first.action not in _BY_DOCUMENT or (first.action == "ssm:StartSession" and not _checks_document(first)):
        return True
    return any(next(wide_permits(access, first.action, about), None) is not None for about in _BY_DOCUMENT[first.action])


def _checks_document(permit: Permit) -> bool:
    return any(condition.key.lower() == "ssm:sessiondocumentaccesscheck" for condition in permit.statement.conditions)
