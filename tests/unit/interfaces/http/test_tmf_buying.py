"""A wave is quoted, ordered, carried out, changed and ceased over TM Forum, as its kits ask."""

import pytest

from karakoram.interfaces.http import paths
from tests.support.http_calls import (
    BASE,
    WAVE,
    breaches,
    completed,
    is_part,
    order_form,
    ordered,
    platform,
    quote_form,
    quoted,
)

QUOTES = f"{paths.QUOTE}/quote"
ORDERS = f"{paths.PRODUCT_ORDER}/productOrder"
PRODUCTS = f"{paths.PRODUCT}/product"


@pytest.fixture
def made():
    return platform()


@pytest.fixture
def sold(made):
    """An active product of CT, by its order."""
    order = ordered(made, quoted(made, "q"), "o")
    completed(made, order["id"])
    return order


def test_what_is_posted_comes_back_with_an_identifier_and_an_address(made):
    form = quote_form("q1", description="urgent", note=[{"text": "call first"}])
    answer = made.post(QUOTES, form)
    told = answer.json()
    assert answer.status_code == 201
    assert is_part(form, told)
    assert told["href"] == answer.headers["Location"] == f"{BASE}{QUOTES}/{told['id']}"
    assert made.get(f"{QUOTES}/{told['id']}", by="ct").json() == told
    order = order_form(told, "o1", note=[{"text": "two engineers"}])
    answer = made.post(ORDERS, order)
    assert answer.status_code == 201
    assert is_part(order, answer.json())
    assert made.get(f"{ORDERS}/{answer.json()['id']}", by="ct").json() == answer.json()


def test_answers_keep_to_the_published_schemas(made, sold):
    quote = made.get(f"{QUOTES}/{sold['quote'][0]['id']}", by="ct").json()
    product = made.get(f"{PRODUCTS}?productOrderItem.productOrderId={sold['id']}").json()[0]
    order = made.get(f"{ORDERS}/{sold['id']}", by="ct").json()
    assert breaches("tmf648-quote", "Quote", quote) == []
    assert breaches("tmf622-productorder", "ProductOrder", order) == []
    assert breaches("tmf637-productinventory", "Product", product) == []
    assert (quote["state"], order["state"], product["status"]) == (
        "accepted",
        "completed",
        "active",
    )
    assert breaches("tmf648-quote", "Quote", {**quote, "state": "sold"})


def test_fields_give_what_is_asked_and_the_identifier_and_address(made):
    quote = quoted(made)
    for path in (f"{QUOTES}/{quote['id']}", QUOTES):
        told = made.get(f"{path}?fields=state", by="ct").json()
        one = told[0] if isinstance(told, list) else told
        assert one == {"id": quote["id"], "href": quote["href"], "state": "approved"}


def test_a_list_is_given_in_parts_and_says_how_much_there_is(made):
    every = [quoted(made, level, category="budgetary")["id"] for level in ("a", "b", "c")]
    first = made.get(f"{QUOTES}?limit=2", by="ct")
    assert (first.status_code, [each["id"] for each in first.json()]) == (206, every[:2])
    assert (first.headers["X-Total-Count"], first.headers["X-Result-Count"]) == ("3", "2")
    rest = made.get(f"{QUOTES}?offset=2&limit=2", by="ct")
    assert [each["id"] for each in rest.json()] == every[2:]
    whole = made.get(QUOTES, by="ct")
    assert (whole.status_code, len(whole.json())) == (200, 3)


def test_attributes_filter_with_quotes_and_without(made):
    mine = quoted(made, "mine", category="budgetary")["id"]
    quoted(made, "other", category="budgetary")
    for wanted in ("mine", '"mine"', "'mine'"):
        told = made.get(QUOTES, by="ct", params={"externalId": wanted}).json()
        assert [each["id"] for each in told] == [mine]
    told = made.get(f"{QUOTES}?quoteItem.productOffering.id=WAVE-400G", by="ct")
    assert (told.json(), told.headers["X-Total-Count"]) == ([], "0")


@pytest.mark.parametrize("path", [QUOTES, ORDERS, PRODUCTS])
def test_an_unknown_identifier_is_404_with_a_body_of_tm_forum(made, path):
    answer = made.get(f"{path}/none", by="ct")
    assert answer.status_code == 404
    assert breaches("tmf622-productorder", "Error", answer.json()) == []
    assert answer.json()["code"] == "not-found"


