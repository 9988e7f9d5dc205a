"""What would join two sites, told from the plant alone."""

import pytest

from karakoram.network.records import Status
from karakoram.planning.prepare import prepare
from karakoram.planning.reach import fastest_way, no_way_reason, site_reasons
from karakoram.planning.search_space import search_space
from tests.support.planning_networks import demand, fibre, network_of


def space_of(network, **asked):
    return search_space(prepare(network), demand(**asked))


def test_the_fastest_way_knows_no_bound_and_no_via():
    network = network_of(fibre("A", "Z", 100.0, name="near"), fibre("A", "Z", 200.0, name="far"))
    space = space_of(network, latency_ms_max=0.1, via_site_ids=("Z",))
    graph = space.prepared.graph
    assert graph.spans_of(fastest_way(space, barred=0)) == ("near",)
    assert graph.spans_of(fastest_way(space, barred=graph.span_mask(("near",)))) == ("far",)
    assert fastest_way(space, barred=graph.span_mask(("near", "far"))) is None


def test_the_fewest_hand_overs_that_are_missing_are_named():
    # Over M two agreements are missing, over N one.
    network = network_of(
        fibre("A", "M", 1.0, operator="ONE"),
        fibre("M", "P", 1.0, operator="TWO"),
        fibre("P", "Z", 1.0, operator="SIX"),
        fibre("A", "N", 900.0, operator="ONE"),
        fibre("N", "Z", 900.0, operator="SIX"),
    )
    reason = no_way_reason(space_of(network))
    assert (reason.code, reason.where) == ("no-route", "A-Z")
    assert "at N (ONE and SIX);" in reason.message


@pytest.mark.parametrize(
    ("lives", "include"),
    [
        ((Status.OPTION, Status.OPTION), "accept status option"),
        ((Status.PLANNED, Status.PLANNED), "accept status planned"),
        ((Status.RETIRED, Status.IN_SERVICE), "accept status retired"),
        ((Status.PLANNED, Status.RETIRED), "accept status planned and retired"),
    ],
)
def test_every_status_that_the_way_needs_is_to_be_included_and_no_other(lives, include):
    spans = [fibre("A", "M", 1.0, status=lives[0]), fibre("M", "Z", 1.0, status=lives[1])]
    reason = no_way_reason(space_of(network_of(*spans)))
    assert f"{include} to plan" in reason.message


def test_ends_without_roadm_and_via_sites_without_fibre_are_all_told():
    network = network_of(fibre("A", "Z", 1.0), more_sites=("ALONE",), roadms="A")
    reasons = site_reasons(network, demand(via_site_ids=("ALONE",)))
    assert [(reason.code, reason.where) for reason in reasons] == [
        ("no-add-drop", "Z"),
        ("via", "ALONE"),
    ]
