"""A damaged folder gives findings with file, row, field and remedy, exit code 2, no traceback."""

import json
import random
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from karakoram.adapters.formats.network_folder import write_network
from karakoram.bootstrap import network_source
from karakoram.interfaces.cli.main import app
from tests.support.command_line import karakoram
from tests.support.small_corridor import small_network


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small") / "sound"
    write_network(small_network(), folder)
    return folder


@pytest.fixture
def folder(sound, tmp_path):
    """A copy of a small network, to be damaged."""
    return Path(shutil.copytree(sound, tmp_path / "damaged"))


@pytest.fixture
def corridor(tmp_path):
    """A copy of the reference corridor, to be damaged."""
    write_network(network_source().read_network(), tmp_path / "corridor")
    return tmp_path / "corridor"


def edit(path, change):
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def delete_a_file(folder):
    (folder / "sites.csv").unlink()


def delete_the_settings(folder):
    (folder / "karakoram.toml").unlink()


def delete_a_column(folder):
    def without_third(text):
        rows = [line.split(",") for line in text.splitlines()]
        return "\n".join(",".join(row[:2] + row[3:]) for row in rows) + "\n"

    edit(folder / "handovers.csv", without_third)


def delete_a_site_that_a_span_names(folder):
    def without_gilgit(text):
        return "".join(
            line for line in text.splitlines(keepends=True) if not line.startswith("GIL,")
        )

    edit(folder / "sites.csv", without_gilgit)


def make_a_length_negative(folder):
    edit(folder / "spans.csv", lambda text: text.replace(",51.1,", ",-51.1,", 1))


def give_a_length_a_unit(folder):
    edit(folder / "spans.csv", lambda text: text.replace(",51.1,", ",51.1 miles,", 1))


def ask_a_price_by_an_unknown_unit(folder):
    edit(folder / "prices.csv", lambda text: text.replace(",km,", ",furlong,", 1))


def name_a_row_twice(folder):
    def twice(text):
        lines = text.splitlines(keepends=True)
        return "".join([*lines, lines[1]])

    edit(folder / "cables.csv", twice)


def close_a_cycle_of_handovers(folder):
    def turned(text):
        header, first, *rest = text.splitlines(keepends=True)
        names = header.strip().split(",")
        cells = dict(zip(names, first.strip().split(","), strict=False))
        giver, taker = cells["from_operator_id"], cells["to_operator_id"]
        back = first.replace(f"{giver},{taker}", f"{taker},{giver}", 1)
        back = back.replace(cells["handover_id"], f"{cells['handover_id']}-BACK", 1)
        return "".join([header, first, *rest, back])

    edit(folder / "handovers.csv", turned)


def write_utf_16(folder):
    path = folder / "spans.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))


def empty_a_file(folder):
    (folder / "operators.csv").write_bytes(b"")


def write_ten_megabytes_of_noise(folder):
    noise = random.Random(7).randbytes(10_000_000)
    (folder / "spans.csv").write_bytes(noise)


def write_noise_into_the_settings(folder):
    (folder / "karakoram.toml").write_bytes(random.Random(7).randbytes(10_000))


def put_a_folder_where_a_file_should_be(folder):
    (folder / "cables.csv").unlink()
    (folder / "cables.csv").mkdir()


DAMAGES = {
    delete_a_file: "sites.csv",
    delete_the_settings: "karakoram.toml",
    delete_a_column: "handovers.csv",
    delete_a_site_that_a_span_names: "spans.csv",
    make_a_length_negative: "spans.csv",
    give_a_length_a_unit: "spans.csv",
    ask_a_price_by_an_unknown_unit: "prices.csv",
    name_a_row_twice: "cables.csv",
    close_a_cycle_of_handovers: "handovers.csv",
    write_utf_16: "spans.csv",
    empty_a_file: "operators.csv",
    write_ten_megabytes_of_noise: "spans.csv",
    write_noise_into_the_settings: "karakoram.toml",
    put_a_folder_where_a_file_should_be: "cables.csv",
}
ABOUT_A_CELL = {
    delete_a_site_that_a_span_names: "a_site_id",
    make_a_length_negative: "length_km",
    give_a_length_a_unit: "length_km",
    ask_a_price_by_an_unknown_unit: "unit",
}


def in_process(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_gives_findings_exit_code_2_and_no_traceback(folder, damage):
    damage(folder)
    answer = in_process("network", "validate", folder, "--json")
    assert answer.exit_code == 2
    payload = json.loads(answer.stdout)
    errors = [finding for finding in payload["findings"] if finding["severity"] == "error"]
    assert errors
    assert payload["valid"] is False
    assert DAMAGES[damage] in {finding["file"] for finding in errors}
    assert all(finding["message"] for finding in errors)
    assert "Traceback" not in answer.output


@pytest.mark.parametrize("damage", ABOUT_A_CELL, ids=lambda damage: damage.__name__)
def test_a_wrong_cell_is_told_with_row_and_field(folder, damage):
    damage(folder)
    payload = json.loads(in_process("network", "validate", folder, "--json").stdout)
    finding = next(
        finding for finding in payload["findings"] if finding["field"] == ABOUT_A_CELL[damage]
    )
    assert finding["row"] >= 2
    assert finding["record"]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_no_command_works_on_a_damaged_folder_or_shows_a_traceback(folder, damage):
    damage(folder)
    answer = in_process("routes", "URC", "KHI", "--network", folder)
    assert answer.exit_code == 2
    assert answer.stderr.startswith("Error: the network cannot be used")
    assert "Traceback" not in answer.output


def test_damage_is_told_the_same_way_by_the_installed_program(corridor):
    make_a_length_negative(corridor)
    answer = karakoram("design", "URC", "MRS", "--network", corridor)
    assert answer.code == 2
    assert "spans.csv row" in answer.err
    assert "must be at least 0.001, got -51.1" in answer.err
    assert "Traceback" not in answer.err


def test_a_screen_of_findings_is_capped_and_json_is_not(corridor):
    edit(corridor / "prices.csv", lambda text: text.replace(",USD,", ",XXX,"))
    on_screen = in_process("network", "validate", corridor).stdout
    every = json.loads(in_process("network", "validate", corridor, "--json").stdout)["findings"]
    assert len(every) > 50
    assert "more; --json shows all" in on_screen
    assert on_screen.count("prices.csv") <= 50
