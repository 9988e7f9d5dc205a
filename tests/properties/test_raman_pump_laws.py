"""Laws of pumped fibre that hold for every set of pumps, not only for the ones we thought of."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.core.units import PLANCK_J_S
from karakoram.engines.optics.raman_boundary import RamanCollocation
from karakoram.engines.optics.raman_pumps import on_off_gain
from karakoram.engines.optics.raman_waves import RamanWaves
from karakoram.engines.optics.spontaneous_raman import spontaneous_raman_input_power_w
from karakoram.engines.optics.srs import raman_gain_per_w_m
from tests.support.raman_spans import pumped_span

ROUNDING = 1e-6
TINY_LOSS_PER_M = 1e-12

laws = settings(max_examples=25, deadline=None)


@st.composite
def pumped_fibres(draw, *, channels_max=6, power_max_w=0.3, attenuation_per_m=None):
    """One to a few waves from each band and either end, in one fibre with or without splices."""
    channels = draw(st.integers(1, channels_max))
    pumps = draw(st.integers(1, 4))
    frequency_hz = np.concatenate(
        [
            186e12 + 1.7e12 * np.arange(channels),
            [draw(st.floats(198e12, 212e12)) for _ in range(pumps)],
        ]
    )
    count = channels + pumps
    splices = draw(st.lists(st.floats(0.0, 1.0), max_size=2))
    length_m = draw(st.floats(20e3, 150e3))
    return RamanWaves(
        launch_power_w=np.array(
            [
                [draw(st.floats(1e-5, 2e-2)) for _ in range(channels)]
                + [draw(st.floats(0.0, power_max_w)) for _ in range(pumps)]
            ]
        ),
        is_counter=np.array([False] * channels + [draw(st.booleans()) for _ in range(pumps)]),
        attenuation_per_m=np.array([[draw(st.floats(3.5e-5, 8e-5)) for _ in range(count)]])
        if attenuation_per_m is None
        else np.full((1, count), attenuation_per_m),
        length_m=np.array([length_m]),
        gain_per_w_m=raman_gain_per_w_m(
            reference_area_m2=draw(st.sampled_from([83e-12, 125e-12])), frequency_hz=frequency_hz
        )[None],
        type_index=np.array([0]),
        lumped_position_m=np.sort([length_m * np.array(splices)]),
        lumped_loss=np.array([[draw(st.floats(1.0, 2.0)) for _ in splices]]),
    )


def solved(waves):
    profile = RamanCollocation().power_profile(waves)
    assert profile.is_solved.all(), profile.failures
    return profile


@laws
@given(waves=pumped_fibres())
def test_every_fibre_has_a_solution_of_positive_powers_that_meets_its_ends(waves):
    profile = solved(waves)
    assert (profile.power_w >= 0.0).all()
    assert np.isfinite(profile.power_w).all()
    entered = np.where(waves.is_counter, profile.power_w[:, -1], profile.power_w[:, 0])
    np.testing.assert_allclose(entered, waves.launch_power_w, rtol=1e-12)


@laws
@given(waves=pumped_fibres(attenuation_per_m=TINY_LOSS_PER_M, power_max_w=0.1))
def test_without_loss_what_comes_out_is_what_went_in(waves):
    """No quantum defect is modelled, so it is power that is conserved, not photons."""
    waves = dataclasses.replace(waves, lumped_loss=np.ones_like(waves.lumped_loss))
    profile = solved(waves)
    assert profile.output_power_w.sum() == pytest.approx(waves.launch_power_w.sum(), rel=ROUNDING)
    flux_w = profile.power_w[0] @ np.where(waves.is_counter, -1.0, 1.0)
    np.testing.assert_allclose(flux_w, flux_w[0], atol=ROUNDING * waves.launch_power_w.sum())


@laws
@given(waves=pumped_fibres())
def test_what_does_not_come_out_was_lost_along_the_way(waves):
    waves = dataclasses.replace(waves, lumped_loss=np.ones_like(waves.lumped_loss))
    profile = solved(waves)
    lost_w = profile.integral(waves.attenuation_per_m[:, None] * profile.power_w).sum()
    left_w = profile.output_power_w.sum()
    assert left_w + lost_w == pytest.approx(waves.launch_power_w.sum(), rel=ROUNDING)


@laws
@given(
    frequency_hz=st.floats(198e12, 210e12),
    is_counter=st.booleans(),
    pump_w=st.floats(0.0, 1.0),
    more=st.floats(1.01, 3.0),
    length_km=st.floats(20.0, 150.0),
)
def test_more_pump_never_lowers_a_channel_below_it(
    frequency_hz, is_counter, pump_w, more, length_km
):
    channel_hz = np.array([193e12])
    before, after = (
        pumped_span(
            length_km=length_km,
            frequency_hz=channel_hz,
            pumps=((frequency_hz, power_w, is_counter),),
        )
        for power_w in (pump_w, more * pump_w)
    )
    assert (after.output_power_w >= before.output_power_w * (1.0 - ROUNDING)).all()
    assert (on_off_gain(after) >= 1.0 - ROUNDING).all()


@laws
@given(waves=pumped_fibres(), data=st.data())
def test_the_order_of_waves_does_not_matter(waves, data):
    order = np.array(data.draw(st.permutations(range(waves.is_counter.size))))
    other = dataclasses.replace(
        waves,
        launch_power_w=waves.launch_power_w[:, order],
        is_counter=waves.is_counter[order],
        attenuation_per_m=waves.attenuation_per_m[:, order],
        gain_per_w_m=waves.gain_per_w_m[:, order][:, :, order],
    )
    np.testing.assert_allclose(
        solved(other).output_power_w, solved(waves).output_power_w[:, order], rtol=1e-5
    )


@laws
@given(waves=pumped_fibres())
def test_a_fibre_seen_from_the_other_end_is_the_same_fibre(waves):
    mirrored = dataclasses.replace(
        waves,
        is_counter=~waves.is_counter,
        lumped_position_m=waves.length_m[:, None] - waves.lumped_position_m[:, ::-1],
        lumped_loss=waves.lumped_loss[:, ::-1],
    )
    np.testing.assert_allclose(
        solved(mirrored).output_power_w, solved(waves).output_power_w, rtol=1e-5
    )


@laws
@given(waves=pumped_fibres(), part=st.floats(0.0, 1.0))
def test_a_pump_in_two_halves_is_the_same_pump(waves, part):
    last = np.arange(waves.is_counter.size)
    doubled = np.append(last, last[-1])
    power_w = waves.launch_power_w[:, doubled]
    power_w[:, -2] *= part
    power_w[:, -1] *= 1.0 - part
    split = dataclasses.replace(
        waves,
        launch_power_w=power_w,
        is_counter=waves.is_counter[doubled],
        attenuation_per_m=waves.attenuation_per_m[:, doubled],
        gain_per_w_m=waves.gain_per_w_m[:, doubled][:, :, doubled],
    )
    ours, theirs = solved(split).output_power_w[:, :-2], solved(waves).output_power_w[:, :-1]
    np.testing.assert_allclose(ours, theirs, rtol=1e-5)


@laws
@given(waves=pumped_fibres(), place=st.floats(0.0, 1.0))
def test_a_splice_without_loss_changes_nothing(waves, place):
    position_m = np.append(waves.lumped_position_m, waves.length_m * place)
    order = np.argsort(position_m)
    spliced = dataclasses.replace(
        waves,
        lumped_position_m=position_m[None, order],
        lumped_loss=np.append(waves.lumped_loss, 1.0)[None, order],
    )
    np.testing.assert_allclose(
        solved(spliced).output_power_w, solved(waves).output_power_w, rtol=1e-5
    )


@laws
@given(
    temperature_k=st.floats(250.0, 330.0),
    warmer=st.floats(1.01, 1.3),
    is_counter=st.booleans(),
    pump_w=st.floats(0.01, 0.5),
)
def test_warmth_adds_emission_and_none_is_below_the_quantum_limit(
    temperature_k, warmer, is_counter, pump_w
):
    """Net gain g needs at least h f R (g - 1) in each polarisation (C. M. Caves, 1982)."""
    frequency_hz = np.array([190e12, 193e12])
    passage = pumped_span(frequency_hz=frequency_hz, pumps=((205e12, pump_w, is_counter),))
    rate_hz = np.array([32e9, 64e9])
    cool_w, warm_w = (
        passage.fibre_transfer
        * spontaneous_raman_input_power_w(
            passage, symbol_rate_hz=rate_hz, temperature_k=np.array([kelvin])
        )
        for kelvin in (temperature_k, temperature_k * warmer)
    )
    assert (warm_w > cool_w).all()
    least_w = 2.0 * PLANCK_J_S * frequency_hz * rate_hz * (passage.fibre_transfer - 1.0)
    assert (cool_w >= least_w).all()
