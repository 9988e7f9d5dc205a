"""Does a way come back to a site where it has been, and how is the best that does not found?

A site may have several ports, one for each operator and owner; the routing engine keeps a path
from visiting a port twice, not from coming back to the site by another. No such way is offered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from karakoram.core.identifiers import SiteId
from karakoram.engines.routing import (
    ArcPath,
    Avoided,
    DisjointPair,
    Ends,
    PathAnswer,
    PathRule,
    RiskWeights,
    least_shared_pair,
    paths_without_return,
    risks_in,
    shared_risks,
)
from karakoram.network.network import Network
from karakoram.planning.route_graph import RouteGraph

LOOKED_AT_MAX = 2_000
"""Paths looked at in one search, at most, those that come back to a site counted: about 50 ms."""

WAYS_PAIRED_MAX = 40
"""Paths of which pairs are made where no other search finds one; 1,600 pairs take about 5 ms."""

PairRules = tuple[PathRule, PathRule]


def site_met_again(
    graph: RouteGraph, network: Network, path: ArcPath, *, start: SiteId
) -> SiteId | None:
    """The first site that the path comes back to; ``None`` for a path without loops.

    Parameters
    ----------
    graph
        The network as a graph.
    network
        The network.
    path
        Arcs from end to end.
    start
        Where it begins.
    """
    return _first_loop(graph, network, path, start=start)[0]


def ways_without_loops(
    graph: RouteGraph, *, ends: Ends, cost: Sequence[int], avoid: Avoided
) -> Iterator[ArcPath]:
    """The paths by rising cost, each chain of spans once, that visit no site twice.

    Parameters
    ----------
    graph
        The network as a graph.
    ends
        Vertices between which to search.
    cost
        Of each arc, shape (arc,).
    avoid
        Risks and vertices that no path touches.
    """
    return graph.distinct(
        path for path in _looked_at(graph, ends=ends, cost=cost, avoid=avoid) if path is not None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstWays:
    """The first ways by rising cost, of a search whose work is bounded."""

    paths: tuple[ArcPath, ...]
    complete: bool
    """Whether there is certainly none before the last, or none besides where they are too few."""


def first_ways_without_loops(
    graph: RouteGraph, *, ends: Ends, cost: Sequence[int], rule: PathRule, k: int
) -> FirstWays:
    """The ``k`` best paths that obey the rule and visit no site twice.

    Fewer, and not complete, where so many are not among the first ``LOOKED_AT_MAX`` looked at.

    Parameters
    ----------
    graph
        The network as a graph.
    ends
        Vertices between which to search.
    cost
        Of each arc, shape (arc,).
    rule
        What a path must obey.
    k
        How many are wanted.
    """
    looked_at = 0

    def allowed() -> Iterator[ArcPath]:
        nonlocal looked_at
        paths = _looked_at(graph, ends=ends, cost=cost, avoid=rule.avoid)
        for path in islice(paths, LOOKED_AT_MAX):
            looked_at += 1
            if path is not None and rule.allows(graph.digraph, path):
                yield path

    paths = tuple(islice(graph.distinct(allowed()), k))
    return FirstWays(paths=paths, complete=len(paths) == k or looked_at < LOOKED_AT_MAX)


def best_way_without_loops(
    graph: RouteGraph, *, ends: Ends, cost: Sequence[int], rule: PathRule
) -> PathAnswer:
    """The best path that obeys the rule and visits no site twice.

    Where none of the first ``LOOKED_AT_MAX`` does, that there is none is not proven.

    Parameters
    ----------
    graph
        The network as a graph.
    ends
        Vertices between which to search.
    cost
        Of each arc, shape (arc,).
    rule
        What a path must obey.
    """
    first = first_ways_without_loops(graph, ends=ends, cost=cost, rule=rule, k=1)
    return PathAnswer(path=next(iter(first.paths), None), proven=first.complete)


def _looked_at(
    graph: RouteGraph, *, ends: Ends, cost: Sequence[int], avoid: Avoided
) -> Iterator[ArcPath | None]:
    """The paths by rising cost; ``None`` for each that was looked at in vain."""
    return paths_without_return(
        graph.digraph, cost=cost, ends=ends, avoid=avoid, place_of=graph.site_number
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairSearch:
    """Which pair is looked for: what its paths cost, what they share, what they must obey."""

    ends: Ends
    cost: Sequence[int]
    risks: RiskWeights
    rules: PairRules

    def best_pair(self, graph: RouteGraph, rules: PairRules) -> DisjointPair | None:
        """The pair that shares least and then costs least, loops left aside."""
        return least_shared_pair(
            graph.digraph, cost=self.cost, ends=self.ends, risks=self.risks, rules=rules
        )


def pair_without_loops(
    graph: RouteGraph, network: Network, *, start: SiteId, search: PairSearch
) -> DisjointPair | None:
    """The best pair whose paths visit no site twice.

    While a path comes back to a site, the spans of its loop are barred for it and the pair is
    searched anew; a pair found in this way is not proven to be the best. Where so much is barred
    that none is left, it is the best of the first ``WAYS_PAIRED_MAX`` paths by cost.

    Parameters
    ----------
    graph
        The network as a graph.
    network
        The network.
    start
        Where both paths begin.
    search
        How a pair is searched, and by which rules.
    """
    rules = search.rules
    pair = search.best_pair(graph, rules)
    if pair is None:
        return None
    while pair is not None:
        first, second = (
            _first_loop(graph, network, path, start=start)[1] for path in (pair.first, pair.second)
        )
        if not first and not second:
            return pair if rules == search.rules else replace(pair, proof="capped")
        rules = (_barred(rules[0], first), _barred(rules[1], second))
        pair = search.best_pair(graph, rules)
    return _pair_of_first_ways(graph, search)


def _pair_of_first_ways(graph: RouteGraph, search: PairSearch) -> DisjointPair | None:
    first, second = (
        first_ways_without_loops(
            graph, ends=search.ends, cost=search.cost, rule=rule, k=WAYS_PAIRED_MAX
        ).paths
        for rule in search.rules
    )
    pairs = [_as_pair(one, other, risks=search.risks) for one in first for other in second]
    return min(pairs, key=lambda pair: (pair.shared_weight, pair.cost), default=None)


def _as_pair(first: ArcPath, second: ArcPath, *, risks: RiskWeights) -> DisjointPair:
    shared = shared_risks(first, second, free_mask=risks.free_mask)
    return DisjointPair(
        first=first,
        second=second,
        shared_mask=shared,
        shared_weight=sum(risks.weights[risk] for risk in risks_in(shared)),
        cost=first.cost + second.cost,
        proof="capped",
        subproblems=0,
    )


def _first_loop(
    graph: RouteGraph, network: Network, path: ArcPath, *, start: SiteId
) -> tuple[SiteId | None, int]:
    """The first site met again, and the risks that are the spans since it was met before."""
    here = start
    seen = {start: 0}
    span_ids = graph.spans_of(path)
    for place, span_id in enumerate(span_ids, start=1):
        here = network.spans[span_id].far_end(here)
        if here in seen:
            return here, graph.span_mask(span_ids[seen[here] : place])
        seen[here] = place
    return None, 0


def _barred(rule: PathRule, risk_mask: int) -> PathRule:
    return replace(rule, avoid=replace(rule.avoid, risk_mask=rule.avoid.risk_mask | risk_mask))
