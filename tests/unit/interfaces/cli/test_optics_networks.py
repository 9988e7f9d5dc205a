"""What do the commands about whole networks of light print and write?"""

import csv
import json
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from karakoram.interfaces.cli.main import app
from tests.support.mesh_files import LOAD, NEW, mesh_options, written


def told(*words):
    return CliRunner().invoke(app, ["optics", *words])


def test_all_pairs_as_json_table_and_drawing_agree(tmp_path):
    table, plot = tmp_path / "pairs.csv", tmp_path / "pairs.svg"
    result = told(
        "all-pairs", *mesh_options(tmp_path), "--json", "--csv", str(table), "--plot", str(plot)
    )
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["pair_count"] == len(answer["pairs"]) == 12
    assert answer["channel_count"] == 11
    assert answer["unlit_channel_count"] == 1
    assert {found["code"] for found in answer["findings"]} == {"gain-below-minimum"}
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    for row, pair in zip(rows, answer["pairs"], strict=True):
        assert row["from"] == pair["from"]
        assert float(row["gsnr_db_mean"]) == pair["gsnr_db_mean"]
        assert pair["gsnr_db_min"] <= pair["gsnr_db_mean"] <= pair["gsnr_db_max"]
        assert pair["exact"]
    ET.parse(plot)


def test_all_pairs_on_the_screen_names_the_worst(tmp_path):
    result = told("all-pairs", *mesh_options(tmp_path), "--no-srs")
    assert result.exit_code == 0, result.output
    assert "12 pairs of transceivers" in result.stdout
    assert "Pairs with the least GSNR" in result.stdout


def test_what_if_tells_what_a_new_wavelength_does_to_the_others(tmp_path):
    load, new = written(tmp_path, "lit.csv", LOAD), written(tmp_path, "new.csv", NEW)
    plot = tmp_path / "change.svg"
    result = told(
        "what-if",
        *mesh_options(tmp_path),
        "--load",
        load,
        "--light",
        new,
        "--drop",
        "east",
        "--plot",
        str(plot),
        "--json",
    )
    answer = json.loads(result.stdout)
    assert [one["wavelength_id"] for one in answer["lit"]] == ["new"]
    assert [one["wavelength_id"] for one in answer["dropped"]] == ["east"]
    changes = {one["wavelength_id"]: one for one in answer["changes"]}
    assert changes["far"]["change_db"] == 0.0
    assert changes["west"]["change_db"] != 0.0
    assert changes["west"]["margin_db_after"] is not None
    assert answer["sections_computed"] == [["roadm S0", "booster S0-S1"]]
    assert result.exit_code == (1 if answer["lost"] else 0)
    ET.parse(plot)


def test_what_if_on_the_screen(tmp_path):
    load, new = written(tmp_path, "lit.csv", LOAD), written(tmp_path, "new.csv", NEW)
    result = told("what-if", *mesh_options(tmp_path), "--load", load, "--light", new)
    assert "the change touches 1" in result.stdout
    assert "who loses most first" in result.stdout
    same = told("what-if", *mesh_options(tmp_path), "--load", load)
    assert "No wavelength changes" in same.stdout


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("wavelength_id,from_id,to_id,n,m\nw,trx S0,trx S1,0,8\n", "symbol_rate_gbaud"),
        ("wavelength_id,from_id,to_id,n,m,symbol_rate_gbaud\nw,trx S0,trx S1,0,0,64\n", "at least"),
        ("wavelength_id,from_id,to_id,m,symbol_rate_gbaud\nw,trx S0,trx S1,8,64\n", "n"),
        ("wavelength_id,from_id,to_id,n,m,symbol_rate_gbaud\nw,trx S0,trx S9,0,8,64\n", "trx S9"),
        ("", "first row"),
    ],
)
def test_a_bad_load_file_ends_with_2_and_says_what_is_wrong(tmp_path, text, told_of):
    load = written(tmp_path, "bad.csv", text)
    result = told("what-if", *mesh_options(tmp_path), "--load", load, "--json")
    assert result.exit_code == 2
    assert told_of in result.stdout


def test_a_wavelength_that_is_not_lit_cannot_be_dropped(tmp_path):
    load = written(tmp_path, "lit.csv", LOAD)
    result = told("what-if", *mesh_options(tmp_path), "--load", load, "--drop", "wesst")
    assert result.exit_code == 2
    assert "west" in result.output


HEADER = "wavelength_id,from_id,to_id,via,n,m,symbol_rate_gbaud,transceiver_type_id,mode\n"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("w,trx S0,trx S1,,3,8,64,,", "n"),
        ("w,trx S0,trx S1,roadm X,96,8,64,,", "via"),
        ("w,trx S0,trx S1,,96,8,,coherrent,800G", "transceiver_type_id"),
        ("w,trx S0,trx S1,,96,8,,coherent,900G", "mode"),
        ("w,trx S0,trx S1,,96,4,64,,", "symbol_rate_gbaud"),
        ("w,trx S0,trx S1,,96,4,,coherent,800G", "m"),
        ("w,trx S0,trx S9,,96,8,64,,", "to_id"),
        ("w,trx S0,trx S0,,96,8,64,,", "to_id"),
        ("w,trx S0,trx S1,roadm S1;roadm S0,96,8,64,,", "via"),
        ("v,trx S0,trx S1,,0,8,64,,\nw,trx S0,trx S1,,96,8,,coherent,", "transceiver_type_id"),
    ],
)
def test_whatever_keeps_a_wavelength_dark_names_file_row_and_field(tmp_path, row, field):
    first = "" if row.startswith("v") else "v,trx S0,trx S1,,0,8,64,,\n"
    load = written(tmp_path, "lit.csv", f"{HEADER}{first}{row}\n")
    result = told("what-if", *mesh_options(tmp_path), "--load", load, "--json")
    assert result.exit_code == 2
    (finding,) = json.loads(result.stdout)["error"]["findings"]
    where = finding["file"], finding["row"], finding["field"], finding["record"]
    assert where == ("lit.csv", 3, field, "w")


@pytest.mark.parametrize(
    ("rows", "told_of"),
    [
        ("w,trx S0,trx S1,,-2400,8,64,,\n", ("no-light-in-band", "lit.csv", "n")),
        (
            "w,trx S0,trx S1,,-2400,8,64,,\nv,trx S0,trx S1,,0,8,64,,\n",
            ("not-passed", "lit.csv", "n"),
        ),
    ],
)
def test_what_keeps_light_from_running_names_the_file(tmp_path, rows, told_of):
    load = written(tmp_path, "lit.csv", f"{HEADER}{rows}")
    result = told("what-if", *mesh_options(tmp_path), "--load", load, "--json")
    assert result.exit_code == 2
    (finding,) = json.loads(result.stdout)["error"]["findings"]
    assert (finding["code"], finding["file"], finding["field"]) == told_of


def test_every_command_about_light_takes_a_nonlinear_model(tmp_path):
    options, model = mesh_options(tmp_path), ("--nonlinear-model", "ISRS-GN-closed-form", "--json")
    load = written(tmp_path, "lit.csv", LOAD)
    plain, other = (
        json.loads(told("all-pairs", *options, *more).stdout)["pairs"][0]["gsnr_db_mean"]
        for more in (("--json",), model)
    )
    assert 0.0 < abs(other - plain) < 1.0
    assert told("what-if", *options, "--load", load, *model).exit_code in (0, 1)
    for command in (("all-pairs",), ("what-if", "--load", load)):
        refused = told(*command, *options, "--nonlinear-model", "gn")
        assert refused.exit_code == 2
        assert "isrs_gn_closed_form" in refused.output
