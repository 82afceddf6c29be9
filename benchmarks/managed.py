"""Which policies are checked? The ones AWS manages, as the package `moto` carries them. Run as a module it writes them to a folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def write_managed_policies(folder: Path) -> int:
    """Writes one file a policy and says how many; another process loads them, so that this one stays small."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.managed", str(folder)], check=True, capture_output=True, text=True)
    return int(done.stdout)


def main(folder: Path) -> int:
    """Writes every managed policy as AWS shows it, indented; returns how many there are."""
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    policies = json.loads(aws_managed_policies_data)
    for name, policy in policies.items():
        (folder / f"{name}.json").write_text(json.dumps(policy["Document"], indent=4) + "\n", encoding="utf-8")
    return len(policies)


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
