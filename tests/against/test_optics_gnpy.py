"""The optics engine against GNPy 3.0.1, an independent implementation, element by element.

GNPy chooses its models by a process-wide singleton; the fixture sets it and puts it back.
"""

import warnings
from types import SimpleNamespace

import numpy as np
import pytest

from karakoram.engines.optics import (
    AmplifierColumns,
    Comb,
    FibreColumns,
    PropagationMethod,
    RamanModel,
    composed_gsnr,
    full_comb,
    line_columns,
    line_dispersion_s_per_m,
    line_noise,
    line_pmd_s,
    osnr_01nm,
    snr_with_terminals,
)

with warnings.catch_warnings():
    # GNPy is built against several numpy versions; what it warns of on import is not ours.
    warnings.simplefilter("ignore", DeprecationWarning)
    from gnpy.core.elements import Edfa, Fiber, Roadm
    from gnpy.core.info import create_arbitrary_spectral_information
    from gnpy.core.parameters import EdfaParams, SimParams
    from gnpy.core.utils import snr_sum

DB_PER_NEPER = 10.0 / np.log(10.0)
AGREEMENT_DB = 0.002

FIBRES = {
    "G.652.D": {"attenuation_db_per_km": 0.2, "dispersion": 16.7e-6, "area": 83e-12},
    "G.654.E": {"attenuation_db_per_km": 0.168, "dispersion": 20.9e-6, "area": 125e-12},
}


@pytest.fixture(params=[True, False], ids=["raman", "no raman"])
def raman(request):
    """Whether both tools include Raman scattering; GNPy at its most exact."""
    before = dict(SimParams._shared_dict)
    SimParams.set_params(
        {
            "nli_params": {"method": "gn_model_analytic"},
            "raman_params": {
                "flag": request.param,
                "method": "perturbative",
                "order": 4,
                "result_spatial_resolution": 2_000.0,
                "solver_spatial_resolution": 2_000.0,
            },
        }
    )
    yield request.param
    SimParams._shared_dict.update(before)


def method(raman):
    return PropagationMethod(raman=RamanModel.STIMULATED if raman else RamanModel.NONE)


class Case:
    """One random line, described once, built for both tools."""

    def __init__(self, seed, spans):
        rng = np.random.default_rng(seed)
        self.kinds = [FIBRES[kind] for kind in rng.choice(sorted(FIBRES), spans)]
        self.length_km = rng.uniform(30.0, 110.0, spans)
        self.input_db = rng.uniform(0.1, 1.0, spans)
        self.output_db = rng.uniform(0.1, 2.0, spans)
        self.slope = np.where(rng.random(spans) < 0.5, np.nan, 60.0)
        loss_db = (
            self.length_km * [kind["attenuation_db_per_km"] for kind in self.kinds]
            + self.input_db
            + self.output_db
        )
        # Gains that miss the loss by a little, and amplifiers that may saturate.
        self.gain_db = np.concatenate([[20.0], loss_db + rng.uniform(-0.5, 0.5, spans)])
        self.noise_figure_db = rng.uniform(4.5, 7.0, spans + 1)
        self.maximum_dbm = rng.uniform(20.5, 23.0, spans + 1)

    def fibre(self):
        wide = np.ones(len(self.kinds))
        return FibreColumns(
            length_m=self.length_km * 1e3,
            attenuation_per_m=np.array([k["attenuation_db_per_km"] for k in self.kinds])
            / DB_PER_NEPER
            / 1e3,
            input_loss=10 ** (self.input_db / 10),
            output_loss=10 ** (self.output_db / 10),
            dispersion_s_per_m2=np.array([kind["dispersion"] for kind in self.kinds]),
            dispersion_slope_s_per_m3=self.slope,
            effective_area_m2=np.array([kind["area"] for kind in self.kinds]),
            pmd_s_per_sqrt_m=1.265e-15 * wide,
        )

    def gnpy_elements(self):
        yield gnpy_amplifier(self.gain_db[0], self.noise_figure_db[0], self.maximum_dbm[0])
        for i, kind in enumerate(self.kinds):
            parameters = {
                "length": self.length_km[i],
                "length_units": "km",
                "loss_coef": kind["attenuation_db_per_km"],
                "con_in": self.input_db[i],
                "con_out": self.output_db[i],
                "dispersion": kind["dispersion"],
                "effective_area": kind["area"],
                "pmd_coef": 1.265e-15,
            }
            if not np.isnan(self.slope[i]):
                parameters["dispersion_slope"] = self.slope[i]
            yield Fiber(uid=f"fibre {i}", params=parameters)
            yield gnpy_amplifier(
                self.gain_db[i + 1], self.noise_figure_db[i + 1], self.maximum_dbm[i + 1]
            )


