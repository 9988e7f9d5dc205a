"""What an option would change, said with both figures."""

import pytest

from karakoram.network.records import Status
from karakoram.planning.advice import advice
from karakoram.planning.prepare import prepare
from karakoram.planning.search_space import search_space
from tests.support.planning_networks import demand, designed, fibre, network_of


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


def test_following_the_advice_gives_what_it_says(prepared):
    both = frozenset({Status.IN_SERVICE, Status.OPTION})
    diverse = designed(prepared, protected=True, accepted_statuses=both).offers[-1]
    assert diverse.shared_risks == ()
    assert ("new",) in [path.span_ids for path in diverse.paths]


def test_who_plans_with_options_or_without_protection_needs_no_advice(prepared):
    both = frozenset({Status.IN_SERVICE, Status.OPTION})
    assert designed(prepared, protected=True, accepted_statuses=both).advice == ()
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
