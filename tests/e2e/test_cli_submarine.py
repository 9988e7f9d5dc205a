"""``karakoram optics submarine`` from the command line to the drawing."""

import json

import pytest

from tests.support.command_line import karakoram
from tests.support.markup import tree

SUBMARINE = ("optics", "submarine")
PEACE = ("--cable", "PEACE", "--from", "KHI", "--to", "MRS")


def test_a_cable_of_the_corridor_is_computed_and_drawn(tmp_path):
    told = karakoram(*SUBMARINE, *PEACE, "--plot", "peace.svg", cwd=tmp_path)
    assert told.code == 0, told.err
    assert "CLS-CYB-ZAF 5,800.0 sea" in told.words
    assert "82 repeaters under the sea" in told.words
    assert "assumed: repeater spacing 70 km" in told.words
    tree((tmp_path / "peace.svg").read_text(encoding="utf-8"))


def test_a_described_line_answers_what_the_cable_with_the_same_figures_does(tmp_path):
    told = karakoram(*SUBMARINE, *PEACE[:4], "--to", "ZAF", "--json")
    cable = json.loads(told.out)["legs"][0]["wet"]
    figures = {one["figure"]: one["value"] for one in cable["figures"]}
    path = tmp_path / "line.toml"
    path.write_text("\n".join(f"{key} = {value!r}" for key, value in figures.items()))
    told = karakoram(*SUBMARINE, "--system", path, "--fibre", cable["fibre"]["type"], "--json")
    assert told.code == 0, told.err
    described = json.loads(told.out)["legs"][0]["wet"]
    assert described["channels"] == cable["channels"]
    assert {one["confidence"] for one in described["figures"]} == {"stated"}


def test_options_count_before_the_file(tmp_path):
    path = tmp_path / "line.toml"
    path.write_text("length_km = 6600\nrepeater_spacing_km = 80\n")
    told = karakoram(
        *(*SUBMARINE, "--system", path, "--repeater-spacing-km", "60", "--reference-gbaud", "70"),
        "--json",
    )
    wet = json.loads(told.out)["legs"][0]["wet"]
    assert wet["spans"] == 110
    assert wet["acceptance"]["symbol_rate_gbaud"] == 70.0


def test_where_no_mode_works_the_answer_is_no():
    told = karakoram(*SUBMARINE, "--length-km", "30000", "--json")
    assert told.code == 1
    assert json.loads(told.out)["bit_rate"]["modes"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--length-km: is missing"),
        ((*PEACE, "--length-km", "9"), "--length-km: does not go with --cable"),
        ((*PEACE[:4], "--to", "Lahore"), "--to: the cable does not land at 'Lahore'"),
        (("--cable", "TW1", *PEACE[2:]), "--cable: of TW1 only the published bit rate is known"),
        (("--length-km", "6000", "--repeater-spacing-km", "0"), "must be at least 10, got 0"),
    ],
)
def test_what_means_nothing_is_refused(arguments, words):
    told = karakoram(*SUBMARINE, *arguments)
    assert told.code == 2
    assert words in " ".join(told.err.split())


def test_a_file_with_errors_is_told_with_file_row_and_field(tmp_path):
    (tmp_path / "line.toml").write_text("length_km = 6600\nrepeater_spacing = 80\n")
    told = karakoram(*SUBMARINE, "--system", tmp_path / "line.toml")
    assert told.code == 2
    assert "line.toml row 2, field repeater_spacing" in told.err
    overwriting = karakoram(*SUBMARINE, "--system", "a.svg", "--plot", "a.svg", cwd=tmp_path)
    assert overwriting.code == 2
    assert "would overwrite" in overwriting.err


MEASURED = """measurement_id,direction,frequency_thz,osnr_01nm_db,gsnr_db
1,A-Z,193.0,29.5,17.5
2,A-Z,194.0,29.4,17.4
3,Z-A,193.0,29.5,15.0
"""
SHORT = ("--length-km", "1500", "--reference-gbaud", "100")


def test_a_measured_line_is_judged_by_channel_and_direction(tmp_path):
    path = tmp_path / "measured.csv"
    path.write_text(MEASURED)
    words = (*SUBMARINE, *SHORT, "--branching-unit", "700:2", "--measured", path)
    told = karakoram(*words, "--contract-gsnr-db", "17.2", "--json")
    assert told.code == 1, told.err
    answer = json.loads(told.out)
    forth, back = answer["measured"]
    assert (forth["direction"], forth["accepted"]) == ("A-Z", True)
    assert (back["direction"], back["accepted"]) == ("Z-A", False)
    first = forth["channels"][0]
    # OSNR 29.5 dB is SNR_ASE 20.469 dB at 100 GBd; 10^-1.75 - 10^-2.0469 is 10^-2.0552.
    assert first["measured"]["snr_ase_db"] == pytest.approx(20.4691, abs=1e-4)
    assert first["measured"]["snr_nli_db"] == pytest.approx(20.552, abs=2e-4)
    assert first["surplus_db"] == pytest.approx(0.3, abs=1e-6)
    (unit,) = answer["legs"][0]["wet"]["branching_units"]
    assert (unit["name"], unit["span"]) == ("U1", 11)
    shown = karakoram(*words, "--contract-gsnr-db", "14.9")
    assert shown.code == 0, shown.err
    assert "Measured, A-Z: pass" in shown.words
    assert "1 branching unit: U1 at 700 km, span 11, 2 dB (stated)" in shown.words


def test_a_bad_file_of_measurements_is_told_with_row_and_field(tmp_path):
    path = tmp_path / "measured.csv"
    path.write_text(MEASURED + "4,A-Z,180.0,29.5,17.5\n4,Z-A,193.5,29.5,high\n")
    words = (*SUBMARINE, *SHORT, "--measured", path)
    told = karakoram(*words)
    assert told.code == 2
    assert "measured.csv row 6 (4), field gsnr_db" in told.err
    path.write_text(MEASURED + "4,A-Z,180.0,29.5,17.5\n")
    told = karakoram(*words, "--json")
    assert told.code == 2
    found = json.loads(told.out)["error"]["findings"]
    assert [(one["row"], one["field"]) for one in found] == [
        (5, "frequency_thz"),
        *((row, "contract_gsnr_db") for row in (2, 3, 4, 5)),
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((*SHORT, "--branching-unit", "far"), "--branching-unit: 'far' names no branching unit"),
        ((*SHORT, "--branching-unit", "1600"), "--branching-unit: U1 at 1600 km stands beyond"),
        ((*PEACE, "--branching-unit", "5900"), "--branching-unit: U1 at 5900 km stands on land"),
        ((*SHORT, "--contract-gsnr-db", "12"), "--contract-gsnr-db: goes with --measured"),
    ],
)
def test_units_and_contracts_without_sense_are_refused(arguments, words):
    told = karakoram(*SUBMARINE, *arguments)
    assert told.code == 2
    assert words in " ".join(told.err.split())
