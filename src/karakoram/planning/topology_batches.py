"""Which are the routes of thousands of pairs of a topology, in one compiled call?

The same answers as ``topology_routes`` gives pair by pair. Importing this module loads the
compiler, which takes about a second, so whoever has few pairs does not.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from karakoram.core.identifiers import SiteId
from karakoram.engines.routing.ranked import ranked_paths
from karakoram.engines.routing.section_graph import SectionGraph, section_graph
from karakoram.planning.topology_answers import (
    TopologyPairRoutes,
    TopologyQuestion,
    TopologyRoute,
)
from karakoram.planning.topology_graph import TopologyGraph
from karakoram.planning.topology_routes import disjoint_routes, pair_routes, without_routes


def batch_routes(
    graph: TopologyGraph, question: TopologyQuestion, pairs: Sequence[tuple[SiteId, SiteId]]
) -> Iterator[TopologyPairRoutes]:
    """The routes of each pair, in their order.

    Sites to pass are a matter of each pair by itself, and so are two routes that share least.

    Parameters
    ----------
    graph
        Made for the disjointness of the question.
    question
        How many routes, and what they must obey.
    pairs
        From where to where, two different sites each.
    """
    if question.rule.via_site_ids:
        yield from (pair_routes(graph, question, pair) for pair in pairs)
        return
    ways = _ranked(graph, question, pairs)
    for pair, routes in zip(pairs, ways, strict=True):
        if not routes:
            yield without_routes(graph, question, pair)
            continue
        yield TopologyPairRoutes(
            a_site_id=pair[0],
            z_site_id=pair[1],
            routes=routes,
            disjoint=None
            if question.disjoint is None
            else disjoint_routes(graph, question.rule, pair=pair),
        )


def _ranked(
    graph: TopologyGraph, question: TopologyQuestion, pairs: Sequence[tuple[SiteId, SiteId]]
) -> Iterator[tuple[TopologyRoute, ...]]:
    """The first k routes of each pair that obey."""
    found = ranked_paths(
        _section_graph(graph),
        [(graph.vertex_of[a], graph.vertex_of[z]) for a, z in pairs],
        k=question.k,
        usable=graph.usable_sections(question.rule),
    )
    for number in range(len(pairs)):
        routes = (graph.route(arcs) for arcs in found.arcs_of_pair(number))
        yield tuple(route for route in routes if route.latency_ms <= question.rule.latency_ms_max)


def _section_graph(graph: TopologyGraph) -> SectionGraph:
    """The topology as compiled searches see it; lengths in whole millimetres."""
    columns = graph.columns
    return section_graph(
        columns.site_count,
        ends=np.stack([columns.a_site, columns.z_site], axis=1),
        cost=np.array(graph.section_mm, dtype=np.int64),
    )
