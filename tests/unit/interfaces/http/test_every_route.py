"""No route answers without the right role, nor tells one tenant what is another's.

The list of routes is the application's own, so a new route is tested the day it is written.
"""

import json

import pytest

from karakoram.interfaces.http import allowed as access
from karakoram.interfaces.http import paths, sonata_declined, tmf_declined, tmf_quote
from karakoram.interfaces.http.app import all_routes
from karakoram.interfaces.http.openapi import OPEN_PATHS, allowed_of
from karakoram.sales.api_clients import ApiClient, ClientRole
from karakoram.settlement.rating.periods import period_from_word
from karakoram.usecases.sell import see_sales
from karakoram.usecases.settle import see_bills
from karakoram.usecases.settle.bill_period import BillRun, bill_period
from tests.support.http_calls import CLIENTS, completed, ordered, platform, quote_form, quoted
from tests.support.settling import desk


def methods_of(route):
    """What a route answers: what can be got, also without its body."""
    return sorted({*route.methods, "HEAD"} if "GET" in route.methods else route.methods)


ROLES = {
    (route.path, method): allowed_of(route).roles
    for route in all_routes()
    if route.path not in OPEN_PATHS
    for method in methods_of(route)
}
ROUTES = sorted(ROLES)
GOT = sorted(route.path for route in all_routes() if "GET" in route.methods)
OF_ROLE = {
    ClientRole.ADMIN: "root",
    ClientRole.BUYER: "ct",
    ClientRole.SELLER_DESK: "op2-seller_desk",
    ClientRole.NOC: "op2-noc",
    ClientRole.FINANCE: "op2-finance",
}
DECLINED = {*sonata_declined.DECLINED, *tmf_declined.DECLINED}
TENANTS = {"ct": "CT", "p1": "P1", "op1-noc": "OP1", "op2-noc": "OP2", "op2-finance": "OP2"}
SECRET_OF_CT = "known to CT alone"


@pytest.fixture(scope="module")
def made():
    return built()


def built():
    """Both buyers have orders and a bill of their own; OP1 carries all of CT's and sold none."""
    made = platform()
    sold = quoted(made, "CT-q", description=SECRET_OF_CT)
    ordered(made, sold, "CT-o")
    line = quote_form("P1-q", offering="PSTN-LINE", values={"a_site": "A"})
    answer = made.post(f"{paths.QUOTE}/quote", line, by="p1")
    assert answer.status_code == 201, answer.text
    completed(made, ordered(made, answer.json(), "P1-o", by="p1")["id"])
    completed(made, ordered(made, quoted(made, "CT-q2"), "CT-o2")["id"])
    november = BillRun(period=period_from_word("2026-11"))
    assert len(bill_period(november, deed=desk(), settling=made.served.settling)) > 1
    return made


def lists():
    """Every list that is offered."""
    found = [path for path, method in ROUTES if method == "GET" and "{id}" not in path]
    return [path for path in found if ("GET", path) not in DECLINED]


def identifiers(made, path):
    """Every record that stands under a path, as the platform sees it."""
    return [each["id"] for each in made.get(f"{path}?limit=200").json()]


@pytest.mark.parametrize(("path", "method"), ROUTES)
def test_no_route_answers_who_has_not_logged_in(made, path, method):
    for token in (None, "forged"):
        made.tokens["stranger"] = token or ""
        answer = made.call(method, path.replace("{id}", "x"), by="stranger" if token else None)
        assert answer.status_code == 401, answer.text
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("path", "method"), ROUTES)
def test_no_route_answers_without_the_right_role(made, path, method):
    for role, name in OF_ROLE.items():
        answer = made.call(method, path.replace("{id}", "x"), by=name)
        assert (answer.status_code == 403) == (role not in ROLES[path, method]), (name, answer.text)


@pytest.mark.parametrize("path", GOT)
def test_head_gives_the_head_of_get_to_whom_get_is_given_and_no_body(made, path):
    one = path.replace("/{id}", "")
    named = identifiers(made, one)[:1] if path != one and one in lists() else []
    asked = path.replace("{id}", next(iter(named), "none"))
    for by in ("root", "ct", "op2-noc", None):
        got, head = (made.call(method, asked, by=by) for method in ("GET", "HEAD"))
        assert (head.status_code, dict(head.headers)) == (got.status_code, dict(got.headers))
        assert int(head.headers["Content-Length"]) == len(got.content)
        assert head.content == b""


