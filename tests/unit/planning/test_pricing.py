from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.planning.path_side import PathSide
from karakoram.planning.price_book import price_book
from karakoram.planning.pricing import price_over_term
from tests.support.planning_networks import (
    DAY,
    demand,
    designed,
    fibre,
    mode,
    network_of,
    small_library,
)

KM, LEG, END, REGENERATOR = PriceUnit.KM, PriceUnit.LEG, PriceUnit.END, PriceUnit.REGENERATOR
MONTH, ONCE = ChargePeriod.MONTH, ChargePeriod.ONCE


def cheapest(network, **asked):
    return designed(network, **asked).offers[0]


def split_of(offer):
    return {share.operator_id: (share.mrc.minor, share.nrc.minor) for share in offer.price.split}


def test_each_owner_earns_its_kilometres_to_the_minor_unit():
    # 33.3 km x 1.115 = 37.1295 -> 3713 cents; 66.7 km x 0.3333 = 22.23111 -> 2223 cents.
    network = network_of(
        fibre("A", "M", 33.3, operator="ONE"),
        fibre("M", "Z", 66.7, operator="TWO"),
        meetings=[("M", "ONE", "TWO")],
        prices=[("ONE", KM, MONTH, 100.0, "1.115"), ("TWO", KM, MONTH, 100.0, "0.3333")],
    )
    offer = cheapest(network)
    assert split_of(offer) == {"ONE": (3713, 0), "TWO": (2223, 0)}
    assert offer.price.mrc.minor == 3713 + 2223
    assert [(line.subject, line.quantity) for line in offer.price.lines] == [
        ("A-M", Decimal("33.3")),
        ("M-Z", Decimal("66.7")),
    ]


def test_half_a_cent_goes_to_the_even_cent():
    rows = [("OP", KM, MONTH, 100.0, "0.125")]
    assert cheapest(network_of(fibre("A", "Z", 1.0), prices=rows)).price.mrc.minor == 12
    assert cheapest(network_of(fibre("A", "Z", 3.0), prices=rows)).price.mrc.minor == 38


def test_a_leased_leg_pays_its_owner_and_not_who_operates_it():
    network = network_of(
        fibre("A", "M", 10.0),
        fibre("M", "N", 20.0, owner="LESSOR"),
        fibre("N", "Z", 30.0),
        prices=[
            ("OP", KM, MONTH, 100.0, "1"),
            ("LESSOR", KM, MONTH, 100.0, "2"),
            ("OP", LEG, ONCE, 100.0, "500"),
            ("LESSOR", LEG, ONCE, 100.0, "700"),
        ],
    )
    offer = cheapest(network)
    # OP: 10 + 30 km and two legs; the lessor: 20 km at double the price and one leg.
    assert split_of(offer) == {"OP": (4_000, 100_000), "LESSOR": (4_000, 70_000)}
    (path,) = offer.paths
    assert [(leg.operator_id, leg.owner_id, leg.length_km) for leg in path.legs] == [
        ("OP", "OP", 10.0),
        ("OP", "LESSOR", 20.0),
        ("OP", "OP", 30.0),
    ]


def test_consecutive_spans_of_one_owner_are_one_leg():
    network = network_of(
        fibre("A", "M", 10.0),
        fibre("M", "Z", 20.0),
        prices=[("OP", KM, MONTH, 100.0, "1"), ("OP", LEG, MONTH, 100.0, "5")],
    )
    offer = cheapest(network)
    assert [(line.unit, line.quantity) for line in offer.price.lines] == [
        (KM, Decimal("30.0")),
        (LEG, Decimal(1)),
    ]


def test_ends_are_paid_to_the_first_and_the_last_operator():
    network = network_of(
        fibre("A", "M", 10.0, operator="ONE"),
        fibre("M", "Z", 10.0, operator="TWO"),
        meetings=[("M", "ONE", "TWO")],
        prices=[
            *((name, KM, MONTH, 100.0, "0") for name in ("ONE", "TWO")),
            ("ONE", END, ONCE, 100.0, "11"),
            ("TWO", END, ONCE, 100.0, "7"),
        ],
    )
    assert split_of(cheapest(network)) == {"ONE": (0, 1_100), "TWO": (0, 700)}


