"""What an option would change, said with both figures."""

from dataclasses import replace

import pytest

from karakoram.network.records import Status
from karakoram.planning.advice import advice
from karakoram.planning.design import design_service
from karakoram.planning.prepare import prepare
from karakoram.planning.search_space import search_space
from tests.support.planning_networks import demand, designed, fibre, network_of, sea, system


@pytest.fixture(scope="module")
def prepared():
    """Two ways that share A-M, and an option that shares nothing with either."""
    return prepare(
        network_of(
            fibre("A", "M", 100.0),
            fibre("M", "Z", 10.0),
            fibre("M", "Z", 11.0, name="other"),
            fibre("A", "Z", 400.0, name="new", status=Status.OPTION, cable="NEW"),
        )
    )


def test_an_option_that_lets_the_paths_share_less_is_named_with_both_figures(prepared):
    (sentence,) = designed(prepared, protected=True).advice
    assert "NEW" in sentence
    assert "accept status option" in sentence
    # A-M: 100 km down for 0.001/1.001 of 525,960 minutes.
    assert "0 instead of 525 minutes" in sentence


def test_who_asks_for_no_advice_gets_the_same_offers(prepared):
    advised = designed(prepared, protected=True)
    told = design_service(prepared, demand(protected=True), is_advised=False)
    assert told == replace(advised, advice=())
    assert advised.advice


def test_following_the_advice_gives_what_it_says(prepared):
    both = frozenset({Status.IN_SERVICE, Status.OPTION})
    diverse = designed(prepared, protected=True, accepted_statuses=both).offers[-1]
    assert diverse.shared_risks == ()
    assert ("new",) in [path.span_ids for path in diverse.paths]


def test_who_plans_with_options_or_without_protection_is_advised_no_options(prepared):
    both = frozenset({Status.IN_SERVICE, Status.OPTION})
    advised = designed(prepared, protected=True, accepted_statuses=both).advice
    assert not [sentence for sentence in advised if "option" in sentence]
    assert designed(prepared).advice == ()


def test_paths_that_share_nothing_need_no_advice():
    network = network_of(fibre("A", "Z", 10.0), fibre("A", "Z", 20.0, name="other"))
    assert designed(network, protected=True).advice == ()


def test_an_option_that_changes_nothing_is_not_advised():
    network = network_of(
        fibre("A", "M", 100.0),
        fibre("M", "Z", 10.0),
        fibre("M", "Z", 11.0, name="other"),
        fibre("M", "Z", 12.0, name="new", status=Status.OPTION),
    )
    prepared = prepare(network)
    asked = demand(protected=True)
    offers = designed(prepared, protected=True).offers
    assert advice(search_space(prepared, asked), offers) == ()


def test_a_most_diverse_offer_that_looks_worse_says_why():
    # Both cheap cables lie in one storm; the safe one costs more and is cut more often.
    network = network_of(
        fibre("A", "Z", 100.0, name="one", groups=("STORM",)),
        fibre("A", "Z", 110.0, name="two", groups=("STORM",)),
        fibre("A", "Z", 900.0, name="safe", operator="DEAR"),
        groups={"STORM": (1.0, 1.0)},
    )
    answer = designed(network, protected=True)
    (sentence,) = answer.advice
    assert sentence.startswith("The most diverse offer shares 60 minutes a year less")
    assert "but it is dearer" in sentence


def test_the_minutes_told_are_those_of_the_risks_and_not_the_weights_of_the_search():
    # Sharing weighs at least one minute a risk; A-M is down 0.001 x 525,960 / 100 = 5.3 minutes.
    network = network_of(
        fibre("A", "M", 1.0),
        fibre("M", "Z", 10.0),
        fibre("M", "Z", 11.0, name="other"),
        fibre("A", "Z", 400.0, name="new", status=Status.OPTION, cable="NEW"),
    )
    (sentence,) = designed(network, protected=True).advice
    assert "could share 0 instead of 5.3 minutes" in sentence


@pytest.fixture(scope="module")
def two_cables():
    """Two short ways to the same cable, and another cable that takes longer."""
    return prepare(
        network_of(
            fibre("A", "B", 100.0),
            fibre("A", "B", 110.0, name="other"),
            sea("B", "Z", 1_000.0, name="near sea", cable="NEAR", groups=("CLS B",)),
            fibre("A", "C", 100.0),
            sea("C", "Z", 1_400.0, name="far sea", cable="FAR"),
            groups={"CLS B": (1.0, 1.0)},
            systems={"NEAR": system("NEAR"), "FAR": system("FAR")},
        )
    )


def test_paths_in_one_cable_are_told_so_with_the_limit_that_allows_another(two_cables):
    bounded = designed(two_cables, protected=True, latency_ms_max=6.0)
    shared, remedy = bounded.advice[:2]
    assert "share CLS B event and the submarine cable NEAR" in shared
    # 1,500 km at 5 us/km.
    assert "limit of 7.50 ms one way instead of 6 ms" in remedy
    assert "the submarine cable FAR" in remedy

    wider = designed(two_cables, protected=True, latency_ms_max=7.5)
    fastest = wider.offers[1]
    assert not [risk for risk in fastest.shared_risks if "sea" in risk.risk_id]
    assert f"{100.0 * fastest.availability:.2f} % available" in remedy
    assert not [sentence for sentence in wider.advice if "submarine cable" in sentence]


def test_one_cable_is_told_where_no_limit_was_set_or_no_other_is_there(two_cables):
    network = two_cables.network
    alone = replace(
        network, spans={key: span for key, span in network.spans.items() if key != "far sea"}
    )
    for asked in ({}, {"latency_ms_max": 6.0}):
        (sentence,) = designed(alone, protected=True, **asked).advice
        assert "the submarine cable NEAR" in sentence


def test_what_latency_more_sharing_allows_is_told(two_cables):
    (sentence,) = designed(two_cables, protected=True).advice
    # 1,100 and 1,110 km, there and back.
    assert "RTTs of 11.00 and 11.10 ms" in sentence
    assert "least shared plant first" in sentence


def test_a_way_to_pass_leaves_latency_without_advice(two_cables):
    answer = designed(two_cables, protected=True, via_site_ids=("C",))
    assert answer.advice == ()
