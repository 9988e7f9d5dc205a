"""How fast are paths and least-shared pairs, against networkx, igraph and an integer program?

Prints CPU figures of both, measured in this run on the same questions, and their ratio: one
question at a time, then many pairs in one call; then the time of one question on graphs of the
size of the corridor.
"""

import importlib
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import igraph
import networkx as nx
import numpy as np

from karakoram.engines.routing import (
    Ends,
    PathRule,
    k_shortest_paths,
    least_shared_pair,
    shortest_path,
)
from karakoram.engines.routing.costs import integer_costs
from karakoram.engines.routing.disjoint import disjoint_paths
from karakoram.engines.routing.diverse import Diverse, diverse_pairs
from karakoram.engines.routing.ilp import pair_by_ilp
from karakoram.engines.routing.ranked import ranked_paths
from karakoram.engines.routing.reduction import Reducible, reduced
from karakoram.engines.routing.section_graph import digraph_of

sys.path.insert(0, str(Path(__file__).parent.parent))
TOPOLOGIES = importlib.import_module("tests.support.topologies")
SECTIONS = importlib.import_module("tests.support.section_graphs")
STRIP = importlib.import_module("tests.support.strip")

SEED = 20261122
QUESTIONS = 60
ILP_QUESTIONS = 12
PEER_PAIRS = 100
"""Of so many pairs the peers' time is taken, where ours is that of all pairs."""
K = 10
AT_LEAST = {
    "10 paths by length, all pairs, germany50": (300_000, 10),
    "10 paths by hops, all pairs, germany50": (300_000, 10),
    "pairs by sections (peer: sections), germany50": (150_000, 1),
    "risk-diverse pairs, germany50": (20_000, 1),
    "risk-diverse pairs, germany50 inner": (20_000, 1),
    "  or the pair that shares least, germany50": (20_000, 1),
    "  or the pair that shares least, germany50 inner": (20_000, 1),
}
"""What some figures, and their ratios to the peer, should at least be."""


