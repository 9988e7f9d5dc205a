"""A table keeps every word whole and every cell on the screen, however narrow it is."""

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from karakoram.interfaces.cli.tables import show_table

HEADINGS = ("Cable", "Id", "#spans", "#published km")
ROWS = (
    ("Pak-China optical fibre cable, phase 2 (Khunjerab-Gwadar-Karachi)", "P2", "0", "7,990.0"),
    ("AJK ring", "SCO-AJK", "13", "-"),
)


def shown(headings, rows, *, width, total=None):
    file = StringIO()
    console = Console(file=file, width=width, markup=False, highlight=False, emoji=False)
    show_table(console, headings, rows, total=total)
    return file.getvalue()


def words(text):
    return " ".join(text.split())


@pytest.mark.parametrize("width", [60, 72, 80, 120])
def test_words_stay_whole_and_within_the_screen(width):
    text = shown(HEADINGS, ROWS, width=width)
    assert "(Khunjerab-Gwadar-Karachi)" in text
    assert "7,990.0" in text
    assert max(map(len, text.splitlines())) <= width


def test_a_cell_that_is_too_wide_wraps_at_blanks():
    lines = shown(("What",), [("one two three",)], width=10).splitlines()
    assert [line.strip() for line in lines[2:]] == ["one two", "three"]


def test_numbers_stand_to_the_right_and_are_never_wrapped():
    for width in (16, 18):
        text = shown(("Where", "#x GHz"), [("A to B", "1 x 150"), ("C", "4 x 50")], width=width)
        long, short = (
            next(line for line in text.splitlines() if number in line)
            for number in ("1 x 150", " 4 x 50")
        )
        assert len(long) == len(short)
        assert (long[-7:], short[-7:]) == ("1 x 150", " 4 x 50")


def test_columns_move_together_before_rows_are_stacked():
    row = [("abcdefghij", "1234567890")]
    wide, close = (shown(("A", "#B"), row, width=width) for width in (25, 23))
    assert "abcdefghij   1234567890" in wide
    assert "abcdefghij 1234567890" in close


def test_rows_are_stacked_with_their_headings_where_columns_do_not_fit():
    text = shown(("Cable", "Id", "#spans", ""), [("AJK ring", "SCO-AJK", "13", "x")], width=16)
    assert [line.strip() for line in text.splitlines()] == [
        *("AJK ring", "Id: SCO-AJK;", "spans: 13; x"),
    ]


def test_a_stacked_row_leaves_out_what_says_nothing():
    text = shown(("Cable", "#published km", "#km"), [("a-long-name", "-", "")], width=14)
    assert words(text) == "a-long-name"


def test_a_total_is_the_last_row_and_set_apart():
    lines = shown(("Who", "#km"), [("A", "1")], width=40, total=("Total", "1")).splitlines()
    assert words(lines[-1]) == "Total 1"
    assert not lines[-2].strip()
    stacked = shown(("Who", "#km"), [], width=9, total=("Everything", "1"))
    assert words(stacked).endswith("km: 1")


def test_a_table_without_rows_is_its_headings():
    assert words(shown(HEADINGS, [], width=80)).startswith("Cable Id spans published km")


def test_rows_and_headings_must_match():
    with pytest.raises(AssertionError, match="a cell for each heading"):
        shown(("A", "B"), [("only one",)], width=80)


WORD = st.text("abcdefgh-,.0123456789", min_size=1, max_size=20).filter(lambda w: w != "-")
CELL = st.lists(WORD, min_size=1, max_size=6).map(" ".join)


@given(
    rows=st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=4)
    ),
    numbers=st.integers(0, 15),
    width=st.integers(30, 120),
)
def test_no_word_is_lost_or_broken_at_any_width(rows, numbers, width):
    marks = ["#" if numbers >> i & 1 else "" for i in range(len(rows[0]))]
    headings = [f"{mark}h{i}" for i, mark in enumerate(marks)]
    text = shown(headings, rows, width=width)
    told = text.replace(";", " ").split()
    for cell in (cell for row in rows for cell in row):
        assert set(cell.split()) <= set(told)
    assert max(map(len, text.splitlines())) <= width