def others_told(made):
    """What the buyers and the other operators are told of CT's records: must be nothing."""
    told = []
    for path in lists():
        is_common = paths.CATALOGUE in path
        mine = set() if is_common else {*identifiers(made, path)}
        for by in TENANTS:
            answer = made.get(f"{path}?limit=200", by=by)
            if answer.status_code == 403 or is_common:
                continue
            seen = {each["id"] for each in answer.json()}
            one = f"{path}/{{id}}"
            hidden = mine - seen
            told += [
                (by, one, each)
                for each in sorted(hidden)[:3]
                if (one, "GET") in ROLES
                and made.get(one.replace("{id}", each), by=by).status_code not in {403, 404}
            ]
            if by != "ct" and SECRET_OF_CT in answer.text:
                told.append((by, path, SECRET_OF_CT))
    return told


def test_what_is_another_s_is_not_there(made):
    assert others_told(made) == []
    quotes = {by: identifiers_of(made, f"{paths.QUOTE}/quote", by) for by in ("ct", "p1")}
    assert all(quotes.values())
    assert not set(quotes["ct"]) & set(quotes["p1"])
    assert identifiers_of(made, f"{paths.SERVICE_ORDER}/serviceOrder", "op1-noc")
    assert identifiers_of(made, f"{paths.SERVICE_ORDER}/serviceOrder", "op2-noc") == []
    bills = {by: identifiers_of(made, f"{paths.BILL}/customerBill", by) for by in ("ct", "p1")}
    assert all(bills.values())
    assert not set(bills["ct"]) & set(bills["p1"])
    assert identifiers_of(made, f"{paths.BILL}/customerBill", "sco-finance") == sorted(
        {*bills["ct"], *bills["p1"]}
    )
    assert identifiers_of(made, f"{paths.BILL}/customerBill", "op1-finance") == []
    resources = made.get(f"{paths.RESOURCE}/resource?limit=200", by="op2-noc").json()
    assert {each["relatedParty"][0]["id"] for each in resources} == {"OP2"}


def identifiers_of(made, path, by):
    return [each["id"] for each in made.get(path, by=by).json()]


def test_another_s_records_are_not_changed_either(made):
    quote = identifiers_of(made, f"{paths.QUOTE}/quote", "ct")[0]
    order = identifiers_of(made, f"{paths.PRODUCT_ORDER}/productOrder", "ct")[0]
    leg = identifiers_of(made, f"{paths.SERVICE_ORDER}/serviceOrder", "op1-noc")[0]
    for path, body, by in (
        (f"{paths.QUOTE}/quote/{quote}", {"state": "cancelled"}, "p1"),
        (f"{paths.PRODUCT_ORDER}/productOrder/{order}", {"state": "cancelled"}, "p1"),
        (f"{paths.PRODUCT_ORDER}/productOrder/{order}", {"state": "cancelled"}, "op2-seller_desk"),
        (f"{paths.SERVICE_ORDER}/serviceOrder/{leg}", {"state": "inProgress"}, "op2-noc"),
    ):
        assert made.patch(path, body, by=by).status_code == 404
    cancel = {"productOrder": {"id": order}}
    path = f"{paths.PRODUCT_ORDER}/cancelProductOrder"
    assert made.post(path, cancel, by="p1").status_code == 422


def changes_by_who_only_carries_a_part(made):
    """What OP1 is answered, which carries CT's wave and sells nothing, when it changes it."""
    sonata = [{"name": "x", "number": "x", "emailAddress": "x", "role": "x"}]
    party = [{"id": "CT", "role": "buyer"}]
    quote = quoted(made, "to be left alone")
    offer = quote["quoteItem"][0]["quoteItem"][0]["id"]
    order = identifiers_of(made, f"{paths.PRODUCT_ORDER}/productOrder", "ct")[0]
    product = identifiers_of(made, f"{paths.PRODUCT}/product", "ct")[0]
    item = {"id": "1", "action": "add", "quoteItem": {"id": offer, "quoteId": quote["id"]}}
    gone = {"id": "1", "action": "delete", "product": {"id": product}}
    cancel = {"productOrder": {"productOrderId": order}, "relatedContactInformation": sonata}
    orders = f"{paths.PRODUCT_ORDER}/productOrder"
    asked = (
        ("PATCH", f"{paths.QUOTE}/quote/{quote['id']}", {"state": "cancelled"}),
        ("PATCH", f"{orders}/{order}", {"state": "cancelled"}),
        ("POST", f"{paths.PRODUCT_ORDER}/cancelProductOrder", {"productOrder": {"id": order}}),
        ("POST", orders, {"productOrderItem": [item], "relatedParty": party}),
        ("POST", orders, {"productOrderItem": [gone], "relatedParty": party}),
        ("PATCH", f"{paths.PRODUCT}/product/{product}", {"status": "suspended"}),
        ("POST", f"{paths.SONATA_QUOTE}/declineQuote", {"quoteId": quote["id"]}),
        ("POST", f"{paths.SONATA_ORDER}/cancelProductOrder", cancel),
    )
    return {
        (method, path): made.call(method, path, by="op1-seller_desk", json=body).status_code
        for method, path, body in asked
    }


