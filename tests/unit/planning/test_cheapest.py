"""Whether the cheapest offer is the cheapest by everything that is charged."""

from dataclasses import replace
from itertools import combinations, islice

import pytest

from karakoram.engines.routing import paths_without_return
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.records import Status
from karakoram.planning import cheapest
from karakoram.planning.cheapest import cheapest_path
from karakoram.planning.lit_ways import LitWays
from karakoram.planning.offers import OfferLabel
from karakoram.planning.path_side import PathSide
from karakoram.planning.prepare import prepare
from karakoram.planning.price_floor import price_floor
from karakoram.planning.pricing import offer_price, price_over_term
from karakoram.planning.search_space import search_space
from karakoram.planning.site_loops import ways_without_loops
from tests.support.planning_networks import (
    demand,
    designed,
    fibre,
    mode,
    network_of,
    small_library,
)
from tests.support.watched import at_full_speed, types_unchecked

KM_MONTH = (PriceUnit.KM, ChargePeriod.MONTH, 800.0)
REGENERATOR = (PriceUnit.REGENERATOR, ChargePeriod.ONCE, 800.0)
PLANT = {
    "classes": {"sheltered": (0.1, 1.0)},
    "library": small_library(
        transceiver_modes={"200G": mode("200G", 200.0, required_osnr_db=15.0)}
    ),
}
"""One mode, whose light crosses a long span once; and a kind of fibre that is seldom cut."""

LONG_KM, SHORT_KM = 2_000.0, 300.0


def long_and_short(number=1):
    """Long ways of cheap fibre that need a regenerator, and shorter ones of dearer fibre."""
    return tuple(
        span
        for each in range(number)
        for span in (
            fibre("A", f"L{each}", LONG_KM, operator="LONG"),
            fibre(f"L{each}", "Z", LONG_KM, operator="LONG"),
            fibre("A", f"S{each}", SHORT_KM, operator="SHORT"),
            fibre(f"S{each}", "Z", SHORT_KM, operator="SHORT"),
        )
    )


def fast(number):
    """Dear ways that are the fastest and the least down, so that they earn the other labels."""
    return tuple(
        fibre("A", "Z", 100.0 + each, name=f"F{each}", operator="FAST", failure="sheltered")
        for each in range(number)
    )


def priced(regenerator="100000"):
    return [
        ("LONG", *KM_MONTH, "1"),
        ("SHORT", *KM_MONTH, "7"),
        ("FAST", *KM_MONTH, "900"),
        ("LONG", *REGENERATOR, regenerator),
    ]


def cheapest_offer(network, **asked):
    return designed(network, bit_rate=200.0, **asked).offers[0]


def over_term(offer):
    return price_over_term(offer.price, term_months=36)


def test_a_regenerator_can_make_the_cheapest_fibre_the_dearer_way():
    network = network_of(*long_and_short(), *fast(5), prices=priced(), **PLANT)

    offer = cheapest_offer(network)

    assert offer.label is OfferLabel.CHEAPEST
    assert offer.paths[0].span_ids == ("A-S0", "S0-Z")
    assert over_term(offer) == 2 * 300 * 7 * 36 * 100


def test_a_cheap_regenerator_does_not():
    network = network_of(*long_and_short(), *fast(5), prices=priced("100"), **PLANT)

    offer = cheapest_offer(network)

    assert offer.paths[0].span_ids == ("A-L0", "L0-Z")
    assert len(offer.paths[0].regenerator_site_ids) == 1


def test_regenerators_count_in_the_price_of_a_pair_too():
    network = network_of(*long_and_short(number=2), *fast(2), prices=priced(), **PLANT)

    offer = cheapest_offer(network, protected=True)

    assert {path.span_ids for path in offer.paths} == {("A-S0", "S0-Z"), ("A-S1", "S1-Z")}
    assert offer.shared_risks == ()


def test_a_pair_with_a_way_to_pass_keeps_it_first():
    network = network_of(*long_and_short(number=2), *fast(2), prices=priced(), **PLANT)

    offer = cheapest_offer(network, protected=True, via_site_ids=("L1",))

    assert [path.span_ids[0] for path in offer.paths] == ["A-L1", "A-S0"]


def twins(*names, km=300.0):
    """Ways of one price; the last letter says which."""
    return tuple(
        span
        for name in names
        for span in (fibre("A", name, km), fibre(name, "Z", km, failure=f"as {name}"))
    )


def test_of_equal_prices_the_most_available_way_is_the_cheapest():
    classes = {"as M": (9.0, 10.0), "as N": (3.0, 10.0), "as O": (6.0, 10.0)}

    offer = cheapest_offer(network_of(*twins("M", "N", "O"), classes=classes))

    assert offer.paths[0].span_ids == ("A-N", "N-Z")


