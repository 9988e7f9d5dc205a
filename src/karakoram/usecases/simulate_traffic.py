"""How often would a topology refuse requests that come and go, asked in words?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Float

from karakoram.core.findings import Finding
from karakoram.engines.spectrum.defragmentation import Hitless
from karakoram.engines.traffic import (
    EndlessHolding,
    ExponentialHolding,
    FixedHolding,
    HoldingLaw,
    LognormalHolding,
    RequestLaw,
    batch_plan,
    weighted_choice,
)
from karakoram.network.topology import Topology
from karakoram.planning.traffic.case import Heuristic, Tidying, TrafficCase
from karakoram.planning.traffic.paths import (
    PathChoice,
    PathPreference,
    TrafficPaths,
    demand_weights,
    traffic_paths,
)
from karakoram.planning.traffic.simulation import (
    TrafficFigures,
    TrafficRun,
    load_loops,
    traffic_figures,
    traffic_run,
)
from karakoram.planning.traffic.widths import ReachStep, SlotRule
from karakoram.refdata.reach_tables import STUDY_BIT_RATES_GBPS, STUDY_REACH_KM_BY_EFFICIENCY
from karakoram.usecases.ports import Progress, silent
from karakoram.usecases.simulation_ports import (
    SeededPiece,
    SeededWork,
    TimedResult,
    Workers,
)
from karakoram.usecases.topology_ports import TopologySource
from karakoram.usecases.words import (
    Reading,
    bit_rate_gbps_from_text,
    choice_from_word,
    question_finding,
    reading,
    refuse_unread,
)

SLOTS_MAX = 4_096
PATHS_ASKED_MAX = 1_000
GUARD_MAX = 16
LOAD_MAX = 1e9
REQUESTS_MAX = 10**12
RUNS_MAX = 10_000
BAR_CELLS = 20

_WORK: SeededWork[TrafficCase, TrafficRun] = SeededWork(ready=load_loops, run=traffic_run)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficQuestion:
    """What a simulation of traffic is asked for."""

    loads_erlang: tuple[float, ...]
    slots: int = 100
    k: int = 5
    order: str = "hops"
    heuristic: str = "ksp-ff"
    holding: str = "exponential"
    truncate: float | None = None
    """Holding times are below this multiple of their mean."""
    mean_holding: float = 1.0
    """In any unit of time: the load says how many requests come in it."""
    bit_rates: tuple[str, ...] = ()
    """All equally likely; none named is 25, 26 ... 100 Gb/s."""
    guard_slots: int = 1
    reserved: tuple[str, ...] = ()
    """Slots of every section that are never given away, e.g. ``40-47``, counted from 0."""
    is_directed: bool = True
    by_demands: bool = False
    """Whether pairs are as likely as the topology's demands are large; else all alike."""
    latency_ms_max: float | None = None
    regenerate_km: float | None = None
    defragment: str | None = None
    """How connections are moved now and then, e.g. ``push-pull``; ``None`` is not at all."""
    defragment_every: int = 1_000
    """After so many requests."""
    seed: int = 1
    runs: int = 1
    """Independent runs of each load."""
    requests: int = 100_000
    """Of each run, the warm-up included."""
    warm_up: int = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadAnswer:
    """What came out at one load."""

    load_erlang: float
    """Nominal: arrivals in one nominal mean holding time."""
    offered_erlang: float
    """With the mean holding time that is drawn."""
    figures: TrafficFigures
    requests_per_cpu_s: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrafficAnswer:
    """What came out at every load, in the order asked."""

    question: TrafficQuestion
    topology: Topology
    paths: TrafficPaths
    loads: tuple[LoadAnswer, ...]
    findings: tuple[Finding, ...] = field(default=())
    """What is to be known of the topology."""


