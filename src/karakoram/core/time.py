"""When does something hold? Half-open intervals of calendar days, in UTC."""

import re
from dataclasses import dataclass
from datetime import date

DAY_MIN, DAY_MAX = date(1900, 1, 1), date(2999, 12, 31)
"""Days that somebody may mean: before the first there was no long-haul cable to sell, and the
neighbours of days at the ends of the calendar cannot be counted."""

_SHOWN_MAX = 60
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_from_word(word: str) -> date:
    """The day that a word such as ``2026-07-31`` names.

    Raises
    ------
    ValueError
        If it names none, or one that nobody means; says how to write one.

    >>> day_from_word("2026-07-31")
    datetime.date(2026, 7, 31)
    """
    try:
        day = date.fromisoformat(word.strip()) if _DAY.fullmatch(word.strip()) else None
    except ValueError:
        day = None
    if day is None or not DAY_MIN <= day <= DAY_MAX:
        raise ValueError(
            f"must be a day such as 2026-07-31, from {DAY_MIN} to {DAY_MAX}, "
            f"got {word[:_SHOWN_MAX]!r}"
        )
    return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """The days on which a price or an agreement holds; ``valid_to`` is the first day it does not.

    >>> Validity(valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1)).holds_on(date(2027, 1, 1))
    False
    """

    valid_from: date | None = None
    """First day; ``None`` means since ever."""
    valid_to: date | None = None
    """First day after; ``None`` means until further notice."""

    def __post_init__(self) -> None:
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} must be after valid_from {self.valid_from}")

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` lies in the half-open interval."""
        starts = self.valid_from is None or self.valid_from <= day
        return starts and (self.valid_to is None or day < self.valid_to)

    def overlaps(self, other: "Validity") -> bool:
        """Whether some day lies in both intervals."""
        return _starts_before_end(self, other) and _starts_before_end(other, self)

    def common(self, other: "Validity") -> "Validity | None":
        """The days that lie in both intervals; ``None`` where there is none.

        >>> half = Validity(valid_from=date(2026, 7, 1))
        >>> half.common(Validity(valid_to=date(2026, 9, 1))).valid_from
        datetime.date(2026, 7, 1)
        >>> half.common(Validity(valid_to=date(2026, 7, 1))) is None
        True
        """
        if not self.overlaps(other):
            return None
        begun = [each for each in (self.valid_from, other.valid_from) if each is not None]
        ended = [each for each in (self.valid_to, other.valid_to) if each is not None]
        return Validity(valid_from=max(begun, default=None), valid_to=min(ended, default=None))


def _starts_before_end(one: Validity, other: Validity) -> bool:
    return one.valid_from is None or other.valid_to is None or one.valid_from < other.valid_to
