from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karakoram.core.cells import (
    CellBreach,
    cell_from_value,
    did_you_mean,
    empty_value,
    parser_from_hint,
    shown,
)
from karakoram.core.fields import Bounds, Positive
from karakoram.core.identifiers import SiteId


class Colour(Enum):
    RED = "red"
    DEEP_BLUE = "deep_blue"


@pytest.mark.parametrize(
    ("hint", "cell", "value"),
    [
        (str, " kept to the letter\r\n", " kept to the letter\r\n"),
        (SiteId, " URC ", "URC"),
        (bool, " TRUE", True),
        (bool, "false", False),
        (int, "-12", -12),
        (float, " 811.2 ", 811.2),
        (float, ".5", 0.5),
        (float, "1E-3", 0.001),
        (float | None, "2", 2.0),
        (Positive, "0.1", 0.1),
        (Positive | None, "0.1", 0.1),
        (Decimal, "10.250", Decimal("10.250")),
        (date, "2026-11-22", date(2026, 11, 22)),
        (date | None, "2026-11-22", date(2026, 11, 22)),
        (datetime, "2026-11-22T14:30:00Z", datetime(2026, 11, 22, 14, 30, tzinfo=UTC)),
        (datetime, " 2026-11-22 14:30 ", datetime(2026, 11, 22, 14, 30, tzinfo=UTC)),
        (datetime, "2026-11-22T14:30:00.5+05:00", datetime(2026, 11, 22, 9, 30, 0, 500_000, UTC)),
        (datetime | None, "2026-11-22", datetime(2026, 11, 22, tzinfo=UTC)),
        (Colour, " deep_blue", Colour.DEEP_BLUE),
        (tuple[SiteId, ...], "A; B;C", ("A", "B", "C")),
        (tuple[int, ...], "1;2", (1, 2)),
    ],
)
def test_a_cell_becomes_a_value_of_the_type_of_its_field(hint, cell, value):
    found = parser_from_hint(hint)(cell)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("hint", "cell", "code", "advice"),
    [
        (bool, "yes", "not-true-or-false", "true or false"),
        (int, "1.5", "not-a-whole-number", "whole number"),
        (int, "9" * 5_000, "not-a-whole-number", "18 digits"),
        (float, "12 km", "not-a-number", "without unit"),
        (float, "1,000", "not-a-number", "thousands separator"),
        (float, "1_000", "not-a-number", "decimal point"),
        (float, "nan", "not-a-number", "number"),
        (float, "-inf", "not-a-number", "number"),
        (float, "1e999", "not-a-number", "number"),
        (float, "٣", "not-a-number", "number"),
        (Positive, "-3", "out-of-bounds", "must be greater than 0, got -3"),
        (Positive | None, "0", "out-of-bounds", "must be greater than 0, got 0"),
        (Annotated[int, Bounds(at_most=3.0)], "4", "out-of-bounds", "must be at most 3"),
        (Annotated[Decimal, Bounds(at_least=0.0)], "-1", "out-of-bounds", "at least 0"),
        (Decimal, "NaN", "not-a-number", "number"),
        (Decimal, "1e99", "out-of-bounds", "at most 30 digits"),
        (Decimal, "1e-31", "out-of-bounds", "at most 30 digits"),
        (Decimal, "1e9999", "out-of-bounds", "at most 30 digits"),
        (date, "22.11.2026", "not-a-date", "like 2026-11-22"),
        (datetime, "22.11.2026 14:30", "not-a-moment", "like 2026-11-22T14:30:00Z"),
        (datetime, "2026-11-22T25:30", "not-a-moment", "is no moment: hour must be in"),
        (datetime, "0001-01-01T00:00+05:00", "out-of-bounds", "between 1900-01-01"),
        (date, "20261122", "not-a-date", "like 2026-11-22"),
        (date, "2026-02-30", "not-a-date", "not a day"),
        (Colour, "deep blue", "unknown-word", "red, deep_blue; did you mean deep_blue?"),
        (SiteId, "a" * 100_000, "out-of-bounds", "'... has 100,000 characters; an identifier"),
        (tuple[SiteId, ...], "A;" + "b" * 101, "out-of-bounds", "has 101 characters"),
        (tuple[SiteId, ...], "A;" * 1_000, "out-of-bounds", "at most 1000 parts"),
        (tuple[SiteId, ...], "A;;B", "empty-part", "empty part"),
        (tuple[int, ...], "1;x", "not-a-whole-number", "'x'"),
    ],
)
def test_a_wrong_cell_says_what_would_be_right(hint, cell, code, advice):
    breach = parser_from_hint(hint)(cell)
    assert isinstance(breach, CellBreach)
    assert breach.code == code
    assert advice in breach.message