def simulate_traffic(
    question: TrafficQuestion,
    *,
    topologies: TopologySource,
    workers: Workers,
    progress: Progress = silent,
) -> TrafficAnswer:
    """How often requests are refused at each load, with intervals.

    Runs share their randomness across loads, so that two loads differ by their load alone.

    Raises
    ------
    InvalidDataError
        If the topology breaks a rule or the question asks for what cannot be.
    """
    progress("Reading the topology")
    topology, findings = topologies.read_topology()
    understood = _understood(question, topology)
    progress("Finding candidate paths")
    paths = traffic_paths(topology, understood.choice)
    cases = [_case(question, understood, paths=paths, load=load) for load in question.loads_erlang]
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
        topology=topology,
        paths=paths,
        loads=tuple(
            _answer(case, results[number * question.runs : (number + 1) * question.runs])
            for number, case in enumerate(cases)
        ),
        findings=findings,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Understood:
    """What the words of a question mean."""

    choice: PathChoice
    heuristic: Heuristic
    holding: HoldingLaw
    usable: Bool[np.ndarray, " slot"]
    tidying: Tidying | None
    pair_weights: Float[np.ndarray, " pair"]


def _understood(question: TrafficQuestion, topology: Topology) -> _Understood:
    order = reading("order", question.order, lambda word: choice_from_word(word, PathPreference))
    heuristic = reading(
        "heuristic", question.heuristic, lambda word: choice_from_word(word, Heuristic)
    )
    holding = reading("holding", question.holding, lambda word: _holding(word, question))
    reserved = [
        reading("reserve", word, lambda text: _slots(text, question.slots))
        for word in question.reserved
    ]
    hitless = reading(
        "defragment",
        question.defragment or Hitless.PUSH_PULL.name,
        _hitless,
    )
    bit_rates = [reading("bit_rate", word, bit_rate_gbps_from_text) for word in question.bit_rates]
    refuse_unread(
        (*_figures(question, topology), order, heuristic, holding, hitless, *reserved, *bit_rates)
    )
    gbps = tuple(one.value for one in bit_rates) or STUDY_BIT_RATES_GBPS
    steps = tuple(
        ReachStep(reach_km=reach_km, bit_per_s_per_hz=efficiency)
        for efficiency, reach_km in STUDY_REACH_KM_BY_EFFICIENCY.items()
    )
    choice = PathChoice(
        k=question.k,
        order=order.value,
        slot_rule=SlotRule(
            reach_table=steps, bit_rates_gbps=gbps, guard_slots=question.guard_slots
        ),
        is_directed=question.is_directed,
        segment_km_max=np.inf if question.regenerate_km is None else question.regenerate_km,
        latency_ms_max=np.inf if question.latency_ms_max is None else question.latency_ms_max,
    )
    weights = demand_weights(topology, is_directed=question.is_directed)
    return _Understood(
        choice=choice,
        heuristic=heuristic.value,
        holding=holding.value,
        usable=_usable(question.slots, [one.value for one in reserved]),
        tidying=None
        if question.defragment is None
        else Tidying(hitless=hitless.value, every=question.defragment_every),
        pair_weights=weights if question.by_demands else np.ones(weights.size),
    )


def _slots(word: str, slots: int) -> range:
    """The slots that ``40-47`` or ``40`` names.

    Raises
    ------
    ValueError
        If it names none, or such as there are not.
    """
    first, _, last = word.partition("-")
    if not (first.strip().isdecimal() and (last or first).strip().isdecimal()):
        raise ValueError(f"cannot read the slots {word!r}: write e.g. 40-47 or 40")
    named = range(int(first), int(last or first) + 1)
    if not named or named[-1] >= slots:
        raise ValueError(f"{word!r} is not within the slots 0-{slots - 1}, lowest first")
    return named


def _usable(slots: int, reserved: list[range]) -> Bool[np.ndarray, " slot"]:
    """Which slots may be given away."""
    usable = np.ones(slots, dtype=np.bool_)
    for named in reserved:
        usable[named.start : named.stop] = False
    return usable


def _hitless(word: str) -> Hitless:
    """How connections are moved by its name; case, hyphen and blank are alike.

    Raises
    ------
    ValueError
        When none is called so.
    """
    names = {one.name.lower(): one for one in Hitless}
    wanted = word.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted not in names:
        raise ValueError(f"{word!r} is not one of {', '.join(names)}")
    return names[wanted]


