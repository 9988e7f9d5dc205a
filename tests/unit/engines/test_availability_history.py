"""Random histories of failures keep the rates and repair times that they are made from."""

import numpy as np
import pytest

from karakoram.core.units import HOURS_PER_YEAR
from karakoram.engines.availability.failure_history import (
    FailureHistory,
    RepairTimes,
    failure_history,
    intervals,
)


def history(*rows):
    component, begins_h, ends_h = zip(*rows, strict=True)
    return FailureHistory(
        component=np.array(component), begins_h=np.array(begins_h), ends_h=np.array(ends_h)
    )


@pytest.mark.parametrize("repair_times", list(RepairTimes))
def test_rates_and_mean_repair_times_come_out(repair_times):
    found = failure_history(
        failures_per_year=np.array([2.0, 0.0, 0.5]),
        mttr_h=np.array([10.0, 5.0, 100.0]),
        years=20_000.0,
        repair_times=repair_times,
        rng=np.random.default_rng(7),
    )
    counts = np.bincount(found.component, minlength=3)
    assert counts[1] == 0
    assert abs(counts[0] - 40_000) < 5 * 200
    assert abs(counts[2] - 10_000) < 5 * 100
    durations = found.ends_h - found.begins_h
    for component, mttr_h in ((0, 10.0), (2, 100.0)):
        mean = durations[found.component == component].mean()
        assert abs(mean - mttr_h) < 5 * mttr_h / np.sqrt(counts[component])
    assert (np.diff(found.begins_h) >= 0.0).all()
    assert found.begins_h.max() < 20_000.0 * HOURS_PER_YEAR


def test_same_seed_same_history():
    given = {
        "failures_per_year": np.array([3.0]),
        "mttr_h": np.array([6.0]),
        "years": 50.0,
        "repair_times": RepairTimes.EXPONENTIAL,
    }
    first, second = (failure_history(**given, rng=np.random.default_rng(1)) for _ in range(2))
    assert first.begins_h.tolist() == second.begins_h.tolist()
    assert first.ends_h.tolist() == second.ends_h.tolist()


def test_intervals_say_what_is_down_together():
    found = intervals(history((0, 1.0, 5.0), (1, 3.0, 4.0), (0, 4.5, 9.0)), years=1.0)
    assert [(i.begins_h, i.ends_h, sorted(i.down)) for i in found] == [
        (1.0, 3.0, [0]),
        (3.0, 4.0, [0, 1]),
        (4.0, 4.5, [0]),
        (4.5, 5.0, [0]),
        (5.0, 9.0, [0]),
    ]
    assert sum(i.duration_h for i in found) == 8.0


def test_what_lasts_beyond_the_years_is_cut_off():
    end_h = 0.5 * HOURS_PER_YEAR
    found = intervals(history((0, end_h - 1.0, end_h + 7.0)), years=0.5)
    assert [i.duration_h for i in found] == [1.0]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"failures_per_year": np.array([-1.0])}, "failures_per_year must be finite and >= 0"),
        ({"mttr_h": np.array([np.nan])}, "mttr_h must be finite and >= 0"),
        ({"years": 0.0}, "years must be finite and > 0, got 0.0"),
    ],
)
def test_figures_that_mean_nothing_are_refused(changed, message):
    given = {
        "failures_per_year": np.array([1.0]),
        "mttr_h": np.array([1.0]),
        "years": 1.0,
        "repair_times": RepairTimes.FIXED,
        "rng": np.random.default_rng(1),
    } | changed
    with pytest.raises(ValueError, match=message):
        failure_history(**given)
