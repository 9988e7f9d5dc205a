"""Half-open intervals of moments."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from karakoram.core.moments import Interval, days_window, union, without

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def hours(start, end):
    return Interval(starts_at=NOON + timedelta(hours=start), ends_at=NOON + timedelta(hours=end))


def test_what_ends_before_it_starts_is_no_interval():
    with pytest.raises(ValueError, match="must not be before"):
        hours(1, 0)


def test_intervals_that_overlap_or_touch_are_joined_and_counted_once():
    assert union([hours(3, 4), hours(0, 2), hours(1, 3), hours(6, 7), hours(9, 9)]) == (
        hours(0, 4),
        hours(6, 7),
    )


def test_one_interval_within_another_adds_nothing():
    assert union([hours(0, 10), hours(2, 3)]) == (hours(0, 10),)


def test_what_is_taken_leaves_what_lies_before_and_after_it():
    assert without([hours(0, 10)], [hours(2, 3), hours(9, 12)]) == (hours(0, 2), hours(3, 9))
    assert without([hours(0, 2)], [hours(2, 3)]) == (hours(0, 2),)
    assert without([hours(0, 2)], [hours(-1, 3)]) == ()


def test_the_part_in_a_window_is_what_both_have():
    assert hours(0, 10).within(hours(5, 20)) == hours(5, 10)
    assert hours(0, 5).within(hours(5, 20)) is None


def test_a_day_in_karachi_begins_five_hours_before_it_does_in_utc():
    window = days_window(date(2026, 7, 1), date(2026, 8, 1), zone=ZoneInfo("Asia/Karachi"))
    assert window.starts_at == datetime(2026, 6, 30, 19, tzinfo=UTC)
    assert window.seconds == 31 * 86_400
