import json
import sys
from dataclasses import replace

import distributed
import numpy as np
import pytest

from karakoram.adapters.workers.cluster import DaskCluster
from karakoram.adapters.workers.pieces import done_piece, random_sources
from karakoram.adapters.workers.pool import ProcessPool
from karakoram.core.errors import InvalidDataError
from karakoram.planning.traffic.simulation import load_loops, traffic_run
from karakoram.usecases.simulate.simulation_ports import SeededPiece, SeededWork
from tests.support.traffic_studies import own_paths, study_case

TRAFFIC = SeededWork(ready=load_loops, run=traffic_run)


def seeded(count, *, requests=4_000):
    case = study_case(own_paths("nsfnet", "hops"), load=250, requests=requests)
    return [SeededPiece(piece=replace(case), seed=7, run=run) for run in range(count)]


def bits(results):
    return [
        (
            one.result.tally.outcomes.tolist(),
            one.result.tally.blocked_gbps.tobytes(),
            one.result.lit_count,
        )
        for one in results
    ]


class Told:
    def __init__(self):
        self.said = []

    def __call__(self, done, total):
        self.said.append((done, total))


def test_the_result_is_the_same_bit_by_bit_whatever_the_number_of_processes():
    pieces, here, there = seeded(4), Told(), Told()
    alone = ProcessPool(1).results(TRAFFIC, pieces, told=here)
    together = ProcessPool(2).results(TRAFFIC, pieces, told=there)
    assert bits(alone) == bits(together)
    assert len({json.dumps(one[0]) for one in bits(alone)}) == 4
    assert here.said == there.said == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert all(one.cpu_s > 0.0 for one in together)


def test_one_piece_needs_no_other_process(monkeypatch):
    monkeypatch.delattr("karakoram.adapters.workers.pool.ProcessPoolExecutor")
    (alone,) = ProcessPool(8).results(TRAFFIC, seeded(1), told=Told())
    assert bits([alone]) == bits([done_piece(TRAFFIC, seeded(1)[0])])


def test_a_cluster_gives_the_same_bit_by_bit():
    told = Told()
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        dashboard_address=None,
    ) as cluster:
        assert cluster.scheduler_address.startswith("tcp://")
        found = DaskCluster(cluster.scheduler_address).results(TRAFFIC, seeded(3), told=told)
    assert bits(found) == bits(ProcessPool(1).results(TRAFFIC, seeded(3), told=Told()))
    assert told.said == [(1, 3), (2, 3), (3, 3)]


def test_a_scheduler_that_is_not_there_is_a_finding(monkeypatch):
    monkeypatch.setattr("karakoram.adapters.workers.cluster.WAIT_S", 0.2)
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(InvalidDataError, match="no scheduler answers") as refusal:
            DaskCluster(address).results(TRAFFIC, seeded(1), told=Told())
        assert refusal.value.findings[0].code == "question-cluster"


def test_without_the_extra_the_finding_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InvalidDataError, match=r"karakoram\[cluster\]"):
        DaskCluster("tcp://127.0.0.1:8786").results(TRAFFIC, seeded(1), told=Told())


def test_runs_of_a_seed_and_sources_of_a_run_are_independent():
    drawn = np.array(
        [
            [source.random(2_000) for source in random_sources(seed=seed, run=run)]
            for seed in (1, 2)
            for run in (0, 1)
        ]
    ).reshape(16, -1)
    correlation = np.corrcoef(drawn) - np.eye(16)
    assert np.abs(correlation).max() < 0.1
    again = random_sources(seed=2, run=1)
    assert (again.bit_rates.random(2_000) == drawn[-1]).all()
