"""Which actions does a call of AWS's API need?

Most need the action of their own name. The tables here are of those that AWS documents otherwise, and of the names that clients of the
SDKs have in place of a service's prefix; a call that needs other actions by what it is about (`dynamodb:TransactWriteItems`) is in none.
"""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# A copy needs the source's action on the source, which is a call of its own here: `s3:GetObject`. The first line of each service names it.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
# https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
# https://docs.aws.amazon.com/bedrock/latest/userguide/inference-prereq.html
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html
# https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html
_NEEDS = """
bedrock
Converse InvokeModel
ConverseStream InvokeModelWithResponseStream

dynamodb
TransactGetItems GetItem

lambda
Invoke InvokeFunction
InvokeWithResponseStream InvokeFunction

s3
CompleteMultipartUpload PutObject
CopyObject PutObject
CreateMultipartUpload PutObject
DeleteBucketAnalyticsConfiguration PutAnalyticsConfiguration
DeleteBucketCors PutBucketCORS
DeleteBucketEncryption PutEncryptionConfiguration
DeleteBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
DeleteBucketInventoryConfiguration PutInventoryConfiguration
DeleteBucketLifecycle PutLifecycleConfiguration
DeleteBucketMetricsConfiguration PutMetricsConfiguration
DeleteBucketOwnershipControls PutBucketOwnershipControls
DeleteBucketReplication PutReplicationConfiguration
DeleteBucketTagging PutBucketTagging
DeleteObjects DeleteObject
DeletePublicAccessBlock PutBucketPublicAccessBlock
DownloadFile GetObject
DownloadFileobj GetObject
GetBucketAccelerateConfiguration GetAccelerateConfiguration
GetBucketAnalyticsConfiguration GetAnalyticsConfiguration
GetBucketEncryption GetEncryptionConfiguration
GetBucketIntelligentTieringConfiguration GetIntelligentTieringConfiguration
GetBucketInventoryConfiguration GetInventoryConfiguration
GetBucketLifecycle GetLifecycleConfiguration
GetBucketLifecycleConfiguration GetLifecycleConfiguration
GetBucketMetricsConfiguration GetMetricsConfiguration
GetBucketNotificationConfiguration GetBucketNotification
GetBucketReplication GetReplicationConfiguration
GetObjectAttributes GetObject GetObjectAttributes
GetObjectLockConfiguration GetBucketObjectLockConfiguration
GetPublicAccessBlock GetBucketPublicAccessBlock
HeadBucket ListBucket
HeadObject GetObject
ListBucketAnalyticsConfigurations GetAnalyticsConfiguration
ListBucketIntelligentTieringConfigurations GetIntelligentTieringConfiguration
ListBucketInventoryConfigurations GetInventoryConfiguration
ListBucketMetricsConfigurations GetMetricsConfiguration
ListBuckets ListAllMyBuckets
ListMultipartUploads ListBucketMultipartUploads
ListObjects ListBucket
ListObjectsV2 ListBucket
ListObjectVersions ListBucketVersions
ListParts ListMultipartUploadParts
PutBucketAccelerateConfiguration PutAccelerateConfiguration
PutBucketAnalyticsConfiguration PutAnalyticsConfiguration
PutBucketEncryption PutEncryptionConfiguration
PutBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
PutBucketInventoryConfiguration PutInventoryConfiguration
PutBucketLifecycle PutLifecycleConfiguration
PutBucketLifecycleConfiguration PutLifecycleConfiguration
PutBucketMetricsConfiguration PutMetricsConfiguration
PutBucketNotificationConfiguration PutBucketNotification
PutBucketReplication PutReplicationConfiguration
PutObjectLockConfiguration PutBucketObjectLockConfiguration
PutPublicAccessBlock PutBucketPublicAccessBlock
SelectObjectContent GetObject
UploadFile PutObject
UploadFileobj PutObject
UploadPart PutObject
UploadPartCopy PutObject

secretsmanager
BatchGetSecretValue BatchGetSecretValue GetSecretValue

sns
PublishBatch Publish

sqs
ChangeMessageVisibilityBatch ChangeMessageVisibility
DeleteMessageBatch DeleteMessage
SendMessageBatch SendMessage
"""
# https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
# https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
_FREE = frozenset({"sts:getcalleridentity", "sts:getsessiontoken"})
# Names of clients of boto3 (https://docs.aws.amazon.com/boto3/latest/reference/services/) whose actions have another prefix:
# https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
_CLIENTS = {
    "amp": "aps",
    "bedrock-agent": "bedrock",
    "bedrock-agent-runtime": "bedrock",
    "bedrock-runtime": "bedrock",
    "docdb": "rds",
    "dynamodbstreams": "dynamodb",
    "efs": "elasticfilesystem",
    "elb": "elasticloadbalancing",
    "elbv2": "elasticloadbalancing",
    "emr": "elasticmapreduce",
    "iot-data": "iot",
    "mwaa": "airflow",
    "neptune": "rds",
    "opensearchserverless": "aoss",
    "personalize-runtime": "personalize",
    "pinpoint": "mobiletargeting",
    "s3control": "s3",
    "sagemaker-runtime": "sagemaker",
    "service-quotas": "servicequotas",
    "sso-admin": "sso",
    "stepfunctions": "states",
    "timestream-query": "timestream",
    "timestream-write": "timestream",
}


def needed_by(call: str) -> tuple[str, ...] | None:
    """The actions that a call needs, named as by AWS, an SDK or the CLI (`s3:list_objects_v2`); None where that is not known."""
    service, _, name = call.partition(":")
    service = _CLIENTS.get(service.lower(), service.lower())
    lower = f"{service}:{name.replace('_', '').replace('-', '').lower()}"
    if lower in _FREE:
        return ()
    if lower in other_actions():
        return other_actions()[lower]
    from iamlint.knowledge.names import canonical

    found = canonical(lower) or canonical(f"{service}:{name}")
    return (found,) if found is not None else None


@cache
def other_actions() -> Mapping[str, tuple[str, ...]]:
    """By the name of a call in lower case, the actions that it needs, where that is not the one of its own name alone."""
    found: dict[str, tuple[str, ...]] = {}
    for block in _NEEDS.strip().split("\n\n"):
        service, *lines = block.split("\n")
        for call, *actions in map(str.split, lines):
            found[f"{service}:{call.lower()}"] = tuple([f"{service}:{action}" for action in actions])
    return found
