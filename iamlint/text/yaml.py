"""What does a YAML source say, document by document?

PyYAML scans and parses (libyaml where it is built in, 15 times slower without). Of its events `yaml_values` makes values alone;
`yaml_compose` makes nodes, which have places too, where a place is asked for or the text is not plain.
"""

from __future__ import annotations

from functools import partial

from iamlint.text.tree import Tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yaml import MarkedYAMLError

    from iamlint.text.source import Source, TextError
    from iamlint.text.tree import Node, NodeReader, Note, Value
    from iamlint.text.yaml_compose import EventReader


def read_yaml(source: Source) -> tuple[Tree, ...]:
    """The trees of a YAML source, one a document; none when there is nothing but comments; TextError when it is not YAML."""
    from yaml import MarkedYAMLError

    # What Python can print YAML can hold, which is seen far sooner than what it cannot.
    if not source.text.replace("\n", "").isprintable():
        _refuse_unprintable(source.text)
    try:
        return _read(source)
    except MarkedYAMLError as error:
        raise _explained(source, error) from None
    except (ValueError, OverflowError):
        raise _explained(source, None) from None


def _refuse_unprintable(text: str) -> None:
    from iamlint.text.yaml_errors import refuse_unprintable

    refuse_unprintable(text)


def _explained(source: Source, error: MarkedYAMLError | None) -> TextError:
    from iamlint.text.yaml_errors import explain, explain_escape

    return explain(source, error) if error is not None else explain_escape(source.text)


def _read(source: Source) -> tuple[Tree, ...]:
    from iamlint.text.yaml_values import NeedsCare, read_values

    try:
        found = read_values(source.text, _parser(source.text))
    except NeedsCare:
        return tuple(_trees(source, [(node.value, notes, node) for node, notes in _composed(source)]))
    return tuple(_trees(source, [(root, notes, partial(_nodes, number)) for number, (root, notes) in enumerate(found)]))


def _trees(source: Source, found: Sequence[tuple[Value, tuple[Note, ...], Node | NodeReader]]) -> Iterator[Tree]:
    for number, (root, notes, nodes) in enumerate(found):
        yield Tree(source, root, notes, nodes, language="yaml", document=number, documents=len(found))


def _nodes(document: int, source: Source) -> Node:
    """The root of one document of a source that could be read."""
    return _composed(source)[document][0]


def _composed(source: Source) -> list[tuple[Node, tuple[Note, ...]]]:
    from iamlint.text.yaml_compose import Composer

    composer = Composer(source.text, _parser(source.text))
    found = []
    while (composed := composer.document()) is not None:
        found.append(composed)
    return found


def has_libyaml() -> bool:
    """Whether PyYAML was built with libyaml; reading YAML is some 15 times slower without."""
    import yaml

    return bool(yaml.__with_libyaml__)


def _parser(text: str) -> EventReader:
    if has_libyaml():
        from yaml._yaml import CParser

        return CParser(text)
    from yaml.loader import BaseLoader

    return BaseLoader(text)
