"""What the commands of the store do, in process and on the reference corridor."""

import json
from contextlib import closing

import pytest
from typer.testing import CliRunner

from karakoram import bootstrap
from karakoram.adapters.formats.network_folder import write_network
from karakoram.adapters.store.tables import SCHEMA
from karakoram.core.findings import Finding, Place
from karakoram.interfaces.cli.main import app
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.store_screen import show_check
from karakoram.usecases.store.store_ports import StoreCheck
from tests.support.sales_records import entry
from tests.support.selling import triangle


def told(*words, store=None):
    where = [] if store is None else ["--store", str(store)]
    return CliRunner().invoke(app, ["store", *map(str, words), *where])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A store of the corridor."""
    path = tmp_path_factory.mktemp("corridor") / "store.db"
    result = told("init", "--json", store=path)
    assert result.exit_code == 0, result.output
    return path, json.loads(result.stdout)


def test_init_loads_the_inventory_and_check_finds_it_sound(made):
    path, payload = made
    found = json.loads(told("check", "--json", store=path).stdout)
    assert found["sound"] is True
    assert found["counts"]["resource"] == payload["resources"] > 500
    assert found["counts"]["claim"] == payload["claims"] > 200


@pytest.fixture
def ridge(tmp_path):
    """A folder with a network of two sites and no more."""
    folder = tmp_path / "ridge"
    write_network(triangle(), folder)
    return folder


def test_a_store_of_another_network_begins_with_its_plant_alone(ridge, tmp_path, monkeypatch):
    path = tmp_path / "ridge.db"
    refused = told("init", "--network", ridge, store=path)
    assert (refused.exit_code, "--plant-only" in refused.stderr) == (2, True)
    assert not path.exists()
    both = told("init", "--network", ridge, "--inventory", ridge, "--plant-only", store=path)
    assert (both.exit_code, path.exists()) == (2, False)
    monkeypatch.setenv("KARAKORAM_NETWORK", str(ridge))
    made = json.loads(told("init", "--plant-only", "--json", store=path).stdout)
    assert made["resources"] >= 1
    monkeypatch.delenv("KARAKORAM_NETWORK")
    other = CliRunner().invoke(app, ["qualify", "WAVE-100G", "--buyer", "CT", "--store", str(path)])
    assert (other.exit_code, "KARAKORAM_NETWORK" in other.stderr) == (2, True)


def test_check_prints_what_is_there(made):
    result = told("check", store=made[0])
    assert result.exit_code == 0
    assert "Everything fits together." in result.stdout


def test_check_that_finds_something_says_so(capsys):
    wrong = Finding(code="claim-orphaned", place=Place(table="claim", record="c"), message="gone")
    show_check(screen(), StoreCheck(counts={"claim": 1}, findings=(wrong,)), store="my.db")
    assert "gone" in capsys.readouterr().out


def test_back_up_and_restore_say_the_same(made, tmp_path):
    dump = tmp_path / "all.jsonl.gz"
    first = json.loads(told("backup", dump, "--json", store=made[0]).stdout)
    second = told("restore", dump, "--json", store=tmp_path / "new.db")
    assert json.loads(second.stdout)["sha256"] == first["sha256"]
    again = told("backup", tmp_path / "copy.db", store=made[0])
    assert (again.exit_code, "SHA-256" in again.stdout) == (0, True)


def test_migrate_says_that_nothing_is_to_do(made):
    assert "up to date" in told("migrate", store=made[0]).stdout
    assert json.loads(told("migrate", "--json", store=made[0]).stdout)["before"] == SCHEMA


def test_the_log_of_a_record_is_printed(made):
    path, _ = made
    with closing(bootstrap.sales_store(str(path))) as store:
        store.write(lambda tx: tx.log(entry(state_before="a", state_after="b")))
    assert "a clerk" in told("log", "q1", store=path).stdout
    [logged] = json.loads(told("log", "q1", "--json", store=path).stdout)
    assert (logged["who"], logged["state_after"]) == ("a clerk", "b")
    assert told("log", "nobody", store=path).exit_code == 2


@pytest.mark.parametrize("command", ["check", "migrate"])
def test_where_there_is_no_store_it_is_said(tmp_path, command):
    result = told(command, store=tmp_path / "gone.db")
    assert result.exit_code == 2
    assert "no store" in result.stderr


def test_the_variable_names_the_store(made, monkeypatch):
    monkeypatch.setenv("KARAKORAM_STORE", str(made[0]))
    assert told("check").exit_code == 0


def test_no_command_tells_the_password_of_a_server(new_database, tmp_path):
    place = new_database().replace("tests@", "tests:hush@")
    dump = tmp_path / "all.gz"
    for words in (
        ["init"],
        ["check"],
        ["migrate"],
        ["migrate", "--json"],
        ["backup", dump],
        ["restore", dump],
        ["log", "nobody"],
    ):
        told_once = told(*words, store=place)
        assert "hush" not in told_once.stdout + told_once.stderr, words
    assert json.loads(told("check", "--json", store=place).stdout)["store"].startswith(
        "postgresql://tests:***@"
    )
    assert told("restore", dump, store=place).exit_code == 2
    assert told("restore", dump, store=new_database()).exit_code == 0
