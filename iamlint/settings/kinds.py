"""Of what kind are the policies of a source, where its path is to tell?

An SCP that stands alone in a file looks like an identity policy, a boundary too. A name under `[kinds]` is a pattern as in `.gitignore`,
over paths below the settings file; of several that fit, the last one holds.
"""

from __future__ import annotations

import os

from iamlint.policy.document import Kind
from iamlint.settings.error import SettingsError, unknown
from iamlint.sources.ignore import Ignores

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class PathKind:
    """What policies are in the files that `pattern` names: their `kind`, or the `resource_type` of what they are attached to."""

    __slots__ = ("kind", "pattern", "resource_type")

    def __init__(self, pattern: str, word: str, origin: str) -> None:
        """Raises SettingsError for a `word` that is no kind and no type of resources."""
        self.pattern = pattern
        self.resource_type = resource_type_named(word, origin) if ":" in word else None
        self.kind = None if self.resource_type is not None else kind_named(word, origin)


class Kinds:
    """What the paths of sources tell; `top` is the folder that patterns begin in."""

    __slots__ = ("_patterns", "_top")

    def __init__(self, told: Iterable[PathKind], top: str) -> None:
        self._patterns = [(one, Ignores(()).below("", one.pattern)) for one in told]
        self._patterns.reverse()
        self._top = top

    def of(self, name: str) -> tuple[Kind | None, str | None]:
        """The kind and the resource type of what is in the source of this name; both None where no pattern fits."""
        path = os.path.relpath(name, self._top).replace(os.sep, "/")
        for one, paths in self._patterns:
            if paths.cover(path):
                return one.kind, one.resource_type
        return None, None


def kind_named(name: str, origin: str) -> Kind:
    """The kind of that name; SettingsError for another word."""
    try:
        return Kind(name)
    except ValueError:
        raise unknown("kind", name, [kind.value for kind in Kind], origin) from None


def resource_type_named(name: str, origin: str) -> str:
    """The name of a type of resources, where it looks like one; SettingsError else."""
    if name.count("::") != 2:
        raise SettingsError(f"`{name}` in {origin} is not a resource type", "write it as CloudFormation does, such as `AWS::S3::Bucket`")
    return name
