"""A product is barred and comes back by commands."""

import json

import pytest
from typer.testing import CliRunner

from karakoram import bootstrap
from karakoram.interfaces.cli.main import app
from tests.support.dxx import meshed, opened


@pytest.fixture
def selling(monkeypatch):
    selling = meshed()
    monkeypatch.setattr(bootstrap, "sales_store", lambda word: selling.store)
    monkeypatch.setattr(bootstrap, "identifiers", lambda: selling.ids)
    return selling


def told(*words, code=0):
    answer = CliRunner().invoke(app, ["service", *words], env={"COLUMNS": "160"})
    assert answer.exit_code == code, answer.output
    return answer.stdout


def test_a_product_rests_and_is_up_again(selling):
    (order,) = opened(selling, ("E1", "A", "Z", 1))
    product = order.product_id
    why = ("--who", "billing", "--why", "bill unpaid")
    assert json.loads(told("suspend", product, "--json", *why))["state"] == "suspended"
    entry = selling.store.read(lambda tx: tx.log_of(product))[-1]
    assert (entry.action, entry.deed.who, entry.deed.why) == (
        "product.suspend",
        "billing",
        "bill unpaid",
    )
    refused = json.loads(told("suspend", product, "--json", code=2))
    assert refused["error"]["code"] == "illegal-transition"
    assert "active" in told("resume", product)
    assert "suspended" in told("suspend", product)
    assert json.loads(told("resume", product, "--json"))["state"] == "active"
    told("resume", "nobody", code=2)
