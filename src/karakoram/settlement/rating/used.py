"""What is owed for what was used?

The units of a calendar month are counted in the order of moment and identifier, so the sum does
not depend on the order in which they were told. The count of a charge runs through the month, also
over a change of its price: a unit is asked at the price of its moment, in the tier that the count
has reached.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from decimal import Context, Decimal

import numpy as np
from jaxtyping import Shaped

from karakoram.core.currencies import MINOR_DIGITS
from karakoram.core.money import Money
from karakoram.core.provenance import weakest
from karakoram.engines.rating import TariffColumns, usage_minor
from karakoram.settlement.rating.charged import FOREVER
from karakoram.settlement.rating.periods import BillingPeriod, day_of, month_of
from karakoram.settlement.rating.rated import RatedCharge, RatedKind
from karakoram.settlement.rating.tariffs import JudgedUsage, Tariff
from karakoram.settlement.rating.usage import UsageRecord

_SAFE = 2**62
"""Below it, sums of products are exact in 64 bits; beyond, Python's integers take over."""

_EXACT = Context(prec=200)
"""More digits than sums of quantities have; the usual 28 would round some away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageCost:
    """What one record costs by one tariff."""

    record: UsageRecord
    tariff: int
    """Index into the tariffs of the judged usage."""
    day: date
    """Of the billing time zone."""
    amount: Money
    """What it adds to the month's sum, rounded so that all of them sum to it."""


_Counted = tuple[UsageRecord, int, date]
"""A record, the tariff that counts it, and its day."""


def usage_costs(judged: JudgedUsage, *, zone: tzinfo) -> tuple[UsageCost, ...]:
    """What each record costs by each tariff that counts it, charge by charge and month by month.

    Parameters
    ----------
    judged
        The usage of whole months: the tiers of a month are reached by all its units.
    zone
        The billing time zone, which says where a month begins.
    """
    counts = _counts(judged, zone)
    if not counts:
        return ()
    counted = [one for count in counts for one in count]
    quantities, tariffs = _columns([record.quantity for record, *_ in counted], judged.tariffs)
    minors = usage_minor(
        quantities,
        counter=np.repeat(np.arange(len(counts)), [len(count) for count in counts]),
        tariff=np.array([at for _, at, _ in counted], dtype=np.int64),
        tariffs=tariffs,
    )
    currencies = [tariff.interval.charge.amount.currency for tariff in judged.tariffs]
    return tuple(
        UsageCost(record=record, tariff=at, day=day, amount=Money(int(minor), currencies[at]))
        for (record, at, day), minor in zip(counted, minors.tolist(), strict=True)
    )


def rated_usage(
    judged: JudgedUsage, costs: Iterable[UsageCost], period: BillingPeriod, *, zone: tzinfo
) -> Iterator[RatedCharge]:
    """A line for each tariff and month of the period in which something was used.

    Parameters
    ----------
    judged
        Usage and the tariffs that it is rated by.
    costs
        Of all that was used, whatever period it falls into.
    period
        That is billed.
    zone
        Of the seller, whose midnights part days.
    """
    sums: dict[tuple[int, date], tuple[Decimal, int]] = {}
    for cost in costs:
        if period.holds(cost.day):
            key = (cost.tariff, month_of(cost.day).from_day)
            quantity, minor = sums.get(key, (Decimal(0), 0))
            total = _EXACT.add(quantity, cost.record.quantity)
            sums[key] = (total, minor + cost.amount.minor)
    for (at, month), (quantity, minor) in sums.items():
        tariff = judged.tariffs[at]
        days = _days(tariff, month_of(month), period=period, zone=zone)
        yield _line(tariff, days, quantity=quantity, minor=minor)


