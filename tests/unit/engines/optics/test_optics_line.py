import dataclasses

import numpy as np
import pytest

from karakoram.core.units import PLANCK_J_S
from karakoram.engines.optics import (
    AmplifierColumns,
    Comb,
    FibreColumns,
    PropagationMethod,
    RamanModel,
    RepeateredColumns,
    full_comb,
    line_columns,
    line_dispersion_s_per_m,
    line_noise,
    line_pmd_s,
    prepared_lines,
    repeatered_line_noise,
)
from karakoram.engines.optics.amplifier import amplifier_gain
from tests.support.no_interference import NoInterference
from tests.support.optics_lines import loss_matched_amplifiers

COMB = full_comb(
    f_min_hz=191.3e12,
    f_max_hz=196.1e12,
    spacing_hz=400e9,
    symbol_rate_hz=120e9,
    psd_w_per_hz=8e-3 / 120e9,
)
PASSIVE = PropagationMethod(nonlinear=NoInterference(), raman=RamanModel.NONE)


def fibre(length_km, **changes):
    shape = np.shape(length_km)
    given = {
        "length_m": np.asarray(length_km, dtype=float) * 1e3,
        "attenuation_per_m": np.full(shape, 4.6e-5),
        "input_loss": np.full(shape, 1.1),
        "output_loss": np.full(shape, 1.2),
        "dispersion_s_per_m2": np.full(shape, 16.7e-6),
        "dispersion_slope_s_per_m3": np.full(shape, np.nan),
        "effective_area_m2": np.full(shape, 83e-12),
        "pmd_s_per_sqrt_m": np.full(shape, 1e-15),
    }
    return FibreColumns(**{**given, **changes})


def amplifiers(lines, **changes):
    given = {"booster_gain": 100.0, "noise_factor": 3.0, "output_power_max_w": 1.0}
    return loss_matched_amplifiers(lines, **{**given, **changes})


LINES = line_columns([fibre([60.0, 80.0, 70.0]), fibre([90.0])])


def test_linear_noise_of_a_line_is_the_sum_over_its_amplifiers():
    """Every amplifier adds F h f R at its input; the signal there is launch power over loss."""
    noise = line_noise(LINES, COMB, amplifiers(LINES), method=PASSIVE)
    photon_w = 3.0 * PLANCK_J_S * COMB.frequency_hz * COMB.symbol_rate_hz
    for row, sections in ((0, 3), (1, 1)):
        losses = LINES.fibre.loss[row, :sections]
        ase_w = photon_w * (100.0 + losses.sum())
        np.testing.assert_allclose(1.0 / noise.osnr[row], ase_w / COMB.launch_power_w, rtol=1e-12)
        np.testing.assert_allclose(noise.output_power_w[row], COMB.launch_power_w + ase_w)
    np.testing.assert_allclose(noise.gsnr, noise.osnr, rtol=1e-12)
    assert np.isinf(noise.end.snr_nli).all()


def test_the_strip_shows_power_and_quality_at_every_amplifier():
    noise = line_noise(LINES, COMB, amplifiers(LINES))
    assert noise.at_amplifier.gsnr.shape == (2, 4, COMB.channel_count)
    np.testing.assert_allclose(noise.at_amplifier.gsnr[0, 3], noise.gsnr[0], rtol=1e-12)
    np.testing.assert_allclose(noise.at_amplifier.gsnr[1, 1], noise.gsnr[1], rtol=1e-12)
    np.testing.assert_array_equal(noise.amplifier_output_power_w[1, 1], noise.output_power_w[1])
    loss = noise.amplifier_output_power_w[0, :3].sum(-1) / noise.section_output_power_w[0].sum(-1)
    np.testing.assert_allclose(loss, LINES.fibre.loss[0], rtol=1e-6)


def test_places_beyond_the_end_of_a_line_repeat_its_end():
    noise = line_noise(LINES, COMB, amplifiers(LINES))
    for values in (
        noise.amplifier_output_power_w,
        noise.at_amplifier.signal,
        noise.at_amplifier.ase,
        noise.at_amplifier.nli,
    ):
        np.testing.assert_array_equal(values[1, 2:], values[1, [1, 1]])
    assert not noise.interference_ratio[1, 1:].any()
    assert not noise.ase_ratio[1, 2:].any()


