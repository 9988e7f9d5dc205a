"""Which are the shortest routes between two sites of a topology, and which two share least?

Every pair by itself, exact. For thousands of pairs see ``topology_batches``, which gives the same
answers in one call.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, takewhile
from math import inf

from karakoram.core.identifiers import SiteId
from karakoram.engines.routing import (
    ArcPath,
    DisjointPair,
    Ends,
    PathRule,
    ResourceLimit,
    RiskWeights,
    constrained_path,
    least_shared_pair,
    loopless_paths,
    risks_in,
)
from karakoram.planning.offers import Reason
from karakoram.planning.topology_answers import (
    DisjointTopologyRoutes,
    TopologyPairRoutes,
    TopologyQuestion,
    TopologyRoute,
    TopologyRule,
)
from karakoram.planning.topology_graph import TopologyGraph

LOOKED_AT_MAX = 20_000
"""Routes looked at for those that pass given sites; some seconds."""


def pair_routes(
    graph: TopologyGraph, question: TopologyQuestion, pair: tuple[SiteId, SiteId]
) -> TopologyPairRoutes:
    """The routes of one pair, and the most disjoint two if asked for.

    Routes are ordered by length, then by the number of sections, then by the sections' order.

    Parameters
    ----------
    graph
        Made for the disjointness of the question.
    question
        How many routes, and what they must obey.
    pair
        From where to where.
    """
    rule = question.rule
    if rule.avoid_site_ids & set(pair):
        return without_routes(graph, question, pair)
    routes, is_complete = _ranked(graph, question, pair)
    if not routes and is_complete:
        return without_routes(graph, question, pair)
    found = TopologyPairRoutes(
        a_site_id=pair[0],
        z_site_id=pair[1],
        routes=routes,
        disjoint=None if question.disjoint is None else disjoint_routes(graph, rule, pair=pair),
    )
    return found if is_complete else replace(found, reasons=(_search_given_up(),))


def without_routes(
    graph: TopologyGraph, question: TopologyQuestion, pair: tuple[SiteId, SiteId]
) -> TopologyPairRoutes:
    """The answer that there is none, and why."""
    rule = question.rule
    shortest = _first(loopless_paths(graph.digraph, cost=graph.arc_mm, ends=_ends(graph, pair)))
    if shortest is None:
        message = "no section joins the one part of the topology with the other"
    elif rule.latency_ms_max < inf and _first(_within(graph, rule, pair=pair, bounded=False)):
        least = graph.latency_ms(shortest.cost / 1e6)
        message = (
            f"no route that obeys is within {rule.latency_ms_max:g} ms; the shortest of all takes "
            f"{least:.3f} ms"
        )
    else:
        message = "every route touches what is to be avoided, or none passes the given sites"
    return TopologyPairRoutes(
        a_site_id=pair[0],
        z_site_id=pair[1],
        routes=(),
        reasons=(Reason(code="no-route", where=f"{pair[0]}-{pair[1]}", message=message),),
    )


def disjoint_routes(
    graph: TopologyGraph, rule: TopologyRule, *, pair: tuple[SiteId, SiteId]
) -> DisjointTopologyRoutes | None:
    """The two routes that share the fewest risks and, of those, are shortest together.

    Parameters
    ----------
    graph
        Its risks are what counts as shared; the sites at the ends are free.
    rule
        What both obey; the first also passes the given sites.
    pair
        From where to where.
    """
    first = _path_rule(graph, rule)
    found = least_shared_pair(
        graph.digraph,
        cost=graph.arc_mm,
        ends=_ends(graph, pair),
        risks=RiskWeights(
            weights=(1,) * len(graph.risks),
            free_mask=graph.end_mask(*(graph.vertex_of[end] for end in pair)),
        ),
        rules=(first, replace(first, via=())),
    )
    return None if found is None else _disjoint(graph, found)


def _path_rule(graph: TopologyGraph, rule: TopologyRule) -> PathRule:
    """The rule as the routing engine takes it."""
    latencies = tuple(graph.latency_ms(mm / 1e6) for mm in graph.arc_mm)
    bound = ResourceLimit(amounts=latencies, most=rule.latency_ms_max)
    return PathRule(
        avoid=graph.avoided(rule),
        limits=(bound,) if rule.latency_ms_max < inf else (),
        via=tuple(frozenset((graph.vertex_of[site_id],)) for site_id in rule.via_site_ids),
    )


def _ranked(
    graph: TopologyGraph, question: TopologyQuestion, pair: tuple[SiteId, SiteId]
) -> tuple[tuple[TopologyRoute, ...], bool]:
    """The first k routes, and whether there can be no other before or after them."""
    rule = question.rule
    ways = _within(graph, rule, pair=pair, bounded=True)
    if not rule.via_site_ids:
        return tuple(graph.route(path.arcs) for path in islice(ways, question.k)), True
    obeyed = _path_rule(graph, rule)
    best = constrained_path(graph.digraph, cost=graph.arc_mm, ends=_ends(graph, pair), rule=obeyed)
    if best.path is None:
        return (), best.proven
    looked_at = list(islice(ways, LOOKED_AT_MAX)) if question.k > 1 else []
    passing = [path for path in looked_at if obeyed.allows(graph.digraph, path)][: question.k]
    is_complete = best.proven and (
        question.k == 1 or len(passing) == question.k or len(looked_at) < LOOKED_AT_MAX
    )
    return tuple(graph.route(path.arcs) for path in passing or [best.path]), is_complete


def _within(
    graph: TopologyGraph, rule: TopologyRule, *, pair: tuple[SiteId, SiteId], bounded: bool
) -> Iterator[ArcPath]:
    """Routes that touch nothing to be avoided, shortest first, within the latency if bounded."""
    ways = loopless_paths(
        graph.digraph,
        cost=graph.arc_mm,
        ends=_ends(graph, pair),
        avoid=graph.avoided(rule),
    )
    if not bounded:
        return ways
    return takewhile(lambda way: graph.latency_ms(way.cost / 1e6) <= rule.latency_ms_max, ways)


def _first(ways: Iterator[ArcPath]) -> ArcPath | None:
    return next(ways, None)


def _ends(graph: TopologyGraph, pair: tuple[SiteId, SiteId]) -> Ends:
    return Ends.between(graph.vertex_of[pair[0]], graph.vertex_of[pair[1]])


def _disjoint(graph: TopologyGraph, found: DisjointPair) -> DisjointTopologyRoutes:
    return DisjointTopologyRoutes(
        routes=(graph.route(found.first.arcs), graph.route(found.second.arcs)),
        shared_risks=tuple(graph.risks[bit] for bit in risks_in(found.shared_mask)),
        proof=found.proof,
    )


def _search_given_up() -> Reason:
    return Reason(
        code="search-given-up",
        where="via",
        message=f"of the {LOOKED_AT_MAX:,} shortest routes only these pass the given sites; there "
        "may be more",
    )