def _line(tariff: Tariff, days: tuple[date, date], *, quantity: Decimal, minor: int) -> RatedCharge:
    interval, charge = tariff.interval, tariff.interval.charge
    first, end = days
    return RatedCharge(
        product_id=interval.product_id,
        payer_id=interval.payer_id,
        operator_id=charge.operator_id,
        name=charge.name,
        kind=RatedKind.USAGE,
        from_day=first,
        to_day=end,
        quantity=quantity,
        unit=charge.unit,
        unit_price=";".join(tier.unit_price for tier in tariff.tiers),
        amount=Money(minor, charge.amount.currency),
        confidence=weakest(tuple(tier.confidence for tier in tariff.tiers)),
        source="; ".join(dict.fromkeys(tier.source for tier in tariff.tiers)),
        place=f"{interval.product_id}/{interval.line}@{interval.since}/{first}/{end}",
    )


def _days(
    tariff: Tariff, month: BillingPeriod, *, period: BillingPeriod, zone: tzinfo
) -> tuple[date, date]:
    """The days of a month and period on which a tariff holds, if only for a part of the day."""
    first = max(month.from_day, period.from_day, day_of(tariff.interval.starts_at, zone))
    end = min(month.to_day, period.to_day)
    if tariff.interval.end != FOREVER:
        last = day_of(tariff.interval.end - timedelta(microseconds=1), zone)
        end = min(end, last + timedelta(days=1))
    return first, end


def _counts(judged: JudgedUsage, zone: tzinfo) -> list[list[_Counted]]:
    """What each count of a charge and month holds, in the order in which it runs."""
    lines = [(one.interval.product_id, one.interval.line) for one in judged.tariffs]
    counts: dict[tuple[str, str, int, int], list[_Counted]] = {}
    for record, chosen in zip(judged.records, judged.counted_by, strict=True):
        day = day_of(record.at, zone)
        for at in chosen:
            counts.setdefault((*lines[at], day.year, day.month), []).append((record, at, day))
    return [counts[key] for key in sorted(counts)]


def _columns(
    quantities: Sequence[Decimal], tariffs: Sequence[Tariff]
) -> tuple[Shaped[np.ndarray, " record"], TariffColumns]:
    """Quantities and prices as whole numbers of units small enough to lose nothing."""
    tiers = [_tier_numbers(tariff) for tariff in tariffs]
    edges = [edge for rows in tiers for floor, top, _ in rows for edge in (floor, top or floor)]
    quantity_digits = _digits((*quantities, *edges))
    price_digits = _digits([price for rows in tiers for *_, price in rows])

    whole = [_scaled(quantity, quantity_digits) for quantity in quantities]
    widest = max(map(len, tiers), default=1)
    beyond = sum(whole) + _scaled(max(edges, default=Decimal(0)), quantity_digits) + 1
    padded = [
        [
            (
                _scaled(floor, quantity_digits),
                beyond if top is None else _scaled(top, quantity_digits),
                _scaled(price, price_digits),
            )
            for floor, top, price in rows
        ]
        + [(0, 0, 0)] * (widest - len(rows))
        for rows in tiers
    ]
    dearest = max((price for rows in padded for *_, price in rows), default=0)
    divisor = 10 ** (quantity_digits + price_digits)
    largest = max(beyond * (dearest + 1) * widest, 2 * divisor)
    kind = np.int64 if largest < _SAFE else np.object_
    table = np.array(padded, dtype=kind)
    return np.array(whole, dtype=kind), TariffColumns(
        tier_from=table[:, :, 0], tier_to=table[:, :, 1], price=table[:, :, 2], divisor=divisor
    )


def _tier_numbers(tariff: Tariff) -> list[tuple[Decimal, Decimal | None, Decimal]]:
    """From, to and price in minor units, of each tier."""
    digits = MINOR_DIGITS[tariff.interval.charge.amount.currency]
    return [
        (
            Decimal(tier.tier_from),
            Decimal(tier.tier_to) if tier.tier_to else None,
            Decimal(tier.unit_price).scaleb(digits, _EXACT),
        )
        for tier in tariff.tiers
    ]


def _digits(numbers: Iterable[Decimal]) -> int:
    """Digits after the point of the number that has most of them."""
    return max((0, *(-int(number.as_tuple().exponent) for number in numbers)))


def _scaled(number: Decimal, digits: int) -> int:
    """The number in units of 10^-digits, of which it is a whole multiple."""
    return int(number.scaleb(digits, _EXACT))
