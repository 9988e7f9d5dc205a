"""What happens around routes: descriptions, bodies that are too large, faults, other errors."""

import asyncio
import json

import jsonschema_rs
import pytest

from karakoram.core.errors import ConflictError, KarakoramError, RefusedError, TakenError
from karakoram.interfaces.http import app as application_of
from karakoram.interfaces.http import paths
from karakoram.interfaces.http.answer_schemas import ANSWERS, DOCUMENTS
from karakoram.interfaces.http.body_limit import BODY_BYTES_MAX
from karakoram.interfaces.http.openapi import OPEN_PATHS
from karakoram.interfaces.http.parts import merged
from karakoram.interfaces.http.refusals import (
    DeclinedError,
    answer_from_problem,
    problem_from_error,
)
from tests.support.http_calls import breaches, platform, quote_form

QUOTES = f"{paths.QUOTE}/quote"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def made():
    return platform()


@pytest.fixture(scope="module")
def description(made):
    return made.get("/openapi.json", by=None).json()


def test_every_route_is_described_with_its_roles(description):
    for route in application_of.all_routes():
        if route.path in OPEN_PATHS:
            continue
        for method in route.methods:
            told = description["paths"][route.path][method.lower()]
            assert told["security"]
            assert "admin" in told["x-roles"]
            assert {"401", "403", "429"} <= set(told["responses"])


def test_every_answer_has_a_schema(description):
    named = {
        content["schema"]["$ref"].rpartition("/")[2]
        for operations in description["paths"].values()
        for operation in operations.values()
        for response in operation["responses"].values()
        for content in response.get("content", {}).values()
    }
    assert named <= set(description["components"]["schemas"])
    assert set(ANSWERS) <= set(description["components"]["schemas"])
    for name in DOCUMENTS:
        jsonschema_rs.meta.validate(ANSWERS[name])


def test_a_body_that_is_too_large_is_not_read(made):
    answer = made.post(QUOTES, {"externalId": "x" * BODY_BYTES_MAX})
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    for told in ({"content": (b"x" * 65_536 for _ in range(9))}, {"content": b"{}"}):
        size = {"Content-Length": "9" * 5_000} if told["content"] == b"{}" else {}
        headers = {**size, "Authorization": f"Bearer {made.tokens['ct']}", **JSON}
        answer = made.client.request("POST", QUOTES, headers=headers, **told)
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ('"x": ' + "[" * 400 + "]" * 400, "holds more than 32 levels"),
        ('"note": [{"text": "\\ud800"}]', "note.0.text: is not UTF-8"),
        ('"\\u001b[31m": 1', "holds the control character U+001B"),
        ('"x": "nul\\u0000"', "x: holds the control character U+0000"),
        ('"x": [NaN]', "x.0: must be a number up to 1.8e+308 in size, got nan"),
        (
            '"x": [{"y": ' + "9" * 400 + "}]",
            "x.0.y: must be a number up to 1.8e+308 in size, got 9",
        ),
        ('"externalId": "two\\nlines"', "externalId: holds the control character U+000A"),
        ('"externalId": " "', "externalId: must not be blank"),
        ('"externalId": "\\u202eturned"', "externalId: holds the control character U+202E"),
    ],
)
def test_what_cannot_be_kept_or_told_again_is_refused_before_anything_is_done(made, extra, message):
    before = made.get(QUOTES).headers["X-Total-Count"]
    body = f"{json.dumps(quote_form())[:-1]}, {extra}}}"
    answer = made.call("POST", QUOTES, by="ct", content=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-body")
    assert message in answer.json()["message"]
    assert made.get(QUOTES).headers["X-Total-Count"] == before


def test_a_body_that_does_not_come_is_not_waited_for_for_ever(made, monkeypatch):
    monkeypatch.setattr("karakoram.interfaces.http.body_limit.BODY_S", 0.02)
    token = f"Bearer {made.tokens['ct']}".encode()
    headers = [(b"authorization", token), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": QUOTES, "query_string": b""}
    sent, first = [], [{"type": "http.request", "body": b"{", "more_body": True}]

    async def receive():
        return first.pop() if first else await asyncio.sleep(60)

    async def send(message):
        sent.append(message)

    asyncio.run(made.client.app({**scope, "headers": headers}, receive, send))
    assert sent[0]["status"] == 408


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is no JSON"),
        (b'{"a":' * 9_000, "too many levels"),
        (b'{"a":' + b"9" * 5_000 + b"}", "a number of too many digits"),
        (b"x=1", "sent with Content-Type"),
    ],
)
def test_a_body_that_is_no_json_is_told_to_be_none(made, content, message):
    form = "application/json" if content.startswith(b"{") else "application/x-www-form-urlencoded"
    headers = {"Authorization": f"Bearer {made.tokens['ct']}", "Content-Type": form}
    answer = made.client.post(QUOTES, headers=headers, content=content)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-body")
    assert message in answer.json()["message"]


