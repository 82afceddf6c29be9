"""Why is this not YAML, and how is it mended?"""

from __future__ import annotations

import pytest

from iamlint.text.source import Source, TextError
from iamlint.text.yaml import read_yaml
from tests.text.reading import refused_yaml

QUOTES = "put the value in quotes"
UNCLOSED = ("this string is never closed", "close it with the quote that opens it")
REFUSED = [
    # text, underlined, message, help
    ("a:\n\tb: 1", "\t", "a tab cannot indent YAML", "indent with spaces"),
    ("a: b: c", ":", "a second `:` on one line", "put the value in quotes, or the mapping on a line of its own"),
    (
        "a: 1\n b: 2",
        "b: 2",
        "this line goes on with the value before it",
        "align it with the keys around it, or write the `:` missing above",
    ),
    ("a\nb: 1", "b: 1", "this line goes on with the value before it", "align it with the keys around it, or write the `:` missing above"),
    ("a: 1\nb\nc: 2", "b", "a key without `:`", "write `:` and a space after it, or indent it below the line before"),
    ('a: "b\nc: 1', '"b', *UNCLOSED),
    ("a: 'b", "'b", *UNCLOSED),
    ('a: "b\\', '"b\\', *UNCLOSED),
    ('a: "b" c', "c", "`c` does not fit the lines around it", "check its indentation and quotes"),
    ("- a\nb: 1", "b", "`b` does not fit the lines around it", "check its indentation and quotes"),
    ("a:\n    b: 1\n  c: 2", "c", "`c` does not fit the lines around it", "check its indentation and quotes"),
    ("a: - b", "-", "a list cannot start here", "put the `-` on a line of its own, or the value in quotes"),
    ("a: [b, c\nd: 1", ":", "`:` where the list needs `,` or `]`", "write the missing `,` or `]`"),
    ("a: [b, c", "[", "`[` is never closed", "write the missing `,` or `]`"),
    ("a: {b: c", "{", "`{` is never closed", "write the missing `,` or `}`"),
    ("a: }", "}", "`}` where a value should be", "write the value, or put it in quotes"),
    ("a: [", "", "the end of the file where a value should be", "write the value, or put it in quotes"),
    ("a: ]", "]", "`]` where a value should be", "write the value, or put it in quotes"),
    ("[a]]", "]", "`]` after the end of the document", "write `---` on a line between documents, or remove it"),
    ("a: @b", "@", "`@` cannot start a value", QUOTES),
    ("a: %b", "%", "`%` cannot start a value", QUOTES),
    ("a: `b", "`", "``` cannot start a value", QUOTES),
    ("a: *b", "*b", "no anchor `&b` before this alias", "write the value here, or put it in quotes"),
    ("a: *", "*", "an anchor or alias without a name", "write its name, or put the value in quotes"),
    ("a: &a [*a]", "*a", "the alias `*a` stands inside its own anchor", "write the value here"),
    ("<<: a", "a", "`<<` needs a mapping or a list of mappings", "write an alias of a mapping, or put `<<` in quotes"),
    ("a: !x!y b", "!x!y", "the tag prefix is not declared", "declare it with `%TAG`, or put the value in quotes"),
    (r'a: "\q"', r"\q", r"`\q` is not an escape", r"write a backslash as `\\`, or use single quotes"),
    (r'a: "\xZ"', 'Z"', "an escape without enough hexadecimal digits", "write them, or use single quotes"),
    ("a: |0\n  b", "0", "a block cannot be indented by 0", "write a number from 1 to 9 after `|` or `>`, or none"),
    ("a: | b", "b", "`b` after the sign of a block", "start the text on the next line"),
    ("%YAML 2.0\n---\na", "%YAML", "a version of YAML that is not 1.x", "remove the `%YAML` line"),
    ("a: \x07", "\x07", "the character U+0007 is not allowed in YAML", "remove it, or write it as an escape in double quotes"),
    ("a: \x7f", "\x7f", "the character U+007F is not allowed in YAML", "remove it, or write it as an escape in double quotes"),
]


@pytest.mark.parametrize(("text", "underlined", "message", "help"), REFUSED, ids=[row[0] for row in REFUSED])
def test_an_error_underlines_what_is_wrong_and_says_how_to_mend_it(text: str, underlined: str, message: str, help: str) -> None:
    assert refused_yaml(text) == (underlined, message, help)


@pytest.mark.parametrize("text", ["a: {{ x }} y", "a: [1, 2", "a: \x00"[:3] + "&", "a: !<", "a: %"])
def test_an_error_never_ends_the_program(text: str) -> None:
    with pytest.raises(TextError):
        read_yaml(Source("x", text.encode()))


@pytest.mark.parametrize("text", ['a: "\\U00110000"', 'a: "\\Uffffffff"', 'a: "\\ud800"'])
def test_escapes_that_are_no_characters_are_refused_without_libyaml_too(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iamlint.text.yaml.has_libyaml", lambda: False)
    underlined, message, _ = refused_yaml(text)
    assert message in ("an escape that is no character", "an escape that is half of a surrogate pair")
    assert underlined in text[3:]


@pytest.mark.parametrize("text", ["a: b: c", 'a: "b', "a: [b", "a:\n\tb: 1", "a: @b", 'a: "\\q"', "a: *b"])
def test_the_errors_are_the_same_without_libyaml(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = refused_yaml(text)[1]
    monkeypatch.setattr("iamlint.text.yaml.has_libyaml", lambda: False)
    assert refused_yaml(text)[1] == expected


def test_a_second_byte_order_mark_is_refused() -> None:
    with pytest.raises(TextError, match="a second byte order mark"):
        read_yaml(Source("x", "\ufeff\ufeffa: b".encode()))
