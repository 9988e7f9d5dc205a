"""Figures that others printed for whole paths; each case names its source and tolerance."""

import tomllib
from pathlib import Path

import pytest

from karakoram.adapters.formats.gnpy_files import GnpyFiles
from karakoram.adapters.formats.json_propagation import json_from_propagation
from karakoram.usecases.light.path_question import PropagationQuestion
from karakoram.usecases.light.propagate_path import propagate_path
from tests.support.light_files import equipment, line, write_files

CASE = tomllib.loads(
    (Path(__file__).parent / "gnpy_printed_line" / "case.toml").read_text(encoding="utf-8")
)
RATIOS = ("gsnr_0_1nm_db", "gsnr_db", "osnr_0_1nm_db", "osnr_db")


@pytest.mark.parametrize("expected", CASE["expected"], ids=lambda one: str(one["gsnr_db"]))
def test_the_long_line_has_the_printed_figures(tmp_path, expected):
    library = equipment(
        f_min=expected["f_min_hz"], f_max=expected["f_max_hz"], tx_osnr=expected["tx_osnr"]
    )
    network_file, equipment_file = write_files(
        tmp_path, network=line(*CASE["input"]["sections"]), library=library
    )
    question = PropagationQuestion(
        from_word="Site_A", to_word="Site_B", is_designed=False, scatters=False
    )
    answer = propagate_path(
        question, photonics=GnpyFiles(network=network_file, equipment=equipment_file)
    )
    found = json_from_propagation(answer)
    for key in RATIOS:
        assert found["mean"][key] == pytest.approx(expected[key], abs=CASE["tolerance_db"])
    for key, tolerance in (
        ("cd_ps_per_nm", CASE["tolerance_ps_per_nm"]),
        ("pmd_ps", CASE["tolerance_pmd_ps"]),
        ("latency_ms", CASE["tolerance_latency_ms"]),
    ):
        assert found[key] == pytest.approx(expected[key], abs=tolerance)