@pytest.mark.parametrize(
    ("path", "code"), [("/%00", "invalid-path"), ("?state=%1b", "invalid-query")]
)
def test_an_address_that_is_no_text_is_refused(made, path, code):
    answer = made.get(f"{QUOTES}{path}")
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_every_refusal_is_marked_as_being_what_it_says(made):
    for path in ("/%00", "/none", "?limit=0"):
        assert made.get(f"{QUOTES}{path}").headers["X-Content-Type-Options"] == "nosniff"
    large = made.post(QUOTES, {"externalId": "x" * BODY_BYTES_MAX})
    assert large.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("method", "path", "can"),
    [
        ("PUT", QUOTES, "GET, HEAD, POST"),
        ("DELETE", f"{QUOTES}/1", "GET, HEAD, PATCH"),
        ("DELETE", f"{paths.SONATA_QUOTE}/quote", "GET, HEAD, POST"),
        ("GET", paths.LOG_IN, "POST"),
    ],
)
def test_a_method_that_an_address_has_not_is_refused_with_those_that_it_has(
    made, method, path, can
):
    answer = made.call(method, path, by="ct")
    assert (answer.status_code, answer.headers["Allow"]) == (405, can)
    assert f"{method} cannot be done here; {can} can" in answer.text


def test_an_address_where_nothing_is_says_where_it_is_told_what_there_is(made):
    answer = made.get(f"{QUOTES}/1/2")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert "/openapi.json" in answer.json()["message"]


def test_a_part_that_is_no_object_is_not_told_to_be_sent_otherwise(made):
    answer = made.post(QUOTES, {"quoteItem": [1]})
    assert answer.json()["message"] == "quoteItem.0: must be a JSON object"


def test_what_would_help_begins_a_sentence_of_its_own(made):
    buyer = [{"id": "other", "role": "buyer"}]
    answer = made.post(QUOTES, {**quote_form(), "relatedParty": buyer})
    assert " other. Try: " in answer.json()["message"]


def test_nobody_logs_in_under_a_name_that_is_none(made):
    form = {"grant_type": "password", "username": "a\x1b", "password": "x"}
    answer = made.client.post("/oauth2/token", data=form)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


@pytest.mark.parametrize(
    "error",
    [
        ConflictError("/srv/sold.db is busy", code="store-busy"),
        RefusedError("/srv/sold.db did not finish: disk full", code="store-lost"),
        RefusedError("PostgreSQL cannot hold it: of /srv/sold.db", code="not-storable"),
    ],
)
def test_a_store_that_cannot_is_told_without_its_place(error, caplog):
    problem = problem_from_error(error)
    assert problem.status == (422 if error.code == "not-storable" else 503)
    for path in ("/x", f"{paths.TM_FORUM}/x", f"{paths.SONATA}/x"):
        answer = answer_from_problem(problem, path)
        assert b"/srv" not in answer.body
        assert ("retry-after" in answer.headers) == (problem.status == 503)
    assert ("/srv/sold.db" in caplog.text) == (problem.status == 503)


def test_a_fault_of_ours_tells_nothing_of_itself(made, monkeypatch):
    monkeypatch.setattr("karakoram.interfaces.http.tmf_quote.list_answer", fault)
    answer = made.get(QUOTES)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal-error")
    assert "secret" not in answer.text


def fault(*_, **__):
    raise ZeroDivisionError("secret")


def test_an_unknown_path_is_a_problem_of_rfc_9457(made):
    answer = made.get("/nowhere")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code == 404
    assert answer.json()["type"].startswith("urn:karakoram:problem:")


def test_what_a_browser_is_told_not_to_guess(made):
    assert made.get(QUOTES).headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("limit", ["0", "201", "x"])
def test_a_page_has_its_limits(made, limit):
    assert made.get(f"{QUOTES}?limit={limit}").status_code == 400


@pytest.mark.parametrize(
    ("error", "status"), [(DeclinedError("no"), 501), (KarakoramError("no"), 422)]
)
def test_every_error_has_a_status(error, status):
    problem = problem_from_error(error)
    assert problem.status == status
    for path in ("/x", f"{paths.TM_FORUM}/x", f"{paths.SONATA}/x"):
        answer = answer_from_problem(problem, path)
        assert answer.status_code == status
        assert json.loads(answer.body)
    body = json.loads(answer_from_problem(problem, f"{paths.TM_FORUM}/x").body)
    assert breaches("tmf622-productorder", "Error", body) == []


@pytest.mark.parametrize(
    "error",
    [
        TakenError("unit 3 of fibre F is taken by product P", code="no-room-left"),
        ConflictError("product P was changed", code="changed-meanwhile"),
        RefusedError("1 others ride here: P", code="something-rides-here"),
    ],
)
def test_a_conflict_tells_nothing_of_the_others(error):
    problem = problem_from_error(error)
    assert problem.status == 409
    for path in ("/x", f"{paths.TM_FORUM}/x", f"{paths.SONATA}/x"):
        body = answer_from_problem(problem, path).body.decode()
        assert error.code in body
        assert " P" not in body
        assert "fibre" not in body


def test_a_route_that_lets_anybody_in_does_not_begin(monkeypatch):
    router = application_of.APIRouter()
    router.add_api_route("/open", lambda: None)
    monkeypatch.setattr(application_of, "ROUTERS", (*application_of.ROUTERS, router))
    with pytest.raises(AssertionError, match="/open lets anybody in"):
        platform()


def test_lists_of_more_than_one_are_ours():
    assert merged({"a": [1, 2]}, {"a": [3]}) == {"a": [3]}
