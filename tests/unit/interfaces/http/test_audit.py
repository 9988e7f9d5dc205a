"""Whatever a call changes stands in the change log, with the client that did it and when."""

from datetime import UTC, datetime

import pytest

from karakoram.interfaces.http import paths
from karakoram.interfaces.http.app import all_routes
from karakoram.interfaces.http.sonata_declined import DECLINED as SONATA_DECLINED
from karakoram.interfaces.http.tmf_declined import DECLINED
from karakoram.usecases.sell import decline_quote
from tests.support.http_calls import (
    BASE,
    CLIENTS,
    completed,
    later,
    order_form,
    ordered,
    platform,
    quote_form,
    quoted,
)
from tests.support.sonata_requests import CONTACT, poq_form
from tests.support.sonata_requests import order_form as sonata_order_form
from tests.support.sonata_requests import quote_form as sonata_quote_form

WRITING = {
    (method, route.path)
    for route in all_routes()
    for method in route.methods
    if method != "GET" and (method, route.path) not in {*DECLINED, *SONATA_DECLINED}
}


@pytest.fixture
def made():
    return platform()


def told_of(made, method, path, body, by):
    """The answer, what the call changed that the log does not tell of, and who the log names."""
    tables = made.served.selling.store.tables
    records, entries = dict(tables.records), len(tables.log)
    answer = made.call(method, path, by=by, json=body)
    assert answer.status_code in {200, 201}, (path, answer.text)
    tables = made.served.selling.store.tables
    changed = {name for (_, name), each in tables.records.items() if each not in records.values()}
    assert changed
    new = tables.log[entries:]
    return answer.json(), changed - {each.subject_id for each in new}, {e.deed.who for e in new}


def href(document):
    return document["href"].removeprefix(BASE)


def walk(made):
    """Every way to change something, once; gives each with what the log misses."""
    missed, seen = [], set()

    def call(method, path, body, *, by="ct", route=None):
        seen.add((method, route or path))
        told, hidden, who = told_of(made, method, path, body, by)
        if hidden or who != {by}:
            missed.append((method, route or path, hidden, who))
        return told

    quote_path, order_path = f"{paths.QUOTE}/quote", f"{paths.PRODUCT_ORDER}/productOrder"
    product_path, leg_path = f"{paths.PRODUCT}/product", f"{paths.SERVICE_ORDER}/serviceOrder"
    quotes = [call("POST", quote_path, quote_form(name)) for name in "abc"]
    call("PATCH", href(quotes[0]), {"state": "cancelled"}, route=f"{quote_path}/{{id}}")
    orders = [call("POST", order_path, order_form(each)) for each in quotes[1:]]
    call("PATCH", href(orders[0]), {"state": "cancelled"}, route=f"{order_path}/{{id}}")
    task = {"productOrder": {"id": orders[1]["id"]}}
    call("POST", f"{paths.PRODUCT_ORDER}/cancelProductOrder", task)
    sold = ordered(made, quoted(made, "d"))
    leg = next(
        each for each in made.get(leg_path).json() if each["id"].startswith(f"{sold['id']}.")
    )
    by = f"{leg['relatedParty'][0]['id'].lower()}-noc"
    call("PATCH", href(leg), {"state": "inProgress"}, by=by, route=f"{leg_path}/{{id}}")
    completed(made, sold["id"])
    product = sold["productOrderItem"][0]["product"]["id"]
    for status in ("suspended", "active"):
        path = f"{product_path}/{product}"
        desk = "sco-seller_desk"
        call("PATCH", path, {"status": status}, by=desk, route=f"{product_path}/{{id}}")
    walk_sonata(call)
    later(made, datetime(2027, 2, 1, 9, tzinfo=UTC))
    days = {"startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2026-12-01T00:00:00Z"}
    form = {"billingAccount": {"id": "SCO.CT"}, "billingPeriod": days}
    call("POST", f"{paths.BILL}/customerBillOnDemand", form, by="sco-finance")
    return missed, seen


def walk_sonata(call):
    """The same over Sonata."""
    call("POST", f"{paths.SONATA_QUALIFICATION}/productOfferingQualification", poq_form())
    quotes = [call("POST", f"{paths.SONATA_QUOTE}/quote", sonata_quote_form()) for _ in "ab"]
    call("POST", f"{paths.SONATA_QUOTE}/declineQuote", {"quoteId": quotes[0]["id"]})
    order = call("POST", f"{paths.SONATA_ORDER}/productOrder", sonata_order_form(quotes[1]))
    task = {
        "productOrder": {"productOrderId": order["id"]},
        "relatedContactInformation": CONTACT,
    }
    call("POST", f"{paths.SONATA_ORDER}/cancelProductOrder", task)


def test_every_change_is_told_with_who_did_it(made):
    missed, seen = walk(made)
    assert missed == []
    assert WRITING - seen == {("POST", paths.LOG_IN), ("POST", f"{paths.SONATA_QUOTE}/cancelQuote")}


def test_a_log_in_is_told_and_one_that_is_refused_too(made):
    secret = f"secret-{1 + list(CLIENTS).index('ct')}"
    for word, action in ((secret, "client.log-in"), ("wrong", "client.refuse")):
        form = {"grant_type": "client_credentials", "client_id": "ct", "client_secret": word}
        made.client.post(paths.LOG_IN, data=form)
        last = made.served.selling.store.tables.log[-1]
        assert (last.action, last.subject_id) == (action, "ct")


def test_a_change_that_nobody_tells_is_seen(made, monkeypatch):
    monkeypatch.setattr(decline_quote, "log_change", lambda *_, **__: None)
    missed, _ = walk(made)
    assert {route for _, route, _, _ in missed} == {
        f"{paths.QUOTE}/quote/{{id}}",
        f"{paths.SONATA_QUOTE}/declineQuote",
    }
