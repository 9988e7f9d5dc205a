"""Which laws hold for paths and pairs on every graph?

The oracle tries every loopless path and every pair of them; the engine never does.
"""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.engines.routing import (
    Avoided,
    Digraph,
    Ends,
    PathRule,
    ResourceLimit,
    RiskWeights,
    constrained_path,
    k_shortest_paths,
    least_shared_pair,
    paths_without_return,
    shortest_path,
    unavoidable_risks,
)
from tests.support.path_oracle import all_ways, best_merit, mask_along, obeys, total

RISKS = 6
relaxed = settings(deadline=None, max_examples=150)


def graph_from(data, *, vertices_max=6, sections_max=10):
    """Sections both ways and single arcs, parallel ones and loops too, costs as integers."""
    draw = data.draw
    vertices = draw(st.integers(3, vertices_max))
    vertex = st.integers(0, vertices - 1)
    arcs, costs, masks = [], [], []
    for _ in range(draw(st.integers(1, sections_max))):
        a, z, cost = draw(vertex), draw(vertex), draw(st.integers(0, 5))
        mask = draw(st.integers(0, (1 << RISKS) - 1)) & draw(st.integers(0, (1 << RISKS) - 1))
        for ends in [(a, z), (z, a)][: 1 + draw(st.booleans())]:
            arcs.append(ends)
            costs.append(cost)
            masks.append(mask)
    tails, heads = np.array(arcs).T
    graph = Digraph(vertex_count=vertices, tails=tails, heads=heads, risk_masks=tuple(masks))
    return graph, costs


def ends_from(data, graph):
    """One source or two, and one target."""
    draw = data.draw
    order = draw(st.permutations(range(graph.vertex_count)))
    split = draw(st.integers(1, 2 if graph.vertex_count > 3 else 1))
    return Ends(sources=frozenset(order[:split]), targets=frozenset(order[split : split + 1]))


def rule_from(data, graph):
    draw = data.draw
    amounts = st.lists(st.integers(0, 5), min_size=graph.arc_count, max_size=graph.arc_count)
    limits = [
        ResourceLimit(amounts=tuple(draw(amounts)), most=float(draw(st.integers(0, 12))))
        for _ in range(draw(st.integers(0, 3)))
    ]
    vertex = st.integers(0, graph.vertex_count - 1)
    place = st.frozensets(vertex, min_size=1, max_size=2)
    return PathRule(
        avoid=Avoided(
            risk_mask=draw(st.sampled_from([0, 0, 1, 2, 5])),
            vertices=draw(st.sampled_from([frozenset(), frozenset({1})])),
        ),
        limits=tuple(limits),
        via=tuple(draw(st.lists(place, max_size=2))),
    )


@relaxed
@given(st.data())
def test_the_shortest_path_is_the_cheapest_of_all_paths(data):
    graph, costs = graph_from(data)
    ends = ends_from(data, graph)
    rule = PathRule(avoid=Avoided(risk_mask=data.draw(st.integers(0, 7))))
    ways = [way for way in all_ways(graph, ends) if obeys(graph, rule, way)]
    found = shortest_path(graph, cost=costs, ends=ends, avoid=rule.avoid)
    assert (found is None) == (not ways)
    if found is not None:
        assert found.arcs in ways
        assert found.cost == min(total(costs, way) for way in ways)
        assert found.risk_mask == mask_along(graph, found.arcs)


@relaxed
@given(st.data())
def test_k_shortest_paths_are_all_loopless_paths_in_order(data):
    graph, costs = graph_from(data)
    ends = ends_from(data, graph)
    found = k_shortest_paths(graph, cost=costs, ends=ends, k=10_000)
    expected = sorted(all_ways(graph, ends), key=lambda way: (total(costs, way), len(way), way))
    assert [path.arcs for path in found] == expected
    for path in found:
        assert len(set(path.vertices)) == len(path.vertices)


@relaxed
@given(st.data())
def test_paths_without_return_are_all_that_come_back_to_no_place(data):
    graph, costs = graph_from(data)
    source, target, *_ = data.draw(st.permutations(range(graph.vertex_count)))
    inner = st.integers(0, 3)
    place_of = [data.draw(inner) for _ in range(graph.vertex_count)]
    place_of[target] = 4 + data.draw(st.integers(0, 1))
    ends = Ends.between(source, target)

    found = paths_without_return(graph, cost=costs, ends=ends, place_of=place_of)

    def stays_away(way):
        places = [place_of[source], *(place_of[graph.head_of[arc]] for arc in way)]
        entered = [place for place, _ in itertools.groupby(places)]
        return len(set(entered)) == len(entered)

    expected = sorted(all_ways(graph, ends), key=lambda way: (total(costs, way), len(way), way))
    assert [path.arcs for path in found if path is not None] == [
        way for way in expected if stays_away(way)
    ]


