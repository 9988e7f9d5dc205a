"""How often heuristics and defragmentation refuse, run by run on the same requests.

``python benchmarks/heuristics.py [heuristics|defragmentation] [runs]`` prints the tables of
``docs/validation.md``. Every run has randomness of its own and every method meets the same
requests of each run, so that a ratio is told with the interval of its runs: 95 of 100 hold it.
Candidate paths are those of our own rule; the digest of each list is printed.
"""

import sys
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import scipy

from karakoram.adapters.formats.topologies.library import packaged_topology
from karakoram.adapters.workers.pieces import random_sources
from karakoram.engines.spectrum.candidates import Outcome
from karakoram.engines.spectrum.defragmentation import Hitless
from karakoram.engines.traffic import ExponentialHolding, RequestLaw, batch_plan, weighted_choice
from karakoram.planning.traffic.case import Heuristic, Tidying, TrafficCase
from karakoram.planning.traffic.paths import PathChoice, PathPreference, traffic_paths
from karakoram.planning.traffic.simulation import traffic_run
from karakoram.planning.traffic.widths import ReachStep, SlotRule
from karakoram.refdata.reach_tables import STUDY_BIT_RATES_GBPS, STUDY_REACH_KM_BY_EFFICIENCY

SEED, RUNS, SLOTS, WARM_UP = 1, 20, 100, 3_000


class Row(NamedTuple):
    """One line of a table; requests are those counted in each run."""

    topology: str
    load_erlang: float
    requests: int
    every: int = 0


HEURISTICS = (
    Row("nsfnet-deeprmsa", 190, 30_000),
    Row("nsfnet-deeprmsa", 210, 20_000),
    Row("nsfnet-deeprmsa", 250, 10_000),
    Row("nsfnet-deeprmsa", 270, 10_000),
    Row("usnet-gcn", 320, 30_000),
    Row("usnet-gcn", 360, 20_000),
    Row("usnet-gcn", 400, 10_000),
    Row("cost239-deeprmsa", 500, 20_000),
    Row("cost239-deeprmsa", 550, 10_000),
    Row("cost239-deeprmsa", 600, 10_000),
)
DEFRAGMENTATION = (
    *(Row("nsfnet-deeprmsa", load, 50_000, every) for load in (210, 250) for every in (1_000, 20)),
    *(Row("usnet-gcn", 360, 50_000, every) for every in (1_000, 20)),
    *(Row("cost239-deeprmsa", 600, 50_000, every) for every in (1_000, 20)),
)


def case_of(row, order):
    rule = SlotRule(
        reach_table=tuple(
            ReachStep(reach_km=reach, bit_per_s_per_hz=efficiency)
            for efficiency, reach in STUDY_REACH_KM_BY_EFFICIENCY.items()
        ),
        bit_rates_gbps=STUDY_BIT_RATES_GBPS,
    )
    topology = packaged_topology(row.topology)
    paths = traffic_paths(topology, PathChoice(k=5, order=order, slot_rule=rule))
    law = RequestLaw(
        load_erlang=row.load_erlang,
        holding=ExponentialHolding(truncate=2.0),
        pairs=weighted_choice(np.ones(len(paths.pairs))),
        bit_rates=weighted_choice(np.ones(len(STUDY_BIT_RATES_GBPS))),
    )
    requests = row.requests + WARM_UP
    case = TrafficCase(
        candidates=paths.candidates,
        usable=np.ones((paths.candidates.section_count, SLOTS), dtype=np.bool_),
        heuristic=Heuristic.KSP_FF,
        law=law,
        bit_rate_gbps=np.array(STUDY_BIT_RATES_GBPS),
        plan=batch_plan(requests=requests, warm_up=WARM_UP, offered_erlang=law.offered_erlang),
        requests=requests,
    )
    return case, paths.path_list_sha256


def refused_percent(case, runs):
    """Percent of the requests refused in each run, and the moves of all."""
    done = [traffic_run(case, random_sources(seed=SEED, run=run)) for run in range(runs)]
    shares = [
        1.0 - one.tally.outcomes[:, Outcome.CARRIED].sum() / one.tally.outcomes.sum()
        for one in done
    ]
    return 100.0 * np.array(shares), sum(one.moves for one in done)


def change(part, whole):
    """By how many percent ``part`` is above ``whole``, with its interval from the runs."""
    share = part.mean() / whole.mean()
    spread = (part - share * whole).std(ddof=1) / part.size**0.5 / whole.mean()
    half = scipy.special.stdtrit(part.size - 1, 0.975) * spread
    low, middle, high = (
        100.0 * (one - 1.0) for one in (max(share - half, 0.0), share, share + half)
    )
    return f"{middle:+.1f} % [{low:+.1f}, {high:+.1f}]"


def show(cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def told(row, runs):
    return f"{row.topology}, {runs * row.requests:,} requests", f"{row.load_erlang:g}"


def heuristics(runs):
    print(f"\nHeuristics: paths by slots, {runs} runs, percent refused")
    show(["Topology", "Load E", "KSP-FF", "MSCL-KSP", "`scarcity`", "ours against MSCL-KSP"])
    lists = {}
    for row in HEURISTICS:
        case, lists[row.topology] = case_of(row, PathPreference.SLOTS)
        first, theirs, ours = (
            refused_percent(replace(case, heuristic=heuristic), runs)[0]
            for heuristic in (Heuristic.KSP_FF, Heuristic.MSCL_KSP, Heuristic.SCARCITY)
        )
        means = [f"{found.mean():.3g}" for found in (first, theirs, ours)]
        show([*told(row, runs), *means, change(ours, theirs)])
    for topology, digest in lists.items():
        print(f"{topology} {digest}")


def defragmentation(runs):
    print(f"\nDefragmentation: KSP-FF, paths by hops, {runs} runs, percent refused")
    head = ["Topology", "Load E", "every", "never", "push-pull", "make before break"]
    show([*head, "push-pull against make before break", "moves of each"])
    for row in DEFRAGMENTATION:
        case, _ = case_of(row, PathPreference.HOPS)
        never, _ = refused_percent(case, runs)
        (slid, slid_moves), (jumped, jumped_moves) = (
            refused_percent(replace(case, tidying=Tidying(hitless=hitless, every=row.every)), runs)
            for hitless in (Hitless.PUSH_PULL, Hitless.MAKE_BEFORE_BREAK)
        )
        means = [f"{found.mean():.3g}" for found in (never, slid, jumped)]
        moves = f"{slid_moves:,}; {jumped_moves:,}"
        show([*told(row, runs), f"{row.every:,}", *means, change(slid, jumped), moves])


def main(words):
    """Print the tables whose names are among the words; all without words."""
    runs = next((int(word) for word in words if word.isdecimal()), RUNS)
    for table in (heuristics, defragmentation):
        if not {"heuristics", "defragmentation"} & set(words) or table.__name__ in words:
            table(runs)


if __name__ == "__main__":
    main(sys.argv[1:])
