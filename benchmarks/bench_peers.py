"""How fast is a simulation of traffic beside a peer's, and do both carry the same requests?

Only for peers that can be installed, each in an environment of its own that ``--set-up`` makes.
Network, paths, widths, slots and load are the same on both sides: NSFNET, KSP-FF, the load that
DeepRMSA's 2.5 E a slot really is, holding times not truncated because the peer knows no other.
"""

import math
import sys
from dataclasses import replace
from pathlib import Path
from time import process_time

import numpy as np
from bench_spectrum import nsfnet_case

from karakoram.adapters.formats.topologies.library import NamedTopology
from karakoram.adapters.workers.pieces import random_sources
from karakoram.core.grid import WIDTH_STEP_GHZ
from karakoram.engines.spectrum.candidates import Outcome
from karakoram.engines.spectrum.occupancy import dark_state
from karakoram.engines.spectrum.provision import Requests, provision
from karakoram.engines.traffic import ExponentialHolding, batch_plan, next_requests
from karakoram.network.topology_columns import topology_columns
from karakoram.planning.traffic.paths import site_pairs
from karakoram.planning.traffic.simulation import load_loops, traffic_figures, traffic_run
from karakoram.refdata.reach_tables import STUDY_BIT_RATES_GBPS, STUDY_REACH_KM_BY_EFFICIENCY

sys.path.insert(0, str(Path(__file__).parent / "peers"))
import environment

PEER = "flex_net_sim"
CASES = ((5, 100), (50, 100), (5, 320), (50, 320))
REQUESTS = 1_000_000
PEER_REQUESTS = 30_000
TRACED = 10_000
"""Requests of one trace that both sides are given."""
WARM_UP = 3_000
REPEATS = 3


def equal_case(*, k, slots):
    """The case of the studies with the load that is really offered and whole exponential times."""
    case = nsfnet_case(k=k, slots=slots, requests=REQUESTS)
    load_erlang = case.law.offered_erlang
    law = replace(case.law, load_erlang=load_erlang, holding=ExponentialHolding())
    plan = batch_plan(requests=REQUESTS, warm_up=WARM_UP, offered_erlang=load_erlang)
    return replace(case, law=law, plan=plan)


def sections_both_ways():
    """Ends and length [km] of every directed section, numbered as the candidate paths do."""
    topology, _ = NamedTopology("nsfnet-deeprmsa").read_topology()
    columns = topology_columns(topology)
    both = []
    ends = zip(columns.a_site.tolist(), columns.z_site.tolist(), strict=True)
    for (a, z), section in zip(ends, topology.sections, strict=True):
        both += [(a, z, section.length_km), (z, a, section.length_km)]
    return columns.site_count, both


def bit_rates_by_modulation():
    """Each bit rate [Gb/s] with spectral efficiency, reach [km] and slots, most efficient first."""
    modulations = sorted(STUDY_REACH_KM_BY_EFFICIENCY.items(), reverse=True)
    listed = []
    for gbps in STUDY_BIT_RATES_GBPS:
        slots = [math.ceil(gbps / (per_hz * WIDTH_STEP_GHZ)) + 1 for per_hz, _ in modulations]
        listed.append((gbps, [(*step, w) for step, w in zip(modulations, slots, strict=True)]))
    return listed


def question_of(case, trace):
    """All that the peer is told, as plain numbers."""
    site_count, sections = sections_both_ways()
    pairs = site_pairs(site_count, is_directed=True).tolist()
    begins = case.candidates.path_begin.tolist()
    listed = []
    for (a, z), begin, end in zip(pairs, begins[:-1], begins[1:], strict=True):
        paths = map(case.candidates.sections_of, range(begin, end))
        listed.append((a, z, [[a, *(sections[hop][1] for hop in path)] for path in paths]))
    columns = zip(*(column.tolist() for column in trace), strict=True)
    return {
        "site_count": site_count,
        "sections": sections,
        "slots": case.usable.shape[1],
        "paths": listed,
        "bit_rates": bit_rates_by_modulation(),
        "load_erlang": case.law.load_erlang,
        "requests": PEER_REQUESTS,
        "warm_up": WARM_UP,
        "repeats": REPEATS,
        "trace": [(at, held, *pairs[pair], rate) for at, held, pair, rate in columns],
    }


def our_run(case):
    """Our requests per CPU second, best of the runs, and the share refused with its interval."""
    load_loops(case)
    best, runs = math.inf, []
    for run in range(REPEATS):
        begin = process_time()
        runs.append(traffic_run(case, random_sources(seed=1, run=run)))
        best = min(best, process_time() - begin)
    return case.requests / best, traffic_figures(runs).blocking


def beside(case):
    """One case on both sides, and one trace on both sides."""
    trace = next_requests(case.law, random_sources(seed=1, run=REPEATS), count=TRACED, after=0.0)
    dark = dark_state(case.candidates, usable=case.usable)
    outcomes = provision(dark, Requests(*trace), paths=case.candidates).outcomes.outcome
    ours, blocking = our_run(case)
    theirs = environment.answer(PEER, question_of(case, trace))
    own, replayed = theirs["simulated"], theirs["replayed"]
    speed = own["requests"] / own["cpu_s"]
    refused = 1.0 - own["carried"] / own["counted"]
    carried = outcomes == Outcome.CARRIED
    assert np.array_equal(carried, replayed["carried"])
    return (
        f"{ours:.3g}; Flex Net Sim (Python) {speed:.3g}: {ours / speed:,.0f} times\n"
        f"    refused {blocking.value:.2%} [{blocking.low:.2%}, {blocking.high:.2%}];"
        f" there {refused:.2%} of {own['counted']:,}\n"
        f"    one trace on both sides: all {TRACED:,} outcomes the same,"
        f" {np.count_nonzero(~carried):,} refused;"
        f" there {TRACED / replayed['cpu_s']:.3g} a CPU second, without drawing"
    )


def main(arguments):
    if "--set-up" in arguments and not environment.set_up(PEER):
        print("Flex Net Sim could not be installed: it needs python3-venv and a C++ compiler.")
        return 1
    if not environment.is_set_up(PEER):
        print("Flex Net Sim is not installed; `make bench-peers` does that and runs this again.")
        return 0
    print("NSFNET, KSP-FF, requests per CPU second, both measured in this run")
    for k, slots in CASES:
        case = equal_case(k=k, slots=slots)
        load = f"{case.law.load_erlang:.0f} E"
        print(f"  k = {k}, {slots} slots, {load}: {beside(case)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
