"""What happens around routes: descriptions, bodies that are too large, faults, other errors."""

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
from tests.support.http_calls import breaches, platform

QUOTES = f"{paths.QUOTE}/quote"


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
    stream = (b"x" * 65_536 for _ in range(9))
    answer = made.call("POST", QUOTES, content=stream)
    assert answer.status_code >= 400


def test_a_fault_of_ours_tells_nothing_of_itself(made, monkeypatch):
    monkeypatch.setattr("karakoram.interfaces.http.tmf_quote.all_seen", fault)
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
