"""Laws of rating: nothing is lost at a cut, in another order, when told twice, or put right."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.core.money import Money, money_from_decimal
from karakoram.core.provenance import Confidence
from karakoram.refdata.levies import TaxedService, read_levies
from karakoram.sales.catalogue.words import PriceType
from karakoram.settlement.rating.charged import PriceChange, Suspension, charged_intervals
from karakoram.settlement.rating.commitments import MinimumCommitment
from karakoram.settlement.rating.corrections import corrections
from karakoram.settlement.rating.periods import BillingPeriod
from karakoram.settlement.rating.rate_period import rated_period
from karakoram.settlement.rating.taxes import TaxTreatment, invoice_taxes
from tests.support.rating import at, charge, minutes, product, used

ZONES = st.sampled_from([ZoneInfo(name) for name in ("Asia/Karachi", "Europe/Berlin", "UTC")])
FIRST, DAYS = date(2027, 12, 15), 100
PERIOD = BillingPeriod(from_day=FIRST, to_day=FIRST + timedelta(days=DAYS))
"""Four months, one of them of 29 days; neither its first nor its last day begins a month."""

MOMENTS = st.integers(0, 24 * (DAYS + 20)).map(
    lambda hours: at("2027-12-05") + timedelta(hours=hours)
)
(BILLED,) = rated_period(
    charged_intervals([product(charge(), active_from=at("2026-06-30T20:00"))]),
    period=BillingPeriod(from_day=date(2026, 7, 1), to_day=date(2026, 8, 1)),
    zone=ZoneInfo("Asia/Karachi"),
)
AMOUNTS = st.integers(0, 10**7)
PRICES = st.decimals(min_value=0, max_value=5, places=3).map(str)
CUTS = st.lists(st.integers(1, DAYS - 1), max_size=4, unique=True).map(sorted)


PRICE_SETS = st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, PRICES, PRICES)
SOLD = st.tuples(PRICE_SETS, PRICE_SETS, st.tuples(*[MOMENTS] * 5), st.booleans())
HOURS = st.integers(0, 24 * 20)
USED = st.lists(
    st.tuples(st.sampled_from("PPPQ"), HOURS, st.decimals(0, 60, places=2)), max_size=10
)
SITUATIONS = st.tuples(st.tuples(SOLD, SOLD), USED)
"""In words alone; the records are made within a law."""


def charges_of(prices):
    """Two charges a month, one asked once, and usage in two tiers."""
    port, power, once, low, high = prices
    return (
        charge(port),
        charge(power, name="power", operator_id="ONE"),
        charge(once, PriceType.ONE_TIME, name="set-up"),
        minutes(low, tier_to="50"),
        minutes(high, tier_from="50"),
    )


def situation_of(words):
    """Products with suspensions, changes of price and usage while they are in service."""
    products, pauses, changes = [], [], []
    for name, (prices, later, moments, ends) in zip("PQ", words[0], strict=True):
        active_from, active_until, pause, resume, change = moments
        active_from, active_until = sorted((active_from, active_until))
        pause, resume = sorted((pause, resume))
        products.append(
            product(
                *charges_of(prices),
                product_id=name,
                active_from=active_from,
                active_until=active_until if ends else None,
            )
        )
        pauses.append(Suspension(product_id=name, starts_at=pause, ends_at=resume))
        changes.append(PriceChange(product_id=name, starts_at=change, charges=charges_of(later)))
    intervals = charged_intervals(products, suspensions=pauses, changes=changes)
    starts = {sold.product_id: sold.active_from for sold in products}
    records = [
        used(f"u{number}", quantity, starts[name] + timedelta(hours=hours), product_id=name)
        for number, (name, hours, quantity) in enumerate(words[1])
    ]
    return intervals, [record for record in records if is_in_service(record, intervals)]


def is_in_service(record, intervals):
    """Whether some price of usage holds at the moment of a record."""
    return any(
        one.product_id == record.product_id
        and one.charge.unit
        and one.starts_at <= record.at < one.end
        for one in intervals
    )


def committed(intervals):
    """A commitment to every product that has usage charges."""
    return [
        MinimumCommitment(
            product_id=name,
            operator_id="SCO",
            charge_name="minutes",
            monthly=Money(10_001, "PKR"),
            confidence=Confidence.ASSUMED,
            source="a law",
        )
        for name in sorted({one.product_id for one in intervals if one.charge.unit})
    ]


def rated(situation, zone, period=PERIOD):
    intervals, usage = situation
    return rated_period(
        intervals, usage, period=period, zone=zone, commitments=committed(intervals)
    )


def sums(lines):
    """What each charge of each product comes to."""
    found = {}
    for line in lines:
        key = (line.product_id, line.operator_id, line.name)
        found[key] = found.get(key, 0) + line.amount.minor
    return {key: minor for key, minor in found.items() if minor}


@given(SITUATIONS, ZONES, CUTS)
@settings(max_examples=40, deadline=None)
def test_a_period_is_the_sum_of_its_parts_for_every_cut(words, zone, cuts):
    situation = situation_of(words)
    edges = [FIRST + timedelta(days=day) for day in (0, *cuts, DAYS)]
    parts = [
        line
        for begin, end in pairwise(edges)
        for line in rated(situation, zone, BillingPeriod(from_day=begin, to_day=end))
    ]
    assert sums(parts) == sums(rated(situation, zone))


@given(SITUATIONS, ZONES, st.integers(0, 9), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_neither_the_order_of_what_is_told_matters_nor_that_it_is_told_twice(
    words, zone, days, random
):
    intervals, usage = situation_of(words)
    told = (list(intervals), [*usage, *usage[:3]])
    for in_some_order in told:
        random.shuffle(in_some_order)
    starts = min((one.starts_at.date() for one in intervals), default=FIRST)
    edges = [starts, starts + timedelta(days=1 + days), starts + timedelta(days=DAYS)]
    for begin, end in pairwise(edges):
        part = BillingPeriod(from_day=begin, to_day=end)
        assert rated(told, zone, part) == rated((intervals, usage), zone, part)


@given(SITUATIONS, ZONES)
@settings(max_examples=30, deadline=None)
def test_every_line_has_a_key_of_its_own(words, zone):
    situation = situation_of(words)
    keys = [line.key for line in rated(situation, zone)]
    assert len(set(keys)) == len(keys)


@given(SITUATIONS, ZONES)
@settings(max_examples=30, deadline=None)
def test_a_whole_month_in_service_at_one_price_costs_the_price(words, zone):
    situation = situation_of(words)
    intervals, _ = situation
    for line in rated(situation, zone):
        days = (line.to_day - line.from_day).days
        if line.unit == f"of {days} days":
            amounts = {one.charge.amount for one in intervals if one.charge.name == line.name}
            assert line.amount in amounts


@given(st.lists(SITUATIONS, min_size=2, max_size=3), ZONES)
@settings(max_examples=30, deadline=None)
def test_what_is_booked_and_its_correction_sum_to_what_is_rated(several, zone):
    booked = ()
    for situation in several:
        wanted = rated(situation_of(situation), zone)
        added = corrections(booked, wanted)
        booked = (*booked, *added)
        assert sums(booked) == sums(wanted)
        assert corrections(booked, wanted) == ()
    keys = [line.key for line in booked]
    assert len(set(keys)) == len(keys)


@given(st.lists(st.decimals(0, 60, places=3), max_size=12), PRICES, PRICES)
@settings(max_examples=30, deadline=None)
def test_records_of_a_month_sum_to_the_cost_of_all_their_units(quantities, low, high):
    records = [
        used(f"u{number}", quantity, at("2028-02-01") + timedelta(hours=number))
        for number, quantity in enumerate(quantities)
    ]
    intervals = charged_intervals(
        [
            product(
                minutes(low, tier_to="50"),
                minutes(high, tier_from="50"),
                active_from=at("2027-12-31"),
            )
        ]
    )
    units = sum(quantities, Decimal(0))
    asked = min(units, 50) * Decimal(low) + max(units - 50, 0) * Decimal(high)
    lines = rated_period(intervals, records, period=PERIOD, zone=ZoneInfo("Asia/Karachi"))
    assert sum(line.amount.minor for line in lines) == money_from_decimal(asked, "PKR").minor


@given(
    st.lists(st.tuples(st.integers(-(10**9), 10**9), st.booleans()), max_size=12),
    st.sampled_from(["data", "internet", "telephone"]),
)
@settings(max_examples=30, deadline=None)
def test_parts_of_a_tax_sum_to_it_and_lie_within_one_unit_of_their_share(amounts, service):
    lines = [
        replace(BILLED, product_id=f"P{number}", place=str(number), amount=Money(minor, "PKR"))
        for number, (minor, _) in enumerate(amounts)
    ]
    treatments = {
        line.product_id: TaxTreatment(
            jurisdiction="PK-PB" if is_punjab else "PK-SD", service=TaxedService(service)
        )
        for line, (_, is_punjab) in zip(lines, amounts, strict=True)
    }
    found = invoice_taxes(
        lines, treatments=treatments, levies=read_levies(), on_day=date(2026, 8, 1)
    )
    by_key = {line.key: line.amount.minor for line in lines}
    for tax in found:
        assert sum(part.amount.minor for part in tax.parts) == tax.amount.minor
        share = Fraction(tax.percent) / 100
        assert abs(tax.amount.minor - share * tax.base.minor) <= Fraction(1, 2)
        net = sum(by_key[part.key] for part in tax.parts)
        of_each = share * Fraction(tax.base.minor, net or 1) if tax.base.minor != net else share
        assert all(abs(part.amount.minor - of_each * by_key[part.key]) < 1 for part in tax.parts)
