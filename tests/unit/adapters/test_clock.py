"""The clock of the machine tells UTC, and lets time pass."""

from datetime import UTC, timedelta

from karakoram.adapters.clock import SystemClock


def test_the_day_is_that_of_the_moment_in_utc_and_time_passes():
    clock = SystemClock()
    before = clock.now()
    assert before.tzinfo is UTC
    clock.wait(0.01)
    assert clock.now() - before >= timedelta(seconds=0.01)
    assert clock.today() - before.date() <= timedelta(days=1)
