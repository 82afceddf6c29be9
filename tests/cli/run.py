"""`iamlint` as a process, in an environment that says nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TRUST_ANYONE = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "*"},
      "Action": "sts:AssumeRole"
    }
  ]
}
"""
TRUST_LAMBDA = TRUST_ANYONE.replace('"AWS": "*"', '"Service": "lambda.amazonaws.com"')


class Ended:
    """A process that has ended: its exit code and what it wrote."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8", "backslashreplace")
        self.err = done.stderr.decode("utf-8", "backslashreplace")

    def __repr__(self) -> str:
        return f"exit {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"


def put(folder: Path, name: str, text: str = TRUST_ANYONE) -> None:
    """Writes a file, and makes the folders that it is in."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def environment(**more: str) -> dict[str, str]:
    """Nothing of ours but the path to the package."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8", **more}


def iamlint(folder: Path, *arguments: str, stdin: bytes = b"", variables: dict[str, str] | None = None) -> Ended:
    """Run it in `folder`; `variables` are the environment's."""
    command = [sys.executable, "-m", "iamlint", *arguments]
    return Ended(
        subprocess.run(command, cwd=folder, env=environment(**variables or {}), input=stdin, capture_output=True, timeout=60, check=False)
    )
