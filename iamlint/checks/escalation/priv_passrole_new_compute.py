"""May the holder of an identity policy start something that runs its code with any role?"""

from __future__ import annotations

from iamlint.access.everything import everything
from iamlint.access.permits import permits, wide_permit
from iamlint.access.powers import Powers, listed
from iamlint.access.roles import pass_role_codes
from iamlint.finding import Fix, Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.access import Access
    from iamlint.access.permit import Permit
    from iamlint.case import Case
    from iamlint.finding import Finding

_PASS = "iam:PassRole"
# By the service that gets the role, what starts the caller's code there: https://pathfinding.cloud/paths/. A task can be started with
# another role than its definition has: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html. A schedule and
# an automation make any call: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html.
_STARTS = {
    "lambda.amazonaws.com": (
        "lambda:CreateFunction + lambda:InvokeFunction",
        "lambda:CreateFunction + lambda:CreateEventSourceMapping",
        "lambda:CreateFunction + lambda:AddPermission",
        "lambda:CreateFunction + lambda:CreateFunctionUrlConfig",
    ),
    "ec2.amazonaws.com": (
        *("ec2:RunInstances", "ec2:RequestSpotInstances", "ec2:RequestSpotFleet", "elasticmapreduce:RunJobFlow"),
        "autoscaling:CreateLaunchConfiguration + autoscaling:CreateAutoScalingGroup",
        "autoscaling:CreateLaunchConfiguration + autoscaling:UpdateAutoScalingGroup",
        "imagebuilder:CreateComponent + imagebuilder:CreateImageRecipe"
        " + imagebuilder:CreateInfrastructureConfiguration + imagebuilder:CreateImage",
        *("ec2:AssociateIamInstanceProfile + ssm:SendCommand", "ec2:AssociateIamInstanceProfile + ssm:StartSession"),
        *("ec2:ReplaceIamInstanceProfileAssociation + ssm:SendCommand", "ec2:ReplaceIamInstanceProfileAssociation + ssm:StartSession"),
    ),
    "ecs-tasks.amazonaws.com": (
        "ecs:RegisterTaskDefinition + ecs:RunTask",
        "ecs:RegisterTaskDefinition + ecs:StartTask",
        *("ecs:RegisterTaskDefinition + ecs:CreateService", "ecs:RegisterTaskDefinition + ecs:UpdateService"),
        *("ecs:RunTask", "ecs:StartTask", "batch:RegisterJobDefinition + batch:SubmitJob"),
    ),
    "cloudformation.amazonaws.com": (
        "cloudformation:CreateStack",
        "cloudformation:CreateStackSet + cloudformation:CreateStackInstances",
        *("cloudformation:UpdateStackSet", "cloudformation:UpdateStack"),
        "cloudformation:CreateChangeSet + cloudformation:ExecuteChangeSet",
    ),
    "glue.amazonaws.com": (
        "glue:CreateDevEndpoint",
        "glue:CreateJob + glue:StartJobRun",
        "glue:CreateJob + glue:CreateTrigger",
        "glue:UpdateJob + glue:StartJobRun",
        *("glue:UpdateJob + glue:CreateTrigger", "glue:CreateSession + glue:RunStatement"),
    ),
    "codebuild.amazonaws.com": ("codebuild:CreateProject + codebuild:StartBuild", "codebuild:CreateProject + codebuild:StartBuildBatch"),
    "sagemaker.amazonaws.com": (
        *("sagemaker:CreateNotebookInstance", "sagemaker:CreateTrainingJob", "sagemaker:CreateProcessingJob"),
        "sagemaker:CreateHyperParameterTuningJob",
    ),
    "states.amazonaws.com": ("states:CreateStateMachine + states:StartExecution",),
    "emr-serverless.amazonaws.com": ("emr-serverless:StartJobRun",),
    "scheduler.amazonaws.com": ("scheduler:CreateSchedule", "scheduler:UpdateSchedule"),
    "ssm.amazonaws.com": ("ssm:CreateDocument + ssm:StartAutomationExecution",),
    "tasks.apprunner.amazonaws.com": ("apprunner:CreateService",),
    "datapipeline.amazonaws.com": ("datapipeline:CreatePipeline + datapipeline:PutPipelineDefinition + datapipeline:ActivatePipeline",),
    "bedrock-agentcore.amazonaws.com": (
        "bedrock-agentcore:CreateCodeInterpreter + bedrock-agentcore:StartCodeInterpreterSession + bedrock-agentcore:InvokeCodeInterpreter",
        "bedrock-agentcore:CreateAgentRuntime + bedrock-agentcore:InvokeAgentRuntime",
        "bedrock-agentcore:CreateAgentRuntime + bedrock-agentcore:InvokeAgentRuntimeCommand",
        "bedrock-agentcore:CreateBrowser + bedrock-agentcore:StartBrowserSession + bedrock-agentcore:ConnectBrowserAutomationStream",
    ),
    "braket.amazonaws.com": ("braket:CreateJob",),
    "gamelift.amazonaws.com": ("gamelift:CreateBuild + gamelift:CreateFleet",),
    "kinesisanalytics.amazonaws.com": ("kinesisanalytics:CreateApplication + kinesisanalytics:StartApplication",),
    "omics.amazonaws.com": ("omics:CreateWorkflow + omics:StartRun",),
}
_POWERS = {service: Powers(*starts) for service, starts in _STARTS.items()}
_STARTING = Powers(*[start for starts in _STARTS.values() for start in starts])
_PASSES = Powers(_PASS)
ACTIONS = _PASSES.actions


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy, about the services to which it can pass any role and where it can start something."""
    access = case.access
    if not _PASSES.named(access) or everything(access) is not None:
        return
    found = list(_started(access))
    if not found:
        return
    service, first = found[0]
    more = len(found) - 1
    yield case.granting(
        f"the holder can run code with any role that trusts `{service}`, with {listed([first])}"
        + (f"; so it can at {more} more service{'' if more == 1 else 's'}" if more else ""),
        first,
        label="any role",
        fix=Fix(Safety.MANUAL, "name in `Resource` the roles that may be passed"),
        aws_codes=pass_role_codes(first[0].statement),
    )


def _started(access: Access) -> Iterator[tuple[str, tuple[Permit, ...]]]:
    """The services to which the policy can pass a role that nobody named, each with the first way to start something there."""
    known: dict[str, Permit | None] = {}
    named = _STARTING.named(access)
    for service, powers in _POWERS.items() if named else ():
        ways = () if powers.actions.isdisjoint(named) else powers.among(named)
        passed = wide_permit(access, _PASS, {"iam:PassedToService": service}) if ways else None
        for way in ways if passed is not None else ():
            starting = _permits(access, way, known)
            if passed is not None and len(starting) == len(way):
                yield service, (passed, *starting)
                break


def _permits(access: Access, actions: Sequence[str], known: dict[str, Permit | None]) -> list[Permit]:
    """How the policy allows the actions, up to one that it does not; `known` has those that were asked about before."""
    found = []
    for action in actions:
        if action not in known:
            known[action] = next(permits(access, action), None)
        permit = known[action]
        if permit is None:
            break
        found.append(permit)
    return found
