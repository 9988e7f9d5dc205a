"""How long does it take to rate a million monthly charges, and is every amount the right one?

Prints the CPU time of a quarter of a million charges that begin, end and change within it: columns
in, columns out; what making columns of records and records of columns takes; and, as the peer,
plain Decimal arithmetic day by day as a textbook has it, on every hundredth charge. Then usage.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from zoneinfo import ZoneInfo

import numpy as np

from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.engines.rating import ChargeColumns, PieceColumns
from karakoram.sales.catalogue.words import PriceType, UnitOfMeasure, UsageKind
from karakoram.sales.plans import Charge
from karakoram.settlement.rating.charged import ChargedInterval
from karakoram.settlement.rating.periods import BillingPeriod, period_from_word
from karakoram.settlement.rating.recurring import (
    charges_from_pieces,
    recurring_columns,
    recurring_pieces,
)
from karakoram.settlement.rating.tariffs import judged_usage
from karakoram.settlement.rating.usage import UsageRecord
from karakoram.settlement.rating.used import usage_costs

SEED = 20261128
CHARGES = 1_000_000
PEER_EVERY = 100
USAGE = 100_000
KARACHI = ZoneInfo("Asia/Karachi")
QUARTER = period_from_word("2028-Q1")
"""With a February of 29 days."""


def cpu_s(compute: Callable[[], object]) -> tuple[float, object]:
    """CPU time of one call [s], and what it gave."""
    start = time.process_time()
    answer = compute()
    return time.process_time() - start, answer


def random_columns(rng: np.random.Generator, period: BillingPeriod) -> ChargeColumns:
    """Charges of up to PKR 10 million, of which a third begin and a third end in the period."""
    first, end = period.from_day.toordinal(), period.to_day.toordinal()
    begins = rng.integers(first - 90, end - 30, CHARGES)
    return ChargeColumns(
        amount_minor=rng.integers(0, 10**9, CHARGES),
        first_day=begins,
        end_day=begins + rng.integers(1, 200, CHARGES),
    )


def plain_amounts(minor: int, *, begin: int, end: int) -> list[int]:
    """The peer: for each month the amounts of its days by largest remainder, in Decimal, summed."""
    found = []
    for month in QUARTER.months:
        days = [month.from_day + timedelta(days=at) for at in range(31)]
        days = [day for day in days if day < month.to_day]
        share = Decimal(minor) / len(days)
        each = share.quantize(Decimal(1), rounding=ROUND_FLOOR)
        spare = minor - each * len(days)
        costs = [each + (1 if at < spare else 0) for at in range(len(days))]
        wanted = [
            cost for day, cost in zip(days, costs, strict=True) if begin <= day.toordinal() < end
        ]
        if wanted:
            found.append(int(sum(wanted)))
    return found


def bench_columns(rng: np.random.Generator) -> tuple[ChargeColumns, PieceColumns]:
    """Columns to columns, against plain Decimal."""
    columns = random_columns(rng, QUARTER)
    taken = []
    for _ in range(3):
        ours_s, pieces = cpu_s(lambda: recurring_pieces(columns, QUARTER))
        taken.append(ours_s)
    assert isinstance(pieces, PieceColumns)
    chosen = range(0, CHARGES, PEER_EVERY)
    amounts, begins, ends = (
        column[::PEER_EVERY].tolist()
        for column in (columns.amount_minor, columns.first_day, columns.end_day)
    )
    peer_s, plain = cpu_s(
        lambda: [
            plain_amounts(minor, begin=begin, end=end)
            for minor, begin, end in zip(amounts, begins, ends, strict=True)
        ]
    )
    starts = np.searchsorted(pieces.charge, np.array([*chosen]))
    stops = np.searchsorted(pieces.charge, np.array([*chosen]) + 1)
    alike = all(
        pieces.amount_minor[start:stop].tolist() == amounts
        for start, stop, amounts in zip(starts, stops, plain, strict=True)
    )
    median = float(np.median(taken))
    ours, peer = CHARGES / median, len(chosen) / peer_s
    sys.stdout.write(
        f"{CHARGES:,} charges over a quarter, columns to {len(pieces.charge):,} pieces: "
        f"{median:.2f} s, {ours:,.0f}/s; day by day in Decimal (peer, {len(chosen):,} charges) "
        f"{peer:,.0f}/s, ratio {ours / peer:,.0f}, "
        f"{'every amount alike' if alike else 'NOT ALIKE'}\n"
    )
    return columns, pieces


def bench_records(columns: ChargeColumns) -> None:
    """Records to columns, and columns to records."""
    charge = Charge(
        name="port",
        kind=PriceType.RECURRING,
        operator_id="SCO",
        amount=Money(300_000, "PKR"),
        unit_price="3000",
        confidence=Confidence.ASSUMED,
        source="a benchmark",
    )
    epoch = date(2020, 1, 1).toordinal()
    midnight = datetime(2020, 1, 1, tzinfo=UTC) - timedelta(hours=5)
    intervals = [
        ChargedInterval(
            product_id=f"P{at}",
            payer_id="CT",
            line="recurring/SCO/port",
            charge=charge,
            starts_at=midnight + timedelta(days=first - epoch),
            ends_at=midnight + timedelta(days=end - epoch),
        )
        for at, (first, end) in enumerate(
            zip(columns.first_day.tolist(), columns.end_day.tolist(), strict=True)
        )
    ]
    into_s, made = cpu_s(lambda: recurring_columns(intervals, KARACHI))
    assert isinstance(made, ChargeColumns)
    same = np.array_equal(made.first_day, columns.first_day)
    month = BillingPeriod(from_day=date(2028, 2, 1), to_day=date(2028, 3, 1))
    pieces_s, pieces = cpu_s(lambda: recurring_pieces(made, month))
    assert isinstance(pieces, PieceColumns)
    out_s, count = cpu_s(lambda: sum(1 for _ in charges_from_pieces(intervals, pieces, month)))
    sys.stdout.write(
        f"{CHARGES:,} intervals to columns: {into_s:.2f} s ({'same days' if same else 'NOT SAME'});"
        f" a month of them: {pieces_s:.2f} s; {count:,} records of it: {out_s:.2f} s\n"
    )


def bench_usage(rng: np.random.Generator) -> None:
    """Usage in two tiers, against the formula in Decimal."""
    tiers = [
        Charge(
            name="minutes",
            kind=PriceType.USAGE,
            operator_id="SCO",
            amount=Money(150, "PKR"),
            unit_price=price,
            unit="minute",
            usage_kind="voice_minute",
            tier_from=low,
            tier_to=high,
            confidence=Confidence.ASSUMED,
            source="a benchmark",
        )
        for price, low, high in (("1.503", "0", "1000"), ("1.207", "1000", ""))
    ]
    start = datetime(2028, 2, 1, tzinfo=UTC)
    intervals = [
        ChargedInterval(
            product_id=f"P{at}", payer_id="CT", line="usage", charge=tier, starts_at=start
        )
        for at in range(100)
        for tier in tiers
    ]
    seconds = rng.integers(0, 28 * 86_400, USAGE).tolist()
    tenths = rng.integers(1, 1200, USAGE).tolist()
    usage = [
        UsageRecord(
            usage_id=f"u{at}",
            product_id=f"P{at % 100}",
            at=start + timedelta(seconds=seconds[at]),
            kind=UsageKind.VOICE_MINUTE,
            unit=UnitOfMeasure.MINUTE,
            quantity=Decimal(tenths[at]).scaleb(-1),
        )
        for at in range(USAGE)
    ]
    judged_s, judged = cpu_s(lambda: judged_usage(usage, intervals))
    costs_s, costs = cpu_s(lambda: usage_costs(judged, zone=KARACHI))
    wanted = {}
    for record in usage:
        wanted[record.product_id] = wanted.get(record.product_id, Decimal(0)) + record.quantity
    plain = {
        name: int(
            (
                100
                * (min(units, 1000) * Decimal("1.503") + max(0, units - 1000) * Decimal("1.207"))
            ).to_integral_value()
        )
        for name, units in wanted.items()
    }
    ours: dict[str, int] = {}
    for cost in costs:
        name = cost.record.product_id
        ours[name] = ours.get(name, 0) + cost.amount.minor
    sys.stdout.write(
        f"{USAGE:,} records of usage judged: {judged_s:.2f} s; costs of each: {costs_s:.2f} s; "
        f"sums of 100 products {'alike' if ours == plain else 'NOT ALIKE'}\n"
    )


def main() -> None:
    rng = np.random.default_rng(SEED)
    columns, _ = bench_columns(rng)
    bench_records(columns)
    bench_usage(rng)


if __name__ == "__main__":
    main()
