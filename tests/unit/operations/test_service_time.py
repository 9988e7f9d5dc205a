"""Time in which a product worked, from outages that overlap."""

from datetime import UTC, datetime, timedelta

import pytest

from karakoram.core.moments import Interval
from karakoram.operations.outages import Outage
from karakoram.operations.service_time import service_time

JULY = Interval(
    starts_at=datetime(2026, 7, 1, tzinfo=UTC), ends_at=datetime(2026, 8, 1, tzinfo=UTC)
)


def outage(start_h, end_h, operator="SCO", **changes):
    given = {
        "outage_id": f"{operator}-{start_h}",
        "product_id": "P",
        "starts_at": JULY.starts_at + timedelta(hours=start_h),
        "ends_at": JULY.starts_at + timedelta(hours=end_h),
        "at_fault_id": operator,
        "where": "SST-GIL",
        "cause": "landslide",
        "source": "ticket 1",
    }
    return Outage(**{**given, **changes})


def test_an_outage_ends_after_it_starts():
    with pytest.raises(ValueError, match="must be after starts_at"):
        outage(3, 3)


def test_tickets_that_overlap_count_once_so_availability_is_never_negative():
    # Three tickets of 500 h each within 600 h: added up they would be longer than the month.
    tickets = [outage(0, 500), outage(50, 550), outage(100, 600)]
    time = service_time(tickets, window=JULY)
    assert time.down_s == 600 * 3600
    assert time.availability_percent == pytest.approx(100 * (1 - 600 / 744))
    assert time.longest_h == 600.0


def test_agreed_work_does_not_count_even_within_an_outage():
    time = service_time([outage(0, 10), outage(4, 6, is_excused=True)], window=JULY)
    assert time.down_s == 8 * 3600
    assert time.longest_h == 4.0


def test_what_lies_outside_of_the_window_counts_for_the_time_to_restore_alone():
    time = service_time([outage(-20, 2)], window=JULY)
    assert time.down_s == 2 * 3600
    assert time.longest_h == 22.0


def test_each_operator_answers_for_its_own_time():
    time = service_time([outage(0, 6), outage(4, 8, "ONE")], window=JULY)
    assert dict(time.down_s_by_operator) == {"SCO": 6 * 3600, "ONE": 4 * 3600}
    assert time.down_s == 8 * 3600


def test_a_window_of_no_length_had_nothing_to_miss():
    empty = Interval(starts_at=JULY.starts_at, ends_at=JULY.starts_at)
    time = service_time([outage(0, 6)], window=empty)
    assert time.availability_percent == 100.0
    assert time.longest_h == 0.0
