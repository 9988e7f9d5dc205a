"""Which path of a pair is cheapest when it must obey a rule, for many pairs in one call?

Most pairs' cheapest paths obey without being told to: the first few of each are tried before any
pair is searched for by itself. Importing this module loads the compiler.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Int

from karakoram.engines.routing.collected import with_paths
from karakoram.engines.routing.digraph import Ends
from karakoram.engines.routing.ranked import ranked_paths
from karakoram.engines.routing.route_records import RankedPaths, RouteBatch
from karakoram.engines.routing.rules import PathRule, constrained_path
from karakoram.engines.routing.section_graph import (
    SectionGraph,
    checked_pairs,
    digraph_of,
    usable_sections,
)
from karakoram.engines.routing.shortest import path_of_arcs

TRIED = 8
"""Paths of a pair that are tried before it is searched for by itself."""


def ruled_paths(
    graph: SectionGraph,
    pairs: Int[np.ndarray, "pair 2"] | Sequence[tuple[int, int]],
    *,
    rule: PathRule,
) -> RouteBatch:
    """The cheapest path of every pair that obeys the rule; none where no path does.

    Because loopless paths come by rising cost, the first of them that obeys is the cheapest that
    does. Where none of the first TRIED obeys, ``constrained_path`` searches. A proof "capped"
    without a path says that the search was given up, so that one may exist.

    Parameters
    ----------
    graph
        Sections with their costs; limits of the rule are per arc, arc ``2 i`` being section ``i``
        from a to z and ``2 i + 1`` the same section back.
    pairs
        Source and target of each pair, two different vertices, shape (pair, 2).
    rule
        What every path must avoid, pass and keep within.

    Raises
    ------
    ValueError
        If a pair is not two vertices, amounts do not fit the arcs, or costs are too large.

    Examples
    --------
    >>> from karakoram.engines.routing.rules import ResourceLimit
    >>> from karakoram.engines.routing.section_graph import section_graph
    >>> two_ways = section_graph(3, ends=[(0, 1), (1, 2), (0, 2)], cost=[1, 1, 9])
    >>> transit = ResourceLimit(amounts=(5.0, 5.0, 0.0, 0.0, 0.0, 0.0), most=4.0)
    >>> batch = ruled_paths(two_ways, [(0, 2), (1, 2)], rule=PathRule(limits=(transit,)))
    >>> batch.paths.arcs_of_pair(0), batch.paths.arcs_of_pair(1)
    (((4,),), ((2,),))
    """
    both = checked_pairs(graph, pairs)
    digraph, arc_cost = digraph_of(graph), graph.arc_cost.tolist()
    usable = usable_sections(graph, rule.avoid)
    first = ranked_paths(graph, both, k=TRIED, usable=usable)
    answers: dict[int, tuple[tuple[int, ...], ...]] = {}
    proofs = np.full(len(both), "none", dtype="<U9")
    for number, (source, target) in enumerate(both.tolist()):
        tried = first.arcs_of_pair(number)
        ways = (path_of_arcs(digraph, arcs, values=arc_cost) for arcs in tried)
        path = next((way for way in ways if rule.allows(digraph, way)), None)
        proven = True
        if path is None and len(tried) == TRIED:
            answer = constrained_path(
                digraph, cost=arc_cost, ends=Ends.between(source, target), rule=rule
            )
            path, proven = answer.path, answer.proven
        if path is not None:
            answers[number] = (path.arcs,)
        if path is not None or not proven:
            proofs[number] = "search" if proven else "capped"
    nothing = RankedPaths(
        pair_offsets=np.zeros(len(both) + 1, dtype=np.int64),
        path_offsets=np.zeros(1, dtype=np.int64),
        arcs=np.zeros(0, dtype=np.int32),
        costs=first.costs[:0],
    )
    return RouteBatch(paths=with_paths(nothing, answers, graph=graph), proofs=proofs)
