"""How are the rules put into the wheel? Every card is validated, and an index of them is written beside them."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RulebookHook(BuildHookInterface[Any]):
    """Adds `rules/` and its index to a wheel; an editable install reads the folder itself."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What reading and validating cards needs at build time."""
        return ["PyYAML>=6", "jsonschema>=4.18"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from iamlint.rulebook.index import write_index
        finally:
            sys.path.remove(self.root)
        self._folder = tempfile.TemporaryDirectory()
        index = write_index(os.path.join(self.root, "rules"), self._folder.name)
        build_data["force_include"][index] = f"iamlint/rules/{os.path.basename(index)}"
        if not self.build_config.get_force_include():
            build_data["force_include"][os.path.join(self.root, "rules")] = "iamlint/rules"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called by hatchling when the wheel is written."""
        folder = getattr(self, "_folder", None)
        if folder is not None:
            folder.cleanup()
