"""Do the availability functions give known answers, and refuse what they must?"""

from fractions import Fraction

import numpy as np
import pytest

from karakoram.engines.availability import (
    PATHS_MAX,
    birnbaum_importance,
    component_unavailability,
    series_unavailability,
    service_unavailability,
    unavailability_contribution,
    unavailable_min_per_year,
)

CROSSING = np.array([[True, True, False], [True, False, True]])
"""Two paths that share component 0."""


def test_component_unavailability_is_downtime_over_cycle_time():
    # One failure a year and 8,766 hours to mend it: as long down as up.
    found = component_unavailability(
        failures_per_year=np.array([0.0, 1.0, 3.0]), mttr_h=np.array([10.0, 8_766.0, 8_766.0])
    )
    assert found.tolist() == [0.0, 0.5, 0.75]


def test_rare_failures_keep_their_digits():
    found = component_unavailability(failures_per_year=np.array([1e-18]), mttr_h=np.array([1.0]))
    ratio = Fraction(1e-18) / 8_766
    assert found[0] == pytest.approx(float(ratio / (1 + ratio)), rel=1e-15, abs=0.0)


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_a_failure_rate_that_is_no_rate_is_named(bad):
    with pytest.raises(ValueError, match="failures_per_year of component 1 must be finite"):
        component_unavailability(failures_per_year=np.array([0.0, bad]), mttr_h=np.ones(2))


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_a_repair_time_that_is_no_time_is_named(bad):
    with pytest.raises(ValueError, match="mttr_h of component 0 must be finite"):
        component_unavailability(failures_per_year=np.ones(2), mttr_h=np.array([bad, 1.0]))


def test_series_of_tiny_unavailabilities_is_their_sum():
    many = np.full(1_000, 1e-20)
    assert series_unavailability(many) == pytest.approx(1e-17, rel=1e-13, abs=0.0)


def test_series_of_two_coins_is_three_quarters():
    assert series_unavailability(np.array([0.5, 0.5])) == pytest.approx(0.75, rel=1e-15)


def test_a_path_without_components_is_never_down():
    assert str(series_unavailability(np.array([]))) == "0.0"


def test_a_path_with_a_certain_failure_is_always_down():
    assert series_unavailability(np.array([0.1, 1.0])) == 1.0


def test_minutes_a_year_of_numbers_and_arrays():
    assert unavailable_min_per_year(0.5) == 262_980.0
    assert unavailable_min_per_year(np.array([0.0, 1.0])).tolist() == [0.0, 525_960.0]


def test_one_path_is_a_series():
    row = np.array([1e-3, 2e-4, 5e-9])
    found = service_unavailability(row, incidence=np.ones((1, 3), dtype=bool))
    assert found == pytest.approx(series_unavailability(row), rel=1e-15, abs=0.0)


def test_identical_paths_protect_nothing():
    row = np.array([1e-3, 2e-4])
    found = service_unavailability(row, incidence=np.ones((4, 2), dtype=bool))
    assert found == pytest.approx(series_unavailability(row), rel=1e-15, abs=0.0)


def test_disjoint_paths_multiply_down_to_the_smallest_numbers():
    found = service_unavailability(np.full(6, 1e-15), incidence=np.eye(6, dtype=bool))
    assert found == pytest.approx(1e-90, rel=1e-13, abs=0.0)


def test_a_service_with_a_path_that_cannot_fail_is_never_down():
    incidence = np.array([[True, True], [False, False]])
    assert service_unavailability(np.array([0.5, 0.5]), incidence=incidence) == 0.0


def test_paths_without_any_component_are_never_down():
    assert service_unavailability(np.array([]), incidence=np.zeros((2, 0), dtype=bool)) == 0.0


def test_a_component_that_is_down_now_ends_what_needs_it():
    assert service_unavailability(np.array([1.0, 0.1, 0.1]), incidence=CROSSING) == 1.0
    assert service_unavailability(np.array([0.0, 1.0, 0.25]), incidence=CROSSING) == pytest.approx(
        0.25
    )