@pytest.mark.parametrize("path", [QUOTES, ORDERS, PRODUCTS])
def test_nothing_that_was_sold_is_deleted(made, path):
    answer = made.call("DELETE", f"{path}/none", by="ct")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.json()["status"] == "405"


def test_products_are_made_by_orders_alone(made):
    assert made.post(PRODUCTS, {}).status_code == 405


def test_the_same_request_gives_the_same_answer_and_another_under_its_name_is_409(made):
    first = quoted(made, "q1")
    assert quoted(made, "q1") == first
    for other in (quote_form("q1", description="more"), quote_form("q1", category="budgetary")):
        answer = made.post(QUOTES, other)
        assert (answer.status_code, answer.json()["code"]) == (409, "external-id-reused")
    order = ordered(made, first, "o1")
    assert ordered(made, first, "o1") == order
    answer = made.post(ORDERS, order_form(first, "o1", priority="1"))
    assert answer.status_code == 409


def test_an_unknown_reference_is_422(made):
    answer = made.post(QUOTES, quote_form(offering="WAVE-1G"))
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-reference")
    form = order_form(quoted(made))
    form["productOrderItem"][0]["quoteItem"]["quoteId"] = "none"
    assert made.post(ORDERS, form).status_code == 422
    gone = {"productOrderItem": [{"id": "1", "action": "delete", "product": {"id": "none"}}]}
    assert made.post(ORDERS, gone).status_code == 422


def test_wrong_values_are_told_all_at_once(made):
    answer = made.post(QUOTES, quote_form(values={**WAVE, "a_site": "X", "term_months": "x"}))
    assert answer.status_code == 422
    message = answer.json()["message"]
    assert "a_site" in message
    assert "term_months" in message


@pytest.mark.parametrize(
    "form",
    [{}, {"quoteItem": []}, {"quoteItem": [{"id": "2"}]}, {**quote_form(), "category": "maybe"}],
)
def test_what_is_not_formed_as_it_must_be_is_400(made, form):
    answer = made.post(QUOTES, form)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-body")


def test_an_order_says_what_it_orders(made):
    quote = quoted(made)
    for item in ({"action": "add"}, {"action": "delete"}):
        form = {"productOrderItem": [{"id": "1", **item}]}
        assert made.post(ORDERS, form).status_code == 422
    other = order_form(quote)
    other["productOrderItem"][0]["action"] = "modify"
    assert made.post(ORDERS, other).json()["code"] == "other-action"
    modify = quote_form()
    modify["quoteItem"][0]["action"] = "modify"
    assert made.post(QUOTES, modify).json()["code"] == "no-product-named"


def test_an_offer_says_how_far_its_figures_may_be_trusted(made):
    (item,) = quoted(made)["quoteItem"]
    texts = [each["text"] for each in item["quoteItem"][0]["note"]]
    assert "monthly recurring charge: assumed" in texts
    assert "availability: assumed" in texts
    assert "days until installed: assumed" in texts
    like = {
        each["name"]: each["value"]
        for each in item["quoteItem"][0]["product"]["productCharacteristic"]
    }
    assert like["length_km_confidence"] in {"stated", "derived", "assumed"}
    assert like["latency_ms_confidence"] == "assumed"
    (monthly, *_) = item["quoteItem"][0]["quoteItemPrice"]
    assert monthly["description"] == "confidence: assumed"


def test_a_number_is_a_value_as_its_word_is(made):
    form = quote_form()
    named = form["quoteItem"][0]["product"]["productCharacteristic"]
    form["quoteItem"][0]["product"]["productCharacteristic"] = [
        {**each, "value": int(each["value"])} if each["value"].isdecimal() else each
        for each in (*named, {"name": "term_months", "value": "24"})
    ]
    answer = made.post(QUOTES, form)
    assert answer.status_code == 201, answer.text
    told = answer.json()["quoteItem"][0]["product"]["productCharacteristic"]
    assert {"name": "term_months", "value": "24"}.items() <= next(
        each for each in told if each["name"] == "term_months"
    ).items()


