"""Which keys does a service send when it assumes a role for a resource of its customer?

AWS has no list; an entry says what a page of the service's own documentation shows. A service that is not here is not known, and
nothing may be concluded from that (https://github.com/prowler-cloud/prowler/issues/7021 tells of services that send no source keys).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# Redshift passes the database user: https://docs.aws.amazon.com/redshift/latest/mgmt/authorizing-redshift-service.html
# Firehose the account of the stream: https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
# Cognito what the user pool's SMS configuration names: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-sms-settings.html
# VM Import `vmimport`: https://docs.aws.amazon.com/vm-import/latest/userguide/required-permissions.html
# CloudWatch investigations the group: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/investigations-cross-account.html
# Pinpoint, in roles from before 2022, the account: https://docs.aws.amazon.com/pinpoint/latest/developerguide/permissions-streams.html
# Elastic Beanstalk its own name: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/iam-servicerole.html
_SENDS_EXTERNAL_ID = frozenset({"aiops", "cognito-idp", "elasticbeanstalk", "firehose", "pinpoint", "redshift", "vmie"})

# Services whose documented trust policies test no external id.
_NO_EXTERNAL_ID = """
access-analyzer access-grants.s3 acm airflow airflow-env amplify amplifybackend apigateway appconfig appflow
application-autoscaling application.qbusiness appstream appstream.application-autoscaling appsync athena autoscaling backup
backup-gateway batch batchoperations.s3 budgets build.apprunner cloudformation cloudformation.sync.codeconnections cloudfront
cloudtrail codebuild codedeploy codepipeline cognito-sync comprehend config credentials.iot custom.rds datapipeline datasync dax
delivery.logs directoryservice.rds dlm dms dms-fleet-advisor drt.shield ec2 ecs ecs-tasks edgelambda eks-fargate-pods
elasticloadbalancing elasticmapreduce es events export.rds fis forecast gamelift glue greengrass hooks.cloudformation
integrations.qbusiness iot iotdeviceadvisor iotevents iotfleethub iotsitewise iotwireless ivschat kendra kinesisanalytics
lakeformation lambda lexv2 logs malware-protection.guardduty mediaconvert medialive monitor.iotsitewise monitoring.rds
opensearchservice osis-pipelines personalize pipes pods.eks prod.euc.ecm proton pullthroughcache.ecr q qbusiness rds rekognition
replication.s3tables resources.cloudformation rolesanywhere s3 s3-outposts sagemaker sagemaker-geospatial
sagemaker-ground-truth-plus scheduler scheduler.redshift ses sms-voice spotfleet ssm ssm-incidents states storagegateway
streams.metrics.cloudwatch supportapp textract transcribe transcribe.streaming transfer translate voiceid vpc-flow-logs
"""

# Services whose documentation shows both source keys in a trust policy.
_BOTH_SOURCE_KEYS = """
access-grants.s3 aiops airflow airflow-env amplify amplifybackend application.qbusiness appstream appsync athena autoscaling batch
cloudformation.sync.codeconnections codebuild codedeploy cognito-idp cognito-sync comprehend datasync directoryservice.rds dlm dms
ecs-tasks elasticmapreduce es greengrass hooks.cloudformation integrations.qbusiness iot iotdeviceadvisor iotevents iotfleethub
iotsitewise kinesisanalytics logs mediaconvert monitoring.rds personalize pinpoint pipes proton q qbusiness rds rekognition
resources.cloudformation scheduler ses spotfleet ssm states textract transcribe transcribe.streaming transfer translate voiceid
vpc-flow-logs
"""
_SHOWS_ARN = frozenset({"eks-fargate-pods", "rolesanywhere", "sagemaker", "ssm-incidents"})
_SHOWS_ACCOUNT = frozenset({"cloudfront", "config"})

# CloudFormation: for the administration role of stack sets only. CloudTrail: for the copy role of CloudTrail Lake; the role that
# delivers to CloudWatch Logs is said to break (https://github.com/prowler-cloud/prowler/issues/4714).
_MIXED = frozenset({"cloudformation", "cloudtrail"})
# https://github.com/prowler-cloud/prowler/issues/7021
_REPORTED_NOT_SENT = frozenset({"elastictranscoder"})

# Documented for some kinds of jobs or automations only; their other roles may break:
# https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
# https://docs.aws.amazon.com/systems-manager/latest/userguide/cross-service-confused-deputy-prevention.html
_FOR_SOME_ROLES = frozenset({"sagemaker", "ssm"})
# Services to which a role must be passed by somebody in its own account: the Service Authorization Reference has `iam:PassRole` among
# the dependent actions, an AWS managed policy tests `iam:PassedToService` for it, or the guide asks for it, as that of EKS does:
# https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
_CHECKS_PASS_ROLE = """
access-grants.s3 aiops airflow airflow-env appsync athena autoscaling cloudformation.sync.codeconnections codebuild config datasync
directoryservice.rds dms ecs-tasks eks-fargate-pods elasticmapreduce greengrass iot iotsitewise kinesisanalytics logs mediaconvert
monitoring.rds personalize pipes proton q rds rolesanywhere scheduler ses spotfleet ssm-incidents states transfer vpc-flow-logs
"""

# Roles Anywhere passes what a certificate says: https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
_SENDS_TAGS = frozenset({"rolesanywhere"})
# These hand a role's credentials on to whoever shows them a certificate, a token or an activation, and may say from where that came.
_FOR_CALLERS = frozenset({"cognito-idp", "credentials.iot", "eks-fargate-pods", "pods.eks", "rolesanywhere", "ssm"})

# Services that run their customer's code as the role: compute and builds.
_RUNS_CODE = """
airflow airflow-env batch bedrock-agentcore build.apprunner cloudformation codebuild codedeploy codepipeline ec2 ecs-tasks edgelambda
eks-fargate-pods elasticmapreduce emr-serverless gamelift glue greengrass imagebuilder kinesisanalytics lambda pods.eks robomaker
sagemaker ssm tasks.apprunner
"""
# Services whose guides let them share a role, or that run one piece of work together:
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
# https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-create-role.html
# https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-glue.html
_TOGETHER = tuple(
    frozenset(group.split())
    for group in (
        "lambda edgelambda",
        "ec2 ssm",
        "airflow airflow-env",
        "build.apprunner tasks.apprunner",
        "ec2 ecs-tasks",
        "ec2 batch ecs-tasks",
        "ec2 elasticmapreduce",
        "ec2 imagebuilder ssm",
        "cloudformation codebuild codedeploy codepipeline",
        "glue sagemaker",
        "greengrass lambda",
    )
)

_SUFFIXES = (".amazonaws.com", ".amazonaws.com.cn")


def sends_external_id(service: str) -> bool | None:
    """Whether the service principal (`firehose.amazonaws.com`) passes an external id; None when that is not known."""
    name = short_name(service)
    if name in _SENDS_EXTERNAL_ID:
        return True
    return False if name in _NO_EXTERNAL_ID.split() else None


def sends_source_keys(service: str) -> str | None:
    """Whether the service passes `aws:SourceArn` or `aws:SourceAccount`: `documented`, `mixed` (for some of its roles),
    `reported-not-sent`, or None when that is not known.
    """
    name = short_name(service)
    if name in _BOTH_SOURCE_KEYS.split() or name in _SHOWS_ARN or name in _SHOWS_ACCOUNT:
        return "documented"
    if name in _MIXED:
        return "mixed"
    return "reported-not-sent" if name in _REPORTED_NOT_SENT else None


def source_keys(service: str) -> tuple[str, ...]:
    """The source keys that the service's documentation shows in a trust policy; none when it shows none."""
    name = short_name(service)
    if name in _BOTH_SOURCE_KEYS.split() or name in _MIXED:
        return ("aws:SourceAccount", "aws:SourceArn")
    if name in _SHOWS_ARN:
        return ("aws:SourceArn",)
    return ("aws:SourceAccount",) if name in _SHOWS_ACCOUNT else ()