def test_rounding_never_makes_an_outage_more_than_certain():
    incidence = np.array([[True, False, True], [False, True, True]])
    assert service_unavailability(np.array([0.69, 0.08, 1.0]), incidence=incidence) == 1.0


def test_the_largest_number_of_paths_is_handled_and_one_more_refused():
    even = np.full(PATHS_MAX, 0.5)
    found = service_unavailability(even, incidence=np.eye(PATHS_MAX, dtype=bool))
    assert found == 0.5**PATHS_MAX
    with pytest.raises(ValueError, match=f"1 to {PATHS_MAX} paths, got {PATHS_MAX + 1}"):
        service_unavailability(even, incidence=np.ones((PATHS_MAX + 1, PATHS_MAX), dtype=bool))


def test_a_service_without_paths_is_refused():
    with pytest.raises(ValueError, match="paths, got 0"):
        service_unavailability(np.array([0.1]), incidence=np.zeros((0, 1), dtype=bool))


@pytest.mark.parametrize("bad", [-1e-9, 1.0000001, np.nan])
@pytest.mark.parametrize(
    "compute", [service_unavailability, birnbaum_importance, unavailability_contribution]
)
def test_an_unavailability_that_is_no_probability_is_named(compute, bad):
    with pytest.raises(ValueError, match="unavailability of component 2 must be between 0 and 1"):
        compute(np.array([0.0, 1.0, bad]), incidence=CROSSING)


def test_series_refuses_what_is_no_probability():
    with pytest.raises(ValueError, match=r"component 0 must be between 0 and 1, got 2\.0"):
        series_unavailability(np.array([2.0]))


def test_incidence_and_components_must_fit():
    with pytest.raises(Exception, match=r"Type-check error|violates"):
        service_unavailability(np.array([0.1, 0.1]), incidence=CROSSING)


def test_importance_of_a_crossing_is_that_of_its_neighbours_up():
    # U = c + (1 - c) n s, so dU/dc = 1 - n s, dU/dn = (1 - c) s, dU/ds = (1 - c) n.
    found = birnbaum_importance(np.array([0.1, 0.2, 0.3]), incidence=CROSSING)
    assert found == pytest.approx([1 - 0.06, 0.9 * 0.3, 0.9 * 0.2], rel=1e-14)


def test_the_crossing_costs_the_most_minutes():
    contribution = unavailability_contribution(np.array([1e-4, 1e-3, 2e-3]), incidence=CROSSING)
    found = unavailable_min_per_year(contribution)
    expected = [1e-4 * (1 - 2e-6), 0.9999 * 2e-6, 0.9999 * 2e-6]
    assert found == pytest.approx(np.array(expected) * 525_960.0, rel=1e-13, abs=0.0)


def test_importance_of_a_rare_component_keeps_its_digits():
    # U(down) - U(up) would be 1e-17 - 0 out of a 0.5 that hides it.
    unavailability = np.array([0.5, 1e-17, 1e-17])
    found = birnbaum_importance(unavailability, incidence=CROSSING)
    assert found[1] == pytest.approx(0.5e-17, rel=1e-14, abs=0.0)


def test_what_no_path_needs_has_no_importance():
    incidence = np.array([[True, False], [True, False]])
    found = birnbaum_importance(np.array([0.1, 0.9]), incidence=incidence)
    assert found == pytest.approx([1.0, 0.0], rel=1e-15, abs=0.0)


def test_next_to_a_certain_failure_in_series_nothing_else_matters():
    found = birnbaum_importance(np.array([1.0, 0.2, 0.3]), incidence=np.ones((1, 3), dtype=bool))
    assert found == pytest.approx([0.8 * 0.7, 0.0, 0.0], rel=1e-14, abs=0.0)


def test_of_two_certain_failures_in_series_neither_matters_alone():
    found = birnbaum_importance(np.array([1.0, 1.0]), incidence=np.ones((1, 2), dtype=bool))
    assert found.tolist() == [0.0, 0.0]