def gnpy_amplifier(gain_db, noise_figure_db, maximum_dbm):
    return Edfa(
        uid="amplifier",
        params={
            **EdfaParams.default_values,
            "type_def": "fixed_gain",
            "f_min": 190e12,
            "f_max": 198e12,
            "gain_flatmax": 45.0,
            "gain_min": 0.0,
            "p_max": maximum_dbm,
            "nf_model": SimpleNamespace(nf0=noise_figure_db),
            "dgt": np.ones(2),
        },
        operational={"gain_target": gain_db, "tilt_target": 0.0, "out_voa": 0.0},
    )


def gnpy_spectrum(comb, power_w):
    return create_arbitrary_spectral_information(
        frequency=np.array(comb.frequency_hz),
        pch=power_w,
        baud_rate=np.array(comb.symbol_rate_hz),
        slot_width=np.array(comb.symbol_rate_hz),
        tx_osnr=100.0,
        tx_power=power_w,
    )


def amplifiers_of(cases):
    width = max(case.gain_db.size for case in cases)

    def column(values):
        return np.pad(10 ** (values / 10), (0, width - values.size), mode="edge")

    return AmplifierColumns(
        gain=np.stack([column(case.gain_db) for case in cases]),
        noise_factor=np.stack([column(case.noise_figure_db) for case in cases]),
        output_power_max_w=1e-3 * np.stack([column(case.maximum_dbm) for case in cases]),
        restores_profile=np.zeros((len(cases), width), dtype=bool),
    )


def assert_close_db(ours, theirs):
    difference_db = np.abs(10 * np.log10(ours / theirs)).max()
    assert difference_db < AGREEMENT_DB, f"{difference_db:.4f} dB apart"


@pytest.fixture
def comb():
    return full_comb(
        f_min_hz=191.3e12,
        f_max_hz=196.1e12,
        spacing_hz=100e9,
        symbol_rate_hz=64e9,
        psd_w_per_hz=1.6e-3 / 64e9,
    )


def test_random_lines_of_one_to_twenty_spans_agree_per_channel(raman, comb):
    cases = [Case(seed, spans) for seed, spans in enumerate([1, 2, 3, 5, 8, 13, 20])]
    lines = line_columns([case.fibre() for case in cases])
    ours = line_noise(
        lines,
        comb,
        amplifiers_of(cases),
        method=method(raman),
    )
    for row, case in enumerate(cases):
        spectrum = gnpy_spectrum(comb, comb.launch_power_w / 10 ** (case.gain_db[0] / 10))
        for element in case.gnpy_elements():
            element.propagate(spectrum)
        assert_close_db(ours.gsnr[row], spectrum.gsnr)
        assert_close_db(ours.osnr[row], spectrum.snr_lin)
        assert_close_db(ours.end.snr_nli[row], spectrum.snr_nli)
        assert_close_db(ours.output_power_w[row], spectrum.pch)
        assert line_pmd_s(lines)[row] == pytest.approx(spectrum.pmd[0], rel=1e-9)