def test_who_only_carries_a_part_changes_nothing(made):
    assert set(changes_by_who_only_carries_a_part(made).values()) == {403}


def test_a_buyer_is_not_told_what_each_operator_earns_or_does(made):
    for path in (f"{paths.QUOTE}/quote", f"{paths.PRODUCT_ORDER}/productOrder"):
        told = json.dumps(made.get(path, by="ct").json())
        assert "OP1" not in told
        assert "working" not in told


def test_an_operator_is_told_what_it_earns_and_not_who_buys(made):
    quote = made.get(f"{paths.QUOTE}/quote", by="op1-seller_desk").json()[0]
    [offer] = quote["quoteItem"][0]["quoteItem"]
    assert offer["quoteItemPrice"][0]["price"]["dutyFreeAmount"]["value"] == 100.0
    assert "relatedParty" not in quote
    assert "externalId" not in quote
    seen, *_ = made.get(
        f"{paths.QUOTE}/quote?quoteItem.productOffering.id=WAVE-100G", by="sco-finance"
    ).json()
    [offer] = seen["quoteItem"][0]["quoteItem"]
    assert offer["quoteItemPrice"][0]["price"]["dutyFreeAmount"]["value"] == 0.0
    assert seen["relatedParty"][0]["id"] == "CT"


class TestWrongServers:
    """Each check fails on a server that is wrong in what it checks."""

    def test_one_that_lets_anybody_in_is_seen(self, made, monkeypatch):
        client = made.served.selling.store.read(lambda tx: tx.find(ApiClient, "root"))
        monkeypatch.setattr(access, "_client", lambda *_: client)
        path, method = ROUTES[0]
        with pytest.raises(AssertionError):
            test_no_route_answers_who_has_not_logged_in(made, path, method)

    def test_one_that_asks_for_no_role_is_seen(self, made, monkeypatch):
        monkeypatch.setattr(access.Allowed, "__call__", any_role)
        path, method = next(key for key, roles in ROLES.items() if ClientRole.NOC not in roles)
        with pytest.raises(AssertionError):
            test_no_route_answers_without_the_right_role(made, path, method)

    def test_one_that_tells_another_s_data_is_seen(self, monkeypatch):
        made = built()
        monkeypatch.setattr(see_sales, "may_see", lambda *_: True)
        assert others_told(made)

    def test_one_that_shows_a_bill_to_who_neither_pays_nor_sold_is_seen(self, made, monkeypatch):
        monkeypatch.setattr(see_bills, "may_see_bill", lambda *_: True)
        assert others_told(made)
        with pytest.raises(AssertionError):
            test_what_is_another_s_is_not_there(made)

    def test_one_that_lets_who_carries_a_part_change_it_is_seen(self, monkeypatch):
        monkeypatch.setattr(see_sales, "may_see_buyer", lambda *_: True)
        assert 403 not in changes_by_who_only_carries_a_part(built()).values()

    def test_one_that_tells_who_buys_is_seen(self, monkeypatch):
        made = built()  # what a wrong server has made is not kept for others
        monkeypatch.setattr(tmf_quote, "may_see_buyer", lambda *_: True)
        with pytest.raises(AssertionError):
            test_an_operator_is_told_what_it_earns_and_not_who_buys(made)


async def any_role(self, request):
    served = access.served_by(request)
    return access.Call(served=served, client=access._client(request, served), request=request)


def test_every_client_of_the_tests_has_a_role():
    assert {role for role, _, _ in CLIENTS.values()} == set(ClientRole)
