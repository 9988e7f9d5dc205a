"""Lines of twelve sections in which Raman scattering alone tells channels apart."""

import numpy as np

from karakoram.engines.optics import (
    AmplifierColumns,
    FibreColumns,
    PropagationMethod,
    full_comb,
    line_columns,
    prepared_lines,
)

COMB = full_comb(
    f_min_hz=191.3e12, f_max_hz=196.1e12, spacing_hz=150e9, symbol_rate_hz=64e9, psd_w_per_hz=2e-14
)
SECTIONS = 12
FIELDS = (
    "length_m",
    "attenuation_per_m",
    "input_loss",
    "output_loss",
    "dispersion_s_per_m2",
    "dispersion_slope_s_per_m3",
    "effective_area_m2",
    "pmd_s_per_sqrt_m",
)


def fibre(**changes):
    rng = np.random.default_rng(7)
    ones = np.ones(SECTIONS)
    columns = {
        "length_m": rng.uniform(50e3, 95e3, SECTIONS),
        "attenuation_per_m": 4.6e-5 * ones,
        "input_loss": rng.uniform(1.0, 1.3, SECTIONS),
        "output_loss": rng.uniform(1.0, 1.3, SECTIONS),
        "dispersion_s_per_m2": 16.7e-6 * ones,
        "dispersion_slope_s_per_m3": np.full(SECTIONS, np.nan),
        "effective_area_m2": rng.choice([83e-12, 125e-12], SECTIONS),
        "pmd_s_per_sqrt_m": 1e-15 * ones,
    }
    return FibreColumns(**(columns | changes))


def prepared(*, lines=1, method=None, restores=False, power_max_w=1.0, fibres=None):
    columns = line_columns([fibres or fibre()] * lines)
    gain = np.concatenate([np.full((lines, 1), 100.0), columns.fibre.loss], axis=1)
    amplifiers = AmplifierColumns(
        gain=gain,
        noise_factor=np.linspace(3.0, 5.0, gain.size).reshape(gain.shape),
        output_power_max_w=np.full(gain.shape, power_max_w),
        restores_profile=np.full(gain.shape, restores),
    )
    return prepared_lines(columns, COMB, amplifiers, method=method or PropagationMethod())
