"""Printed noise figures of amplifiers; each folder beside this file is one case with its source."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from karakoram.core.units import linear_from_db
from karakoram.engines.optics.noise_figure import OperatingPoint
from karakoram.engines.optics.openroadm_noise_figure import OpenRoadmInline, OpenRoadmPreamplifier
from karakoram.engines.optics.two_coil import two_coil_noise_figure

CASES = sorted(Path(__file__).parent.glob("*/case.toml"))


def model_of(case, given):
    if case["model"] == "two_coil":
        ends = given["range"]
        return two_coil_noise_figure(
            factor_min=linear_from_db(ends["noise_figure_min_db"]),
            factor_max=linear_from_db(ends["noise_figure_max_db"]),
            gain_min=linear_from_db(ends["gain_min_db"]),
            gain_max=linear_from_db(ends["gain_max_db"]),
        )
    if case["model"] == "openroadm_inline":
        return OpenRoadmInline(
            osnr_coefficients_db=tuple(given["osnr_coefficients_db"]), gain_min=1.0
        )
    return OpenRoadmPreamplifier(gain_min=1.0)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_the_printed_noise_figure_comes_out(path):
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    for given in case["points"]:
        point = OperatingPoint(
            gain=np.array([linear_from_db(given["gain_db"])]),
            input_power_w=np.array([1e-3 * linear_from_db(given.get("input_power_dbm", 0.0))]),
            slot_width_total_hz=case.get("slot_width_ghz", 50.0) * 1e9 * case.get("channels", 96),
        )
        figure_db = 10 * np.log10(model_of(case, given).noise_factor(point)[0])
        assert figure_db == pytest.approx(given["noise_figure_db"], abs=case["tolerance_db"])
