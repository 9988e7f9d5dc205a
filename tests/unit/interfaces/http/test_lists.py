"""A page of a list costs a page: the store is asked for no more, also where states are filtered."""

import pytest

from karakoram.interfaces.http import paths
from karakoram.interfaces.http.documents import MadeDocuments
from tests.support.http_calls import completed, ordered, platform, quoted
from tests.support.memory_store import MemoryTransaction

QUOTES, PRODUCTS = f"{paths.QUOTE}/quote", f"{paths.PRODUCT}/product"
ORDERS, TASKS = (f"{paths.PRODUCT_ORDER}/{each}" for each in ("productOrder", "cancelProductOrder"))
SERVICES, RESOURCES = f"{paths.SERVICE}/service", f"{paths.RESOURCE}/resource"
LEGS = f"{paths.SERVICE_ORDER}/serviceOrder"
PHYSICAL, LOGICAL = (f"{paths.RESOURCE}/{each}Resource" for each in ("physical", "logical"))


@pytest.fixture(scope="module")
def made():
    """Three waves: one works, one is ordered, one is called off; and a quote."""
    made = platform()
    orders = [ordered(made, quoted(made, name)) for name in "abc"]
    completed(made, orders[0]["id"])
    made.post(TASKS, {"productOrder": {"id": orders[1]["id"]}})
    quoted(made, "d")
    return made


@pytest.mark.parametrize("path", [QUOTES, ORDERS, PRODUCTS])
def test_a_page_of_an_operator_is_read_as_a_page(made, read, path):
    answer = made.get(f"{path}?limit=1&offset=1", by="op1-finance")
    assert int(answer.headers["X-Total-Count"]) > 1
    assert sum(count for count, _, is_page in read if is_page) == len(answer.json()) == 1
    before = len(read)
    assert made.get(path, by="op2-finance").json() == []
    assert sum(count for count, *_ in read[before:]) == 0


@pytest.fixture
def read(monkeypatch):
    """How many records and resources are asked of the store, in which states, and if as a page."""
    asked = []
    for name in ("find_all", "resources", "stamps"):
        right = getattr(MemoryTransaction, name)

        def counted(self, *given, right=right, **more):
            found = right(self, *given, **more)
            told = getattr(found, "stamps", found)
            asked.append((len(told), tuple(more.get("states", ())), "limit" in more))
            return found

        monkeypatch.setattr(MemoryTransaction, name, counted)
    return asked


@pytest.mark.parametrize(
    ("path", "question", "told", "total"),
    [
        (QUOTES, "state=approved", 1, 1),
        (QUOTES, "state=accepted&limit=2", 2, 3),
        (QUOTES, "state=accepted,approved&offset=3", 1, 4),
        (QUOTES, "state=none", 0, 0),
        (ORDERS, "state=completed", 1, 1),
        (ORDERS, "limit=1&offset=1", 1, 3),
        (TASKS, "", 1, 1),
        (PRODUCTS, "status=active&limit=1", 1, 1),
        (PRODUCTS, "status=pendingActive", 1, 1),
        (RESOURCES, "limit=1&category=fibre", 1, 1),
        (RESOURCES, "limit=2", 2, None),
        (PHYSICAL, "limit=1", 1, None),
        (LOGICAL, "limit=1", 1, None),
        (PHYSICAL, "category=oms", 0, 0),
    ],
)
def test_only_what_is_told_is_read(made, read, path, question, told, total):
    answer = made.get(f"{path}?{question}", by="op1-noc" if paths.RESOURCE in path else "ct")
    assert len(answer.json()) == told
    assert total in {None, int(answer.headers["X-Total-Count"])}
    assert sum(count for count, _, is_page in read if is_page) == told


@pytest.mark.parametrize(
    ("path", "question", "told", "total"),
    [
        (SERVICES, "state=active", 1, 1),
        (SERVICES, "state=reserved,terminated&limit=1&offset=1", 1, 2),
        (SERVICES, "limit=2", 2, 3),
        (SERVICES, "state=none", 0, 0),
        (LEGS, "state=completed", 1, 1),
        (LEGS, "limit=1&offset=2", 1, 3),
        (LEGS, "state=held", 0, 0),
    ],
)
def test_services_and_legs_of_an_operator_are_read_as_a_page(
    made, monkeypatch, *, path, question, told, total
):
    read, right = [], MemoryTransaction.find_some

    def counted(self, kind, record_ids):
        found = right(self, kind, record_ids)
        read.extend(found)
        return found

    monkeypatch.setattr(MemoryTransaction, "find_some", counted)
    monkeypatch.setattr(MemoryTransaction, "find_all", None)
    answer = made.get(f"{path}?{question}", by="op1-noc")
    assert (len(answer.json()), int(answer.headers["X-Total-Count"])) == (told, total)
    assert len(read) == told


def test_pages_of_services_and_legs_make_the_whole_list_of_each(made):
    for path in (SERVICES, LEGS):
        for by in ("op1-noc", "sco-noc", "root"):
            whole = made.get(path, by=by).json()
            assert whole
            assert [
                made.get(f"{path}?limit=1&offset={place}", by=by).json()
                for place in range(len(whole))
            ] == [[each] for each in whole]
            other = {"op1-noc": "sco-noc", "sco-noc": "op1-noc", "root": "root"}[by]
            status = {made.get(f"{path}/{each['id']}", by=other).status_code for each in whole}
            assert status == {200 if by == "root" else 404}
            told = {each["relatedParty"][0]["id"] for each in whole}
            assert told == ({"OP1", "SCO"} if by == "root" else {by.partition("-")[0].upper()})


def test_other_filters_see_all(made, read):
    told = made.get(f"{QUOTES}?externalId=a&limit=1", by="ct")
    assert (len(told.json()), read[0][0]) == (1, 4)


def test_physical_and_logical_resources_make_all_of_them(made):
    def names(path):
        return [each["id"] for each in made.get(f"{path}?limit=200").json()]

    physical, logical = names(PHYSICAL), names(LOGICAL)
    assert physical
    assert logical
    assert sorted(physical + logical) == names(RESOURCES)
    assert made.get(f"{PHYSICAL}/{physical[0]}").json()["@type"] == "PhysicalResource"
    assert made.get(f"{LOGICAL}/{physical[0]}").status_code == 404
    assert made.get(f"{LOGICAL}/{logical[0]}").json()["@type"] == "LogicalResource"


@pytest.mark.parametrize("inventory", [PRODUCTS, f"{paths.SONATA_INVENTORY}/product"])
def test_the_orders_of_all_products_of_a_page_are_one_question(made, monkeypatch, inventory):
    asked, right = [], MemoryTransaction.logs_of

    def counted(self, subject_ids):
        asked.append(tuple(subject_ids))
        return right(self, asked[-1])

    monkeypatch.setattr(MemoryTransaction, "logs_of", counted)
    made.client.app.state.documents = MadeDocuments()
    told = made.get(inventory, by="ct").json()
    assert asked == [tuple(each["id"] for each in told)]
    assert len(told) == 3
