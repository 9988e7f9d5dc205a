"""Two operators buy and sell over Sonata, and every answer keeps to its published schema."""

import pytest

from karakoram.interfaces.http import (
    paths,
    sonata_declined,
    sonata_inventory,
    sonata_order,
    sonata_parts,  # noqa: F401
    sonata_qualification,
    sonata_quote,
)
from karakoram.interfaces.http.sonata_declined import DECLINED
from karakoram.interfaces.http.sonata_parts import CONFIGURATION_TYPE, days
from tests.support.http_calls import BASE, WAVE, breaches, completed, is_part, platform
from tests.support.sonata_requests import CONTACT, order_form, poq_form, product, quote_form

POQ = f"{paths.SONATA_QUALIFICATION}/productOfferingQualification"
QUOTES = f"{paths.SONATA_QUOTE}/quote"
ORDERS = f"{paths.SONATA_ORDER}/productOrder"
PRODUCTS = f"{paths.SONATA_INVENTORY}/product"
FILES = "mef-lso-sonata-product-offering-qualification", "mef-lso-sonata-quote"
ORDER_FILE, PRODUCT_FILE = "mef-lso-sonata-product-order", "mef-lso-sonata-product-inventory"
PUBLISHED = {
    sonata_qualification: "/mefApi/sonata/productOfferingQualification/v8",
    sonata_quote: "/mefApi/sonata/quoteManagement/v10",
    sonata_order: "/mefApi/sonata/productOrderingManagement/v11",
    sonata_inventory: "/mefApi/sonata/productInventory/v8",
}


@pytest.fixture
def made():
    return platform()


def told(made, path, form, *, status=201, by="ct"):
    answer = made.post(path, form, by=by)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.mark.parametrize("facade", PUBLISHED)
def test_an_interface_stands_under_the_path_of_its_specification(facade):
    assert facade.router.prefix == PUBLISHED[facade]


def test_a_question_is_answered_green_and_kept(made):
    form = poq_form(externalId="poq", projectId="silk")
    answer = told(made, POQ, form)
    assert is_part(form, answer)
    [item] = answer["productOfferingQualificationItem"]
    assert item["serviceabilityConfidence"] == "green"
    assert item["serviceabilityConfidenceReason"] == "days until installed: assumed"
    assert breaches(FILES[0], "ProductOfferingQualification", answer) == []
    configured = answer["productOfferingQualificationItem"][0]["product"]["productConfiguration"]
    assert configured["@type"] == CONFIGURATION_TYPE
    assert made.get(f"{POQ}/{answer['id']}", by="ct").json() == answer
    [found] = made.get(f"{POQ}?externalId=poq", by="ct").json()
    assert breaches(FILES[0], "ProductOfferingQualification_Find", found) == []
    assert made.get(f"{POQ}/{answer['id']}", by="p1").status_code == 404


def test_the_whole_life_keeps_to_the_schemas():
    made = platform()
    form = quote_form(externalId="sq", description="for a ring")
    quote = told(made, QUOTES, form)
    assert is_part(form, quote)
    assert quote["state"] == "approved.orderable"
    assert breaches(FILES[1], "Quote", quote) == []
    [found] = made.get(f"{QUOTES}?externalId=sq", by="ct").json()
    assert breaches(FILES[1], "Quote_Find", found) == []
    form = order_form(quote, externalId="so")
    order = told(made, ORDERS, form)
    assert is_part({**form, "productOrderItem": []}, order)
    assert breaches(ORDER_FILE, "ProductOrder", order) == []
    assert told(made, ORDERS, form) == order
    completed(made, order["id"])
    order = made.get(f"{ORDERS}/{order['id']}", by="ct").json()
    assert order["state"] == "completed"
    assert breaches(ORDER_FILE, "ProductOrder", order) == []
    assert len(order["stateChange"]) > 2
    [found] = made.get(f"{ORDERS}?externalId=so", by="ct").json()
    assert breaches(ORDER_FILE, "ProductOrder_Find", found) == []
    bought = order["productOrderItem"][0]["product"]["id"]
    one = made.get(f"{PRODUCTS}/{bought}", by="ct").json()
    assert one["status"] == "active"
    assert breaches(PRODUCT_FILE, "MEFProduct", one) == []
    found = made.get(f"{PRODUCTS}?status=active", by="ct").json()
    assert breaches(PRODUCT_FILE, "MEFProduct_Find", found[0]) == []
    quote = made.get(f"{QUOTES}/{quote['id']}", by="ct").json()
    assert (quote["state"], quote["quoteItem"][0]["state"]) == ("accepted", "approved.orderable")
    assert breaches(FILES[1], "Quote", quote) == []
    gone = order_form(quote, item={"action": "delete", "product": {"id": bought}})
    del gone["productOrderItem"][0]["quoteItem"]
    ceased = told(made, ORDERS, gone)
    completed(made, ceased["id"])
    one = made.get(f"{PRODUCTS}/{bought}", by="ct").json()
    assert (one["status"], "terminationDate" in one) == ("terminated", True)


