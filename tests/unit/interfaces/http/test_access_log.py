"""Each request is told in one line: who, what, how it was answered; and nothing that is secret."""

import re

import pytest
from fastapi.testclient import TestClient

from karakoram.interfaces.http import paths, tmf_quote
from karakoram.interfaces.http.app import application
from tests.support.http_calls import platform

QUOTES = f"{paths.QUOTE}/quote"
LINE = re.compile(r"(\S+) (\S+) (\S+) (\S+) (\d{3}) \d+\.\d ms")


@pytest.fixture(scope="module")
def made():
    made = platform()
    made.lines = []
    told = application(made.served, tell=made.lines.append)
    made.client = TestClient(told, raise_server_exceptions=False)
    return made


def last(made):
    return LINE.fullmatch(made.lines[-1]).groups()


def test_a_request_is_told_with_its_client_and_status_and_without_its_question(made):
    now = made.served.moments.now().replace(microsecond=123_456)
    made.served.moments.moment = now
    made.get(f"{QUOTES}?externalId=secret&limit=1", by="ct")
    assert last(made) == (f"{now:%Y-%m-%dT%H:%M:%S}.123Z", "ct", "GET", QUOTES, "200")
    made.get(f"{QUOTES}/none", by="op1-noc")
    assert last(made)[1:] == ("op1-noc", "GET", f"{QUOTES}/none", "403")


def test_who_is_not_known_is_nobody(made):
    made.get(QUOTES, by=None)
    assert last(made)[1:] == ("-", "GET", QUOTES, "401")
    form = {"grant_type": "client_credentials", "client_id": "ct", "client_secret": "a-secret"}
    made.client.post("/oauth2/token?client_secret=a-secret", data=form)
    assert last(made)[1:] == ("-", "POST", "/oauth2/token", "401")
    assert "a-secret" not in "".join(made.lines)


def test_a_fault_and_a_body_that_is_too_large_are_told_too(made, monkeypatch):
    made.post(QUOTES, {"externalId": "x" * 300_000})
    assert last(made)[2:] == ("POST", QUOTES, "413")
    monkeypatch.setattr(tmf_quote, "list_answer", lambda *_, **__: 1 / 0)
    assert made.get(QUOTES, by="ct").status_code == 500
    assert last(made)[1:] == ("ct", "GET", QUOTES, "500")


def test_nobody_writes_a_line_of_its_own(made):
    before = len(made.lines)
    made.client.get("/a%0A2026-11-28T12:00:00Z%20root%20GET%20/%20200%201.0%20ms")
    assert len(made.lines) == before + 1
    assert last(made)[3] == "/a%0A2026-11-28T12:00:00Z%20root%20GET%20/%20200%201.0%20ms"


def test_who_wants_no_lines_gets_none():
    assert platform().get("/").status_code == 200
