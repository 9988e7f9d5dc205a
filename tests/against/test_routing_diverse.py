"""Does an integer program, written for this test alone, find the same diverse pairs in a batch?"""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from karakoram.engines.routing.digraph import Ends, risks_in
from karakoram.engines.routing.diverse import Diverse, diverse_pairs
from karakoram.engines.routing.pairs import RiskWeights, least_shared_pair
from karakoram.engines.routing.section_graph import WORD_BITS, digraph_of, section_graph
from tests.support.section_graphs import all_pairs, of_topohub, packaged, random_sections

SEED = 20261128
TOPOLOGIES = {
    "germany50": (packaged, 4),
    "janos-us": (packaged, 6),
    "jpn48": (packaged, 4),
    "nsfnet": (packaged, 8),
    "cost239": (packaged, 8),
    "usnet": (packaged, 6),
    "sndlib/polska": (of_topohub, 8),
    "sndlib/norway": (of_topohub, 6),
}
"""How each is read, and how many of its pairs are compared."""

SHARING = {
    "germany50": (packaged, 6),
    "janos-us": (packaged, 12),
    "germany50 inner": (lambda _: of_topohub("sndlib/germany50", tenths=range(3, 8)), 6),
    "sndlib/india35": (of_topohub, 6),
}
"""Those of which many pairs must share something, and how many of these are compared."""
PAIRS_ALONE = 40