def test_a_quote_is_declined_once(made):
    quote = quoted(made)
    declined = made.patch(f"{QUOTES}/{quote['id']}", {"state": "cancelled"})
    assert declined.json()["state"] == "cancelled"
    again = made.patch(f"{QUOTES}/{quote['id']}", {"state": "cancelled"})
    assert (again.status_code, again.json()["code"]) == (422, "illegal-transition")
    assert made.post(ORDERS, order_form(quote)).json()["code"] == "quote-not-orderable"


def test_an_order_is_called_off_as_a_task_or_by_its_state(made):
    first, second = (ordered(made, quoted(made, name)) for name in "ab")
    answer = made.post(
        f"{paths.PRODUCT_ORDER}/cancelProductOrder",
        {"productOrder": {"id": first["id"]}, "cancellationReason": "too late"},
    )
    assert (answer.status_code, answer.json()["state"]) == (201, "done")
    assert breaches("tmf622-productorder", "CancelProductOrder", answer.json()) == []
    assert made.patch(f"{ORDERS}/{second['id']}", {"state": "cancelled"}).json()["state"] == (
        "cancelled"
    )
    tasks = made.get(f"{paths.PRODUCT_ORDER}/cancelProductOrder", by="ct").json()
    assert [task["id"] for task in tasks] == [first["id"], second["id"]]
    one = made.get(f"{paths.PRODUCT_ORDER}/cancelProductOrder/{first['id']}", by="ct")
    assert one.json()["productOrder"]["id"] == first["id"]
    again = made.patch(f"{ORDERS}/{second['id']}", {"state": "cancelled"})
    assert again.status_code == 422


def test_an_order_that_goes_on_is_no_task(made):
    order = ordered(made, quoted(made))
    path = f"{paths.PRODUCT_ORDER}/cancelProductOrder/{order['id']}"
    assert made.get(path, by="ct").status_code == 404


def test_a_product_rests_comes_back_is_changed_and_ends(made, sold):
    product_id = sold["productOrderItem"][0]["product"]["id"]
    path = f"{PRODUCTS}/{product_id}"
    for state in ("suspended", "active"):
        assert made.patch(path, {"status": state}, by="root").json()["status"] == state
    assert made.patch(path, {"status": "active"}, by="root").status_code == 422
    change = quote_form(values={**WAVE, "term_months": "12"})
    change["quoteItem"][0]["action"] = "modify"
    change["quoteItem"][0]["product"]["id"] = product_id
    order = ordered(made, made.post(QUOTES, change).json())
    completed(made, order["id"])
    told = made.get(path, by="ct").json()
    assert {"name": "term_months", "valueType": "string", "value": "12"} in told[
        "productCharacteristic"
    ]
    gone = {"productOrderItem": [{"id": "1", "action": "delete", "product": {"id": product_id}}]}
    ceased = made.post(ORDERS, gone).json()
    completed(made, ceased["id"])
    told = made.get(path, by="ct").json()
    assert (told["status"], "terminationDate" in told) == ("terminated", True)
    whole = [sold["id"], order["id"], ceased["id"]]
    for one in (told, *made.get(f"{PRODUCTS}?id={product_id}", by="ct").json()):
        assert [each["productOrderId"] for each in one["productOrderItem"]] == whole
    hrefs = [each["productOrderHref"].rpartition("/")[2] for each in told["productOrderItem"]]
    assert hrefs == whole
    for each in whole:
        [found] = made.get(f"{PRODUCTS}?productOrderItem.productOrderId={each}", by="ct").json()
        assert found["id"] == product_id


def test_a_desk_sells_to_whom_it_names(made):
    party = [{"id": "CT", "role": "buyer", "@referredType": "Organization"}]
    told = quoted(made, by="sco-seller_desk", relatedParty=party)
    assert told["relatedParty"][0]["id"] == "CT"
    answer = made.post(QUOTES, quote_form(relatedParty=party), by="op1-seller_desk")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-your-offering")
    nobody = made.post(QUOTES, quote_form(), by="sco-seller_desk")
    assert (nobody.status_code, nobody.json()["code"]) == (422, "no-buyer-named")
    other = [{"id": "P1", "role": "Buyer", "@referredType": "Organization"}]
    answer = made.post(QUOTES, quote_form(relatedParty=other), by="ct")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-your-party")
