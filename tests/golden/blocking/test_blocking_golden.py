"""Published blocking under dynamic traffic; each folder beside this file is one study."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from karakoram.engines.traffic import Estimate
from karakoram.planning.traffic.case import Heuristic
from karakoram.planning.traffic.simulation import traffic_figures, traffic_run
from tests.support.traffic_studies import WARM_UP, sources_of, study_case, study_paths

FOLDER = Path(__file__).parent
STUDIES = ("deeprmsa", "reward_rmsa", "gcn_rmsa")
RUNS = 25


def case_of(name):
    return tomllib.loads((FOLDER / name / "case.toml").read_text(encoding="utf-8"))


def rows_of(*names):
    return [
        pytest.param(case_of(name), row, id=f"{name}-{row['order']}-{row['load_erlang']}-{number}")
        for name in names
        for number, row in enumerate(case_of(name)["rows"])
    ]


def blocking_percent(study, row, *, requests, seed):
    paths = study_paths(row["topology"], row["order"], study["ties"])
    case = study_case(paths, load=row["load_erlang"], requests=requests)
    run = traffic_run(case, sources_of(seed, row["load_erlang"]))
    blocking = traffic_figures([run]).blocking
    return Estimate(value=100 * blocking.value, low=100 * blocking.low, high=100 * blocking.high)


@pytest.mark.parametrize(("study", "row"), rows_of(*STUDIES))
def test_the_mean_of_runs_is_within_the_standard_errors_of_what_was_published(study, row):
    ours = [
        blocking_percent(study, row, requests=WARM_UP + study["run_requests"], seed=seed).value
        for seed in range(RUNS)
    ]
    theirs = row.get("spread_percent", np.std(ours, ddof=1)) / study["runs"] ** 0.5
    error = np.hypot(theirs, np.std(ours, ddof=1) / RUNS**0.5)
    deviation = (np.mean(ours) - row["blocking_percent"]) / error
    assert abs(deviation) <= study["standard_errors"]


@pytest.mark.parametrize(("study", "row"), rows_of("xlron_slots"))
def test_a_long_run_is_within_five_per_cent_of_the_published_one(study, row):
    ours = blocking_percent(study, row, requests=1_000_000, seed=1)
    published = row["blocking_percent"]
    assert (ours.high - ours.low) / 2 < 0.1 * published
    assert abs(ours.value / published - 1.0) <= study["tolerance_share"]


def test_other_heuristics_refuse_more_or_less_than_first_fit_as_published():
    study = case_of("xlron_heuristics")
    paths = study_paths(study["topology"], study["order"], study["ties"])

    def refused(heuristic):
        case = study_case(paths, load=study["load_erlang"], requests=60_000, heuristic=heuristic)
        return traffic_figures([traffic_run(case, sources_of(3, 1))]).blocking.value

    base = refused(Heuristic.KSP_FF)
    for word, published in study["change_percent"].items():
        change = 100.0 * (refused(Heuristic(word)) / base - 1.0)
        assert abs(change - published) <= study["tolerance_points"], (word, change)
