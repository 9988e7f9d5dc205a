"""A secret gives a token, anything else gives none; both are logged."""

import pytest

from karakoram.interfaces.http import allowed
from karakoram.interfaces.http.basic import credentials_from_word
from karakoram.interfaces.http.log_in import caller_word
from karakoram.interfaces.http.paths import LOG_IN
from karakoram.interfaces.http.serving import LOG_INS_A_MINUTE
from karakoram.sales.api_clients import ClientKind, ClientRole
from karakoram.usecases.store.manage_clients import revoke_client
from tests.support.http_calls import CLIENTS, add, platform
from tests.support.selling import deed


@pytest.fixture
def made(monkeypatch):
    for name in ("x", "aisha"):
        monkeypatch.setitem(CLIENTS, name, (ClientRole.NOC, None, "OP1"))
    made = platform()
    del made.tokens["x"], made.tokens["aisha"]
    return made


@pytest.fixture
def program(made, monkeypatch):
    monkeypatch.setitem(CLIENTS, "y", (ClientRole.NOC, None, "OP1"))
    return "y", add(made, "y")


@pytest.fixture
def person(made, monkeypatch):
    monkeypatch.setitem(CLIENTS, "z", (ClientRole.NOC, None, "OP1"))
    return "z", add(made, "z", kind=ClientKind.PERSON)


def log_in(made, grant, auth=None, **words):
    return made.client.post(LOG_IN, data={"grant_type": grant, **words}, auth=auth)


def actions(made, name):
    store = made.served.selling.store
    return [each.action for each in store.read(lambda tx: tx.log_of(name))]


def test_a_program_logs_in_with_its_secret(made, program):
    name, secret = program
    form = log_in(made, "client_credentials", client_id=name, client_secret=secret)
    header = log_in(made, "client_credentials", auth=(name, secret))
    for answer in (form, header):
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        told = answer.json()
        assert (told["token_type"], told["scope"]) == ("Bearer", "noc")
        made.tokens[name] = told["access_token"]
        path = "/tmf-api/serviceOrdering/v4/serviceOrder"
        assert made.get(path, by=name).status_code == 200
    assert actions(made, name) == ["client.add", "client.log-in", "client.log-in"]


def test_a_person_logs_in_with_a_password(made, person):
    name, secret = person
    assert log_in(made, "password", username=name, password=secret).status_code == 200
    other = log_in(made, "client_credentials", client_id=name, client_secret=secret)
    assert other.status_code == 401


def test_a_wrong_secret_gives_nothing_and_is_logged(made, program):
    name, _ = program
    answer = log_in(made, "client_credentials", client_id=name, client_secret="wrong")
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    assert "WWW-Authenticate" in answer.headers
    nobody = log_in(made, "password", username="nobody", password="wrong")
    assert (nobody.status_code, nobody.json()) == (401, {"error": "invalid_grant"})
    assert actions(made, name)[-1] == "client.refuse"
    assert actions(made, "nobody") == ["client.refuse"]


@pytest.mark.parametrize("words", [{}, {"client_id": "y"}, {"client_secret": "s"}])
def test_a_log_in_without_words_is_refused(made, words):
    answer = log_in(made, "client_credentials", **words)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_another_grant_is_refused(made):
    answer = log_in(made, "implicit")
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


def test_whoever_guesses_is_slowed_down(made):
    answers = [log_in(made, "password", username="x", password="y") for _ in range(99)]
    assert {answer.status_code for answer in answers[:LOG_INS_A_MINUTE]} == {401}
    last = answers[-1]
    assert (last.status_code, "Retry-After" in last.headers) == (429, True)
    assert last.headers["content-type"] == "application/problem+json"


def test_a_client_that_is_revoked_comes_in_no_more(made, program, monkeypatch):
    name, secret = program
    monkeypatch.setattr(allowed, "REVOKED_AFTER_S", 0.0)
    said = {"client_id": name, "client_secret": secret}
    made.tokens[name] = log_in(made, "client_credentials", **said).json()["access_token"]
    path = "/tmf-api/serviceOrdering/v4/serviceOrder"
    assert made.get(path, by=name).status_code == 200
    selling = made.served.selling
    revoke_client(name, deed=deed(), store=selling.store, ids=selling.ids)
    assert made.get(path, by=name).status_code == 401
    assert log_in(made, "client_credentials", **said).status_code == 401


@pytest.mark.parametrize("word", ["", "###", "bm8gY29sb24=", "/////w=="])
def test_a_header_without_name_and_secret_holds_none(word):
    assert credentials_from_word(word) is None


def test_names_in_a_header_are_decoded():
    assert credentials_from_word("YSUzQWI6YyUyMGQ=") == ("a:b", "c d")


@pytest.mark.parametrize("words", [{}, {"grant_type": ""}, {"grant_type": "x" * 300}])
def test_a_log_in_that_is_no_form_is_refused_in_the_words_of_rfc_6749(made, words):
    answer = made.client.post(LOG_IN, data=words)
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_request"
    assert "grant_type" in answer.json()["error_description"]


def test_no_word_of_a_proxy_steers_the_terminal_of_whoever_reads_the_log():
    assert caller_word("203.0.113.7") == "203.0.113.7"
    assert caller_word("2001:db8::1%eth0") == "2001:db8::1%eth0"
    told = caller_word("\x9b31m\x85" + "x" * 5_000)
    assert told.isascii()
    assert told.isprintable()
    assert len(told) == 100
