"""Every operation of the published specifications is served, or refused in the right words."""

import json

import pytest

from karakoram.interfaces.http.app import all_routes
from karakoram.interfaces.http.declining import NOT_OFFERED
from karakoram.interfaces.http.tmf_declined import DECLINED
from tests.support.http_calls import SPECIFICATIONS, breaches, platform

PUBLISHED = sorted(
    {
        tuple(each.split(" ", 1))
        for file in SPECIFICATIONS.glob("tmf*.json")
        for each in json.loads(file.read_text(encoding="utf-8"))["operations"]
    }
)
SERVED = {(method, route.path) for route in all_routes() for method in route.methods}
REFUSED = [each for each in PUBLISHED if each not in SERVED]


@pytest.fixture(scope="module")
def made():
    return platform()


def test_the_specifications_are_read_whole():
    assert len(PUBLISHED) == 104
    assert len([each for each in PUBLISHED if each in SERVED and each not in DECLINED]) == 42


@pytest.mark.parametrize(("method", "path"), REFUSED)
def test_what_is_not_done_to_a_resource_is_told(made, method, path):
    answer = made.call(method, path.replace("{id}", "x"), json={})
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= {*answer.headers["Allow"].split(", ")}
    assert breaches("tmf622-productorder", "Error", answer.json()) == []
    assert answer.json()["status"] == "405"


@pytest.mark.parametrize(("method", "path"), DECLINED)
def test_a_resource_that_is_not_offered_is_no_wrong_address(made, method, path):
    assert (method, path) in PUBLISHED
    answer = made.call(method, path.replace("{id}", "x"), by="ct")
    assert (answer.status_code, answer.json()["code"]) == (501, "not-offered")
    assert breaches("tmf622-productorder", "Error", answer.json()) == []


def test_the_description_says_what_is_not_offered(made):
    told = made.get("/openapi.json", by=None).json()["paths"]
    said = {
        (method.upper(), path)
        for path, operations in told.items()
        for method, operation in operations.items()
        if operation["tags"][0].endswith(NOT_OFFERED)
    }
    assert said >= set(DECLINED)
    assert all("501" in told[path][method.lower()]["responses"] for method, path in said)


def test_nothing_is_served_that_no_specification_has():
    own = {each for each in SERVED if each[1].startswith("/tmf-api/")}
    assert own <= set(PUBLISHED)
