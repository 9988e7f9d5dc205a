"""Which are the routes of thousands of pairs of a topology, in one compiled call?

As good as those that ``topology_routes`` finds pair by pair, and proved as well; where two answers
are equally good it may be the other. Importing this module loads the compiler, which takes about a
second, so whoever has few pairs does not.
"""

from collections.abc import Iterator, Sequence
from itertools import repeat

import numpy as np

from karakoram.core.identifiers import SiteId
from karakoram.engines.routing.diverse import Diverse, diverse_pairs
from karakoram.engines.routing.ranked import ranked_paths
from karakoram.engines.routing.section_graph import WORD_BITS, SectionGraph, section_graph
from karakoram.planning.topology_answers import (
    DisjointKind,
    DisjointTopologyRoutes,
    TopologyPairRoutes,
    TopologyQuestion,
    TopologyRoute,
)
from karakoram.planning.topology_graph import TopologyGraph
from karakoram.planning.topology_routes import disjoint_routes, pair_routes, without_routes

Pairs = Sequence[tuple[SiteId, SiteId]]
"""From where to where."""
_BOTH = 2


def batch_routes(
    graph: TopologyGraph, question: TopologyQuestion, pairs: Pairs
) -> Iterator[TopologyPairRoutes]:
    """The routes of each pair, in their order.

    Sites to pass are a matter of each pair by itself, and so are two routes that share least
    where the best two of all take longer than the rule allows.

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
    both = repeat(None) if question.disjoint is None else _disjoint(graph, question, pairs)
    for pair, routes, apart in zip(pairs, ways, both, strict=False):
        if not routes:
            yield without_routes(graph, question, pair)
            continue
        yield TopologyPairRoutes(
            a_site_id=pair[0], z_site_id=pair[1], routes=routes, disjoint=apart
        )


def _ranked(
    graph: TopologyGraph, question: TopologyQuestion, pairs: Pairs
) -> Iterator[tuple[TopologyRoute, ...]]:
    """The first k routes of each pair that obey."""
    found = ranked_paths(
        _section_graph(graph, None),
        _vertices(graph, pairs),
        k=question.k,
        usable=graph.usable_sections(question.rule),
    )
    for number in range(len(pairs)):
        routes = (graph.route(arcs) for arcs in found.arcs_of_pair(number))
        yield tuple(route for route in routes if route.latency_ms <= question.rule.latency_ms_max)


def _disjoint(
    graph: TopologyGraph, question: TopologyQuestion, pairs: Pairs
) -> Iterator[DisjointTopologyRoutes | None]:
    """The two routes of each pair that share least, both within the latency."""
    found = diverse_pairs(
        _section_graph(graph, question.disjoint),
        _vertices(graph, pairs),
        question=Diverse(),
        usable=graph.usable_sections(question.rule),
    )
    assert found.shared_words is not None, "diversity was asked for"
    for number, pair in enumerate(pairs):
        routes = tuple(graph.route(arcs) for arcs in found.paths.arcs_of_pair(number))
        if len(routes) < _BOTH:
            yield None
        elif max(route.latency_ms for route in routes) > question.rule.latency_ms_max:
            yield disjoint_routes(graph, question.rule, pair=pair)
        else:
            yield DisjointTopologyRoutes(
                routes=(routes[0], routes[1]),
                shared_risks=tuple(
                    graph.risks[bit] for bit in _bits_set(found.shared_words[number])
                ),
                proof=str(found.proofs[number]),
            )


def _vertices(graph: TopologyGraph, pairs: Pairs) -> list[tuple[int, int]]:
    return [(graph.vertex_of[a], graph.vertex_of[z]) for a, z in pairs]


def _bits_set(words: np.ndarray) -> list[int]:
    """The numbers of the risks in a row of words, ascending."""
    return [
        place * WORD_BITS + bit
        for place, word in enumerate(words.tolist())
        for bit in range(WORD_BITS)
        if word >> bit & 1
    ]


def _section_graph(graph: TopologyGraph, disjoint: DisjointKind | None) -> SectionGraph:
    """The topology as compiled searches see it, risks numbered alike; whole millimetres."""
    columns = graph.columns
    groups: list[list[int]] = []
    if disjoint is DisjointKind.SRLG:
        groups = [[] for _ in graph.topology.sections]
        for section, group in zip(columns.risk_section, columns.risk_group, strict=True):
            groups[int(section)].append(int(group))
    return section_graph(
        columns.site_count,
        ends=np.stack([columns.a_site, columns.z_site], axis=1),
        cost=np.array(graph.section_mm, dtype=np.int64),
        groups=groups,
        sites_are_risks=disjoint is DisjointKind.SITE,
    )
