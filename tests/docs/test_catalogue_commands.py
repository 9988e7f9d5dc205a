"""What the page on the commands of the catalogue promises is what the program does."""

import json
import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from karakoram.adapters.formats.catalogue_folder import CatalogueFolder
from karakoram.adapters.formats.network_folder import write_network
from karakoram.interfaces.cli.commands import (
    catalogue_export,
    catalogue_import,
    catalogue_list,
    catalogue_show,
    catalogue_validate,
)
from karakoram.interfaces.cli.main import app
from karakoram.refdata.catalogue_folder import catalogue_folder
from karakoram.sales.catalogue.lifecycle import LifecycleStatus
from karakoram.sales.catalogue.words import MarketSegment
from tests.docs.test_cli_reference import keys_of
from tests.support.catalogues import sold_on
from tests.support.small_corridor import small_network

TEXT = Path("docs/reference/catalogue-commands.md").read_text(encoding="utf-8")
GUIDE = Path("docs/guides/catalogue.md").read_text(encoding="utf-8")
MODULES = {
    "`karakoram catalogue list`": catalogue_list,
    "`karakoram catalogue show OFFERING`": catalogue_show,
    "`karakoram catalogue validate FOLDER`": catalogue_validate,
    "`karakoram catalogue export TARGET`": catalogue_export,
    "`karakoram catalogue import FILE`": catalogue_import,
}


def section(title):
    _, found, rest = TEXT.partition(f" {title}\n")
    assert found, f"no section {title}"
    return re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("title", MODULES)
def test_every_option_is_documented_and_every_documented_option_exists(title):
    command = get_command(MODULES[title].app)
    existing = {name for param in command.params for name in param.opts if name.startswith("--")}
    documented = set(re.findall(r"^\| `(--[a-z-]+)", section(title), flags=re.MULTILINE))
    assert documented == existing - {"--help"}


def test_every_segment_and_status_is_there():
    words = re.findall(r"`([^`]+)`", TEXT)
    assert {segment.value for segment in MarketSegment} <= set(words)
    assert {status.value for status in LifecycleStatus} <= set(words)


@pytest.fixture(scope="module")
def payloads(tmp_path_factory):
    """The JSON of a list, and of an import that changes something."""
    place = tmp_path_factory.mktemp("documented")
    network = small_network()
    write_network(network, place / "net")
    CatalogueFolder(place / "cat").write_catalogue(sold_on(network))
    options = ["--network", str(place / "net"), "--catalogue", str(place / "cat")]

    def told(*words):
        return CliRunner().invoke(app, ["catalogue", *words, *options]).stdout

    told("export", str(place / "list.csv"))
    text = (place / "list.csv").read_text(encoding="utf-8")
    (place / "list.csv").write_text(text.replace(",999,", ",998,"), encoding="utf-8")
    return json.loads(told("list", "--json")), json.loads(
        told("import", str(place / "list.csv"), "--dry-run", "--json")
    )


def documented_keys(title):
    cells = re.findall(r"^\| (`.*?) \|", section(title), flags=re.MULTILINE)
    return {key for cell in cells for key in re.findall(r"`([^`]+)`", cell)}


@pytest.mark.parametrize(("at", "title"), [(0, "catalogue list"), (1, "catalogue import")])
def test_every_key_is_documented_itself_or_with_what_holds_it(payloads, at, title):
    produced = set(keys_of(payloads[at]))
    documented = documented_keys(f"JSON of `{title}`")

    def covers(key, leaf):
        return leaf == key or leaf.startswith((f"{key}.", f"{key}["))

    assert not {leaf for leaf in produced if not any(covers(key, leaf) for key in documented)}
    assert not {key for key in documented if not any(covers(key, leaf) for leaf in produced)}


def test_the_numbers_of_the_guide_are_those_of_the_packaged_catalogue():
    catalogue = CatalogueFolder(catalogue_folder()).read_catalogue()
    confidences = [
        price.provenance.confidence.value for price in catalogue.product_offering_prices.values()
    ]
    said = " ".join(GUIDE.split())
    assert f"{len(catalogue.product_offerings)} offerings of SCO" in said
    assert f"of {len(confidences)}, {confidences.count('stated')} are stated" in said
    assert f"and {confidences.count('assumed')} are assumed" in said
    assert "PKR 1,750 per kilometre" in said
    assert catalogue.product_offering_prices["DPLC-E3:distance"].amount == 1750


def test_the_commands_of_the_guide_exist():
    named = set(re.findall(r"karakoram catalogue ([a-z]+)", GUIDE))
    assert named <= {title.split()[2].strip("`") for title in MODULES}
    catalogue = CatalogueFolder(catalogue_folder()).read_catalogue()
    for word in re.findall(r"catalogue show ([A-Z0-9-]+)", GUIDE + TEXT):
        assert word == "OFFERING" or catalogue.offering(word)