def test_padding_is_never_read():
    wild = dataclasses.replace(
        LINES.fibre,
        length_m=np.array([[60e3, 80e3, 70e3], [90e3, 1e9, 1e9]]),
        effective_area_m2=np.array([[83e-12] * 3, [83e-12, 1e-12, 5e-12]]),
    )
    tame = line_noise(LINES, COMB, amplifiers(LINES))
    same = line_noise(dataclasses.replace(LINES, fibre=wild), COMB, amplifiers(LINES))
    np.testing.assert_array_equal(tame.gsnr, same.gsnr)
    for lines in (LINES, dataclasses.replace(LINES, fibre=wild)):
        assert line_dispersion_s_per_m(lines, COMB)[1].max() < 16.7e-6 * 90e3 * 1.1
        assert line_pmd_s(lines)[1] == pytest.approx(1e-15 * np.sqrt(90e3))


def test_an_amplifier_at_its_maximum_gives_less_gain():
    gain = amplifier_gain(
        input_power_w=np.array([[1e-4, 3e-4], [1e-6, 1e-6]]),
        set_gain=np.array([100.0, 100.0]),
        output_power_max_w=np.array([0.02, 0.02]),
    )
    assert gain.tolist() == pytest.approx([50.0, 100.0])


def test_a_saturated_line_carries_less_power():
    total_w = COMB.launch_power_w.sum()
    capped = amplifiers(LINES, output_power_max_w=total_w / 2.0)
    noise = line_noise(LINES, COMB, capped, method=PASSIVE)
    np.testing.assert_allclose(
        noise.amplifier_output_power_w[0].sum(axis=-1), total_w / 2.0, rtol=2e-3
    )


def test_amplifiers_that_restore_the_profile_put_out_the_launch_power():
    noise = line_noise(LINES, COMB, amplifiers(LINES, restores_profile=True))
    np.testing.assert_allclose(noise.output_power_w[0], COMB.launch_power_w, rtol=1e-12)


def test_amplifiers_that_restore_the_profile_are_still_limited_in_power():
    total_w = COMB.launch_power_w.sum()
    limited = amplifiers(LINES, restores_profile=True, output_power_max_w=total_w / 4.0)
    noise = line_noise(LINES, COMB, limited)
    np.testing.assert_allclose(noise.output_power_w[0], COMB.launch_power_w / 4.0, rtol=1e-12)


def test_each_amplifier_of_a_batch_restores_the_profile_or_not():
    plain = amplifiers(LINES)
    restores = np.zeros(plain.gain.shape, dtype=bool)
    restores[0, 1] = True
    noise = line_noise(LINES, COMB, dataclasses.replace(plain, restores_profile=restores))
    flat = line_noise(LINES, COMB, plain)
    np.testing.assert_array_equal(noise.output_power_w[1], flat.output_power_w[1])
    restored_w = noise.amplifier_output_power_w[0, 1]
    np.testing.assert_allclose(restored_w, COMB.launch_power_w, rtol=1e-12)
    assert not np.allclose(noise.output_power_w[0], COMB.launch_power_w, rtol=1e-3)


def test_raman_scattering_tilts_a_line_of_flat_gain_and_not_a_restored_one():
    flat = line_noise(LINES, COMB, amplifiers(LINES)).output_power_w[0]
    without = line_noise(
        LINES, COMB, amplifiers(LINES), method=PropagationMethod(raman=RamanModel.NONE)
    ).output_power_w[0]
    assert flat[0] / flat[-1] > 1.2
    assert without[0] / without[-1] == pytest.approx(1.0, abs=1e-3)


def test_raman_scattering_is_on_by_default():
    by_default = line_noise(LINES, COMB, amplifiers(LINES))
    chosen = line_noise(LINES, COMB, amplifiers(LINES), method=PropagationMethod())
    np.testing.assert_array_equal(by_default.gsnr, chosen.gsnr)
    assert PropagationMethod().raman is RamanModel.STIMULATED


