"""What does the place of a policy in its source say of it: its address, its owner's account, its kind, what it is attached to?"""

from __future__ import annotations

from functools import lru_cache

from iamlint.policy.arn import is_account, split_arn
from iamlint.policy.document import Kind
from iamlint.policy.filename import is_boundary
from iamlint.text.tree import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from iamlint.text.tree import Value

    # From a place inward: into an object, to its member of a name, to an item of a list.
    Step: TypeAlias = Mapping | str | int

# `AssumeRolePolicyDocument` is what AWS writes, `assume_role_policy` what Terraform writes, without case and underscores.
_TRUST = frozenset({"assumerolepolicydocument", "assumerolepolicy"})
_ORGANIZATION_POLICIES = {"SERVICE_CONTROL_POLICY": Kind.SCP, "RESOURCE_CONTROL_POLICY": Kind.RCP}
# Names that only wrap a policy and tell a reader nothing.
_WRAPPERS = _TRUST | {"policydocument", "document", "properties", "policyversion", "content", "policy", "role"}
# Where tools take statements and write the policy around them themselves, without case and underscores:
# https://www.serverless.com/framework/docs/providers/aws/guide/iam, its `resourcePolicy` for an API, and
# https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-resourcepolicystatement.html
_STATEMENTS = frozenset({"statements", "iamrolestatements", "resourcepolicy", "customstatements"})
_PROPERTIES = "properties"
_MANAGED = "AWS::IAM::ManagedPolicy"
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
# Whose policies they are about themselves.
_OF_THEMSELVES = (
    *("AWS::AIOps::InvestigationGroup", "AWS::APS::ResourcePolicy", "AWS::ApiGateway::DomainNameV2", "AWS::ApiGateway::RestApi"),
    *("AWS::Backup::BackupVault", "AWS::Backup::LogicallyAirGappedBackupVault", "AWS::Bedrock::ResourcePolicy"),
    *("AWS::CloudTrail::ResourcePolicy", "AWS::CodeArtifact::Domain", "AWS::CodeArtifact::Repository", "AWS::DSQL::Cluster"),
    *("AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table", "AWS::ECR::PublicRepository", "AWS::ECR::RegistryPolicy"),
    *("AWS::ECR::Repository", "AWS::ECR::RepositoryCreationTemplate", "AWS::EFS::FileSystem", "AWS::EventSchemas::RegistryPolicy"),
    *("AWS::FSx::S3AccessPointAttachment", "AWS::Lambda::ResourcePolicy", "AWS::Lex::ResourcePolicy", "AWS::Logs::DeliveryDestination"),
    *("AWS::Logs::Destination", "AWS::Logs::LogGroup", "AWS::Logs::ResourcePolicy", "AWS::MSK::ClusterPolicy"),
    *("AWS::MediaPackageV2::ChannelPolicy", "AWS::MediaPackageV2::OriginEndpointPolicy", "AWS::MediaStore::Container"),
    *("AWS::MediaTailor::ChannelPolicy", "AWS::OSIS::Pipeline", "AWS::Oam::Sink", "AWS::Omics::SequenceStore"),
    *("AWS::Organizations::ResourcePolicy", "AWS::RUM::AppMonitor", "AWS::Redshift::Cluster", "AWS::RedshiftServerless::Namespace"),
    *("AWS::S3::AccessPoint", "AWS::S3Express::AccessPoint", "AWS::S3Files::FileSystemPolicy", "AWS::S3Outposts::AccessPoint"),
    *("AWS::S3Outposts::BucketPolicy", "AWS::S3Tables::TableBucketPolicy", "AWS::S3Tables::TablePolicy"),
    *("AWS::S3Vectors::VectorBucketPolicy", "AWS::SMSVOICE::ResourcePolicy", "AWS::SSM::ResourcePolicy"),
    *("AWS::SageMaker::ModelPackageGroup", "AWS::Serverless::Api", "AWS::VpcLattice::AuthPolicy", "AWS::VpcLattice::ResourcePolicy"),
    "AWS::XRay::ResourcePolicy",
)
# Whose policies are those of who uses them, or limit a session that they start.
_OF_HOLDERS = (
    *("AWS::IAM::Group", "AWS::IAM::GroupPolicy", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::IAM::RolePolicy"),
    *("AWS::IAM::User", "AWS::IAM::UserPolicy", "AWS::SSO::PermissionSet", "AWS::Serverless::Function", "AWS::Serverless::StateMachine"),
)
_OF_SESSIONS = ("AWS::EKS::PodIdentityAssociation", "AWS::RolesAnywhere::Profile", "AWS::Transfer::User")
# Which kind they are, where that follows from the type.
_KINDS = {
    **dict.fromkeys([*_ATTACHED_TO, *_ATTACHED_TO.values(), *_OF_THEMSELVES], Kind.RESOURCE),
    **dict.fromkeys(_OF_HOLDERS, Kind.IDENTITY),
    **dict.fromkeys(_OF_SESSIONS, Kind.SESSION),
    "AWS::EC2::VPCEndpoint": Kind.VPC_ENDPOINT,
    # https://github.com/org-formation/org-formation-cli/blob/master/docs/organization-resources.md
    "OC::ORG::ServiceControlPolicy": Kind.SCP,
}
# Its policies are like IAM's and are none: they are of devices, with variables, resources and actions that are not asked about by IAM.
# https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html
_OF_DEVICES = "AWS::IoT::Policy"


class Site:
    """Where a search stands. What the objects on the way say of it is read when a policy is found there: most places hold none."""

    __slots__ = ("_facts", "_outer", "_step", "key")

    def __init__(self, outer: Site | None = None, step: Step = "", key: str = "") -> None:
        self.key = key
        self._outer = outer
        self._step = step
        self._facts = _Facts() if outer is None else None

    def inside(self, value: Mapping) -> Site:
        """The site of what `value` holds."""
        return Site(self, value, self.key)

    def at(self, key: str) -> Site:
        """The site of the member named `key`."""
        return self if key.startswith(("Fn::", "fn::")) else Site(self, key, _plain(key))

    def item(self, position: int) -> Site:
        """The site of an item of a list."""
        return Site(self, position, self.key)

    @property
    def is_policy(self) -> bool:
        """Whether the name that led here is one under which only policies of IAM stand."""
        return self.key in _TRUST

    @property
    def is_statements(self) -> bool:
        """Whether the name that led here is one under which statements stand without a policy around them."""
        return self.key in _STATEMENTS

    @property
    def is_resource(self) -> bool:
        """Whether these are the properties of a resource: with statements among them it has a policy, and is none."""
        return self.key == _PROPERTIES

    @property
    def may_be_policy(self) -> bool:
        """Whether the name that led here is one under which a policy may stand."""
        return "polic" in self.key or self.key in ("document", "content", "options")

    @property
    def is_other_language(self) -> bool:
        """Whether what looks like a policy there is none of IAM."""
        return self._read().resource_type == _OF_DEVICES

    @property
    def address(self) -> str:
        """What reports call the place inside its source."""
        return self._read().address

    @property
    def account(self) -> str | None:
        """The owner's account, where the source says it."""
        return self._read().account

    @property
    def kind(self) -> Kind | None:
        """The kind that the place gives a policy, if it gives one."""
        return self._read().kind

    @property
    def resource_type(self) -> str | None:
        """In a resource of a template, what its policies are attached to."""
        return self._read().resource_type

    @property
    def usual(self) -> Kind | None:
        """The kind that policies of such a resource are, if nothing says otherwise."""
        return self._read().usual

    def _read(self) -> _Facts:
        unread: list[Site] = []
        site = self
        while site._facts is None and site._outer is not None:
            unread.append(site)
            site = site._outer
        facts = site._facts
        assert facts is not None, "the outermost site has its facts"
        while unread:
            site = unread.pop()
            facts = site._facts = facts.after(site._step, site.key)
        return facts


class _Facts:
    """What the way to a place says of it: `address`, the `account` of the owner, and the `kind` of a policy there, or its `usual` one."""

    __slots__ = ("_list", "_organization", "account", "address", "kind", "resource_type", "usual")

    def __init__(self) -> None:
        self.address = ""
        self.account: str | None = None
        self.kind: Kind | None = None
        self.resource_type: str | None = None
        self.usual: Kind | None = None
        self._list: str | None = None
        self._organization: Kind | None = None

    def after(self, step: Step, key: str) -> _Facts:
        """What one more step says; `key` is the last one on the way, plainly."""
        inner = self._copy()
        if isinstance(step, Mapping):
            self._inside(inner, step, key)
        elif isinstance(step, str):
            inner._list = None
            inner.kind = Kind.TRUST if key in _TRUST else self._organization if key == "content" else None
            if key not in _WRAPPERS:
                inner.address = f"{self.address}.{step}" if self.address else step
        else:
            inner._list = self.address
            inner.address = f"{self.address}[{step}]"
            # Only functions have lists there: `Fn::If` has one policy or another.
            inner.kind = self.kind if key in _TRUST else None
        return inner

    def _inside(self, inner: _Facts, value: Mapping, key: str) -> None:
        """What the members of an object say of their owner."""
        said = dict(value.members)
        kind = said.get("Type")
        if "VpcEndpointId" in said:
            inner.usual = Kind.VPC_ENDPOINT
        if isinstance(kind, str) and kind.startswith(("AWS::", "OC::")) and "Properties" in said:
            inner.resource_type = _ATTACHED_TO.get(kind, kind)
            # `key` is the name that the template gives the resource.
            inner.usual = Kind.BOUNDARY if kind == _MANAGED and "boundary" in key and is_boundary(key) else _KINDS.get(kind)
        inner._organization = _organization_policy(said) or self._organization
        arn = said.get("Arn")
        fields = split_arn(arn) if isinstance(arn, str) else None
        if fields is not None and is_account(fields[4]) and isinstance(arn, str):
            inner.account = fields[4]
            inner.address = arn
        elif key != _PROPERTIES:
            name = "/".join([text for text in map(said.get, _NAMES) if isinstance(text, str)])
            if name:
                outer = self.address if self._list is None else self._list
                inner.address = f"{outer}[{name}]" if outer else name

    def _copy(self) -> _Facts:
        copy = _Facts()
        copy.address = self.address
        copy.account = self.account
        copy.kind = self.kind
        copy.resource_type = self.resource_type
        copy.usual = self.usual
        copy._list = self._list
        copy._organization = self._organization
        return copy


@lru_cache(maxsize=512)
def _plain(key: str) -> str:
    """A name without case and underscores."""
    return key.replace("_", "").lower()


def _organization_policy(said: dict[str, Value]) -> Kind | None:
    """The kind of an organization's policy, as `aws organizations describe-policy`, templates and Crossplane give it."""
    summary = said.get("PolicySummary")
    kind = summary.get("Type") if isinstance(summary, Mapping) else said.get("Type", said.get("type"))
    group = said.get("apiVersion")
    if isinstance(group, str) and group.startswith("organizations.") and said.get("kind") == "Policy":
        # What its properties do not say is an SCP.
        return Kind.SCP
    return _ORGANIZATION_POLICIES.get(kind) if isinstance(kind, str) else None