def test_a_product_is_changed_and_names_every_order_that_it_came_to(made):
    first = told(made, ORDERS, order_form(told(made, QUOTES, quote_form())))
    completed(made, first["id"])
    bought = first["productOrderItem"][0]["product"]["id"]
    changed = {**product({**WAVE, "term_months": "12"}), "id": bought}
    item = {"action": "modify", "product": changed}
    question = poq_form(productOfferingQualificationItem=[{"id": "first", **item}])
    answer = told(made, POQ, question)
    assert answer["productOfferingQualificationItem"][0]["serviceabilityConfidence"] == "green"
    assert breaches(FILES[0], "ProductOfferingQualification", answer) == []
    quote = told(made, QUOTES, quote_form(item=item))
    assert breaches(FILES[1], "Quote", quote) == []
    assert quote["quoteItem"][0]["product"]["id"] == bought
    other = order_form(quote, item={**item, "product": {**changed, "id": "other"}})
    assert business_errors(made, other, ORDERS) == [("otherIssue", "")]
    change = told(made, ORDERS, order_form(quote, item=item))
    assert breaches(ORDER_FILE, "ProductOrder", change) == []
    assert change["productOrderItem"][0]["action"] == "modify"
    assert made.get(f"{PRODUCTS}/{bought}", by="ct").json()["status"] == "active.pendingChange"
    completed(made, change["id"])
    gone = order_form(quote, item={"action": "delete", "product": {"id": bought}})
    del gone["productOrderItem"][0]["quoteItem"]
    ceased = told(made, ORDERS, gone)
    one = made.get(f"{PRODUCTS}/{bought}", by="ct").json()
    assert breaches(PRODUCT_FILE, "MEFProduct", one) == []
    assert one["productConfiguration"]["term_months"] == "12"
    named = [each["productOrderId"] for each in one["productOrderItem"]]
    assert named == [first["id"], change["id"], ceased["id"]]
    for order_id in named:
        [found] = made.get(f"{PRODUCTS}?productOrderId={order_id}", by="ct").json()
        assert found["id"] == bought


def test_lists_are_filtered_by_the_names_that_sonata_has_for_what_stands_deeper(made):
    order = told(made, ORDERS, order_form(told(made, QUOTES, quote_form())))
    [item] = order["productOrderItem"]
    completed(made, order["id"])

    def found(path, asked):
        answer = made.get(f"{path}?{asked}", by="ct")
        assert answer.status_code == 200, answer.text
        return len(answer.json())

    due = item["expectedCompletionDate"]
    [bought] = made.get(PRODUCTS, by="ct").json()
    offering = bought["productOffering"]["id"]
    for path, asked, many in (
        (PRODUCTS, f"productOrderId={order['id']}", 1),
        (PRODUCTS, "productOrderId=gone", 0),
        (PRODUCTS, f"productOfferingId={offering}&status=active", 1),
        (PRODUCTS, "productOfferingId=gone", 0),
        (PRODUCTS, "lastUpdateDate.gt=2000-01-01T00:00:00.000Z", 1),
        (PRODUCTS, "lastUpdateDate.lt=2000-01-01T00:00:00.000Z", 0),
        (ORDERS, f"itemExpectedCompletionDate.gt={due[:4]}", 1),
        (ORDERS, f"itemExpectedCompletionDate.lt={due[:4]}", 0),
    ):
        assert found(path, asked) == many, asked


