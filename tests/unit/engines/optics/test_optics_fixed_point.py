import numpy as np
import pytest

from karakoram.engines.optics.fixed_point import resting_point

RNG = np.random.default_rng(5)
MIXING = RNG.normal(size=(3, 20, 20)) / 6.0
OFFSET = RNG.normal(size=(3, 20))
EXACT = np.linalg.solve(np.eye(20) - MIXING, OFFSET[..., None])[..., 0]


def linear_map(rows, state):
    return np.einsum("rij,rj->ri", MIXING[rows], state) + OFFSET[rows]


def rest_of(batch_map, start, **changes):
    options = {"tolerance": 1e-10, "iterations_max": 200, "step_max": 1e3, **changes}
    return resting_point(batch_map, start=start, **options)


def test_a_linear_map_comes_to_rest_at_its_solution():
    rest = rest_of(linear_map, np.zeros((3, 20)))
    np.testing.assert_allclose(rest.value, EXACT, atol=1e-8)
    assert (rest.residual <= 1e-10).all()


def test_a_map_that_repels_is_brought_to_rest():
    """Plain repetition of x -> 4 - 3 x runs away from 1; the memory finds it."""
    rest = rest_of(lambda _, state: 4.0 - 3.0 * state, np.array([[9.0], [-7.0]]))
    np.testing.assert_allclose(rest.value, 1.0)


def test_rows_rest_on_their_own_and_drop_out():
    asked = []

    def recording(rows, state):
        asked.append(rows.tolist())
        return linear_map(rows, state)

    start = np.zeros((3, 20))
    start[1] = EXACT[1]
    rest = rest_of(recording, start)
    assert asked[0] == [0, 1, 2]
    assert asked[1] == [0, 2]
    for row in range(3):
        alone = rest_of(lambda _, state, row=row: linear_map(np.array([row]), state), start[[row]])
        np.testing.assert_allclose(rest.value[row], alone.value[0], atol=1e-8)


def test_a_row_that_does_not_rest_says_so():
    rest = rest_of(lambda _, state: state + 1.0, np.zeros((1, 2)), iterations_max=7)
    assert rest.residual[0] == pytest.approx(1.0)


def test_no_entry_moves_further_than_the_largest_step():
    rest = rest_of(lambda _, state: state + 100.0, np.zeros((1, 2)), iterations_max=3, step_max=0.5)
    np.testing.assert_allclose(rest.value, 1.5)


@pytest.mark.parametrize("wrong", [{"tolerance": 0.0}, {"iterations_max": 0}])
def test_senseless_limits_are_our_mistake(wrong):
    with pytest.raises(AssertionError):
        rest_of(linear_map, np.zeros((3, 20)), **wrong)
