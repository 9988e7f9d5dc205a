import json

import numpy as np
import pytest

from karakoram.adapters.formats.gnpy_files import GnpyFiles
from karakoram.adapters.formats.json_propagation import json_from_propagation
from karakoram.adapters.formats.plot_files import PlotFile
from karakoram.usecases.light.path_question import PropagationQuestion
from karakoram.usecases.light.propagate_path import propagate_path
from tests.support.light_files import equipment, line, write_files
from tests.support.markup import tree

FIGURES = ["gsnr_db", "gsnr_0_1nm_db", "osnr_db", "osnr_0_1nm_db", "power_dbm"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return write_files(
        tmp_path_factory.mktemp("files"), network=line("TF", "T"), library=equipment()
    )


@pytest.fixture(scope="module")
def answers(files):
    """There, and back where no way leads."""
    source = GnpyFiles(network=files[0], equipment=files[1])
    return [
        propagate_path(
            PropagationQuestion(from_word=a, to_word=z, is_designed=False), photonics=source
        )
        for a, z in (("Site_A", "Site_B"), ("Site_B", "Site_A"))
    ]


def test_the_object_has_the_keys_that_were_promised(answers):
    payload = json_from_propagation(answers[0])
    assert list(payload) == [
        *("channels", "mean", "cd_ps_per_nm", "pmd_ps", "pdl_db", "latency_ms", "elements"),
        "computed_confidence",
        "findings",
        "assumptions",
        "nonlinear_model",
        "receiver",
    ]
    assert list(payload["channels"][0]) == list(payload["mean"]) == ["frequency_thz", *FIGURES]
    assert {"id", "type"} <= set(payload["elements"][0])


def test_modes_of_a_transceiver_stand_beside_the_light(files):
    question = PropagationQuestion(
        from_word="Site_A", to_word="Site_B", is_designed=False, transceiver="transponder"
    )
    payload = json_from_propagation(
        propagate_path(question, photonics=GnpyFiles(network=files[0], equipment=files[1]))
    )
    receiver = payload["receiver"]
    assert receiver["transceiver"] == "transponder"
    assert receiver["best_mode"] is None
    assert receiver["best_mode_by_channel"] == [None, *("mode 1",) * 96]
    (mode,) = receiver["modes"]
    assert mode["failures"] == ["tuning"]
    assert mode["channels_that_work"] == 96
    first, second = mode["channels"][:2]
    assert (first["failures"], second["failures"]) == (["tuning"], [])
    left = second["gsnr_0_1nm_db"] - mode["required_osnr_db"] - receiver["system_margin_db"]
    assert second["margin_db"] == pytest.approx(left)
    assert payload["channels"][1]["gsnr_0_1nm_db"] == second["gsnr_0_1nm_db"]
    json.dumps(payload, allow_nan=False)


def test_means_are_means_of_db(answers):
    payload = json_from_propagation(answers[0])
    for key in FIGURES:
        column = [channel[key] for channel in payload["channels"]]
        assert payload["mean"][key] == pytest.approx(np.mean(column))


def test_where_there_is_no_noise_stands_null_and_no_infinity(answers):
    payload = json_from_propagation(answers[0])
    assert payload["elements"][0]["gsnr_db"] is None
    json.dumps(payload, allow_nan=False)


def test_without_a_way_the_object_says_so(answers):
    payload = json_from_propagation(answers[1])
    assert payload["channels"] == payload["elements"] == []
    assert payload["mean"] is None
    assert payload["infeasible"][0]["code"] == "no-way"


def test_the_plot_is_a_drawing_with_a_description_and_a_line_for_each_figure(answers, tmp_path):
    path = tmp_path / "light.svg"
    PlotFile(path).write_plot(answers[0].propagation)
    svg = path.read_text(encoding="utf-8")
    root = tree(svg)
    words = " ".join(text for element in root.iter() if (text := element.text))
    assert "97 channels over 240 km" in words
    assert "[THz]" in words
    lines = [element for element in root.iter() if element.tag.endswith("path")]
    assert len(lines) == 6
    assert "nan" not in svg
    assert "inf" not in svg