def test_an_order_of_which_some_legs_are_complete_is_in_progress(made):
    """Partial is an end in Sonata: that of an order of which some item failed."""
    order = told(made, ORDERS, order_form(told(made, QUOTES, quote_form())))
    legs = made.get(f"{paths.SERVICE_ORDER}/serviceOrder").json()
    (first,) = [each for each in legs if each["state"] == "acknowledged"]
    for state in ("inProgress", "held", "inProgress", "completed"):
        path = first["href"].removeprefix(BASE)
        operator = first["relatedParty"][0]["id"].lower()
        assert made.patch(path, {"state": state}, by=f"{operator}-noc").status_code == 200
    order = made.get(f"{ORDERS}/{order['id']}", by="ct").json()
    assert order["state"] == "inProgress"
    assert [each["state"] for each in order["stateChange"]] == ["acknowledged", "inProgress"]
    assert days(5) == {"amount": 5, "units": "calendarDays"}


def test_what_came_in_otherwise_is_told_in_the_words_of_sonata(made):
    tm_forum = made.get(f"{paths.QUOTE}/quote", by="ct").json()
    form = {
        "quoteItem": [
            {
                "id": "1",
                "productOffering": {"id": "WAVE-100G"},
                "product": {
                    "productCharacteristic": [{"name": n, "value": v} for n, v in WAVE.items()]
                },
            }
        ]
    }
    quote = told(made, f"{paths.QUOTE}/quote", form)
    assert quote["id"] not in {each["id"] for each in tm_forum}
    here = made.get(f"{QUOTES}/{quote['id']}", by="ct").json()
    assert breaches(FILES[1], "Quote", here) == []
    offer = quote["quoteItem"][0]["quoteItem"][0]["id"]
    item = {"id": "1", "action": "add", "quoteItem": {"id": offer, "quoteId": quote["id"]}}
    order = told(made, f"{paths.PRODUCT_ORDER}/productOrder", {"productOrderItem": [item]})
    here = made.get(f"{ORDERS}/{order['id']}", by="ct").json()
    assert breaches(ORDER_FILE, "ProductOrder", here) == []


def test_a_quote_says_how_far_its_figures_may_be_trusted_beside_what_the_buyer_noted(made):
    form = quote_form()
    said = {"id": "1", "author": "CT", "date": "2026-11-28T12:00:00Z", "source": "buyer"}
    form["quoteItem"][0]["note"] = [{**said, "text": "urgent"}]
    quote = told(made, QUOTES, form)
    (item,) = quote["quoteItem"]
    assert [each["source"] for each in item["note"]] == ["buyer", "seller"]
    assert "latency: assumed" in item["note"][1]["text"]
    priced = {each["name"]: each.get("description") for each in item["quoteItemPrice"]}
    assert priced["monthly recurring charge"] == "confidence: assumed"
    assert breaches(FILES[1], "Quote", quote) == []
    assert made.get(f"{QUOTES}/{quote['id']}", by="ct").json() == quote


def test_a_quote_is_declined_and_never_cancelled(made):
    quote = told(made, QUOTES, quote_form("budgetary"))
    assert quote["state"] == "answered"
    cancel = {"quoteId": quote["id"]}
    errors = told(made, f"{paths.SONATA_QUOTE}/cancelQuote", cancel, status=422)
    assert all(breaches(FILES[1], "Error422", error) == [] for error in errors)
    decline = {"quoteId": quote["id"], "reason": "too dear"}
    answer = told(made, f"{paths.SONATA_QUOTE}/declineQuote", decline, status=200)
    assert answer == decline
    assert made.get(f"{QUOTES}/{quote['id']}", by="ct").json()["state"] == "declined"


