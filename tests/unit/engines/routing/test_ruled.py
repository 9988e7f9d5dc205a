"""Is the cheapest path that obeys a rule found for every pair, and an unfinished search told?"""

import numpy as np
import pytest

from karakoram.engines.routing import ruled, rules
from karakoram.engines.routing.digraph import Avoided, Ends
from karakoram.engines.routing.ruled import TRIED, ruled_paths
from karakoram.engines.routing.rules import PathRule, ResourceLimit
from karakoram.engines.routing.section_graph import digraph_of, section_graph
from tests.support.path_oracle import all_ways, obeys, total
from tests.support.section_graphs import all_pairs, random_sections

# More parallel ways than are tried first; the dearer, the faster.
SLOW_WAYS = TRIED + 4
WAYS = section_graph(2, ends=[(0, 1)] * SLOW_WAYS, cost=list(range(SLOW_WAYS)))


def faster_than(most):
    latency = tuple(float(SLOW_WAYS - arc // 2) for arc in range(2 * SLOW_WAYS))
    return PathRule(limits=(ResourceLimit(amounts=latency, most=most),))


def random_rule(rng, graph):
    arcs = 2 * graph.section_count
    limits = tuple(
        ResourceLimit(
            amounts=tuple(rng.integers(0, 5, size=arcs).tolist()), most=float(rng.integers(0, 12))
        )
        for _ in range(rng.integers(0, 4))
    )
    place = frozenset(rng.integers(0, graph.vertex_count, size=2).tolist())
    avoided = rng.integers(0, graph.vertex_count, size=rng.integers(0, 2)).tolist()
    return PathRule(
        limits=limits,
        via=(place,) if rng.random() < 0.4 else (),
        avoid=Avoided(risk_mask=int(rng.integers(0, 4)), vertices=frozenset(avoided)),
    )


def test_a_path_beyond_those_tried_first_is_searched_for():
    assert ruled_paths(WAYS, [(0, 1)], rule=faster_than(2.0)).paths.costs.tolist() == [
        SLOW_WAYS - 2
    ]
    assert ruled_paths(WAYS, [(0, 1)], rule=faster_than(99.0)).paths.costs.tolist() == [0]


def test_a_search_that_was_given_up_proves_nothing(monkeypatch):
    monkeypatch.setattr(rules, "LABELS_MAX", 0)
    long = section_graph(3, ends=[(0, 1), *[(1, 2)] * SLOW_WAYS], cost=[1] * (SLOW_WAYS + 1))
    amounts = (1.0, 1.0) + (5.0,) * (2 * SLOW_WAYS - 2) + (1.0, 1.0)
    rule = PathRule(limits=(ResourceLimit(amounts=amounts, most=2.0),))
    batch = ruled_paths(long, [(0, 2)], rule=rule)
    assert batch.paths.path_counts.tolist() == [0]
    assert batch.proofs.tolist() == ["capped"]


@pytest.mark.parametrize("tried", [1, TRIED])
@pytest.mark.parametrize("seed", range(4))
def test_ruled_paths_cost_what_trying_all_paths_does(seed, tried, monkeypatch):
    monkeypatch.setattr(ruled, "TRIED", tried)
    rng = np.random.default_rng(seed)
    found, none = 0, 0
    for _ in range(25):
        graph = random_sections(rng, vertices=(3, 8), sections=(6, 14))
        rule = random_rule(rng, graph)
        pairs = rng.permutation(all_pairs(graph))[:4]
        batch = ruled_paths(graph, pairs, rule=rule)
        digraph = digraph_of(graph)
        for number, pair in enumerate(pairs.tolist()):
            ways = [w for w in all_ways(digraph, Ends.between(*pair)) if obeys(digraph, rule, w)]
            expected = min((int(total(graph.arc_cost, way)) for way in ways), default=None)
            ours = batch.paths.arcs_of_pair(number)
            if expected is None:
                assert ours == ()
                assert batch.proofs[number] == "none"
                none += 1
            else:
                assert ours[0] in ways
                assert total(graph.arc_cost, ours[0]) == expected
                assert batch.proofs[number] == "search"
                found += 1
    assert found > 15
    assert none > 15
