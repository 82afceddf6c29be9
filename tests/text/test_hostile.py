"""What is said of each of the hostile files in fixtures/hostile?"""

from __future__ import annotations

from pathlib import Path

import pytest

from iamlint.text.read import read
from iamlint.text.source import Source, TextError
from iamlint.text.tree import Mapping, Number, Place

FOLDER = Path(__file__).parents[2] / "fixtures" / "hostile"

REFUSED = [
    # file, line:column, message, help
    ("bad-utf-8.json", "5:30", "byte 0xE9 is not UTF-8", "save the file as UTF-8, or replace the character at 5:30"),
    ("utf-16.json", "1:1", "the file is UTF-16, not UTF-8", "save it as UTF-8"),
    ("utf-16-unmarked.json", "1:1", "the file is UTF-16, not UTF-8", "save it as UTF-8"),
    ("utf-32.json", "1:1", "the file is UTF-32, not UTF-8", "save it as UTF-8"),
    ("nul.json", "5:57", "NUL character (U+0000) in the text", "remove it, or save the file as UTF-8 text"),
    ("empty.json", "1:1", "the file is empty", "write a JSON value into it, or remove it"),
    ("comment.json", "3:3", "JSON has no comments", "remove it"),
    ("control-character.json", "5:57", "control character U+0007 in a string", r"write `\u0007` for it, or remove it"),
    ("half-surrogate.json", "5:58", r"`\ud83d` is half of a surrogate pair, not a character", "write both halves, or the character itself"),
    ("missing-comma.json", "4:21", "no comma before the next value", "write `,` at 4:22"),
    ("nan.json", "6:15", "`NaN` is not a JSON number", "write a number, or put it in double quotes"),
    ("single-quotes.json", "4:15", "JSON strings stand in double quotes", "write `\"` for `'`"),
    ("template.json", "6:15", "`${var.action}` stands outside a string", "put it in double quotes, or fill it in first"),
    ("trailing-comma.json", "6:31", "trailing comma before `}`", "remove the comma at 6:31"),
    ("two-documents.json", "9:1", "text after the end of the document", "remove it, or split the file"),
    ("typographic-quotes.json", "4:15", "`“` is a typographic quote", 'write `"`'),
    ("unclosed-object.json", "1:1", "`{` is never closed", "close it with `}`"),
    ("unclosed-string.json", "4:15", "this string is not closed on its line", r'close it with `"`, or write a line break as `\n`'),
    ("wrong-bracket.json", "5:58", "`]` cannot close the `{` of 5:18", "write `}`"),
    (
        "control-character.yaml",
        "3:18",
        "the character U+001B is not allowed in YAML",
        "remove it, or write it as an escape in double quotes",
    ),
    ("indentation.yaml", "6:4", "`Action` does not fit the lines around it", "check its indentation and quotes"),
    ("laughs.yaml", "5:36", "aliases add more than 100000 values", "write fewer aliases of aliases"),
    ("own-alias.yaml", "2:5", "the alias `*statement` stands inside its own anchor", "write the value here"),
    ("second-colon.yaml", "3:18", "a second `:` on one line", "put the value in quotes, or the mapping on a line of its own"),
    ("tab.yaml", "5:1", "a tab cannot indent YAML", "indent with spaces"),
    ("unclosed-quote.yaml", "5:12", "this string is never closed", "close it with the quote that opens it"),
    ("undefined-alias.yaml", "5:12", "no anchor `&account` before this alias", "write the value here, or put it in quotes"),
]
READ = (
    *("bidirectional.json", "bom.json", "bom.yaml", "crlf.json", "crlf.yaml", "line-separators.yaml", "repeated-key.json", "traps.yaml"),
)


def source(name: str) -> Source:
    return Source(name, (FOLDER / name).read_bytes())


@pytest.mark.parametrize(("name", "place", "message", "help"), REFUSED, ids=[row[0] for row in REFUSED])
def test_it_is_refused_at_the_place_with_a_way_out(name: str, place: str, message: str, help: str) -> None:
    hostile = source(name)
    with pytest.raises(TextError) as caught:
        read(hostile)
    position = hostile.position(caught.value.span.start)
    assert (f"{position.line}:{position.column}", caught.value.message, caught.value.help) == (place, message, help)


@pytest.mark.parametrize("name", READ)
def test_it_is_read(name: str) -> None:
    (tree,) = read(source(name))
    assert isinstance(tree.root, Mapping)
    assert tree.root.get("Version") == "2012-10-17"


def test_every_file_has_its_test() -> None:
    assert sorted(path.name for path in FOLDER.iterdir() if path.suffix) == sorted([*(row[0] for row in REFUSED), *READ])


@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_line_ends_and_marks_change_no_value(suffix: str) -> None:
    assert read(source(f"bom.{suffix}"))[0].root == read(source(f"crlf.{suffix}"))[0].root


def test_the_repeated_key_is_found_at_its_line() -> None:
    (tree,) = read(source("repeated-key.json"))
    (note,) = tree.notes
    assert (note.kind, tree.source.position(tree.locate(note.place).start).line) == ("repeated-key", 6)


def test_every_trap_of_yaml_is_noted_and_no_text_is_lost() -> None:
    (tree,) = read(source("traps.yaml"))
    noted = [(note.kind, tree.source.text[tree.locate(note.place).start : tree.locate(note.place).end]) for note in tree.notes]
    assert noted == [
        ("yaml-boolean", "No"),
        ("yaml-octal", "012345670123"),
        ("yaml-null", ""),
        ("yaml-boolean", "off"),
        ("yaml-date", "2026-01-01T00:00:00Z"),
        ("yaml-number", "1_800"),
        ("yaml-number", "12:30"),
        ("yaml-null", "~"),
    ]
    for text in ("012345670123", Number("111122223333"), "1_800", "12:30", "2026-01-01T00:00:00Z"):
        assert repr(text) in repr(tree.root)
    assert "('Null', Mapping((('aws:MultiFactorAuthAge', False),)))" in repr(tree.root)


def test_separators_that_only_yaml_knows_are_no_lines() -> None:
    (tree,) = read(source("line-separators.yaml"))
    assert tree.source.position(tree.locate(Place((1, 0, 1))).start).line == 4
