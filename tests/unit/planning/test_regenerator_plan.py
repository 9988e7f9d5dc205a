"""Plans of regenerators on networks that a person can check, and on the corridor."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from karakoram.core.provenance import Confidence
from karakoram.engines.optimise import (
    SearchLimit,
    SiteSearch,
    fewest_transponders,
    transparent_segments,
)
from karakoram.network.records import Status
from karakoram.planning.path_plan import lines_of
from karakoram.planning.prepare import prepare
from karakoram.planning.regenerator_columns import (
    line_noise_table,
    mode_columns,
    path_columns,
    roadm_sites,
    wavelengths_needed,
)
from karakoram.planning.regenerator_plan import (
    PlanChoices,
    WavelengthDemand,
    regenerator_plan,
)
from karakoram.planning.route_answers import RouteMetric, RouteQuestion
from karakoram.planning.routes import find_routes
from karakoram.usecases.plan.plan_regenerators import MAIN_PAIRS
from tests.support.planning_networks import DAY, fibre, mode, network_of, small_library

# Of 17 ps/(nm km): 400G crosses two lines of 160 km, 200G three of them or one of 560 km.
REACH = small_library(
    transceiver_modes={
        "SHORT": mode("SHORT", 400.0, required_osnr_db=17.0, cd_ps_per_nm_max=5_500.0),
        "LONG": mode("LONG", 200.0, required_osnr_db=12.0, cd_ps_per_nm_max=9_600.0),
    }
)


def wanted(a="A", z="Z", bit_rate=400.0):
    return WavelengthDemand(a_site_id=a, z_site_id=z, bit_rate_gbps=bit_rate)


def planned(network, *demands, **choices):
    return regenerator_plan(prepare(network), demands, choices=PlanChoices(**choices))


def chain(*sites, km=160.0):
    return [fibre(a, z, km) for a, z in pairwise(sites)]


def test_a_short_path_needs_two_transponders_and_no_regenerator():
    plan = planned(network_of(*chain("A", "Z"), library=REACH), wanted())
    (one,) = plan.demands
    assert one.path.transponders == plan.totals.transponders == 2
    assert one.path.regenerator_site_ids == ()
    assert one.path.site_ids == ("A", "Z")
    assert plan.totals.length_km == 160.0
    assert plan.regenerators == {}
    assert plan.proven


def test_a_long_path_is_cut_where_light_reaches():
    plan = planned(network_of(*chain(*"ABCDEFGHIZ"), library=REACH), wanted())
    (one,) = plan.demands
    lights = one.path.lightpaths
    assert plan.totals.transponders == 10
    assert [light.a_site_id for light in lights[1:]] == list(one.path.regenerator_site_ids)
    assert lights[0].a_site_id == "A"
    assert lights[-1].z_site_id == "Z"
    assert all(left.z_site_id == right.a_site_id for left, right in pairwise(lights))
    assert all(light.margin_db >= 2.0 - 1e-9 for light in lights)
    assert sum(light.length_km for light in lights) == pytest.approx(1440.0)
    assert set(plan.regenerators) == set(one.path.regenerator_site_ids)


def test_demands_meet_at_one_site_when_that_costs_no_transponder():
    spans = chain(*"ABCDEFGHIZ")
    together = planned(
        network_of(*spans, library=REACH), wanted(), wanted("B", "Z"), wanted("A", "I")
    )
    assert together.proven
    assert set(together.regenerators) == set("CDEFGH")
    assert together.totals.site_count <= together.one_by_one.site_count
    assert together.totals.transponders == together.one_by_one.transponders


def test_regenerators_stand_only_where_they_may():
    network = network_of(*chain(*"ABCDEFGHIZ"), library=REACH)
    free = planned(network, wanted())
    elsewhere = frozenset("BCDEFGHI") - set(free.demands[0].path.regenerator_site_ids)
    bound = planned(network, wanted(), regenerator_site_ids=elsewhere)
    assert set(bound.regenerators) <= elsewhere
    assert bound.totals.transponders >= free.totals.transponders
    nowhere = planned(network, wanted(), regenerator_site_ids=frozenset())
    assert nowhere.demands[0].path is None
    assert nowhere.totals.transponders == 0


def test_a_bit_rate_over_several_wavelengths_takes_two_transponders_for_each():
    plan = planned(network_of(*chain("A", "Z"), library=REACH), wanted(bit_rate=1000.0))
    (light,) = plan.demands[0].path.lightpaths
    assert (light.transceiver_mode_id, light.wavelengths) == ("SHORT", 3)
    assert plan.totals.transponders == 6


@pytest.mark.parametrize("ends", ["AZ", "ZA"])
def test_regenerators_are_counted_for_the_side_that_needs_more(ends):
    network = network_of(*chain(*"ABCDEFGHI"), fibre("I", "Z", 560.0), library=REACH, amplifiers=())
    plan = planned(network, wanted(*ends))
    lights = plan.demands[0].path.lightpaths
    counts = {light.a_site_id: light.wavelengths for light in lights[1:]}
    before = {right.a_site_id: left.wavelengths for left, right in pairwise(lights)}
    assert set(counts.values()) | set(before.values()) == {1, 2}
    assert plan.regenerators == {site: max(counts[site], before[site]) for site in counts}


def test_what_is_not_in_service_or_too_noisy_is_not_lit():
    spans = [fibre("A", "Z", 160.0, status=Status.PLANNED), fibre("A", "Y", 160.0)]
    plan = planned(network_of(*spans, library=REACH), wanted(), wanted("A", "Y"))
    assert [one.path is None for one in plan.demands] == [True, False]
    assert (
        planned(network_of(*chain("A", "Z"), library=REACH), wanted(bit_rate=1e6)).demands[0].path
        is None
    )


def test_the_greedy_search_says_so(prepared_corridor):
    demands = [wanted("URC", "KHI"), wanted("KHG", "KHI"), wanted("URC", "RWP")]
    exact, greedy = (
        regenerator_plan(prepared_corridor, demands, choices=PlanChoices(limit=limit))
        for limit in (None, SearchLimit(columns_max=0))
    )
    assert exact.proven
    assert (exact.search, greedy.search) == (SiteSearch.PROGRAM, SiteSearch.GREEDY)
    assert greedy.totals.transponders == exact.totals.transponders
    assert greedy.totals.site_count >= exact.totals.site_count >= greedy.site_count_bound


def test_the_main_pairs_of_the_corridor_share_five_sites_instead_of_nine(prepared_corridor):
    demands = [wanted(a, z) for a, z in MAIN_PAIRS]
    plan = regenerator_plan(prepared_corridor, demands, choices=PlanChoices())
    assert all(one.path is not None for one in plan.demands)
    assert plan.proven
    assert plan.totals.transponders == plan.one_by_one.transponders == 54
    assert (plan.totals.site_count, plan.one_by_one.site_count) == (5, 9)
    assert plan.totals.length_km == pytest.approx(plan.one_by_one.length_km)


@pytest.mark.parametrize("bit_rate", [400.0, 1600.0])
def test_a_path_is_cut_as_the_design_of_a_service_cuts_it(prepared_corridor, bit_rate):
    """Two programs of their own: that of a service goes mode by mode, in dB."""
    network, plant = prepared_corridor.network, prepared_corridor.plant
    table, modes = line_noise_table(plant), mode_columns(network, plant)
    wavelengths = wavelengths_needed(network, bit_rate)
    compared = 0
    for a, z in [("URC", "KHI"), ("KHG", "RWP"), ("RWP", "KHI"), ("URC", "MRS"), ("LHE", "SKD")]:
        for lines in lines_between(prepared_corridor, a, z):
            theirs = prepared_corridor.lightpath_choice(bit_rate).lightpaths(lines)
            columns = path_columns(plant, table, path=lines)
            segments = transparent_segments(columns, modes, wavelengths=wavelengths)
            ours = fewest_transponders(segments, may_cut=np.ones(len(lines) + 1, dtype=np.bool_))
            assert (ours is None) == (theirs is None)
            if ours is None:
                continue
            compared += 1
            assert ours.transponders == sum(2 * light.wavelengths for light in theirs)
            least_db = 10.0 * np.log10(ours.spare) + network.rules.margin_db.value
            assert least_db == pytest.approx(min(one.margin_db for one in theirs), abs=1e-9)
            sites = roadm_sites(plant, lines)
            steps = list(pairwise(ours.places))
            spectrum_hz = sum(segments.spectrum_hz[step] for step in steps)
            assert spectrum_hz == sum(
                light.spacing_ghz * 1e9 * light.wavelengths * lines_in(sites, light)
                for light in theirs
            )
    assert compared >= 3


def lines_in(sites, light):
    return sites.index(light.z_site_id) - sites.index(light.a_site_id)


def lines_between(prepared, a, z):
    """The lines of the shortest ways between two sites."""
    question = RouteQuestion(
        a_site_id=a, z_site_id=z, k=4, metric=RouteMetric.LENGTH, bit_rate_gbps=400.0, on_day=DAY
    )
    chains = (
        lines_of(prepared, one.span_ids, start=a) for one in find_routes(prepared, question).routes
    )
    return [lines for lines in chains if lines]


def test_demands_and_choices_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="two different ends"):
        wanted("A", "A")
    with pytest.raises(ValueError, match="bit_rate_gbps"):
        wanted(bit_rate=0.0)
    with pytest.raises(ValueError, match="paths_max must be at least 1"):
        PlanChoices(paths_max=0)


def test_the_same_demand_twice_takes_twice_as_much():
    network = network_of(*chain(*"ABCDEFGHIZ"), library=REACH)
    once, twice = planned(network, wanted()), planned(network, wanted(), wanted())
    assert twice.totals.transponders == 2 * once.totals.transponders
    assert twice.totals.site_count == once.totals.site_count
    assert twice.totals.length_km == pytest.approx(2 * once.totals.length_km)
    assert np.all([one.path == twice.demands[0].path for one in twice.demands])


def test_lengths_and_light_are_trusted_as_the_worst_that_made_them():
    network = network_of(fibre("A", "B", 160.0), fibre("B", "C", 160.0), library=REACH)
    first, *others = network.spans.values()
    told = replace(first.provenance, confidence=Confidence.STATED)
    spans = {one.span_id: one for one in (replace(first, provenance=told), *others)}
    network = replace(network, spans=spans)
    (one,) = planned(network, wanted("A", "B")).demands
    assert one.path.length_confidence is Confidence.STATED
    assert one.path.gsnr_confidence is Confidence.ASSUMED, "as its amplifiers and its mode"
    plan = planned(network, wanted("A", "C"))
    assert plan.demands[0].path.length_confidence is Confidence.ASSUMED
    assert plan.totals.length_confidence is plan.one_by_one.length_confidence is Confidence.ASSUMED
