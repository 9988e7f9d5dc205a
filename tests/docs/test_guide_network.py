"""Does the guide to a network of one's own lead where it says, with the very files it shows?"""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from karakoram.interfaces.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "guides" / "own-network.md").read_text(
    encoding="utf-8"
)
FILES = dict(
    re.findall(r"^`my-corridor/([\w.]+)`\n\n```\w+\n(.*?)```$", PAGE, re.MULTILINE | re.DOTALL)
)
SLIP, OFFER = re.findall(
    r"^```\n([a-z ].*?)^```$", PAGE.partition("## 5.")[2], re.MULTILINE | re.DOTALL
)
DESIGN = re.search(r"^karakoram (design .*) --network my-corridor$", PAGE, re.MULTILINE)[1].split()


@pytest.fixture
def folder(tmp_path):
    """The folder that a reader has after typing in every file of the page."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*words):
    return CliRunner().invoke(main.app, [str(word) for word in words])


def test_the_page_holds_three_sites_and_two_operators():
    assert FILES["sites.csv"].count("\n") == 1 + 3
    assert FILES["operators.csv"].count("\n") == 1 + 2


def test_the_files_of_the_page_are_a_sound_network(folder):
    result = run("network", "validate", folder)
    assert result.exit_code == 0
    assert "0 errors, 0 warnings" in " ".join(result.output.split())
    assert run("network", "show", "--network", folder).exit_code == 0


def test_the_slip_is_found_as_shown(folder):
    row = "CRO-HAR-R,CRO,HAR,"
    assert row in FILES["spans.csv"]
    slipped = FILES["spans.csv"].replace(row, "CRO-HAR-R,CRO,HRA,")
    (folder / "spans.csv").write_text(slipped, encoding="utf-8")
    result = run("network", "validate", folder, "--json")
    assert result.exit_code == 2
    (finding,) = json.loads(result.output)["findings"]
    place = f"{finding['file']} row {finding['row']}"
    found = [place, finding["record"], finding["field"], finding["message"]]
    assert found == re.split(r"  +", SLIP.strip())


def test_the_design_prints_the_very_table_that_the_page_shows(folder):
    result = run(*DESIGN, "--network", folder)
    assert result.exit_code == 0
    assert OFFER.count("\n") == 16
    printed = "".join(f"{line.rstrip()}\n" for line in result.output.splitlines())
    assert f"\n{OFFER}\n" in printed


def test_the_sums_by_hand_are_those_of_the_price(folder):
    result = run(*DESIGN, "--network", folder, "--json")
    (*_, offer) = json.loads(result.output)["offers"]
    split = {share["operator"]: share["mrc_minor"] for share in offer["price"]["split"]}
    assert split == {"NOR": 641_250, "SOU": 578_125}
    assert offer["price"]["nrc_minor"] == 24_000_000
    storm = next(risk for risk in offer["shared_risks"] if risk["id"] == "STORM")
    assert storm["unavailable_min_per_year"] == pytest.approx(360.0, abs=0.5)
    for text in ("6,412.50", "5,781.25", "12,193.75", "240,000", "360"):
        assert text in PAGE


def test_without_one_cable_both_paths_share_the_other(folder):
    result = run(*DESIGN, "--network", folder, "--avoid", "NOR-VALLEY", "--json")
    assert result.exit_code == 0
    (*_, offer) = json.loads(result.output)["offers"]
    assert "UPL-CRO-R" in {risk["id"] for risk in offer["shared_risks"]}


def test_with_one_way_left_protection_is_refused(folder):
    less = ("--avoid", "NOR-VALLEY", "--avoid", "SOU-RAIL")
    result = run(*DESIGN, "--network", folder, *less, "--json")
    assert result.exit_code == 1
    codes = [reason["code"] for reason in json.loads(result.output)["infeasible"]]
    assert "no-second-path" in codes
