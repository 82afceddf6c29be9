"""Where is iamlint as users have it: from a wheel, with its bytecode, in an environment of its own?"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Install(NamedTuple):
    """An environment with iamlint in it."""

    python: str

    def script(self, name: str) -> str:
        """The path of a console script of this environment."""
        return str(Path(self.python).with_name(name))


@contextlib.contextmanager
def installed() -> Iterator[Install]:
    """Builds the wheel and installs it into a temporary environment: an editable install has another start-up."""
    with tempfile.TemporaryDirectory() as folder:
        print("building the wheel and installing it ...", file=sys.stderr)
        _quietly(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", folder, str(ROOT))
        environment = Path(folder, "environment")
        _quietly(sys.executable, "-m", "venv", "--without-pip", str(environment))
        python = str(environment / "bin" / "python")
        wheel = next(Path(folder).glob("iamlint-*.whl"))
        _quietly(sys.executable, "-m", "pip", "--python", python, "install", "--compile", str(wheel))
        yield Install(python)


def _quietly(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"`{' '.join(command)}` failed:\n{done.stdout}{done.stderr}")
