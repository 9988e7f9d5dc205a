"""Selling from the command line, on a real store: each command another process."""

import json

import pytest

from karakoram.adapters.formats.table_file import TableFile
from tests.support.command_line import karakoram


def told(*words, cwd, code=0):
    answer = karakoram(*words, "--json", cwd=cwd)
    assert answer.code == code, answer.out + answer.err
    return json.loads(answer.out)


@pytest.fixture(params=["sqlite", "postgresql"])
def chosen(request, monkeypatch):
    """The store is the one in the folder, or one on a server."""
    if request.param == "postgresql":
        monkeypatch.setenv("KARAKORAM_STORE", request.getfixturevalue("new_database")())
    return request.param


def test_a_telephone_line_is_sold_by_commands_alone(chosen, tmp_path):
    assert told("store", "init", cwd=tmp_path)["resources"] > 600
    assert told("store", "init", cwd=tmp_path, code=2)["error"]["code"] == "store-there-already"
    words = ("--name", "A shop", "--kind", "business", "--segment", "private_urban")
    told("party", "add", "S1", *words, "--country", "PK", "--currency", "PKR", cwd=tmp_path)
    line = ("PSTN-LINE", "--buyer", "S1", "--set", "a_site=GIL", "--external-id", "q1")
    quote = told("quote", "issue", *line, cwd=tmp_path)
    assert told("quote", "issue", *line, cwd=tmp_path) == quote
    order = told("order", "place", quote["id"], "--buyer", "S1", cwd=tmp_path)
    paper = tmp_path / "quote.pdf"
    assert told("quote", "show", quote["id"], "--pdf", paper, cwd=tmp_path)["id"] == quote["id"]
    assert paper.read_bytes().startswith(b"%PDF-")
    legs = [f"{order['id']},SCO GIL,{event}" for event in ("start", "complete")]
    (tmp_path / "legs.csv").write_text("\n".join(["order,leg,event", *legs]), encoding="utf-8")
    words = ("--from", "legs.csv", "--legs-of", "SCO", "--to", "told.xlsx")
    assert told("order", "leg", *words, cwd=tmp_path)["counts"] == {"done": 2}
    lines = TableFile(tmp_path / "told.xlsx").read_rows().rows
    assert [cells["order_state"] for _, cells in lines] == ["inProgress", "completed"]
    (product,) = told("service", "list", "--state", "active", cwd=tmp_path)["products"]
    hops = told("trace", product["id"], cwd=tmp_path)["hops"]
    assert {"number", "port"} <= {hop["kind"] for hop in hops}
    assert told("store", "check", cwd=tmp_path)["sound"] is True
    assert told("store", "backup", "all.gz", cwd=tmp_path)["counts"]["product"] == 1
    if chosen == "sqlite":
        missing = told("order", "place", quote["id"], "--buyer", "S1", cwd=tmp_path / "..", code=2)
        assert missing["error"]["code"] == "not-found"
