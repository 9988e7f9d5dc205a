"""What the page on buying of partners promises is what the program does."""

import importlib
import json
import re
import tomllib
from pathlib import Path
from random import Random

import pytest
from typer.main import get_command

from karakoram.adapters.formats import partners_file
from karakoram.adapters.formats.json_partners import json_from_bought
from karakoram.core.findings import Finding, Place
from karakoram.core.money import Money
from karakoram.interfaces.cli.main import app
from karakoram.sales.plans import Refusal
from karakoram.sales.purchases import LegPrice, Purchase
from karakoram.usecases.buy.partner_legs import Bought
from tests.support.sales_records import any_record

TEXT = Path("docs/reference/partner-commands.md").read_text(encoding="utf-8")
GUIDE = Path("docs/guides/partners.md").read_text(encoding="utf-8")
TITLES = re.findall(r"^## `karakoram (.*?)`$", TEXT, flags=re.MULTILINE)
SOURCES = [
    *Path("src/karakoram/adapters/partners").glob("*.py"),
    Path("src/karakoram/adapters/formats/partners_file.py"),
    Path("src/karakoram/interfaces/cli/partner_options.py"),
    *Path("src/karakoram/usecases/buy").glob("*.py"),
]


def section(title):
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("title", TITLES)
def test_every_option_of_buying_is_documented_and_every_documented_one_exists(title):
    words = "_".join(word for word in title.split() if word.islower())
    command = get_command(importlib.import_module(f"karakoram.interfaces.cli.commands.{words}").app)
    existing = {name for param in command.params for name in param.opts if name.startswith("--")}
    documented = set(re.findall(r"^\| `(--[a-z-]+)", section(f"`karakoram {title}`"), re.MULTILINE))
    assert documented == existing - {"--help"}


def test_every_command_of_buying_has_its_section():
    (group,) = (each for each in app.registered_groups if each.name == "partner")
    words = {each.name for each in group.typer_instance.registered_commands}
    assert {title.split()[1] for title in TITLES} == words


def test_every_code_of_buying_is_there():
    given = {
        code
        for path in SOURCES
        for code in re.findall(
            r'(?:code=|finding_at\(\s*)"([a-z]+-[a-z-]+)"', path.read_text(encoding="utf-8")
        )
    }
    general = {"not-toml", "empty-table", "broken-rule"}
    listed = {
        code
        for cell in re.findall(r"^\| (`[^|]*) \|", section("Errors"), flags=re.MULTILINE)
        for code in re.findall(r"`([^`]+)`", cell)
    }
    assert given - general - {"partner-not-found"} <= listed
    assert listed <= given | {"partner-not-found", "partner-refused"}


def test_every_key_of_the_file_of_partners_is_there():
    tables = (partners_file._Contact, partners_file._Partner, partners_file._Offering)
    keys = {name for table in tables for name in table.model_fields}
    listed = set()
    for cell in re.findall(r"^\| (`[^|]*) \|", section("The file of partners"), re.MULTILINE):
        listed |= set(re.findall(r"`([^`]+)`", cell))
    assert listed == keys


def keys_of(value, place=""):
    if isinstance(value, dict) and value and place != "purchases[].characteristics":
        for key, inner in value.items():
            yield from keys_of(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner, f"{place}[]")
    else:
        yield place


def test_every_key_of_the_json_of_purchases_is_documented():
    price = LegPrice(mrc=Money(1, "USD"), nrc=Money(2, "USD"))
    reason = Refusal(code="a", where="b", message="c")
    made = any_record(Purchase, Random(1), price=price, reasons=(reason,))
    finding = Finding(code="a", place=Place(table="partner ONE"), message="b")
    told = json.loads(json.dumps(json_from_bought(Bought(purchases=(made,), findings=(finding,)))))
    documented = set(re.findall(r"`((?:purchases|findings)\[\]\.[^`]+)`", section("JSON")))
    assert set(keys_of(told)) == documented


@pytest.mark.parametrize("text", [section("The file of partners"), GUIDE])
def test_the_file_that_is_shown_is_a_file_of_partners(text, tmp_path):
    block = re.search(r"^    \[contact\]\n(?:(?:    .*)?\n)+", text, flags=re.MULTILINE)[0]
    lines = "\n".join(line.removeprefix("    ") for line in block.splitlines())
    assert tomllib.loads(lines)
    file = tmp_path / "partners.toml"
    file.write_text(lines, encoding="utf-8")
    (account,) = partners_file.PartnersFile(file, {"ONE_SECRET": "s"}).read_accounts()
    assert (account.terms.operator_id, account.secret) == ("ONE", "s")
