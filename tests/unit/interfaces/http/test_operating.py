"""Operators see and do what is theirs over TM Forum 638, 639 and 641; all read the catalogue."""

import pytest

from karakoram.interfaces.http import paths
from karakoram.interfaces.http.catalogue_documents import CATALOGUE_ID
from karakoram.interfaces.http.tmf_catalogue import COLLECTIONS_ALL
from tests.support.http_calls import BASE, breaches, completed, ordered, platform, quoted

LEGS = f"{paths.SERVICE_ORDER}/serviceOrder"
SERVICES = f"{paths.SERVICE}/service"
RESOURCES = f"{paths.RESOURCE}/resource"


@pytest.fixture(scope="module")
def made():
    return platform()


@pytest.fixture(scope="module")
def order(made):
    return ordered(made, quoted(made))


def leg_of(made, order, by):
    legs = made.get(LEGS, by=by).json()
    return next(leg for leg in legs if leg["id"].startswith(order["id"]))


def test_a_leg_goes_its_way_and_no_other(made):
    order = ordered(made, quoted(made))
    leg = leg_of(made, order, "op1-noc")
    assert breaches("tmf641-serviceordering", "ServiceOrder", leg) == []
    path = leg["href"].removeprefix(BASE)
    for state in ("inProgress", "held", "inProgress"):
        assert made.patch(path, {"state": state}, by="op1-noc").json()["state"] == state
    answer = made.patch(path, {"state": "rejected"}, by="op1-noc")
    assert (answer.status_code, answer.json()["code"]) == (422, "illegal-transition")
    assert made.patch(path, {"state": "completed"}, by="op1-noc").status_code == 200
    test = leg_of(made, order, "sco-noc")
    assert test["state"] == "acknowledged"
    assert made.get(path, by="op1-noc").json()["state"] == "completed"


def test_a_leg_that_fails_ends_the_order_and_says_why_to_operators_alone(made):
    order = ordered(made, quoted(made))
    path = leg_of(made, order, "op1-noc")["href"].removeprefix(BASE)
    made.patch(path, {"state": "inProgress"}, by="op1-noc")
    said = {"state": "failed", "description": "the duct collapsed"}
    assert made.patch(path, said, by="op1-noc").json()["state"] == "failed"
    place = order["href"].removeprefix(BASE)
    told = made.get(place, by="ct").json()
    assert (told["state"], [note["text"] for note in told["note"]]) == ("failed", ["leg-failed"])
    assert "the duct collapsed" in made.get(place, by="root").text


def test_services_are_told_to_who_carries_them(made):
    order = ordered(made, quoted(made))
    completed(made, order["id"])
    product = order["productOrderItem"][0]["product"]["id"]
    told = made.get(SERVICES, by="op1-noc").json()
    [service] = [each for each in told if each["id"].startswith(product)]
    assert breaches("tmf638-serviceinventory", "Service", service) == []
    assert service["state"] == "active"
    path = f"{SERVICES}/{service['id']}"
    assert made.get(path, by="op1-noc").json() == service
    assert made.get(path, by="op2-noc").status_code == 404
    assert made.get(f"{SERVICES}/{product}.9", by="op1-noc").status_code == 404


def test_resources_are_told_with_what_is_free(made):
    answer = made.get(f"{RESOURCES}?category=fibre", by="op1-noc")
    [fibre, *_] = answer.json()
    assert breaches("tmf639-resourceinventory", "Resource", fibre) == []
    assert fibre["@type"] == "PhysicalResource"
    path = f"{RESOURCES}/{fibre['id']}"
    assert made.get(path, by="op1-noc").json() == fibre
    assert made.get(path, by="op2-noc").status_code == 404
    assert {each["usageState"] for each in made.get(RESOURCES).json()} <= {
        "idle",
        "active",
        "busy",
    }


@pytest.mark.parametrize("collection", COLLECTIONS_ALL)
def test_the_catalogue_keeps_to_its_schemas(made, collection):
    kind = collection[0].upper() + collection[1:]
    documents = made.get(f"{paths.CATALOGUE}/{collection}?limit=200", by="ct").json()
    assert documents
    faults = [
        breach for each in documents for breach in breaches("tmf620-productcatalog", kind, each)
    ]
    assert faults == []
    one = documents[0]
    path = f"{paths.CATALOGUE}/{collection}/{one['id']}"
    assert made.get(path, by="ct").json() == one
    assert made.get(f"{path}?fields=name", by="ct").json() == {
        "id": one["id"],
        "href": one["href"],
        "name": one["name"],
    }
    assert made.get(f"{paths.CATALOGUE}/{collection}/none").status_code == 404


def test_the_catalogue_is_read_in_parts_and_filtered(made):
    path = f"{paths.CATALOGUE}/productOffering"
    part = made.get(f"{path}?limit=1&offset=1", by="ct")
    again = made.get(f"{path}?limit=1&offset=1", by="p1")
    assert (part.status_code, part.content) == (206, again.content)
    sold = made.get(f"{path}?lifecycleStatus=Launched&limit=200", by="ct").json()
    assert sold
    assert {each["lifecycleStatus"] for each in sold} == {"Launched"}
    [whole] = made.get(f"{paths.CATALOGUE}/catalog").json()
    assert whole["id"] == CATALOGUE_ID


def test_the_catalogue_is_changed_elsewhere(made):
    assert made.post(f"{paths.CATALOGUE}/productOffering", {"name": "x"}).status_code == 405
