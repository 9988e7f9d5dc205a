"""What the commands about clients do, and that a server begins by a command."""

import json
import sys
from types import ModuleType

import pytest
from typer.testing import CliRunner

from karakoram.adapters.formats.json_clients import json_from_client
from karakoram.adapters.store.opening import make_store
from karakoram.interfaces.cli import clients_screen
from karakoram.interfaces.cli.commands import client_add, client_list, client_revoke, serve
from karakoram.interfaces.cli.main import app
from karakoram.interfaces.http import serving
from karakoram.sales.api_clients import ApiClient


def told(*words):
    return CliRunner().invoke(app, list(map(str, words)))


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "store.db"
    make_store(str(path)).close()
    return path


def test_a_client_is_added_listed_and_revoked(store):
    of_sco = ("--role", "noc", "--role", "seller-desk", "--operator", "SCO")
    added = told("client", "add", "sco-noc", *of_sco, "--json", "--store", store)
    assert added.exit_code == 0, added.output
    made = json.loads(added.stdout)
    assert (made["roles"], made["operator"]) == (["seller_desk", "noc"], "SCO")
    again = told("client", "add", "sco-noc", *of_sco, "--store", store)
    assert again.exit_code == 2
    assert made["secret"] not in told("client", "list", "--json", "--store", store).stdout
    revoked = told("client", "revoke", "sco-noc", "--store", store)
    assert "revoked" in revoked.stdout
    [client] = json.loads(told("client", "list", "--json", "--store", store).stdout)["clients"]
    assert client["state"] == "revoked"


def test_a_secret_is_shown_once_to_a_person(store):
    added = told("client", "add", "root", "--role", "admin", "--person", "--store", store)
    assert "told now and never again" in added.stdout
    assert "root" in told("client", "list", "--store", store).stdout


@pytest.mark.parametrize(
    "words", [("--role", "king"), ("--role", "buyer"), (), ("--role", "noc", "--party", "CT")]
)
def test_roles_that_do_not_fit_are_refused(store, words):
    answer = told("client", "add", "x", *words, "--store", store)
    assert answer.exit_code == 2
    assert "Error" in answer.output


def test_a_server_gets_what_the_command_says(store, monkeypatch):
    begun = []
    monkeypatch.setattr(serve.sales_options, "selling_of", lambda *_, **__: "selling")
    monkeypatch.setattr(
        serving, "serve", lambda options, **more: begun.append(options) or more["told"]("http://x")
    )
    answer = told("serve", "--port", 9000, "--rate-limit", 5, "--store", store)
    assert answer.exit_code == 0, answer.output
    [options] = begun
    assert (options.port, options.requests_a_second, options.token_key) == (9000, 5.0, b"")


def test_a_server_that_is_not_installed_is_told(store, monkeypatch):
    monkeypatch.setattr(serve, "find_spec", lambda _: None)
    answer = told("serve", "--store", store)
    assert answer.exit_code == 2
    assert "karakoram[http]" in answer.output


def test_no_other_command_loads_the_server():
    for module in (client_add, client_list, client_revoke, clients_screen, serve):
        assert isinstance(module, ModuleType)
        assert "fastapi" not in vars(module)
    assert ApiClient.__module__ in sys.modules
    assert json_from_client.__module__ in sys.modules
