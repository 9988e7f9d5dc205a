"""Amounts computed by hand; PKR 3,000.00 are 300,000 paisa."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from karakoram.core.money import Money
from karakoram.sales.catalogue.words import PriceType
from karakoram.settlement.rating.charged import PriceChange, Suspension, charged_intervals
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.rating.rated import RatedKind
from karakoram.settlement.rating.recurring import rated_once, rated_recurring
from tests.support.rating import at, charge, interval, local, product

KARACHI = ZoneInfo("Asia/Karachi")


def amounts(intervals, word):
    lines = rated_recurring(intervals, period_from_word(word), zone=KARACHI)
    return [(str(line.from_day), str(line.to_day), line.amount.minor) for line in lines]


def test_a_whole_month_costs_its_price_whatever_its_length():
    one = interval(charge(), "2026-01-01")
    assert amounts([one], "2026-Q1") == [
        ("2026-01-01", "2026-02-01", 300_000),
        ("2026-02-01", "2026-03-01", 300_000),
        ("2026-03-01", "2026-04-01", 300_000),
    ]


def test_a_part_of_a_month_costs_its_days():
    # 300,000 = 9,677 x 31 + 13: the first 13 days cost 9,678, the others 9,677
    one = interval(charge(), "2026-07-11", "2026-07-21")
    assert amounts([one], "2026-07") == [("2026-07-11", "2026-07-21", 3 * 9_678 + 7 * 9_677)]


def test_a_leap_year_has_29_days_of_february():
    # 300,000 = 10,344 x 29 + 24: days 1 to 24 cost 10,345, 25 to 29 cost 10,344
    last = interval(charge(), "2028-02-29", "2028-03-01")
    assert amounts([last], "2028-02") == [("2028-02-29", "2028-03-01", 10_344)]
    rest = interval(charge(), "2028-01-01", "2028-02-29")
    assert amounts([rest], "2028-02") == [("2028-02-01", "2028-02-29", 24 * 10_345 + 4 * 10_344)]
    # 300,000 = 10,714 x 28 + 8 in a common year
    common = interval(charge(), "2027-02-28", "2027-03-01")
    assert amounts([common], "2027-02") == [("2027-02-28", "2027-03-01", 10_714)]


def test_a_service_that_is_up_at_eight_in_the_evening_of_june_in_utc_is_charged_from_july():
    (sold,) = charged_intervals([product(charge(), active_from=at("2026-06-30T20:00"))])
    assert amounts([sold], "2026-06") == []
    assert amounts([sold], "2026-07") == [("2026-07-01", "2026-08-01", 300_000)]
    (earlier,) = charged_intervals([product(charge(), active_from=at("2026-06-30T18:00"))])
    assert amounts([earlier], "2026-06") == [("2026-06-30", "2026-07-01", 10_000)]


def test_the_day_of_the_start_is_charged_and_that_of_the_end_is_not():
    hours = timedelta(hours=9)
    (one,) = charged_intervals(
        [
            product(
                charge(),
                active_from=local("2026-07-11") + hours,
                active_until=local("2026-07-21") + hours,
            )
        ]
    )
    assert amounts([one], "2026-07") == [("2026-07-11", "2026-07-21", 3 * 9_678 + 7 * 9_677)]


def test_a_price_that_changes_within_a_month_charges_each_day_once():
    sold = product(charge(), active_from=local("2026-06-01"))
    change = PriceChange(
        product_id="P",
        starts_at=local("2026-07-16") + timedelta(hours=10),
        charges=(charge(310_000),),
    )
    # 15 days of 300,000: 13 x 9,678 + 2 x 9,677; 16 days of 310,000 at 10,000 a day
    assert amounts(charged_intervals([sold], changes=[change]), "2026-07") == [
        ("2026-07-01", "2026-07-16", 145_168),
        ("2026-07-16", "2026-08-01", 160_000),
    ]


def test_a_suspension_takes_its_days_out():
    sold = product(charge(310_000), active_from=local("2026-06-01"))
    pause = Suspension(product_id="P", starts_at=local("2026-07-05"), ends_at=local("2026-07-10"))
    assert amounts(charged_intervals([sold], suspensions=[pause]), "2026-07") == [
        ("2026-07-01", "2026-07-05", 40_000),
        ("2026-07-10", "2026-08-01", 220_000),
    ]


def test_a_line_says_what_it_is_for():
    (line,) = rated_recurring(
        [interval(charge(), "2026-07-22")], period_from_word("2026-07"), zone=KARACHI
    )
    assert (line.product_id, line.payer_id, line.operator_id) == ("P", "CT", "SCO")
    assert (line.name, line.kind) == ("port", RatedKind.RECURRING)
    assert (line.quantity, line.unit, line.unit_price) == (10, "of 31 days", "3000.00")
    assert line.amount == Money(10 * 9_677, "PKR")
    assert (line.confidence.value, line.source) == ("stated", "a price list")
    assert line.key == "P/recurring/SCO/port/2026-07-22/2026-08-01/0"


def test_what_is_asked_once_falls_on_the_day_of_the_activation():
    once = charge(50_000, PriceType.ONE_TIME, name="set-up")
    found = charged_intervals([product(once, active_from=at("2026-06-30T20:00"))])
    assert not list(rated_once(found, period_from_word("2026-06"), zone=KARACHI))
    (line,) = rated_once(found, period_from_word("2026-07"), zone=KARACHI)
    assert (line.from_day, line.amount) == (date(2026, 7, 1), Money(50_000, "PKR"))
    assert (line.kind, line.quantity, line.unit_price) == (RatedKind.ONE_TIME, 1, "500.00")
    assert not list(rated_once(found, period_from_word("2026-08"), zone=KARACHI))
