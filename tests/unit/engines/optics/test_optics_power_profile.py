import numpy as np
import pytest
from scipy.integrate import solve_ivp

from karakoram.engines.optics.power_profile import (
    LumpedLosses,
    PowerProfile,
    SpanNodes,
    attenuated_profile,
    coarse_profile,
    raman_power_profile,
    span_nodes,
    straightened_profile,
)
from karakoram.engines.optics.srs import raman_gain_per_w_m

DB_PER_NEPER = 10.0 / np.log(10.0)


def losses(*places):
    """One row of (position in km, loss in dB)."""
    return LumpedLosses(
        position_m=np.array([[1e3 * place for place, _ in places]]),
        loss=10 ** (np.array([[loss for _, loss in places]]) / 10),
    )


def test_attenuation_alone_is_exponential_and_steps_down_at_each_lumped_loss():
    nodes = span_nodes(
        length_m=np.array([80e3]), decay_per_m=4.6e-5, lumped=losses((20, 2.0), (50, 1.0))
    )
    profile = attenuated_profile(nodes=nodes, attenuation_per_m=np.array([[4e-5, 5e-5]]))
    z_m = profile.position_m[0]
    at = np.flatnonzero(z_m == 20e3)
    assert at.size == 2, "a node before the loss and one after it"
    step_db = 10 * np.log10(profile.ratio[0, at[0]] / profile.ratio[0, at[1]])
    np.testing.assert_allclose(step_db, 2.0)
    np.testing.assert_allclose(
        profile.transmission[0], np.exp(-np.array([4e-5, 5e-5]) * 80e3) / 10**0.3
    )
    before = z_m < 20e3
    np.testing.assert_allclose(profile.ratio[0, before, 0], np.exp(-4e-5 * z_m[before]))


@pytest.mark.parametrize("tilt", [0.0, 0.2])
@pytest.mark.parametrize("length_m", [20e3, 80e3, 150e3])
def test_raman_profile_agrees_with_a_converged_solution_at_every_node(length_m, tilt):
    frequency_hz = 186.1e12 + 100e9 * np.arange(96)
    alpha = 4.6e-5 * (1 + tilt * np.linspace(-1, 1, 96) ** 2)
    power_w = np.full(96, 2.6e-3)
    gain = raman_gain_per_w_m(reference_area_m2=83e-12, frequency_hz=frequency_hz)
    nodes = span_nodes(length_m=np.array([length_m]), decay_per_m=4.6e-5)
    profile = raman_power_profile(
        power_w=power_w[None], attenuation_per_m=alpha[None], gain_per_w_m=gain, nodes=nodes
    )
    exact = solve_ivp(
        lambda _, y: -alpha + gain @ np.exp(y),
        (0.0, length_m),
        np.log(power_w),
        t_eval=nodes.position_m[0],
        rtol=1e-9,
        atol=1e-9,
        method="DOP853",
    )
    theirs = exact.y.T - np.log(power_w)
    worst_db = DB_PER_NEPER * np.abs(np.log(profile.ratio[0]) - theirs).max()
    assert worst_db < 1e-5


def test_raman_scattering_is_weaker_behind_a_lumped_loss():
    frequency_hz = 191.3e12 + 100e9 * np.arange(48)
    given = {
        "power_w": np.full((1, 48), 3e-3),
        "attenuation_per_m": np.array([[4.6e-5]]),
        "gain_per_w_m": raman_gain_per_w_m(reference_area_m2=83e-12, frequency_hz=frequency_hz),
    }

    def tilt_db(lumped):
        nodes = span_nodes(length_m=np.array([80e3]), decay_per_m=4.6e-5, lumped=lumped)
        end = raman_power_profile(nodes=nodes, **given).transmission[0]
        return 10 * np.log10(end[0] / end[-1])

    at_input, halfway, at_end = (tilt_db(losses((place, 3.0))) for place in (0, 10, 80))
    np.testing.assert_allclose(at_end, tilt_db(None))
    assert at_input < halfway < at_end
    # A loss of 3 dB at the input is half the power: half the tilt in dB.
    assert at_input == pytest.approx(at_end / 10**0.3, rel=5e-3)


