"""Is the pair that shares least found, proven, and what it shares named?"""

from itertools import pairwise

import pytest

from karakoram.engines.routing import (
    Avoided,
    Ends,
    PathRule,
    ResourceLimit,
    RiskWeights,
    constrained_path,
    digraph_of_sections,
    least_shared_pair,
    risks_in,
    shared_risks,
    shortest_path,
)
from tests.support.strip import Strip, corridor_like
from tests.support.topologies import topology

# Three ways from 0 to 4, over 1, 2 and 3; the first two share risk 6.
WAYS = digraph_of_sections(
    5,
    a=[0, 1, 0, 2, 0, 3],
    z=[1, 4, 2, 4, 3, 4],
    risk_masks=[1 | 64, 2, 4 | 64, 8, 16, 32],
)
COST = [1, 1, 1, 1, 2, 2, 2, 2, 5, 5, 5, 5]
ACROSS = Ends.between(0, 4)
EVEN = RiskWeights(weights=(1,) * 7)


def vertices(pair):
    assert pair is not None
    return pair.first.vertices, pair.second.vertices


def test_the_cheapest_two_ways_are_passed_over_when_they_share_a_risk():
    pair = least_shared_pair(WAYS, cost=COST, ends=ACROSS, risks=EVEN)
    assert vertices(pair) == ((0, 1, 4), (0, 3, 4))
    assert (pair.shared_mask, pair.shared_weight, pair.cost) == (0, 0, 12)
    assert pair.proof == "branching"


def test_a_free_risk_may_be_shared():
    free = RiskWeights(weights=EVEN.weights, free_mask=64)
    pair = least_shared_pair(WAYS, cost=COST, ends=ACROSS, risks=free)
    assert vertices(pair) == ((0, 1, 4), (0, 2, 4))
    assert (pair.shared_mask, pair.shared_weight, pair.cost) == (0, 0, 6)


def test_when_no_two_ways_are_diverse_the_lightest_risk_is_shared():
    # Each two of the three ways share a risk: 6 (weight 5), 7 (weight 2) or 8 (weight 3).
    masks = [1 | 64 | 128, 2, 4 | 64 | 256, 8, 16 | 128 | 256, 32]
    graph = digraph_of_sections(5, a=[0, 1, 0, 2, 0, 3], z=[1, 4, 2, 4, 3, 4], risk_masks=masks)
    risks = RiskWeights(weights=(1, 1, 1, 1, 1, 1, 5, 2, 3))
    pair = least_shared_pair(graph, cost=COST, ends=ACROSS, risks=risks)
    assert vertices(pair) == ((0, 1, 4), (0, 3, 4))
    assert (risks_in(pair.shared_mask), pair.shared_weight) == ((7,), 2)


def test_on_a_single_way_everything_is_shared():
    chain = digraph_of_sections(4, a=[0, 1, 2], z=[1, 2, 3], risk_masks=[1, 2, 4])
    pair = least_shared_pair(
        chain, cost=[1.5] * 6, ends=Ends.between(0, 3), risks=RiskWeights(weights=(1, 2, 4))
    )
    assert vertices(pair) == ((0, 1, 2, 3),) * 2
    assert (pair.shared_mask, pair.shared_weight, pair.cost) == (7, 7, 9.0)


def test_without_a_way_there_is_no_pair():
    risks = RiskWeights(weights=(1,))
    apart = digraph_of_sections(3, a=[0], z=[1], risk_masks=[1])
    assert least_shared_pair(apart, cost=[1, 1], ends=Ends.between(0, 2), risks=risks) is None
    rule = PathRule(avoid=Avoided(risk_mask=1))
    only_first = (PathRule(), rule)
    ends = Ends.between(0, 1)
    assert least_shared_pair(apart, cost=[1, 1], ends=ends, risks=risks, rules=only_first) is None


def test_two_cheap_paths_that_trap_a_third_way_are_given_up():
    # The shortest path 0-1-2-3 uses both diverse ways; the diverse pair avoids its middle.
    trap = digraph_of_sections(4, a=[0, 1, 2, 0, 1], z=[1, 2, 3, 2, 3], risk_masks=[1, 2, 4, 8, 16])
    pair = least_shared_pair(
        trap,
        cost=[1, 1, 1, 1, 1, 1, 4, 4, 4, 4],
        ends=Ends.between(0, 3),
        risks=RiskWeights(weights=(1,) * 5),
    )
    assert vertices(pair) == ((0, 1, 3), (0, 2, 3))
    assert pair.shared_mask == 0


