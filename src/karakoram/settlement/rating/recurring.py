"""What is owed each month, day by day, and what is owed once?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, tzinfo
from decimal import Decimal
from functools import lru_cache

import numpy as np

from karakoram.core.money import Money
from karakoram.engines.rating import ChargeColumns, MonthColumns, PieceColumns, charged_pieces
from karakoram.sales.catalogue.words import PriceType
from karakoram.settlement.rating.charged import FOREVER, ChargedInterval
from karakoram.settlement.rating.periods import BillingPeriod, day_of
from karakoram.settlement.rating.rated import RatedCharge, RatedKind, major_text

OPEN_END = date.max.toordinal()

_DAYS_KEPT = 4_096
"""More than ten years of days, which is as long as a period may be."""


def recurring_columns(intervals: Sequence[ChargedInterval], zone: tzinfo) -> ChargeColumns:
    """The intervals of recurring charges as columns.

    The day of the start is charged whole and that of the end not at all, so that intervals that
    follow each other charge each day once.
    """
    return ChargeColumns(
        amount_minor=np.array([one.charge.amount.minor for one in intervals], dtype=np.int64),
        first_day=np.array(
            [day_of(one.starts_at, zone).toordinal() for one in intervals], dtype=np.int64
        ),
        end_day=np.array([end_day(one, zone) for one in intervals], dtype=np.int64),
    )


def end_day(interval: ChargedInterval, zone: tzinfo) -> int:
    """The ordinal of the first day that an interval does not charge."""
    if interval.end == FOREVER:
        return OPEN_END
    return day_of(interval.end, zone).toordinal()


def recurring_pieces(charges: ChargeColumns, period: BillingPeriod) -> PieceColumns:
    """What is owed of recurring charges in a period, charge by charge and month by month."""
    return charged_pieces(
        charges,
        _month_columns(period),
        first_day=period.from_day.toordinal(),
        end_day=period.to_day.toordinal(),
    )


def _month_columns(period: BillingPeriod) -> MonthColumns:
    """The months of a period as columns."""
    return MonthColumns(
        first_day=np.array([one.from_day.toordinal() for one in period.months]),
        end_day=np.array([one.to_day.toordinal() for one in period.months]),
    )


def rated_recurring(
    intervals: Iterable[ChargedInterval], period: BillingPeriod, *, zone: tzinfo
) -> Iterator[RatedCharge]:
    """A line for each recurring charge and month of the period in which it is asked."""
    chosen = [one for one in intervals if one.charge.kind is PriceType.RECURRING]
    if not chosen:
        return
    pieces = recurring_pieces(recurring_columns(chosen, zone), period)
    yield from charges_from_pieces(chosen, pieces, period)


def charges_from_pieces(
    intervals: Sequence[ChargedInterval], pieces: PieceColumns, period: BillingPeriod
) -> Iterator[RatedCharge]:
    """The lines that columns of pieces are."""
    units = [f"of {(one.to_day - one.from_day).days} days" for one in period.months]
    columns = (
        pieces.charge.tolist(),
        pieces.month.tolist(),
        pieces.first_day.tolist(),
        pieces.end_day.tolist(),
        pieces.amount_minor.tolist(),
    )
    for at, month, first, end, minor in zip(*columns, strict=True):
        interval = intervals[at]
        yield _rated_charge(
            interval,
            kind=RatedKind.RECURRING,
            days=(_day(first), _day(end)),
            quantity=Decimal(end - first),
            unit=units[month],
            minor=minor,
        )


def rated_once(
    intervals: Iterable[ChargedInterval], period: BillingPeriod, *, zone: tzinfo
) -> Iterator[RatedCharge]:
    """A line for each charge that is asked once, on a day of the period."""
    for one in intervals:
        if one.charge.kind is not PriceType.ONE_TIME:
            continue
        day = day_of(one.starts_at, zone)
        if period.holds(day):
            yield _rated_charge(
                one,
                kind=RatedKind.ONE_TIME,
                days=(day, date.fromordinal(day.toordinal() + 1)),
                quantity=Decimal(1),
                unit="",
                minor=one.charge.amount.minor,
            )


def _rated_charge(
    interval: ChargedInterval,
    *,
    kind: RatedKind,
    days: tuple[date, date],
    quantity: Decimal,
    unit: str,
    minor: int,
) -> RatedCharge:
    """The line of a charge whose amount is that of a whole month, or asked once."""
    charge = interval.charge
    first, end = days
    once = kind is RatedKind.ONE_TIME
    line = f"{interval.line}@{interval.since}" if once else interval.line
    return RatedCharge(
        product_id=interval.product_id,
        payer_id=interval.payer_id,
        operator_id=charge.operator_id,
        name=charge.name,
        kind=kind,
        from_day=first,
        to_day=end,
        quantity=quantity,
        unit=unit,
        unit_price=major_text(charge.amount),
        amount=Money(minor, charge.amount.currency),
        confidence=charge.confidence,
        source=charge.source,
        place=f"{interval.product_id}/{line}/{_word(first)}/{_word(end)}",
    )


@lru_cache(maxsize=_DAYS_KEPT)
def _day(ordinal: int) -> date:
    """The day, made once: a million lines have a few hundred days between them."""
    return date.fromordinal(ordinal)


@lru_cache(maxsize=_DAYS_KEPT)
def _word(day: date) -> str:
    return day.isoformat()
