"""Samples of bandwidth come to one usage a month; what is missing is told, what is wrong found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from karakoram.core.provenance import Confidence
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.rating.samples import (
    BandwidthSample,
    CommittedBandwidth,
    SampledProducts,
    SampleRow,
    judged_samples,
)
from karakoram.settlement.rating.tariffs import judged_usage
from tests.support.rating import at, interval, minutes

KARACHI = ZoneInfo("Asia/Karachi")
FEBRUARY = datetime(2026, 1, 31, 19, 0, tzinfo=UTC)
"""When February begins in Karachi."""
SLOTS = 28 * 288
PRICE = minutes("4.4", unit="Mbit/s", usage_kind="bandwidth_mbps", name="above")


def rows(*, count=SLOTS, begin=FEBRUARY, product="P", into=100.0, out=50.0, **more):
    return [
        SampleRow(
            row_in_file=number + 2,
            sample=BandwidthSample(
                product_id=product,
                at=begin + timedelta(minutes=5 * number),
                ingress_mbps=into,
                egress_mbps=out,
                **more,
            ),
        )
        for number in range(count)
    ]


def asked(word="2026-02", *, zone=KARACHI, intervals=None, committed="60"):
    sold = [interval(PRICE, "2026-01-01", product_id="P")] if intervals is None else intervals
    kept = () if committed is None else ((at("2026-01-01"), committed),)
    return SampledProducts(
        months=period_from_word(word).months,
        zone=zone,
        intervals=tuple(sold),
        commitments=tuple(
            CommittedBandwidth(product_id="P", mbps=Decimal(mbps), starts_at=since)
            for since, mbps in kept
        ),
    )


def found(samples, question):
    judged = judged_samples(samples, question)
    return [(each.code, each.place.row) for each in judged.findings]


def one(samples, question):
    judged = judged_samples(samples, question)
    assert judged.findings == ()
    (month,) = judged.months
    return month


def test_a_whole_month_of_the_zone_is_one_usage_above_the_commitment():
    samples = rows()
    month = one(samples, asked())
    assert (month.sample_count, month.missing_count, month.unserved_count) == (SLOTS, 0, 0)
    assert (month.ingress_mbps, month.egress_mbps, month.committed_mbps) == (100, 50, 60)
    assert month.usage.usage_id == "P/bandwidth_mbps/2026-02"
    assert month.usage.quantity == 40
    assert month.usage.at == samples[-1].sample.at + timedelta(minutes=2.5)


def test_the_percentile_is_of_the_samples_that_there_are_and_the_missing_ones_are_told():
    samples = rows(into=10.0)[::2]
    for each in range(SLOTS // 40 + 1):  # one more than a twentieth of those that there are
        sample = samples[each].sample
        samples[each] = SampleRow(
            row_in_file=1,
            sample=BandwidthSample(
                product_id="P", at=sample.at, ingress_mbps=900.0, egress_mbps=0.0
            ),
        )
    month = one(samples, asked())
    assert (month.sample_count, month.missing_count) == (SLOTS // 2, SLOTS // 2)
    assert month.ingress_mbps == 900
    assert month.usage.quantity == 840


def test_a_month_west_of_greenwich_is_named_as_its_own_zone_names_it():
    zone = ZoneInfo("America/New_York")
    begin = datetime(2026, 2, 1, tzinfo=zone).astimezone(UTC)
    month = one(rows(begin=begin), asked(zone=zone))
    assert month.usage.usage_id == "P/bandwidth_mbps/2026-02"
    assert month.usage.at.tzinfo is UTC


def test_an_hour_that_comes_twice_or_not_at_all_is_counted_as_the_clock_of_the_zone_does():
    zone = ZoneInfo("America/New_York")
    for word, hours in (("2026-03", 31 * 24 - 1), ("2026-11", 30 * 24 + 1)):
        begin = datetime(2026, int(word[-2:]), 1, tzinfo=zone).astimezone(UTC)
        month = one(rows(begin=begin, count=12 * hours), asked(word, zone=zone))
        assert (month.sample_count, month.missing_count) == (12 * hours, 0)


def test_only_time_in_service_is_due_and_samples_of_other_times_do_not_count():
    sold = [interval(PRICE, "2026-02-15", "2026-02-20", product_id="P")]
    month = one(rows(into=100.0), asked(intervals=sold))
    assert (month.sample_count, month.missing_count) == (5 * 288, 0)
    assert month.unserved_count == SLOTS - 5 * 288
    assert found(rows(count=9), asked(intervals=sold)) == [("sample-out-of-service", 2)]


def test_a_month_whose_only_sample_begins_before_service_does_is_charged():
    sold = replace(
        interval(PRICE, "2026-02-15", product_id="P"),
        starts_at=FEBRUARY + timedelta(days=28, minutes=-3),
    )
    month = one(rows(), asked(intervals=[sold]))
    assert (month.sample_count, month.missing_count) == (1, 0)
    assert judged_usage([month.usage], [sold]).findings == ()


def test_a_sample_of_another_month_is_found_and_so_is_one_told_twice_each_by_its_row():
    early = rows(begin=FEBRUARY - timedelta(minutes=5), count=1)
    again = [SampleRow(row_in_file=77, sample=each.sample) for each in rows(count=1)]
    shifted = [
        SampleRow(row_in_file=78, sample=each.sample)
        for each in rows(begin=FEBRUARY + timedelta(minutes=6), count=1)
    ]
    samples = [*early, *rows(count=3), *again, *shifted]
    assert found(samples, asked()) == [
        ("sample-outside-months", 2),
        ("sample-twice", 77),
        ("sample-twice", 78),
    ]


def test_a_month_in_service_without_a_sample_is_found_and_one_before_it_was_sold_is_not():
    assert found(rows(), asked("2026-Q1")) == [("no-samples", 2), ("no-samples", 2)]
    sold = [interval(PRICE, "2026-02-01", "2026-03-01", product_id="P")]
    assert one(rows(), asked("2026-Q1", intervals=sold)).sample_count == SLOTS


@pytest.mark.parametrize(
    ("intervals", "word"),
    [
        ([], "is charged for nothing"),
        ([interval(minutes("1"), "2026-01-01", product_id="P")], "no price for bandwidth"),
    ],
)
def test_a_product_whose_bandwidth_has_no_price_is_found_once(intervals, word):
    judged = judged_samples(rows(), asked(intervals=intervals))
    (finding,) = judged.findings
    assert (finding.code, finding.place.row) == ("sample-not-priced", 2)
    assert word in finding.message


def test_what_is_committed_is_said_by_the_samples_or_the_store_and_by_both_alike():
    samples = rows(count=5)
    assert found(samples, asked(committed=None)) == [("no-commitment", 2)]
    said = [*rows(count=5, committed_mbps=Decimal(60)), *rows(count=0)]
    assert one(said, asked(committed=None)).committed_mbps == 60
    assert one(said, asked()).committed_mbps == 60
    assert found(said, asked(committed="70")) == [("commitment-differs", 2)]
    other = rows(count=6, committed_mbps=Decimal(61))[5:]
    assert found([*said, *other], asked(committed=None)) == [("commitment-differs", 2)]


def test_a_commitment_that_changed_in_the_month_is_to_be_said_and_an_earlier_one_is_not_asked():
    def changed(on):
        question = asked()
        later = CommittedBandwidth(product_id="P", mbps=Decimal(90), starts_at=on)
        commitments = (*question.commitments, later)
        return SampledProducts(
            months=question.months,
            zone=question.zone,
            intervals=question.intervals,
            commitments=commitments,
        )

    middle = FEBRUARY + timedelta(days=9)
    assert found(rows(), changed(middle)) == [("commitment-changed", 2)]
    assert one(rows(committed_mbps=Decimal(90)), changed(middle)).usage.quantity == 10
    assert one(rows(), changed(FEBRUARY)).usage.quantity == 10
    assert one(rows(), changed(FEBRUARY + timedelta(days=28))).usage.quantity == 40


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ingress_mbps", -1.0),
        ("egress_mbps", float("nan")),
        ("egress_mbps", 1e10),
        ("committed_mbps", Decimal(-1)),
        ("at", datetime(2026, 2, 1)),  # noqa: DTZ001  (what is refused)
    ],
)
def test_a_sample_that_cannot_be_is_refused(field, value):
    right = {"product_id": "P", "at": FEBRUARY, "ingress_mbps": 1.0, "egress_mbps": 1.0}
    with pytest.raises(ValueError, match=field):
        BandwidthSample(**{**right, field: value})


def test_the_price_of_the_interval_does_not_matter_to_what_is_measured():
    dear = minutes("9", unit="Mbit/s", usage_kind="", name="above", confidence=Confidence.ASSUMED)
    sold = [interval(dear, "2026-01-01", product_id="P")]
    assert one(rows(), asked(intervals=sold)).usage.quantity == 40
