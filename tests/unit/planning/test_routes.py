"""Routes without light or money: order, metrics, loops, and the pair that shares least."""

import pytest

from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.records import CableMedium, Status
from karakoram.planning.demand import Exclusions
from karakoram.planning.offers import DiversityScope, RiskSort
from karakoram.planning.prepare import prepare
from karakoram.planning.route_answers import RouteMetric, RouteQuestion
from karakoram.planning.routes import find_routes
from tests.support.planning_networks import DAY, fibre, fibre_type, network_of, small_library


def answer(network, k=9, **asked):
    question = RouteQuestion(**{"a_site_id": "A", "z_site_id": "Z", "k": k, "on_day": DAY, **asked})
    return find_routes(prepare(network), question)


def ways(network, **asked):
    return [route.span_ids for route in answer(network, **asked).routes]


def diamond(**given):
    return network_of(
        fibre("A", "B", 10.0),
        fibre("B", "Z", 10.0),
        fibre("A", "C", 11.0),
        fibre("C", "Z", 11.0),
        fibre("B", "C", 3.0),
        **given,
    )


def test_routes_come_shortest_first_and_each_once():
    routes = answer(diamond()).routes
    assert [route.length_km for route in routes] == [20.0, 22.0, 24.0, 24.0]
    assert [route.site_ids for route in routes[:2]] == [("A", "B", "Z"), ("A", "C", "Z")]
    assert {route.site_ids for route in routes[2:]} == {tuple("ABCZ"), tuple("ACBZ")}
    assert routes[0].latency_ms == pytest.approx(0.1)
    assert routes[0].operator_ids == ("OP",)


@pytest.mark.parametrize("k", [1, 2, 4, 50])
def test_no_more_routes_than_asked_for_and_no_more_than_there_are(k):
    assert len(answer(diamond(), k=k).routes) == min(k, 4)


def test_the_metric_decides_what_is_best():
    # Shorter glass of slow light, longer glass of fast light; the longest is free.
    library = small_library(
        fibre_types={"SMF": fibre_type("SMF"), "SLOW": fibre_type("SLOW", group_index=2.0)}
    )
    network = network_of(
        fibre("A", "Z", 100.0, name="short", fibre_type="SLOW"),
        fibre("A", "Z", 110.0, name="fast"),
        fibre("A", "Z", 300.0, name="cheap", owner="FREE"),
        library=library,
        prices=[
            ("OP", PriceUnit.KM, ChargePeriod.MONTH, 400.0, "1"),
            ("FREE", PriceUnit.KM, ChargePeriod.MONTH, 400.0, "0"),
        ],
    )
    best = {metric: ways(network, metric=metric)[0] for metric in RouteMetric}
    assert best == {
        RouteMetric.LENGTH: ("short",),
        RouteMetric.LATENCY: ("fast",),
        RouteMetric.PRICE: ("cheap",),
    }


def test_a_route_needs_handovers_and_may_end_where_no_roadm_stands():
    spans = (fibre("A", "M", 10.0, operator="ONE"), fibre("M", "Z", 10.0, operator="TWO"))
    assert ways(network_of(*spans, roadms=())) == []
    agreed = network_of(*spans, roadms=(), meetings=[("M", "ONE", "TWO")])
    (route,) = answer(agreed).routes
    assert route.operator_ids == ("ONE", "TWO")


def test_a_leased_leg_needs_no_handover():
    network = network_of(fibre("A", "M", 10.0), fibre("M", "Z", 10.0, owner="LESSOR"))
    assert ways(network) == [("A-M", "M-Z")]


def test_no_route_comes_back_to_a_site_by_another_operator():
    network = network_of(
        fibre("A", "X", 10.0, operator="ONE"),
        fibre("X", "Y", 10.0, name="up", operator="ONE"),
        fibre("Y", "X", 10.0, name="down", operator="TWO"),
        fibre("X", "Z", 10.0, operator="TWO"),
        meetings=[("Y", "ONE", "TWO")],
    )
    assert ways(network) == []


def test_a_route_is_told_once_however_light_passes_from_port_to_port():
    # At both ends ONE, TWO and SIX meet and hand over to each other, so that light could go the
    # same way as any of them, or be handed over twice.
    network = network_of(
        *(
            fibre(site, f"{site} spur {name}", 1.0, operator=name)
            for site in "AZ"
            for name in ("ONE", "TWO", "SIX")
        ),
        fibre("A", "Z", 10.0, name="near", operator="ONE"),
        fibre("A", "Z", 20.0, name="far", operator="TWO"),
        meetings=[
            (site, *pair)
            for site in "AZ"
            for pair in (("ONE", "TWO"), ("ONE", "SIX"), ("TWO", "SIX"))
        ],
    )
    assert ways(network) == [("near",), ("far",)]


