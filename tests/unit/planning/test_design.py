"""Which offer gets which label, and what two paths share, on networks one can see through."""

from dataclasses import replace
from datetime import date

import pytest

from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.records import CableMedium, Status
from karakoram.planning.demand import Exclusions, Protection, ServiceDemand
from karakoram.planning.offers import DiversityScope, OfferLabel, RiskSort, ServiceDesign
from karakoram.planning.path_side import PathSide
from karakoram.planning.prepare import prepare
from karakoram.planning.pricing import price_over_term
from tests.support.planning_networks import DAY, demand, designed, fibre, network_of

KM, MONTH = PriceUnit.KM, ChargePeriod.MONTH


def offers_by_label(network, **asked):
    answer = designed(network, **asked)
    assert isinstance(answer, ServiceDesign)
    return {offer.label: offer for offer in answer.offers}


def ways(offer):
    return [path.span_ids for path in offer.paths]


def three_ways(**given):
    """Short and dear, long and cheap, and one that is never cut."""
    return network_of(
        fibre("A", "Z", 100.0, name="fast", owner="DEAR"),
        fibre("A", "Z", 150.0, name="cheap", owner="CHEAP"),
        fibre("A", "Z", 200.0, name="safe", owner="DEAR", failure="deep"),
        classes={"deep": (0.001, 1.0)},
        prices=[("DEAR", KM, MONTH, 100.0, "10"), ("CHEAP", KM, MONTH, 100.0, "1")],
        **given,
    )


def test_each_label_goes_to_the_way_that_deserves_it():
    offers = offers_by_label(three_ways())
    assert list(offers) == list(OfferLabel)
    assert ways(offers[OfferLabel.CHEAPEST]) == [("cheap",)]
    assert ways(offers[OfferLabel.LOWEST_LATENCY]) == [("fast",)]
    assert ways(offers[OfferLabel.MOST_DIVERSE]) == [("safe",)]


def test_an_unprotected_service_shares_nothing_and_proves_nothing():
    for offer in offers_by_label(three_ways()).values():
        assert offer.shared_risks == ()
        assert offer.diversity_proof is None
        assert [path.role for path in offer.paths] == [PathSide.WORKING]


def test_two_paths_are_the_best_two_by_each_label():
    offers = offers_by_label(three_ways(), protected=True)
    assert sorted(ways(offers[OfferLabel.LOWEST_LATENCY])) == [("cheap",), ("fast",)]
    assert sorted(ways(offers[OfferLabel.CHEAPEST])) == [("cheap",), ("fast",)]


def test_the_faster_path_works_and_the_other_protects():
    for offer in offers_by_label(three_ways(), protected=True).values():
        working, protection = offer.paths
        assert (working.role, protection.role) == (PathSide.WORKING, PathSide.PROTECTION)
        assert working.latency_ms <= protection.latency_ms


def stormy_ways():
    """Two short ways under one storm, and a long one that is free of it."""
    return network_of(
        fibre("A", "Z", 100.0, name="north", groups=("STORM",)),
        fibre("A", "Z", 110.0, name="middle", groups=("STORM",)),
        fibre("A", "Z", 900.0, name="south"),
        groups={"STORM": (1.0, 24.0)},
    )


def test_the_most_diverse_pair_pays_for_a_detour_that_the_cheapest_does_not_take():
    offers = offers_by_label(stormy_ways(), protected=True)
    cheapest, diverse = offers[OfferLabel.CHEAPEST], offers[OfferLabel.MOST_DIVERSE]
    assert sorted(ways(cheapest)) == [("middle",), ("north",)]
    assert [risk.risk_id for risk in cheapest.shared_risks] == ["STORM"]
    assert cheapest.diversity_proof.scope is DiversityScope.PLANT
    assert sorted(ways(diverse)) == [("north",), ("south",)]
    assert diverse.shared_risks == ()
    assert diverse.diversity_proof.scope is DiversityScope.ALL_RISKS
    assert diverse.unavailability < cheapest.unavailability
    assert diverse.price.mrc.minor > cheapest.price.mrc.minor