def test_loss_that_depends_on_frequency_shapes_the_output():
    offset = np.tile(np.linspace(0.0, 2e-6, COMB.channel_count), (1, 1))
    lines = line_columns([fibre([80.0], attenuation_offset_per_m=offset)])
    noise = line_noise(lines, COMB, amplifiers(lines, noise_factor=0.0), method=PASSIVE)
    np.testing.assert_allclose(
        noise.output_power_w[0], COMB.launch_power_w * np.exp(-offset[0] * 80e3), rtol=1e-12
    )


def test_dispersion_adds_along_a_line_and_pmd_in_quadrature():
    nominal_s_per_m = 16.7e-6 * 210e3
    dispersion_s_per_m = line_dispersion_s_per_m(LINES, COMB)
    assert dispersion_s_per_m[0].mean() == pytest.approx(nominal_s_per_m, rel=0.01)
    np.testing.assert_allclose(line_pmd_s(LINES), 1e-15 * np.sqrt([210e3, 90e3]))


def test_results_cannot_be_written_to():
    noise = line_noise(LINES, COMB, amplifiers(LINES))
    for values in (
        noise.output_power_w,
        noise.end.ase,
        noise.section_output_power_w,
        noise.ase_ratio,
    ):
        with pytest.raises(ValueError, match="read-only"):
            values[...] = 0.0


def test_a_line_needs_one_amplifier_more_than_sections():
    one = AmplifierColumns(
        gain=np.ones((2, 3)),
        noise_factor=np.ones((2, 3)),
        output_power_max_w=np.ones((2, 3)),
        restores_profile=np.zeros((2, 3), dtype=bool),
    )
    with pytest.raises(AssertionError, match="one amplifier more"):
        line_noise(LINES, COMB, one)


