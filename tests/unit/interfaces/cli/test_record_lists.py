"""What commands of one shape have in common: lists, products that rest, back-ups."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.main import get_command

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_party
from karakoram.adapters.formats.table_sales import PARTIES
from karakoram.interfaces.cli.backups import tell_backup
from karakoram.interfaces.cli.commands import service_resume, service_suspend
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.product_rest import ProductRestOptions
from karakoram.interfaces.cli.record_lists import ListWords, RecordList
from karakoram.interfaces.cli.sales_lists_screen import show_parties
from karakoram.sales.parties import Party
from karakoram.usecases.store.store_ports import StoreBackup
from tests.support.desk import rows_of
from tests.support.memory_store import MemoryStore
from tests.support.sales_records import buyer

LIST = RecordList(
    kind=Party, name="parties", payload=json_from_party, show=show_parties, form=PARTIES
)


@dataclass(frozen=True)
class Chosen:
    as_json: bool = True
    store: str = ""
    table_to: Path | None = None


@pytest.fixture
def _two_parties(monkeypatch):
    store = MemoryStore()
    for party_id in ("TW", "CT"):
        store.write(lambda tx, party_id=party_id: tx.add(buyer(party_id)))
    monkeypatch.setattr(bootstrap, "settlement_store", lambda word: store)


@pytest.mark.usefixtures("_two_parties")
def test_a_list_holds_what_is_asked_for_to_people_and_programs(capsys):
    assert isinstance(Chosen(), ListWords)
    assert LIST.tell(Chosen()) is ExitCode.DONE
    told = json.loads(capsys.readouterr().out)["parties"]
    assert [each["id"] for each in told] == ["CT", "TW"]
    LIST.tell(Chosen(), is_asked=lambda each: each.party_id == "TW")
    assert [each["id"] for each in json.loads(capsys.readouterr().out)["parties"]] == ["TW"]
    LIST.tell(Chosen(as_json=False), is_asked=lambda each: each.party_id == "TW")
    shown = capsys.readouterr().out
    assert "TW" in shown
    assert "CT" not in shown


@pytest.mark.usefixtures("_two_parties")
def test_a_list_is_written_as_a_table(tmp_path, capsys):
    LIST.tell(Chosen(table_to=tmp_path / "t.csv"))
    assert [row["party"] for row in rows_of(tmp_path / "t.csv")] == ["CT", "TW"]
    assert "parties" in json.loads(capsys.readouterr().out)


def test_a_product_is_barred_and_its_bar_lifted_in_the_same_words():
    commands = [get_command(module.app) for module in (service_suspend, service_resume)]
    names = [[param.name for param in command.params] for command in commands]
    assert names[0] == names[1] == [*ProductRestOptions.__dataclass_fields__]
    assert commands[0].help != commands[1].help


def test_a_back_up_is_told_under_whatever_name_it_has(monkeypatch, capsys):
    made = StoreBackup(place="{odd}.gz", counts={"party": 1}, digest="ab")
    monkeypatch.setattr(bootstrap, "store_keeper", lambda word: word)
    chosen = Chosen(as_json=False, store="{my}.db")
    tell_backup(chosen, lambda _: made, title=lambda place: f"{place} is backed up to {{odd}}.gz")
    assert "{my}.db is backed up to {odd}.gz" in capsys.readouterr().out
