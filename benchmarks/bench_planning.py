"""How much CPU time does a service on the corridor take, and the routes beside networkx?

Prints reading, preparing and p50, p95 and the largest of 1,000 random demands, in service only and
with options and planned spans (a number as argument: of so many demands); then the ten shortest
routes of random pairs, ours beside networkx's shortest_simple_paths on the same graph.
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import islice

import networkx as nx
import numpy as np

from karakoram.adapters.formats.network_folder import read_network
from karakoram.engines.routing import Avoided, Ends, k_shortest_paths
from karakoram.network.records import EquipmentKind, Status
from karakoram.network.sections import sites_with
from karakoram.planning.demand import Protection, ServiceDemand
from karakoram.planning.design import design_service
from karakoram.planning.offers import CUT_SHORT_SUBJECT, ServiceDesign
from karakoram.planning.prepare import PreparedNetwork, prepare
from karakoram.planning.route_graph import status_mask
from karakoram.refdata.corridor import corridor_folder

SEED = 20261122
DEMANDS = 1_000
ROUTE_PAIRS = 40
ROUTES = 10
IN_SERVICE = frozenset({Status.IN_SERVICE})
WITH_OPTIONS = IN_SERVICE | {Status.OPTION, Status.PLANNED}
P95_LIMIT_MS = 100.0
WITH_OPTIONS_P95_LIMIT_MS = 300.0
WITH_OPTIONS_MAX_LIMIT_MS = 1_000.0
"""Of designs; a refusal that searches for what would help may take longer."""


def cpu_ms(compute: Callable[[], object]) -> float:
    """CPU time of one call [ms]."""
    start = time.process_time()
    compute()
    return 1e3 * (time.process_time() - start)


def random_demand(chooser: random.Random, sites: list[str]) -> ServiceDemand:
    """ROADM sites, bit rate and protection at random; a bound on latency in one of four."""
    a_site_id, z_site_id = chooser.sample(sites, 2)
    return ServiceDemand(
        a_site_id=a_site_id,
        z_site_id=z_site_id,
        bit_rate_gbps=chooser.choice([100.0, 200.0, 400.0, 800.0]),
        protection=chooser.choice(list(Protection)),
        on_day=date(2026, 11, 22),
        latency_ms_max=chooser.choice([None, None, None, chooser.uniform(5.0, 120.0)]),
    )


def print_designs(prepared: PreparedNetwork, sites: list[str], *, count: int) -> None:
    """The same demands in service only, and with options and planned spans."""
    chooser = random.Random(SEED)
    demands = [random_demand(chooser, sites) for _ in range(count)]
    every_ms, _ = print_taken(prepared, demands, title="in service only")
    print_kept("p95 of all", float(np.percentile(every_ms, 95)), limit_ms=P95_LIMIT_MS)
    wider = [replace(asked, accepted_statuses=WITH_OPTIONS) for asked in demands]
    _, designed_ms = print_taken(prepared, wider, title="with options and planned spans")
    print_kept(
        "p95 of designs", float(np.percentile(designed_ms, 95)), limit_ms=WITH_OPTIONS_P95_LIMIT_MS
    )
    print_kept("longest design", float(designed_ms.max()), limit_ms=WITH_OPTIONS_MAX_LIMIT_MS)


def print_kept(what: str, taken_ms: float, *, limit_ms: float) -> None:
    kept = "kept" if taken_ms <= limit_ms else "BROKEN"
    print(f"  {what} {taken_ms:.0f} ms, limit {limit_ms:g} ms: {kept}")


def print_taken(
    prepared: PreparedNetwork, demands: list[ServiceDemand], *, title: str
) -> tuple[np.ndarray, np.ndarray]:
    """CPU time of all demands and of those that were designed [ms], printed by kind of answer."""
    answers = []
    taken_ms = np.array(
        [
            cpu_ms(lambda asked=asked: answers.append(design_service(prepared, asked)))
            for asked in demands
        ]
    )
    designed = np.array([isinstance(answer, ServiceDesign) for answer in answers])
    cut_short = sum(
        any(told.subject == CUT_SHORT_SUBJECT for told in answer.offers[0].assumptions)
        for answer in answers
        if isinstance(answer, ServiceDesign)
    )
    print(
        f"design_service, {len(demands):,} random demands {title}; "
        f"{cut_short} cheapest offers not proven"
    )
    for name, chosen in (
        ("all", np.ones(len(demands), dtype=bool)),
        ("refused", ~designed),
        ("one path", designed & ~protected(demands)),
        ("1+1", designed & protected(demands)),
    ):
        if not chosen.any():
            continue
        p50, p95 = np.percentile(taken_ms[chosen], [50, 95])
        largest = taken_ms[chosen].max()
        slowest = demands[int(np.where(chosen, taken_ms, 0.0).argmax())]
        print(
            f"  {name:<10}{chosen.sum():>6}   p50 {p50:7.1f} ms   p95 {p95:7.1f} ms"
            f"   max {largest:7.1f} ms: {slowest.a_site_id}-{slowest.z_site_id} "
            f"{slowest.bit_rate_gbps:g}G {slowest.protection.value}, "
            f"at most {slowest.latency_ms_max} ms"
        )
    return taken_ms, taken_ms[designed]


def protected(demands: list[ServiceDemand]) -> np.ndarray:
    return np.array([asked.protection is Protection.ONE_PLUS_ONE for asked in demands])


def print_routes(prepared: PreparedNetwork, sites: list[str]) -> None:
    """The same graph, cost and pairs for both; hand-overs and statuses included."""
    graph = prepared.graph
    barred = status_mask(graph, prepared.network, IN_SERVICE)
    peer = nx.DiGraph()
    for arc, (tail, head) in enumerate(
        zip(graph.digraph.tail_of, graph.digraph.head_of, strict=True)
    ):
        if graph.digraph.risk_masks[arc] & barred:
            continue
        cost = graph.length_mm[arc]
        if not peer.has_edge(tail, head) or peer[tail][head]["cost"] > cost:
            peer.add_edge(tail, head, cost=cost)
    chooser = random.Random(SEED)
    pairs = [chooser.sample(sites, 2) for _ in range(ROUTE_PAIRS)]
    ends = [(graph.origin[a_site], graph.destination[z_site]) for a_site, z_site in pairs]
    joined = [pair for pair in ends if nx.has_path(peer, *pair)]
    ours_ms = cpu_ms(
        lambda: [
            k_shortest_paths(
                graph.digraph,
                cost=graph.length_mm,
                ends=Ends.between(*pair),
                k=ROUTES,
                avoid=Avoided(risk_mask=barred),
            )
            for pair in joined
        ]
    )
    peer_ms = cpu_ms(
        lambda: [
            list(islice(nx.shortest_simple_paths(peer, *pair, weight="cost"), ROUTES))
            for pair in joined
        ]
    )
    each_ms, peer_each_ms = ours_ms / len(joined), peer_ms / len(joined)
    print(
        f"{ROUTES} shortest routes, {len(joined)} random pairs: {each_ms:.1f} ms each, "
        f"networkx {nx.__version__} (peer, parallel spans merged) {peer_each_ms:.1f} ms, "
        f"ratio {peer_each_ms / each_ms:.1f}"
    )


def main() -> None:
    reading_ms = [cpu_ms(lambda: read_network(corridor_folder())) for _ in range(6)]
    network = read_network(corridor_folder())
    prepared = prepare(network)
    preparing_ms = [cpu_ms(lambda: prepare(network)) for _ in range(5)]
    sites = sorted(sites_with(network, EquipmentKind.ROADM, IN_SERVICE))
    print(
        f"corridor: {len(network.sites)} sites, {len(network.spans)} spans, {len(sites)} ROADM "
        f"sites in service\n"
        f"read_network {reading_ms[0]:.0f} ms the first time, {np.median(reading_ms[1:]):.0f} ms "
        f"after; prepare {np.median(preparing_ms):.0f} ms"
    )
    print_designs(prepared, sites, count=int(sys.argv[1]) if len(sys.argv) > 1 else DEMANDS)
    print_routes(prepared, sites)


if __name__ == "__main__":
    sys.exit(main())
