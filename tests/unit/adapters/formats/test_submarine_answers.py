"""The light of a cable as JSON and as a drawing."""

import json

import numpy as np
import pytest

from karakoram.adapters.formats.json_submarine import json_from_submarine
from karakoram.adapters.formats.report.submarine_svg import submarine_svg
from karakoram.adapters.formats.submarine_file import write_submarine_svg
from tests.support.markup import tree
from tests.support.submarine import peace_answer


@pytest.fixture(scope="module")
def payload():
    return json.loads(json.dumps(json_from_submarine(peace_answer()), allow_nan=False))


def test_json_has_the_whole_way_and_each_line(payload):
    assert payload["name"] == "PEACE CLS-CYB-MRS"
    assert len(payload["channels"]) == 30
    assert [(leg["from"], leg["to"]) for leg in payload["legs"]] == [
        ("CLS-CYB", "ZAF"),
        ("ZAF", "ATL"),
        ("ATL", "MRS"),
    ]
    assert payload["legs"][1]["wet"] is None
    wet = payload["legs"][0]["wet"]
    assert (wet["spans"], wet["repeaters"]) == (83, 82)
    assert len(wet["power"]) == 84
    assert wet["power"][-1]["km"] == pytest.approx(5_800.0)
    assert wet["power"][-1]["signal_dbm_mean"] < wet["power"][0]["signal_dbm_mean"]
    assert wet["droop"]["signal_lost_db"]["least"] > 0.0
    assumed = {one["figure"] for one in wet["figures"] if one["confidence"] == "assumed"}
    assert assumed >= {"repeater_spacing_km", "repeater_output_power_dbm", "bandwidth_thz"}
    assert all(one["source"] for one in wet["figures"])


def test_channels_and_acceptance_figures_of_json_agree(payload):
    wet = payload["legs"][0]["wet"]
    for key in ("snr_ase_db", "snr_nli_db", "gsnr_db"):
        values = [one[key] for one in wet["channels"]]
        assert wet["acceptance"][key]["mean"] == pytest.approx(np.mean(values), abs=1e-5)
        assert wet["acceptance"][key]["least"] == pytest.approx(min(values), abs=1e-5)
    for one in wet["channels"]:
        assert one["gosnr_db"] - one["gsnr_db"] == pytest.approx(
            10 * np.log10(131 / 12.5), abs=1e-5
        )


def test_the_drawing_is_svg_and_names_the_way(tmp_path):
    path = tmp_path / "light.svg"
    write_submarine_svg(peace_answer(), path)
    text = path.read_text(encoding="utf-8")
    tree(text)
    assert text == submarine_svg(peace_answer())
    assert "Light of PEACE CLS-CYB-MRS" in text
    assert text.count("<path") == 3 + 4 + 4
