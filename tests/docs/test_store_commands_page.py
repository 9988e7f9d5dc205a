"""What the page on the commands of the store promises is what the program does."""

import importlib
import re
from pathlib import Path

import pytest
from typer.main import get_command

TEXT = Path("docs/reference/store-commands.md").read_text(encoding="utf-8")
TITLES = re.findall(r"^## `karakoram store (\w+).*`$", TEXT, flags=re.MULTILINE)
CHECKING = "".join(
    path.read_text(encoding="utf-8")
    for path in Path("src/karakoram/adapters/store").glob("checking*.py")
)


def section(title):
    rest = re.split(rf"^## `karakoram store {title}.*`$", TEXT, flags=re.MULTILINE)[1]
    return re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("title", TITLES)
def test_every_option_is_documented_and_every_documented_option_exists(title):
    module = importlib.import_module(f"karakoram.interfaces.cli.commands.store_{title}")
    params = get_command(module.app).params
    existing = {name for param in params for name in param.opts if name.startswith("--")}
    documented = set(re.findall(r"^\| `(--[a-z-]+)", section(title), flags=re.MULTILINE))
    assert documented == existing - {"--help"}


def test_every_command_has_its_section():
    files = Path("src/karakoram/interfaces/cli/commands").glob("store_*.py")
    assert sorted(TITLES) == sorted(path.stem.removeprefix("store_") for path in files)


def test_every_finding_is_there_and_none_is_gone():
    given = set(re.findall(r'finding_at\(\s*"([a-z-]+)"', CHECKING))
    rows = re.findall(r"^\| (`[a-z]+-[a-z-]+`.*?) \|", section("check"), flags=re.MULTILINE)
    documented = {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)}
    assert documented == given
    assert len(given) == 12
