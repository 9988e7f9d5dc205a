"""Bit rates, times and room added up over all connections, by hand."""

import numpy as np
import pytest

from karakoram.engines.restoration.policy import RestorationOutcome, RestorationPolicy, Scheme
from karakoram.planning.restoration.drills import (
    RestorationChoices,
    drill_report,
    every_failure,
    switching_model,
)
from karakoram.planning.restoration.plant import ConnectionDemand, grades_of, pair_of, pairs_of
from karakoram.planning.restoration.topology_plant import topology_plant
from tests.support.squares import figures, square


def wanted(ends, *, gbps=100.0, count=1, **given):
    return [
        ConnectionDemand(a_site_id=ends[0], z_site_id=ends[1], bit_rate_gbps=gbps, **given)
    ] * count


@pytest.fixture
def plant():
    return topology_plant(square(), [("A", "B"), ("A", "C")], figures())


def report(plant, demands, **choices):
    failures = every_failure(plant.components, together=1)
    return drill_report(plant, demands, failures=failures, choices=RestorationChoices(**choices))


def effect_of(found, component_id):
    (effect,) = [one for one in found.effects if one.components[0].component_id == component_id]
    return effect


def test_a_cut_section_is_gone_around(plant):
    found = report(plant, wanted("AB", count=2))
    effect = effect_of(found, "section:A-B")
    assert (effect.hit_gbps, effect.back_gbps, effect.lost_gbps) == (200.0, 200.0, {})
    assert effect.back_share == 1.0
    assert effect_of(found, "section:C-D").hit_gbps == 0.0
    assert effect_of(found, "section:C-D").back_share == 1.0


def test_the_road_takes_both_ways_and_an_end_takes_all(plant):
    found = report(plant, wanted("AB"))
    road, end = effect_of(found, "group:ROAD"), effect_of(found, "site:A")
    assert road.lost_gbps == {RestorationOutcome.NO_PATH: 100.0}
    assert end.lost_gbps == {RestorationOutcome.END_DOWN: 100.0}
    assert (end.end_down_gbps, end.back_share) == (100.0, 1.0)
    # Over all failures: the cut comes back, the road does not, ends do not count.
    assert found.back_share == 0.5


def test_times_are_those_of_the_model(plant):
    model, found = switching_model(), report(plant, wanted("AB", count=2))
    effect = effect_of(found, "section:A-B")
    round_trip_ms = 2.0 * float(plant.path_latency_ms[1])
    one = model.detection_ms + model.selector_ms + round_trip_ms + model.cross_connect_ms
    one += 3 * model.settling_ms_per_hop
    assert effect.longest_ms == pytest.approx(one + 2 * model.path_computation_ms)
    assert effect.median_ms == pytest.approx(one + 1.5 * model.path_computation_ms)
    protected = report(plant, wanted("AB", scheme=Scheme.ONE_PLUS_ONE), sharing_max=9)
    fast = effect_of(protected, "section:A-B")
    assert fast.longest_ms == model.detection_ms + model.selector_ms


def test_spare_room_is_counted_in_slots_and_kilometres(plant):
    # 100 Gb/s: 2 slots over 100 km; the other way 4 slots over 300 km.
    bare = report(plant, wanted("AB"))
    assert (bare.spare.working, bare.spare.reserved) == (200.0, 0.0)
    assert bare.spare.used == 1_200.0
    both = report(plant, wanted("AB", scheme=Scheme.ONE_PLUS_ONE), sharing_max=9)
    assert both.spare.reserved == 1_200.0
    assert both.spare.used == 1_200.0


def test_what_finds_no_room_is_counted_and_not_lost(plant):
    found = report(plant, wanted("AC", gbps=200.0, count=6))
    # 8 slots each of 20, two ways: four find room.
    assert found.is_placed == (True,) * 4 + (False,) * 2
    assert found.placed_gbps == 800.0
    assert effect_of(found, "site:A").hit_gbps == 800.0


def test_at_a_lower_bit_rate_the_rest_is_lost(plant):
    demands = [*wanted("AB", gbps=200.0), *wanted("AC", gbps=200.0, count=4)]
    # Ways of A-C are full but for 20 - 16 = 4 slots: 200 Gb/s of A-B want 8 there, 100 want 4.
    found = report(plant, demands, policy=RestorationPolicy(reduces=True))
    effect = effect_of(found, "section:A-B")
    assert effect.lost_gbps[RestorationOutcome.REDUCED] >= 100.0


def test_every_two_failures_are_every_two(plant):
    count = len(plant.components)
    assert len(every_failure(plant.components, together=2)) == count + count * (count - 1) // 2


def test_nothing_asked_for_is_nothing_lost(plant):
    empty = topology_plant(square(), [], figures())
    found = report(empty, [])
    assert (found.placed_gbps, found.back_share) == (0.0, 1.0)


def test_connections_are_told_by_their_pair():
    demand = ConnectionDemand(a_site_id="Z", z_site_id="B", bit_rate_gbps=10.0)
    assert demand.pair == pair_of("B", "Z") == ("B", "Z")
    assert pairs_of([demand, demand]) == (("B", "Z"),)
    assert grades_of(wanted("AB", gbps=40.0) + wanted("AB", gbps=10.0)) == (10.0, 40.0)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"a_site_id": "B"}, "a connection needs two ends, got 'B' twice"),
        ({"bit_rate_gbps": 0.0}, "bit_rate_gbps must be > 0, got 0.0"),
        ({"bit_rate_gbps": np.nan}, "bit_rate_gbps must be > 0, got nan"),
    ],
)
def test_a_connection_that_makes_no_sense_is_refused(given, message):
    fields = {"a_site_id": "A", "z_site_id": "B", "bit_rate_gbps": 10.0, **given}
    with pytest.raises(ValueError, match=message):
        ConnectionDemand(**fields)
