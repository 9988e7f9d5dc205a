"""Can the paths of one pair be told from those of all?"""

import numpy as np
import pytest

from karakoram.engines.routing.route_records import RankedPaths

PATHS = RankedPaths(
    pair_offsets=np.array([0, 2, 2, 3]),
    path_offsets=np.array([0, 1, 3, 6]),
    arcs=np.array([4, 0, 2, 1, 3, 5], dtype=np.int32),
    costs=np.array([1, 2, 3]),
)


def test_every_pair_has_its_own_paths_and_a_pair_without_a_way_has_none():
    assert PATHS.pair_count == 3
    assert PATHS.path_counts.tolist() == [2, 0, 1]
    assert [PATHS.arcs_of_pair(pair) for pair in range(3)] == [((4,), (0, 2)), (), ((1, 3, 5),)]
    assert PATHS.arc_counts.tolist() == [1, 2, 3]


def test_arrays_that_do_not_fit_each_other_are_our_bug():
    with pytest.raises(AssertionError):
        RankedPaths(
            pair_offsets=np.array([0, 2]),
            path_offsets=np.array([0, 1]),
            arcs=np.array([4]),
            costs=np.array([1]),
        )
