"""What the page on the commands of settlement promises is what the program does."""

import importlib
import json
import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from karakoram.core.tables import columns_of
from karakoram.interfaces.cli.main import app
from karakoram.sales.catalogue.words import PriceType, UsageKind
from karakoram.settlement.rating import tariffs
from karakoram.settlement.rating.usage import UsageRecord
from karakoram.usecases.settle.rating_rows import ChargeRow
from tests.support.rating_files import BANDWIDTH, SAMPLES

TEXT = Path("docs/reference/settlement-commands.md").read_text(encoding="utf-8")
TITLES = re.findall(r"^## `karakoram (.*?)`$", TEXT, flags=re.MULTILINE)


def section(title, level="##"):
    rest = TEXT.partition(f"\n{level} {title}\n")[2]
    return re.split(rf"^#{{2,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def first_cells(text):
    return {
        word
        for cell in re.findall(r"^\| (`[^|]*) \|", text, flags=re.MULTILINE)
        for word in re.findall(r"`([^`]+)`", cell)
    }


@pytest.mark.parametrize("title", TITLES)
def test_every_option_of_settlement_is_documented_and_every_documented_one_exists(title):
    words = "_".join(word for word in title.split() if word.islower())
    command = get_command(importlib.import_module(f"karakoram.interfaces.cli.commands.{words}").app)
    existing = {name for param in command.params for name in param.opts if name.startswith("--")}
    documented = set(re.findall(r"^\| `(--[a-z-]+)", section(f"`karakoram {title}`"), re.MULTILINE))
    assert documented == existing - {"--help"}


@pytest.mark.parametrize(
    ("title", "record"), [("The file of usage", UsageRecord), ("The file of charges", ChargeRow)]
)
def test_every_column_of_a_file_is_documented(title, record):
    assert first_cells(section(title, "###")) == set(columns_of(record))


def keys_of(value, place=""):
    """The path of every leaf, with ``[]`` for any element of a list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from keys_of(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner, f"{place}[]")
    else:
        yield place


def test_every_key_of_the_json_is_documented(tmp_path):
    files = {"--from": BANDWIDTH, "--samples": SAMPLES}
    words = ["rate", "--period", "2026-07", "--json"]
    for number, (option, text) in enumerate(files.items()):
        path = tmp_path / f"{number}.csv"
        path.write_text(text, encoding="utf-8")
        words += [option, str(path)]
    told = json.loads(CliRunner().invoke(app, words).stdout)
    assert set(keys_of(told)) == first_cells(section("JSON of `rate`", "###"))


def test_every_word_that_a_file_may_hold_is_there():
    words = set(re.findall(r"`([^`]+)`", TEXT))
    assert {each.value for kind in (UsageKind, PriceType) for each in kind} <= words


def test_every_code_of_a_finding_about_usage_is_there():
    source = Path(tariffs.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'"(usage-[a-z-]+)"', source))
    assert codes
    assert codes <= first_cells(section("What is found in usage", "###"))