def short_reach(**more):
    """Modes that cross one line of 60 km, and not two."""
    return small_library(
        transceiver_modes={"SR": mode("SR", 100.0, cd_ps_per_nm_max=17.5 * 60.0, **more)}
    )


def test_a_regenerator_is_paid_to_the_operator_whose_leg_arrives_there():
    network = network_of(
        fibre("A", "M", 60.0, operator="ONE"),
        fibre("M", "Z", 60.0, operator="TWO"),
        meetings=[("M", "ONE", "TWO")],
        prices=[
            *((name, KM, MONTH, 100.0, "0") for name in ("ONE", "TWO")),
            ("ONE", REGENERATOR, ONCE, 100.0, "40"),
            ("TWO", REGENERATOR, ONCE, 100.0, "99"),
        ],
        library=short_reach(),
    )
    offer = cheapest(network)
    assert offer.paths[0].regenerator_site_ids == ("M",)
    assert split_of(offer) == {"ONE": (0, 4_000), "TWO": (0, 0)}


def test_a_regenerator_beyond_the_first_leg_is_paid_to_the_operator_of_its_own():
    network = network_of(
        fibre("A", "M", 60.0, operator="ONE"),
        fibre("M", "N", 60.0, operator="TWO"),
        fibre("N", "Z", 60.0, operator="TWO"),
        meetings=[("M", "ONE", "TWO")],
        prices=[
            *((name, KM, MONTH, 100.0, "0") for name in ("ONE", "TWO")),
            ("ONE", REGENERATOR, ONCE, 100.0, "40"),
            ("TWO", REGENERATOR, ONCE, 100.0, "99"),
        ],
        library=short_reach(),
    )
    assert split_of(cheapest(network)) == {"ONE": (0, 4_000), "TWO": (0, 9_900)}


def test_a_service_over_two_wavelengths_pays_two_ends_and_two_regenerators_of_their_bit_rate():
    network = network_of(
        fibre("A", "M", 60.0),
        fibre("M", "Z", 60.0),
        prices=[
            ("OP", KM, MONTH, 200.0, "1"),
            ("OP", END, ONCE, 100.0, "10"),
            ("OP", END, ONCE, 200.0, "1000"),
            ("OP", REGENERATOR, ONCE, 100.0, "30"),
        ],
        library=short_reach(),
    )
    offer = cheapest(network, bit_rate=200.0)
    assert [lightpath.wavelengths for lightpath in offer.paths[0].lightpaths] == [2, 2]
    # Two ends of two transceivers at 10, two regenerators at 30.
    assert offer.price.nrc.minor == 4_000 + 6_000
    assert offer.price.mrc.minor == 12_000


def test_both_paths_of_a_protected_service_are_charged():
    network = network_of(fibre("A", "Z", 10.0), fibre("A", "Z", 15.0, name="other"))
    offer = cheapest(network, protected=True)
    assert {line.role: line.amount.minor for line in offer.price.lines} == {
        PathSide.WORKING: 1_000,
        PathSide.PROTECTION: 1_500,
    }
    assert offer.price.mrc.minor == 2_500


def test_the_price_over_the_term_is_months_and_once():
    network = network_of(
        fibre("A", "Z", 10.0),
        prices=[("OP", KM, MONTH, 100.0, "2"), ("OP", LEG, ONCE, 100.0, "3.33")],
    )
    assert price_over_term(cheapest(network).price, term_months=36) == 36 * 2_000 + 333


