"""Why is this not JSON, and how is it mended?"""

from __future__ import annotations

import pytest

from tests.text.reading import refused_json

QUOTES = "put it in double quotes, or fill it in first"
REFUSED = [
    # text, underlined, message, help
    ("", "", "the file is empty", "write a JSON value into it, or remove it"),
    (" \n", "", "the file is empty", "write a JSON value into it, or remove it"),
    ('{"a": [1,2,],}', ",", "trailing comma before `]`", "remove the comma at 1:11"),
    ('{\n"a":1\n,\n}', ",", "trailing comma before `}`", "remove the comma at 3:1"),
    ('{"a" 1}', '"a"', "this key has no value", "write `:` and the value at 1:5"),
    ('{"a\\"b"}', '"a\\"b"', "this key has no value", "write `:` and the value at 1:8"),
    ('{"a":}', "}", "a value is missing before `}`", "write the value of this key"),
    ("{a: 1}", "a", "the key `a` is not in double quotes", 'write `"a"`'),
    ('{"a":1,2:3}', "2", "the key `2` is not in double quotes", 'write `"2"`'),
    ("{'a': 1}", "'a'", "JSON strings stand in double quotes", "write `\"` for `'`"),
    ("['a", "'a", "JSON strings stand in double quotes", "write `\"` for `'`"),
    ("[1 2]", "1", "no comma before the next value", "write `,` at 1:3"),
    ('["a"\n "b"]', '"', "no comma before the next value", "write `,` at 1:5"),
    ('{"a":{}{"c":2}}', "}", "no comma before the next value", "write `,` at 1:8"),
    ("[01]", "01", "`01` is not a JSON number", "put it in double quotes if it is text"),
    ("[+1]", "+1", "`+1` is not a JSON number", "put it in double quotes if it is text"),
    ("[.5]", ".5", "`.5` is not a JSON number", "put it in double quotes if it is text"),
    ("[1.]", "1.", "`1.` is not a JSON number", "put it in double quotes if it is text"),
    ("[0x1F]", "0x1F", "`0x1F` is not a JSON number", "put it in double quotes if it is text"),
    ("NaN", "NaN", "`NaN` is not a JSON number", "write a number, or put it in double quotes"),
    ('{"a": -Infinity}', "-Infinity", "`-Infinity` is not a JSON number", "write a number, or put it in double quotes"),
    ("[True]", "True", "`True` is not JSON", "write `true`"),
    ("[None]", "None", "`None` is not JSON", "write `null`"),
    ("[sts:AssumeRole]", "sts", "`sts` stands outside a string", 'write `"sts"`'),
    ('{"a":truex}', "truex", "`truex` stands outside a string", 'write `"truex"`'),
    ("// c\n{}", "// c", "JSON has no comments", "remove it"),
    ('{"a":1 /* x\n */}', "/* x\n */", "JSON has no comments", "remove it"),
    ("[1, # x\n2]", "# x", "JSON has no comments", "remove it"),
    ('["a\nb"]', '"a', "this string is not closed on its line", r'close it with `"`, or write a line break as `\n`'),
    ('["a\tb"]', "\t", "control character U+0009 in a string", r"write `\t` for it, or remove it"),
    ('["a\x1bb"]', "\x1b", "control character U+001B in a string", r"write `\u001b` for it, or remove it"),
    (r'["a\xb"]', r"\x", r"`\x` is not an escape", r"write a backslash as `\\`"),
    (r'["a\u12"]', r"\u12", r"`\u` needs four hexadecimal digits", r"write them, or a backslash as `\\`"),
    (r'["a\ud800b"]', r"\ud800", r"`\ud800` is half of a surrogate pair, not a character", "write both halves, or the character itself"),
    (r'{"\uDC00": 1}', r"\uDC00", r"`\uDC00` is half of a surrogate pair, not a character", "write both halves, or the character itself"),
    ('["abc', '"abc', "this string is never closed", 'close it with `"`'),
    ('["abc\\', '"abc\\', "this string is never closed", 'close it with `"`'),
    ("[“a”]", "“", "`“` is a typographic quote", 'write `"`'),
    ("[\u00a01]", "\u00a0", "the character U+00A0 stands outside a string", "write an ordinary space for it, or remove it"),
    ("{\ufeff}", "\ufeff", "the character U+FEFF stands outside a string", "write an ordinary space for it, or remove it"),
    ("{{ x }}", "{{ x }}", "`{{ x }}` stands outside a string", QUOTES),
    ('{"a": ${x}}', "${x}", "`${x}` stands outside a string", QUOTES),
    ("[<ACCOUNT_ID>]", "<ACCOUNT_ID>", "`<ACCOUNT_ID>` stands outside a string", QUOTES),
    ("[,1]", ",", "a value is missing before `,`", "write the value, or remove this character"),
    ("{,}", ",", "a key is missing before `,`", "write the key, or remove this character"),
    ('["a":1]', ":", "`:` in a list", "write `{` and `}` around the pair, or remove the `:`"),
    ('{"a": 1', "{", "`{` is never closed", "close it with `}`"),
    ('{"a": [1, {', "{", "`{` is never closed", "close it with `}]}`"),
    ("[[[[[[[[[", "[", "`[` is never closed", "see whether the file was cut off"),
    ('{"a":[1}', "}", "`}` cannot close the `[` of 1:6", "write `]`"),
    ('{"a":1}}', "}", "`}` closes nothing", "remove it"),
    ('{"a":1},', ",", "a comma after the end of the document", "remove it"),
    ('{"a":1}\n{"b":2}', '{"b":2}', "text after the end of the document", "remove it, or split the file"),
]


@pytest.mark.parametrize(("text", "underlined", "message", "help"), REFUSED, ids=[row[0] or "nothing" for row in REFUSED])
def test_an_error_underlines_what_is_wrong_and_says_how_to_mend_it(text: str, underlined: str, message: str, help: str) -> None:
    assert refused_json(text) == (underlined, message, help)


def test_long_words_are_cut_in_messages() -> None:
    assert refused_json("[" + "x" * 500 + "]")[1] == f"`{'x' * 60}…` stands outside a string"
