"""May the holder of an identity policy run its own code where a role is already at work?"""

from __future__ import annotations

from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# What runs the caller's code or commands with the role that is there: https://pathfinding.cloud/paths/. A function loads the layers of its
# configuration, and whoever administers a cluster is in every pod.
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
)


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy, about all such actions."""
    chains = _TAKES_OVER.held(case.access)
    if chains:
        yield case.granting(
            f"the holder can run code with the role of what is there already, with {listed(chains)}",
            chains[0],
            label="its role does what the caller says",
            fix=Fix(Safety.MANUAL, "name in `Resource` what the holder looks after, or ask for its tag with `aws:ResourceTag`"),
        )
