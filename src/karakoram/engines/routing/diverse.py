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
from karakoram.engines.routing.digraph import Avoided, Ends, mask_of
from karakoram.engines.routing.diverse_search import diverse_batch
from karakoram.engines.routing.heaps import empty_heap
from karakoram.engines.routing.pairs import DisjointPair, RiskWeights, least_shared_pair
from karakoram.engines.routing.ranked import section_weights
from karakoram.engines.routing.risk_search import FOUND, GIVEN_UP, WAY_COLUMNS, RiskSearch
from karakoram.engines.routing.route_records import RankedPaths, RouteBatch
from karakoram.engines.routing.rules import PathRule
from karakoram.engines.routing.section_graph import (
    WORD_BITS,
    OutArcs,
    SectionGraph,
    checked_pairs,
    digraph_of,
    out_arcs,
)
from karakoram.engines.routing.sharing_search import (
    PROGRESS_PLACES,
    SUBPROBLEM_COLUMNS,
    SharingSearch,
)
from karakoram.engines.routing.tree_search import tree_search

_SUM_MAX = 1 << 61
"""What weights may be together at most; sums of them, and room, fit a 64-bit integer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diverse:
    """Two paths without a common risk, or those with the least."""

    risk_weights: tuple[int, ...] | None = None
    """Per risk of the graph: what sharing it weighs where something must be shared, >= 1; one each
    when not said. Sites at the ends are free."""
    least_shared: bool = True
    """Whether pairs without diverse paths get those that share least; if not, they get none."""
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

    Where none exist, the two that share least weight of risk and, of those, cost least together.
    Where ``subproblem_cap`` did not suffice, ``least_shared_pair`` answers instead, and may need
    milliseconds for it. The less costly path comes first.

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
    weights = _checked_weights(graph, question)
    out = out_arcs(graph, usable)
    search = tree_search(out, section_weights(graph, "length")[out.arcs // 2])
    apart = _risk_search(graph, out, risks=telling_risks(graph), cap=question.subproblem_cap)
    sharing = _sharing_search(graph, out, weights=weights, cap=question.subproblem_cap)
    asked = pair_order(both, 2)
    became = np.zeros(len(both), dtype=np.int64)
    rooms = (apart, sharing, question.least_shared)
    found = diverse_batch(search, rooms, (asked, became, out.arcs))
    paths = paths_in_order(found, asked, graph=graph)
    proofs = np.where(became == FOUND, "branching", "none")
    open_pairs = np.flatnonzero(became == GIVEN_UP).tolist()
    if question.least_shared and open_pairs:
        answers = _one_by_one(graph, both[open_pairs], question, usable=usable)
        more = {}
        for number, answer in zip(open_pairs, answers, strict=True):
            proofs[number] = answer.proof
            more[number] = (answer.first.arcs, answer.second.arcs)
        paths = with_paths(paths, more, graph=graph)
    return RouteBatch(paths=paths, proofs=proofs, shared_words=_shared_words(graph, paths, both))


def telling_risks(graph: SectionGraph) -> Int[np.ndarray, " risk"]:
    """Numbers of the risks that decide whether paths are diverse; the others follow from them.

    Who shares a risk shares every other that lies at least on the same sections. A site may be
    free, so what follows from a site alone is kept.
    """
    one, other, common, spread = _common_sections(graph.exposure)
    follows = (
        (one != other)
        & (common == spread[one])
        & (other < graph.first_site)
        & ((spread[other] > spread[one]) | (other > one) | (one >= graph.first_site))
    )
    followed = np.zeros(graph.risk_count, dtype=bool)
    followed[one[follows]] = True
    return np.flatnonzero(~followed & (spread > 0))


def _common_sections(
    exposure: Bool[np.ndarray, "section risk"],
) -> tuple[Int[np.ndarray, " couple"], ...]:
    """Couples of risks on common sections: one, the other, how many; and each risk on how many."""
    exposed = scipy.sparse.csr_array(exposure.T.astype(np.int64))
    common = (exposed @ exposed.T).tocoo()
    return *common.coords, common.data, exposure.sum(axis=0)


def _risk_bundles(graph: SectionGraph) -> Int[np.ndarray, " risk"]:
    """The lowest of the risks on the same sections, per risk; -1 for one that lies on none.

    Those are shared together or not at all. A site may be free, so it is by itself.
    """
    lowest: dict[bytes, int] = {}
    octets = np.packbits(graph.exposure.T, axis=1)
    return np.array(
        [
            -1
            if not any(row)
            else lowest.setdefault(row, risk)
            if risk < graph.first_site
            else risk
            for risk, row in enumerate(map(bytes, octets))
        ],
        dtype=np.int64,
    )


def _checked_weights(graph: SectionGraph, question: Diverse) -> Int[np.ndarray, " risk"]:
    """What sharing each risk weighs, as whole numbers that can be added."""
    weights = question.risk_weights or (1,) * graph.risk_count
    RiskWeights(weights=weights)  # says which is wrong
    if len(weights) < graph.risk_count:
        raise ValueError(f"expected weights of {graph.risk_count} risks, got {len(weights)}")
    if sum(weights) >= _SUM_MAX:
        raise ValueError(
            f"the weights are {sum(weights)} together, expected less than {_SUM_MAX}: give whole "
            f"numbers of a larger unit"
        )
    return np.array(weights[: graph.risk_count], dtype=np.int64)


def _risk_search(
    graph: SectionGraph, out: OutArcs, *, risks: Int[np.ndarray, " risk"], cap: int
) -> RiskSearch:
    """Room for subproblems in which only these risks are known."""
    exposed = graph.exposure[out.arcs // 2][:, risks]
    words = _packed(exposed)
    site_risk = np.full(graph.vertex_count, -1)
    is_site = risks >= graph.first_site
    site_risk[risks[is_site] - graph.first_site] = np.flatnonzero(is_site)
    ways = 2 * cap + 2
    return RiskSearch(
        risks=words,
        spread=np.append(exposed.sum(axis=0), 0),
        site_risk=site_risk,
        ways=np.zeros((ways, WAY_COLUMNS), dtype=np.int64),
        way_slots=np.zeros((ways, graph.vertex_count), dtype=np.int64),
        avoided=np.zeros((ways, words.shape[1]), dtype=np.uint64),
        met=np.zeros((ways, words.shape[1]), dtype=np.uint64),
        onward=np.zeros((graph.vertex_count, words.shape[1]), dtype=np.uint64),
        free=np.zeros(words.shape[1], dtype=np.uint64),
        waiting=empty_heap(3 * cap + 1),
        made=np.zeros(1, dtype=np.int64),
    )


def _sharing_search(
    graph: SectionGraph, out: OutArcs, *, weights: Int[np.ndarray, " risk"], cap: int
) -> SharingSearch:
    """Room for subproblems in which every bundle of risks is known."""
    bundle = _risk_bundles(graph)
    risks, inverse = np.unique(bundle[bundle >= 0], return_inverse=True)
    implied = np.zeros((len(risks), len(risks)), dtype=bool)
    one, other, common, spread = _common_sections(graph.exposure[:, risks])
    implied[one, other] = common == spread[one]
    summed = np.zeros(len(risks), dtype=np.int64)
    np.add.at(summed, inverse, weights[bundle >= 0])
    ways = _risk_search(graph, out, risks=risks, cap=cap)
    room = 3 * cap + 1  # one to begin with, and each is split in three
    return SharingSearch(
        ways=ways,
        weights=summed,
        implied=_packed(implied),
        subproblems=np.zeros((room, SUBPROBLEM_COLUMNS), dtype=np.int64),
        accepted=np.zeros((room, ways.risks.shape[1]), dtype=np.uint64),
        heavier=empty_heap(room),
        progress=np.zeros(PROGRESS_PLACES, dtype=np.int64),
    )


def _packed(bits: Bool[np.ndarray, "row risk"]) -> UInt64[np.ndarray, "row word"]:
    """Each row as words, at least one of them."""
    words = max(1, -(-bits.shape[1] // WORD_BITS))
    octets = np.zeros((len(bits), words * WORD_BITS // 8), dtype=np.uint8)
    packed = np.packbits(bits, axis=1, bitorder="little")
    octets[:, : packed.shape[1]] = packed
    return octets.view("<u8").astype(np.uint64)


def _shared_words(
    graph: SectionGraph, paths: RankedPaths, pairs: Int[np.ndarray, "pair 2"]
) -> UInt64[np.ndarray, "pair word"]:
    """The risks that both paths of each pair meet, without those that its ends are."""
    shared = np.zeros((len(pairs), graph.risk_words.shape[1]), dtype=np.uint64)
    if len(paths.arcs) == 0:
        return shared
    met = np.bitwise_or.reduceat(graph.risk_words[paths.arcs // 2], paths.path_offsets[:-1])
    has_paths = paths.path_counts > 0
    shared[has_paths] = met[0::2] & met[1::2]
    if graph.first_site < graph.risk_count:
        for end in (0, 1):
            word, bit = np.divmod(graph.first_site + pairs[:, end], WORD_BITS)
            shared[np.arange(len(pairs)), word] &= ~(np.uint64(1) << bit.astype(np.uint64))
    return shared


def _one_by_one(
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
