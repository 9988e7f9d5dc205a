"""What is owed for a period, by product and by who earns it?"""

from collections.abc import Iterable
from dataclasses import dataclass

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding
from karakoram.core.identifiers import OperatorId
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, weakest
from karakoram.sales.products import Product
from karakoram.settlement.rating.charged import ChargedInterval
from karakoram.settlement.rating.periods import BillingPeriod, period_from_word
from karakoram.settlement.rating.rate_period import rated_period
from karakoram.settlement.rating.rated import RatedCharge
from karakoram.settlement.rating.samples import (
    BurstMonth,
    CommittedBandwidth,
    SampledProducts,
    judged_samples,
)
from karakoram.settlement.rating.tariffs import judged_usage
from karakoram.settlement.rating.usage import UsageRecord
from karakoram.usecases.ports import ZoneSource
from karakoram.usecases.sell.sales_ports import SalesReader, SalesStore
from karakoram.usecases.settle.charged_products import bandwidth_commitments, product_intervals
from karakoram.usecases.settle.rating_rows import (
    UsageGiven,
    in_file,
    intervals_from_rows,
    samples_from_rows,
    usage_from_rows,
)
from karakoram.usecases.table_ports import TableSource
from karakoram.usecases.words import reading, refuse_unread

ZONE_DEFAULT = "Asia/Karachi"
"""Whose days are charged where nothing else is said: those of the corridor's sellers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingQuestion:
    """What is to be rated, in a person's words."""

    period: str
    """A month, a quarter, a year, or two days."""
    zone: str = ZONE_DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerTotal:
    """What one owner earns in one currency."""

    operator_id: OperatorId
    amount: Money
    confidence: Confidence
    """Of the least trustworthy of its lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingAnswer:
    """The lines of a period."""

    period: BillingPeriod
    zone: str
    lines: tuple[RatedCharge, ...]
    totals: tuple[OwnerTotal, ...]
    repeated: int
    """Records of usage that were told again and count once."""
    usage: tuple[UsageRecord, ...] = ()
    """All that was used, each record once; what samples come to is told here too."""
    bursts: tuple[BurstMonth, ...] = ()
    """What samples of bandwidth say, month by month."""


def rate_products(
    question: RatingQuestion,
    *,
    zones: ZoneSource,
    charges: TableSource | SalesStore,
    usage: TableSource | None = None,
    samples: TableSource | None = None,
) -> RatingAnswer:
    """The lines of the period and what each owner earns; nothing is written.

    Parameters
    ----------
    question
        Period and time zone.
    zones
        Who knows the time zones.
    charges
        A table of charges, or the store whose products are charged.
    usage
        A table of usage; of the whole months that the period touches.
    samples
        A table of five-minute samples of bandwidth; of the same months.

    Raises
    ------
    InvalidDataError
        With every finding: words of the question, rows of the tables, usage without a price.
    """
    period = reading("period", question.period, period_from_word)
    zone = reading("zone", question.zone, zones.zone)
    refuse_unread([period, zone])
    intervals, commitments, findings = _charged(charges)
    given = UsageGiven() if usage is None else usage_from_rows(usage.read_rows())
    asked = SampledProducts(
        months=period.value.months,
        zone=zone.value,
        intervals=intervals,
        commitments=commitments,
    )
    bursts, odd = ((), ()) if samples is None else _bursts(samples, asked)
    records = (*given.records, *(each.usage for each in bursts))
    judged = judged_usage(records, intervals)
    wrong = (*findings, *given.findings, *odd, *given.placed(judged.findings))
    if wrong:
        raise InvalidDataError(wrong)
    lines = rated_period(intervals, records, period=period.value, zone=zone.value)
    return RatingAnswer(
        period=period.value,
        zone=question.zone,
        lines=lines,
        totals=owner_totals(lines),
        repeated=judged.repeated,
        usage=judged.records,
        bursts=bursts,
    )


def owner_totals(lines: Iterable[RatedCharge]) -> tuple[OwnerTotal, ...]:
    """What each owner earns in each currency, by owner and currency."""
    own: dict[tuple[OperatorId, str], list[RatedCharge]] = {}
    for line in lines:
        own.setdefault((line.operator_id, line.amount.currency), []).append(line)
    return tuple(
        OwnerTotal(
            operator_id=operator_id,
            amount=Money(sum(line.amount.minor for line in of_owner), currency),
            confidence=weakest(tuple(line.confidence for line in of_owner)),
        )
        for (operator_id, currency), of_owner in sorted(own.items())
    )


def _bursts(
    samples: TableSource, asked: SampledProducts
) -> tuple[tuple[BurstMonth, ...], tuple[Finding, ...]]:
    """What the samples say, month by month, and everything that is wrong with them."""
    rows = samples.read_rows()
    records, findings = samples_from_rows(rows)
    judged = judged_samples(records, asked)
    return judged.months, (*findings, *in_file(judged.findings, rows))


def _charged(
    charges: TableSource | SalesStore,
) -> tuple[tuple[ChargedInterval, ...], tuple[CommittedBandwidth, ...], tuple[Finding, ...]]:
    """When each charge is asked, what bandwidth a store says is committed, and every finding."""
    if isinstance(charges, TableSource):
        intervals, findings = intervals_from_rows(charges.read_rows())
        return intervals, (), findings

    def read(
        tx: SalesReader,
    ) -> tuple[tuple[ChargedInterval, ...], tuple[CommittedBandwidth, ...]]:
        products = tx.find_all(Product)
        return product_intervals(tx, products), bandwidth_commitments(tx, products)

    return (*charges.read(read), ())
