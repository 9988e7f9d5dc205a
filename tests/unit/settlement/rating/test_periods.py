from datetime import date
from zoneinfo import ZoneInfo

import pytest

from karakoram.settlement.rating.periods import (
    BillingPeriod,
    day_of,
    month_of,
    period_from_word,
)
from tests.support.rating import at

KARACHI = ZoneInfo("Asia/Karachi")


@pytest.mark.parametrize(
    ("word", "first", "end"),
    [
        ("2026-07", "2026-07-01", "2026-08-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026-Q3", "2026-07-01", "2026-10-01"),
        ("2026-q4", "2026-10-01", "2027-01-01"),
        ("2028", "2028-01-01", "2029-01-01"),
        (" 2026-07-05/2026-07-16 ", "2026-07-05", "2026-07-16"),
    ],
)
def test_a_word_names_a_period(word, first, end):
    period = period_from_word(word)
    assert (period.from_day.isoformat(), period.to_day.isoformat()) == (first, end)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("July", "'July' must be a month"),
        ("2026-13", "'2026-13' is no period: month must be in"),
        ("2026-Q5", "must be a month"),
        ("2026-07-16/2026-07-16", "to_day must be after from_day 2026-07-16"),
        ("2026-07-01/soon", "is no period"),
        ("2000-01-01/2026-01-01", "within 120 months of 2000-01-01"),
        ("9999", "is no period"),
    ],
)
def test_a_word_that_names_none_is_told_how_to_write_one(word, message):
    with pytest.raises(ValueError, match=message):
        period_from_word(word)


def test_a_period_knows_its_days_and_its_months():
    period = BillingPeriod(from_day=date(2027, 12, 31), to_day=date(2028, 3, 1))
    assert [month.from_day.month for month in period.months] == [12, 1, 2]
    assert (period.months[-1].to_day - period.months[-1].from_day).days == 29
    assert period.holds(date(2028, 2, 29))
    assert not period.holds(date(2028, 3, 1))
    assert not period.holds(date(2027, 12, 30))
    assert month_of(date(2028, 2, 29)) == period.months[-1]


def test_eight_in_the_evening_of_june_is_july_in_karachi():
    assert day_of(at("2026-06-30T20:00"), KARACHI) == date(2026, 7, 1)
    assert day_of(at("2026-06-30T18:59"), KARACHI) == date(2026, 6, 30)
    assert day_of(at("2026-06-30T19:00"), KARACHI) == date(2026, 7, 1)


def test_where_clocks_change_a_day_is_still_the_day_of_the_calendar():
    berlin = ZoneInfo("Europe/Berlin")
    assert day_of(at("2026-03-28T23:00"), berlin) == date(2026, 3, 29)
    assert day_of(at("2026-03-29T22:00"), berlin) == date(2026, 3, 30)
    assert day_of(at("2026-03-29T21:59"), berlin) == date(2026, 3, 29)
