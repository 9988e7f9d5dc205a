"""Do the first k paths of many pairs come in the promised order, compiled and interpreted?"""

import math

import numpy as np
import pytest

from karakoram.engines.routing import collected, heaps, ranked, ranked_search, tree_search
from karakoram.engines.routing.digraph import Ends
from karakoram.engines.routing.k_shortest import k_shortest_paths
from karakoram.engines.routing.ranked import ranked_paths, section_weights
from karakoram.engines.routing.section_graph import digraph_of, section_graph
from tests.support.interpreted import interpreted
from tests.support.section_graphs import all_pairs, packaged, random_sections

SQUARE = section_graph(
    4, ends=[(0, 1), (1, 3), (0, 2), (2, 3), (1, 2), (0, 3)], cost=[1, 1, 1, 1, 1, 2]
)


def expected(graph, pair, k):
    """The same question to the search that answers pair by pair."""
    ends = Ends.between(*(int(vertex) for vertex in pair))
    found = k_shortest_paths(digraph_of(graph), cost=graph.arc_cost, ends=ends, k=k)
    return tuple(path.arcs for path in found)


def test_equal_costs_come_with_fewer_arcs_first_then_by_arc_number():
    paths = ranked_paths(SQUARE, [(0, 3)], k=9)
    assert paths.arcs_of_pair(0) == ((10,), (0, 2), (4, 6), (0, 8, 6), (4, 9, 2))
    assert paths.costs.tolist() == [2, 2, 2, 3, 3]
    assert paths.arc_counts.tolist() == [1, 2, 2, 3, 3]


def test_by_hops_the_less_costly_of_equally_many_arcs_comes_first():
    graph = section_graph(3, ends=[(0, 2), (0, 1), (1, 2), (0, 2)], cost=[9, 1, 1, 7])
    assert ranked_paths(graph, [(0, 2)], k=3).arcs_of_pair(0) == ((2, 4), (6,), (0,))
    assert ranked_paths(graph, [(0, 2)], k=3, order="hops").arcs_of_pair(0) == ((6,), (0,), (2, 4))


def test_pairs_keep_their_order_whatever_their_targets():
    pairs = [(0, 3), (3, 1), (2, 3), (0, 1), (1, 3)]
    paths = ranked_paths(SQUARE, pairs, k=2)
    assert paths.pair_count == 5
    for number, pair in enumerate(pairs):
        assert paths.arcs_of_pair(number) == expected(SQUARE, pair, 2)


def test_a_pair_without_a_way_has_no_paths():
    graph = section_graph(4, ends=[(0, 1), (2, 3)], cost=[1, 1])
    paths = ranked_paths(graph, [(0, 2), (2, 3), (1, 0)], k=3)
    assert paths.path_counts.tolist() == [0, 1, 1]
    assert paths.arcs.tolist() == [2, 1]


def test_nothing_asked_is_nothing_answered():
    for paths in (ranked_paths(SQUARE, [], k=3), ranked_paths(SQUARE, [(0, 3)], k=0)):
        assert len(paths.costs) == len(paths.arcs) == 0
    bare = section_graph(2, ends=[], cost=[])
    assert ranked_paths(bare, [(0, 1)], k=1).path_counts.tolist() == [0]


def test_unusable_sections_are_on_no_path():
    usable = np.array([True, True, True, True, False, False])
    assert ranked_paths(SQUARE, [(0, 3)], k=9, usable=usable).arcs_of_pair(0) == ((0, 2), (4, 6))


def test_a_negative_k_is_refused():
    with pytest.raises(ValueError, match="k must be >= 0, got -1"):
        ranked_paths(SQUARE, [(0, 3)], k=-1)


def test_answers_cannot_be_written():
    paths = ranked_paths(SQUARE, [(0, 3)], k=2)
    for column in (paths.pair_offsets, paths.path_offsets, paths.arcs, paths.costs):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0


def test_costs_that_cannot_be_added_are_refused():
    huge = section_graph(3, ends=[(0, 1), (1, 2)], cost=[1 << 60, 1])
    with pytest.raises(ValueError, match="give whole numbers of a larger unit"):
        ranked_paths(huge, [(0, 2)], k=1)


def test_what_comes_second_never_outweighs_what_comes_first():
    # Three arcs at most, which cost at most 4 together; four vertices, so three arcs weigh < 5.
    assert section_weights(SQUARE, "hops").tolist() == [5 + 1] * 5 + [5 + 2]
    assert section_weights(SQUARE, "length").tolist() == [5 * 1 + 1] * 5 + [5 * 2 + 1]


def test_sums_are_as_if_rounded_once():
    graph = packaged("germany50")
    paths = ranked_paths(graph, all_pairs(graph)[::25], k=4)
    exact = [
        math.fsum(graph.cost[arc // 2] for arc in arcs)
        for pair in range(paths.pair_count)
        for arcs in paths.arcs_of_pair(pair)
    ]
    assert paths.costs.tolist() == exact


@pytest.mark.parametrize("seed", range(12))
def test_interpreted_the_search_gives_what_pair_by_pair_comes(seed):
    rng = np.random.default_rng(seed)
    graph = random_sections(rng, vertices=(3, 8), sections=(4, 14))
    pairs = rng.permutation(all_pairs(graph))[:4]
    k = int(rng.choice([1, 4, 200]))
    with interpreted(collected, heaps, tree_search, ranked_search, ranked):
        paths = ranked_paths(graph, pairs, k=k)
    for number, pair in enumerate(pairs):
        assert paths.arcs_of_pair(number) == expected(graph, pair, k)


def test_interpreted_arrays_grow_when_there_are_many_paths():
    everyone = section_graph(6, ends=all_pairs(section_graph(6, ends=[], cost=[])), cost=[1] * 15)
    with interpreted(collected, heaps, tree_search, ranked_search, ranked):
        paths = ranked_paths(everyone, [(0, 5), (4, 2)], k=200)
    assert paths.path_counts.tolist() == [65, 65]
    for number, pair in enumerate([(0, 5), (4, 2)]):
        assert paths.arcs_of_pair(number) == expected(everyone, pair, 200)