def merit_by_integer_program(graph, source, target):
    """(risks shared, cost of both paths); None without a path. Costs as they are ordered."""
    sections, risks = graph.exposure.shape
    arcs = 2 * sections
    tails = np.stack([graph.a, graph.z], axis=1).ravel()
    heads = np.stack([graph.z, graph.a], axis=1).ravel()
    cost = np.repeat(graph.integer_cost, 2) / max(graph.integer_cost.max(), 1)
    entries, lower, upper = [], [], []

    def row(terms, low, high):
        entries.extend((len(lower), column, value) for column, value in terms)
        lower.append(low)
        upper.append(high)

    # Columns: arcs of path 1, arcs of path 2, risk met by 1, risk met by 2, risk shared.
    for path in (0, 1):
        for vertex in range(graph.vertex_count):
            leaving = [(path * arcs + int(arc), 1) for arc in np.flatnonzero(tails == vertex)]
            entering = [(path * arcs + int(arc), -1) for arc in np.flatnonzero(heads == vertex)]
            balance = (vertex == source) - (vertex == target)
            row(leaving + entering, balance, balance)
        for section, risk in zip(*np.nonzero(graph.exposure), strict=True):
            both_ways = [(path * arcs + 2 * int(section) + way, 1) for way in (0, 1)]
            row([*both_ways, (2 * arcs + path * risks + int(risk), -1)], -np.inf, 0)
    for risk in range(risks):
        met = [(2 * arcs + risk, 1), (2 * arcs + risks + risk, 1)]
        row([*met, (2 * arcs + 2 * risks + risk, -1)], -np.inf, 1)
    objective = np.concatenate(
        [cost, cost, np.zeros(2 * risks), np.full(risks, 2.0 + 2 * sections)]
    )
    at, column, value = zip(*entries, strict=True)
    rows = coo_array((value, (at, column)), shape=(len(lower), len(objective)))
    answer = milp(
        objective,
        integrality=np.arange(len(objective)) < 2 * arcs,
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(rows, lower, upper),
        options={"mip_rel_gap": 0.0},
    )
    if answer.x is None:
        return None
    chosen = np.rint(answer.x[: 2 * arcs]).astype(bool)
    met = [
        graph.exposure[np.flatnonzero(chosen[path * arcs :][:arcs]) // 2].any(axis=0)
        for path in (0, 1)
    ]
    total = sum(int(graph.integer_cost[arc % arcs // 2]) for arc in np.flatnonzero(chosen))
    return int((met[0] & met[1]).sum()), total


def assert_the_program_agrees(graph, pairs):
    """Which proofs were given, and of how many pairs something is shared."""
    batch = diverse_pairs(graph, pairs, question=Diverse())
    shared = np.bitwise_count(batch.shared_words).sum(axis=1).tolist()
    for number, (source, target) in enumerate(pairs.tolist()):
        expected = merit_by_integer_program(graph, source, target)
        ways = batch.paths.arcs_of_pair(number)
        if expected is None:
            assert ways == ()
            assert batch.proofs[number] == "none"
            continue
        total = sum(int(graph.integer_cost[arc // 2]) for way in ways for arc in way)
        assert (shared[number], total) == expected
    return set(batch.proofs.tolist()), shared


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_diverse_pairs_agree_with_an_independent_integer_program(name):
    read, count = TOPOLOGIES[name]
    graph = read(name)
    pairs = np.random.default_rng(SEED).permutation(all_pairs(graph))[:count]
    proofs, _ = assert_the_program_agrees(graph, pairs)
    assert proofs == {"branching"}


def sharing_pairs(graph):
    """The pairs without diverse paths."""
    pairs = all_pairs(graph)
    apart = diverse_pairs(graph, pairs, question=Diverse(least_shared=False))
    return pairs[apart.paths.path_counts == 0]


@pytest.mark.parametrize("name", SHARING)
def test_least_shared_pairs_agree_with_an_independent_integer_program(name):
    read, count = SHARING[name]
    graph = read(name)
    drawn = np.random.default_rng(SEED).permutation(sharing_pairs(graph))[:count]
    proofs, shared = assert_the_program_agrees(graph, drawn)
    assert proofs == {"branching"}
    assert min(shared) > 0


@pytest.mark.parametrize("name", SHARING)
def test_least_shared_pairs_in_one_call_are_as_good_as_pair_by_pair(name):
    read, _ = SHARING[name]
    graph, rng = read(name), np.random.default_rng(SEED)
    weights = tuple(rng.integers(1, 9, graph.risk_count).tolist())
    pairs = rng.permutation(sharing_pairs(graph))[:PAIRS_ALONE]
    batch = diverse_pairs(graph, pairs, question=Diverse(risk_weights=weights))
    assert set(batch.proofs.tolist()) == {"branching"}
    digraph, risks = digraph_of(graph), RiskWeights(weights=weights)
    for number, pair in enumerate(pairs.tolist()):
        ends = Ends.between(*pair)
        alone = least_shared_pair(digraph, cost=graph.arc_cost, ends=ends, risks=risks)
        words = batch.shared_words[number].tolist()
        mask = sum(word << WORD_BITS * place for place, word in enumerate(words))
        assert sum(weights[risk] for risk in risks_in(mask)) == alone.shared_weight
        begin = batch.paths.pair_offsets[number]
        assert batch.paths.costs[begin : begin + 2].sum() == pytest.approx(alone.cost, rel=1e-12)


def test_diverse_pairs_of_random_graphs_agree_with_an_independent_integer_program():
    rng = np.random.default_rng(SEED)
    diverse, sharing = 0, 0
    for _ in range(12):
        graph = random_sections(rng, vertices=(4, 9), sections=(8, 18), groups=5)
        _, shared = assert_the_program_agrees(graph, rng.permutation(all_pairs(graph))[:3])
        diverse += shared.count(0)
        sharing += len(shared) - shared.count(0)
    assert diverse > 8
    assert sharing > 8


def test_groups_scattered_over_a_large_graph_are_left_to_another_search():
    rng = np.random.default_rng(SEED)
    count = 60
    groups = [rng.choice(25, size=4, replace=False).tolist() for _ in range(count)]
    graph = section_graph(
        10,
        ends=rng.integers(0, 10, size=(count, 2)),
        cost=rng.integers(1, 99, count),
        groups=groups,
    )
    pairs = rng.permutation(all_pairs(graph))[:3]
    few = diverse_pairs(graph, pairs, question=Diverse(subproblem_cap=1))
    many = diverse_pairs(graph, pairs, question=Diverse(subproblem_cap=5_000))
    assert few.paths.costs.tolist() == many.paths.costs.tolist()
    assert few.shared_words.tolist() == many.shared_words.tolist()