def test_power_at_every_amplifier_of_a_line_agrees(raman, comb):
    case = Case(seed=7, spans=6)
    ours = line_noise(
        line_columns([case.fibre()]), comb, amplifiers_of([case]), method=method(raman)
    )
    spectrum = gnpy_spectrum(comb, comb.launch_power_w / 10 ** (case.gain_db[0] / 10))
    for place, element in enumerate(case.gnpy_elements()):
        element.propagate(spectrum)
        after = ours.section_output_power_w if place % 2 else ours.amplifier_output_power_w
        assert_close_db(after[0, place // 2], spectrum.pch)
        if place % 2 == 0 and place:
            assert_close_db(ours.at_amplifier.gsnr[0, place // 2], spectrum.gsnr)


def test_dispersion_with_a_slope_agrees(raman, comb):
    case = Case(seed=3, spans=4)
    case.slope = np.full(4, 60.0)
    spectrum = gnpy_spectrum(comb, comb.launch_power_w)
    for element in case.gnpy_elements():
        element.propagate(spectrum)
    ours = line_dispersion_s_per_m(line_columns([case.fibre()]), comb)
    np.testing.assert_allclose(ours[0], spectrum.chromatic_dispersion, rtol=1e-9)


def test_channels_of_mixed_symbol_rate_and_power_agree(raman):
    frequency_hz = np.concatenate(
        [191.4e12 + 50e9 * np.arange(35), 193.17e12 + 75e9 * np.arange(25)]
    )
    mixed = Comb(
        frequency_hz=frequency_hz,
        symbol_rate_hz=np.repeat([32e9, 64e9], [35, 25]),
        launch_power_w=np.repeat([1e-3, 1.5e-3], [35, 25]),
    )
    case = Case(seed=11, spans=7)
    ours = line_noise(
        line_columns([case.fibre()]), mixed, amplifiers_of([case]), method=method(raman)
    )
    spectrum = gnpy_spectrum(mixed, mixed.launch_power_w / 10 ** (case.gain_db[0] / 10))
    for element in case.gnpy_elements():
        element.propagate(spectrum)
    assert_close_db(ours.gsnr[0], spectrum.gsnr)


def test_composition_over_roadms_agrees_with_one_run_through_all_of_them(raman, comb):
    cases = [Case(seed, spans) for seed, spans in ((21, 4), (22, 7), (23, 2))]
    lines = line_columns([case.fibre() for case in cases])
    ours = line_noise(
        lines,
        comb,
        amplifiers_of(cases),
        method=method(raman),
    )
    target_dbm = 10 * np.log10(comb.launch_power_w[0] / 1e-3) - 20.0
    spectrum = gnpy_spectrum(comb, np.full(comb.channel_count, 1e-3))
    for case in cases:
        gnpy_roadm(target_dbm).propagate(spectrum, degree="out", from_degree="in")
        for element in case.gnpy_elements():
            element.propagate(spectrum)
    assert_close_db(composed_gsnr(ours.gsnr), spectrum.gsnr)


def gnpy_roadm(target_dbm):
    roadm = Roadm(
        uid="roadm",
        params={
            "target_pch_out_db": target_dbm,
            "add_drop_osnr": 100.0,
            "pmd": 0.0,
            "pdl": 0.0,
            "restrictions": {},
            "roadm-path-impairments": [],
        },
    )
    roadm.ref_pch_in_dbm = {"in": 0.0}
    roadm.set_roadm_paths("in", "out", "express")
    return roadm


def test_terminals_add_noise_as_in_the_receiver_of_gnpy(comb):
    gsnr = np.full(comb.channel_count, 40.0)
    added_db = -10 * np.log10(10**-3.8 + 10**-3.5)
    theirs_db = snr_sum(10 * np.log10(gsnr), comb.symbol_rate_hz, added_db)
    ours = snr_with_terminals(
        gsnr=gsnr,
        symbol_rate_hz=comb.symbol_rate_hz,
        terminal_osnr=np.array([10**3.8, 10**3.5, np.inf]),
    )
    np.testing.assert_allclose(10 * np.log10(ours), theirs_db, atol=1e-9)
    np.testing.assert_allclose(
        osnr_01nm(snr=ours, symbol_rate_hz=comb.symbol_rate_hz) / ours, 64e9 / 12.5e9
    )