def test_an_order_is_called_off_as_a_task(made):
    order = told(made, ORDERS, order_form(told(made, QUOTES, quote_form())))
    form = {"productOrder": {"productOrderId": order["id"]}, "relatedContactInformation": CONTACT}
    path = f"{paths.SONATA_ORDER}/cancelProductOrder"
    task = told(made, path, form)
    assert breaches(ORDER_FILE, "CancelProductOrder", task) == []
    assert is_part(form, task)
    one = made.get(f"{path}/{order['id']}", by="ct").json()
    assert breaches(ORDER_FILE, "CancelProductOrder", one) == []
    assert one["id"] in {each["id"] for each in made.get(path, by="ct").json()}
    assert made.get(f"{path}/none", by="ct").status_code == 404
    other = told(made, ORDERS, order_form(told(made, QUOTES, quote_form())))
    assert made.get(f"{path}/{other['id']}", by="ct").status_code == 404


@pytest.mark.parametrize(
    ("status", "name", "call"),
    [
        (400, "Error400", lambda made: made.post(QUOTES, {})),
        (400, "Error400", lambda made: made.get(f"{QUOTES}?limit=0", by="ct")),
        (401, "Error401", lambda made: made.get(QUOTES, by=None)),
        (403, "Error403", lambda made: made.get(QUOTES, by="op1-noc")),
        (403, "Error403", lambda made: made.get(f"{QUOTES}?buyerId=P1", by="ct")),
        (404, "Error404", lambda made: made.get(f"{QUOTES}/none", by="ct")),
        (501, "Error501", lambda made: made.get(f"{paths.SONATA_ORDER}/charge", by="ct")),
    ],
)
def test_errors_keep_to_the_schemas(made, status, name, call):
    answer = call(made)
    assert answer.status_code == status
    assert breaches(FILES[1], name, answer.json()) == []


def business_errors(made, form, path=QUOTES):
    errors = told(made, path, form, status=422)
    assert all(breaches(FILES[1], "Error422", error) == [] for error in errors)
    return [(error["code"], error.get("propertyPath", "")) for error in errors]


def test_business_errors_are_422_one_for_each_fault(made):
    wrong = {**WAVE, "a_site": "X", "z_site": "Y"}
    errors = business_errors(made, quote_form(item={"product": product(wrong)}))
    assert errors == [("invalidValue", "a_site"), ("invalidValue", "z_site")]
    unknown = quote_form(item={"product": product(offering="NONE")})
    assert business_errors(made, unknown) == [("referenceNotFound", "")]
    reused = quote_form(externalId="reused")
    told(made, QUOTES, reused)
    assert business_errors(made, {**reused, "description": "x"}) == [("otherIssue", "")]


@pytest.mark.parametrize(
    "item",
    [
        {"product": {}},
        {"product": {**product(), "productConfiguration": {"@type": "urn:mef:lso:spec"}}},
        {"product": product({**WAVE, "term_months": 36})},
        {"action": "modify"},
    ],
)
def test_a_product_that_is_not_in_our_words_is_refused(made, item):
    assert business_errors(made, quote_form(item=item))


def test_an_order_says_what_it_orders(made):
    quote = told(made, QUOTES, quote_form())
    for item in ({"quoteItem": None}, {"action": "modify"}, {"action": "delete"}):
        form = order_form(quote, item=item)
        if item.get("quoteItem", "") is None:
            del form["productOrderItem"][0]["quoteItem"]
        assert business_errors(made, form, ORDERS)
    cease = quote_form(item={"action": "delete"})
    assert told(made, QUOTES, cease, status=501)["code"] == "notImplemented"


def test_a_request_names_a_buyer_and_a_seller_of_this_platform(made):
    assert told(made, f"{QUOTES}?buyerId=CT&sellerId=SCO", quote_form())
    nobody = made.post(f"{QUOTES}?sellerId=NOBODY", quote_form())
    assert nobody.status_code == 422
    desk = made.post(QUOTES, quote_form(), by="sco-seller_desk")
    assert (desk.status_code, desk.json()[0]["code"]) == (422, "missingProperty")
    named = made.post(f"{QUOTES}?buyerId=CT", quote_form(), by="sco-seller_desk")
    assert named.status_code == 201


@pytest.mark.parametrize(("method", "path"), DECLINED)
def test_optional_operations_are_declined(made, method, path):
    answer = made.call(method, path.replace("{id}", "1"), by="ct")
    assert answer.status_code == 501
    assert breaches(FILES[1], "Error501", answer.json()) == []
    assert sonata_declined.router.routes
