"""Published and hand-calculated lines; each folder beside this file is one case with its source."""

import functools
import tomllib
from pathlib import Path

import numpy as np
import pytest

from karakoram.core.units import db_from_linear, linear_from_db
from karakoram.engines.optics import (
    AmplifierColumns,
    AnalyticGn,
    Comb,
    FibreColumns,
    NoiseShares,
    PropagationMethod,
    RamanModel,
    composed_gsnr,
    line_columns,
    line_noise,
    line_pmd_s,
    osnr_01nm,
    snr_with_terminals,
)
from tests.support.no_interference import NoInterference

CASES = sorted(Path(__file__).parent.glob("*/case.toml"))


def comb_of(groups):
    def joined(values):
        return np.concatenate([np.asarray(value, dtype=float) for value in values])

    return Comb(
        frequency_hz=joined(
            g["first_thz"] * 1e12 + g["spacing_ghz"] * 1e9 * np.arange(g["count"]) for g in groups
        ),
        symbol_rate_hz=joined(np.full(g["count"], g["symbol_rate_gbd"] * 1e9) for g in groups),
        launch_power_w=joined(
            np.full(g["count"], 1e-3 * linear_from_db(g["launch_power_dbm"])) for g in groups
        ),
    )


def fibre_of(given, spans):
    columns = {
        "length_m": given["length_km"] * 1e3,
        "attenuation_per_m": given["loss_db_per_km"] / 1e3 * np.log(10.0) / 10.0,
        "input_loss": linear_from_db(given.get("input_loss_db", 0.0)),
        "output_loss": linear_from_db(given.get("output_loss_db", 0.0)),
        "dispersion_s_per_m2": given["dispersion_ps_per_nm_km"] * 1e-6,
        "dispersion_slope_s_per_m3": np.nan,
        "effective_area_m2": given["effective_area_um2"] * 1e-12,
        "pmd_s_per_sqrt_m": given["pmd_ps_per_sqrt_km"] * 1e-12 / np.sqrt(1e3),
    }
    return FibreColumns(**{name: np.full(spans, value) for name, value in columns.items()})


def lines_of(given):
    spans = [len(oms["noise_figure_db"]) - 1 for oms in given["oms"]]
    return line_columns([fibre_of(given["fibre"], count) for count in spans])


def noise_of(given, lines, comb):
    width = lines.fibre.length_m.shape[1] + 1

    def padded(values):
        return np.pad(values, (0, width - len(values)), mode="edge")

    span_gain_db = given["fibre"]["length_km"] * given["fibre"]["loss_db_per_km"]
    gain_db = [
        [oms["booster_gain_db"]] + [oms.get("gain_db", span_gain_db)] * (width - 1)
        for oms in given["oms"]
    ]
    figures_db = [padded(oms["noise_figure_db"]) for oms in given["oms"]]
    gain = linear_from_db(np.array(gain_db))
    return line_noise(
        lines,
        comb,
        AmplifierColumns(
            gain=gain,
            noise_factor=linear_from_db(np.array(figures_db)),
            output_power_max_w=np.full_like(
                gain, 1e-3 * linear_from_db(given["maximum_power_dbm"])
            ),
            restores_profile=np.zeros(gain.shape, dtype=bool),
        ),
        method=PropagationMethod(
            nonlinear=AnalyticGn() if given["nonlinear"] else NoInterference(),
            raman=RamanModel.STIMULATED if given["raman"] else RamanModel.NONE,
        ),
    )


def path_shares(noise):
    """The lines one after another."""
    parts = [
        NoiseShares(signal=signal, ase=ase, nli=nli)
        for signal, ase, nli in zip(noise.end.signal, noise.end.ase, noise.end.nli, strict=True)
    ]
    return functools.reduce(NoiseShares.followed_by, parts)


def group_means_db(ratio, groups):
    """Mean over the channels of each group of the figures in dB."""
    edges = np.cumsum([group["count"] for group in groups])[:-1]
    return [float(part.mean()) for part in np.split(db_from_linear(ratio), edges)]


@pytest.mark.parametrize("case_path", CASES, ids=lambda path: path.parent.name)
def test_line_gives_the_published_figures(case_path):
    case = tomllib.loads(case_path.read_text())
    given, expected, tolerance_db = case["input"], case["expected"], case["tolerance_db"]
    comb = comb_of(given["channels"])
    lines = lines_of(given)
    noise = noise_of(given, lines, comb)

    def received_01nm_db(line_snr):
        snr = snr_with_terminals(
            gsnr=line_snr,
            symbol_rate_hz=comb.symbol_rate_hz,
            terminal_osnr=linear_from_db(np.array(given["terminal_osnr_db"], dtype=float)),
        )
        return group_means_db(
            osnr_01nm(snr=snr, symbol_rate_hz=comb.symbol_rate_hz), given["channels"]
        )

    path = path_shares(noise)
    assert received_01nm_db(path.osnr) == pytest.approx(expected["osnr_01nm_db"], abs=tolerance_db)
    if "gsnr_01nm_db" in expected:
        assert received_01nm_db(composed_gsnr(noise.gsnr)) == pytest.approx(
            expected["gsnr_01nm_db"], abs=tolerance_db
        )
    if "pmd_ps" in expected:
        pmd_ps = 1e12 * np.sqrt((line_pmd_s(lines) ** 2).sum())
        assert pmd_ps == pytest.approx(expected["pmd_ps"], abs=0.005)


def test_there_are_cases():
    assert len(CASES) >= 3
