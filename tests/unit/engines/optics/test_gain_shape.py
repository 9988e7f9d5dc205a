"""The shape of an amplifier's gain over its channels."""

import numpy as np
import pytest

from karakoram.engines.optics.gain_shape import GainShape, shaped_gain, tilt_response_span

FREQUENCY_HZ = np.linspace(191.5e12, 196.0e12, 40)
PLACE = np.linspace(0.0, 1.0, 40)


def shape_of(response, ripple_db=0.0):
    response = np.atleast_2d(response)
    return GainShape(
        tilt_response=response,
        tilt_response_span=tilt_response_span(
            tilt_response=response,
            frequency_hz=FREQUENCY_HZ,
            band_width_hz=np.full(response.shape[0], 4.5e12),
        ),
        log_ripple=np.broadcast_to(np.log(10) / 10 * np.asarray(ripple_db), response.shape),
    )


def gain_db(shape, power_w=None, *, gain=100.0, tilt_db=0.0):
    rows = shape.tilt_response.shape[0]
    power_w = np.full((rows, 40), 1e-5) if power_w is None else power_w
    found = shaped_gain(
        shape=shape,
        input_power_w=power_w,
        gain=np.full(rows, gain),
        tilt=np.full(rows, 10 ** (tilt_db / 10)),
    )
    total = (found * power_w).sum(axis=1) / power_w.sum(axis=1)
    np.testing.assert_allclose(total, gain, rtol=2e-12)
    return 10 * np.log10(found)


def test_without_ripple_and_tilt_equal_channels_get_the_same_gain():
    assert gain_db(shape_of(1.0 + PLACE)) == pytest.approx(20.0, abs=1e-10)


def test_the_tilt_asked_for_is_there_and_low_frequencies_get_more():
    found = gain_db(shape_of(1.0 + PLACE), tilt_db=2.0)[0]
    assert found[0] - found[-1] == pytest.approx(2.0, abs=0.05)
    assert (np.diff(found) < 0.0).all()


def test_a_straight_response_gives_exactly_the_tilt_to_equal_channels():
    # The total is corrected along the response, so that the tilt is met as far as it is small.
    found = gain_db(shape_of(1.0 + 1e-3 * PLACE), tilt_db=1e-3)[0]
    assert found[0] - found[-1] == pytest.approx(1e-3, rel=1e-3)


def test_a_flat_response_cannot_be_tilted():
    assert gain_db(shape_of(np.ones(40)), tilt_db=3.0) == pytest.approx(20.0, abs=1e-10)


def test_ripple_stays_beside_the_right_total():
    ripple_db = 0.3 * np.sin(9.0 * PLACE)
    found = gain_db(shape_of(np.ones(40), ripple_db))[0]
    np.testing.assert_allclose(np.diff(found), np.diff(ripple_db), atol=1e-9)


def test_uneven_input_moves_gain_along_the_dynamic_tilt_only():
    response = 1.0 + PLACE**2
    power_w = 1e-5 * 10 ** (0.4 * PLACE)[None, :]
    ripple_db = 0.3 * np.sin(9.0 * PLACE)
    even = gain_db(shape_of(response, ripple_db))
    uneven = gain_db(shape_of(response, ripple_db), power_w)
    moved = (uneven - even) / response
    assert np.ptp(moved) < 1e-9
    assert abs(moved[0, 0]) > 1e-4


def test_rows_do_not_touch_each_other():
    both = shape_of(np.stack([1.0 + PLACE, 2.0 - 0.5 * PLACE]), 0.1 * PLACE)
    together = gain_db(both, tilt_db=1.5)
    alone = gain_db(shape_of(2.0 - 0.5 * PLACE, 0.1 * PLACE), tilt_db=1.5)
    np.testing.assert_allclose(together[1], alone[0], atol=1e-10)


def test_one_channel_gets_the_gain_whatever_tilt_is_asked_for():
    one = GainShape(
        tilt_response=np.array([[1.3]]),
        tilt_response_span=tilt_response_span(
            tilt_response=np.array([[1.3]]),
            frequency_hz=np.array([193e12]),
            band_width_hz=np.array([4.5e12]),
        ),
        log_ripple=np.array([[0.2]]),
    )
    found = shaped_gain(
        shape=one,
        input_power_w=np.array([[1e-4]]),
        gain=np.array([50.0]),
        tilt=np.array([2.0]),
    )
    assert found == pytest.approx(50.0)


def test_figures_no_amplifier_has_are_an_error():
    response = np.where(PLACE == 0.0, 1e-3, 1e3)
    shape = shape_of(response, np.where(PLACE == 0.0, 0.0, 10.0))
    with pytest.raises(ArithmeticError, match="did not converge"):
        shaped_gain(
            shape=shape,
            input_power_w=np.where(PLACE == 0.0, 1e-3, 1e-15)[None, :],
            gain=np.array([100.0]),
            tilt=np.array([1.0]),
        )
