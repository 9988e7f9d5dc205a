import dataclasses

import numpy as np
import pytest

from karakoram.core.units import db_from_linear
from karakoram.engines.optics.power_profile import LumpedLosses
from karakoram.engines.optics.raman_boundary import RamanCollocation
from karakoram.engines.optics.raman_pumps import on_off_gain, raman_passage
from karakoram.engines.optics.srs import raman_gain_per_w_m, raman_transfer, raman_way
from tests.support.raman_spans import (
    C_BAND_HZ,
    NEPER_PER_M_OF_DB_PER_KM,
    TWO_COUNTER_PUMPS,
    pump_columns,
    pumped_span,
    span_fibre,
)


def test_without_pumps_it_is_raman_scattering_among_the_channels():
    power_w = np.linspace(1e-3, 4e-3, C_BAND_HZ.size)
    offset_per_m = 2e-6 * np.linspace(-1.0, 1.0, C_BAND_HZ.size)[None] ** 2
    attenuation_per_m = 0.2 * NEPER_PER_M_OF_DB_PER_KM
    passage = pumped_span(power_w=power_w, pumps=(), offset_per_m=offset_per_m)
    transfer = raman_transfer(
        power_w=power_w[None],
        way=raman_way(
            attenuation_per_m=attenuation_per_m + offset_per_m, length_m=np.array([[80e3]])
        ),
        gain_per_w_m=raman_gain_per_w_m(reference_area_m2=83e-12, frequency_hz=C_BAND_HZ),
        step_neper=0.05,
    )
    expected = transfer * np.exp(-80e3 * (attenuation_per_m + offset_per_m))
    np.testing.assert_allclose(passage.fibre_transfer, expected, rtol=2e-6)
    np.testing.assert_allclose(on_off_gain(passage), 1.0, rtol=1e-6)


def test_pumps_without_power_are_no_pumps():
    dark = tuple((pump_hz, 0.0, counter) for pump_hz, _, counter in TWO_COUNTER_PUMPS)
    np.testing.assert_allclose(
        pumped_span(pumps=dark).fibre_transfer, pumped_span(pumps=()).fibre_transfer, rtol=1e-6
    )


def test_connectors_act_on_channels_before_and_after_the_fibre():
    bare = pumped_span(power_w=1e-3)
    passage = pumped_span(power_w=1.2e-3, input_loss=1.2, output_loss=1.5)
    np.testing.assert_allclose(passage.channel_power_w, bare.channel_power_w, rtol=1e-9)
    np.testing.assert_allclose(passage.pump_power_w, bare.pump_power_w, rtol=1e-9)
    np.testing.assert_allclose(passage.output_power_w, bare.output_power_w / 1.5, rtol=1e-9)
    np.testing.assert_allclose(passage.channel_power_w[:, 0], 1e-3, rtol=1e-12)


def test_on_off_gain_compares_with_the_same_span_unpumped():
    passage = pumped_span()
    gain = on_off_gain(passage)
    unpumped = pumped_span(pumps=())
    np.testing.assert_allclose(gain, passage.output_power_w / unpumped.output_power_w, rtol=1e-6)
    assert 6.0 < db_from_linear(gain).min() < db_from_linear(gain).max() < 14.0


def test_pumps_come_in_at_their_own_end():
    passage = pumped_span(pumps=((205e12, 0.2, True), (206e12, 0.1, False)))
    np.testing.assert_allclose(passage.pump_power_w[0, -1, 0], 0.2)
    np.testing.assert_allclose(passage.pump_power_w[0, 0, 1], 0.1)
    left_w = passage.profile.output_power_w[0, -2:]
    np.testing.assert_allclose(
        left_w, [passage.pump_power_w[0, 0, 0], passage.pump_power_w[0, -1, 1]]
    )
    assert (left_w < 0.02).all()


def test_fibre_of_smaller_effective_area_gives_more_gain():
    both = pumped_span(length_km=[80.0, 80.0], area_m2=np.array([125e-12, 83e-12]))
    gain_db = db_from_linear(on_off_gain(both))
    assert (gain_db[1] > 1.3 * gain_db[0]).all()
    for row, area_m2 in enumerate((125e-12, 83e-12)):
        alone = pumped_span(area_m2=area_m2)
        np.testing.assert_allclose(both.fibre_transfer[row], alone.fibre_transfer[0], rtol=1e-6)