def test_statuses_and_exclusions_hold():
    network = network_of(
        fibre("A", "Z", 10.0, name="near"),
        fibre("A", "Z", 20.0, name="far"),
        fibre("A", "Z", 5.0, name="plan", status=Status.PLANNED),
        fibre("A", "Z", 1.0, name="radio", medium=CableMedium.MICROWAVE),
    )
    assert ways(network) == [("near",), ("far",)]
    assert ways(network, avoid=Exclusions(span_ids=frozenset({"near"}))) == [("far",)]
    everything = frozenset(Status)
    assert ways(network, accepted_statuses=everything) == [("plan",), ("near",), ("far",)]


def test_the_pair_that_shares_least_is_the_shortest_of_those_that_share_nothing():
    found = answer(diamond(), disjoint=True).disjoint
    assert {route.span_ids for route in found.routes} == {("A-B", "B-Z"), ("A-C", "C-Z")}
    assert found.length_km == 42.0
    assert found.shared_risks == ()
    assert found.proof.scope is DiversityScope.ALL_RISKS


def test_what_the_pair_cannot_but_share_is_named():
    network = network_of(
        fibre("A", "M", 10.0, groups=("STORM",)),
        fibre("M", "Z", 10.0, groups=("STORM",)),
        fibre("M", "Z", 12.0, name="other"),
        groups={"STORM": (1.0, 1.0)},
    )
    found = answer(network, disjoint=True).disjoint
    assert [(risk.sort, risk.risk_id) for risk in found.shared_risks] == [
        (RiskSort.SPAN, "A-M"),
        (RiskSort.RISK_GROUP, "STORM"),
    ]


def test_a_pair_is_told_though_barring_every_loop_bars_every_way():
    # B-Z of TWO looks shortest, but TWO meets ONE at A only: the way on comes back to Z.
    network = network_of(
        fibre("B", "Z", 1.0, name="S0", operator="TWO"),
        fibre("Z", "A", 1.0, name="S3", operator="TWO"),
        fibre("A", "Z", 1.0, name="S9", operator="ONE"),
        fibre("Z", "C", 1.0, name="S4", operator="ONE"),
        fibre("A", "B", 3.0, name="S6", operator="ONE"),
        fibre("A", "B", 1.0, name="S7", operator="ONE"),
        meetings=[("A", "ONE", "TWO")],
    )
    found = answer(network, a_site_id="B", z_site_id="C", disjoint=True)
    assert [route.span_ids for route in found.routes] == [("S7", "S9", "S4"), ("S6", "S9", "S4")]
    assert found.disjoint is not None
    assert {route.span_ids for route in found.disjoint.routes} == {
        ("S7", "S9", "S4"),
        ("S6", "S9", "S4"),
    }
    assert found.disjoint.proof.prover == "capped"


def test_no_route_is_no_pair():
    network = network_of(fibre("A", "B", 1.0), fibre("Y", "Z", 1.0))
    found = answer(network, disjoint=True)
    assert found.routes == ()
    assert found.disjoint is None


def test_a_pair_is_searched_only_when_asked_for():
    assert answer(diamond()).disjoint is None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"k": 0}, "k must be at least 1, got 0"),
        ({"z_site_id": "A"}, "two different ends, got 'A' twice"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(asked, words):
    with pytest.raises(ValueError, match=words):
        answer(diamond(), **asked)


class TestUnsoldFibre:
    PRICES = (("OP", PriceUnit.KM, ChargePeriod.MONTH, 400.0, "1"),)
    SPANS = (fibre("A", "Z", 100.0, name="sold"), fibre("A", "Z", 50.0, name="shy", owner="SHY"))

    def test_fibre_that_nobody_sells_is_no_cheap_route(self):
        network = network_of(*self.SPANS, prices=self.PRICES)
        assert ways(network, metric=RouteMetric.PRICE) == [("sold",)]
        assert ways(network, metric=RouteMetric.LENGTH) == [("shy",), ("sold",)]

    def test_where_nothing_is_sold_the_silent_owners_are_named(self):
        network = network_of(*self.SPANS, prices=self.PRICES)
        found = answer(network, metric=RouteMetric.PRICE, bit_rate_gbps=800.0, disjoint=True)
        assert found.routes == ()
        assert found.disjoint is None
        (reason,) = found.reasons
        assert (reason.code, reason.where) == ("no-price", "prices")
        assert "OP ask no price for 800 Gb/s" in reason.message

    def test_no_route_at_all_is_not_a_matter_of_prices(self):
        network = network_of(fibre("A", "B", 1.0), fibre("Y", "Z", 1.0), prices=())
        assert answer(network, metric=RouteMetric.PRICE).reasons == ()
        assert answer(network).reasons == ()
