"""Do sums along trees equal sums along each path alone?"""

import numpy as np

from karakoram.engines.optics.tree_sums import tree_sums


def random_trees(rng, *, sources, places, rows):
    """Trees grown place by place: each hangs on one that stands already, or on nothing."""
    row = np.full((sources, places), -1)
    before = np.zeros((sources, places), dtype=int)
    depth = np.full((sources, places), -1)
    for source in range(sources):
        standing = [int(rng.integers(places))]
        depth[source, standing[0]] = 0
        for place in rng.permutation(places):
            if place == standing[0] or rng.random() < 0.2:
                continue
            before[source, place] = rng.choice(standing)
            depth[source, place] = depth[source, before[source, place]] + 1
            row[source, place] = rng.integers(-1, rows)
            standing.append(int(place))
    return row, before, depth


def test_sums_equal_walking_back_along_each_path():
    rng = np.random.default_rng(3)
    values = rng.normal(size=(12, 5))
    row, before, depth = random_trees(rng, sources=6, places=20, rows=12)
    sums = tree_sums(values, row=row, before=before, depth=depth)
    for source, place in np.ndindex(*depth.shape):
        if depth[source, place] < 0:
            assert np.isnan(sums[source, place]).all()
            continue
        expected, here = np.zeros(5), place
        while depth[source, here] > 0:
            if row[source, here] >= 0:
                expected += values[row[source, here]]
            here = before[source, here]
        np.testing.assert_allclose(sums[source, place], expected, atol=1e-12)


def test_values_may_be_single_numbers_and_a_source_may_stand_alone():
    alone = tree_sums(
        np.array([7.0]),
        row=np.array([[-1, -1]]),
        before=np.zeros((1, 2), dtype=int),
        depth=np.array([[0, -1]]),
    )
    assert alone[0, 0] == 0.0
    assert np.isnan(alone[0, 1])
