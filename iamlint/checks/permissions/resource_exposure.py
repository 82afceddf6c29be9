"""May the holder of an identity policy share what it likes with other accounts?"""

from __future__ import annotations

from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# What writes the policy of a resource, or gives a copy of it away. That a key may be used by others is the matter of kms-decrypt-any.
_SHARES = Powers(
    *("s3:PutBucketPolicy", "s3:PutBucketAcl", "s3:PutObjectAcl", "s3:PutAccessPointPolicy"),
    *("kms:PutKeyPolicy", "secretsmanager:PutResourcePolicy"),
    *("lambda:AddPermission", "lambda:AddLayerVersionPermission", "ec2:ModifySnapshotAttribute", "ec2:ModifyImageAttribute"),
    *("rds:ModifyDBSnapshotAttribute", "rds:ModifyDBClusterSnapshotAttribute", "redshift:AuthorizeSnapshotAccess"),
    *("ram:CreateResourceShare", "ram:AssociateResourceShare", "ecr:SetRepositoryPolicy", "sqs:AddPermission", "sqs:SetQueueAttributes"),
    *("sns:AddPermission", "sns:SetTopicAttributes", "dynamodb:PutResourcePolicy", "elasticfilesystem:PutFileSystemPolicy"),
    *("glue:PutResourcePolicy", "es:UpdateDomainConfig", "backup:PutBackupVaultAccessPolicy", "events:PutPermission"),
    *("kinesis:PutResourcePolicy", "ssm:ModifyDocumentPermission", "codeartifact:PutDomainPermissionsPolicy"),
    *("codeartifact:PutRepositoryPermissionsPolicy", "es:UpdateElasticsearchDomainConfig", "ecr:PutRegistryPolicy"),
    *("redshift:PutResourcePolicy", "redshift:AuthorizeDataShare", "acm-pca:PutPolicy"),
)
# What keeps a policy that lets everybody in from doing so. Without it nobody is in yet:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
_UNBLOCKS = Powers("s3:PutAccountPublicAccessBlock", "s3:PutBucketPublicAccessBlock")
ACTIONS = _SHARES.actions | _UNBLOCKS.actions


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy, about all such actions; a low one where they only take a bar away."""
    chains = _SHARES.held(case.access)
    if chains:
        yield case.granting(
            f"the holder can let other accounts into whatever it likes, with {listed(chains)}",
            chains[0],
            label="decides who else gets in",
            fix=Fix(Safety.MANUAL, "name in `Resource` what the holder owns"),
        )
    elif unblocking := _UNBLOCKS.held(case.access):
        yield case.granting(
            f"the holder can lift what keeps the public out of buckets, with {listed(unblocking)}",
            unblocking[0],
            label="lifts the block of public access",
            severity=Severity.LOW,
            fix=Fix(Safety.MANUAL, "name in `Resource` what the holder owns"),
        )