def test_spans_share_their_nodes_or_bring_their_own():
    frequency_hz = 191.3e12 + 200e9 * np.arange(10)
    gain = raman_gain_per_w_m(reference_area_m2=83e-12, frequency_hz=frequency_hz)
    power_w = np.random.default_rng(3).uniform(1e-3, 5e-3, (4, 10))

    def profile(rows):
        return raman_power_profile(
            power_w=power_w,
            attenuation_per_m=np.full((4, 1), 4.6e-5),
            gain_per_w_m=gain,
            nodes=span_nodes(length_m=np.full(rows, 70e3), decay_per_m=4.6e-5),
        )

    np.testing.assert_array_equal(profile(1).ratio, profile(4).ratio)


def test_a_lumped_loss_of_one_is_padding_and_changes_nothing():
    padded = losses((20, 2.0), (0, 0.0))
    for lumped in (losses((20, 2.0)), padded):
        nodes = span_nodes(length_m=np.array([80e3]), decay_per_m=4.6e-5, lumped=lumped)
        end = attenuated_profile(nodes=nodes, attenuation_per_m=np.full((1, 1), 4.6e-5))
        assert end.transmission[0, 0] == pytest.approx(np.exp(-4.6e-5 * 80e3) / 10**0.2)


@pytest.mark.parametrize(
    "make",
    [
        lambda: losses((20, -1.0)),
        lambda: losses((-20, 1.0)),
        lambda: span_nodes(length_m=np.array([10e3]), decay_per_m=4.6e-5, lumped=losses((20, 1.0))),
        lambda: span_nodes(length_m=np.array([10e3]), decay_per_m=4.6e-5, count=1),
        lambda: SpanNodes(position_m=np.array([[0.0, 1.0]]), lumped_loss=np.array([[2.0]])),
        lambda: SpanNodes(position_m=np.array([[1.0, 2.0]]), lumped_loss=np.array([[1.0]])),
        lambda: PowerProfile(position_m=np.array([[0.0, 1.0]]), ratio=np.zeros((1, 2, 1))),
        lambda: PowerProfile(position_m=np.array([[1.0, 0.0]]), ratio=np.ones((1, 2, 1))),
    ],
)
def test_what_no_fibre_can_be_is_refused(make):
    with pytest.raises(AssertionError):
        make()


def two_spans_with_a_splice():
    lumped = LumpedLosses(position_m=np.full((2, 1), 25e3), loss=np.full((2, 1), 2.0))
    nodes = span_nodes(length_m=np.array([83e3, 41e3]), decay_per_m=4.6e-5, lumped=lumped)
    return attenuated_profile(nodes=nodes, attenuation_per_m=np.array([[4.6e-5, 5e-5]] * 2))


def test_a_coarse_profile_stands_at_every_step_and_before_each_loss():
    coarse = coarse_profile(two_spans_with_a_splice(), 1, step_m=10e3)
    places_m = [0.0, 10e3, 20e3, 25e3, 30e3, 40e3, 41e3]
    assert coarse.position_m[0].tolist() == places_m
    lost = np.where(np.array(places_m) > 25e3, 2.0, 1.0)
    for channel, alpha in enumerate((4.6e-5, 5e-5)):
        expected = np.exp(-alpha * np.array(places_m)) / lost
        np.testing.assert_allclose(coarse.ratio[0, :, channel], expected, rtol=1e-12)


def test_power_is_straight_over_attenuation_between_coarse_nodes():
    alpha = np.array([4.6e-5, 5e-5])
    coarse = coarse_profile(two_spans_with_a_splice(), 0, step_m=20e3)
    straight = straightened_profile(coarse, alpha)
    at = np.isin(straight.position_m[0], coarse.position_m[0])
    np.testing.assert_allclose(straight.ratio[0, at], coarse.ratio[0], rtol=1e-12)
    assert np.diff(straight.position_m[0]).max() <= 1e3
    over = straight.ratio[0] * np.exp(straight.position_m[0][:, None] * alpha)
    # From 25 to 40 km half of the power goes, evenly.
    behind = np.flatnonzero((straight.position_m[0] >= 25e3) & (straight.position_m[0] <= 40e3))
    np.testing.assert_allclose(over[behind], np.linspace(1.0, 0.5, behind.size)[:, None] + [[0, 0]])
    np.testing.assert_allclose(over[: behind[0]], 1.0)
