"""Does a card's Markdown read well in a terminal, and can it do no harm there?"""

from __future__ import annotations

import pytest

from iamlint.report.look import Look
from iamlint.report.markdown import blocks, plain


def shown(text: str, width: int = 40, indent: int = 2) -> list[str]:
    return list(blocks(text, Look(width), indent=indent))


def test_a_paragraph_is_wrapped_to_the_width() -> None:
    lines = shown("one two three four five six seven\neight nine ten eleven twelve")
    assert lines == ["  one two three four five six seven", "  eight nine ten eleven twelve"]
    assert all(len(line) <= 40 for line in lines)


def test_the_lines_of_an_item_hang_under_its_first_word() -> None:
    assert shown("- one two three four five six seven eight\n  nine\n- ten") == [
        "  - one two three four five six seven",
        "    eight nine",
        "  - ten",
    ]


def test_numbered_items_keep_their_numbers() -> None:
    assert shown("1. one\n2. two") == ["  1. one", "  2. two"]


def test_a_fenced_block_is_not_wrapped() -> None:
    long = "x " * 40
    assert shown(f"```json\n{long}\n\n# a\n```\nafter") == [f"    {long}".rstrip(), "", "    # a", "  after"]


def test_a_fence_that_does_not_end_is_shown_to_the_end() -> None:
    assert shown("```\na") == ["    a"]


def test_a_heading_stands_alone() -> None:
    assert shown("### Terraform\nuse it") == ["  Terraform", "  use it"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("see [the guide](https://a.example/b)", "see the guide (https://a.example/b)"),
        ("[https://a.example](https://a.example)", "https://a.example"),
        ("a **bold** word", "a bold word"),
        ("`a [b](c) **d**` e", "`a [b](c) **d**` e"),
        ("sts:* and 2 ** 3 ** 4", "sts:* and 2 ** 3 ** 4"),
        ("snake_case__name", "snake_case__name"),
    ],
)
def test_marks_of_links_and_emphasis_are_taken_away(text: str, read: str) -> None:
    assert plain(text) == read


@pytest.mark.parametrize("text", ["\x1b[31mred", "```\n\x1b]0;title\x07\n```", "| \x1b[2J |", "### \u202eevil", "- \x9b1m"])
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    assert not any(character < " " or character in "\x9b\u202e" for line in shown(text) for character in line)


def test_ascii_is_kept_to_where_the_terminal_has_no_more() -> None:
    assert list(blocks("a – b", Look(40, unicode=False), indent=0)) == ["a \\u2013 b"]
