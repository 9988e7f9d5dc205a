"""Published studies of dynamic traffic: their topologies, path lists and settings.

The studies took the first k of networkx' ``shortest_simple_paths`` on a directed graph whose arcs
stand in the order of the file, first all from a to z, then all back. That order of paths equal in
hops is no rule that one could state, so their lists are made with networkx here.
"""

import hashlib
import math
from functools import cache
from itertools import islice, pairwise, permutations
from pathlib import Path

import networkx as nx
import numpy as np

from karakoram.adapters.formats.topologies.reading import read_topology
from karakoram.engines.traffic import (
    ExponentialHolding,
    RandomSources,
    RequestLaw,
    batch_plan,
    weighted_choice,
)
from karakoram.planning.traffic.case import Heuristic, TrafficCase
from karakoram.planning.traffic.paths import (
    PathChoice,
    PathPreference,
    TrafficPaths,
    listed_paths,
    traffic_paths,
)
from karakoram.planning.traffic.widths import ReachStep, SlotRule
from tests.support.watched import types_unchecked

FOLDER = Path(__file__).parents[1] / "data" / "topologies"
BIT_RATES_GBPS = tuple(float(gbps) for gbps in range(25, 101))
SLOT_RULE = SlotRule(
    reach_table=(
        ReachStep(reach_km=625.0, bit_per_s_per_hz=4.0),
        ReachStep(reach_km=1250.0, bit_per_s_per_hz=3.0),
        ReachStep(reach_km=2500.0, bit_per_s_per_hz=2.0),
        ReachStep(reach_km=math.inf, bit_per_s_per_hz=1.0),
    ),
    bit_rates_gbps=BIT_RATES_GBPS,
)
SLOTS = 100
WARM_UP = 3000


@cache
def topology_of(name):
    topology = read_topology(FOLDER / f"{name}.csv").value
    assert topology is not None
    return topology


def choice_of(order, *, k=5, is_directed=True):
    return PathChoice(
        k=k, order=PathPreference(order), slot_rule=SLOT_RULE, is_directed=is_directed
    )


@cache
@types_unchecked()
def own_paths(name, order, *, k=5, is_directed=True) -> TrafficPaths:
    """The candidate paths by our own rule."""
    return traffic_paths(topology_of(name), choice_of(order, k=k, is_directed=is_directed))


@cache
@types_unchecked()
def study_paths(name, order, ties, *, k=5) -> TrafficPaths:
    """The candidate paths of a study; ``ties`` is ``networkx`` or ``sha256`` of the site numbers.

    With ``sha256`` paths equal in length and hops are ordered by the digest of the list of their
    sites, numbered from 0 in the order of the file, as Python writes it.
    """
    topology = topology_of(name)
    sites = sorted((site.site_id for site in topology.sites), key=_number_first)
    number = {site_id: place for place, site_id in enumerate(sites)}
    both = [
        (number[section.a_site_id], number[section.z_site_id], section.length_km)
        for section in topology.sections
    ]
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(sites)))
    arc_of = {}
    for place, (a, z, km) in enumerate(both):
        graph.add_edge(a, z, km=km)
        arc_of[a, z], arc_of[z, a] = 2 * place, 2 * place + 1
    for a, z, km in both:
        graph.add_edge(z, a, km=km)
    weight = "km" if order == "length" else None
    found = {}
    for a, z in permutations(range(len(sites)), 2):
        paths = list(islice(nx.shortest_simple_paths(graph, a, z, weight=weight), k))
        if ties == "sha256":
            paths.sort(
                key=lambda path: (
                    nx.path_weight(graph, path, weight) if weight else 0.0,
                    len(path),
                    hashlib.sha256(str(path).encode()).digest(),
                )
            )
        found[a, z] = [[arc_of[hop] for hop in pairwise(path)] for path in paths]
    order_of_file = [number[site.site_id] for site in topology.sites]
    lists = [found[pair] for pair in permutations(order_of_file, 2)]
    return listed_paths(topology, choice_of(order), arcs_of_pairs=lists)


def study_case(paths, *, load, requests, heuristic=Heuristic.KSP_FF, truncate=2.0, slots=SLOTS):
    law = RequestLaw(
        load_erlang=float(load),
        holding=ExponentialHolding(truncate=truncate),
        pairs=weighted_choice(np.ones(len(paths.pairs))),
        bit_rates=weighted_choice(np.ones(len(BIT_RATES_GBPS))),
    )
    return TrafficCase(
        candidates=paths.candidates,
        usable=np.ones((paths.candidates.section_count, slots), dtype=np.bool_),
        heuristic=heuristic,
        law=law,
        bit_rate_gbps=np.array(BIT_RATES_GBPS),
        plan=batch_plan(requests=requests, warm_up=WARM_UP, offered_erlang=law.offered_erlang),
        requests=requests,
    )


def sources_of(*seed):
    children = np.random.SeedSequence(seed).spawn(4)
    return RandomSources(*(np.random.default_rng(child) for child in children))


def _number_first(site_id):
    return (int(site_id), "") if site_id.isdigit() else (0, "")
