"""Which bytes are these, and where in their text is a character?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlint.text import source as module
from iamlint.text.source import Source, Span, TextError, bounded


def place(source: Source, offset: int) -> tuple[int, int, int]:
    position = source.position(offset)
    return position.line, position.column, position.utf16


def refused(data: bytes) -> TextError:
    with pytest.raises(TextError) as caught:
        _ = Source("x", data).text
    return caught.value


def test_text_is_decoded_as_utf_8() -> None:
    assert Source("x", "é😀".encode()).text == "é😀"


def test_a_byte_order_mark_is_no_part_of_the_text_and_comes_back_with_the_bytes() -> None:
    source = Source("x", b"\xef\xbb\xbf{}")
    assert source.text == "{}"
    assert source.has_bom
    assert source.encode("[]") == b"\xef\xbb\xbf[]"


def test_no_byte_order_mark_is_invented() -> None:
    assert Source("x", b"{}").encode("[]") == b"[]"


def test_a_byte_that_is_not_utf_8_is_named_with_its_place() -> None:
    error = refused("é\nab".encode() + b"\xe9c")
    assert error.message == "byte 0xE9 is not UTF-8"
    assert error.span == Span(4, 5)
    assert error.help == "save the file as UTF-8, or replace the character at 2:3"


def test_the_line_of_a_bad_byte_can_still_be_shown() -> None:
    source = Source("x", b"first\nab\xe9c\n")
    assert source.line(2) == "ab\ufffdc"


def test_surrogates_written_as_utf_8_are_bad_bytes() -> None:
    assert refused(b"\xed\xa0\x80").message == "byte 0xED is not UTF-8"


@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32")]
)
def test_wide_encodings_are_named(encoding: str, named: str) -> None:
    error = refused('{"a": 1}'.encode(encoding))
    assert (error.message, error.help) == (f"the file is {named}, not UTF-8", "save it as UTF-8")


def test_a_wide_encoding_is_shown_readably() -> None:
    assert Source("x", "ab\ncd".encode("utf-16")).line(2) == "cd"


def test_nul_characters_are_refused_with_their_place() -> None:
    error = refused(b"ab\0c")
    assert (error.message, error.span) == ("NUL character (U+0000) in the text", Span(2, 3))


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1 << 20)
    error = refused(b" " * ((1 << 20) + 1))
    assert error.message == "the file is larger than 1 MB"
    assert error.help == "split it, or leave it out"


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("", 0, (1, 1, 1)),
        ("ab", 1, (1, 2, 2)),
        ("ab", 99, (1, 3, 3)),
        ("a\nb", 2, (2, 1, 1)),
        ("a\r\nb", 3, (2, 1, 1)),
        ("a\rb", 2, (2, 1, 1)),
        ("a\n\rb", 3, (3, 1, 1)),
        ("a\r\n", 3, (2, 1, 1)),
        ("é😀x", 2, (1, 3, 4)),
        ("😀\n😀x", 3, (2, 2, 3)),
        ("a\u2028b", 2, (1, 3, 3)),
        ("a\x85b", 2, (1, 3, 3)),
        ("a\x0bb\x0cc", 4, (1, 5, 5)),
    ],
)
def test_positions_count_code_points_and_utf_16_units_from_1(text: str, offset: int, expected: tuple[int, int, int]) -> None:
    assert place(Source("x", text.encode()), offset) == expected


@given(st.text("ab😀\n\r", max_size=60))
def test_the_first_places_that_are_asked_for_are_found_as_the_many_after_them(text: str) -> None:
    counted, noted = Source("x", text.encode()), Source("x", text.encode())
    noted.line_span(1)
    for offset in range(len(text) + 1):
        assert place(counted, offset) == place(noted, offset)
        assert counted.line_at(offset) == noted.line_span(noted.position(offset).line)


def test_lines_come_without_their_ends() -> None:
    source = Source("x", b"a\r\nb\n\nc")
    assert [source.line(number) for number in (1, 2, 3, 4)] == ["a", "b", "", "c"]


def test_the_span_of_a_line_is_where_it_stands() -> None:
    source = Source("x", b"a\r\nbc\n")
    span = source.line_span(2)
    assert source.text[span.start : span.end] == "bc"


def test_a_line_that_is_not_there_is_the_nearest_one() -> None:
    source = Source("x", b"a\nb")
    assert (source.line(0), source.line(9)) == ("a", "b")


def test_a_quotation_in_a_message_is_short() -> None:
    assert module.excerpt("x" * 100) == "x" * 60 + "…"


def test_a_message_quotes_no_text_without_bound() -> None:
    assert bounded(f"`{'a' * 200}` is not `{'b' * 150}`") == f"`{'a' * 160}…` is not `{'b' * 150}`"


def test_a_message_is_bounded_whatever_it_quotes() -> None:
    assert len(bounded("unknown element `" + "`a" * 5000)) == 1001


def test_a_message_that_quotes_an_arn_is_as_it_was() -> None:
    message = f"`arn:aws:iam::111122223333:role/{'path/' * 20}name` {'is long ' * 20}"
    assert bounded(message) == message
