"""Are the trees made of cheapest paths?"""

import numpy as np
import pytest

from karakoram.engines.routing import Digraph, Ends, shortest_path
from karakoram.engines.routing.trees import path_trees


def random_graph(rng, *, vertices, arcs):
    tails = rng.integers(0, vertices, arcs)
    heads = (tails + rng.integers(1, vertices, arcs)) % vertices
    return Digraph(vertex_count=vertices, tails=tails, heads=heads, risk_masks=(0,) * arcs)


def arcs_to(graph, trees, source, vertex):
    arcs = []
    while (arc := int(trees.entering_arc[source, vertex])) >= 0:
        arcs.append(arc)
        vertex = graph.tail_of[arc]
    return tuple(reversed(arcs))


def test_every_path_of_random_trees_is_the_shortest_path():
    rng = np.random.default_rng(1)
    compared = 0
    for _ in range(30):
        graph = random_graph(rng, vertices=9, arcs=20)
        cost = rng.uniform(1.0, 100.0, graph.arc_count)
        trees = path_trees(graph, cost=cost, sources=range(9))
        for source in range(9):
            for vertex in range(9):
                if source == vertex:
                    assert trees.arc_count[source, vertex] == 0
                    assert trees.entering_arc[source, vertex] == -1
                    continue
                best = shortest_path(graph, cost=cost, ends=Ends.between(source, vertex))
                arcs = arcs_to(graph, trees, source, vertex)
                assert arcs == (best.arcs if best else ())
                assert trees.arc_count[source, vertex] == (len(arcs) if best else -1)
                compared += best is not None
    assert compared > 500


def test_of_two_parallel_arcs_the_cheaper_is_taken():
    graph = Digraph(
        vertex_count=2, tails=np.array([0, 0]), heads=np.array([1, 1]), risk_masks=(0, 0)
    )
    trees = path_trees(graph, cost=[5, 3], sources=[0])
    assert trees.entering_arc.tolist() == [[-1, 1]]


def test_arcs_that_cost_nothing_make_no_circles():
    graph = Digraph(
        vertex_count=3,
        tails=np.array([0, 1, 1, 2]),
        heads=np.array([1, 0, 2, 1]),
        risk_masks=(0,) * 4,
    )
    trees = path_trees(graph, cost=[0, 0, 0, 0], sources=[0, 2])
    assert trees.arc_count.tolist() == [[0, 1, 2], [2, 1, 0]]


def test_costs_that_do_not_fit_are_refused():
    graph = Digraph(vertex_count=2, tails=np.array([0]), heads=np.array([1]), risk_masks=(0,))
    with pytest.raises(ValueError, match="1 arcs, got 2"):
        path_trees(graph, cost=[1, 2], sources=[0])
