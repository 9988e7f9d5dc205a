"""Which tariff holds for what was used, and which usage cannot be charged?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import ProductId
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.plans import Charge
from karakoram.settlement.rating.charged import ChargedInterval
from karakoram.settlement.rating.usage import UsageId, UsageRecord

USAGE_TABLE = "usage"
"""The table that findings about usage name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """The tiers of one usage charge of a product while its price does not change."""

    interval: ChargedInterval
    """Of the first tier; the others are asked at the same times."""
    tiers: tuple[Charge, ...]
    """From the lowest; each for the units that lie in it."""

    def counts(self, record: UsageRecord) -> bool:
        """Whether the tariff is for what the record counts, whenever that was."""
        charge = self.interval.charge
        return charge.unit == record.unit.value and charge.usage_kind in {"", record.kind.value}

    def holds_at(self, moment: datetime) -> bool:
        """Whether it is asked at a moment."""
        return self.interval.starts_at <= moment < self.interval.end


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedUsage:
    """Usage with what it is charged by, and what is wrong with the rest."""

    records: tuple[UsageRecord, ...]
    """Those that can be charged, each once, by moment and identifier."""
    tariffs: tuple[Tariff, ...]
    counted_by: tuple[tuple[int, ...], ...]
    """For each record the tariffs that count it; each of several owners may ask its own."""
    repeated: int
    """How many records were told again and count no more."""
    findings: tuple[Finding, ...]


def tariffs_of(intervals: Iterable[ChargedInterval]) -> tuple[Tariff, ...]:
    """The tariffs that usage charges are, tiers of one charge together."""
    tiers: dict[tuple[object, ...], list[ChargedInterval]] = {}
    for one in intervals:
        if one.charge.kind is PriceType.USAGE:
            key = (one.product_id, one.line, one.starts_at, one.ends_at)
            tiers.setdefault(key, []).append(one)
    return tuple(
        Tariff(
            interval=parts[0],
            tiers=tuple(sorted((part.charge for part in parts), key=_tier_start)),
        )
        for parts in tiers.values()
    )


def judged_usage(usage: Iterable[UsageRecord], intervals: Iterable[ChargedInterval]) -> JudgedUsage:
    """The usage that can be charged, and every finding about what cannot.

    Parameters
    ----------
    usage
        In any order; the same record may be told several times.
    intervals
        When which charge is asked.
    """
    known = list(intervals)
    products = {one.product_id for one in known}
    tariffs = tariffs_of(known)
    by_product: dict[ProductId, list[int]] = {}
    for at, tariff in enumerate(tariffs):
        by_product.setdefault(tariff.interval.product_id, []).append(at)

    unique, repeated, findings = _each_once(usage)
    records, counted_by = [], []
    for record in sorted(unique, key=lambda one: (one.at, one.usage_id)):
        at_hand = by_product.get(record.product_id, ())
        chosen = tuple(_holding(record, tariffs, at_hand))
        if chosen:
            records.append(record)
            counted_by.append(chosen)
        else:
            own = [tariffs[at] for at in at_hand]
            findings.append(_refused(record, own, is_known=record.product_id in products))
    return JudgedUsage(
        records=tuple(records),
        tariffs=tariffs,
        counted_by=tuple(counted_by),
        repeated=repeated,
        findings=tuple(findings),
    )


def _holding(
    record: UsageRecord, tariffs: Sequence[Tariff], at_hand: Iterable[int]
) -> Iterator[int]:
    for at in at_hand:
        if tariffs[at].counts(record) and tariffs[at].holds_at(record.at):
            yield at


def _each_once(
    usage: Iterable[UsageRecord],
) -> tuple[list[UsageRecord], int, list[Finding]]:
    """Each record once, how many were told again, and identifiers that stand for two things."""
    by_id: dict[UsageId, UsageRecord] = {}
    torn: dict[UsageId, None] = {}
    repeated = 0
    for record in usage:
        first = by_id.setdefault(record.usage_id, record)
        if first is not record:
            repeated += first == record
            if first != record:
                torn[record.usage_id] = None
    kept = [record for usage_id, record in by_id.items() if usage_id not in torn]
    message = "stands for two different records; give each usage an identifier of its own"
    return (
        kept,
        repeated,
        [_finding("usage-id-reused", message, usage_id=at, field="usage_id") for at in torn],
    )


def _refused(record: UsageRecord, tariffs: Sequence[Tariff], *, is_known: bool) -> Finding:
    """Why no tariff counts the record: the first reason that applies."""
    told = record.usage_id
    if not is_known:
        message = f"{record.product_id!r} is no product that is charged; correct or remove it"
        return _finding("usage-unknown-product", message, usage_id=told, field="product_id")
    kinds = _words(t.interval.charge.usage_kind for t in tariffs)
    if not any(t.interval.charge.usage_kind in {"", record.kind.value} for t in tariffs):
        message = (
            f"{record.kind.value} is not charged to {record.product_id}; it is charged by {kinds}"
        )
        return _finding("usage-not-priced", message, usage_id=told, field="kind")
    if not any(tariff.counts(record) for tariff in tariffs):
        units = _words(t.interval.charge.unit for t in tariffs)
        message = f"{record.unit.value} is not the unit that the price is for; give it in {units}"
        return _finding("usage-wrong-unit", message, usage_id=told, field="unit")
    message = (
        f"{record.at.isoformat()} lies outside the times at which {record.product_id} is in "
        "service; correct the time, or the product's"
    )
    return _finding("usage-out-of-service", message, usage_id=told, field="at")


def _words(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, words))) or "nothing"


def _finding(code: str, message: str, *, usage_id: UsageId, field: str) -> Finding:
    place = Place(table=USAGE_TABLE, record=usage_id, field=field)
    return Finding(code=code, place=place, message=message)


def _tier_start(charge: Charge) -> Decimal:
    return Decimal(charge.tier_from)