def test_two_paths_land_at_two_stations_even_where_that_is_dearer():
    network = network_of(
        fibre("A", "X", 50.0, groups=("CLS-ONE",)),
        fibre("X", "Z", 50.0, name="first cable", groups=("CLS-ONE",)),
        fibre("X", "Z", 60.0, name="second cable", groups=("CLS-ONE",)),
        fibre("A", "Y", 300.0, groups=("CLS-TWO",)),
        fibre("Y", "Z", 300.0, groups=("CLS-TWO",)),
        groups={"CLS-ONE": (0.1, 24.0), "CLS-TWO": (0.1, 24.0)},
    )
    cheapest = offers_by_label(network, protected=True)[OfferLabel.CHEAPEST]
    assert ways(cheapest) == [("A-X", "first cable"), ("A-Y", "Y-Z")]


def test_what_is_shared_is_named_by_kind_and_the_costliest_first():
    network = network_of(
        fibre("A", "M", 10.0, groups=("SMALL", "GREAT")),
        fibre("M", "N", 90.0),
        fibre("N", "Z", 10.0, groups=("SMALL",)),
        fibre("N", "Z", 12.0, name="other", groups=("SMALL",)),
        groups={"SMALL": (0.1, 1.0), "GREAT": (1.0, 100.0)},
        rules={"site_failures_fit": 1_000.0, "site_mttr_h": 5.0},
    )
    offer = offers_by_label(network, protected=True)[OfferLabel.MOST_DIVERSE]
    assert [(risk.sort, risk.risk_id) for risk in offer.shared_risks] == [
        (RiskSort.RISK_GROUP, "GREAT"),
        (RiskSort.RISK_GROUP, "SMALL"),
        (RiskSort.SPAN, "M-N"),
        (RiskSort.SPAN, "A-M"),
        (RiskSort.SITE, "M"),
        (RiskSort.SITE, "N"),
    ]
    by_id = {risk.risk_id: risk for risk in offer.shared_risks}
    assert set(by_id["SMALL"].span_ids) == {"A-M", "N-Z", "other"}


def test_prices_are_compared_with_everything_that_is_charged():
    # By fibre north is cheaper by a dollar; its ends cost more than that.
    network = network_of(
        fibre("A", "Z", 99.0, name="north", operator="N"),
        fibre("A", "Z", 100.0, name="south", operator="S"),
        prices=[
            *((name, KM, MONTH, 100.0, "1") for name in "NS"),
            ("N", PriceUnit.END, MONTH, 100.0, "50"),
        ],
    )
    offers = offers_by_label(network)
    assert ways(offers[OfferLabel.CHEAPEST]) == [("south",)]


def test_what_is_not_in_service_is_used_only_when_asked_for():
    network = network_of(
        fibre("A", "Z", 100.0, name="today"),
        fibre("A", "Z", 10.0, name="tomorrow", status=Status.PLANNED),
        fibre("A", "Z", 11.0, name="new cable", cable_status=Status.PLANNED),
        fibre("A", "Z", 12.0, name="yesterday", status=Status.RETIRED),
    )
    both = frozenset({Status.IN_SERVICE, Status.PLANNED})
    today = offers_by_label(network)[OfferLabel.LOWEST_LATENCY]
    planned = offers_by_label(network, accepted_statuses=both)[OfferLabel.LOWEST_LATENCY]
    assert ways(today) == [("today",)]
    assert ways(planned) == [("tomorrow",)]


def test_microwave_is_never_used():
    network = network_of(
        fibre("A", "Z", 100.0), fibre("A", "Z", 1.0, name="radio", medium=CableMedium.MICROWAVE)
    )
    assert ways(offers_by_label(network)[OfferLabel.LOWEST_LATENCY]) == [("A-Z",)]


def test_what_is_avoided_is_avoided_by_both_paths():
    network = three_ways()
    avoid = Exclusions(span_ids=frozenset({"cheap"}))
    for offer in offers_by_label(network, protected=True, avoid=avoid).values():
        assert sorted(ways(offer)) == [("fast",), ("safe",)]


def spur(*more, **given):
    """ONE and TWO meet at X without hand-over; they do hand over at Y, a spur of both."""
    return network_of(
        fibre("A", "X", 10.0, operator="ONE"),
        fibre("X", "Y", 10.0, name="up", operator="ONE"),
        fibre("Y", "X", 10.0, name="down", operator="TWO"),
        fibre("X", "Z", 10.0, operator="TWO"),
        *more,
        meetings=[("Y", "ONE", "TWO"), *given.pop("more_meetings", ())],
        **given,
    )