def test_the_price_of_the_smallest_bit_rate_that_is_enough_holds():
    rows = [("OP", KM, MONTH, rate, str(rate)) for rate in (800.0, 100.0, 400.0)]
    network = network_of(fibre("A", "Z", 1.0), prices=rows)

    def asked(bit_rate_gbps):
        book = price_book(network, bit_rate_gbps=bit_rate_gbps, on_day=DAY)
        item = book.item("OP", KM, MONTH)
        return item and item.bit_rate_gbps

    assert [asked(rate) for rate in (10.0, 100.0, 101.0, 400.0, 800.0, 801.0)] == [
        *(100.0, 100.0, 400.0, 400.0, 800.0),
        None,
    ]


def test_the_price_of_the_day_holds():
    rows = [("OP", KM, MONTH, 100.0, amount) for amount in ("5", "7")]
    network = network_of(fibre("A", "Z", 1.0), prices=rows)
    new_year = date(2027, 1, 1)
    old, new = network.prices.values()
    prices = {"P0": replace(old, valid_to=new_year), "P1": replace(new, valid_from=new_year)}
    dated = replace(network, prices=prices)
    assert cheapest(dated, on_day=DAY).price.mrc.minor == 500
    assert cheapest(dated, on_day=new_year).price.mrc.minor == 700


def test_an_owner_sells_when_it_asks_a_monthly_price_for_fibre():
    def sells(unit, period):
        network = network_of(fibre("A", "Z", 1.0), prices=[("OP", unit, period, 100.0, "0")])
        return price_book(network, bit_rate_gbps=100.0, on_day=DAY).sells("OP")

    assert [sells(unit, MONTH) for unit in (KM, LEG, END, REGENERATOR)] == [
        True,
        True,
        False,
        False,
    ]
    assert not sells(KM, ONCE)


def test_the_cheapest_route_weighs_months_against_what_is_paid_once():
    # North: 100 km at 1 a month and 2,000 once. South: 120 km at 1 a month.
    network = network_of(
        fibre("A", "Z", 100.0, name="north", owner="NORTH"),
        fibre("A", "Z", 120.0, name="south", owner="SOUTH"),
        prices=[
            ("NORTH", KM, MONTH, 100.0, "1"),
            ("NORTH", LEG, ONCE, 100.0, "2000"),
            ("SOUTH", KM, MONTH, 100.0, "1"),
        ],
    )

    def route(months):
        return cheapest(network, term_months=months).paths[0].span_ids

    assert route(99) == ("south",)
    assert route(101) == ("north",)


def test_yen_have_no_minor_unit():
    network = network_of(fibre("A", "Z", 10.5))
    item = network.prices["P0"]
    yen = replace(network, currency="JPY", prices={"P0": replace(item, currency="JPY")})
    assert str(cheapest(yen).price.mrc) == "JPY 10"


@pytest.mark.parametrize("months", [0, -3])
def test_a_term_has_at_least_one_month(months):
    with pytest.raises(ValueError, match="term_months must be at least 1"):
        demand(term_months=months)


def test_what_nobody_priced_counts_as_nothing_and_is_told_as_assumed():
    network = network_of(
        fibre("A", "M", 1_500.0),
        fibre("M", "Z", 1_500.0, operator="TWO"),
        meetings=[("M", "OP", "TWO")],
        prices=[
            ("OP", KM, MONTH, 100.0, "1"),
            ("TWO", KM, MONTH, 100.0, "1"),
            ("OP", END, ONCE, 100.0, "0"),
        ],
        library=small_library(
            transceiver_modes={"100G": mode("100G", 100.0, cd_ps_per_nm_max=17.2 * 1_600.0)}
        ),
    )
    offer = cheapest(network)
    assert offer.paths[0].regenerator_site_ids == ("M",)
    assert offer.price.not_priced == (("TWO", END), ("OP", REGENERATOR))
    assert offer.price.nrc.minor == 0
    told = [figure.figure for figure in offer.assumptions]
    assert "no price for ends of TWO: counted as 0" in told
    assert "no price for regenerators of OP: counted as 0" in told
    assert not any("ends of OP" in figure for figure in told)
