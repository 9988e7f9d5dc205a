"""Losses over random histories, against exact availability and figures by hand."""

import numpy as np
import pytest

from karakoram.core.units import HOURS_PER_YEAR
from karakoram.engines.availability import service_unavailability
from karakoram.engines.availability.failure_history import RepairTimes
from karakoram.engines.restoration.policy import RestorationOutcome, Scheme
from karakoram.planning.restoration.drills import RestorationChoices, loaded_network
from karakoram.planning.restoration.plant import ConnectionDemand
from karakoram.planning.restoration.topology_plant import topology_plant
from karakoram.planning.restoration.years import BATCHES, yearly_loss, years_of_failures
from tests.support.squares import figures, square

CHOICES = RestorationChoices(sharing_max=9)


@pytest.fixture(scope="module")
def plant():
    return topology_plant(square(), [("A", "B")], figures(mttr_h=40.0))


@pytest.fixture(scope="module")
def histories(plant):
    return years_of_failures(
        plant, years=4_000.0, repair_times=RepairTimes.FIXED, rng=np.random.default_rng(3)
    )


def loss(plant, histories, scheme, *, reverts=True):
    demand = ConnectionDemand(a_site_id="A", z_site_id="B", bit_rate_gbps=200.0, scheme=scheme)
    loaded = loaded_network(plant, [demand], CHOICES)
    return yearly_loss(plant, loaded, histories, reverts=reverts)


def test_an_unprotected_connection_is_down_as_long_as_its_section(plant, histories):
    # With repairs that overlap: 1 - exp(-rate x repair), one failure a year of 40 h.
    exact_h = HOURS_PER_YEAR * -np.expm1(-40.0 / HOURS_PER_YEAR)
    found = loss(plant, histories, Scheme.UNPROTECTED)
    assert found.lost_tbps_h == pytest.approx(0.2 * exact_h, abs=4 * 0.2 * 40.0 / np.sqrt(4_000.0))
    assert abs(found.lost_tbps_h - 0.2 * exact_h) < 3 * found.lost_half_width_tbps_h
    lost_h = HOURS_PER_YEAR * (1.0 - float(found.availability[0]))
    assert lost_h * 0.2 == pytest.approx(found.lost_tbps_h)
    assert found.lost_by_outcome_tbps_h == {
        RestorationOutcome.WAITS: pytest.approx(found.lost_tbps_h)
    }


@pytest.mark.parametrize("scheme", [Scheme.ONE_PLUS_ONE, Scheme.DYNAMIC])
def test_two_ways_are_down_together_as_the_exact_engine_says(plant, histories, scheme):
    down = -np.expm1(-40.0 / HOURS_PER_YEAR)
    both = np.array([[True, False, False, False], [False, True, True, True]])
    exact = service_unavailability(np.full(4, down), incidence=both)
    found = loss(plant, histories, scheme)
    # Overlaps of one section and three: 3 x 2 x 40 h x 40 h in 8,766 h, some hundred of them.
    times = 4_000.0 * 2 * 3 * 40.0 / HOURS_PER_YEAR
    expected = 0.2 * HOURS_PER_YEAR * exact
    assert found.lost_tbps_h == pytest.approx(expected, rel=4 / np.sqrt(times))


@pytest.mark.parametrize("scheme", [Scheme.ONE_PLUS_ONE, Scheme.DYNAMIC])
def test_what_stays_where_it_is_is_lost_as_often_and_moves_less(plant, histories, scheme):
    back, stays = (loss(plant, histories, scheme, reverts=reverts) for reverts in (True, False))
    assert stays.lost_tbps_h == pytest.approx(back.lost_tbps_h)
    assert stays.moves_per_year < back.moves_per_year


def test_nobody_owns_a_plain_topology(plant, histories):
    assert loss(plant, histories, Scheme.UNPROTECTED).lost_by_owner_tbps_h == {}


def test_histories_are_equally_long_and_repeat_with_the_seed(plant):
    first, second = (
        years_of_failures(
            plant, years=50.0, repair_times=RepairTimes.EXPONENTIAL, rng=np.random.default_rng(5)
        )
        for _ in range(2)
    )
    assert len(first) == BATCHES
    assert {one.years for one in first} == {5.0}
    assert [one.down_h for one in first] == [one.down_h for one in second]


def test_a_time_without_failures_loses_nothing(plant):
    quiet = topology_plant(square(), [("A", "B")], figures(failures_per_1000_km_year=0.0))
    histories = years_of_failures(
        quiet, years=10.0, repair_times=RepairTimes.FIXED, rng=np.random.default_rng(1)
    )
    found = loss(quiet, histories, Scheme.UNPROTECTED)
    assert (found.lost_tbps_h, found.moves_per_year) == (0.0, 0.0)
    assert found.availability.tolist() == [1.0]
