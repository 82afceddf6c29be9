"""Whatever a line holds, what is printed fits and stands above its marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iamlint.report.escape import visible, width, wrapped
from iamlint.report.look import Look
from iamlint.report.window import window

LOOKS = st.sampled_from([Look(80), Look(80, unicode=False)])
CHARACTERS = st.one_of(st.characters(), st.sampled_from("\t 日e\u0301🔥\u202e\x1b\ud800"))
LINES = st.text(CHARACTERS, max_size=120)


@given(line=LINES, data=st.data(), room=st.integers(30, 100), look=LOOKS)
def test_it_fits_and_begins_where_the_mark_does(line: str, data: st.DataObject, room: int, look: Look) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    view = window(line, start, end, room, look)
    assert width(view.text) <= room
    assert view.left <= start <= view.right
    assert 0 <= view.column(start) <= view.column(end) <= room


@given(line=LINES, data=st.data(), look=LOOKS)
def test_a_mark_stands_under_what_it_marks(line: str, data: st.DataObject, look: Look) -> None:
    start = data.draw(st.integers(0, len(line)))
    view = window(line, start, start, 200, look)
    if "\t" not in line and width(visible(line, look)) <= 200:
        assert view.column(start) == width(visible(line[:start], look))


@given(line=st.text(CHARACTERS.filter(lambda character: character != "\t")), look=LOOKS)
def test_what_is_made_visible_is_printable_and_stays_as_it_is_when_that_is_done_again(line: str, look: Look) -> None:
    once = visible(line, look)
    assert once.isprintable()
    assert visible(once, look) == once
    assert once.encode("utf-8" if look.unicode else "ascii") is not None


@given(words=st.lists(st.text("ab日", min_size=1, max_size=12), min_size=1), room=st.integers(24, 60), first=st.integers(24, 60))
def test_wrapping_loses_nothing_and_keeps_to_the_room(words: list[str], room: int, first: int) -> None:
    lines = wrapped(" ".join(words), room, first)
    assert " ".join(lines) == " ".join(words)
    assert width(lines[0]) <= first
    assert all(width(line) <= room for line in lines[1:])