def test_a_number_of_absurd_exponent_is_no_price():
    breach = parser_from_hint(Decimal)("1e9999999999999999999")
    assert isinstance(breach, CellBreach)


@pytest.mark.parametrize("hint", [complex, list[int], tuple[int, int], int | str])
def test_a_type_that_no_cell_can_hold_is_refused(hint):
    with pytest.raises(TypeError, match="a table cannot hold"):
        parser_from_hint(hint)


@pytest.mark.parametrize(
    ("hint", "value"),
    [(tuple[str, ...], ()), (float | None, None), (Positive | None, None)],
)
def test_an_empty_cell_can_mean_nothing(hint, value):
    assert empty_value(hint) == value


@pytest.mark.parametrize("hint", [float, Positive, SiteId, Colour, date])
def test_an_empty_cell_where_a_value_is_needed_is_a_breach(hint):
    breach = empty_value(hint)
    assert isinstance(breach, CellBreach)
    assert breach.code == "empty-cell"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (False, "false"),
        (1e22, "1e+22"),
        (-0.0, "-0"),
        (7, "7"),
        (Decimal("1.50"), "1.50"),
        (date(2026, 1, 2), "2026-01-02"),
        (Colour.RED, "red"),
        ((1.0, 2.5), "1;2.5"),
        ("a;b", "a;b"),
    ],
)
def test_a_value_becomes_the_shortest_text(value, cell):
    assert cell_from_value(value) == cell


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_comes_back_as_the_same_number(value):
    assert parser_from_hint(float)(cell_from_value(value)) == value


def test_noise_is_cut_where_it_is_shown_and_not_compared_with_words():
    noise = "z" * 10_000
    assert len(shown(noise)) < 80
    assert did_you_mean(noise, ["z" * 9_999]) == ""


def test_several_near_misses_are_joined_by_or():
    assert did_you_mean("site", ["sites", "sited"]) == "; did you mean sites or sited?"


@pytest.mark.parametrize("hint", [str, SiteId])
def test_a_character_that_steers_a_terminal_is_refused(hint):
    breach = parser_from_hint(hint)("\x1b[2JEVIL")
    assert breach.code == "control-character"
    assert "U+001B" in breach.message
    assert parser_from_hint(hint)("two words") == "two words"


@pytest.mark.parametrize("name", ["t\n1", "t\t1", "t\u200b1", "\ufefft", "t\u00a01", "\u202et"])
def test_an_identifier_that_hides_something_is_refused(name):
    breach = parser_from_hint(SiteId)(name)
    assert breach.code == "control-character"
    assert "U+" in breach.message
    assert parser_from_hint(SiteId)(" t 1\n") == "t 1"


@pytest.mark.parametrize(
    ("hint", "word"),
    [(date, "0001-01-01"), (date, "9999-12-31"), (datetime, "9999-12-31T23:00-05:00")],
)
def test_a_day_that_nobody_means_is_out_of_bounds(hint, word):
    breach = parser_from_hint(hint)(word)
    assert (breach.code, word in breach.message) == ("out-of-bounds", True)
