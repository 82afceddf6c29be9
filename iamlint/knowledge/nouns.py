"""What do the people of a platform call its tenants, its projects and what a run is for, and what would a stranger's be called?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from iamlint.knowledge.issuers import Issuer


class Nouns:
    """`tenant` and `project` are singular, `runs` says what a project's runs differ in.

    `contexts` are what the end of a subject begins with when a name follows that people of the project choose: a branch, an environment.
    `ends` are the documented forms of that end, as patterns in the language of `key_table`: names in it have no colon.
    """

    __slots__ = ("contexts", "ends", "project", "runs", "tenant")

    def __init__(
        self, tenant: str, project: str, runs: str = "run", contexts: tuple[str, ...] = ("",), ends: tuple[str, ...] = (".*",)
    ) -> None:
        self.tenant = tenant
        self.project = project
        self.runs = runs
        self.contexts = contexts
        self.ends = ends


# `pull_request`, one claim and its value, or two where the owner of the repository made the subject up.
_CLAIMS = ("[^:/]*", "[^:/]*:[^:]*", "[^:/]*:[^:/]*:[^:/]*:[^:]*")
_GITHUB = Nouns("organization", "repository", "branch, tag or pull request", ("ref:refs/heads/", "environment:"), _CLAIMS)
_GITLAB = Nouns("group", "project", "branch or tag", ("ref_type:branch:ref:",), _CLAIMS)
_VERCEL = Nouns("team", "project", "environment")
_NOUNS: Mapping[str, Nouns] = {
    "github-actions": _GITHUB,
    "github-actions-enterprise": _GITHUB,
    "github-enterprise-server": _GITHUB,
    "github-vstoken": _GITHUB,
    "github-audit-log": Nouns("enterprise", "log stream"),
    "gitlab": _GITLAB,
    "gitlab-self-managed": _GITLAB,
    "hcp-terraform": Nouns("organization", "workspace", "run phase", ends=("[^:]*", "[^:]*:operation:[^:]*")),
    "buildkite": Nouns("organization", "pipeline", "branch", ("ref:refs/heads/",), ("ref:[^:]*:commit:[^:]*:step:[^:]*",)),
    "circleci": Nouns("organization", "project", "user"),
    "bitbucket": Nouns("workspace", "repository", "step"),
    "spacelift": Nouns("account", "stack"),
    "vercel": _VERCEL,
    "vercel-team": _VERCEL,
    "pulumi": Nouns("organization", "environment or stack"),
    "scalr": Nouns("account", "workspace"),
    "codefresh": Nouns("account", "pipeline"),
    "upbound": Nouns("organization", "control plane", "provider"),
    "env0": Nouns("organization", "environment"),
    "fly": Nouns("organization", "app", "machine"),
    "azure-devops": Nouns("organization", "service connection"),
    "eks": Nouns("cluster", "service account"),
    "kubernetes": Nouns("cluster", "service account"),
    "turbonomic": Nouns("customer", "service account"),
    "entra": Nouns("directory", "identity"),
    "google": Nouns("organization", "identity"),
}
_OTHERS = Nouns("customer", "workload")


def nouns(issuer: Issuer) -> Nouns:
    """The words for an issuer's tenants, projects and runs."""
    return _NOUNS.get(issuer.id, _OTHERS)
