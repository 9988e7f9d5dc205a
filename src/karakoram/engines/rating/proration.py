"""How much of a monthly amount falls on some days of the month, so that no cut loses anything?

The amount A of a month of n days is spread over its days by largest remainder with equal weights,
as ``core.money.allocate`` does: each day gets q = A div n, and the first r = A mod n days get one
minor unit more. Days i to j, the last not included, then have together

    S(i, j) = q (j - i) + min(j, r) - min(i, r)                                             (1)

and S(i, j) + S(j, k) = S(i, k) for every cut j: the parts of a period sum to the period exactly.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Int

AMOUNT_MAX = 10**18
"""Minor units; beyond it the arithmetic would leave 64 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeColumns:
    """Monthly charges, each for a stretch of days; days are counted as ``date.toordinal`` does."""

    amount_minor: Int[np.ndarray, " charge"]
    """Of a whole calendar month [minor units]; negative for what is given."""
    first_day: Int[np.ndarray, " charge"]
    end_day: Int[np.ndarray, " charge"]
    """First day not charged; not before ``first_day``."""

    def __post_init__(self) -> None:
        if np.any(np.abs(self.amount_minor) > AMOUNT_MAX):
            raise ValueError(f"amount_minor must be within {AMOUNT_MAX:,} minor units")
        if np.any(self.end_day < self.first_day):
            at = int(np.argmax(self.end_day < self.first_day))
            raise ValueError(f"end_day must not be before first_day, is for charge {at}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthColumns:
    """Calendar months, one after the other."""

    first_day: Int[np.ndarray, " month"]
    end_day: Int[np.ndarray, " month"]
    """First day of the next month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceColumns:
    """What is charged: a piece for each charge and month that have days in common, in order."""

    charge: Int[np.ndarray, " piece"]
    """Index into the charges."""
    month: Int[np.ndarray, " piece"]
    """Index into the months."""
    first_day: Int[np.ndarray, " piece"]
    end_day: Int[np.ndarray, " piece"]
    amount_minor: Int[np.ndarray, " piece"]


def month_share(
    amount_minor: Int[np.ndarray, " piece"],
    month_days: Int[np.ndarray, " piece"],
    *,
    begin: Int[np.ndarray, " piece"],
    end: Int[np.ndarray, " piece"],
) -> Int[np.ndarray, " piece"]:
    """What falls on days ``begin`` to ``end`` of a month by (1) [minor units].

    Parameters
    ----------
    amount_minor
        Of the whole month [minor units].
    month_days
        Days of the month.
    begin, end
        Days since the first of the month; ``end`` is not included.

    Examples
    --------
    Of 100 over 30 days the first ten get 4, the others 3:

    >>> of = lambda i, j: month_share(*map(np.array, ([100], [30])), begin=i, end=j).tolist()
    >>> of(np.array([0]), np.array([15])), of(np.array([15]), np.array([30]))
    ([55], [45])
    """
    each, spare = np.divmod(amount_minor, month_days)
    share: Int[np.ndarray, " piece"] = (
        each * (end - begin) + np.minimum(end, spare) - np.minimum(begin, spare)
    )
    return share


def charged_pieces(
    charges: ChargeColumns, months: MonthColumns, *, first_day: int, end_day: int
) -> PieceColumns:
    """What is charged from ``first_day`` to ``end_day``, charge by charge and month by month.

    A charge that lasts no day of a month has no piece in it.

    Parameters
    ----------
    charges
        Monthly amounts and the days for which they are asked.
    months
        Every month that the period touches, whole.
    first_day, end_day
        The period, as ordinals of days; ``end_day`` is not included.
    """
    assert first_day <= end_day, "a period does not end before it begins"
    found = [
        _pieces_of_month(charges, months, month=month, period=(first_day, end_day))
        for month in range(len(months.first_day))
    ]
    columns = [np.concatenate(parts) for parts in zip(*found, strict=True)]
    if len(found) > 1:
        order = np.argsort(columns[0], kind="stable")
        columns = [column[order] for column in columns]
    charge, month, begins, ends, amounts = columns
    return PieceColumns(
        charge=charge, month=month, first_day=begins, end_day=ends, amount_minor=amounts
    )


def _pieces_of_month(
    charges: ChargeColumns, months: MonthColumns, *, month: int, period: tuple[int, int]
) -> tuple[Int[np.ndarray, " piece"], ...]:
    """Charge, month, first day, end day and amount of the pieces in one month."""
    month_first, month_end = int(months.first_day[month]), int(months.end_day[month])
    begins = np.maximum(charges.first_day, max(month_first, period[0]))
    ends = np.minimum(charges.end_day, min(month_end, period[1]))
    charge = np.flatnonzero(begins < ends)
    begins, ends = begins[charge], ends[charge]
    amounts = month_share(
        charges.amount_minor[charge],
        np.full(len(charge), month_end - month_first),
        begin=begins - month_first,
        end=ends - month_first,
    )
    return charge, np.full(len(charge), month), begins, ends, amounts
