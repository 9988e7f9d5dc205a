"""Which two paths share least when every risk lies on one section or one vertex only?

Then the pair is a minimum-cost flow of two units: the first unit through a section pays its
cost, the second pays the price of sharing on top. When other risks span several sections,
the flow is still a lower bound, and its dual values are the prices at which a section or
a vertex is worth leaving to the other path. With these prices two paths can be searched for
one by one without losing the bound.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappop, heappush

from karakoram.engines.routing.digraph import risks_in
from karakoram.engines.routing.reduction import Core

_UNLIMITED = 3
"""A flow limit that two units cannot reach, so that the dual values stay feasible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingPrices:
    """What the flow of two units tells about a core."""

    bundle_prices: tuple[int, ...]
    """Per bundle: 0 <= price <= what sharing it costs; 0 where it spans several places."""
    priced_costs: tuple[int, ...]
    """Per core arc: its cost plus the price of the bundles charged on it."""
    first: tuple[int, ...]
    second: tuple[int, ...]
    """Core arcs of the two paths of the flow."""


@dataclass(slots=True, kw_only=True)
class _Residual:
    """The residual network; edge ``e ^ 1`` is the reverse of edge ``e``. Local to one call."""

    heads: list[int]
    costs: list[int]
    left: list[int]
    leaving: list[list[int]]

    def add(self, tail: int, head: int, *, cost: int, flow_limit: int) -> int:
        edge = len(self.heads)
        self.heads += (head, tail)
        self.costs += (cost, -cost)
        self.left += (flow_limit, 0)
        self.leaving[tail].append(edge)
        self.leaving[head].append(edge + 1)
        return edge


def sharing_prices(core: Core, *, weight_price: int) -> SharingPrices:
    """The flow of two units and its dual values.

    For potentials p the price of a place is p(head) - p(tail) - cost, between 0 and what
    sharing it costs. It is charged on both arcs of a section, and on the arcs that leave
    a vertex, because a loopless path uses at most one of each.

    Parameters
    ----------
    core
        The reduced graph.
    weight_price
        Cost of one unit of shared weight; larger than the cost of any pair of paths.

    Returns
    -------
    Prices, the costs with them, and the two paths of the flow in core arcs.

    References
    ----------
    .. [1] J. W. Suurballe, R. E. Tarjan, "A quick method for finding shortest pairs of
       disjoint paths", Networks 14, 1984, 325-336.
    .. [2] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, Network Flows, 1993, ch. 9 and 14.
    """
    section_bundle, vertex_bundle = _local_bundles(core)
    count = core.graph.vertex_count
    network = _Residual(heads=[], costs=[], left=[], leaving=[[] for _ in range(2 * count)])
    arc_edges, vertex_edges = _filled(
        network, core, local=(section_bundle, vertex_bundle), weight_price=weight_price
    )
    source, target = count + core.source, core.target
    potential = [0] * (2 * count)
    for _ in range(2):
        _augment(network, potential, source=source, target=target)
    prices = [0] * len(core.bundles)
    for edges, bundle_of in ((arc_edges, section_bundle), (vertex_edges, vertex_bundle)):
        for place, bundle in bundle_of.items():
            edge = edges[place][0]
            slack = potential[network.heads[edge]] - potential[network.heads[edge ^ 1]]
            ceiling = weight_price * core.bundles[bundle].weight
            prices[bundle] = max(prices[bundle], min(slack - network.costs[edge], ceiling))
    priced = list(core.costs)
    for arc, bundle in section_bundle.items():
        priced[arc] += prices[bundle]
    for vertex, bundle in vertex_bundle.items():
        for _, arc in core.graph.out_arcs[vertex]:
            priced[arc] += prices[bundle]
    first, second = _two_paths(network, core, arc_edges)
    return SharingPrices(
        bundle_prices=tuple(prices), priced_costs=tuple(priced), first=first, second=second
    )


def _local_bundles(core: Core) -> tuple[dict[int, int], dict[int, int]]:
    """The bundle of each arc whose section it fills, and of each vertex whose arcs it fills."""
    of_arc: dict[int, int] = {}
    of_vertex: dict[int, int] = {}
    graph = core.graph
    for number, bundle in enumerate(core.bundles):
        arcs = risks_in(bundle.core_arcs)
        ends = {(graph.tail_of[arc], graph.head_of[arc]) for arc in arcs}
        if len(ends) == len(arcs) and len({frozenset(pair) for pair in ends}) == 1:
            rival = of_arc.get(arcs[0])
            if rival is None or core.bundles[rival].weight < bundle.weight:
                of_arc.update(dict.fromkeys(arcs, number))
            continue
        for vertex in (graph.tail_of[arcs[0]], graph.head_of[arcs[0]]):
            star = {arc for _, arc in (*graph.out_arcs[vertex], *graph.in_arcs[vertex])}
            if vertex not in (core.source, core.target) and star == set(arcs):
                of_vertex[vertex] = number
    return of_arc, of_vertex


