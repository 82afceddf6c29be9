"""How many CloudFormation templates does a second of processor time pay for?"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import yaml

from benchmarks.budget import EVERY_TEMPLATE, templates_peer
from benchmarks.installed import ROOT, Install
from benchmarks.process import Cost, Program, interleaved, median
from benchmarks.table import table
from benchmarks.throughput import documents_read

OURS = "iamlint check"
# What usually stands around a role: most of a template is no matter of IAM.
_AROUND: dict[str, Any] = {
    "Function": {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Runtime": "python3.12",
            "Handler": "index.handler",
            "Role": {"Fn::GetAtt": ["Role", "Arn"]},
            "Code": {"ZipFile": "def handler(event, context):\n    return {}\n"},
            "Environment": {"Variables": {"TABLE": {"Ref": "Table"}, "QUEUE": {"Ref": "Queue"}}},
        },
    },
    "LogGroup": {
        "Type": "AWS::Logs::LogGroup",
        "Properties": {"RetentionInDays": 30, "LogGroupName": {"Fn::Sub": "/aws/lambda/${Function}"}},
    },
    "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 60, "MessageRetentionPeriod": 345600}},
    "Table": {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        },
    },
    "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": "Enabled"}}},
}
COUNT = 150
_SUFFIXES = (".json", ".template", ".yaml", ".yml")
# Of the bits of cfn-lint's exit code 2, 4 and 8 stand for what it found: https://github.com/aws-cloudformation/cfn-lint#exit-codes
_FOUND = frozenset({0, 1, 2, 4, 6, 8, 10, 12, 14})


def templates(install: Install, rounds: int) -> Iterator[str]:
    """Templates of a role with policies of our fixtures, and five other resources, checked whole by one process of each program."""
    with tempfile.TemporaryDirectory() as name:
        policies = write_templates(Path(name))
        read, *lines = _measured(install, rounds, Path(name), COUNT)
    yield f"{COUNT} CloudFormation templates with {policies} policies, {rounds} rounds in turn"
    yield from lines
    yield EVERY_TEMPLATE.line(int(read) / policies)


def templates_of(folder: Path, install: Install, rounds: int) -> Iterator[str]:
    """The templates in a folder of one's own, in YAML and JSON, checked in the same way."""
    count = sum(path.suffix in _SUFFIXES for path in folder.rglob("*"))
    read, *lines = _measured(install, rounds, folder, count)
    yield f"{count} files in {folder.name} with {read} policies, {rounds} rounds in turn"
    yield from lines


def _measured(install: Install, rounds: int, folder: Path, count: int) -> Iterator[str]:
    """How many policies iamlint reads, a table of what each program needs for `count` files, and the budgets."""
    yield str(documents_read(install, folder))
    costs = interleaved(_programs(install, folder), rounds)
    cpu = {name: median([cost.cpu for cost in runs]) for name, runs in costs.items()}
    yield table(("program", "clock", "processor", "a file", "memory"), [_row(name, runs, count) for name, runs in costs.items()])
    yield from (templates_peer(name).line(seconds / cpu[OURS]) for name, seconds in cpu.items() if name != OURS)


def write_templates(folder: Path) -> int:
    """Writes the templates, in YAML as people have them; returns how many policies are in them."""
    trusts, identities = (_policies(kind) for kind in ("trust", "identity"))
    for number, (trust, identity) in enumerate(islice(zip(cycle(trusts), cycle(identities), strict=False), COUNT)):
        role = {
            "Type": "AWS::IAM::Role",
            "Properties": {"AssumeRolePolicyDocument": trust, "Policies": [{"PolicyName": "inline", "PolicyDocument": identity}]},
        }
        resources = {"Role": role, **_AROUND}
        text = yaml.safe_dump({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}, sort_keys=False)
        (folder / f"role-{number:03}.yaml").write_text(text, encoding="utf-8")
    return 2 * COUNT


def _policies(kind: str) -> list[Any]:
    """The fixtures of a kind that are one policy and nothing else."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "fixtures" / "quiet" / kind).glob("*.json"))]
    return [policy for policy in found if "Statement" in policy]


def _programs(install: Install, folder: Path) -> list[Program]:
    found = [Program(OURS, [install.script("iamlint"), "check", "--no-config", "."], folder=folder)]
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix in _SUFFIXES)
    for name, arguments in (("cfn-lint", files), ("checkov", ["-d", ".", "--framework", "cloudformation", "--quiet", "--compact"])):
        path = shutil.which(name)
        if path:
            found.append(Program(name, [path, *arguments], folder=folder, codes=_FOUND))
    return found


def _row(name: str, runs: Sequence[Cost], count: int) -> tuple[str, ...]:
    cpu = median([cost.cpu for cost in runs])
    peak = max(cost.peak for cost in runs)
    return (name, f"{median([cost.wall for cost in runs]):.2f} s", f"{cpu:.2f} s", f"{1000 * cpu / count:.1f} ms", f"{peak:.0f} MB")