@pytest.mark.parametrize(
    "changes",
    [
        {"gain": np.zeros((1, 2))},
        {"noise_factor": -np.ones((1, 2))},
        {"output_power_max_w": np.zeros((1, 2))},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_impossible_amplifiers_are_refused(changes):
    given = {
        "gain": np.ones((1, 2)),
        "noise_factor": np.ones((1, 2)),
        "output_power_max_w": np.ones((1, 2)),
        "restores_profile": np.zeros((1, 2), dtype=bool),
    }
    with pytest.raises(AssertionError):
        AmplifierColumns(**{**given, **changes})


def test_a_method_without_integration_steps_is_refused():
    with pytest.raises(ValueError, match="> 0, got 0"):
        PropagationMethod(raman_step_neper=0.0)


def test_spectral_loss_for_another_comb_is_refused():
    lines = line_columns([fibre([80.0], attenuation_offset_per_m=np.zeros((1, 3)))])
    with pytest.raises(AssertionError):
        line_noise(lines, COMB, amplifiers(lines))


def test_a_repeatered_line_equals_the_same_line_section_by_section():
    spans = 17
    lines = line_columns([fibre([65.0] * spans)])
    boosterless = amplifiers(lines, restores_profile=True)
    noise_factor = np.array(boosterless.noise_factor)
    noise_factor[:, 0] = 0.0
    one_by_one = line_noise(
        lines, COMB, dataclasses.replace(boosterless, noise_factor=noise_factor)
    )
    at_once = repeatered_line_noise(
        RepeateredColumns(
            span_count=np.array([spans]), fibre=fibre([65.0]), noise_factor=np.array([3.0])
        ),
        COMB,
    )
    for name in ("signal", "ase", "nli"):
        np.testing.assert_allclose(
            getattr(at_once.end, name), getattr(one_by_one.end, name), rtol=1e-12
        )
    some = repeatered_line_noise(
        RepeateredColumns(
            span_count=np.array([1, 5]), fibre=fibre([65.0] * 2), noise_factor=np.array([3.0] * 2)
        ),
        COMB,
    )
    np.testing.assert_allclose(some.gsnr, one_by_one.at_amplifier.gsnr[0, [1, 5]], rtol=1e-12)
    np.testing.assert_allclose(
        at_once.repeater_input_power_w[0], one_by_one.section_output_power_w[0, 0], rtol=1e-12
    )
    np.testing.assert_allclose(
        at_once.chromatic_dispersion_s_per_m, line_dispersion_s_per_m(lines, COMB)
    )
    np.testing.assert_allclose(at_once.pmd_s, line_pmd_s(lines))
    np.testing.assert_array_equal(at_once.gsnr, at_once.end.gsnr)


@pytest.mark.parametrize(
    "changes",
    [{"span_count": np.array([0])}, {"noise_factor": np.array([-1.0])}],
    ids=["no spans", "negative noise"],
)
def test_an_impossible_repeatered_line_is_refused(changes):
    given = {
        "span_count": np.array([10]),
        "fibre": fibre([65.0]),
        "noise_factor": np.array([3.0]),
    }
    with pytest.raises(AssertionError):
        RepeateredColumns(**{**given, **changes})


def test_a_large_batch_equals_its_lines_one_by_one():
    """More rows than one block of the matrix products holds."""
    wide = Comb(
        frequency_hz=191.3e12 + 50e9 * np.arange(96),
        symbol_rate_hz=np.full(96, 32e9),
        launch_power_w=np.full(96, 1e-3),
    )
    parts = [fibre([40.0 + row, 60.0]) for row in range(40)]
    batch = line_columns(parts)
    together = line_noise(batch, wide, amplifiers(batch))
    for row in (0, 27, 28, 39):
        single = line_columns([parts[row]])
        alone = line_noise(single, wide, amplifiers(single))
        np.testing.assert_allclose(together.gsnr[row], alone.gsnr[0], rtol=1e-12)


NO_RAMAN = PropagationMethod(raman=RamanModel.NONE)


def launch_w(rows, seed=1):
    ripple = np.random.default_rng(seed).uniform(0.5, 1.5, (rows, COMB.channel_count))
    return COMB.launch_power_w * ripple


@pytest.mark.parametrize("restores", [False, True], ids=["flat gain", "restored"])
def test_the_short_way_to_the_gsnr_is_the_long_way(restores):
    lines = line_columns(
        [
            fibre([60.0, 80.0, 70.0], dispersion_s_per_m2=np.array([5e-6, 17e-6, 5e-6])),
            fibre([90.0]),
        ]
    )
    prepared = prepared_lines(
        lines, COMB, amplifiers(lines, restores_profile=restores), method=NO_RAMAN
    )
    assert prepared.course is not None
    powers_w = launch_w(2)
    assert prepared.course.holds(powers_w)
    np.testing.assert_allclose(prepared.gsnr(powers_w), prepared.noise(powers_w).gsnr, rtol=1e-11)


@pytest.mark.parametrize("restores", [False, True], ids=["flat gain", "restored"])
def test_where_an_amplifier_is_at_its_maximum_the_long_way_is_taken(restores):
    total_w = COMB.launch_power_w.sum()
    weak = amplifiers(LINES, output_power_max_w=0.9 * total_w, restores_profile=restores)
    prepared = prepared_lines(LINES, COMB, weak, method=NO_RAMAN)
    powers_w = np.tile(COMB.launch_power_w, (2, 1))
    assert not prepared.course.holds(powers_w)
    np.testing.assert_array_equal(prepared.gsnr(powers_w), prepared.noise(powers_w).gsnr)


@pytest.mark.parametrize("method", [PropagationMethod(), NO_RAMAN], ids=["raman", "no raman"])
def test_many_profiles_of_one_line_are_each_as_if_alone(method):
    line = line_columns([fibre([60.0, 80.0, 70.0])])
    prepared = prepared_lines(line, COMB, amplifiers(line), method=method)
    powers_w = launch_w(3000)
    together = prepared.gsnr(powers_w)
    for row in (0, 1501, 2999):
        alone = prepared.gsnr(powers_w[[row]])
        np.testing.assert_allclose(together[[row]], alone, rtol=1e-10)


def test_as_many_profiles_as_lines_or_a_single_line():
    prepared = prepared_lines(LINES, COMB, amplifiers(LINES))
    with pytest.raises(AssertionError, match="3 launch profiles for 2 lines"):
        prepared.noise(launch_w(3))


def test_lines_that_tell_channels_apart_have_no_short_way():
    offset = np.tile(np.linspace(0.0, 2e-6, COMB.channel_count), (1, 1))
    uneven = line_columns([fibre([80.0], attenuation_offset_per_m=offset)])
    for lines, method in ((uneven, NO_RAMAN), (LINES, PropagationMethod()), (LINES, PASSIVE)):
        assert prepared_lines(lines, COMB, amplifiers(lines), method=method).course is None
