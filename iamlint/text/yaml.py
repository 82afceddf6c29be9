"""What does a YAML source say, document by document?

PyYAML scans and parses (libyaml where it is built in, 15 times slower without); `yaml_compose` makes nodes of its events, so one pass
gives values and places.
"""

from __future__ import annotations

from iamlint.text.tree import Tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.source import Source
    from iamlint.text.yaml_compose import EventReader


def read_yaml(source: Source) -> tuple[Tree, ...]:
    """The trees of a YAML source, one a document; none when there is nothing but comments; TextError when it is not YAML."""
    from yaml import MarkedYAMLError

    from iamlint.text.yaml_compose import Composer
    from iamlint.text.yaml_errors import explain, explain_escape, refuse_unprintable

    refuse_unprintable(source.text)
    events = _parser(source.text)
    trees: list[Tree] = []
    composer = Composer(source.text, events)
    try:
        while (composed := composer.document()) is not None:
            node, notes = composed
            trees.append(Tree(source, node.value, notes, node, language="yaml", document=len(trees)))
    except MarkedYAMLError as error:
        raise explain(source, error) from None
    except (ValueError, OverflowError):
        raise explain_escape(source.text) from None
    return tuple(trees)


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
