"""Does an integer program, written for this test alone, find the same least-shared pairs?

The formulation differs from the engine's own: one flow on undirected sections in either
direction, risks of the full graph without any reduction, one objective for both goals.
"""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from karakoram.engines.routing import Ends, least_shared_pair
from tests.support.topologies import Topology, topology

PAIRS = {"germany50": 50, "janos-us": 100, "jpn48": 50}
PARTS = 2
"""Each topology is compared in so many tests, so that none of them takes long."""
SEED = 20261122
WEIGHT_PRICE = 1e5
"""km for one unit of shared weight: more than any two loopless paths are long together."""


def merit_by_integer_program(net: Topology, ends: Ends, free_mask: int) -> tuple[int, float] | None:
    """(shared weight, km of both paths); None when no pair exists."""
    arcs = net.graph.arc_count
    counted = [risk for risk in range(len(net.weights)) if not free_mask >> risk & 1]
    risks = len(counted)
    # Columns: arcs of path 1, arcs of path 2, risk used by 1, risk used by 2, risk shared.
    used = (2 * arcs, 2 * arcs + risks)
    entries, lower, upper = [], [], []

    def row(terms, low, high):
        entries.extend((len(lower), column, value) for column, value in terms)
        lower.append(low)
        upper.append(high)

    for path in (0, 1):
        for vertex in range(net.graph.vertex_count):
            balance = (vertex in ends.sources) - (vertex in ends.targets)
            leaving = [(path * arcs + a, 1) for a in range(arcs) if net.graph.tails[a] == vertex]
            entering = [(path * arcs + a, -1) for a in range(arcs) if net.graph.heads[a] == vertex]
            row(leaving + entering, balance, balance)
        for number, risk in enumerate(counted):
            exposed = [a for a in range(arcs) if net.graph.risk_masks[a] >> risk & 1]
            for forward in (a for a in exposed if a % 2 == 0):
                terms = [(path * arcs + forward, 1), (path * arcs + forward + 1, 1)]
                row([*terms, (used[path] + number, -1)], -np.inf, 0)
    for number in range(risks):
        both = [(used[0] + number, 1), (used[1] + number, 1)]
        row([*both, (used[1] + risks + number, -1)], -np.inf, 1)

    objective = np.zeros(2 * arcs + 3 * risks)
    objective[: 2 * arcs] = np.tile(net.cost, 2)
    objective[2 * arcs + 2 * risks :] = [WEIGHT_PRICE * net.weights[risk] for risk in counted]
    at, column, value = zip(*entries, strict=True)
    answer = milp(
        objective,
        integrality=np.arange(objective.size) < 2 * arcs,
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(
            coo_array((value, (at, column)), shape=(len(lower), objective.size)), lower, upper
        ),
        options={"mip_rel_gap": 0.0},
    )
    if answer.x is None:
        return None
    chosen = np.rint(answer.x)
    weight = sum(
        net.weights[risk]
        for number, risk in enumerate(counted)
        if chosen[used[0] + number] and chosen[used[1] + number]
    )
    return weight, float(objective[: 2 * arcs] @ chosen[: 2 * arcs])


def random_ends(net: Topology, count: int) -> list[Ends]:
    rng = np.random.default_rng(SEED)
    drawn = (rng.choice(len(net.sites), size=2, replace=False).tolist() for _ in range(count))
    return [Ends.between(source, target) for source, target in drawn]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", PAIRS)
def test_least_shared_pairs_agree_with_an_independent_integer_program(name, part):
    net = topology(name)
    for ends in random_ends(net, PAIRS[name])[part::PARTS]:
        risks = net.risks(ends)
        pair = least_shared_pair(net.graph, cost=net.cost, ends=ends, risks=risks)
        expected = merit_by_integer_program(net, ends, risks.free_mask)
        assert pair is not None
        assert expected is not None
        assert pair.proof == "branching"
        assert (pair.shared_weight, pair.cost) == (expected[0], pytest.approx(expected[1]))


@pytest.mark.parametrize("name", PAIRS)
def test_disjoint_pairs_and_pairs_that_share_are_both_compared(name):
    net = topology(name)
    shared = [
        least_shared_pair(net.graph, cost=net.cost, ends=ends, risks=net.risks(ends)).shared_weight
        for ends in random_ends(net, PAIRS[name])
    ]
    assert min(shared) == 0 < max(shared)


def test_two_hundred_pairs_are_compared():
    assert sum(PAIRS.values()) == 200
