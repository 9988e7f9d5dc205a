"""Are the prices of sharing a lower bound that is met when every risk is local?"""

from dataclasses import replace

import numpy as np
import pytest

from karakoram.engines.routing import (
    Digraph,
    Ends,
    RiskWeights,
    digraph_of_sections,
    least_shared_pair,
)
from karakoram.engines.routing.flow import paths_of_flow, sharing_prices
from karakoram.engines.routing.reduction import Reducible, reduced
from karakoram.engines.routing.shortest import shortest_path
from tests.support.topologies import topology

WEIGHT_PRICE = 1_000_000


def priced(graph, costs, ends, weights):
    core = reduced(graph, costs=costs, request=Reducible(ends=ends, weights=weights))
    assert core is not None
    prices = sharing_prices(core, weight_price=WEIGHT_PRICE)
    best = shortest_path(core.graph, cost=prices.priced_costs, ends=core.ends)
    assert best is not None
    return core, prices, 2 * best.cost - sum(prices.bundle_prices)


def test_the_bound_is_the_cost_of_the_disjoint_pair_when_every_risk_is_one_section():
    trap = digraph_of_sections(4, a=[0, 1, 2, 0, 1], z=[1, 2, 3, 2, 3], risk_masks=[1, 2, 4, 8, 16])
    costs = [1, 1, 1, 1, 1, 1, 4, 4, 4, 4]
    core, prices, bound = priced(trap, costs, Ends.between(0, 3), (1,) * 5)
    assert bound == 10
    assert {core.expanded(prices.first), core.expanded(prices.second)} == {(0, 8), (6, 4)}


def test_a_shared_vertex_is_charged_once_when_it_cannot_be_passed_round():
    # All ways lead through vertex 2 or are much too dear to matter; vertex 2 is risk 6.
    masks = [1 | 64, 2 | 64, 4 | 64, 8 | 64, 16 | 64, 32 | 64, 128]
    waist = digraph_of_sections(
        6, a=[0, 0, 1, 2, 2, 3, 0], z=[1, 2, 2, 3, 5, 5, 5], risk_masks=masks
    )
    core, _, bound = priced(waist, [1] * 12 + [50, 50], Ends.between(0, 5), (1,) * 8)
    assert core.unavoidable_mask == 0
    assert bound == 52


@pytest.mark.parametrize("name", ["germany50", "janos-us", "jpn48"])
def test_the_bound_never_exceeds_the_best_pair(name):
    net = topology(name)
    metres = [round(value * 1_000) for value in net.cost]
    price = 2 * sum(metres) + 1
    for target in range(1, len(net.sites), 6):
        ends = Ends.between(0, target)
        risks = net.risks(ends)
        core = reduced(
            net.graph,
            costs=metres,
            request=Reducible(ends=ends, weights=risks.weights, free_mask=risks.free_mask),
        )
        assert core is not None
        prices = sharing_prices(core, weight_price=price)
        pair = least_shared_pair(net.graph, cost=metres, ends=ends, risks=risks)
        assert pair is not None
        best = shortest_path(core.graph, cost=prices.priced_costs, ends=core.ends)
        assert best is not None
        unavoidable = sum(
            weight for risk, weight in enumerate(risks.weights) if core.unavoidable_mask >> risk & 1
        )
        bound = 2 * best.cost - sum(prices.bundle_prices)
        assert bound <= price * (pair.shared_weight - unavoidable) + pair.cost
        ceilings = [price * bundle.weight for bundle in core.bundles]
        assert all(
            0 <= value <= most for value, most in zip(prices.bundle_prices, ceilings, strict=True)
        )


def test_pairs_on_public_topologies_need_no_branching_when_risks_are_sections_and_sites():
    net = topology("germany50")
    local = (1 << (len(net.sections) + len(net.sites))) - 1
    ends = Ends.between(0, 30)
    free = net.risks(ends).free_mask | ~local & ((1 << len(net.weights)) - 1)
    pair = least_shared_pair(
        net.graph,
        cost=net.cost,
        ends=ends,
        risks=RiskWeights(weights=net.weights, free_mask=free),
    )
    assert pair is not None
    assert pair.shared_weight == 0
    assert pair.subproblems == 0


def test_a_walk_that_comes_back_is_cut_short():
    # Arcs 0-1, 1-2, 2-1 and 1-3: one unit of flow to 3 and a circle over 2.
    line = digraph_of_sections(4, a=[0, 1, 1], z=[1, 2, 3], risk_masks=[1, 2, 4])
    request = Reducible(ends=Ends.between(0, 3), weights=(1,) * 3)
    core = reduced(line, costs=[1] * 6, request=request)
    assert core is not None
    whole = replace(core, graph=line, source=0, target=3)
    assert paths_of_flow(whole, [0, 4, 2, 3], units=1) == ((0, 4),)
    assert paths_of_flow(whole, [0, 2, 4, 3], units=1) == ((0, 4),)


def test_the_arcs_of_a_flow_are_left_as_they_were_given():
    line = digraph_of_sections(2, a=[0], z=[1], risk_masks=[1])
    core = reduced(line, costs=[1] * 2, request=Reducible(ends=Ends.between(0, 1), weights=(1,)))
    assert core is not None
    used = [0, 0]
    assert paths_of_flow(core, used, units=2) == ((0,), (0,))
    assert used == [0, 0]


def test_risks_of_one_direction_and_of_both_are_priced_apart():
    # One way 0-1-3 with a risk (5) of its outward arc only; the other way is very dear.
    tails, heads = np.array([0, 1, 1, 3, 0, 2]), np.array([1, 0, 3, 1, 2, 3])
    graph = Digraph(vertex_count=4, tails=tails, heads=heads, risk_masks=(33, 1, 2, 2, 4, 4))
    core, _, bound = priced(graph, [1, 1, 1, 1, 90, 90], Ends.between(0, 3), (1,) * 6)
    assert core.unavoidable_mask == 0
    assert bound == 182
