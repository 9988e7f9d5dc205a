"""Laws of light in fibre that hold for every line, not only for the ones we thought of."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.core.units import PLANCK_J_S
from karakoram.engines.optics import (
    AmplifierColumns,
    Comb,
    FibreColumns,
    NoiseShares,
    PropagationMethod,
    RamanModel,
    composed_gsnr,
    line_columns,
    line_noise,
)
from karakoram.engines.optics.gn import (
    effective_length_m,
    interference_kernel,
    interference_ratio,
)
from karakoram.engines.optics.nonlinear import FibreType
from karakoram.engines.optics.srs import raman_gain_per_w_m, raman_transfer, raman_way
from tests.support.no_interference import NoInterference
from tests.support.optics_lines import loss_matched_amplifiers

NO_RAMAN = PropagationMethod(raman=RamanModel.NONE)
ROUNDING = 1e-9

laws = settings(max_examples=30, deadline=None)


@st.composite
def combs(draw):
    channels = draw(st.integers(1, 9))
    spacing_hz = draw(st.sampled_from([75e9, 100e9, 500e9]))
    power_w = draw(st.lists(st.floats(2e-4, 8e-3), min_size=channels, max_size=channels))
    return Comb(
        frequency_hz=191.5e12 + spacing_hz * np.arange(channels),
        symbol_rate_hz=np.full(channels, draw(st.sampled_from([32e9, 64e9]))),
        launch_power_w=np.array(power_w),
    )


@st.composite
def fibres(draw):
    count = draw(st.integers(1, 5))

    def column(low, high):
        return np.array(draw(st.lists(st.floats(low, high), min_size=count, max_size=count)))

    kinds = np.array(draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    return FibreColumns(
        length_m=column(1e3, 120e3),
        attenuation_per_m=np.where(kinds, 4.6e-5, 3.9e-5),
        input_loss=column(1.0, 1.3),
        output_loss=column(1.0, 1.6),
        dispersion_s_per_m2=np.where(kinds, 16.7e-6, 21e-6),
        dispersion_slope_s_per_m3=np.where(kinds, np.nan, 60.0),
        effective_area_m2=np.where(kinds, 83e-12, 125e-12),
        pmd_s_per_sqrt_m=np.full(count, 1e-15),
    )


def batch(*parts):
    return line_columns(list(parts))


def amplifiers(lines, **changes):
    chosen = {"booster_gain": 50.0, "noise_factor": 3.2, "output_power_max_w": 1e3, **changes}
    return loss_matched_amplifiers(lines, **chosen)


@laws
@given(fibre=fibres(), comb=combs(), extra=st.floats(1.01, 3.0), data=st.data())
def test_more_loss_never_raises_gsnr(fibre, comb, extra, data):
    """Loss after the fibre, made up for by the next amplifier; nonlinearity does not change."""
    place = data.draw(st.integers(0, fibre.length_m.size - 1))
    output_loss = np.array(fibre.output_loss)
    output_loss[place] *= extra
    before, after = batch(fibre), batch(dataclasses.replace(fibre, output_loss=output_loss))
    for method in (NO_RAMAN, PropagationMethod()):
        good = line_noise(before, comb, amplifiers(before), method=method)
        bad = line_noise(after, comb, amplifiers(after), method=method)
        if method is NO_RAMAN:
            assert (bad.gsnr <= good.gsnr * (1.0 + ROUNDING)).all()
        # Raman scattering driven by the added noise may help a single channel by a hair.
        assert np.log(bad.gsnr).mean() <= np.log(good.gsnr).mean() + ROUNDING


@laws
@given(fibre=fibres(), comb=combs(), extra=st.floats(1.01, 2.0))
def test_a_longer_fibre_never_raises_gsnr(fibre, comb, extra):
    before = batch(fibre)
    after = batch(dataclasses.replace(fibre, length_m=fibre.length_m * extra))
    good = line_noise(before, comb, amplifiers(before), method=NO_RAMAN)
    bad = line_noise(after, comb, amplifiers(after), method=NO_RAMAN)
    assert (bad.gsnr <= good.gsnr * (1.0 + ROUNDING)).all()


@laws
@given(fibre=fibres(), comb=combs(), factor=st.floats(1.01, 4.0))
def test_more_power_raises_osnr(fibre, comb, factor):
    lines = batch(fibre)
    method = PropagationMethod(nonlinear=NoInterference(), raman=RamanModel.NONE)
    stronger = dataclasses.replace(comb, launch_power_w=comb.launch_power_w * factor)
    low = line_noise(lines, comb, amplifiers(lines), method=method)
    high = line_noise(lines, stronger, amplifiers(lines), method=method)
    assert (high.osnr > low.osnr).all()


@laws
@given(fibre=fibres(), comb=combs(), factor=st.floats(1.01, 4.0))
def test_more_power_lowers_the_ratio_to_interference(fibre, comb, factor):
    lines = batch(fibre)
    stronger = dataclasses.replace(comb, launch_power_w=comb.launch_power_w * factor)
    low = line_noise(lines, comb, amplifiers(lines), method=NO_RAMAN)
    high = line_noise(lines, stronger, amplifiers(lines), method=NO_RAMAN)
    assert (high.end.snr_nli < low.end.snr_nli).all()


@laws
@given(fibre=fibres(), comb=combs(), restores=st.booleans())
def test_noise_never_falls_along_a_line(fibre, comb, restores):
    lines = batch(fibre)
    noise = line_noise(lines, comb, amplifiers(lines, restores_profile=restores))
    along = noise.at_amplifier.gsnr[0]
    assert (np.diff(along, axis=0) < 0.0).all()


@laws
@given(fibre=fibres(), comb=combs(), restores=st.booleans())
def test_shares_of_power_add_up_to_one(fibre, comb, restores):
    lines = batch(fibre)
    shares = line_noise(lines, comb, amplifiers(lines, restores_profile=restores)).at_amplifier
    total = shares.signal + shares.ase + shares.nli
    np.testing.assert_allclose(total, 1.0, rtol=1e-12)
    for share in (shares.signal, shares.ase, shares.nli):
        assert (share >= 0.0).all()


@laws
@given(parts=st.lists(fibres(), min_size=2, max_size=4), comb=combs(), data=st.data())
def test_the_order_of_lines_in_a_batch_does_not_matter(parts, comb, data):
    order = data.draw(st.permutations(range(len(parts))))
    given_order = batch(*parts)
    other_order = batch(*(parts[i] for i in order))
    one = line_noise(given_order, comb, amplifiers(given_order))
    other = line_noise(other_order, comb, amplifiers(other_order))
    np.testing.assert_allclose(other.gsnr, one.gsnr[order], rtol=1e-12)


@laws
@given(fibre=fibres(), first=combs(), second=combs())
def test_the_order_of_spectra_does_not_matter(fibre, first, second):
    """A run leaves nothing behind: the same question later has the same answer, bit by bit."""
    lines = batch(fibre)
    alone = line_noise(lines, first, amplifiers(lines)).gsnr
    line_noise(lines, second, amplifiers(lines))
    np.testing.assert_array_equal(line_noise(lines, first, amplifiers(lines)).gsnr, alone)


@laws
@given(gsnr=st.lists(st.floats(0.1, 1e6), min_size=1, max_size=6), data=st.data())
def test_the_order_of_lines_in_a_path_does_not_matter(gsnr, data):
    order = data.draw(st.permutations(gsnr))
    assert composed_gsnr(np.array(order)) == pytest.approx(
        float(composed_gsnr(np.array(gsnr))), rel=1e-12
    )


@laws
@given(parts=st.lists(fibres(), min_size=2, max_size=3), comb=combs(), raman=st.booleans())
def test_composition_over_lines_equals_one_propagation_through_all_of_them(parts, comb, raman):
    """The same path, computed in one go by a plain program that knows nothing of batches."""
    method = PropagationMethod() if raman else NO_RAMAN
    lines = batch(*parts)
    per_line = line_noise(lines, comb, amplifiers(lines), method=method)
    direct = directly_propagated(parts, comb, amplifiers(lines), raman=raman)
    np.testing.assert_allclose(composed_gsnr(per_line.gsnr), direct.gsnr, rtol=1e-9)
    first, *others = (
        NoiseShares(signal=signal, ase=ase, nli=nli)
        for signal, ase, nli in zip(
            per_line.end.signal, per_line.end.ase, per_line.end.nli, strict=True
        )
    )
    for other in others:
        first = first.followed_by(other)
    np.testing.assert_allclose(first.osnr, direct.osnr, rtol=1e-9)


def beta2_s2_per_m(part, place, comb):
    glass = FibreType(
        attenuation_per_m=part.attenuation_per_m[place : place + 1],
        dispersion_ref_s_per_m2=float(part.dispersion_s_per_m2[place]),
        dispersion_slope_s_per_m3=float(part.dispersion_slope_s_per_m3[place]),
        reference_area_m2=float(part.effective_area_m2[place]),
    )
    return glass.beta2_s2_per_m(comb.frequency_hz)


def directly_propagated(parts, comb: Comb, columns: AmplifierColumns, *, raman: bool):
    """Signal, ASE and NLI powers carried through ROADM, booster and sections, one by one."""
    powers_w = {
        "signal": np.array(comb.launch_power_w),
        "ase": np.zeros(comb.channel_count),
        "nli": np.zeros(comb.channel_count),
    }
    photon_w = PLANCK_J_S * comb.frequency_hz * comb.symbol_rate_hz

    def scaled(factor):
        return {name: value * factor for name, value in powers_w.items()}

    for row, part in enumerate(parts):
        total_w = sum(powers_w.values())
        # A ROADM attenuates to its target and never amplifies.
        output_w = np.minimum(total_w, comb.launch_power_w / columns.gain[row, 0])
        powers_w = scaled(output_w / total_w)
        powers_w["ase"] = powers_w["ase"] + columns.noise_factor[row, 0] * photon_w
        powers_w = scaled(columns.gain[row, 0])
        for place in range(part.length_m.size):
            powers_w = scaled(1.0 / part.input_loss[place])
            total_w = sum(powers_w.values())
            attenuation = part.attenuation_per_m[place : place + 1]
            length = part.length_m[place : place + 1]
            ratio = interference_ratio(
                power_w=total_w[None],
                length_eff_m=effective_length_m(
                    attenuation_per_m=attenuation[None], length_m=length[None]
                ),
                kernel=interference_kernel(
                    comb=comb,
                    attenuation_per_m=attenuation,
                    beta2_s2_per_m=beta2_s2_per_m(part, place, comb),
                    reference_area_m2=float(part.effective_area_m2[place]),
                ),
            )[0]
            powers_w = scaled(1.0 - ratio)
            powers_w["nli"] = powers_w["nli"] + ratio * total_w
            transfer = np.ones(comb.channel_count)
            if raman:
                transfer = raman_transfer(
                    power_w=total_w[None],
                    way=raman_way(attenuation_per_m=attenuation[None], length_m=length[None]),
                    gain_per_w_m=raman_gain_per_w_m(
                        reference_area_m2=float(part.effective_area_m2[place]),
                        frequency_hz=comb.frequency_hz,
                    ),
                    step_neper=0.25,
                )[0]
            loss = np.exp(part.attenuation_per_m[place] * part.length_m[place])
            powers_w = scaled(transfer / loss / part.output_loss[place])
            amplifier = columns.noise_factor[row, place + 1] * photon_w
            powers_w["ase"] = powers_w["ase"] + amplifier
            powers_w = scaled(columns.gain[row, place + 1])
    total_w = sum(powers_w.values())
    return NoiseShares(**{name: value / total_w for name, value in powers_w.items()})


@laws
@given(comb=combs(), length_m=st.floats(1e3, 150e3), area_m2=st.sampled_from([83e-12, 125e-12]))
def test_raman_scattering_only_moves_power(comb, length_m, area_m2):
    ratio = raman_transfer(
        power_w=comb.launch_power_w[None],
        way=raman_way(attenuation_per_m=np.array([[4.6e-5]]), length_m=np.array([[length_m]])),
        gain_per_w_m=raman_gain_per_w_m(reference_area_m2=area_m2, frequency_hz=comb.frequency_hz),
        step_neper=0.25,
    )
    moved_w = ratio[0] * comb.launch_power_w
    assert moved_w.sum() == pytest.approx(comb.launch_power_w.sum(), rel=1e-6)
    assert ratio[0, 0] >= 1.0 - 1e-12
    assert ratio[0, -1] <= 1.0 + 1e-12
