"""Light through the command line, from files to tables, JSON, drawings and refusals."""

import json

import pytest

from tests.support.command_line import karakoram
from tests.support.light_files import equipment, line, write_files
from tests.support.markup import tree

REQUEST = {
    "request-id": "7",
    "source": "Site_A",
    "destination": "Site_B",
    "bidirectional": False,
    "path-constraints": {
        "te-bandwidth": {
            "trx_type": "transponder",
            "trx_mode": "mode 1",
            "spacing": 100e9,
            "max-nb-of-channel": 20,
            "path_bandwidth": 250e9,
        }
    },
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("light")
    network, library = write_files(folder, network=line("TFTFT", "F"), library=equipment())
    return ["--gnpy-network", network, "--gnpy-equipment", library]


def propagate(files, *more, from_word="Site_A", to_word="Site_B", **environment):
    words = ["optics", "propagate", *files, "--from", from_word, "--to", to_word, *more]
    return karakoram(*words, **environment)


def test_json_has_channels_their_mean_and_elements(files):
    answer = propagate(files, "--no-redesign", "--json")
    assert answer.code == 0, answer.err
    payload = json.loads(answer.out)
    assert len(payload["channels"]) == 97
    assert payload["channels"][0]["frequency_thz"] == 191.3
    assert [element["id"] for element in payload["elements"]][:3] == [
        *("Site_A", "roadm 0", "booster 0")
    ]
    assert payload["latency_ms"] == pytest.approx(480.0 * 1.468 / 299.792458)


def test_the_screen_of_80_columns_shows_receiver_elements_and_channels(files):
    answer = propagate(files, "--no-redesign", COLUMNS="80")
    assert answer.code == 0, answer.err
    assert "97 channels over 480.0 km, 2.35 ms one way" in answer.words
    assert "GSNR in 0.1 nm [dB]" in answer.words
    assert "320.0 edfa 4 test_fixed_gain 16.00 9.00" in answer.words
    assert "-0.00" not in answer.words
    assert "12 of 97 channels; --json shows all" in answer.words
    assert max(map(len, answer.out.splitlines())) <= 80


def test_scattering_can_be_left_out(files):
    on, off = (
        json.loads(propagate(files, "--no-redesign", "--json", *more).out)["channels"]
        for more in ((), ("--no-srs",))
    )
    assert on[0]["osnr_db"] > off[0]["osnr_db"]
    assert on[-1]["osnr_db"] < off[-1]["osnr_db"]


def test_the_nonlinear_model_is_chosen_on_the_command_line(files, tmp_path):
    asked = tmp_path / "sim.json"
    asked.write_text('{"raman_params": {"flag": true}, "nli_params": {"method": "ggn_approx"}}')
    answers = [
        json.loads(propagate(files, "--no-redesign", "--json", *more).out)
        for more in (
            (),
            ("--gnpy-sim-params", asked),
            ("--gnpy-sim-params", asked, "--nonlinear-model", "isrs_gn_closed_form"),
        )
    ]
    models = ["gn_model_analytic", "ggn_approx", "isrs_gn_closed_form"]
    assert [answer["nonlinear_model"] for answer in answers] == models
    middle = [answer["mean"]["gsnr_db"] for answer in answers]
    assert len({round(figure, 4) for figure in middle}) == 3
    assert max(middle) - min(middle) < 0.5


def test_modes_of_a_transceiver_are_judged_and_a_channel_without_one_is_exit_code_1(files):
    answer = propagate(files, "--no-redesign", "--transceiver", "transponder", COLUMNS="80")
    assert answer.code == 1, answer.err  # it does not tune to the first channel
    assert "mode 1 100 37.5" in answer.words
    assert "96 of 97 have one" in answer.words
    assert max(map(len, answer.out.splitlines())) <= 80
    asked = ("--transceiver", "transponder", "--mode", "mode 1", "--wss-otf", "10", "--json")
    found = json.loads(propagate(files, "--no-redesign", *asked).out)["receiver"]
    assert found["wss_count"] == 4
    assert found["modes"][0]["channels"][40]["filter_penalty_db"] > 0.0
    refused = propagate(files, "--transceiver", "transponder", "--wss-otf", "1e4")
    assert refused.code == 2
    assert "--wss-otf" in refused.err


def test_a_request_of_a_services_file_needs_no_ends(files, tmp_path):
    path = tmp_path / "services.json"
    path.write_text(json.dumps({"path-request": [REQUEST]}), encoding="utf-8")
    answer = karakoram(
        *("optics", "propagate", *files, "--no-redesign", "--gnpy-services", path), COLUMNS="80"
    )
    assert answer.code == 0, answer.err
    assert "Request 7 asks for 250 Gb/s: 3 channels of 19" in answer.words
    path.write_text(json.dumps({"path-request": [{**REQUEST, "source": "Sito"}]}))
    answer = karakoram("optics", "propagate", *files, "--gnpy-services", path)
    assert answer.code == 2
    assert "services.json (7), field path-request[0].source" in answer.err
    answer = karakoram("optics", "propagate", *files)
    assert answer.code == 2
    assert "--from: is missing" in answer.err


def test_the_network_is_designed_unless_it_is_to_be_taken_as_it_is(files):
    answer = propagate(files, "--json")
    assert answer.code == 0, answer.err
    assert json.loads(answer.out)["channels"]


def test_a_plot_is_written(files, tmp_path):
    path = tmp_path / "light.svg"
    answer = propagate(files, "--no-redesign", "--plot", path)
    assert answer.code == 0, answer.err
    assert "light.svg" in answer.words
    tree(path.read_text(encoding="utf-8"))


def test_a_word_that_means_nothing_is_answered_with_names_like_it(files):
    answer = propagate(files, from_word="Sito_A")
    assert answer.code == 2
    assert "--from: 'Sito_A' is no transceiver" in answer.err
    assert "Did you mean Site_A" in answer.err


def test_no_way_is_exit_code_1(files):
    answer = propagate(files, "--no-redesign", from_word="Site_B", to_word="Site_A")
    assert answer.code == 1
    assert "There is no way" in answer.words
    as_json = propagate(files, "--no-redesign", "--json", from_word="Site_B", to_word="Site_A")
    assert json.loads(as_json.out)["infeasible"][0]["code"] == "no-way"


def test_a_setting_that_is_missing_names_element_and_field(tmp_path):
    network = line("T")
    del network["elements"][2]["operational"]["gain_target"]
    paths = write_files(tmp_path, network=network, library=equipment())
    answer = propagate(["--gnpy-network", paths[0], "--gnpy-equipment", paths[1]], "--no-redesign")
    assert answer.code == 2
    assert "(booster 0), field settings.gain_db" in answer.err


def test_a_missing_file_and_a_wrong_unit_are_findings(files, tmp_path):
    answer = propagate(["--gnpy-network", tmp_path / "no.json", *files[2:]])
    assert answer.code == 2
    assert "no.json" in answer.err
    network = line("T")
    network["elements"][3]["params"]["length"] = 80_000
    paths = write_files(tmp_path, network=network, library=equipment())
    answer = propagate(["--gnpy-network", paths[0], "--gnpy-equipment", paths[1]], "--json")
    assert answer.code == 2
    findings = json.loads(answer.out)["error"]["findings"]
    assert findings[0]["file"] == "network.json"
    assert findings[0]["field"].endswith("params.length")


def test_the_help_has_examples_and_the_group_lists_its_commands():
    assert "karakoram optics propagate --gnpy-network" in karakoram("optics", "propagate", "-h").out
    assert "propagate" in karakoram("optics", "--help").words
