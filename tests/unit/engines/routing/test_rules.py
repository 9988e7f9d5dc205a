"""Are bounds and via vertices obeyed, and is an unfinished search said to be one?"""

import pytest

from karakoram.engines.routing import (
    Avoided,
    Ends,
    PathRule,
    ResourceLimit,
    constrained_path,
    digraph_of_sections,
    rules,
    shortest_path,
)

# A cheap slow way 0-1-4, a middling way 0-2-4 and a dear fast way 0-3-4.
WAYS = digraph_of_sections(
    5, a=[0, 1, 0, 2, 0, 3], z=[1, 4, 2, 4, 3, 4], risk_masks=[1, 1, 2, 2, 4, 4]
)
COST = [1] * 4 + [2] * 4 + [3] * 4
LATENCY = (9.0,) * 4 + (5.0,) * 4 + (1.5,) * 4
ACROSS = Ends.between(0, 4)


def found_vertices(rule: PathRule, ends: Ends = ACROSS):
    answer = constrained_path(WAYS, cost=COST, ends=ends, rule=rule)
    assert answer.proven
    return None if answer.path is None else answer.path.vertices


@pytest.mark.parametrize(
    ("bound", "vertices"),
    [(18.0, (0, 1, 4)), (17.9, (0, 2, 4)), (10.0, (0, 2, 4)), (9.9, (0, 3, 4)), (2.9, None)],
)
def test_the_cheapest_path_within_the_bound_is_found(bound, vertices):
    assert (
        found_vertices(PathRule(limits=(ResourceLimit(amounts=LATENCY, most=bound),))) == vertices
    )


def test_a_bound_that_is_met_to_the_last_digit_is_met():
    tenths = digraph_of_sections(4, a=[0, 1, 2], z=[1, 2, 3], risk_masks=[0, 0, 0])
    rule = PathRule(limits=(ResourceLimit(amounts=(0.1,) * 6, most=0.3),))
    answer = constrained_path(tenths, cost=[1] * 6, ends=Ends.between(0, 3), rule=rule)
    assert answer.path is not None
    assert rule.allows(tenths, answer.path)


def test_via_vertices_are_visited_in_order():
    assert found_vertices(PathRule(via=(frozenset({2, 3}),))) == (0, 2, 4)
    assert found_vertices(PathRule(via=(frozenset({0}), frozenset({3}), frozenset({4})))) == (
        0,
        3,
        4,
    )
    assert found_vertices(PathRule(via=(frozenset({3}), frozenset({2})))) is None


def test_bound_and_via_hold_together():
    rule = PathRule(limits=(ResourceLimit(amounts=LATENCY, most=10.0),), via=(frozenset({1, 3}),))
    assert found_vertices(rule) == (0, 3, 4)


def test_what_is_avoided_is_not_used():
    rule = PathRule(avoid=Avoided(risk_mask=1, vertices=frozenset({2})))
    assert found_vertices(rule) == (0, 3, 4)
    assert found_vertices(PathRule(avoid=Avoided(vertices=frozenset({0})))) is None
    assert found_vertices(PathRule(avoid=Avoided(vertices=frozenset({4})))) is None


def test_a_loop_through_the_via_vertex_is_replaced_by_the_best_loopless_path():
    # The cheapest walk 0-1-2-1-3 turns round at 2; the loopless path 0-1-2-3 costs more.
    spur = digraph_of_sections(4, a=[0, 1, 1, 2], z=[1, 2, 3, 3], risk_masks=[1, 2, 4, 8])
    rule = PathRule(via=(frozenset({2}),))
    answer = constrained_path(
        spur, cost=[1, 1, 1, 1, 1, 1, 9, 9], ends=Ends.between(0, 3), rule=rule
    )
    assert answer.path is not None
    assert (answer.path.vertices, answer.path.cost) == ((0, 1, 2, 3), 11)


def test_a_via_vertex_at_a_dead_end_is_proven_out_of_reach():
    spur = digraph_of_sections(4, a=[0, 1, 1], z=[1, 2, 3], risk_masks=[1, 2, 4])
    rule = PathRule(via=(frozenset({2}),))
    answer = constrained_path(spur, cost=[1] * 6, ends=Ends.between(0, 3), rule=rule)
    assert answer.path is None
    assert answer.proven


def test_a_search_that_gives_up_says_so(monkeypatch):
    # The cheapest walk runs in a loop, and no partial path may be kept while it is forbidden.
    monkeypatch.setattr(rules, "LABELS_MAX", 0)
    spur = digraph_of_sections(4, a=[0, 1, 1, 2], z=[1, 2, 3, 3], risk_masks=[1, 2, 4, 8])
    question = {"cost": [1, 1, 1, 1, 1, 1, 9, 9], "ends": Ends.between(0, 3)}
    answer = constrained_path(spur, **question, rule=PathRule(via=(frozenset({2}),)))
    assert answer.path is None
    assert not answer.proven


def test_a_rule_judges_any_path():
    path = shortest_path(WAYS, cost=COST, ends=ACROSS)
    assert path is not None
    assert PathRule().allows(WAYS, path)
    assert PathRule(limits=(ResourceLimit(amounts=LATENCY, most=18.0),)).allows(WAYS, path)
    assert not PathRule(limits=(ResourceLimit(amounts=LATENCY, most=17.0),)).allows(WAYS, path)
    assert not PathRule(via=(frozenset({2}),)).allows(WAYS, path)
    assert not PathRule(avoid=Avoided(risk_mask=1)).allows(WAYS, path)
    assert not PathRule(avoid=Avoided(vertices=frozenset({1}))).allows(WAYS, path)


def test_several_limits_hold_together():
    # Transit: what is used through one operator counts towards its own bound only.
    through_one = (5.0, 5.0, 0.0, 0.0, 0.0, 0.0) + (0.0,) * (WAYS.arc_count - 6)
    fast = ResourceLimit(amounts=LATENCY, most=18.0)
    assert found_vertices(PathRule(limits=(fast,))) == (0, 1, 4)
    little = ResourceLimit(amounts=through_one, most=4.9)
    assert found_vertices(PathRule(limits=(little,))) == (0, 2, 4)
    assert found_vertices(PathRule(limits=(fast, little))) == (0, 2, 4)
    faster = ResourceLimit(amounts=LATENCY, most=9.9)
    assert found_vertices(PathRule(limits=(faster, little))) == (0, 3, 4)


def test_a_limit_that_no_path_keeps_leaves_none():
    never = ResourceLimit(amounts=(1.0,) * WAYS.arc_count, most=0.5)
    assert (
        found_vertices(PathRule(limits=(ResourceLimit(amounts=LATENCY, most=99.0), never))) is None
    )


def test_amounts_are_one_for_each_arc():
    with pytest.raises(ValueError, match="expected one value for each of"):
        found_vertices(PathRule(limits=(ResourceLimit(amounts=(1.0,), most=1.0),)))


def test_an_empty_via_set_is_refused():
    with pytest.raises(ValueError, match="at least one vertex"):
        PathRule(via=(frozenset(),))
