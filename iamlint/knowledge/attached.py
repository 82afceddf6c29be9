"""Of which service are the actions and resources of the policy that a type of resource has?"""

from __future__ import annotations

# Resources whose policies are about nothing but themselves, by the prefix of their actions and ARNs:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
_PREFIXES = {
    "AWS::ApiGateway::RestApi": "execute-api",
    "AWS::DynamoDB::Stream": "dynamodb",
    "AWS::DynamoDB::Table": "dynamodb",
    "AWS::ECR::Repository": "ecr",
    "AWS::EFS::FileSystem": "elasticfilesystem",
    "AWS::KMS::Key": "kms",
    "AWS::Kinesis::Stream": "kinesis",
    "AWS::Lambda::Function": "lambda",
    "AWS::Lambda::LayerVersion": "lambda",
    "AWS::OpenSearchService::Domain": "es",
    "AWS::S3::AccessPoint": "s3",
    "AWS::S3::Bucket": "s3",
    "AWS::S3::MultiRegionAccessPoint": "s3",
    "AWS::S3Express::DirectoryBucket": "s3express",
    "AWS::S3ObjectLambda::AccessPoint": "s3-object-lambda",
    "AWS::SecretsManager::Secret": "secretsmanager",
    "AWS::SNS::Topic": "sns",
    "AWS::SQS::Queue": "sqs",
}


# What Access Analyzer calls policies that are no policy of a resource.
_OF_OTHERS = ("AWS::IAM::AssumeRolePolicyDocument", "AWS::EC2::VPCEndpoint")


def resource_types() -> tuple[str, ...]:
    """The types of resources of whose policies something is known."""
    return (*_PREFIXES, *_OF_OTHERS)


def service_of(resource_type: str | None) -> str:
    """The service of a type of resource (`AWS::S3::Bucket`); empty where its policy can be about others, or is not known."""
    return _PREFIXES.get(resource_type or "", "")


def has_own_policies(prefix: str) -> bool:
    """Whether there is such a type of resource in the service."""
    return prefix in _PREFIXES.values()
