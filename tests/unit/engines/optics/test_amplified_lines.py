"""Does a batch of lines give what each line gives alone, amplifier by amplifier?"""

import numpy as np
import pytest

from karakoram.engines.optics import (
    FibreColumns,
    PropagationMethod,
    RamanModel,
    full_comb,
    line_columns,
)
from karakoram.engines.optics.amplified import amplified
from karakoram.engines.optics.amplified_lines import (
    NO_AMPLIFIER,
    AmplifierPlaces,
    prepared_amplified_lines,
)
from karakoram.engines.optics.amplifier_types import (
    AmplifierType,
    ChannelColumns,
    prepared_amplifiers,
)
from karakoram.engines.optics.noise_figure import FixedNoiseFigure
from karakoram.engines.optics.section import prepared_sections
from karakoram.engines.optics.shares import pure_signal
from karakoram.engines.optics.two_coil import two_coil_noise_figure
from tests.support.flat_amplifiers import flat_amplifier_type

COMB = full_comb(
    f_min_hz=191.3e12, f_max_hz=196.1e12, spacing_hz=200e9, symbol_rate_hz=64e9, psd_w_per_hz=2e-14
)
CHANNELS = ChannelColumns(
    frequency_hz=COMB.frequency_hz,
    symbol_rate_hz=COMB.symbol_rate_hz,
    slot_width_hz=np.full(COMB.channel_count, 75e9),
)
TYPES = (
    flat_amplifier_type(
        noise=FixedNoiseFigure(factor=4.0, gain_min=1.0),
        output_power_max_w=0.04,
        f_min_hz=191e12,
        f_max_hz=197e12,
    ),
    AmplifierType(
        noise=two_coil_noise_figure(
            factor_min=10**0.6, factor_max=10.0, gain_min=10**1.5, gain_max=10**2.6
        ),
        output_power_max_w=0.2,
        f_min_hz=191e12,
        f_max_hz=197e12,
        tilt_response=np.array([1.0, 1.3, 1.7]),
        ripple=np.array([1.0, 1.02, 0.97, 1.0]),
        noise_ripple=np.array([1.0, 1.1]),
    ),
)
AMPLIFIERS = prepared_amplifiers(TYPES, CHANNELS)


def random_line(rng, sections):
    ones = np.ones(sections)
    return FibreColumns(
        length_m=rng.uniform(30e3, 100e3, sections),
        attenuation_per_m=4.6e-5 * ones,
        input_loss=rng.uniform(1.0, 1.3, sections),
        output_loss=rng.uniform(1.0, 1.5, sections),
        dispersion_s_per_m2=rng.choice([16.7e-6, 4e-6], sections),
        dispersion_slope_s_per_m3=np.full(sections, np.nan),
        effective_area_m2=83e-12 * ones,
        pmd_s_per_sqrt_m=1e-15 * ones,
    )


def random_places(rng, fibres):
    width = max(fibre.length_m.size for fibre in fibres) + 1
    shape = (len(fibres), width)
    gain = np.full(shape, 50.0)
    for line, fibre in enumerate(fibres):
        gain[line, 1 : fibre.length_m.size + 1] = fibre.loss * rng.uniform(0.8, 1.2)
    return AmplifierPlaces(
        kind=rng.choice([0, 1, NO_AMPLIFIER], shape, p=[0.45, 0.45, 0.1]),
        gain=gain,
        tilt=rng.uniform(0.8, 1.2, shape),
        input_loss=np.ones(shape),
        output_loss=rng.uniform(1.0, 1.2, shape),
    )


def one_by_one(fibre, places, line, power_w, method):
    shares = pure_signal(power_w.shape)
    for place in range(fibre.length_m.size + 1):
        if place:
            one = FibreColumns(
                **{
                    name: getattr(fibre, name)[place - 1 : place]
                    for name in (
                        "length_m",
                        "attenuation_per_m",
                        "input_loss",
                        "output_loss",
                        "dispersion_s_per_m2",
                        "dispersion_slope_s_per_m3",
                        "effective_area_m2",
                        "pmd_s_per_sqrt_m",
                    )
                }
            )
            section = prepared_sections(one, COMB, method, used=np.array([True]))
            shares = shares.with_interference(section.interference_ratio(power_w))
            power_w = section.output_power_w(power_w)
        if places.kind[line, place] != NO_AMPLIFIER:
            power_w, shares = amplified(
                power_w,
                shares,
                amplifiers=AMPLIFIERS,
                settings=places.at(np.array([line]), place),
            )
    return power_w, shares


@pytest.mark.parametrize("raman", [RamanModel.STIMULATED, RamanModel.NONE])
def test_a_batch_of_random_lines_equals_each_line_alone(raman):
    rng = np.random.default_rng(5)
    method = PropagationMethod(raman=raman)
    fibres = [random_line(rng, sections) for sections in (3, 1, 6, 6, 2)]
    places = random_places(rng, fibres)
    launch_w = rng.uniform(1e-5, 4e-5, (5, COMB.channel_count))
    ends = prepared_amplified_lines(
        line_columns(fibres),
        COMB,
        places=places,
        amplifiers=AMPLIFIERS,
        method=method,
    ).ends(launch_w)
    for line, fibre in enumerate(fibres):
        power_w, shares = one_by_one(fibre, places, line, launch_w[line : line + 1], method)
        np.testing.assert_allclose(ends.power_w[line], power_w[0], rtol=1e-12)
        np.testing.assert_allclose(ends.shares.signal[line], shares.signal[0], rtol=1e-12)
        np.testing.assert_allclose(ends.shares.ase[line], shares.ase[0], rtol=1e-10)
        np.testing.assert_allclose(ends.shares.nli[line], shares.nli[0], rtol=1e-10)


def test_shares_add_up_to_all():
    rng = np.random.default_rng(6)
    fibres = [random_line(rng, 4)]
    ends = prepared_amplified_lines(
        line_columns(fibres),
        COMB,
        places=random_places(rng, fibres),
        amplifiers=AMPLIFIERS,
    ).ends(np.full((1, COMB.channel_count), 2e-5))
    total = ends.shares.signal + ends.shares.ase + ends.shares.nli
    np.testing.assert_allclose(total, 1.0, rtol=1e-12)
