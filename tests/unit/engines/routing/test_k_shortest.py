"""Do loopless paths come one by one, in the promised order?"""

from itertools import islice

import pytest

from karakoram.engines.routing import (
    Avoided,
    Ends,
    digraph_of_sections,
    k_shortest_paths,
    loopless_paths,
    paths_without_return,
)

SQUARE = digraph_of_sections(
    4, a=[0, 1, 0, 2, 1, 0], z=[1, 3, 2, 3, 2, 3], risk_masks=[1, 2, 4, 8, 16, 32]
)
LEVEL = [1] * 10 + [2] * 2
"""Both ways round and the direct section cost 2."""


def vertices(**question):
    return [path.vertices for path in k_shortest_paths(SQUARE, cost=LEVEL, **question)]


def test_equal_costs_come_with_fewer_arcs_first_then_by_arc_number():
    assert vertices(ends=Ends.between(0, 3), k=9) == [
        (0, 3),
        (0, 1, 3),
        (0, 2, 3),
        (0, 1, 2, 3),
        (0, 2, 1, 3),
    ]


def test_no_more_than_k_paths_come():
    assert len(vertices(ends=Ends.between(0, 3), k=2)) == 2
    assert vertices(ends=Ends.between(0, 3), k=0) == []


def test_a_negative_k_is_refused():
    with pytest.raises(ValueError, match="k must be >= 0, got -1"):
        vertices(ends=Ends.between(0, 3), k=-1)


def test_what_is_avoided_is_on_no_path():
    avoid = Avoided(risk_mask=16, vertices=frozenset({2}))
    assert vertices(ends=Ends.between(0, 3), k=9, avoid=avoid) == [(0, 3), (0, 1, 3)]


def test_without_a_way_there_are_no_paths():
    assert vertices(ends=Ends.between(0, 3), k=9, avoid=Avoided(risk_mask=0b101010)) == []


def test_parallel_arcs_make_different_paths():
    twin = digraph_of_sections(2, a=[0, 0], z=[1, 1], risk_masks=[1, 2])
    found = k_shortest_paths(twin, cost=[5, 5, 4, 4], ends=Ends.between(0, 1), k=9)
    assert [(path.arcs, path.cost) for path in found] == [((2,), 4), ((0,), 5)]


def test_paths_touch_other_sources_and_targets_not_at_all():
    ends = Ends(sources=frozenset({0, 1}), targets=frozenset({3}))
    assert vertices(ends=ends, k=9) == [(1, 3), (0, 3), (0, 2, 3), (1, 2, 3)]


def test_paths_are_made_only_as_they_are_asked_for():
    # A grid of 2^40 paths and more: enumeration to the end would never return.
    side = 40
    rungs = [(i, i + 1) for i in range(side)] + [(i, i + 1) for i in range(side)]
    ladder = digraph_of_sections(
        side + 1, a=[a for a, _ in rungs], z=[z for _, z in rungs], risk_masks=[0] * len(rungs)
    )
    paths = loopless_paths(ladder, cost=[1] * 160, ends=Ends.between(0, side))
    assert [path.cost for path in islice(paths, 50)] == [side] * 50


def test_no_path_comes_back_to_a_place_that_it_has_left():
    # 1 and 3 are one place: 0-1-2-3-4 comes back to it, 0-1-3-4 stays in it.
    net = digraph_of_sections(
        5, a=[0, 1, 2, 3, 1, 2], z=[1, 2, 3, 4, 3, 4], risk_masks=[1, 2, 4, 8, 16, 32]
    )
    paths = paths_without_return(
        net,
        cost=[1] * 8 + [9] * 4,
        ends=Ends.between(0, 4),
        place_of=[0, 1, 2, 1, 4],
    )
    assert [path and (path.cost, path.vertices) for path in paths] == [
        None,
        (11, (0, 1, 2, 4)),
        (11, (0, 1, 3, 4)),
        (20, (0, 1, 3, 2, 4)),
    ]


def test_paths_that_begin_with_the_same_way_back_are_dropped_together():
    # Every way to the far end of a ladder of 2^30 begins by going back, but for the dear one.
    side = 30
    rungs = [(i, i + 1) for i in range(3, side + 3)]
    sections = [(0, 1), (1, 2), (2, 3), *rungs, *rungs, (0, side + 3)]
    net = digraph_of_sections(
        side + 4,
        a=[a for a, _ in sections],
        z=[z for _, z in sections],
        risk_masks=[0] * len(sections),
    )
    paths = paths_without_return(
        net,
        cost=[1] * (2 * len(sections) - 2) + [999] * 2,
        ends=Ends.between(0, side + 3),
        place_of=[0, 1, 2, 1, *range(4, side + 4)],
    )
    found = list(islice(paths, 50))
    assert [path.cost for path in found if path is not None] == [999]
    assert len(found) < 5