def _holding(word: str, question: TrafficQuestion) -> HoldingLaw:
    """The law that a word names, with the figures of the question.

    Raises
    ------
    ValueError
        If no law is called so, or a figure does not fit it.
    """
    laws: dict[str, Callable[[], HoldingLaw]] = {
        "exponential": lambda: ExponentialHolding(
            nominal=question.mean_holding, truncate=question.truncate
        ),
        "lognormal": lambda: LognormalHolding(
            nominal=question.mean_holding, truncate=question.truncate
        ),
        "fixed": lambda: FixedHolding(nominal=question.mean_holding),
        "endless": EndlessHolding,
    }
    if word not in laws:
        raise ValueError(f"{word!r} is not one of {', '.join(laws)}")
    if question.truncate is not None and word in {"fixed", "endless"}:
        raise ValueError(f"{word} holding times cannot be truncated; leave --truncate out")
    return laws[word]()


def _figures(question: TrafficQuestion, topology: Topology) -> Iterator[Reading[None]]:
    """A reading with a finding for each figure that cannot be."""
    least, most = 1, REQUESTS_MAX
    checks = [
        ("slots", question.slots, (1, SLOTS_MAX)),
        ("k", question.k, (1, PATHS_ASKED_MAX)),
        ("guard", question.guard_slots, (0, GUARD_MAX)),
        ("every", question.defragment_every, (1, most)),
        ("seeds", question.runs, (1, RUNS_MAX)),
        ("seed", question.seed, (0, most)),
        ("requests", question.requests, (least, most)),
        ("warm_up", question.warm_up, (0, most)),
    ]
    for name, number, (low, high) in checks:
        if not low <= number <= high:
            yield _wrong(name, f"{name} must be {low:,} to {high:,}, got {number:,}")
    for name, figure in (
        *(("load", load) for load in question.loads_erlang),
        ("latency_max", question.latency_ms_max),
        ("regenerate", question.regenerate_km),
    ):
        if figure is not None and not 0.0 < figure <= LOAD_MAX:
            yield _wrong(name, f"{name} must be above 0 and at most {LOAD_MAX:g}, got {figure:g}")
    if not question.loads_erlang:
        yield _wrong("load", "name a load in erlang, e.g. 250")
    if question.requests - question.warm_up < 100:  # noqa: PLR2004  (else no batch says anything)
        yield _wrong(
            "requests",
            f"of {question.requests:,} requests {question.warm_up:,} are left out; at least 100 "
            "must be left to count",
        )
    if question.by_demands and not any(one.volume > 0.0 for one in topology.demands):
        yield _wrong("demands", f"the topology {topology.name} holds no demands; leave it out")


def _wrong(name: str, message: str) -> Reading[None]:
    return Reading(read=None, findings=(question_finding(name, message),))


def _case(
    question: TrafficQuestion, understood: _Understood, *, paths: TrafficPaths, load: float
) -> TrafficCase:
    gbps = np.array(understood.choice.slot_rule.bit_rates_gbps)
    law = RequestLaw(
        load_erlang=load,
        holding=understood.holding,
        pairs=weighted_choice(understood.pair_weights),
        bit_rates=weighted_choice(np.ones(gbps.size)),
    )
    return TrafficCase(
        candidates=paths.candidates,
        usable=np.tile(understood.usable, (paths.candidates.section_count, 1)),
        heuristic=understood.heuristic,
        law=law,
        bit_rate_gbps=gbps,
        plan=batch_plan(
            requests=question.requests,
            warm_up=question.warm_up,
            offered_erlang=min(law.offered_erlang, float(question.requests)),
        ),
        requests=question.requests,
        tidying=understood.tidying,
    )


def _answer(case: TrafficCase, results: tuple[TimedResult[TrafficRun], ...]) -> LoadAnswer:
    cpu_s = sum(one.cpu_s for one in results)
    return LoadAnswer(
        load_erlang=case.law.load_erlang,
        offered_erlang=case.law.offered_erlang,
        figures=traffic_figures([one.result for one in results]),
        requests_per_cpu_s=case.requests * len(results) / max(cpu_s, 1e-9),
    )
