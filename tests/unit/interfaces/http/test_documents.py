"""A document is made once for a version of a record and for who looks, and no more are kept."""

from karakoram.interfaces.http import documents, paths
from karakoram.interfaces.http.documents import MadeDocuments
from tests.support.http_calls import ordered, platform, quoted


def test_a_document_is_made_once_and_those_asked_for_long_ago_go(monkeypatch):
    monkeypatch.setattr(documents, "DOCUMENTS_MAX", 2)
    kept, made = MadeDocuments(), []

    def ask(key):
        return kept.document(key, lambda: made.append(key) or {"id": key})

    for key in ("a", "b", "a", "c", "a", "b"):
        assert ask(key) == {"id": key}
    assert made == ["a", "b", "c", "b"]


def test_no_reader_is_told_what_another_is_told_nor_what_was():
    made = platform()
    quote = quoted(made)
    path = f"{paths.QUOTE}/quote/{quote['id']}"
    readers = ("ct", "op1-finance", "sco-finance", "root")
    first = {by: made.get(path, by=by).json() for by in readers}
    assert {by: made.get(path, by=by).json() for by in readers} == first
    assert "relatedParty" not in first["op1-finance"]
    ordered(made, quote)
    assert {made.get(path, by=by).json()["state"] for by in readers} == {"accepted"}
