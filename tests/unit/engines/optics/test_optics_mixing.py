import numpy as np
import pytest

from karakoram.engines.optics.mixing import mixing_table
from karakoram.engines.optics.mixing_bands import MixingBands
from karakoram.engines.optics.mixing_plan import far_plan, near_plan, self_plan
from karakoram.engines.optics.power_profile import (
    LumpedLosses,
    PowerProfile,
    attenuated_profile,
    span_nodes,
)
from tests.support.mixing_oracle import composite_gauss, overlap_m2_hz2

DECAY = 4.6e-5
BETA2 = -21.3e-27
SLOPE = 8e-39
"""Of beta2 over frequency, ten times that of G.652 fibre."""


def bands(rate_hz, *, offset_hz=0.0, roll_off=0.0, slope=0.0):
    count = rate_hz.size
    return MixingBands(
        frequency_hz=193e12 + offset_hz * np.arange(count),
        symbol_rate_hz=rate_hz,
        roll_off=np.array(np.broadcast_to(roll_off, count)),
        beta2_s2_per_m=np.full(count, BETA2),
        beta2_slope_s3_per_m=np.full(count, slope),
    )


def attenuation_table(length_m, channels=1):
    nodes = span_nodes(length_m=np.array([length_m]), decay_per_m=DECAY, count=2)
    profile = attenuated_profile(nodes=nodes, attenuation_per_m=np.full((1, channels), DECAY))
    return mixing_table(profile=profile, decay_per_m=DECAY)


def wavy(z_m):
    """A profile with a Raman-like bulge and a loss of 2 dB at 30 km."""
    gain = 0.4 * (1 - np.exp(-DECAY * z_m)) + 0.2 * np.sin(z_m / 9e3)
    return np.exp(gain - DECAY * z_m) / np.where(z_m > 30e3, 10**0.2, 1.0)


def wavy_profile(count=1500):
    z_m = np.concatenate([np.linspace(0, 30e3, count), np.linspace(30e3, 70e3, count)])
    ratio = wavy(z_m)
    ratio[count] = wavy(np.array([30e3 + 1e-6]))[0]
    return PowerProfile(position_m=z_m[None], ratio=ratio[None, :, None].repeat(2, axis=2))


@pytest.mark.parametrize("length_m", [1e3, 20e3, 80e3, 300e3])
def test_attenuation_alone_gives_the_efficiency_in_closed_form(length_m):
    table = attenuation_table(length_m)
    mismatch = table.step_per_m[0] * np.arange(table.density_m2.shape[2])
    end = np.exp(-DECAY * length_m)
    expected = ((1 - end) ** 2 + 4 * end * np.sin(mismatch * length_m / 2) ** 2) / (
        DECAY**2 + mismatch**2
    )
    np.testing.assert_allclose(table.density_m2[0, 0], expected, rtol=1e-9)


def test_efficiency_of_any_profile_agrees_with_gauss_points_along_the_fibre():
    table = mixing_table(profile=wavy_profile(), decay_per_m=DECAY)
    mismatch = table.step_per_m[0] * np.arange(table.density_m2.shape[2])
    z_m, weight = composite_gauss(np.linspace(0, 70e3, 141))
    expected = np.abs(np.exp(1j * np.outer(mismatch, z_m)) @ (wavy(z_m) * weight)) ** 2
    np.testing.assert_allclose(
        table.density_m2[0, 0], expected, rtol=1e-4, atol=1e-7 * expected.max()
    )


def test_all_of_the_efficiency_is_that_of_parseval():
    # The integral over all mismatches is 2 pi times the integral of the power ratio squared.
    table = mixing_table(profile=wavy_profile(), decay_per_m=DECAY)
    z_m, weight = composite_gauss(np.linspace(0, 70e3, 141))
    everything = table.pair_efficiency(
        channel=np.array([0]), mismatch_per_m=np.array([[1e3]]), weight=np.array([[2.0]])
    )
    assert everything[0, 0] == pytest.approx(2 * np.pi * (wavy(z_m) ** 2 * weight).sum(), rel=2e-4)


def test_a_jump_of_power_counts_far_out_like_the_ends_do():
    table = mixing_table(profile=wavy_profile(), decay_per_m=DECAY)
    before, after = wavy(np.array([30e3, 30e3 + 1e-6]))
    expected = 1.0 + wavy(np.array([70e3]))[0] ** 2 + (before - after) ** 2
    np.testing.assert_allclose(table.edge_power, expected, rtol=1e-6)