@settings(deadline=None, max_examples=400)
@given(st.data())
def test_the_constrained_path_is_the_cheapest_that_obeys(data):
    graph, costs = graph_from(data)
    ends = ends_from(data, graph)
    rule = rule_from(data, graph)
    ways = [way for way in all_ways(graph, ends) if obeys(graph, rule, way)]
    answer = constrained_path(graph, cost=costs, ends=ends, rule=rule)
    assert answer.proven
    if answer.path is None:
        assert not ways
    else:
        assert answer.path.arcs in ways
        assert answer.path.cost == min(total(costs, way) for way in ways)
        assert rule.allows(graph, answer.path)


@settings(deadline=None, max_examples=400)
@given(st.data())
def test_the_least_shared_pair_is_the_best_of_all_pairs(data):
    graph, costs = graph_from(data)
    ends = ends_from(data, graph)
    weights = tuple(data.draw(st.lists(st.integers(1, 4), min_size=RISKS, max_size=RISKS)))
    risks = RiskWeights(weights=weights, free_mask=data.draw(st.sampled_from([0, 0, 1, 6])))
    first = rule_from(data, graph)
    second = first if data.draw(st.booleans()) else rule_from(data, graph)
    expected = best_merit(graph, cost=costs, ends=ends, risks=risks, rules=(first, second))
    pair = least_shared_pair(graph, cost=costs, ends=ends, risks=risks, rules=(first, second))
    if pair is None:
        assert expected is None
        return
    assert (pair.shared_weight, pair.cost) == expected
    assert pair.proof == "branching"
    assert obeys(graph, first, pair.first.arcs)
    assert obeys(graph, second, pair.second.arcs)
    assert pair.shared_mask == pair.first.risk_mask & pair.second.risk_mask & ~risks.free_mask


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_the_integer_program_finds_the_same_pair_when_branching_is_cut_short(data):
    graph, costs = graph_from(data)
    ends = ends_from(data, graph)
    risks = RiskWeights(weights=(1, 2, 3, 1, 2, 3))
    drawn = rule_from(data, graph)
    rule = PathRule(avoid=drawn.avoid, limits=drawn.limits)
    pair = least_shared_pair(
        graph, cost=costs, ends=ends, risks=risks, rules=(rule, PathRule()), subproblem_cap=1
    )
    expected = best_merit(graph, cost=costs, ends=ends, risks=risks, rules=(rule, PathRule()))
    assert (None if pair is None else (pair.shared_weight, pair.cost)) == expected
    assert pair is None or pair.proof in {"branching", "ilp"}


@relaxed
@given(st.data())
def test_a_pair_is_never_cheaper_than_twice_the_shortest_path(data):
    graph, costs = graph_from(data, vertices_max=9, sections_max=20)
    ends = ends_from(data, graph)
    single = shortest_path(graph, cost=costs, ends=ends)
    pair = least_shared_pair(graph, cost=costs, ends=ends, risks=RiskWeights(weights=(1,) * RISKS))
    assert (pair is None) == (single is None)
    if pair is not None and single is not None:
        assert min(pair.first.cost, pair.second.cost) >= single.cost
        assert pair.first.cost + pair.second.cost == pair.cost


@relaxed
@given(st.data())
def test_more_risks_never_lower_the_shared_weight(data):
    graph, costs = graph_from(data, vertices_max=8, sections_max=16)
    ends = ends_from(data, graph)
    weights = RiskWeights(weights=(1,) * RISKS)
    lighter = Digraph(
        vertex_count=graph.vertex_count,
        tails=graph.tails,
        heads=graph.heads,
        risk_masks=tuple(mask & 0b101011 for mask in graph.risk_masks),
    )
    pairs = [
        least_shared_pair(each, cost=costs, ends=ends, risks=weights) for each in (lighter, graph)
    ]
    if pairs[0] is not None and pairs[1] is not None:
        assert pairs[0].shared_weight <= pairs[1].shared_weight


@relaxed
@given(st.data())
def test_unavoidable_risks_are_those_on_every_path(data):
    graph, _ = graph_from(data)
    ends = ends_from(data, graph)
    masks = [mask_along(graph, way) for way in all_ways(graph, ends)]
    found = unavoidable_risks(graph, ends=ends)
    if not masks:
        assert found is None
    else:
        common = masks[0]
        for mask in masks:
            common &= mask
        assert found == common


@relaxed
@given(st.data())
def test_decimal_costs_order_like_the_decimals_they_were_written_as(data):
    graph, costs = graph_from(data)
    ends = ends_from(data, graph)
    tenths = [cost * 37 + arc for arc, cost in enumerate(costs)]
    exact = k_shortest_paths(graph, cost=tenths, ends=ends, k=50)
    decimal = k_shortest_paths(graph, cost=[value / 10 for value in tenths], ends=ends, k=50)
    assert [path.arcs for path in decimal] == [path.arcs for path in exact]
    for before, after in itertools.pairwise(decimal):
        assert before.cost <= after.cost + 1e-9