def test_a_path_may_change_sides_to_keep_a_group_to_itself():
    # Two stages of two ways; the group lies on the upper way of one, the lower of the other.
    strip = Strip()
    start, middle, finish = (strip.vertex() for _ in range(3))
    strip.chain(start, middle, 1.0, 1.0, groups=("G",))
    strip.chain(start, middle, 2.0, 2.0)
    strip.chain(middle, finish, 2.0, 2.0, groups=("G",))
    strip.chain(middle, finish, 1.0, 1.0)
    ends = Ends.between(start, finish)
    pair = least_shared_pair(strip.graph(), cost=strip.cost(), ends=ends, risks=strip.risks(ends))
    assert pair is not None
    assert strip.names_in(pair.shared_mask) == set()
    assert pair.shared_weight == 1  # the site in the middle
    assert pair.cost == 12.0


@pytest.mark.parametrize("stages", [4, 12, 40])
def test_ways_in_series_do_not_multiply_the_work(stages):
    # Every stage has a cheap and a dear way: 2^stages assignments, all equally good.
    strip = Strip()
    places = [strip.vertex() for _ in range(stages + 1)]
    for here, there in pairwise(places):
        strip.chain(here, there, 1.0, 1.0)
        strip.chain(here, there, 3.0, 3.0)
    ends = Ends.between(places[0], places[-1])
    pair = least_shared_pair(strip.graph(), cost=strip.cost(), ends=ends, risks=strip.risks(ends))
    assert pair is not None
    assert (pair.shared_weight, pair.cost) == (stages - 1, 8.0 * stages)
    assert pair.subproblems <= 1


@pytest.mark.parametrize("seed", range(6))
def test_a_corridor_takes_little_branching(seed):
    strip, ends = corridor_like(seed)
    pair = least_shared_pair(strip.graph(), cost=strip.cost(), ends=ends, risks=strip.risks(ends))
    assert pair is not None
    assert pair.proof == "branching"
    assert pair.subproblems <= 60
    # The road to the pass has no alternative; the metro has, and the sea has: round the Cape.
    assert strip.names_in(pair.shared_mask) == {"G314"}


def test_several_sources_and_targets_may_each_be_used():
    ends = Ends(sources=frozenset({1, 2}), targets=frozenset({0, 4}))
    pair = least_shared_pair(WAYS, cost=COST, ends=ends, risks=EVEN)
    assert pair is not None
    assert (pair.shared_weight, pair.cost) == (0, 2)


def test_each_path_obeys_its_own_rule():
    rules = (PathRule(avoid=Avoided(vertices=frozenset({1}))), PathRule())
    pair = least_shared_pair(WAYS, cost=COST, ends=ACROSS, risks=EVEN, rules=rules)
    assert vertices(pair) == ((0, 3, 4), (0, 1, 4))
    only = (PathRule(), PathRule(via=(frozenset({2}),)))
    pair = least_shared_pair(WAYS, cost=COST, ends=ACROSS, risks=EVEN, rules=only)
    assert vertices(pair) == ((0, 3, 4), (0, 2, 4))


def test_paths_change_places_when_that_obeys_the_rules():
    rules = (PathRule(via=(frozenset({3}),)), PathRule())
    pair = least_shared_pair(WAYS, cost=COST, ends=ACROSS, risks=EVEN, rules=rules)
    assert vertices(pair) == ((0, 3, 4), (0, 1, 4))
    assert pair.cost == 12


def test_a_bound_on_latency_may_force_a_shared_risk():
    latency = (1.0,) * 8 + (9.0,) * 4
    rule = PathRule(limits=(ResourceLimit(amounts=latency, most=2.0),))
    pair = least_shared_pair(WAYS, cost=COST, ends=ACROSS, risks=EVEN, rules=(rule, rule))
    assert vertices(pair) == ((0, 1, 4), (0, 2, 4))
    assert risks_in(pair.shared_mask) == (6,)
    too_tight = PathRule(limits=(ResourceLimit(amounts=latency, most=1.0),))
    rules = (rule, too_tight)
    assert least_shared_pair(WAYS, cost=COST, ends=ACROSS, risks=EVEN, rules=rules) is None


