"""What the page on the commands of selling promises is what the program does."""

import importlib
import re
from pathlib import Path

import pytest
from typer.main import get_command

from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.products import ProductState

TEXT = Path("docs/reference/selling-commands.md").read_text(encoding="utf-8")
TITLES = re.findall(r"^## `karakoram (.*?)`$", TEXT, flags=re.MULTILINE)


def app_of(title):
    words = "_".join(word for word in title.split() if word.islower())
    return importlib.import_module(f"karakoram.interfaces.cli.commands.{words}").app


def section(title):
    rest = TEXT.partition(f"## `karakoram {title}`\n")[2]
    return re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("title", TITLES)
def test_every_option_is_documented_and_every_documented_option_exists(title):
    command = get_command(app_of(title))
    existing = {name for param in command.params for name in param.opts if name.startswith("--")}
    documented = set(re.findall(r"^\| `(--[a-z-]+)", section(title), flags=re.MULTILINE))
    assert documented == existing - {"--help"}


def test_every_command_of_selling_has_its_section():
    groups = ("party", "quote", "order", "service", "dxx")
    commands = Path("src/karakoram/interfaces/cli/commands")
    files = {path.stem for path in commands.glob("*.py") if path.stem.partition("_")[0] in groups}
    documented = {"_".join(w for w in title.split() if w.islower()) for title in TITLES}
    assert documented == files | {"qualify", "trace"}


def test_every_word_that_can_be_chosen_is_there():
    words = set(re.findall(r"`([^`]+)`", TEXT))
    for kind in (CustomerKind, MarketSegment, ProductState):
        assert {each.value for each in kind} <= words
