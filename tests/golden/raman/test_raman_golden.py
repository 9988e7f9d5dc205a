"""Published Raman-pumped spans; each folder beside this file is one case with its source."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from karakoram.core.units import PLANCK_J_S, db_from_linear, dbm_from_watt, linear_from_db
from karakoram.engines.optics.compose import osnr_01nm
from karakoram.engines.optics.spontaneous_raman import spontaneous_raman_input_power_w
from tests.support.raman_spans import NEPER_PER_M_OF_DB_PER_KM, pumped_span

CASES = sorted(Path(__file__).parent.glob("*/case.toml"))


def case_of(name):
    return tomllib.loads((Path(__file__).parent / name / "case.toml").read_text())


def passage_of(given):
    return pumped_span(
        length_km=given["length_km"],
        frequency_hz=1e12 * given["first_thz"]
        + 1e9 * given["spacing_ghz"] * np.arange(given["count"]),
        power_w=1e-3 * linear_from_db(given["launch_power_dbm"]),
        pumps=[
            (1e12 * pump["frequency_thz"], pump["power_w"], pump["is_counter"])
            for pump in given["pumps"]
        ],
        attenuation_per_m=given["loss_db_per_km"] * NEPER_PER_M_OF_DB_PER_KM,
        input_loss=linear_from_db(given["input_loss_db"]),
        output_loss=linear_from_db(given["output_loss_db"]),
        area_m2=1e-12 * given["effective_area_um2"],
    )


def test_two_counter_pumps_give_the_published_powers():
    case = case_of("gnpy_two_counter_pumps")
    chosen = np.array(case["expected"]["channel"]) - 1
    power_w = passage_of(case["input"]).output_power_w[0, chosen]
    difference_db = db_from_linear(power_w / case["expected"]["output_power_w"])
    assert np.abs(difference_db).max() < case["tolerance_db"]


def test_pumped_span_and_amplifier_give_the_published_power_and_osnr():
    case = case_of("gnpy_raman_example")
    given, expected = case["input"], case["expected"]
    passage = passage_of(given)
    symbol_rate_hz = np.full(given["count"], 1e9 * given["symbol_rate_gbd"])
    raman_w = passage.fibre_transfer * spontaneous_raman_input_power_w(
        passage, symbol_rate_hz=symbol_rate_hz, temperature_k=np.array([given["temperature_k"]])
    )
    quantum_w = PLANCK_J_S * passage.frequency_hz * symbol_rate_hz
    signal_w = passage.output_power_w[0]
    noise_w = raman_w[0] / linear_from_db(given["output_loss_db"])
    noise_w = noise_w + linear_from_db(given["noise_figure_db"]) * quantum_w
    chosen = np.array(expected["channel"]) - 1
    power_dbm = dbm_from_watt((signal_w + noise_w)[chosen]) + given["gain_db"]
    terminal = linear_from_db(given["terminal_osnr_db"]) / osnr_01nm(
        snr=np.ones(given["count"]), symbol_rate_hz=symbol_rate_hz
    )
    osnr_db = db_from_linear(1.0 / (noise_w / signal_w + 1.0 / terminal))[chosen]
    assert np.abs(power_dbm - expected["amplified_power_dbm"]).max() < case["tolerance_db"]
    assert np.abs(osnr_db - expected["osnr_db"]).max() < case["osnr_tolerance_db"]


@pytest.mark.parametrize("case_path", CASES, ids=lambda path: path.parent.name)
def test_every_case_names_its_source(case_path):
    assert "commit" in tomllib.loads(case_path.read_text())["source"]
