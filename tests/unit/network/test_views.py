import pytest

from karakoram.core.errors import NotFoundError
from karakoram.network.records import Status
from karakoram.network.views import interconnection_sites, own_network
from tests.support.planning_networks import fibre, network_of


def test_an_operator_sees_its_own_spans_and_no_others(corridor):
    own = own_network(corridor, "SCO")
    assert {span.operator_id for span in own.spans.values()} == {"SCO"}
    assert set(own.cables) == {span.cable_id for span in own.spans.values()}
    assert {price.operator_id for price in own.prices.values()} == {"SCO"}
    assert "CT-G314" not in own.cables
    assert not own.submarine_systems


def test_the_owner_of_a_leased_leg_sees_it_and_so_does_who_runs_it(corridor):
    assert "SKZ-RNP" in own_network(corridor, "N5-LESSOR").spans
    assert "SKZ-RNP" in own_network(corridor, "ONE").spans


def test_hand_over_sites_are_seen_by_both_sides(corridor):
    assert "RWP" in own_network(corridor, "SCO").sites
    assert "RWP" in own_network(corridor, "ONE").sites
    assert "GIL" not in own_network(corridor, "ONE").sites


def test_risk_groups_of_others_stay_hidden(corridor):
    assert "SEA-RED-SEA" not in own_network(corridor, "SCO").risk_groups


def test_an_unknown_viewer_is_refused_with_near_misses(corridor):
    with pytest.raises(NotFoundError, match="'SCOO' is not an operator.*Did you mean SCO"):
        own_network(corridor, "SCOO")


def test_an_operator_is_reached_at_its_hand_overs_and_landing_stations(corridor):
    assert interconnection_sites(corridor, "SCO") == ("KJB", "RWP")
    assert {"CLS-CYB", "ZAF", "MRS"} <= set(interconnection_sites(corridor, "PEACE-C"))


def test_a_hand_over_that_is_not_in_service_reaches_nobody(corridor):
    options = {
        handover.site_id
        for handover in corridor.handovers.values()
        if handover.status is not Status.IN_SERVICE and "SCO" in handover.from_operator_id
    }
    assert options
    assert not options & set(interconnection_sites(corridor, "SCO"))


def test_equipment_where_another_has_fibre_too_stays_hidden():
    network = network_of(
        fibre("A", "B", 10.0, operator="ME"),
        fibre("B", "C", 10.0, operator="PAR"),
        fibre("A", "D", 10.0, operator="PAR", status=Status.RETIRED),
        meetings=[("B", "ME", "PAR")],
        amplifiers="AB",
    )
    own = own_network(network, "ME")
    assert set(own.sites) == {"A", "B"}
    assert {item.site_id for item in own.equipment.values()} == {"A"}


def test_who_owns_the_glass_and_who_runs_it_both_see_the_equipment_on_it():
    network = network_of(fibre("A", "B", 10.0, operator="ME", owner="LESSOR"))
    for viewer in ("ME", "LESSOR"):
        assert {item.site_id for item in own_network(network, viewer).equipment.values()} == {
            *("A", "B")
        }
