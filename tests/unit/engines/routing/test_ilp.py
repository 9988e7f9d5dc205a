"""Does the integer program find the pair that branching proves, and admit when it cannot?"""

import numpy as np

from karakoram.engines.routing import (
    Ends,
    PathRule,
    ResourceLimit,
    digraph_of_sections,
    ilp,
    least_shared_pair,
    path_of_arcs,
    risks_in,
)
from karakoram.engines.routing.ilp import pair_by_ilp
from karakoram.engines.routing.reduction import Reducible, reduced
from tests.support.topologies import topology

NONE = (PathRule(), PathRule())
TWIN = digraph_of_sections(2, a=[0, 0, 0], z=[1, 1, 1], risk_masks=[1 | 8, 2 | 8, 4])


def core_of(graph, costs, ends, weights, **options):
    request = Reducible(ends=ends, weights=weights, **options)
    core = reduced(graph, costs=costs, request=request)
    assert core is not None
    return core


def test_the_pair_agrees_with_branching_on_a_public_topology():
    net = topology("janos-us")
    metres = [round(value * 1_000) for value in net.cost]
    for target in range(1, len(net.sites), 5):
        ends = Ends.between(0, target)
        risks = net.risks(ends)
        core = core_of(net.graph, metres, ends, risks.weights, free_mask=risks.free_mask)
        ways = pair_by_ilp(core, rules=NONE)
        pair = least_shared_pair(net.graph, cost=metres, ends=ends, risks=risks)
        assert ways is not None
        assert pair is not None
        first, second = (
            path_of_arcs(net.graph, core.expanded(way), values=list(metres)) for way in ways
        )
        shared = first.risk_mask & second.risk_mask & ~risks.free_mask
        weight = sum(risks.weights[risk] for risk in risks_in(shared))
        assert (weight, first.cost + second.cost) == (pair.shared_weight, pair.cost)


def test_a_bound_on_a_resource_is_obeyed():
    core = core_of(TWIN, [1, 1, 2, 2, 5, 5], Ends.between(0, 1), (1,) * 4, keeps_dearer=True)
    assert sorted(pair_by_ilp(core, rules=NONE) or ()) == [(0,), (2,)]
    tight = PathRule(limits=(ResourceLimit(amounts=(1.0, 1.0, 9.0), most=2.0),))
    assert sorted(pair_by_ilp(core, rules=(tight, tight)) or ()) == [(0,), (1,)]


def test_an_arc_barred_to_a_path_is_not_on_it():
    barred = (frozenset({0, 4}), frozenset())
    core = core_of(TWIN, [1, 1, 2, 2, 5, 5], Ends.between(0, 1), (1,) * 4, barred=barred)
    ways = pair_by_ilp(core, rules=NONE)
    assert ways is not None
    assert [core.expanded(way) for way in ways] == [(2,), (4,)]


def test_no_pair_within_the_bound_is_none():
    core = core_of(TWIN, [1] * 6, Ends.between(0, 1), (1,) * 4, keeps_dearer=True)
    hopeless = PathRule(limits=(ResourceLimit(amounts=(5.0,) * 3, most=1.0),))
    assert pair_by_ilp(core, rules=(hopeless, hopeless)) is None


def test_free_sections_cost_nothing_and_loops_are_cut_out():
    # All costs are zero, so the solver may leave a circle in its answer; no path may keep it.
    mesh = digraph_of_sections(
        5,
        a=[0, 0, 1, 2, 1, 3, 3],
        z=[1, 2, 2, 3, 3, 4, 4],
        risk_masks=[1, 2, 4, 8, 16, 32, 64],
    )
    core = core_of(mesh, [0] * 14, Ends.between(0, 4), (1,) * 7)
    ways = pair_by_ilp(core, rules=NONE)
    assert ways is not None
    for way in ways:
        vertices = path_of_arcs(mesh, core.expanded(way), values=[0] * 14).vertices
        assert len(set(vertices)) == len(vertices)


def test_an_unfinished_second_step_proves_nothing(monkeypatch):
    core = core_of(TWIN, [1, 1, 2, 2, 5, 5], Ends.between(0, 1), (1,) * 4)
    answers = iter([np.zeros(3 * len(core.bundles) + 2 * len(core.costs)), None])
    monkeypatch.setattr(ilp._Program, "minimiser", lambda *_, **__: next(answers))
    assert pair_by_ilp(core, rules=NONE) is None


def test_when_the_solver_proves_nothing_the_answer_is_called_capped(monkeypatch):
    net = topology("jpn48")
    ends = Ends.between(net.sites.index("Kagoshima"), net.sites.index("Sapporo"))
    monkeypatch.setattr("karakoram.engines.routing.pairs.pair_by_ilp", lambda *_, **__: None)
    pair = least_shared_pair(
        net.graph, cost=net.cost, ends=ends, risks=net.risks(ends), subproblem_cap=1
    )
    assert pair is not None
    assert pair.proof == "capped"