def always_sends_source_keys(service: str) -> bool:
    """Whether the service's documentation shows source keys for all of the roles that it assumes, as far as is known."""
    return sends_source_keys(service) == "documented" and short_name(service) not in _FOR_SOME_ROLES


def checks_pass_role(service: str) -> bool:
    """Whether the service is known to take a role only from somebody who may pass it, in the role's own account."""
    return short_name(service) in _CHECKS_PASS_ROLE.split()


def runs_code(service: str) -> bool:
    """Whether the service runs its customer's code as the role, which is then in the hands of whoever writes the code."""
    return short_name(service) in _RUNS_CODE.split()


def work_together(services: Iterable[str]) -> bool:
    """Whether AWS documents a role that all of the services share."""
    names = {short_name(service) for service in services}
    return any(names <= group for group in _TOGETHER)


def sends_tags(service: str) -> bool:
    """Whether a call of the service carries tags of its own, `aws:PrincipalTag/…`."""
    return short_name(service) in _SENDS_TAGS


def calls_for_callers(service: str) -> bool:
    """Whether the service assumes roles for somebody who calls it, and not only for itself."""
    return short_name(service) in _FOR_CALLERS


def short_name(service: str) -> str:
    """The name without AWS's suffix and without a region: `logs` for `logs.eu-west-1.amazonaws.com`."""
    lower = service.lower()
    for suffix in _SUFFIXES:
        if lower.endswith(suffix):
            lower = lower[: -len(suffix)]
            break
    head, _, last = lower.rpartition(".")
    return head if head and _is_region(last) else lower


def _is_region(text: str) -> bool:
    parts = text.split("-")
    return len(parts) >= 3 and len(parts[0]) == 2 and parts[-1].isdigit()
