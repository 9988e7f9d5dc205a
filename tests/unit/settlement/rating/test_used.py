"""Usage against tariffs: what it costs, computed by hand, and what is refused."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.sales.catalogue.words import UnitOfMeasure, UsageKind
from karakoram.settlement.rating.bursts import burst_usage
from karakoram.settlement.rating.periods import BillingPeriod, period_from_word
from karakoram.settlement.rating.tariffs import judged_usage, tariffs_of
from karakoram.settlement.rating.usage import UsageRecord
from karakoram.settlement.rating.used import rated_usage, usage_costs
from tests.support.rating import at, charge, interval, local, minutes, used

KARACHI = ZoneInfo("Asia/Karachi")
TIERS = (
    minutes("1.2", tier_from="100", confidence=Confidence.ASSUMED, source="a guess"),
    minutes("1.5", tier_to="100"),
)


def tiered(starts="2026-01-01", ends=None, *, tiers=TIERS):
    return [interval(one, starts, ends) for one in tiers]


def costs(usage, intervals):
    judged = judged_usage(usage, intervals)
    assert not judged.findings
    return {cost.record.usage_id: cost.amount.minor for cost in usage_costs(judged, zone=KARACHI)}


def lines(usage, intervals, word):
    judged = judged_usage(usage, intervals)
    period = word if isinstance(word, BillingPeriod) else period_from_word(word)
    return list(rated_usage(judged, usage_costs(judged, zone=KARACHI), period, zone=KARACHI))


def test_units_are_asked_in_the_tier_that_the_month_has_reached():
    usage = [
        used("a", "90", "2026-07-02"),
        used("b", "20", "2026-07-03"),
        used("c", "0.5", "2026-07-04"),
        used("d", "10", "2026-08-01"),
    ]
    # b: 10 x 1.50 + 10 x 1.20 = 27.00; c: 0.5 x 1.20; August begins anew
    assert costs(usage, tiered()) == {"a": 13_500, "b": 2_700, "c": 60, "d": 1_500}


def test_a_line_is_the_sum_of_a_month():
    usage = [used("a", "90", "2026-07-02"), used("b", "20.25", "2026-07-03")]
    (line,) = lines(usage, tiered(), "2026-07")
    # 100 x 1.50 + 10.25 x 1.20 = 162.30
    assert (line.quantity, line.unit, line.unit_price) == (Decimal("110.25"), "minute", "1.5;1.2")
    assert line.amount == Money(16_230, "PKR")
    assert (line.confidence, line.source) == (Confidence.ASSUMED, "a price list; a guess")
    assert (line.from_day, line.to_day) == (date(2026, 7, 1), date(2026, 8, 1))
    assert line.key == ("P/usage/SCO/minutes@20251231T190000.000000Z/2026-07-01/2026-08-01/0")


def test_paisas_are_rounded_on_the_sum_and_not_on_every_record():
    third = [interval(minutes("0.005"), "2026-01-01")]
    usage = [used(f"u{n}", "1", f"2026-07-0{n}") for n in range(1, 5)]
    # half a paisa each: the sums 0.5, 1, 1.5, 2 are rounded half to even to 0, 1, 2, 2
    assert list(costs(usage, third).values()) == [0, 1, 1, 0]


def test_the_month_of_a_record_is_that_of_karachi():
    usage = [used("a", "100", "2026-06-30T18:59"), used("b", "100", "2026-06-30T19:00")]
    assert costs(usage, tiered()) == {"a": 15_000, "b": 15_000}
    (line,) = lines(usage, tiered(), "2026-07")
    assert line.quantity == 100


def test_a_price_that_changes_holds_from_its_moment_and_the_count_runs_on():
    before = tiered(ends="2026-07-10", tiers=[minutes("2")])
    after = tiered("2026-07-10")
    usage = [used("a", "90", "2026-07-09T18:59"), used("b", "20", "2026-07-09T19:00")]
    # 90 x 2.00; then 10 x 1.50 + 10 x 1.20
    assert costs(usage, [*before, *after]) == {"a": 18_000, "b": 2_700}
    first, second = lines(usage, [*before, *after], "2026-07")
    assert (str(first.from_day), str(first.to_day)) == ("2026-07-01", "2026-07-10")
    assert (str(second.from_day), str(second.to_day)) == ("2026-07-10", "2026-08-01")


def test_a_day_on_which_a_price_changes_at_noon_is_a_day_of_both():
    noon = at("2026-07-10T07:00")
    before = interval(minutes("2"), "2026-01-01")
    one = type(before)(
        product_id="P",
        payer_id="CT",
        line=before.line,
        charge=before.charge,
        starts_at=before.starts_at,
        ends_at=noon,
    )
    two = type(before)(
        product_id="P", payer_id="CT", line=before.line, charge=minutes("1"), starts_at=noon
    )
    first, second = lines(
        [used("a", "1", "2026-07-10T06:59"), used("b", "1", noon)], [one, two], "2026-07"
    )
    assert (str(first.to_day), first.amount.minor) == ("2026-07-11", 200)
    assert (str(second.from_day), second.amount.minor) == ("2026-07-10", 100)
    assert first.key != second.key


def test_a_part_of_a_month_is_charged_with_the_tier_that_the_whole_has_reached():
    usage = [used("a", "90", "2026-07-02"), used("b", "20", "2026-07-20")]
    (line,) = lines(usage, tiered(), "2026-07-16/2026-08-01")
    assert (line.quantity, line.amount.minor) == (20, 2_700)


def test_each_owner_asks_its_own_price():
    both = [
        interval(minutes("1"), "2026-01-01"),
        interval(minutes("0.3", operator_id="ONE"), "2026-01-01"),
    ]
    found = lines([used("a", "10", "2026-07-02")], both, "2026-07")
    assert {(line.operator_id, line.amount.minor) for line in found} == {
        ("SCO", 1_000),
        ("ONE", 300),
    }


def test_quantities_and_prices_of_many_digits_lose_nothing():
    price = "0.00000000000000000000000000001"  # 29 digits: 64 bits would not do
    usage = [used("a", "999999999999.5", "2026-07-02")]
    assert costs(usage, [interval(minutes(price), "2026-01-01")]) == {"a": 0}
    dear = [interval(minutes("123456789.123456789"), "2026-01-01")]
    # 999,999,999,999.5 x 12,345,678,912.3456789 = 12345678912339506060543.8271...
    exact = Fraction(1_999_999_999_999, 2) * Fraction(123_456_789_123_456_789, 10**7)
    assert costs(usage, dear)["a"] == round(exact)


def test_what_is_told_twice_counts_once():
    usage = [used("a", "10", "2026-07-02"), used("a", "10", "2026-07-02")]
    judged = judged_usage(usage, tiered())
    assert (len(judged.records), judged.repeated, judged.findings) == (1, 1, ())


def test_an_identifier_of_two_records_is_refused_whichever_comes_first():
    usage = [used("a", "10", "2026-07-02"), used("a", "11", "2026-07-02")]
    for given in (usage, usage[::-1]):
        judged = judged_usage(given, tiered())
        assert not judged.records
        (finding,) = judged.findings
        assert (finding.code, finding.place.record) == ("usage-id-reused", "a")


@pytest.mark.parametrize(
    ("record", "code", "words"),
    [
        (
            used("a", "1", "2026-07-02", product_id="X"),
            "usage-unknown-product",
            "'X' is no product",
        ),
        (
            used("a", "1", "2026-07-02", kind=UsageKind.MESSAGE, unit=UnitOfMeasure.MESSAGE),
            "usage-not-priced",
            "message is not charged to P; it is charged by voice_minute",
        ),
        (
            used("a", "1", "2026-07-02", unit=UnitOfMeasure.HOUR),
            "usage-wrong-unit",
            "hour is not the unit that the price is for; give it in minute",
        ),
        (used("a", "1", "2025-12-31T18:59"), "usage-out-of-service", "outside the times"),
        (used("a", "1", "2026-08-01"), "usage-out-of-service", "outside the times"),
    ],
)
def test_usage_that_no_price_is_for_is_found_with_its_reason(record, code, words):
    judged = judged_usage([record], tiered(ends="2026-07-31"))
    (finding,) = judged.findings
    assert (finding.code, finding.place.record) == (code, "a")
    assert words in finding.message
    assert not judged.records


def test_usage_of_a_product_without_any_price_of_usage_is_not_priced():
    (finding,) = judged_usage(
        [used("a", "1", "2026-07-02")], [interval(charge(), "2026-01-01")]
    ).findings
    assert finding.code == "usage-not-priced"
    assert finding.message.endswith("by nothing")


def test_a_charge_that_does_not_say_what_it_counts_counts_all_in_its_unit():
    anything = [interval(minutes("1", usage_kind=""), "2026-01-01")]
    assert costs([used("a", "3", "2026-07-02")], anything) == {"a": 300}


def test_tiers_of_one_charge_are_one_tariff_from_the_lowest():
    (tariff,) = tariffs_of(tiered())
    assert [tier.tier_from for tier in tariff.tiers] == ["0", "100"]


def test_nothing_used_costs_nothing():
    assert lines([], tiered(), "2026-07") == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"quantity": Decimal(-1)}, "quantity must be at least 0, got -1"),
        ({"quantity": Decimal("NaN")}, "quantity must be a finite number"),
        ({"at": at("2026-07-01").replace(tzinfo=None)}, "must say its offset from UTC"),
    ],
)
def test_a_record_that_cannot_be_is_refused(changes, message):
    given = {
        "usage_id": "a",
        "product_id": "P",
        "at": at("2026-07-01"),
        "kind": UsageKind.VOICE_MINUTE,
        "unit": UnitOfMeasure.MINUTE,
        "quantity": Decimal(1),
    }
    with pytest.raises(ValueError, match=message):
        UsageRecord(**{**given, **changes})


def test_a_burst_is_the_larger_direction_above_the_commitment():
    samples = np.full(100, 900.0)
    out = samples.copy()
    out[:6] = 1_250.5  # six of a hundred: the 95th percentile is among them
    moment = local("2026-08-01")
    record = burst_usage(
        "P", ingress_mbps=samples, egress_mbps=out, committed_mbps=Decimal(1000), at=moment
    )
    assert (record.quantity, record.kind) == (Decimal("250.500"), UsageKind.BANDWIDTH_MBPS)
    within = burst_usage(
        "P", ingress_mbps=samples, egress_mbps=samples, committed_mbps=Decimal(1000), at=moment
    )
    assert within.quantity == 0
    price = minutes("4.4", unit="Mbit/s", usage_kind="bandwidth_mbps", name="above")
    # 250.5 x 4.40
    assert list(costs([record], [interval(price, "2026-01-01")]).values()) == [110_220]