@pytest.mark.parametrize("names", [("M", "N"), ("N", "M")])
def test_of_ways_equal_in_all_the_first_by_name_is_the_cheapest(names):
    classes = {"as M": (3.0, 10.0), "as N": (3.0, 10.0)}

    offer = cheapest_offer(network_of(*twins(*names), classes=classes))

    assert offer.paths[0].span_ids == ("A-M", "M-Z")


def test_a_search_that_was_cut_short_says_so_among_the_assumptions(monkeypatch):
    network = network_of(*long_and_short(), *fast(5), prices=priced(), **PLANT)
    monkeypatch.setattr(cheapest, "LISTED_MAX", 1)

    cut, whole = cheapest_offer(network), designed(network, bit_rate=200.0).offers[1]

    assert [told.subject for told in cut.assumptions if "cheapest" in told.subject] == [
        "cheapest way"
    ]
    assert not [told for told in whole.assumptions if "cheapest" in told.subject]


@pytest.mark.parametrize("limit", ["LISTED_MAX", "TRIED_MAX", "LOOKED_AT_MAX", "PAIRS_MAX"])
def test_a_service_that_earns_two_labels_is_the_same_when_the_search_was_cut_short(
    monkeypatch, limit
):
    prices = [row for row in priced() if row[0] != "FAST"]
    network = network_of(*long_and_short(number=2), prices=prices, **PLANT)
    monkeypatch.setattr(cheapest, limit, 0)

    offers = designed(network, bit_rate=200.0, protected=True).offers

    first, second, *_ = offers
    assert first.is_cheapest_of_those_tried
    assert replace(second, label=first.label) == first
    (told,) = [told for told in first.assumptions if told.subject == "cheapest way"]
    assert "the label cheapest" in told.figure


@types_unchecked()
def test_ways_back_to_a_site_are_not_what_a_search_with_options_spends_its_time_on(
    prepared_corridor, monkeypatch
):
    looked_at = 0

    def counted(*given, **asked):
        nonlocal looked_at
        for path in paths_without_return(*given, **asked):
            looked_at += 1
            yield path

    monkeypatch.setattr(cheapest, "paths_without_return", counted)
    every = frozenset({Status.IN_SERVICE, Status.OPTION, Status.PLANNED})

    answer = designed(prepared_corridor, a="TBT", z="SHG", bit_rate=800.0, accepted_statuses=every)

    assert answer.offers
    assert looked_at < 2_000


def test_ways_that_were_not_tried_are_not_called_dearer(monkeypatch):
    network = network_of(*long_and_short(), *fast(5), prices=priced(), **PLANT)
    space = search_space(prepare(network), demand(bit_rate=200.0))
    start = space.best_path(space.price_minor).path
    monkeypatch.setattr(cheapest, "TRIED_MAX", 0)

    assert not cheapest_path(LitWays(space), start=start).proven


@at_full_speed()
def test_no_way_of_the_corridor_costs_less_than_its_floor(prepared_corridor):
    for ends, bit_rate in (
        (("URC", "MRS"), 400.0),
        (("KHG", "FUJ"), 200.0),
        (("BMR", "KJB"), 800.0),
    ):
        space = search_space(prepared_corridor, demand(*ends, bit_rate=bit_rate))
        lit, floor = LitWays(space), price_floor(space)
        paths = ways_without_loops(
            prepared_corridor.graph,
            ends=space.ends,
            cost=space.price_minor,
            avoid=space.rule(is_working=True).avoid,
        )
        for path in islice(paths, 12):
            assert floor.before_light(path) <= floor.of(path) <= lit.price_minor(path)


def test_no_pair_of_ways_on_paper_is_cheaper_than_the_cheapest_offer():
    network = network_of(*long_and_short(number=2), *fast(2), prices=priced("30000"), **PLANT)
    space = search_space(prepare(network), demand(bit_rate=200.0, protected=True))
    lit = LitWays(space)
    paths = ways_without_loops(
        space.prepared.graph,
        ends=space.ends,
        cost=space.price_minor,
        avoid=space.rule(is_working=True).avoid,
    )

    every = {
        sum(map(lit.price_minor, pair))
        for pair in combinations(paths, 2)
        if not pair[0].risk_mask & pair[1].risk_mask & ~space.free_mask
    }

    assert over_term(cheapest_offer(network, protected=True)) == min(every)


def test_the_prices_that_ways_are_compared_by_are_those_of_the_offer():
    network = network_of(*long_and_short(number=2), *fast(2), prices=priced("33333.33"), **PLANT)
    lit = LitWays(search_space(prepare(network), demand(bit_rate=200.0, protected=True)))
    space = lit.space
    pair = space.best_pair(space.price_minor, all_risks=False)

    paid = offer_price(
        network,
        space.book,
        paths=[
            (PathSide.WORKING, lit.plan(pair.first)),
            (PathSide.PROTECTION, lit.plan(pair.second)),
        ],
    )

    assert lit.price_minor(pair.first) + lit.price_minor(pair.second) == price_over_term(
        paid, term_months=36
    )
