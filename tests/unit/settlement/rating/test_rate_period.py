from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.sales.catalogue.words import PriceType
from karakoram.settlement.rating.charged import PriceChange, charged_intervals
from karakoram.settlement.rating.corrections import corrections
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.rating.rate_period import rated_period
from karakoram.settlement.rating.rated import RatedKind
from tests.support.rating import charge, local, minutes, product, used

KARACHI = ZoneInfo("Asia/Karachi")
JULY = period_from_word("2026-07")
SOLD = product(
    charge(310_000),
    charge(100_000, name="power"),
    charge(50_000, PriceType.ONE_TIME, name="set-up"),
    minutes(),
    active_from=local("2026-07-01"),
)
USAGE = [used("a", "10", "2026-07-05"), used("b", "20", "2026-07-06")]


def rated(*changes, usage=USAGE):
    intervals = charged_intervals([SOLD], changes=changes)
    return rated_period(intervals, usage, period=JULY, zone=KARACHI)


def dearer_from(day, minor=410_000):
    charges = (charge(minor), *SOLD.plan.charges[1:2], *SOLD.plan.charges[3:])
    return PriceChange(product_id="P", starts_at=local(day), charges=charges)


def total(lines):
    return sum(line.amount.minor for line in lines)


def test_a_period_holds_what_was_sold_once_monthly_and_as_used():
    lines = rated()
    assert {(line.kind, line.name): line.amount.minor for line in lines} == {
        (RatedKind.ONE_TIME, "set-up"): 50_000,
        (RatedKind.RECURRING, "port"): 310_000,
        (RatedKind.RECURRING, "power"): 100_000,
        (RatedKind.USAGE, "minutes"): 4_500,
    }
    assert len({line.key for line in lines}) == len(lines)
    assert rated() == lines


def test_every_record_that_cannot_be_charged_is_told_at_once():
    wrong = [
        used("a", "1", "2026-07-05", product_id="X"),
        used("b", "1", "2026-07-05", product_id="Y"),
    ]
    with pytest.raises(InvalidDataError) as refused:
        rated(usage=wrong)
    assert [finding.place.record for finding in refused.value.findings] == ["a", "b"]


def test_nothing_sold_is_an_empty_bill():
    assert rated_period([], period=JULY, zone=KARACHI) == ()


def test_a_back_dated_change_is_put_right_by_reversal():
    before, after = rated(), rated(dearer_from("2026-07-22"))
    lines = corrections(before, after)
    told = [(line.name, str(line.from_day), line.amount.minor) for line in lines]
    # PKR 3,100 of July go back; 21 days of it come anew, and 10 days of PKR 4,100:
    # 410,000 = 13,225 x 31 + 25, so days 22 to 25 cost 13,226 and 26 to 31 cost 13,225.
    # Power and minutes are asked anew from that day, at the same price: their lines are cut.
    # Power: 100,000 = 3,225 x 31 + 25: 21 x 3,226, then 4 x 3,226 + 6 x 3,225.
    # The minutes were all used before the day: their line is cut, and its amount the same.
    assert set(told) == {
        ("port", "2026-07-01", -310_000),
        ("power", "2026-07-01", -100_000),
        ("minutes", "2026-07-01", -4_500),
        ("port", "2026-07-01", 210_000),
        ("port", "2026-07-22", 4 * 13_226 + 6 * 13_225),
        ("power", "2026-07-01", 67_746),
        ("power", "2026-07-22", 32_254),
        ("minutes", "2026-07-01", 4_500),
    }
    assert len(told) == 8
    assert total(lines) == total(after) - total(before)


def test_what_is_put_right_is_not_put_right_again():
    before, after = rated(), rated(dearer_from("2026-07-22"))
    booked = (*before, *corrections(before, after))
    assert corrections(booked, after) == ()
    assert corrections(before, before) == ()


def test_a_line_that_comes_back_has_a_key_of_its_own():
    before, after = rated(), rated(dearer_from("2026-07-01"))
    booked = before
    for wanted in (after, before, after, (), before):
        booked = (*booked, *corrections(booked, wanted))
        assert total(booked) == total(wanted)
    keys = [line.key for line in booked]
    assert len(set(keys)) == len(keys)
    assert "P/recurring/SCO/port/2026-07-01/2026-08-01/4" in keys
    assert "P/recurring/SCO/port/2026-07-01/2026-08-01/0/reversal" in keys


def test_a_reversal_says_what_it_takes_back():
    (line,) = (line for line in corrections(rated(), ()) if line.name == "set-up")
    assert line.reverses == line.key.removesuffix("/reversal")
    assert line.amount.minor == -50_000


def test_fees_of_two_changes_on_one_day_are_two_lines():
    fee = charge(1_000, PriceType.ONE_TIME, name="change")
    hour = timedelta(hours=1)
    changes = [
        PriceChange(product_id="P", starts_at=local("2026-07-10") + at * hour, charges=(fee,))
        for at in (1, 2)
    ]
    fees = [line for line in rated(*changes, usage=()) if line.name == "change"]
    assert [line.amount.minor for line in fees] == [1_000, 1_000]
    assert fees[0].key != fees[1].key