def _filled(
    network: _Residual,
    core: Core,
    *,
    local: tuple[dict[int, int], dict[int, int]],
    weight_price: int,
) -> tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]]:
    """Put arcs and vertices into the network; their edges are returned, first unit first.

    Vertex ``v`` is entered at ``v`` and left at ``v + vertex_count``.
    """
    section_bundle, vertex_bundle = local
    count = core.graph.vertex_count

    def place(ends: tuple[int, int], cost: int, bundle: int | None) -> tuple[int, ...]:
        if bundle is None:
            return (network.add(*ends, cost=cost, flow_limit=_UNLIMITED),)
        shared = cost + weight_price * core.bundles[bundle].weight
        return (
            network.add(*ends, cost=cost, flow_limit=1),
            network.add(*ends, cost=shared, flow_limit=_UNLIMITED),
        )

    vertex_edges = {
        vertex: place((vertex, vertex + count), 0, vertex_bundle.get(vertex))
        for vertex in range(count)
    }
    arc_edges = {
        arc: place((tail + count, head), core.costs[arc], section_bundle.get(arc))
        for arc, (tail, head) in enumerate(zip(core.graph.tail_of, core.graph.head_of, strict=True))
    }
    return arc_edges, vertex_edges


def _augment(network: _Residual, potential: list[int], *, source: int, target: int) -> None:
    """Send one unit along the cheapest way and update the potentials."""
    distance: list[float | int] = [math.inf] * len(potential)
    distance[source] = 0
    entered: dict[int, int] = {}
    heap: list[tuple[int, int]] = []
    heads, costs, left = network.heads, network.costs, network.left
    reached, vertex = 0, source
    while vertex != target:
        if reached == distance[vertex]:
            base = reached + potential[vertex]
            for edge in network.leaving[vertex]:
                head = heads[edge]
                candidate = base + costs[edge] - potential[head]
                if left[edge] and candidate < distance[head]:
                    distance[head] = candidate
                    entered[head] = edge
                    heappush(heap, (candidate, head))
        reached, vertex = heappop(heap)  # a core has a path, and no unit fills it
    limit = int(distance[target])
    for vertex, reached_at in enumerate(distance):
        potential[vertex] += int(min(reached_at, limit))
    vertex = target
    while vertex != source:
        edge = entered[vertex]
        left[edge] -= 1
        left[edge ^ 1] += 1
        vertex = heads[edge ^ 1]


def _two_paths(
    network: _Residual, core: Core, arc_edges: dict[int, tuple[int, ...]]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The flow as two loopless paths of core arcs."""
    used = [
        arc
        for arc, edges in arc_edges.items()
        for _ in range(sum(network.left[edge ^ 1] for edge in edges))
    ]
    first, second = paths_of_flow(core, used, units=2)
    return first, second


def paths_of_flow(core: Core, used: Iterable[int], *, units: int) -> tuple[tuple[int, ...], ...]:
    """The loopless paths from source to target that a flow consists of, one for each unit.

    What the flow sends round a loop belongs to no path and is dropped.

    Parameters
    ----------
    core
        The reduced graph.
    used
        Core arcs, each as often as the flow has units on it.
    units
        Units that flow from the core's source to its target.
    """
    onward: dict[int, list[int]] = {}
    for arc in used:
        onward.setdefault(core.graph.tail_of[arc], []).append(arc)
    return tuple(_walked(core, onward) for _ in range(units))


def _walked(core: Core, onward: dict[int, list[int]]) -> tuple[int, ...]:
    """A loopless path; the arcs walked are taken out of ``onward``, which one call owns."""
    vertex, arcs, place_of = core.source, list[int](), {core.source: 0}
    while vertex != core.target:
        arc = onward[vertex].pop()
        arcs.append(arc)
        vertex = core.graph.head_of[arc]
        if vertex in place_of:
            arcs = arcs[: place_of[vertex]]
            place_of = {v: place for v, place in place_of.items() if place <= len(arcs)}
        else:
            place_of[vertex] = len(arcs)
    return tuple(arcs)
