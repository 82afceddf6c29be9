"""Which keys have only a few values, all of which AWS lists?

A list that AWS lengthens by a value now and then is none of these: storage classes, types of instances.
"""

from __future__ import annotations

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltype
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
# https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsRequest.html
_VALUES = """
aws:PrincipalType Account Anonymous AssumedRole FederatedUser User
s3:x-amz-acl private public-read public-read-write authenticated-read aws-exec-read bucket-owner-read \
bucket-owner-full-control log-delivery-write
s3:x-amz-server-side-encryption AES256 aws:kms aws:kms:dsse aws:fsx aws:backup
s3:x-amz-metadata-directive COPY REPLACE
s3:object-lock-mode GOVERNANCE COMPLIANCE
s3:object-lock-legal-hold ON OFF
s3:authType REST-HEADER REST-QUERY-STRING POST
ec2:MetadataHttpTokens optional required
ec2:MetadataHttpEndpoint disabled enabled
"""
_CLOSED = {line.split()[0].lower(): tuple(line.split()[1:]) for line in _VALUES.strip().splitlines()}


def values_of(key: str) -> tuple[str, ...]:
    """All values that the key can have; none where AWS lists none, or not all."""
    return _CLOSED.get(key.lower(), ())
