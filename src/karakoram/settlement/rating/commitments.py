"""What is owed where usage stays below the least that was agreed?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from decimal import Decimal

import numpy as np

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import OperatorId, ProductId
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.core.time import Validity
from karakoram.engines.rating import month_share
from karakoram.settlement.rating.periods import BillingPeriod, day_of, month_of
from karakoram.settlement.rating.rated import RatedCharge, RatedKind, major_text
from karakoram.settlement.rating.recurring import end_day
from karakoram.settlement.rating.tariffs import JudgedUsage, Tariff
from karakoram.settlement.rating.used import UsageCost

SHORTFALL_NAME = "shortfall of"
"""Begins the name of a line for what was not used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumCommitment:
    """The least that one usage charge of a product comes to in a month."""

    product_id: ProductId
    operator_id: OperatorId
    """Who earns the charge."""
    charge_name: str
    monthly: Money
    """Of a whole calendar month in service; of some days their share."""
    validity: Validity = field(default_factory=Validity)
    """The days for which it was promised; a month that is promised in part owes its share."""
    confidence: Confidence
    source: str

    def is_of(self, tariff: Tariff) -> bool:
        """Whether a tariff is one of the charge's."""
        charge = tariff.interval.charge
        named = (tariff.interval.product_id, charge.operator_id, charge.name)
        return named == (self.product_id, self.operator_id, self.charge_name)


def rated_shortfalls(
    commitments: Iterable[MinimumCommitment],
    judged: JudgedUsage,
    costs: Sequence[UsageCost],
    *,
    period: BillingPeriod,
    zone: tzinfo,
) -> Iterator[RatedCharge]:
    """A line for each commitment and month that stayed below it, on the last day in service.

    The commitment of a month is spread over its days by largest remainder; those in service count.
    A month is settled in the period that holds its last day in service, whatever periods it is
    cut into.

    Parameters
    ----------
    commitments
        What was promised to be used at least.
    judged
        Usage and the tariffs that it is rated by.
    costs
        Of all that was used.
    period
        That is billed.
    zone
        Of the seller, whose midnights part days.

    Raises
    ------
    InvalidDataError
        With a finding for each commitment to a charge that there is not, or in another currency.
    """
    wanted = list(commitments)
    _refuse_unknown(wanted, judged.tariffs)
    used = _used(costs)
    for one in wanted:
        own = [at for at, tariff in enumerate(judged.tariffs) if one.is_of(tariff)]
        for month in period.months:
            stretches = tuple(
                _promised(one, _stretches(own, judged.tariffs, month=month, zone=zone))
            )
            if not stretches:
                continue
            last = date.fromordinal(max(end for _, end in stretches) - 1)
            spent = sum(used.get((at, month.from_day), 0) for at in own)
            missing = _due(one.monthly, stretches, month) - spent
            if missing > 0 and period.holds(last):
                yield _line(one, judged.tariffs[own[0]], stretches=stretches, missing=missing)


def _due(monthly: Money, stretches: Sequence[tuple[int, int]], month: BillingPeriod) -> int:
    """The share of the days in service [minor units]."""
    first, count = month.from_day.toordinal(), (month.to_day - month.from_day).days
    ones = np.ones(len(stretches), dtype=np.int64)
    days = np.array(stretches) - first
    return int(
        month_share(monthly.minor * ones, count * ones, begin=days[:, 0], end=days[:, 1]).sum()
    )


def _stretches(
    own: Iterable[int], tariffs: Sequence[Tariff], *, month: BillingPeriod, zone: tzinfo
) -> Iterator[tuple[int, int]]:
    """First and end days, as ordinals, of the charge's tariffs in a month."""
    for at in own:
        interval = tariffs[at].interval
        first = max(day_of(interval.starts_at, zone), month.from_day).toordinal()
        end = min(end_day(interval, zone), month.to_day.toordinal())
        if first < end:
            yield first, end


def _promised(
    one: MinimumCommitment, stretches: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """What of the stretches lies in the days for which it was promised."""
    begun, ended = one.validity.valid_from, one.validity.valid_to
    for begin, end in stretches:
        first = begin if begun is None else max(begin, begun.toordinal())
        after = end if ended is None else min(end, ended.toordinal())
        if first < after:
            yield first, after


def _used(costs: Iterable[UsageCost]) -> Mapping[tuple[int, date], int]:
    """What was charged by each tariff in each month [minor units]."""
    sums: defaultdict[tuple[int, date], int] = defaultdict(int)
    for cost in costs:
        sums[cost.tariff, month_of(cost.day).from_day] += cost.amount.minor
    return sums


def _line(
    one: MinimumCommitment,
    tariff: Tariff,
    *,
    stretches: Sequence[tuple[int, int]],
    missing: int,
) -> RatedCharge:
    first = date.fromordinal(min(begin for begin, _ in stretches))
    end = date.fromordinal(max(end for _, end in stretches))
    amount = Money(missing, one.monthly.currency)
    return RatedCharge(
        product_id=one.product_id,
        payer_id=tariff.interval.payer_id,
        operator_id=one.operator_id,
        name=f"{SHORTFALL_NAME} {one.charge_name}",
        kind=RatedKind.SHORTFALL,
        from_day=first,
        to_day=end,
        quantity=Decimal(1),
        unit="",
        unit_price=major_text(amount),
        amount=amount,
        confidence=one.confidence,
        source=one.source,
        place=f"{one.product_id}/{RatedKind.SHORTFALL.value}/{one.operator_id}/"
        f"{one.charge_name}/{first}/{end}",
    )


def _refuse_unknown(wanted: Iterable[MinimumCommitment], tariffs: Iterable[Tariff]) -> None:
    known = list(tariffs)
    findings = []
    for one in wanted:
        own = [tariff.interval.charge for tariff in known if one.is_of(tariff)]
        currencies = {charge.amount.currency for charge in own}
        if not own:
            message = f"is of no usage charge of {one.product_id}; name one of its usage charges"
            findings.append(_finding(one, "commitment-unknown-charge", message))
        elif currencies != {one.monthly.currency}:
            message = f"is in {one.monthly.currency}, the charge in {', '.join(sorted(currencies))}"
            findings.append(_finding(one, "commitment-other-currency", message))
    if findings:
        raise InvalidDataError(tuple(findings))


def _finding(one: MinimumCommitment, code: str, message: str) -> Finding:
    place = Place(table="commitments", record=one.product_id, field="charge_name")
    return Finding(code=code, place=place, message=f"{one.charge_name!r} {message}")
