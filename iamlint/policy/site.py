"""What does the place of a policy in its source say of it: its address, its owner's account, its kind, what it is attached to?"""

from __future__ import annotations

from iamlint.policy.arn import is_account, split_arn
from iamlint.policy.document import Kind
from iamlint.text.tree import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Value

# `AssumeRolePolicyDocument` is what AWS writes, `assume_role_policy` what Terraform writes, without case and underscores.
_TRUST = frozenset({"assumerolepolicydocument", "assumerolepolicy"})
_ORGANIZATION_POLICIES = {"SERVICE_CONTROL_POLICY": Kind.SCP, "RESOURCE_CONTROL_POLICY": Kind.RCP}
# Names that only wrap a policy and tell a reader nothing.
_WRAPPERS = _TRUST | {"policydocument", "document", "properties", "policyversion", "content", "policy", "role"}
_NAMES = ("RoleName", "UserName", "GroupName", "PolicyName")
# What policies in a template's resource are attached to, where that is not the resource itself:
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
_ATTACHED_TO = {
    "AWS::Elasticsearch::Domain": "AWS::OpenSearchService::Domain",
    "AWS::Events::EventBusPolicy": "AWS::Events::EventBus",
    "AWS::KMS::ReplicaKey": "AWS::KMS::Key",
    "AWS::Kinesis::ResourcePolicy": "AWS::Kinesis::Stream",
    "AWS::S3::BucketPolicy": "AWS::S3::Bucket",
    "AWS::S3::MultiRegionAccessPointPolicy": "AWS::S3::MultiRegionAccessPoint",
    "AWS::S3Express::BucketPolicy": "AWS::S3Express::DirectoryBucket",
    "AWS::S3ObjectLambda::AccessPointPolicy": "AWS::S3ObjectLambda::AccessPoint",
    "AWS::SecretsManager::ResourcePolicy": "AWS::SecretsManager::Secret",
    "AWS::SNS::TopicInlinePolicy": "AWS::SNS::Topic",
    "AWS::SNS::TopicPolicy": "AWS::SNS::Topic",
    "AWS::SQS::QueueInlinePolicy": "AWS::SQS::Queue",
    "AWS::SQS::QueuePolicy": "AWS::SQS::Queue",
}
# Which kind they are, where that follows from the type.
_KINDS = {
    **dict.fromkeys([*_ATTACHED_TO, *_ATTACHED_TO.values()], Kind.RESOURCE),
    **dict.fromkeys(
        [
            *("AWS::ApiGateway::RestApi", "AWS::Backup::BackupVault", "AWS::DynamoDB::Table", "AWS::ECR::Repository"),
            *("AWS::EFS::FileSystem", "AWS::Logs::ResourcePolicy", "AWS::S3::AccessPoint"),
        ],
        Kind.RESOURCE,
    ),
    **dict.fromkeys(
        [
            *("AWS::IAM::Group", "AWS::IAM::GroupPolicy", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::Role"),
            *("AWS::IAM::RolePolicy", "AWS::IAM::User", "AWS::IAM::UserPolicy", "AWS::SSO::PermissionSet", "AWS::Serverless::Function"),
        ],
        Kind.IDENTITY,
    ),
    "AWS::EC2::VPCEndpoint": Kind.VPC_ENDPOINT,
}


class Site:
    """Where a search stands: `address` so far, and what the objects on the way say of the owner and of the kind of a policy here.

    In a resource of a template, `resource_type` is what its policies are attached to, and `usual` the kind that they are if nothing says
    otherwise.
    """

    __slots__ = ("_list", "_organization", "account", "address", "key", "kind", "resource_type", "usual")

    def __init__(self) -> None:
        self.address = ""
        self.account: str | None = None
        self.key = ""
        self.kind: Kind | None = None
        self.resource_type: str | None = None
        self.usual: Kind | None = None
        self._list: str | None = None
        self._organization: Kind | None = None

    def inside(self, value: Mapping) -> Site:
        """The site of what `value` holds, with what its members say of their owner."""
        inner = self._copy()
        kind = value.get("Type")
        if isinstance(kind, str) and kind.startswith("AWS::") and value.index("Properties") is not None:
            inner.resource_type = _ATTACHED_TO.get(kind, kind)
            inner.usual = _KINDS.get(kind)
        inner._organization = _organization_policy(value) or self._organization
        arn = value.get("Arn")
        fields = split_arn(arn) if isinstance(arn, str) else None
        if fields is not None and is_account(fields[4]) and isinstance(arn, str):
            inner.account = fields[4]
            inner.address = arn
        elif not self.is_resource:
            name = "/".join([text for text in map(value.get, _NAMES) if isinstance(text, str)])
            if name:
                outer = self.address if self._list is None else self._list
                inner.address = f"{outer}[{name}]" if outer else name
        return inner

    def at(self, key: str) -> Site:
        """The site of the member named `key`."""
        if key.startswith(("Fn::", "fn::")):
            return self
        inner = self._copy()
        inner._list = None
        inner.key = key.replace("_", "").lower()
        inner.kind = Kind.TRUST if inner.key in _TRUST else self._organization if inner.key == "content" else None
        if inner.key not in _WRAPPERS:
            inner.address = f"{self.address}.{key}" if self.address else key
        return inner

    def item(self, position: int) -> Site:
        """The site of an item of a list."""
        inner = self._copy()
        inner._list = self.address
        inner.address = f"{self.address}[{position}]"
        # Only functions have lists there: `Fn::If` has one policy or another.
        inner.kind = self.kind if self.is_policy else None
        return inner

    @property
    def is_policy(self) -> bool:
        """Whether the name that led here is one under which only policies of IAM stand."""
        return self.key in _TRUST

    @property
    def is_resource(self) -> bool:
        """Whether these are the properties of a resource: with statements among them it has a policy, and is none."""
        return self.key == "properties"

    @property
    def may_be_policy(self) -> bool:
        """Whether the name that led here is one under which a policy may stand."""
        return "policy" in self.key or self.key in ("document", "content")

    def _copy(self) -> Site:
        copy = Site()
        copy.address = self.address
        copy.account = self.account
        copy.key = self.key
        copy.kind = self.kind
        copy.resource_type = self.resource_type
        copy.usual = self.usual
        copy._list = self._list
        copy._organization = self._organization
        return copy


def _organization_policy(value: Mapping) -> Kind | None:
    """The kind of an organization's policy, as `aws organizations describe-policy` and templates give it."""
    summary: Value = value.get("PolicySummary")
    kind = summary.get("Type") if isinstance(summary, Mapping) else value.get("Type")
    return _ORGANIZATION_POLICIES.get(kind) if isinstance(kind, str) else None
