"""Which two paths of a pair share no risk and cost least together, or else share least?

For many pairs in one call; exact, and every answer says what proved it. Importing this module
loads the compiler.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # type: ignore[import-untyped] # submodules load on first use: nobody pays for it idle
from jaxtyping import Bool, Int, UInt64

from karakoram.engines.routing.collected import pair_order, paths_in_order, with_paths
from karakoram.engines.routing.digraph import Avoided, Ends, mask_of, risks_in
from karakoram.engines.routing.diverse_search import (
    FOUND,
    NO_PATH,
    WAY_COLUMNS,
    RiskSearch,
    diverse_batch,
)
from karakoram.engines.routing.heaps import empty_heap
from karakoram.engines.routing.pairs import DisjointPair, RiskWeights, least_shared_pair
from karakoram.engines.routing.ranked import section_weights
from karakoram.engines.routing.route_records import RouteBatch
from karakoram.engines.routing.rules import PathRule
from karakoram.engines.routing.section_graph import (
    WORD_BITS,
    OutArcs,
    SectionGraph,
    checked_pairs,
    digraph_of,
    out_arcs,
)
from karakoram.engines.routing.tree_search import tree_search


@dataclass(frozen=True, slots=True, kw_only=True)
class Diverse:
    """Two paths without a common risk, or those with the least."""

    risk_weights: tuple[int, ...] | None = None
    """Per risk of the graph: what sharing it weighs where something must be shared, >= 1; one each
    when not said. Sites at the ends are free."""
    least_shared: bool = True
    """Whether pairs without diverse paths get those that share least, which takes milliseconds
    for each; if not, they get none."""
    subproblem_cap: int = 2_000
    """Subproblems of a pair before the search for one question at a time takes over, >= 1."""

    def __post_init__(self) -> None:
        if self.subproblem_cap < 1:
            raise ValueError(f"subproblem_cap must be >= 1, got {self.subproblem_cap}")


def diverse_pairs(
    graph: SectionGraph,
    pairs: Int[np.ndarray, "pair 2"] | Sequence[tuple[int, int]],
    *,
    question: Diverse,
    usable: Bool[np.ndarray, " section"] | None = None,
) -> RouteBatch:
    """The two paths of every pair that share no risk and cost least together.

    Where none exist, and where ``subproblem_cap`` did not suffice, the answer is that of
    ``least_shared_pair``. The less costly path comes first.

    Parameters
    ----------
    graph
        Sections with their costs and risks; costs are added as by ``integer_costs``.
    pairs
        Source and target of each pair, two different vertices, shape (pair, 2).
    question
        Weights and limits.
    usable
        Whether a path may use each section, shape (section,); all may when not said.

    Returns
    -------
    Two paths of every pair, what proved them, and what they share. No paths where not one exists.

    Raises
    ------
    ValueError
        If a pair is not two vertices, costs are too large to be added, or weights do not fit.

    References
    ----------
    .. [1] J.-Q. Hu, "Diverse routing in optical mesh networks", IEEE Trans. Communications 51,
       2003, 489-494: the problem is NP-complete.

    Examples
    --------
    >>> from karakoram.engines.routing.section_graph import section_graph
    >>> three = section_graph(
    ...     2, ends=[(0, 1)] * 3, cost=[1, 2, 9], groups=[[0], [0], []]
    ... )
    >>> batch = diverse_pairs(three, [(0, 1)], question=Diverse())
    >>> batch.paths.arcs_of_pair(0), batch.proofs.tolist()
    (((0,), (4,)), ['branching'])
    """
    both = checked_pairs(graph, pairs)
    out = out_arcs(graph, usable)
    search = tree_search(out, section_weights(graph, "length")[out.arcs // 2])
    room = _risk_search(graph, out, question.subproblem_cap)
    asked = pair_order(both, 2)
    became = np.zeros(len(both), dtype=np.int64)
    found = diverse_batch(search, room, (asked, became, out.arcs))
    paths = paths_in_order(found, asked, graph=graph)
    proofs = np.where(became == FOUND, "branching", "none")
    shared = np.zeros((len(both), graph.risk_words.shape[1]), dtype=np.uint64)
    if question.least_shared:
        open_pairs = np.flatnonzero((became != FOUND) & (became != NO_PATH)).tolist()
        answers = _least_shared(graph, both[open_pairs], question, usable=usable)
        more = {}
        for number, answer in zip(open_pairs, answers, strict=True):
            proofs[number] = answer.proof
            shared[number] = _words(answer.shared_mask, shared.shape[1])
            more[number] = (answer.first.arcs, answer.second.arcs)
        paths = with_paths(paths, more, graph=graph)
    return RouteBatch(paths=paths, proofs=proofs, shared_words=shared)


def telling_risks(graph: SectionGraph) -> Int[np.ndarray, " risk"]:
    """Numbers of the risks that decide whether paths are diverse; the others follow from them.

    Who shares a risk shares every other that lies at least on the same sections. A site may be
    free, so what follows from a site alone is kept.
    """
    exposed = scipy.sparse.csr_array(graph.exposure.T.astype(np.int64))
    common = (exposed @ exposed.T).tocoo()
    spread = exposed.sum(axis=1)
    one, other = common.coords
    follows = (
        (one != other)
        & (common.data == spread[one])
        & (other < graph.first_site)
        & ((spread[other] > spread[one]) | (other > one) | (one >= graph.first_site))
    )
    followed = np.zeros(graph.risk_count, dtype=bool)
    followed[one[follows]] = True
    return np.flatnonzero(~followed & (spread > 0))


def _risk_search(graph: SectionGraph, out: OutArcs, cap: int) -> RiskSearch:
    risks = telling_risks(graph)
    exposed = graph.exposure[out.arcs // 2][:, risks]
    words = max(1, -(-len(risks) // WORD_BITS))
    octets = np.zeros((len(exposed), words * WORD_BITS // 8), dtype=np.uint8)
    packed = np.packbits(exposed, axis=1, bitorder="little")
    octets[:, : packed.shape[1]] = packed
    site_risk = np.full(graph.vertex_count, -1)
    is_site = risks >= graph.first_site
    site_risk[risks[is_site] - graph.first_site] = np.flatnonzero(is_site)
    ways = 2 * cap + 2
    return RiskSearch(
        risks=octets.view("<u8").astype(np.uint64),
        spread=np.append(exposed.sum(axis=0), 0),
        site_risk=site_risk,
        ways=np.zeros((ways, WAY_COLUMNS), dtype=np.int64),
        way_slots=np.zeros((ways, graph.vertex_count), dtype=np.int64),
        avoided=np.zeros((ways, words), dtype=np.uint64),
        met=np.zeros((ways, words), dtype=np.uint64),
        free=np.zeros(words, dtype=np.uint64),
        waiting=empty_heap(ways),
        made=np.zeros(1, dtype=np.int64),
    )


def _least_shared(
    graph: SectionGraph,
    pairs: Int[np.ndarray, "pair 2"],
    question: Diverse,
    *,
    usable: Bool[np.ndarray, " section"] | None,
) -> list[DisjointPair]:
    """The answers of the search for one question at a time."""
    digraph, arc_cost = digraph_of(graph), graph.arc_cost
    weights = question.risk_weights or (1,) * graph.risk_count
    barred = [] if usable is None else np.flatnonzero(~usable).tolist()  # a section is a risk
    rule = PathRule(avoid=Avoided(risk_mask=mask_of(barred)))
    answers = []
    for source, target in pairs.tolist():
        sites = [graph.first_site + vertex for vertex in (source, target)]
        free = mask_of(sites) if graph.first_site < graph.risk_count else 0
        answer = least_shared_pair(
            digraph,
            cost=arc_cost,
            ends=Ends.between(source, target),
            risks=RiskWeights(weights=weights, free_mask=free),
            rules=(rule, rule),
            subproblem_cap=question.subproblem_cap,
        )
        assert answer is not None  # there is a path, and it may be used twice
        answers.append(answer)
    return answers


def _words(mask: int, count: int) -> UInt64[np.ndarray, " word"]:
    words = np.zeros(count, dtype=np.uint64)
    for risk in risks_in(mask):
        words[risk // WORD_BITS] |= np.uint64(1 << risk % WORD_BITS)
    return words
