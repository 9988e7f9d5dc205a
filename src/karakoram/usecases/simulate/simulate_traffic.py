"""How often would a topology refuse requests that come and go, asked in words?"""

from dataclasses import dataclass, field
from math import inf, isinf

import numpy as np

from karakoram.core.findings import Finding
from karakoram.engines.spectrum.candidates import CandidatePaths
from karakoram.engines.spectrum.light import Light
from karakoram.engines.traffic import BATCHES_MIN, BatchPlan, RequestLaw, batch_plan
from karakoram.network.topology import Topology
from karakoram.planning.traffic.case import TrafficCase
from karakoram.planning.traffic.light import topology_light
from karakoram.planning.traffic.lit_simulation import any_run, load_any_loops
from karakoram.planning.traffic.paths import TrafficPaths, traffic_paths
from karakoram.planning.traffic.regenerators import regenerated
from karakoram.planning.traffic.simulation import TrafficFigures, TrafficRun, traffic_figures
from karakoram.usecases.plan.topology_ports import TopologySource
from karakoram.usecases.ports import Progress, silent
from karakoram.usecases.simulate.simulation_ports import (
    SeededPiece,
    SeededWork,
    TimedResult,
    Workers,
)
from karakoram.usecases.simulate.traffic_ports import TrafficTables, TrafficTableSource
from karakoram.usecases.simulate.traffic_question import TrafficQuestion, warm_up
from karakoram.usecases.simulate.traffic_understood import UnderstoodTraffic, understood_traffic

BAR_CELLS = 20

_WORK: SeededWork[TrafficCase, TrafficRun] = SeededWork(ready=load_any_loops, run=any_run)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadAnswer:
    """What came out at one load."""

    load_erlang: float
    """Nominal: arrivals in one nominal mean holding time; of a trace what it shows, infinite where
    some of its requests never end: it shows no load then."""
    offered_erlang: float
    """With the mean holding time that is drawn; infinite where requests never end."""
    figures: TrafficFigures
    requests_per_cpu_s: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrafficAnswer:
    """What came out at every load, in the order asked."""

    question: TrafficQuestion
    understood: UnderstoodTraffic
    topology: Topology
    paths: TrafficPaths
    loads: tuple[LoadAnswer, ...]
    by_matrix: bool
    """Whether a traffic matrix says how likely pairs are."""
    findings: tuple[Finding, ...] = field(default=())
    """What is to be known of the topology."""

    @property
    def requests(self) -> int:
        """Of each run, the warm-up included."""
        trace = self.understood.requests.trace
        return self.question.requests if trace is None else int(trace.pair.size)

    @property
    def warm_up(self) -> int:
        """How many of them are left out."""
        return warm_up(self.question, is_traced=self.understood.requests.trace is not None)


def simulate_traffic(
    question: TrafficQuestion,
    *,
    topologies: TopologySource,
    workers: Workers,
    tables: TrafficTableSource | None = None,
    progress: Progress = silent,
) -> TrafficAnswer:
    """How often requests are refused at each load, with intervals.

    Runs share their randomness across loads, so that two loads differ by their load alone.

    Parameters
    ----------
    question
        What is asked.
    topologies
        Where the topology comes from.
    workers
        Who computes; the answer is the same, to the last bit, whoever does.
    tables
        Where a trace, a matrix, modulations and the like come from.
    progress
        Is told how far it has come.

    Raises
    ------
    InvalidDataError
        If the topology or a table breaks a rule or the question asks for what cannot be.
    """
    progress("Reading the topology")
    topology, findings = topologies.read_topology()
    written = TrafficTables() if tables is None else tables.read_tables()
    understood = understood_traffic(question, topology, written)
    progress("Finding candidate paths")
    paths = traffic_paths(topology, understood.choice)
    light = _light(question, understood, topology)
    cases = [_case(question, understood, (paths, law, light)) for law in understood.requests.laws]
    pieces = [
        SeededPiece(piece=case, seed=question.seed, run=run)
        for case in cases
        for run in range(question.runs)
    ]

    def told(done: int, total: int) -> None:
        cells = BAR_CELLS * done // total
        progress(f"Simulating [{'#' * cells}{'.' * (BAR_CELLS - cells)}] {done}/{total}")

    told(0, len(pieces))
    results = workers.results(_WORK, pieces, told=told)
    return TrafficAnswer(
        question=question,
        understood=understood,
        topology=topology,
        paths=paths,
        loads=tuple(
            _answer(case, results[number * question.runs : (number + 1) * question.runs])
            for number, case in enumerate(cases)
        ),
        by_matrix=written.matrix is not None,
        findings=findings,
    )


def _light(
    question: TrafficQuestion, understood: UnderstoodTraffic, topology: Topology
) -> Light | None:
    if understood.light is None:
        return None
    return topology_light(
        topology,
        slot_count=question.slots,
        bit_rates_gbps=understood.requests.bit_rates_gbps,
        is_directed=question.is_directed,
        guard_slots=question.guard_slots,
        figures=understood.light,
    )


def _case(
    question: TrafficQuestion,
    understood: UnderstoodTraffic,
    parts: tuple[TrafficPaths, RequestLaw, Light | None],
) -> TrafficCase:
    paths, law, light = parts
    trace = understood.requests.trace
    requests = question.requests if trace is None else trace.pair.size
    return TrafficCase(
        candidates=paths.candidates if light is None else _cut(question, paths, light),
        usable=understood.usable,
        heuristic=understood.heuristic,
        law=law,
        bit_rate_gbps=np.array(understood.requests.bit_rates_gbps),
        plan=_plan(requests, warm_up(question, is_traced=trace is not None), law=law),
        requests=requests,
        tidying=understood.tidying,
        trace=trace,
        light=light,
    )


def _cut(question: TrafficQuestion, paths: TrafficPaths, light: Light) -> CandidatePaths:
    """The paths, each with as many regenerators as it may have besides."""
    return regenerated(paths.candidates, light, regenerators_max=question.light.regenerators_max)


def _plan(requests: int, left_out: int, *, law: RequestLaw) -> BatchPlan:
    """Batches; the few requests of a short trace are counted one by one."""
    counted = requests - left_out
    if counted < BATCHES_MIN:
        return BatchPlan(warm_up=left_out, batch_size=1, batch_count=counted)
    return batch_plan(
        requests=requests,
        warm_up=left_out,
        offered_erlang=min(law.offered_erlang, float(requests)),
    )


def _answer(case: TrafficCase, results: tuple[TimedResult[TrafficRun], ...]) -> LoadAnswer:
    cpu_s = sum(one.cpu_s for one in results)
    shows_none = case.trace is not None and isinf(case.law.offered_erlang)
    return LoadAnswer(
        load_erlang=inf if shows_none else case.law.load_erlang,
        offered_erlang=case.law.offered_erlang,
        figures=traffic_figures([one.result for one in results]),
        requests_per_cpu_s=case.requests * len(results) / max(cpu_s, 1e-9),
    )
