"""Every refusal of the ledger stands on its page, and every option of its commands on theirs."""

import importlib
import re
from pathlib import Path

import pytest
from typer.main import get_command

from karakoram.core.tables import columns_of
from karakoram.settlement.ledger.accounts import AccountLimit
from karakoram.settlement.ledger.transfers import TransferKind
from karakoram.usecases.settle.transfer_rows import TransferRow

PAGE = Path("docs/theory/ledger.md").read_text(encoding="utf-8")
REFUSALS = PAGE.partition("## Refusals")[2]
COMMANDS = Path("docs/reference/ledger-commands.md").read_text(encoding="utf-8")
TITLES = re.findall(r"^## `karakoram ledger (\w+).*`$", COMMANDS, flags=re.MULTILINE)
TEXT = "".join(
    path.read_text(encoding="utf-8")
    for path in (
        *sorted(Path("src/karakoram/settlement/ledger").glob("*.py")),
        Path("src/karakoram/usecases/settle/reverse_transfer.py"),
        Path("src/karakoram/usecases/settle/settling.py"),
    )
)


def test_every_refusal_of_the_ledger_is_on_the_page_and_none_is_gone():
    codes = set(re.findall(r'_refusal\(\s*transfer,\s*"([\w-]+)"', TEXT))
    codes |= set(re.findall(r'code="([\w-]+)"', TEXT))
    codes |= set(re.findall(r'code="[\w-]+" if \w+ else "([\w-]+)"', TEXT))
    rows = re.findall(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|", REFUSALS, flags=re.MULTILINE)
    documented = {code for row in rows for code in re.findall(r"`([\w-]+)`", row)}
    assert len(documented) > 15
    assert documented == codes


@pytest.mark.parametrize("title", TITLES)
def test_every_option_is_documented_and_every_documented_option_exists(title):
    module = importlib.import_module(f"karakoram.interfaces.cli.commands.ledger_{title}")
    existing = {name for param in get_command(module.app).params for name in param.opts}
    section = re.split(rf"^## `karakoram ledger {title}\b.*`$", COMMANDS, flags=re.MULTILINE)[1]
    section = re.split(r"^## ", section, maxsplit=1, flags=re.MULTILINE)[0]
    documented = set(re.findall(r"^\| `(--[a-z-]+)", section, flags=re.MULTILINE))
    assert documented == {name for name in existing if name.startswith("--")} - {"--help"}


def test_every_command_and_every_column_stands_on_the_page():
    files = Path("src/karakoram/interfaces/cli/commands").glob("ledger_*.py")
    assert sorted(TITLES) == sorted(path.stem.removeprefix("ledger_") for path in files)
    words = set(re.findall(r"`([^`]+)`", COMMANDS))
    assert set(columns_of(TransferRow)) <= words
    for kind in (AccountLimit, TransferKind):
        assert {each.value for each in kind} <= words
