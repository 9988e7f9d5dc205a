"""A document is made once for a version of a record and for who looks, and no more are kept."""

import pytest

from karakoram.interfaces.http import documents, paths, tmf_quote
from karakoram.interfaces.http.documents import MadeDocuments
from tests.support.http_calls import ordered, platform, quoted

QUOTES = f"{paths.QUOTE}/quote"
READERS = ("ct", "op1-finance", "sco-finance", "root")


@pytest.fixture(scope="module")
def made():
    """Three quotes, of which nothing was told yet but to who asked for them."""
    made = platform()
    for name in "abc":
        quoted(made, name)
    return made


def test_documents_that_were_asked_for_long_ago_go_when_there_is_no_room(monkeypatch):
    monkeypatch.setattr(documents, "DOCUMENTS_BYTES", 2 * (documents._BESIDE_BYTES + 10))
    kept = MadeDocuments()
    for key in "ab":
        assert kept.found(key) is None
        assert kept.keep(key, b"x" * 10) == b"x" * 10
    assert kept.found("a") == b"x" * 10
    kept.keep("a", b"y" * 10)
    kept.keep("c", b"z" * 10)
    assert [kept.found(key) for key in "abc"] == [b"y" * 10, None, b"z" * 10]
    kept.keep("d", b"w" * 10_000)
    assert [kept.found(key) for key in "acd"] == [None, None, None]


def test_no_reader_is_told_what_another_is_told_nor_what_was():
    made = platform()
    quote = quoted(made)
    path = f"{QUOTES}/{quote['id']}"
    first = {by: made.get(path, by=by).json() for by in READERS}
    assert {by: made.get(path, by=by).json() for by in READERS} == first
    assert {by: made.get(QUOTES, by=by).json() for by in READERS} == {
        by: [each] for by, each in first.items()
    }
    assert "relatedParty" not in first["op1-finance"]
    assert made.get(path, by="p1").status_code == 404
    assert made.get(QUOTES, by="p1").json() == []
    ordered(made, quote)
    assert {made.get(path, by=by).json()["state"] for by in READERS} == {"accepted"}
    assert {made.get(QUOTES, by=by).json()[0]["state"] for by in READERS} == {"accepted"}


def test_a_list_told_again_is_the_same_and_makes_no_document(made, monkeypatch):
    questions = ("limit=2&offset=1", "fields=state", "externalId=b", "state=approved&limit=1", "")
    first = [made.get(f"{QUOTES}?{each}", by="ct") for each in questions]
    monkeypatch.setattr(tmf_quote, "document", None)
    again = [made.get(f"{QUOTES}?{each}", by="ct") for each in questions]
    assert [(each.status_code, each.json()) for each in again] == [
        (each.status_code, each.json()) for each in first
    ]
    names = ("X-Total-Count", "X-Result-Count")
    assert [[each.headers[name] for name in names] for each in again] == [
        ["3", "2"],
        ["3", "3"],
        ["1", "1"],
        ["3", "1"],
        ["3", "3"],
    ]
    assert [set(each) for each in again[1].json()] == [{"id", "href", "state"}] * 3
    one = again[2].json()[0]
    assert made.get(f"{QUOTES}/{one['id']}", by="ct").json() == one
    assert set(made.get(f"{QUOTES}/{one['id']}?fields=note", by="ct").json()) == {
        "id",
        "href",
        "note",
    }
