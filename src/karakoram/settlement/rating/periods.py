"""For which days is money asked, and on which day does a moment lie?

Moments are UTC; days are those of the billing time zone, which is data. Intervals are half open.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import pairwise

from karakoram.core.cells import shown
from karakoram.core.time import DAY_MAX, DAY_MIN, day_from_word

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-[Qq]([1-4])")
_YEAR = re.compile(r"\d{4}")
_MONTHS_OF_QUARTER = 3
_MONTHS_OF_YEAR = 12
MONTHS_MAX = 120
"""Of one period; nothing is billed for longer than ten years at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingPeriod:
    """The days that are rated together; any stretch of days, not whole months only."""

    from_day: date
    to_day: date
    """First day after."""

    def __post_init__(self) -> None:
        if self.to_day <= self.from_day:
            raise ValueError(
                f"BillingPeriod.to_day must be after from_day {self.from_day}, got {self.to_day}"
            )
        if _month_number(self.to_day) - _month_number(self.from_day) > MONTHS_MAX:
            raise ValueError(
                f"BillingPeriod.to_day must be within {MONTHS_MAX} months of {self.from_day}, "
                f"got {self.to_day}"
            )

    @property
    def months(self) -> tuple["BillingPeriod", ...]:
        """Every calendar month that the period touches, whole, in order."""
        last = _month_number(date.fromordinal(self.to_day.toordinal() - 1))
        firsts = [_first_of_month(at) for at in range(_month_number(self.from_day), last + 2)]
        return tuple(BillingPeriod(from_day=one, to_day=after) for one, after in pairwise(firsts))

    def holds(self, day: date) -> bool:
        """Whether ``day`` is one of the period's."""
        return self.from_day <= day < self.to_day


def day_of(moment: datetime, zone: tzinfo) -> date:
    """The day of the billing time zone on which a moment lies.

    >>> from datetime import UTC, timedelta, timezone
    >>> day_of(datetime(2026, 6, 30, 20, tzinfo=UTC), timezone(timedelta(hours=5)))
    datetime.date(2026, 7, 1)
    """
    assert moment.tzinfo is not None, "a moment says its offset from UTC"
    return moment.astimezone(zone).date()


def month_of(day: date) -> BillingPeriod:
    """The calendar month that a day lies in."""
    return BillingPeriod(
        from_day=day.replace(day=1), to_day=_first_of_month(_month_number(day) + 1)
    )


def period_from_word(word: str) -> BillingPeriod:
    """The period that a word names: a month, quarter, year, or two days with ``/`` between.

    Raises
    ------
    ValueError
        If it names none; says how to write one.

    Examples
    --------
    >>> quarter = period_from_word("2026-Q3")
    >>> quarter.from_day.isoformat(), quarter.to_day.isoformat()
    ('2026-07-01', '2026-10-01')
    """
    try:
        period = _named_period(word.strip())
    except ValueError as error:
        raise ValueError(f"{shown(word)} is no period: {error}") from error
    if period is None:
        raise ValueError(
            f"{shown(word)} must be a month (2026-07), a quarter (2026-Q3), a year (2026), or two "
            "days with / between, of which the second is the first day after "
            "(2026-07-01/2026-07-16)"
        )
    if not DAY_MIN <= period.from_day < period.to_day <= DAY_MAX:
        raise ValueError(f"{shown(word)} must lie between {DAY_MIN} and {DAY_MAX}")
    return period


def _named_period(word: str) -> BillingPeriod | None:
    if found := _MONTH.fullmatch(word):
        return month_of(date(int(found[1]), int(found[2]), 1))
    if found := _QUARTER.fullmatch(word):
        first = _MONTHS_OF_YEAR * int(found[1]) + _MONTHS_OF_QUARTER * (int(found[2]) - 1)
        return _whole_months(first, _MONTHS_OF_QUARTER)
    if _YEAR.fullmatch(word):
        return _whole_months(_MONTHS_OF_YEAR * int(word), _MONTHS_OF_YEAR)
    from_word, between, to_word = word.partition("/")
    if not between:
        return None
    return BillingPeriod(from_day=day_from_word(from_word), to_day=day_from_word(to_word))


def _whole_months(first: int, count: int) -> BillingPeriod:
    return BillingPeriod(from_day=_first_of_month(first), to_day=_first_of_month(first + count))


def _month_number(day: date) -> int:
    """Months since January of the year 0."""
    return _MONTHS_OF_YEAR * day.year + day.month - 1


def _first_of_month(number: int) -> date:
    return date(number // _MONTHS_OF_YEAR, number % _MONTHS_OF_YEAR + 1, 1)
