"""A product is barred and comes back by commands."""

import json

import pytest
from typer.testing import CliRunner

from karakoram import bootstrap
from karakoram.interfaces.cli.main import app
from tests.support.desk import csv_file, rows_of
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


def test_a_list_of_finance_bars_products_and_lifts_their_bar(selling, tmp_path):
    first, second = (each.product_id for each in opened(selling, ("E1", "A", "Z", 2)))
    told("suspend", second)
    unpaid = csv_file(tmp_path / "unpaid.csv", "product,why", f"{first},INV-7", f"{second},")
    table = tmp_path / "told.xlsx"
    asked = ("--from", str(unpaid), "--to", str(table), "--why", "bill unpaid", "--json")
    answer = json.loads(told("suspend", *asked, code=1))
    assert answer["counts"] == {"done": 1, "refused": 1}
    assert [(row["outcome"], row["code"], row["state"]) for row in rows_of(table)] == [
        ("done", "", "suspended"),
        ("refused", "illegal-transition", ""),
    ]
    assert selling.store.read(lambda tx: tx.log_of(first))[-1].deed.why == "INV-7"
    assert json.loads(told("resume", "--from", str(unpaid), "--json"))["counts"] == {"done": 2}
    assert "suspended" in told("suspend", "--from", str(unpaid))


def test_products_are_barred_later_by_a_worker(selling, tmp_path, monkeypatch):
    (order,) = opened(selling, ("E1", "A", "Z", 1))
    monkeypatch.setattr(bootstrap, "job_store", lambda word: selling.store)
    unpaid = csv_file(tmp_path / "unpaid.csv", "product", order.product_id)
    job = json.loads(told("suspend", "--from", str(unpaid), "--later", "--json"))
    assert (job["kind"], job["rows"]) == ("service suspend", 1)
    work = CliRunner().invoke(app, ["store", "work", "--json"])
    assert work.exit_code == 0, work.output
    entry = selling.store.read(lambda tx: tx.log_of(order.product_id))[-1]
    assert (entry.action, entry.state_after) == ("product.suspend", "suspended")