def test_beyond_the_table_the_sum_follows_the_exact_one():
    table = attenuation_table(200e3)
    mismatch = np.array([[2e-4, 1e-3, 1.9e-3, 2e-3, 1e-2, 1.0]])
    weights = np.eye(6)
    ours = [
        table.pair_efficiency(channel=np.array([0]), mismatch_per_m=mismatch, weight=weight[None])[
            0, 0
        ]
        for weight in weights
    ]
    # The end of 200 km counts for 1e-4 of the field.
    np.testing.assert_allclose(ours, np.arctan(mismatch[0] / DECAY) / DECAY, rtol=2e-4)


def test_a_profile_cut_into_many_short_pieces_gives_the_same():
    nodes = span_nodes(
        length_m=np.array([60e3]),
        decay_per_m=DECAY,
        count=3000,
        lumped=LumpedLosses(position_m=np.array([[30e3]]), loss=np.array([[1.0]])),
    )
    fine = attenuated_profile(nodes=nodes, attenuation_per_m=np.full((1, 1), DECAY))
    np.testing.assert_allclose(
        mixing_table(profile=fine, decay_per_m=DECAY).density_m2,
        attenuation_table(60e3).density_m2,
        rtol=1e-7,
    )


@pytest.mark.parametrize("roll_off", [0.0, 0.15])
@pytest.mark.parametrize(("rate_hz", "length_m"), [(32e9, 80e3), (130e9, 25e3), (10e9, 5e3)])
def test_a_channel_with_itself_agrees_with_the_double_integral(rate_hz, length_m, roll_off):
    plan = self_plan(bands(np.array([rate_hz]), roll_off=roll_off))
    expected = overlap_m2_hz2(
        power_ratio=lambda z_m: np.exp(-DECAY * z_m),
        breaks_m=np.array([0.0, length_m]),
        beta2=BETA2,
        offset_hz=0.0,
        rates_hz=(rate_hz, rate_hz),
        roll_off=roll_off,
    )
    ours = plan.overlap_m2_hz2(attenuation_table(length_m))[0, 0]
    assert 10 * np.log10(ours / expected) == pytest.approx(0.0, abs=1e-3)


def test_a_channel_with_itself_agrees_where_the_profile_jumps():
    plan = self_plan(bands(np.full(2, 64e9), offset_hz=100e9))
    expected = overlap_m2_hz2(
        power_ratio=wavy,
        breaks_m=np.array([0.0, 30e3, 70e3]),
        beta2=BETA2,
        offset_hz=0.0,
        rates_hz=(64e9, 64e9),
    )
    ours = plan.overlap_m2_hz2(mixing_table(profile=wavy_profile(), decay_per_m=DECAY))
    np.testing.assert_allclose(10 * np.log10(ours / expected), 0.0, atol=1e-3)


@pytest.mark.parametrize(
    ("offset_hz", "rate_hz", "other_hz", "roll_off"),
    [
        (50e9, 32e9, 32e9, 0.0),
        (-75e9, 64e9, 64e9, 0.2),
        (75e9, 32e9, 64e9, 0.0),
        (150e9, 90e9, 32e9, 0.15),
        (-60e9, 32e9, 64e9, (0.1, 0.6)),
        (75e9, 64e9, 32e9, (0.0, 1.0)),
    ],
)
def test_neighbours_agree_with_the_double_integral(offset_hz, rate_hz, other_hz, roll_off):
    given = bands(
        np.array([rate_hz, other_hz]), offset_hz=offset_hz, roll_off=roll_off, slope=SLOPE
    )
    plan = near_plan(given, channel=np.array([0]), interferer=np.array([1]))
    expected = overlap_m2_hz2(
        power_ratio=lambda z_m: np.exp(-DECAY * z_m),
        breaks_m=np.array([0.0, 40e3]),
        beta2=(BETA2, SLOPE),
        offset_hz=offset_hz,
        rates_hz=(rate_hz, other_hz),
        roll_off=roll_off,
    )
    ours = plan.overlap_m2_hz2(attenuation_table(40e3, channels=2))[0, 0]
    assert 10 * np.log10(ours / expected) == pytest.approx(0.0, abs=2e-3)


def test_the_ends_of_a_far_band_overstate_it_by_little():
    given = bands(np.full(2, 32e9), offset_hz=400e9)
    pair = {"channel": np.array([0]), "interferer": np.array([1])}
    table = attenuation_table(80e3, channels=2)
    ends, whole = (plan(given, **pair).overlap_m2_hz2(table) for plan in (far_plan, near_plan))
    over = ends / whole
    assert 1.0 < over[0, 0] < 1.03
