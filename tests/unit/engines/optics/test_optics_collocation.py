import numpy as np
import pytest

from karakoram.engines.optics.collocation import Collocation

EDGES_M = np.array([[0.0, 2.0, 7.0], [0.0, 4.0, 5.0]])


def points_of(segments=2, points=7):
    return Collocation(segments=segments, points=points)


def test_points_reach_both_ends_of_every_segment():
    position_m = points_of().positions_m(EDGES_M)
    assert position_m.shape == (2, 14)
    np.testing.assert_allclose(position_m[:, [0, 6, 7, 13]], EDGES_M[:, [0, 1, 1, 2]])
    assert (np.diff(position_m, axis=1) >= 0.0).all()


@pytest.mark.parametrize("degree", range(7))
def test_running_integral_of_a_polynomial_is_exact(degree):
    collocation = points_of()
    position_m = collocation.positions_m(EDGES_M)
    values = position_m**degree * collocation.half_lengths_m(EDGES_M)
    integral = values @ collocation.integration().T
    np.testing.assert_allclose(integral, position_m ** (degree + 1) / (degree + 1), atol=1e-8)


def test_a_segment_without_length_adds_nothing():
    edges_m = np.array([[0.0, 3.0, 3.0]])
    collocation = points_of()
    integral = collocation.integration() @ collocation.half_lengths_m(edges_m)[0]
    np.testing.assert_allclose(integral[6:], 3.0)


def test_interpolation_and_resampling_hold_what_the_points_hold():
    collocation = points_of()
    position_m = collocation.positions_m(EDGES_M)

    def curve(place_m):
        # A kink where one segment ends, polynomials of degree 5 on either side.
        kinked = np.abs(place_m - EDGES_M[:, 1:2])
        return np.stack([place_m**5, kinked * place_m], axis=-1)

    held = curve(position_m)
    fine_m = np.stack([np.linspace(0.0, end_m, 41) for end_m in EDGES_M[:, -1]])
    between = collocation.interpolated(held, edges_m=EDGES_M, position_m=fine_m)
    np.testing.assert_allclose(between, curve(fine_m), atol=1e-8)
    finer = points_of(points=11)
    np.testing.assert_allclose(
        collocation.resampled(held, points=11), curve(finer.positions_m(EDGES_M)), atol=1e-8
    )
    assert collocation.resampled(held, points=7) is held


def test_interpolation_within_a_segment_without_length_is_its_value():
    edges_m = np.array([[0.0, 0.0, 3.0]])
    collocation = points_of()
    held = np.full((1, 14, 1), 2.0)
    at = collocation.interpolated(held, edges_m=edges_m, position_m=np.array([[0.0, 3.0]]))
    np.testing.assert_allclose(at, 2.0)


def test_the_tail_tells_a_smooth_curve_from_one_with_a_kink():
    collocation = points_of(segments=1, points=20)
    edges_m = np.array([[0.0, 1.0]])
    place = collocation.positions_m(edges_m)[..., None]
    assert collocation.tail(np.exp(place))[0] < 1e-12
    assert collocation.tail(np.abs(place - 0.4))[0] > 1e-3


def test_too_few_points_are_our_mistake():
    with pytest.raises(AssertionError, match="at least 3 points"):
        points_of(points=2)
