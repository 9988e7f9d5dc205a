"""Which routes answer one question for many pairs?

Importing this module loads the compiler.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int

from karakoram.engines.routing.digraph import NOTHING_AVOIDED, Avoided
from karakoram.engines.routing.disjoint import Disjointness, disjoint_paths
from karakoram.engines.routing.diverse import Diverse, diverse_pairs
from karakoram.engines.routing.ranked import PathOrder, ranked_paths
from karakoram.engines.routing.route_records import RouteBatch
from karakoram.engines.routing.ruled import ruled_paths
from karakoram.engines.routing.rules import PathRule
from karakoram.engines.routing.section_graph import SectionGraph, usable_sections


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The first ``k`` loopless paths, by length or by hops."""

    k: int
    order: PathOrder = "length"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disjoint:
    """As many paths without a common section, or site, as there are, ``k`` at most."""

    k: int = 2
    disjoint: Disjointness = "sections"


RouteQuestion = Ranked | Disjoint | Diverse | PathRule
"""What is asked for every pair; a rule asks for the cheapest path that obeys it."""


def routes_of_pairs(
    graph: SectionGraph,
    pairs: Int[np.ndarray, "pair 2"] | Sequence[tuple[int, int]],
    question: RouteQuestion,
    *,
    avoid: Avoided = NOTHING_AVOIDED,
) -> RouteBatch:
    """The routes of every pair, and what the answer rests on.

    Parameters
    ----------
    graph
        Sections with their costs and risks.
    pairs
        Source and target of each pair, two different vertices, shape (pair, 2).
    question
        What is asked for every pair.
    avoid
        Risks and vertices that no path of any pair touches; a rule says what it avoids itself.

    Raises
    ------
    ValueError
        If a pair is not two vertices, or what the question says does not fit the graph.

    Examples
    --------
    >>> from karakoram.engines.routing.section_graph import section_graph
    >>> ring = section_graph(3, ends=[(0, 1), (1, 2), (0, 2)], cost=[1, 1, 3])
    >>> routes_of_pairs(ring, [(0, 2)], Ranked(k=5)).paths.arcs_of_pair(0)
    ((0, 2), (4,))
    >>> routes_of_pairs(ring, [(0, 2)], Diverse()).proofs.tolist()
    ['branching']
    """
    usable = None if avoid == NOTHING_AVOIDED else usable_sections(graph, avoid)
    if isinstance(question, Diverse):
        return diverse_pairs(graph, pairs, question=question, usable=usable)
    if isinstance(question, PathRule):
        if usable is not None:
            raise ValueError("a rule says itself what it avoids: put it there")
        return ruled_paths(graph, pairs, rule=question)
    if isinstance(question, Ranked):
        paths = ranked_paths(graph, pairs, k=question.k, order=question.order, usable=usable)
    else:
        apart = question.disjoint
        paths = disjoint_paths(graph, pairs, k=question.k, disjoint=apart, usable=usable)
    return RouteBatch(paths=paths, proofs=np.where(paths.path_counts > 0, "search", "none"))
