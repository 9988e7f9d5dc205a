"""Which bandwidth was measured in each calendar month, and what is wrong with the samples?

A sample is the mean of five minutes. Missing ones do not count, neither as zero nor otherwise, and
are told; nor does what was measured while the product was not in service.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, tzinfo
from decimal import Decimal
from typing import Annotated

import numpy as np
from jaxtyping import Bool

from karakoram.core.fields import Bounds, check_fields
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import ProductId
from karakoram.sales.catalogue.words import PriceType, UnitOfMeasure, UsageKind
from karakoram.settlement.rating.bursts import burst_usage, percentile_mbps
from karakoram.settlement.rating.charged import ChargedInterval
from karakoram.settlement.rating.periods import BillingPeriod, day_of, month_of
from karakoram.settlement.rating.usage import UsageRecord

SAMPLE_S = 300
_ANY_KIND = frozenset({"", UsageKind.BANDWIDTH_MBPS.value})

Mbps = Annotated[float, Bounds(at_least=0.0, at_most=1e9)]
"""No port carries a Pbit/s."""
CommittedMbps = Annotated[Decimal, Bounds(at_least=0.0, at_most=1e9)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BandwidthSample:
    """What went through a port in five minutes, in each direction."""

    product_id: ProductId
    at: datetime
    """Begin of the five minutes, in UTC."""
    ingress_mbps: Mbps
    egress_mbps: Mbps
    committed_mbps: CommittedMbps | None = None
    """What is paid for in the month whether used or not; ``None`` where it does not say it."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.at.tzinfo is None:
            raise ValueError(f"BandwidthSample.at must say its offset from UTC, got {self.at}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRow:
    """A sample, and the row in which it stands."""

    row_in_file: int
    sample: BandwidthSample

    @property
    def slot(self) -> int:
        """The five minutes in which it begins, counted since 1970."""
        return int(self.sample.at.timestamp()) // SAMPLE_S


@dataclass(frozen=True, slots=True, kw_only=True)
class CommittedBandwidth:
    """What is paid for whether used or not, from a moment on."""

    product_id: ProductId
    mbps: Decimal
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledProducts:
    """Which months are asked about, and what is known of the products."""

    months: tuple[BillingPeriod, ...]
    zone: tzinfo
    """Whose days make the months."""
    intervals: tuple[ChargedInterval, ...]
    commitments: tuple[CommittedBandwidth, ...] = ()
    """Of each product in the order of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BurstMonth:
    """What a product used of bandwidth in a calendar month."""

    product_id: ProductId
    month: BillingPeriod
    sample_count: int
    """That count."""
    missing_count: int
    """Five minutes in service of which there is no sample."""
    unserved_count: int
    """Samples of times out of service, which do not count."""
    ingress_mbps: Decimal
    """95th percentile, as ``egress_mbps``."""
    egress_mbps: Decimal
    committed_mbps: Decimal
    usage: UsageRecord
    """What the larger of the two is above the commitment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSamples:
    """The months that can be told, and everything that is wrong with the others."""

    months: tuple[BurstMonth, ...]
    findings: tuple[Finding, ...]
    """Each with the row that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """The samples of a product in a calendar month, each five minutes once."""

    product_id: ProductId
    month: BillingPeriod
    rows: tuple[SampleRow, ...]
    first_slot: int
    served: Bool[np.ndarray, " slot"]
    """Of every five minutes of the month, whether the product was in service."""


def judged_samples(rows: Iterable[SampleRow], asked: SampledProducts) -> JudgedSamples:
    """The bandwidth of each product that was measured, month by month, and every finding.

    Parameters
    ----------
    rows
        Samples in any order.
    asked
        Months, and when each product is charged for bandwidth at which commitment.
    """
    of_product: defaultdict[ProductId, list[SampleRow]] = defaultdict(list)
    for row in rows:
        of_product[row.sample.product_id].append(row)
    months: list[BurstMonth] = []
    findings: list[Finding] = []
    for own in of_product.values():
        for told in _of_product(own, asked):
            if isinstance(told, Finding):
                findings.append(told)
            else:
                months.append(told)
    return JudgedSamples(months=tuple(months), findings=tuple(findings))


def _of_product(own: Sequence[SampleRow], asked: SampledProducts) -> Iterator[BurstMonth | Finding]:
    product_id = own[0].sample.product_id
    charged = [each for each in asked.intervals if each.product_id == product_id]
    served = [each for each in charged if _is_of_bandwidth(each)]
    if not served:
        words = "has no price for bandwidth in Mbit/s" if charged else "is charged for nothing"
        message = f"{product_id} {words}; name a product whose bandwidth is measured"
        yield _finding("sample-not-priced", message, own[0], field="product_id")
        return
    by_month: defaultdict[BillingPeriod, list[SampleRow]] = defaultdict(list)
    for row in own:
        by_month[month_of(day_of(row.sample.at, asked.zone))].append(row)
    for month in sorted(by_month.keys() - set(asked.months), key=lambda each: each.from_day):
        yield from _outside(by_month[month], asked)
    for month in asked.months:
        rows = by_month.get(month, [])
        once = _each_once(rows)
        yield from _repeated(rows, once)
        yield from _of_month(
            _measured(product_id, month, once, served=served, zone=asked.zone), own, asked
        )


def _is_of_bandwidth(interval: ChargedInterval) -> bool:
    charge = interval.charge
    return (
        charge.kind is PriceType.USAGE
        and charge.unit == UnitOfMeasure.MBPS.value
        and charge.usage_kind in _ANY_KIND
    )


def _outside(rows: Iterable[SampleRow], asked: SampledProducts) -> Iterator[Finding]:
    first, last = asked.months[0].from_day, asked.months[-1].to_day
    for row in rows:
        message = f"lies outside the months from {first} to {last}; rate those of its own month"
        yield _finding("sample-outside-months", message, row, field="at")


def _each_once(rows: Iterable[SampleRow]) -> Mapping[int, SampleRow]:
    once: dict[int, SampleRow] = {}
    for row in rows:
        once.setdefault(row.slot, row)
    return once


def _repeated(rows: Iterable[SampleRow], once: Mapping[int, SampleRow]) -> Iterator[Finding]:
    for row in rows:
        first = once[row.slot]
        if first is not row:
            message = (
                f"is of the same five minutes as row {first.row_in_file}; leave one of them out"
            )
            yield _finding("sample-twice", message, row, field="at")


def _measured(
    product_id: ProductId,
    month: BillingPeriod,
    once: Mapping[int, SampleRow],
    *,
    served: Iterable[ChargedInterval],
    zone: tzinfo,
) -> _Measured:
    begin, end = (
        int(datetime.combine(day, time(), tzinfo=zone).timestamp()) // SAMPLE_S
        for day in (month.from_day, month.to_day)
    )
    begins_s = np.arange(begin, end) * SAMPLE_S
    mask = np.zeros(len(begins_s), dtype=bool)
    for each in served:
        since_s = each.starts_at.timestamp()
        until_s = np.inf if each.ends_at is None else each.ends_at.timestamp()
        # Five minutes in which service begins or ends count where most of them are in service.
        middle_s = begins_s + SAMPLE_S / 2
        mask |= (since_s <= middle_s) & (middle_s < until_s)
    return _Measured(
        product_id=product_id,
        month=month,
        rows=tuple(once.values()),
        first_slot=begin,
        served=mask,
    )


def _of_month(
    measured: _Measured, own: Sequence[SampleRow], asked: SampledProducts
) -> Iterator[BurstMonth | Finding]:
    counted = [row for row in measured.rows if measured.served[row.slot - measured.first_slot]]
    due = int(np.count_nonzero(measured.served))
    if not counted:
        if due or measured.rows:
            yield _nothing_counted(measured, own)
        return
    committed = _committed(measured, asked)
    if isinstance(committed, Finding):
        yield committed
        return
    ingress = np.array([row.sample.ingress_mbps for row in counted])
    egress = np.array([row.sample.egress_mbps for row in counted])
    # Its middle is in service, as what counts is; it may itself begin before service does.
    last_s = SAMPLE_S * max(row.slot for row in counted) + SAMPLE_S / 2
    yield BurstMonth(
        product_id=measured.product_id,
        month=measured.month,
        sample_count=len(counted),
        missing_count=due - len(counted),
        unserved_count=len(measured.rows) - len(counted),
        ingress_mbps=percentile_mbps(ingress),
        egress_mbps=percentile_mbps(egress),
        committed_mbps=committed,
        usage=burst_usage(
            measured.product_id,
            ingress_mbps=ingress,
            egress_mbps=egress,
            committed_mbps=committed,
            at=datetime.fromtimestamp(last_s, asked.zone),
        ),
    )


def _nothing_counted(measured: _Measured, own: Sequence[SampleRow]) -> Finding:
    word = f"{measured.month.from_day:%Y-%m}"
    if measured.rows:
        message = f"{measured.product_id} was not in service in {word}; leave its samples out"
        return _finding("sample-out-of-service", message, measured.rows[0], field="at")
    message = (
        f"{measured.product_id} was in service in {word}, of which there is no sample; add them, "
        "or rate the other months"
    )
    return _finding("no-samples", message, own[0], field="at")


def _committed(measured: _Measured, asked: SampledProducts) -> Decimal | Finding:
    """What is committed in the month, as the samples or the store say it."""
    row, word = measured.rows[0], f"{measured.product_id} in {measured.month.from_day:%Y-%m}"
    told = sorted(
        {mbps for each in measured.rows if (mbps := each.sample.committed_mbps) is not None}
    )
    kept = sorted({each.mbps for each in _in_force(measured, asked)})
    if len(told) > 1 or (told and len(kept) == 1 and told != kept):
        all_told = ", ".join(f"{each:f}" for each in dict.fromkeys((*told, *kept)))
        message = f"of {word} {all_told} Mbit/s are told as committed; only one can be"
        return _finding("commitment-differs", message, row, field="committed_mbps")
    if not told and len(kept) > 1:
        all_kept = " and ".join(f"{each:f}" for each in kept)
        message = f"the commitment of {word} changed between {all_kept} Mbit/s; say which counts"
        return _finding("commitment-changed", message, row, field="committed_mbps")
    if not told and not kept:
        message = f"nobody says what is committed of {word}; say it, 0 where it is nothing"
        return _finding("no-commitment", message, row, field="committed_mbps")
    return (told or kept)[0]


def _in_force(measured: _Measured, asked: SampledProducts) -> Iterator[CommittedBandwidth]:
    """The commitments that hold at some moment of the month."""
    own = [each for each in asked.commitments if each.product_id == measured.product_id]
    begin_s = measured.first_slot * SAMPLE_S
    begin = datetime.fromtimestamp(begin_s, UTC)
    end = datetime.fromtimestamp(begin_s + len(measured.served) * SAMPLE_S, UTC)
    for at, each in enumerate(own):
        until = own[at + 1].starts_at if at + 1 < len(own) else end
        if each.starts_at < end and until > begin:
            yield each


def _finding(code: str, message: str, row: SampleRow, *, field: str) -> Finding:
    place = Place(table="samples", row=row.row_in_file, record=row.sample.product_id, field=field)
    return Finding(code=code, place=place, message=message)