def test_each_section_has_its_own_pump_power_and_pump_loss():
    fibre = span_fibre(length_km=[80.0, 80.0])
    pumps = dataclasses.replace(
        pump_columns(TWO_COUNTER_PUMPS, sections=2),
        power_w=np.array([[0.2, 0.2], [0.3, 0.2]]),
        attenuation_per_m=np.array([[6e-5, 6e-5], [5e-5, 6e-5]]),
    )
    power_w = np.full((2, C_BAND_HZ.size), 1e-3)
    both = raman_passage(fibre, pumps, frequency_hz=C_BAND_HZ, power_w=power_w)
    for row in range(2):
        alone = raman_passage(
            span_fibre(length_km=80.0),
            dataclasses.replace(
                pumps,
                power_w=pumps.power_w[[row]],
                attenuation_per_m=pumps.attenuation_per_m[[row]],
            ),
            frequency_hz=C_BAND_HZ,
            power_w=power_w[:1],
        )
        np.testing.assert_allclose(both.output_power_w[row], alone.output_power_w[0], rtol=1e-6)
    assert (both.output_power_w[1] > 1.2 * both.output_power_w[0]).all()


def test_a_splice_loss_weakens_pump_and_channels():
    plain = pumped_span()
    near_pump = pumped_span(lumped=((75.0, 1.0),))
    far_from_pump = pumped_span(lumped=((5.0, 1.0),))
    loss_db = [
        db_from_linear(plain.output_power_w / spliced.output_power_w)
        for spliced in (near_pump, far_from_pump)
    ]
    # Behind the pump's gain the loss counts for pump and channel; before it, less power of
    # the channels leaves more of the pump to each.
    assert (loss_db[0] > 1.5).all()
    assert (loss_db[1] < 1.0).all()


def test_losses_may_be_given_as_columns_of_many_sections():
    lumped = LumpedLosses(position_m=np.array([[75e3], [0.0]]), loss=np.array([[10**0.1], [1.0]]))
    both = raman_passage(
        span_fibre(length_km=[80.0, 80.0]),
        pump_columns(TWO_COUNTER_PUMPS, sections=2, attenuation_per_m=4.6e-5),
        frequency_hz=C_BAND_HZ,
        power_w=np.full((2, C_BAND_HZ.size), 1e-3),
        lumped=lumped,
    )
    spliced = pumped_span(lumped=((75.0, 1.0),))
    assert np.abs(np.log(both.output_power_w[0] / spliced.output_power_w[0])).max() < 0.01
    assert (both.output_power_w[1] > both.output_power_w[0] * 1.4).all()


def test_the_profile_of_the_channels_is_available_anywhere():
    passage = pumped_span(length_km=[80.0, 100.0], lumped=((40.0, 1.0),))
    position_m = np.stack([np.linspace(0.0, 80e3, 26), np.linspace(0.0, 100e3, 26)])
    profile = passage.channel_profile_at(position_m)
    assert profile.shape == (2, 26, C_BAND_HZ.size)
    np.testing.assert_allclose(profile[:, 0], 1.0)
    np.testing.assert_allclose(profile[:, -1], passage.fibre_transfer)
    at_nodes = passage.channel_profile_at(np.array(passage.profile.position_m))
    launch_w = passage.channel_power_w[:, :1]
    np.testing.assert_allclose(at_nodes, passage.channel_power_w / launch_w, rtol=1e-9)


def test_a_section_without_a_solution_is_named_and_empty():
    passage = pumped_span(length_km=[80.0, 60.0])
    assert passage.is_solved.all()
    hopeless = raman_passage(
        span_fibre(length_km=[80.0]),
        pump_columns(TWO_COUNTER_PUMPS),
        frequency_hz=C_BAND_HZ,
        power_w=np.full((1, C_BAND_HZ.size), 1e-3),
        method=RamanCollocation(iterations_max=2),
    )
    assert not hopeless.is_solved[0]
    assert np.isnan(hopeless.output_power_w).all()
    assert "row 0" in hopeless.profile.failures[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"power_w": np.array([[-0.1, 0.2]])},
        {"power_w": np.array([[0.1]])},
        {"attenuation_per_m": np.array([[0.0, 1e-5]])},
        {"frequency_hz": np.array([0.0, 201e12])},
        {"is_counter": np.array([True])},
    ],
)
def test_impossible_pumps_are_our_mistake(wrong):
    # Shapes are told by the type checker of the tests, before our own assertions.
    with pytest.raises((AssertionError, TypeError)):
        dataclasses.replace(pump_columns(TWO_COUNTER_PUMPS), **wrong)
