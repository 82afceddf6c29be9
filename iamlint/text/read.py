"""Which format is this source in, and what does it say?"""

from __future__ import annotations

from iamlint.text.json import is_json, read_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.source import Source
    from iamlint.text.tree import Tree


def read(source: Source) -> tuple[Tree, ...]:
    """The trees of a source, as JSON or YAML by the end of its name, else by how it begins; TextError when it is neither."""
    if is_json(source):
        return (read_json(source),)
    from iamlint.text.yaml import read_yaml

    return read_yaml(source)
