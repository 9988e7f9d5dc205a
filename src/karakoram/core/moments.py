"""How long does something hold, to the second? Half-open intervals of moments, in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Interval:
    """From a moment, which is in it, to another, which is not."""

    starts_at: datetime
    """UTC."""
    ends_at: datetime
    """UTC."""

    def __post_init__(self) -> None:
        if self.ends_at < self.starts_at:
            raise ValueError(f"ends_at {self.ends_at} must not be before starts_at")

    @property
    def seconds(self) -> int:
        """Its length in whole seconds, cut."""
        return (self.ends_at - self.starts_at) // _SECOND

    def within(self, window: "Interval") -> "Interval | None":
        """The part that lies in the window; ``None`` where there is none."""
        starts_at = max(self.starts_at, window.starts_at)
        ends_at = min(self.ends_at, window.ends_at)
        return Interval(starts_at=starts_at, ends_at=ends_at) if starts_at < ends_at else None


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The moments that lie in some interval, as intervals that do not touch, in order.

    Examples
    --------
    >>> noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    >>> hour = timedelta(hours=1)
    >>> one = Interval(starts_at=noon, ends_at=noon + hour)
    >>> other = Interval(starts_at=noon + hour / 2, ends_at=noon + 2 * hour)
    >>> sum(each.seconds for each in union((other, one)))
    7200
    """
    joined: list[Interval] = []
    for each in sorted(intervals):
        if joined and each.starts_at <= joined[-1].ends_at:
            ends_at = max(each.ends_at, joined[-1].ends_at)
            joined[-1] = Interval(starts_at=joined[-1].starts_at, ends_at=ends_at)
        elif each.starts_at < each.ends_at:
            joined.append(each)
    return tuple(joined)


def without(intervals: Iterable[Interval], taken: Iterable[Interval]) -> tuple[Interval, ...]:
    """The moments of ``intervals`` that lie in none of ``taken``."""
    left = list(union(intervals))
    for cut in union(taken):
        left = [part for each in left for part in _outside(each, cut)]
    return tuple(left)


def days_window(from_day: date, to_day: date, *, zone: tzinfo) -> Interval:
    """The days from ``from_day`` up to, not including, ``to_day``, as a zone counts them."""

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)

    return Interval(starts_at=midnight(from_day), ends_at=midnight(to_day))


def _outside(each: Interval, cut: Interval) -> tuple[Interval, ...]:
    if each.within(cut) is None:
        return (each,)
    before = (each.starts_at, min(each.ends_at, cut.starts_at))
    after = (max(each.starts_at, cut.ends_at), each.ends_at)
    return tuple(
        Interval(starts_at=starts_at, ends_at=ends_at)
        for starts_at, ends_at in (before, after)
        if starts_at < ends_at
    )
