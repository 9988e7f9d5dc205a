"""The catalogue through the command line: look, copy, change the prices, be told what is wrong.

What is asked of the packaged catalogue runs in a process of its own; the rest on a small one.
"""

import csv
import json

import openpyxl
import pytest
from typer.testing import CliRunner

from karakoram.adapters.formats.catalogue_folder import CatalogueFolder
from karakoram.adapters.formats.network_folder import write_network
from karakoram.interfaces.cli.main import app
from tests.support.catalogues import sold_on
from tests.support.command_line import karakoram
from tests.support.small_corridor import small_network

DAY = ("--on", "2026-11-28")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A folder with a small network, and how to ask about a catalogue on it."""
    place = tmp_path_factory.mktemp("catalogue")
    network = small_network()
    write_network(network, place / "net")
    CatalogueFolder(place / "cat").write_catalogue(sold_on(network))
    return place


@pytest.fixture
def asked(world):
    def ask(command, *words, catalogue=world / "cat"):
        options = ["--network", world / "net"]
        if catalogue is not None:
            options += ["--catalogue", catalogue]
        return CliRunner().invoke(app, ["catalogue", command, *map(str, (*words, *options))])

    return ask


@pytest.fixture
def mine(world, asked, tmp_path):
    """A copy of the small catalogue, to be changed."""
    assert asked("export", tmp_path / "mine").exit_code == 0
    return tmp_path / "mine"


def test_the_packaged_catalogue_is_listed_by_seller_segment_and_site():
    words = ("--operator", "SCO", "--segment", "private_rural", "--site", "Skardu", *DAY)
    told = karakoram("catalogue", "list", *words, "--json")
    assert told.code == 0, told.err
    rural = [one["id"] for one in json.loads(told.out)["productOffering"]]
    assert {"SNET-DSL-RURAL", "SNET-WIRELESS", "S-PHONE"} <= set(rural)
    assert not {"SNET-DSL", "STORMFIBER-HOME", "SNET-DSL-1M-2011"} & set(rural)


def test_a_packaged_offering_is_shown_with_the_confidence_of_every_figure():
    told = karakoram("catalogue", "show", "LDI-SIP", *DAY, "--sources")
    assert told.code == 0, told.err
    assert "termination PKR 0.3 minute as used voice_minute - all stated" in told.words
    assert "SIP channel PKR 500 channel month channels - all assumed" in told.words
    assert "propakistani.pk" in told.out


def test_a_list_is_narrowed_and_told_for_a_day(asked):
    def ids(*words):
        told = asked("list", "--json", *words)
        assert told.exit_code == 0, told.output
        return [one["id"] for one in json.loads(told.stdout)["productOffering"]]

    assert ids(*DAY) == ["DPLC", "DSL-RURAL", "CENTRE"]
    assert ids(*DAY, "--segment", "wholesale") == ["DPLC"]
    assert ids("--on", "2027-01-01") == ["DPLC", "CENTRE"]
    assert ids("--on", "2027-01-01", "--all") == ["DPLC", "DSL-RURAL", "CENTRE"]
    assert "3 offerings on 2026-11-28" in asked("list", *DAY).stdout


def test_an_offering_is_shown_in_words_and_as_json(asked):
    assert "distance" in asked("show", "dplc", *DAY).stdout
    told = json.loads(asked("show", "DSL-RURAL", *DAY, "--json").stdout)
    assert told["productOfferingPrice"][0]["price"] == {"unit": "PKR", "value": 999}


def test_a_copy_is_sound_and_reads_the_same(world, asked, mine):
    told = asked("validate", mine, "--json", catalogue=None)
    assert (told.exit_code, json.loads(told.stdout)["findings"]) == (0, [])
    for file in mine.iterdir():
        assert file.read_bytes() == (world / "cat" / file.name).read_bytes()


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_a_price_list_goes_out_is_changed_and_comes_back(asked, mine, tmp_path, name):
    file = tmp_path / name
    assert asked("export", file, catalogue=mine).exit_code == 0
    set_amount(file, "dsl-month", "1049.5")

    dry = asked("import", file, "--dry-run", catalogue=mine)
    assert "would change: 1 price, 4 stay" in " ".join(dry.stdout.split())
    done = json.loads(asked("import", file, "--json", catalogue=mine).stdout)
    assert done == {
        "written": True,
        "unchanged": 4,
        "changes": [
            {
                "kind": "changed",
                "id": "dsl-month",
                "productOffering": "DSL-RURAL",
                "before": {"unit": "PKR", "value": 999},
                "after": {"unit": "PKR", "value": 1049.5},
            }
        ],
    }
    assert json.loads(asked("import", file, "--json", catalogue=mine).stdout)["changes"] == []


def set_amount(file, price_id, amount):
    """Change an amount as a person would, in the file's own way."""
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        header = [cell.value for cell in book.active[1]]
        row = next(row for row in book.active.iter_rows() if row[0].value == price_id)
        row[header.index("amount")].value = float(amount)
        book.save(file)
        return
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if row["product_offering_price_id"] == price_id:
            row["amount"] = amount
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def test_a_list_with_errors_is_told_whole_and_changes_nothing(asked, mine, tmp_path):
    file = tmp_path / "list.csv"
    assert asked("export", file).exit_code == 0
    set_amount(file, "dsl-month", "cheap")
    set_amount(file, "line-km", "-1")
    before = (mine / "product_offering_prices.csv").read_bytes()
    told = asked("import", file, catalogue=mine)
    assert told.exit_code == 2
    assert "list.csv cannot be used: 2 findings" in told.stderr
    assert "(line-km), field amount" in told.stderr
    assert (mine / "product_offering_prices.csv").read_bytes() == before


def test_what_is_wrong_with_a_folder_is_told_with_file_row_and_field(asked, mine):
    offerings = mine / "product_offerings.csv"
    text = offerings.read_text(encoding="utf-8")
    offerings.write_text(text.replace("private-line", "privat-line", 1), encoding="utf-8")
    told = asked("validate", mine, "--json", catalogue=None)
    assert told.exit_code == 2
    (finding,) = json.loads(told.stdout)["findings"]
    assert [finding[key] for key in ("code", "file", "row", "record", "field")] == [
        *("unknown-service-level", "product_offerings.csv", 2, "DPLC"),
        "service_level_id",
    ]
    assert asked("list", catalogue=mine).exit_code == 2
    assert "cannot be used" in asked("validate", mine, catalogue=None).stdout


def test_words_that_mean_nothing_are_told_at_once(asked):
    told = asked("list", "--operator", "nobody", "--segment", "rural", "--json")
    assert told.exit_code == 2
    codes = [finding["code"] for finding in json.loads(told.stdout)["error"]["findings"]]
    assert codes == ["question-operator", "question-segment"]
    assert asked("show", "NOTHING").exit_code == 2


def test_nothing_is_written_over_something_else(asked, tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    assert asked("export", tmp_path).exit_code == 2
    assert asked("export", tmp_path / "list.pdf").exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
