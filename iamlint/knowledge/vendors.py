"""Whose AWS account is this, when it is one that a third party or AWS itself documents for its customers?

An entry of ours needs a page or a published template that tells customers to trust the account; each id was also found in trust policies
that customers publish (November 2026). For all others a public list is asked. A vendor may have more accounts than these; an account that
is not here says nothing.
"""

from __future__ import annotations

# Where the public list comes from, for accounts of which it names no page.
_LIST = "https://github.com/fwdcloudsec/known_aws_accounts"


class Vendor:
    """The owner of an account: `aws` for a service of AWS, otherwise a third party that acts for many customers from this account."""

    __slots__ = ("account", "aws", "name", "source")

    def __init__(self, account: str, name: str, source: str, aws: bool) -> None:
        self.account = account
        self.name = name
        self.source = source
        self.aws = aws

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vendor) and (self.account, self.name) == (other.account, other.name)

    def __hash__(self) -> int:
        return hash((self.account, self.name))

    def __repr__(self) -> str:
        return f"Vendor({self.account!r}, {self.name!r})"


def vendor_of(account: str) -> Vendor | None:
    """The owner of `account`, or None when it is not known here."""
    if account in _ELB_LOGS.split():
        return Vendor(account, "Elastic Load Balancing logs", _ELB_SOURCE, True)
    found = _VENDORS.get(account)
    return _listed(account) if found is None else Vendor(account, found[0], f"https://{found[1]}", False)


def _listed(account: str) -> Vendor | None:
    from iamlint.knowledge.data import row

    found: list[str] | None = row("vendor_accounts", account)
    return Vendor(account, found[0], found[1] or _LIST, "aws" in found[2:]) if found else None


_VENDORS = {
    "012615275169": (
        "Tenable",
        "docs.tenable.com/tenableio/vulnerabilitymanagement/Content/Settings/Connectors_ConfigureAWS_KeylessAutoDiscovery.htm",
    ),
    "057012691312": (
        "Aqua CloudSploit",
        "cloudsploit.freshdesk.com/support/solutions/articles/17000008755-connecting-an-aws-account-to-cloudsploit",
    ),
    "061190967865": ("CloudZero", "www.cloudzero.com/hubfs/CloudZero%20Configuration%20Guide%20-%20Automated.pdf"),
    "134183635603": ("Splunk Observability Cloud", "signalfx-product-docs.readthedocs-hosted.com/en/latest/getting-started/send-data.html"),
    "147995105371": ("Trend Micro Cloud One", "help.deepsecurity.trendmicro.com/Add-Computers/add-aws.html"),
    "165736516723": ("IBM Cloudability", "developers.cloudability.com/docs/vendor-credentials-end-point"),
    "188619942792": ("Prisma Cloud", "docs.aws.amazon.com/securityhub/latest/userguide/securityhub-partner-providers.html"),
    "197857026523": ("Microsoft Sentinel", "learn.microsoft.com/azure/sentinel/connect-aws"),
    "198361731867": ("Snyk", "support.snyk.io/hc/en-us/articles/360004002418-AWS-Lambda-integration"),
    "202279780353": ("nOps", "help.nops.io/manual_setup"),
    "253490767857": ("New Relic", "docs.newrelic.com/docs/workflow-automation/setup-and-configure/set-up-aws-credentials/iam-role-setup"),
    "269135526815": ("Drata", "github.com/drata/terraform-aws-drata-autopilot-role"),
    "292230061137": ("CrowdStrike", "github.com/CrowdStrike/Cloud-AWS"),
    "324880187172": ("Spacelift", "docs.spacelift.io/integrations/cloud-providers/aws"),
    "336818582268": ("Rapid7", "insightvm.help.rapid7.com/docs/aws-connect-to-cloud-configuration-assessment"),
    "353360065216": ("Workato", "docs.workato.com/connectors/s3.html"),
    "414351767826": ("Databricks", "docs.databricks.com/administration-guide/account-settings/aws-accounts.html"),
    "434813966438": ("Lacework", "support.lacework.com/hc/en-us/articles/360017546933-Getting-Started"),
    "454464851268": ("CloudHealth", "help.cloudhealthtech.com/administration/aws/setup-iam-role-linked.html"),
    "464622532012": ("Datadog", "docs.datadoghq.com/integrations/guide/aws-manual-setup/"),
    "509560245411": (
        "Dynatrace",
        "help.dynatrace.com/monitor-cloud-virtualization-and-hosts/cloud/how-do-i-start-amazon-web-services-monitoring/",
    ),
    "536727724300": ("MongoDB Atlas", "github.com/mongodb/mongodbatlas-cloudformation-resources"),
    "595280932656": ("Segment", "segment.com/docs/destinations/amazon-kinesis/"),
    "612791702201": ("JupiterOne", "github.com/JupiterOne/jupiterone-aws-cloudformation"),
    "630399649041": ("Vantage", "github.com/vantage-sh/terraform-provider-vantage"),
    "634729597623": ("Check Point CloudGuard", "docs.aws.amazon.com/securityhub/latest/userguide/securityhub-partner-providers.html"),
    "754728514883": (
        "New Relic",
        "docs.newrelic.com/docs/integrations/amazon-integrations/get-started/connect-aws-services-infrastructure",
    ),
    "834469178297": ("Fivetran", "fivetran.com/docs/logs/cloudwatch/setup-guide"),
    "919814621061": ("Scalr", "docs.scalr.io/docs/aws"),
    "922761411349": ("Spot", "docs.spot.io/connect-your-cloud-provider/first-account/aws-manually"),
    "926226587429": ("Sumo Logic", "help.sumologic.com/docs/send-data/hosted-collectors/amazon-aws/grant-access-aws-product/"),
    "956993596390": ("Vanta", "help.vanta.com/hc/en-us/articles/8451925240980-Connecting-Vanta-AWS-Organization"),
}

# The accounts that write access logs, in regions that were available before August 2022.
_ELB_SOURCE = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html"
_ELB_LOGS = """
127311923021 033677994240 027434742980 797873946194 098369216593 754344448648 589379963580 718504428378 383597477331 600734575887
114774131450 783225319266 582318560864 985666609251 054676820928 156460612806 652711504416 635631232127 009996457667 897822967062
"""