def test_a_slower_parallel_way_is_kept_when_it_is_cheaper_and_the_bound_allows():
    twin = digraph_of_sections(2, a=[0, 0, 0], z=[1, 1, 1], risk_masks=[1, 1, 2])
    rule = PathRule(limits=(ResourceLimit(amounts=(9.0, 9.0, 1.0, 1.0, 1.0, 1.0), most=5.0),))
    pair = least_shared_pair(
        twin,
        cost=[1, 1, 2, 2, 3, 3],
        ends=Ends.between(0, 1),
        risks=RiskWeights(weights=(1, 1)),
        rules=(rule, rule),
    )
    assert pair is not None
    assert (pair.first.arcs, pair.second.arcs) == ((2,), (4,))


def hard_question():
    """A pair of places for which branching needs many subproblems."""
    net = topology("jpn48")
    ends = Ends.between(net.sites.index("Kagoshima"), net.sites.index("Sapporo"))
    return net, ends


def test_the_integer_program_takes_over_when_branching_is_cut_short():
    net, ends = hard_question()
    question = {"cost": net.cost, "ends": ends, "risks": net.risks(ends)}
    proven = least_shared_pair(net.graph, **question)
    short = least_shared_pair(net.graph, **question, subproblem_cap=1)
    assert proven is not None
    assert short is not None
    assert (proven.proof, short.proof) == ("branching", "ilp")
    assert (short.shared_weight, short.cost) == (proven.shared_weight, pytest.approx(proven.cost))
    assert short.subproblems == 1


def test_an_answer_that_nothing_proves_is_called_capped():
    net, ends = hard_question()
    via = PathRule(via=(frozenset({net.sites.index("Hiroshima")}),))
    question = {"cost": net.cost, "ends": ends, "risks": net.risks(ends), "rules": (via, via)}
    proven = least_shared_pair(net.graph, **question)
    capped = least_shared_pair(net.graph, **question, subproblem_cap=1)
    assert proven is not None
    assert capped is not None
    assert (proven.proof, capped.proof) == ("branching", "capped")
    assert (capped.shared_weight, capped.cost) >= (proven.shared_weight, proven.cost)


def test_the_pair_names_what_its_paths_share():
    net, ends = hard_question()
    risks = net.risks(ends)
    pair = least_shared_pair(net.graph, cost=net.cost, ends=ends, risks=risks)
    assert pair is not None
    shared = shared_risks(pair.first, pair.second, free_mask=risks.free_mask)
    assert pair.shared_mask == shared
    assert pair.shared_weight == sum(risks.weights[risk] for risk in risks_in(shared))


def test_neither_path_is_cheaper_than_the_shortest():
    net, ends = hard_question()
    single = shortest_path(net.graph, cost=net.cost, ends=ends)
    pair = least_shared_pair(net.graph, cost=net.cost, ends=ends, risks=net.risks(ends))
    assert pair is not None
    assert single is not None
    assert single.cost <= pair.first.cost <= pair.second.cost


def test_a_single_path_that_obeys_a_rule_costs_no_more_than_one_of_a_pair():
    latency = tuple(float(arc % 7) for arc in range(12))
    rule = PathRule(limits=(ResourceLimit(amounts=latency, most=11.0),))
    single = constrained_path(WAYS, cost=COST, ends=ACROSS, rule=rule).path
    pair = least_shared_pair(WAYS, cost=COST, ends=ACROSS, risks=EVEN, rules=(rule, rule))
    assert single is not None
    assert pair is not None
    assert single.cost <= pair.first.cost


@pytest.mark.parametrize(
    ("risks", "cap", "complaint"),
    [
        (RiskWeights(weights=(1,) * 6), 9, "beyond the 6 that have weights"),
        (EVEN, 0, "subproblem_cap must be >= 1, got 0"),
    ],
)
def test_what_does_not_fit_the_graph_is_refused(risks, cap, complaint):
    with pytest.raises(ValueError, match=complaint):
        least_shared_pair(WAYS, cost=COST, ends=ACROSS, risks=risks, subproblem_cap=cap)


def test_a_weight_below_one_is_refused():
    with pytest.raises(ValueError, match="must be >= 1, got 0"):
        RiskWeights(weights=(1, 0))