@pytest.mark.parametrize("protected", [False, True])
def test_a_path_never_comes_back_to_a_site_even_by_another_operator(protected):
    network = spur(
        fibre("A", "Z", 500.0, name="round", operator="ONE"),
        fibre("A", "Z", 600.0, name="wide", operator="ONE"),
    )
    for offer in offers_by_label(network, protected=protected).values():
        assert set(ways(offer)) <= {("round",), ("wide",)}


def test_a_pair_found_past_loops_says_that_nothing_proves_it_best():
    network = spur(
        fibre("A", "Z", 500.0, name="round", operator="ONE"),
        fibre("A", "Z", 600.0, name="wide", operator="ONE"),
    )
    offer = offers_by_label(network, protected=True)[OfferLabel.MOST_DIVERSE]
    assert offer.diversity_proof.prover == "capped"


def test_a_second_way_that_only_comes_back_to_a_site_is_none():
    network = spur(fibre("Y", "Z", 100.0, operator="ONE"))
    (reason,) = designed(network, protected=True).reasons
    assert reason.code == "no-second-path"
    assert isinstance(designed(network), ServiceDesign)


def test_where_every_way_comes_back_the_hand_over_that_is_missing_is_named():
    answer = designed(spur())
    (reason,) = answer.reasons
    assert (reason.code, reason.where) == ("no-route", "X")
    assert "X town" in reason.message
    assert isinstance(designed(spur(more_meetings=[("X", "ONE", "TWO")])), ServiceDesign)


def test_a_hand_over_that_is_an_option_is_named_before_light_comes_back():
    network = spur(more_meetings=[("X", "ONE", "TWO", Status.OPTION)])
    (reason,) = designed(network).reasons
    assert reason.code == "not-in-service"
    assert "(X ONE-TWO)" in reason.message
    accepted = frozenset({Status.IN_SERVICE, Status.OPTION})
    assert isinstance(designed(network, accepted_statuses=accepted), ServiceDesign)


def test_a_spur_to_a_via_site_is_not_run_up_and_down():
    # D hangs on A by two fibres of different owners; B lies beyond A.
    network = network_of(
        fibre("A", "B", 1.0), fibre("A", "D", 1.0), fibre("D", "A", 1.0, name="x", owner="LESSOR")
    )
    (reason,) = designed(network, a="B", z="A", via_site_ids=("D",)).reasons
    assert reason.code == "via"


def test_the_same_question_has_the_same_answer():
    prepared = prepare(stormy_ways())
    assert designed(prepared, protected=True) == designed(prepared, protected=True)


def test_an_answer_repeats_the_question():
    assert designed(three_ways(), protected=True).demand == demand(protected=True)


def test_a_network_with_errors_is_not_prepared():
    network = three_ways()
    broken = replace(network, failure_classes={})
    with pytest.raises(Exception, match="failure_class_id"):
        prepare(broken)


def test_a_demand_needs_two_ends_and_a_bit_rate():
    def asked(a_site_id, z_site_id, bit_rate_gbps):
        return ServiceDemand(
            a_site_id=a_site_id,
            z_site_id=z_site_id,
            bit_rate_gbps=bit_rate_gbps,
            protection=Protection.NONE,
            on_day=DAY,
        )

    with pytest.raises(ValueError, match="two different ends, got 'A' twice"):
        asked("A", "A", 100.0)
    with pytest.raises(ValueError, match="bit_rate_gbps must be greater than 0"):
        asked("A", "Z", 0.0)


def test_no_bound_on_latency_is_none_and_not_zero():
    with pytest.raises(ValueError, match="latency_ms_max must be greater than 0"):
        demand(latency_ms_max=0.0)


@pytest.mark.parametrize("protected", [False, True])
@pytest.mark.parametrize("network", [three_ways(), stormy_ways()], ids=["three", "stormy"])
def test_labels_keep_their_word(network, protected):
    offers = offers_by_label(network, protected=protected, on_day=date(2026, 1, 1))
    cheapest, fastest, diverse = offers.values()
    for other in offers.values():
        term = {"term_months": 36}
        assert price_over_term(cheapest.price, **term) <= price_over_term(other.price, **term)
        assert sum(path.latency_ms for path in fastest.paths) <= sum(
            path.latency_ms for path in other.paths
        )
        assert weight(diverse) <= weight(other)


def weight(offer):
    return sum(max(1, round(risk.unavailable_min_per_year)) for risk in offer.shared_risks)
