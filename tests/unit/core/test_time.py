from datetime import date

import pytest

from karakoram.core.time import DAY_MAX, DAY_MIN, Validity, day_from_word

JANUARY = date(2026, 1, 1)
JUNE = date(2026, 6, 1)
YEAR_END = date(2026, 12, 31)
NEXT_JANUARY = date(2027, 1, 1)


def test_the_first_day_belongs_to_the_interval_and_the_last_does_not():
    year = Validity(valid_from=JANUARY, valid_to=NEXT_JANUARY)
    assert year.holds_on(JANUARY)
    assert year.holds_on(YEAR_END)
    assert not year.holds_on(NEXT_JANUARY)
    assert not year.holds_on(date(2025, 12, 31))


def test_without_bounds_it_holds_always():
    assert Validity().holds_on(date.min)
    assert Validity().holds_on(date.max)


def test_without_a_first_day_it_has_held_since_ever():
    assert Validity(valid_to=JUNE).holds_on(date.min)
    assert not Validity(valid_to=JUNE).holds_on(JUNE)


def test_without_a_last_day_it_holds_until_further_notice():
    assert Validity(valid_from=JUNE).holds_on(date.max)
    assert not Validity(valid_from=JUNE).holds_on(JANUARY)


@pytest.mark.parametrize("valid_to", [JANUARY, date(2025, 1, 1)])
def test_an_interval_without_a_day_is_refused(valid_to):
    with pytest.raises(ValueError, match=f"valid_to {valid_to} must be after valid_from"):
        Validity(valid_from=JANUARY, valid_to=valid_to)


def test_intervals_that_follow_each_other_do_not_overlap():
    first = Validity(valid_from=JANUARY, valid_to=JUNE)
    second = Validity(valid_from=JUNE, valid_to=NEXT_JANUARY)
    assert not first.overlaps(second)
    assert not second.overlaps(first)


def test_intervals_that_share_a_day_overlap():
    first = Validity(valid_from=JANUARY, valid_to=date(2026, 6, 2))
    second = Validity(valid_from=JUNE)
    assert first.overlaps(second)
    assert second.overlaps(first)


def test_an_open_interval_overlaps_every_other():
    assert Validity().overlaps(Validity(valid_from=JANUARY, valid_to=JUNE))
    assert Validity(valid_to=JUNE).overlaps(Validity(valid_from=JANUARY))


@pytest.mark.parametrize("day", [DAY_MIN, DAY_MAX])
def test_a_word_names_a_day_that_somebody_may_mean(day):
    assert day_from_word(f" {day.isoformat()} ") == day


@pytest.mark.parametrize(
    "word",
    ["", "foo", "1899-12-31", "3000-01-01", "2026-02-30", "20260731", "2026-W31-1", "२०२६-०७-३१"],
)
def test_any_other_word_is_refused_with_what_would_be_right(word):
    with pytest.raises(ValueError, match=r"must be a day such as 2026-07-31, .*got '"):
        day_from_word(word)
