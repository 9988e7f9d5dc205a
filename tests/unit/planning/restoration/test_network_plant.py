"""Ways, slots and what can fail on a network folder, on a ring that can be followed by hand."""

import numpy as np
import pytest

from karakoram.core.provenance import Confidence
from karakoram.core.units import failures_per_year_from_fit
from karakoram.engines.availability.failure_history import RepairTimes
from karakoram.engines.restoration.policy import Scheme
from karakoram.planning.prepare import prepare
from karakoram.planning.restoration.drills import RestorationChoices, loaded_network
from karakoram.planning.restoration.growth import GrowthPath, scheme_growth
from karakoram.planning.restoration.network_components import owners_of
from karakoram.planning.restoration.network_plant import network_plant
from karakoram.planning.restoration.plant import ConnectionDemand, FailureSort
from karakoram.planning.restoration.years import yearly_loss, years_of_failures
from tests.support.planning_networks import amplifier, fibre, network_of, small_library

FAILS = small_library(
    amplifier_types={
        "EDFA": amplifier("EDFA", failures_fit=2_000.0, mttr_h=6.0),
        "REPEATER": amplifier("REPEATER", restores_profile=True),
    }
)

SLOTS = 80
"""The band of the rules of these networks is 1 THz wide."""


def ring(**given):
    """A-B-Z of owner OP, and A-C-Z whose second half is LESSOR's; a storm over both at A."""
    return network_of(
        fibre("A", "B", 80.0, groups=("STORM",)),
        fibre("B", "Z", 80.0),
        fibre("A", "C", 90.0, groups=("STORM",)),
        fibre("C", "Z", 90.0, owner="LESSOR"),
        groups={"STORM": (0.5, 24.0)},
        **given,
    )


@pytest.fixture(scope="module")
def plant():
    prepared = prepare(ring(library=FAILS))
    return network_plant(prepared, [("A", "Z")], bit_rates_gbps=(100.0, 400.0), ways_max=3)


def test_candidates_are_lit_as_a_service_is(plant):
    assert plant.paths.pair_offsets.tolist() == [0, 2]
    assert sorted(one.name for one in plant.resources) == ["A-B", "A-C", "B-Z", "C-Z"]
    assert plant.slot_count == SLOTS
    # 400 Gb/s take wavelengths side by side: more slots than 100 Gb/s.
    assert (plant.paths.widths[:, 0] > 0).all()
    assert (plant.paths.widths[:, 1] >= plant.paths.widths[:, 0]).all()
    assert plant.path_owner_ids == (("OP",), ("OP", "LESSOR"))


def test_components_have_the_rates_of_the_records(plant):
    of = {one.component_id: one for one in plant.components}
    cut = of["span:A-B"]
    assert (cut.sort, cut.owner_ids) == (FailureSort.SECTION, ("OP",))
    assert of["span:C-Z"].owner_ids == ("LESSOR",)
    storm = of["group:STORM"]
    assert (storm.failures_per_year, storm.mttr_h) == (0.5, 24.0)
    lines = [one for one in plant.components if one.sort is FailureSort.EQUIPMENT]
    # Booster and preamplifier, both ways; over 90 km one hut more each way.
    counts = {"A-B": 4, "B-Z": 4, "A-C": 6, "C-Z": 6}
    assert [one.name for one in lines] == [
        f"{counts[one.name]} amplifiers {one.name}" for one in plant.resources
    ]
    (short,) = [one for one in lines if one.component_id == "line:A-B"]
    assert short.failures_per_year == pytest.approx(4 * failures_per_year_from_fit(2_000.0))
    assert lines[0].mttr_h == 6.0
    assert all(one.confidence is not Confidence.STATED for one in plant.components)


def test_owners_are_named_once_in_the_order_of_the_spans():
    assert owners_of(ring(), ("C-Z", "A-C", "A-B")) == ("LESSOR", "OP")


def test_each_component_takes_down_the_ways_that_meet_it(plant):
    def hit(component_id):
        (one,) = [c for c in plant.components if c.component_id == component_id]
        return [bool((plant.failed_words([one]) & words).any()) for words in plant.paths.risks]

    assert hit("span:A-B") == [True, False]
    assert hit("group:STORM") == [True, True]
    assert hit("line:A-C") == [False, True]
    assert hit("site:A") == [True, True]


def test_what_the_ways_share_weighs_minutes_a_year(plant):
    # The storm over both: 0.5 x 24 h of 8,766 h, in minutes.
    assert plant.paths.sharing[0, 1] == pytest.approx(0.5 * 24.0 * 60.0, rel=0.01)


def test_owners_bear_what_takes_down_the_working_path(plant):
    demand = ConnectionDemand(
        a_site_id="A", z_site_id="Z", bit_rate_gbps=400.0, scheme=Scheme.UNPROTECTED
    )
    loaded = loaded_network(plant, [demand], RestorationChoices())
    histories = years_of_failures(
        plant, years=400.0, repair_times=RepairTimes.FIXED, rng=np.random.default_rng(2)
    )
    found = yearly_loss(plant, loaded, histories, reverts=True)
    # The storm is borne by the owner of A-B and A-C, and the other way is not lit.
    assert list(found.lost_by_owner_tbps_h) == ["OP"]
    assert found.lost_by_owner_tbps_h["OP"] == pytest.approx(found.lost_tbps_h)


def test_growth_counts_wavelengths_and_names_what_is_full_first(plant):
    growth = GrowthPath(first_tbps=0.4, last_tbps=1.6, years=2, wave_gbps=400.0)
    assert [growth.waves(year) for year in range(3)] == [1, 2, 4]
    histories = years_of_failures(
        plant, years=20.0, repair_times=RepairTimes.FIXED, rng=np.random.default_rng(2)
    )
    heard = []
    found = scheme_growth(
        plant,
        growth,
        scheme=Scheme.DYNAMIC,
        choices=RestorationChoices(),
        histories=histories,
        told=heard.append,
    )
    assert heard == [0, 1, 2]
    assert [year.lit_tbps for year in found.years] == [0.4, 0.8, 1.6]
    assert [year.refused for year in found.years] == [0, 0, 0]
    width = int(plant.paths.widths[0, 1])
    assert found.years[2].fullest.taken_share == pytest.approx(4 * width / SLOTS)
    room = sum(SLOTS // int(width) for width in plant.paths.widths[:, 1])
    assert found.first_refusal.lit_tbps == pytest.approx(0.4 * room)
    assert found.first_refusal.section.taken_share > 1.0 - width / SLOTS


@pytest.mark.parametrize(
    ("wrong", "nothing"),
    [("first_tbps", 0.0), ("last_tbps", 0.0), ("wave_gbps", np.inf), ("years", 0)],
)
def test_growth_of_nothing_is_refused(wrong, nothing):
    given = {"first_tbps": 1.0, "last_tbps": 2.0, "years": 1, "wave_gbps": 100.0, wrong: nothing}
    with pytest.raises(ValueError, match=wrong):
        GrowthPath(**given)
