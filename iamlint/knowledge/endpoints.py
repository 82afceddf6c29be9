"""Which services say whose VPC endpoint a request came through?

AWS adds services to its list: that one is not on it says little of tomorrow. A copy of September 2026 of
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgid and of its neighbours
`aws:VpceAccount` and `aws:VpceOrgPaths`, whose lists are taken together.
"""

from __future__ import annotations

OWNER_KEYS = ("aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths")
"""The keys that say so, in lower case."""
_SERVICES = tuple(
    """
    acm-pca applicationinsights apprunner athena b2bi cassandra cloudformation cognito-identity comprehendmedical compute-optimizer
    datasync discovery dms ds-data dynamodb ebs ecr ecs firehose gamelift healthlake iam identitystore iotfleetwise iottwinmaker
    iotwireless kinesisanalytics kms lambda medical-imaging network-firewall omics payment-cryptography polly pricing rbin rekognition
    route53 s3 scheduler servicediscovery servicequotas ses shield sms-voice sqs ssm-contacts storagegateway textract transcribe transfer
    workmail
    """.split()
)


def says_whose_endpoint(service: str) -> bool:
    """Whether requests to a service (`s3`) do, or may do: it is listed by its name, and `s3` may stand for `s3express` too."""
    return service.lower().startswith(_SERVICES)
