"""Requests of dynamic traffic per second of one processor, beside what others have published.

Streams and statistics are included. The peers' figures were measured by others on other machines
and stand here for scale: they are not of this run. ``bench_peers`` runs the one that installs.
"""

import math
from dataclasses import replace
from time import process_time

import numpy as np

from karakoram.adapters.formats.topologies.library import NamedTopology
from karakoram.adapters.workers.pieces import random_sources
from karakoram.engines.traffic import ExponentialHolding, RequestLaw, batch_plan, weighted_choice
from karakoram.planning.traffic.case import Heuristic, TrafficCase
from karakoram.planning.traffic.light import topology_light
from karakoram.planning.traffic.lit_simulation import lit_run
from karakoram.planning.traffic.paths import PathChoice, PathPreference, traffic_paths
from karakoram.planning.traffic.simulation import load_loops, traffic_run
from karakoram.planning.traffic.widths import ReachStep, SlotRule
from karakoram.refdata.reach_tables import STUDY_BIT_RATES_GBPS, STUDY_REACH_KM_BY_EFFICIENCY

REQUESTS = 1_000_000
SCORED_REQUESTS = 30_000
LIT_REQUESTS = 100_000
REPEATS = 5
PUBLISHED = {
    (5, 100): {"XLRON on a CPU": 4.0e4, "Flex Net Sim": 1.6e5, "DeepRMSA script": 1.8e3},
    (50, 100): {"XLRON on a CPU": 9.4e3, "Flex Net Sim": 1.15e5},
    (5, 320): {"XLRON on a CPU": 8.3e3, "Flex Net Sim": 4.2e4, "FUSION": 4.7e2},
    (50, 320): {},
}
AT_LEAST = {(5, 100): 3e6, (50, 100): 2e6, (5, 320): 2e6, (50, 320): 2e6}
LIT_AT_LEAST = 1e5


def nsfnet_case(*, k, slots, requests=REQUESTS):
    topology, _ = NamedTopology("nsfnet-deeprmsa").read_topology()
    steps = tuple(
        ReachStep(reach_km=reach, bit_per_s_per_hz=efficiency)
        for efficiency, reach in STUDY_REACH_KM_BY_EFFICIENCY.items()
    )
    rule = SlotRule(reach_table=steps, bit_rates_gbps=STUDY_BIT_RATES_GBPS)
    paths = traffic_paths(topology, PathChoice(k=k, order=PathPreference.HOPS, slot_rule=rule))
    law = RequestLaw(
        load_erlang=2.5 * slots,
        holding=ExponentialHolding(truncate=2.0),
        pairs=weighted_choice(np.ones(len(paths.pairs))),
        bit_rates=weighted_choice(np.ones(len(STUDY_BIT_RATES_GBPS))),
    )
    return TrafficCase(
        candidates=paths.candidates,
        usable=np.ones((paths.candidates.section_count, slots), dtype=np.bool_),
        heuristic=Heuristic.KSP_FF,
        law=law,
        bit_rate_gbps=np.array(STUDY_BIT_RATES_GBPS),
        plan=batch_plan(requests=requests, warm_up=3_000, offered_erlang=law.offered_erlang),
        requests=requests,
    )


def aimed(figure, at_least):
    """A figure beside the least that it should be."""
    return f"{figure:.3g} (at least {at_least:.0e}: {'met' if figure >= at_least else 'NOT MET'})"


def requests_per_cpu_s(case):
    load_loops(case)
    best = math.inf
    for run in range(REPEATS):
        sources = random_sources(seed=1, run=run)
        begin = process_time()
        traffic_run(case, sources)
        best = min(best, process_time() - begin)
    return case.requests / best


def main():
    print("NSFNET, KSP-FF, 2.5 E a slot, requests per CPU second, streams and statistics included")
    for (k, slots), peers in PUBLISHED.items():
        ours = requests_per_cpu_s(nsfnet_case(k=k, slots=slots))
        beside = [
            f"{peer} {figure:.2g} (published): {ours / figure:,.0f} times"
            for peer, figure in peers.items()
        ]
        print("; ".join([f"  k = {k}, {slots} slots: {aimed(ours, AT_LEAST[k, slots])}", *beside]))
    print("NSFNET, k = 5, 100 slots, other heuristics")
    for heuristic in Heuristic:
        is_fast = heuristic in {Heuristic.KSP_FF, Heuristic.KSP_LF, Heuristic.KSP_EF}
        requests = REQUESTS if is_fast else SCORED_REQUESTS
        case = replace(nsfnet_case(k=5, slots=100, requests=requests), heuristic=heuristic)
        print(f"  {heuristic.value}: {requests_per_cpu_s(case):.3g}")
    lit = lit_requests_per_cpu_s()
    beside = f"optical-networking-gym 90 (published): {lit / 90:,.0f} times"
    print(f"  under real light: {aimed(lit, LIT_AT_LEAST)}; {beside}")


def lit_requests_per_cpu_s():
    case = nsfnet_case(k=5, slots=100, requests=LIT_REQUESTS)
    topology, _ = NamedTopology("nsfnet-deeprmsa").read_topology()
    light = topology_light(topology, slot_count=100, bit_rates_gbps=STUDY_BIT_RATES_GBPS)
    best = math.inf
    for run in range(REPEATS + 1):  # the first loads the loops
        begin = process_time()
        lit_run(replace(case, light=light), random_sources(seed=1, run=run))
        best = min(best, process_time() - begin)
    return case.requests / best


if __name__ == "__main__":
    main()
