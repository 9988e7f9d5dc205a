"""Identifiers that sort by age (RFC 9562, version 7)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

from karakoram import bootstrap
from karakoram.adapters.clock import SystemClock
from karakoram.adapters.identifiers import TimeOrderedIds
from karakoram.usecases.sell.sales_ports import IdSource, Moments


def test_they_play_their_parts():
    assert isinstance(bootstrap.identifiers(), IdSource)
    assert isinstance(bootstrap.moments(), Moments)


def test_the_clock_tells_the_moment_in_utc():
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= before + timedelta(minutes=1)
    assert SystemClock().now().tzinfo is UTC


def test_an_identifier_says_its_version_variant_and_millisecond():
    made = UUID(TimeOrderedIds(lambda: 0x017F22E279B0).new_id())  # the example of RFC 9562, A.6
    assert (made.version, made.variant) == (7, RFC_4122)
    assert str(made).startswith("017f22e2-79b0-7")


def test_each_is_larger_than_the_one_before_whatever_the_clock_does():
    moments = iter([5, 5, 5, 3, 4, 6, 6, 2] * 500)
    ids = TimeOrderedIds(lambda: next(moments))
    made = [ids.new_id() for _ in range(4_000)]
    assert made == sorted(set(made))


def test_a_millisecond_that_is_full_borrows_from_the_next():
    ids = TimeOrderedIds(lambda: 7)
    first = ids.new_id()
    ids._counted = (1 << 74) - 1
    second = ids.new_id()
    assert first < second
    assert UUID(second).int >> 80 == 8


def test_threads_never_get_the_same():
    ids = TimeOrderedIds()
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: ids.new_id(), range(2_000)))
    assert len(set(made)) == 2_000
