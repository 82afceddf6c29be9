"""Which format is this source in, and what does it say?"""

from __future__ import annotations

import re

from iamlint.text.json import read_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.source import Source
    from iamlint.text.tree import Tree

# JSON, or what someone took for JSON: its errors then say more than YAML's would.
_LOOKS_LIKE_JSON = r"""\s*(?:[\[{"]|//|/\*|\Z)"""


def read(source: Source) -> tuple[Tree, ...]:
    """The trees of a source, as JSON or YAML by the end of its name, else by how it begins; TextError when it is neither."""
    if is_json(source):
        return (read_json(source),)
    from iamlint.text.yaml import read_yaml

    return read_yaml(source)


def is_json(source: Source) -> bool:
    """Whether a source is read as JSON, or else as YAML."""
    name = source.name.lower()
    return name.endswith(".json") or (not name.endswith((".yaml", ".yml")) and re.match(_LOOKS_LIKE_JSON, source.text) is not None)