def cpu_s(compute: Callable[[], object], *, repeats: int = 3) -> float:
    """CPU time of one call [s], the least of so many: other work only ever adds."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        compute()
        taken.append(time.process_time() - start)
    return min(taken)


def line(what: str, ours: float, theirs: float, *, unit: str) -> None:
    least, times = AT_LEAST.get(what, (0, 0))
    is_met = ours >= least and ours >= times * theirs
    aim = f"  (at least {least:,}, x {times}: {'met' if is_met else 'NOT MET'})" if least else ""
    ratio = f"x {ours / theirs:.1f}"
    sys.stdout.write(f"  {what:<46}{ours:>9.0f}{theirs:>11.0f} {unit:<8}{ratio}{aim}\n")


def random_ends(net: Any, count: int) -> list[Ends]:
    rng = np.random.default_rng(SEED)
    drawn = (rng.choice(len(net.sites), size=2, replace=False).tolist() for _ in range(count))
    return [Ends.between(source, target) for source, target in drawn]


def paths_against_networkx(net: Any) -> None:
    peer = nx.DiGraph()
    for arc, length_km in enumerate(net.cost):
        peer.add_edge(net.graph.tail_of[arc], net.graph.head_of[arc], km=length_km)
    questions = random_ends(net, QUESTIONS)
    named = [(min(ends.sources), min(ends.targets)) for ends in questions]

    def k_ours() -> list[float]:
        answers = (k_shortest_paths(net.graph, cost=net.cost, ends=e, k=K) for e in questions)
        return [path.cost for paths in answers for path in paths]

    def k_theirs() -> list[float]:
        return [
            nx.path_weight(peer, vertices, "km")
            for a, z in named
            for vertices in islice(nx.shortest_simple_paths(peer, a, z, weight="km"), K)
        ]

    assert np.allclose(k_ours(), k_theirs())
    ours = cpu_s(lambda: [shortest_path(net.graph, cost=net.cost, ends=e) for e in questions])
    theirs = cpu_s(lambda: [nx.dijkstra_path(peer, a, z, weight="km") for a, z in named])
    line("shortest path, germany50", QUESTIONS / ours, QUESTIONS / theirs, unit="paths/s")
    found = QUESTIONS * K
    line(
        f"k = {K} loopless paths, germany50",
        found / cpu_s(k_ours),
        found / cpu_s(k_theirs, repeats=1),
        unit="paths/s",
    )


def pairs_against_ilp(net: Any) -> None:
    """The peer solves the reduced core, so the reduction is not counted against it."""
    costs = integer_costs(net.cost, arc_count=net.graph.arc_count)
    questions = random_ends(net, QUESTIONS)
    cores = []
    for ends in questions[:ILP_QUESTIONS]:
        risks = net.risks(ends)
        request = Reducible(ends=ends, weights=risks.weights, free_mask=risks.free_mask)
        cores.append(reduced(net.graph, costs=costs, request=request))
    ours = cpu_s(
        lambda: [
            least_shared_pair(net.graph, cost=net.cost, ends=ends, risks=net.risks(ends))
            for ends in questions
        ]
    )
    rules = (PathRule(), PathRule())
    theirs = cpu_s(lambda: [pair_by_ilp(core, rules=rules) for core in cores], repeats=1)
    line(
        f"least-shared pair, {net.name}, against HiGHS",
        QUESTIONS / ours,
        ILP_QUESTIONS / theirs,
        unit="pairs/s",
    )


def corridor_questions() -> None:
    taken_ms, single_us, work = [], [], []
    for seed in range(12):
        strip, ends = STRIP.corridor_like(seed)
        graph, cost, risks = strip.graph(), strip.cost(), strip.risks(ends)
        pair = least_shared_pair(graph, cost=cost, ends=ends, risks=risks)
        assert pair is not None
        assert pair.proof == "branching"
        work.append(pair.subproblems)

        one_pair = partial(least_shared_pair, graph, cost=cost, ends=ends, risks=risks)
        one_path = partial(shortest_path, graph, cost=cost, ends=ends)
        taken_ms.append(cpu_s(one_pair, repeats=5) * 1e3)
        single_us.append(cpu_s(one_path, repeats=20) * 1e6)
    sys.stdout.write(
        f"  corridor of {graph.vertex_count} vertices, {graph.arc_count} arcs, "
        f"{len(risks.weights)} risks, twelve of them:\n"
        f"    least-shared pair {median(taken_ms):.1f} ms, worst {max(taken_ms):.1f} ms, "
        f"subproblems {median(work):.0f}, at most {max(work)}\n"
        f"    shortest path {median(single_us):.0f} us\n"
    )


def ranked_against_igraph(name: str, graph: Any, *, k: int) -> None:
    """All pairs here; for the peer as many as there is time for, drawn at random."""
    pairs = SECTIONS.all_pairs(graph)
    drawn = np.random.default_rng(SEED).permutation(pairs)[:PEER_PAIRS].tolist()
    peer = igraph.Graph(n=graph.vertex_count, edges=np.stack([graph.a, graph.z], axis=1).tolist())
    lengths = graph.cost.tolist()

    def theirs() -> list[float]:
        return [
            sum(lengths[section] for section in way)
            for a, z in drawn
            for way in peer.get_k_shortest_paths(a, z, k=k, weights=lengths, output="epath")
        ]

    compared = ranked_paths(graph, drawn, k=k).costs
    assert np.allclose(compared, theirs())
    peer_s = cpu_s(theirs, repeats=5)
    for order in ("length", "hops"):
        ours = cpu_s(lambda order=order: ranked_paths(graph, pairs, k=k, order=order), repeats=5)
        found = len(ranked_paths(graph, pairs, k=k, order=order).costs)
        line(
            f"{k} paths by {order}, all pairs, {name}",
            found / ours,
            len(compared) / peer_s,
            unit="paths/s",
        )


def disjoint_against_networkx(name: str, graph: Any) -> None:
    """Pairs without a common section, against a min-cost flow of two units."""
    pairs = SECTIONS.all_pairs(graph)
    drawn = np.random.default_rng(SEED).permutation(pairs)[:PEER_PAIRS].tolist()
    peer = nx.DiGraph()
    ends = np.stack([graph.a, graph.z], axis=1).tolist()
    for (a, z), cost in zip(ends, graph.integer_cost.tolist(), strict=True):
        peer.add_edge(a, z, capacity=1, weight=cost)
        peer.add_edge(z, a, capacity=1, weight=cost)

    def theirs() -> list[int]:
        costs = []
        for source, target in drawn:
            peer.add_node(source, demand=-2)
            peer.add_node(target, demand=2)
            costs.append(nx.network_simplex(peer)[0])
            peer.nodes[source]["demand"] = peer.nodes[target]["demand"] = 0
        return costs

    compared = disjoint_paths(graph, drawn)
    sections = compared.arcs // 2
    assert sum(theirs()) == graph.integer_cost[sections].sum()
    peer_s = cpu_s(theirs, repeats=5)
    for apart in ("sections", "sites"):
        ours = cpu_s(lambda apart=apart: disjoint_paths(graph, pairs, disjoint=apart), repeats=5)
        line(
            f"pairs by {apart} (peer: sections), {name}",
            len(pairs) / ours,
            len(drawn) / peer_s,
            unit="pairs/s",
        )


def diverse_against_ilp(name: str, graph: Any) -> None:
    """Pairs without a common risk, proven or proven not to exist, against the program."""
    pairs = SECTIONS.all_pairs(graph)
    question = Diverse(least_shared=False)
    batch = diverse_pairs(graph, pairs, question=question)
    digraph = digraph_of(graph)
    cores = []
    for source, target in np.random.default_rng(SEED).permutation(pairs)[:ILP_QUESTIONS].tolist():
        ends = Ends.between(source, target)
        request = Reducible(ends=ends, weights=(1,) * graph.risk_count)
        costs = integer_costs(graph.arc_cost, arc_count=digraph.arc_count)
        cores.append(reduced(digraph, costs=costs, request=request))
    rules = (PathRule(), PathRule())
    peer_s = cpu_s(lambda: [pair_by_ilp(core, rules=rules) for core in cores], repeats=1)
    ours = cpu_s(lambda: diverse_pairs(graph, pairs, question=question), repeats=5)
    theirs = len(cores) / peer_s
    line(f"risk-diverse pairs, {name}", len(pairs) / ours, theirs, unit="pairs/s")
    ours = cpu_s(lambda: diverse_pairs(graph, pairs, question=Diverse()), repeats=5)
    line(f"  or the pair that shares least, {name}", len(pairs) / ours, theirs, unit="pairs/s")
    exist = (batch.proofs == "branching").mean()
    groups = graph.risk_count - len(graph.a)
    sys.stdout.write(f"    {groups} groups; {exist:.0%} of the pairs of sites have such a pair\n")


def main() -> None:
    sys.stdout.write(f"routing, CPU figures{'':<27}{'ours':>10}{'peer':>12}\n")
    germany50 = TOPOLOGIES.topology("germany50")
    paths_against_networkx(germany50)
    for net in (germany50, TOPOLOGIES.topology("janos-us"), TOPOLOGIES.topology("jpn48")):
        pairs_against_ilp(net)
    for name in ("germany50", "nsfnet"):
        graph = SECTIONS.packaged(name)
        for k in (10, 50):
            ranked_against_igraph(name, graph, k=k)
        disjoint_against_networkx(name, graph)
    for name in ("germany50", "janos-us", "jpn48"):
        diverse_against_ilp(name, SECTIONS.packaged(name))
    inner = SECTIONS.of_topohub("sndlib/germany50", tenths=range(3, 8))
    diverse_against_ilp("germany50 inner", inner)
    corridor_questions()


if __name__ == "__main__":
    main()
