"""Published figures of nonlinear models; each folder beside this file is one case."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from karakoram.core.units import db_from_linear, linear_from_db
from karakoram.engines.optics.isrs_gn import PreparedIsrsGn

CASES = sorted(Path(__file__).parent.glob("*/case.toml"))


@pytest.mark.parametrize("case_path", CASES, ids=lambda path: path.parent.name)
def test_model_gives_the_published_coefficients(case_path):
    case = tomllib.loads(case_path.read_text())
    given, expected = case["input"], case["expected"]
    count = given["channel_count"]
    every = np.ones(count)
    offset_hz = given["spacing_ghz"] * 1e9 * (np.arange(count) - (count - 1) / 2)
    prepared = PreparedIsrsGn(
        offset_hz=offset_hz,
        symbol_rate_hz=given["symbol_rate_gbd"] * 1e9 * every,
        attenuation_per_m=given["attenuation_per_m"] * every,
        raman_attenuation_per_m=given["attenuation_per_m"] * every,
        beta2_s2_per_m=given["beta2_s2_per_m"] + 2 * np.pi * given["beta3_s3_per_m"] * offset_hz,
        gamma_per_w_m=given["gamma_per_w_m"] * every,
        raman_slope_per_w_m_hz=given["raman_slope_per_w_m_hz"],
        coherent=True,
    )
    power_w = 1e-3 * linear_from_db(given["launch_power_dbm"])
    spans = float(given["span_count"])
    ratio = prepared.interference_ratio(
        power_w=np.full((1, count), power_w),
        length_m=np.array([given["length_km"] * 1e3]),
        span_count=np.array([spans]),
    )
    coefficient_db = db_from_linear(spans * ratio[0] / power_w**2)
    np.testing.assert_allclose(
        coefficient_db[np.array(expected["channel"]) - 1],
        expected["coefficient_db"],
        rtol=0.0,
        atol=case["tolerance_db"],
    )


def test_there_are_cases_of_models():
    assert len(CASES) == 3
