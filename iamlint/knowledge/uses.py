"""Which uses of a resource does AWS let its policy grant to a service, and what does the service say of whose it acts for?

An entry says what a page of AWS shows in the policy of a bucket, queue, topic, function, key or log group. A service that is not here is
not known, and nothing may be concluded from that. The services whose uses nobody else can bring about are left out.
"""

from __future__ import annotations

from iamlint.knowledge.services import short_name

# The source keys are shown for every one of these uses; a service says both where its line starts with `+`, else the ARN:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
# https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
# https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
# https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
_USES = """
  apigateway lambda:InvokeFunction
+ bedrock lambda:InvokeFunction
+ billingreports s3:PutObject
+ budgets sns:Publish
  cloudfront s3:GetObject s3:PutObject lambda:InvokeFunctionUrl kms:Decrypt
  cloudtrail s3:PutObject sns:Publish kms:GenerateDataKey
+ cloudwatch sns:Publish
+ cognito-idp lambda:InvokeFunction
+ config s3:PutObject sns:Publish lambda:InvokeFunction
+ delivery.logs s3:PutObject logs:PutLogEvents
  elasticloadbalancing lambda:InvokeFunction
+ es logs:PutLogEvents
  events lambda:InvokeFunction sqs:SendMessage
+ guardduty s3:PutObject kms:GenerateDataKey
+ inspector2 s3:PutObject
+ iot lambda:InvokeFunction
+ lambda.alarms.cloudwatch lambda:InvokeFunction
+ lexv2 lambda:InvokeFunction
  logs lambda:InvokeFunction
+ logging.s3 s3:PutObject
+ macie s3:PutObject
+ route53 logs:PutLogEvents
+ s3 s3:PutObject sns:Publish sqs:SendMessage lambda:InvokeFunction
+ secretsmanager lambda:InvokeFunction
+ serverlessrepo s3:GetObject
+ ses s3:PutObject sns:Publish lambda:InvokeFunction
  sns sqs:SendMessage lambda:InvokeFunction
"""
# What these read they show to whoever set them up.
_SHOWS = frozenset({"cloudfront"})


def uses(service: str) -> tuple[str, ...]:
    """The actions by which the service uses a resource for its customer, saying whose resource it acts for."""
    return tuple(_line(service)[1:])


def source_key(service: str) -> str:
    """The source key that AWS shows for the service: `aws:SourceAccount` where it shows both."""
    return "aws:SourceAccount" if _line(service)[:1] == ["+"] else "aws:SourceArn"


def shows_what_it_reads(service: str) -> bool:
    """Whether whoever sets the service up can read by it."""
    return short_name(service) in _SHOWS


def _line(service: str) -> list[str]:
    """The mark of the service and its actions."""
    name = short_name(service)
    for line in _USES.splitlines():
        words = line[2:].split()
        if words and words[0] == name:
            return [line[:1], *words[1:]]
    return []
