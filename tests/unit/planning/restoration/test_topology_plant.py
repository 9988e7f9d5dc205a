"""What can fail on a plain topology, and over which ways it may be restored."""

import pytest

from karakoram.planning.restoration.plant import FailureSort
from karakoram.planning.restoration.regions import things_within
from karakoram.planning.restoration.topology_plant import topology_plant
from karakoram.planning.traffic.widths import SlotRule
from tests.support.squares import REACH, figures, square


def test_candidates_are_the_shortest_ways_with_slots_by_length():
    plant = topology_plant(square(), [("A", "B"), ("A", "C")], figures())
    assert plant.paths.pair_offsets.tolist() == [0, 2, 4]
    # 100 km carries 4 bit/s/Hz, 200 and 300 km 2: 100 Gb/s take 2 and 4 slots.
    assert plant.paths.widths.tolist() == [[2, 4], [4, 8], [4, 8], [4, 8]]
    assert plant.path_latency_ms[0] == pytest.approx(100.0 * 1.468 / 299.792458)
    assert [one.name for one in plant.resources] == ["A-B", "B-C", "C-D", "D-A"]


def test_what_nothing_reaches_takes_no_slots():
    near = SlotRule(reach_table=REACH[:1], bit_rates_gbps=(100.0,))
    plant = topology_plant(square(), [("A", "B")], figures(slot_rule=near))
    assert plant.paths.widths.tolist() == [[3], [0]], "two slots and a guard; 300 km are too far"


def test_sections_sites_and_groups_are_risks_of_the_paths_that_meet_them():
    plant = topology_plant(square(), [("A", "C")], figures())
    by_name = {one.component_id: one for one in plant.components}
    hit = {
        name: [bool((plant.failed_words([one]) & words).any()) for words in plant.paths.risks]
        for name, one in by_name.items()
    }
    assert hit["section:A-B"] == [True, False]
    assert hit["site:B"] == [True, False]
    assert hit["site:A"] == [True, True]
    assert hit["group:ROAD"] == [True, True], "both ways leave A by the road"
    assert plant.paths.sharing[0, 1] == 1, "the road, and not the sites at the ends"


def test_only_sections_have_a_failure_rate():
    plant = topology_plant(square(), [("A", "C")], figures())
    rates = {one.sort: one.failures_per_year for one in plant.components}
    assert rates == {FailureSort.SECTION: 1.0, FailureSort.RISK_GROUP: 0.0, FailureSort.SITE: 0.0}


def test_regions_are_drilled_where_they_are_asked_for():
    plant = topology_plant(square(), [("A", "C")], figures(region_km=60.0))
    regions = [one for one in plant.components if one.sort is FailureSort.REGION]
    assert [one.component_id for one in regions] == [f"region:{site}" for site in "ABCD"]
    # Around B: the site, and the sections A-B and B-C that end there.
    assert len(regions[1].risks) == 3


def test_things_within_are_measured_from_the_nearest_point_of_a_section():
    # A corner is 100.08 km from its neighbours and about 100 km from the sections across.
    near = things_within(square(), 99.0)["A"]
    assert near == (("A",), ("A-B", "D-A"))
    far = things_within(square(), 101.0)["A"]
    assert far == (("A", "B", "D"), ("A-B", "B-C", "C-D", "D-A"))


def test_a_region_that_is_another_again_is_named_once():
    assert len(things_within(square(), 500.0)) == 1


def test_without_coordinates_there_are_no_regions():
    assert things_within(square(places=False), 500.0) == {}


def test_a_topology_without_pairs_is_a_plant_without_paths():
    plant = topology_plant(square(), [], figures())
    assert plant.paths.path_count == 0
