"""Each interface stands under the path of its specification, and lists are cut as they ask."""

import json
from dataclasses import replace

import pytest
from starlette.requests import Request

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.interfaces.http import (
    tmf_bill,
    tmf_catalogue,
    tmf_order,
    tmf_parts,
    tmf_product,
    tmf_quote,
    tmf_resource,
    tmf_service,
    tmf_service_order,
)
from karakoram.interfaces.http.listing import NO_STATE, Part, answer_from_list, own_words
from karakoram.interfaces.http.refusals import references_checked
from karakoram.interfaces.http.sending import sent_words
from karakoram.interfaces.http.served import Call, served_by
from karakoram.sales.api_clients import ApiClient, ClientState
from karakoram.sales.submissions import Submission
from tests.support.http_calls import BASE, platform

PUBLISHED = {
    tmf_bill: "/tmf-api/customerBillManagement/v4",
    tmf_catalogue: "/tmf-api/productCatalogManagement/v4",
    tmf_order: "/tmf-api/productOrderingManagement/v4",
    tmf_product: "/tmf-api/productInventory/v4",
    tmf_quote: "/tmf-api/quoteManagement/v4",
    tmf_resource: "/tmf-api/resourceInventoryManagement/v4",
    tmf_service: "/tmf-api/serviceInventory/v4",
    tmf_service_order: "/tmf-api/serviceOrdering/v4",
}
"""``basePath`` of each specification, without a slash at its end."""
DOCUMENTS = [
    {"id": "1", "href": "/1", "state": "held", "item": [{"ref": {"id": "a"}}], "at": "2026-01"},
    {
        "id": "2",
        "href": "/2",
        "state": "done",
        "item": [{"ref": {"id": "b"}}],
        "at": "2026-02",
        "size": 10,
    },
    {"id": "3", "href": "/3", "is_bundle": False, "item": [], "at": None},
]


@pytest.mark.parametrize("facade", PUBLISHED)
def test_an_interface_stands_under_the_path_of_its_specification(facade):
    assert facade.router.prefix == PUBLISHED[facade]
    assert all(route.path.startswith(f"{PUBLISHED[facade]}/") for route in facade.router.routes)


def told(*filters, offset=0, limit=9, fields=()):
    part = Part(offset=offset, limit=limit, fields=frozenset(fields), filters=filters)
    answer = answer_from_list(DOCUMENTS[part.window], part, total=len(DOCUMENTS))
    return answer, [each["id"] for each in json.loads(answer.body)]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ((("state", "held"),), ["1"]),
        ((("state", "held,done"),), ["1", "2"]),
        ((("item.ref.id", "b"),), ["2"]),
        ((("is_bundle", "false"),), ["3"]),
        ((("at.gt", "2026-01"),), ["2"]),
        ((("at.lt", "2026-02"),), ["1"]),
        ((("at.gte", "2026-02"),), ["2"]),
        ((("at.lte", "2026-01"),), ["1"]),
        ((("item.ref.id.eq", "a"),), ["1"]),
        ((("size.gt", "9"),), ["2"]),
        ((("state", "held"), ("item.ref.id", "b")), []),
        ((("none.at.all", "x"),), []),
        ((("item", "x"),), []),
    ],
)
def test_filters_find_what_has_the_attribute(filters, ids):
    assert told(*filters)[1] == ids


def test_a_part_says_of_how_much_it_is_one():
    answer, ids = told(offset=1, limit=1)
    assert (ids, answer.status_code, answer.headers["X-Total-Count"]) == (["2"], 206, "3")
    answer, ids = told(("state", "held,done"), offset=1, limit=1)
    assert (ids, answer.headers["X-Total-Count"], answer.headers["X-Result-Count"]) == (
        ["2"],
        "2",
        "1",
    )
    answer, _ = told(fields=["state", "at"])
    assert json.loads(answer.body)[0] == {"id": "1", "href": "/1", "state": "held", "at": "2026-01"}


def test_a_part_asks_a_store_for_itself_and_for_all_where_filters_must_see_it():
    plain = Part(offset=2, limit=3, fields=frozenset(), filters=())
    filtered = Part(offset=2, limit=3, fields=frozenset(), filters=(("a", "b"),))
    assert (plain.of_store, filtered.of_store) == ((2, 3), None)


def test_a_filter_of_states_is_the_store_s_to_answer():
    words = {ClientState.ACTIVE: "on", ClientState.REVOKED: "off"}
    part = Part(offset=2, limit=3, fields=frozenset(), filters=(("state", "on"), ("a", "b")))
    rest, states = part.in_states(words)
    assert (rest.filters, rest.of_store, states) == ((("a", "b"),), None, ("active",))
    plain = replace(part, filters=(("state", "on,off"),))
    assert plain.in_states(words) == (replace(part, filters=()), ("active", "revoked"))
    assert plain.in_states(words)[0].of_store == (2, 3)
    assert replace(part, filters=()).in_states(words)[1] == ()
    both = replace(part, filters=(("state", "on"), ("state", "off")))
    assert both.in_states(words)[1] == (NO_STATE,)
    assert plain.in_states(own_words(ClientState))[1] == (NO_STATE,)


def test_what_was_sent_in_other_words_is_not_told():
    sent = Submission(submission_id="q", buyer_id="CT", dialect="TMF648", body='{"note": "x"}')
    assert sent_words(sent, "TMF648") == {"note": "x"}
    assert sent_words(sent, "Sonata quote") == {}
    assert sent_words(None, "TMF648") == {}


def test_a_reference_that_leads_nowhere_is_no_wrong_address():
    with pytest.raises(RefusedError, match="no quote") as refused, references_checked():
        raise NotFoundError("there is no quote.")
    assert refused.value.code == "unknown-reference"


def test_a_call_knows_who_calls_and_addresses():
    made = platform()
    request = Request({"type": "http", "app": made.client.app, "headers": []})
    served = served_by(request)
    assert served is made.served
    client = served.selling.store.read(lambda tx: tx.find(ApiClient, "op1-noc"))
    call = Call(served=served, client=client, request=request)
    assert call.viewer.operator_id == "OP1"
    assert call.deed("why").who == "op1-noc"
    assert call.href("/x") == f"{BASE}/x"
    assert tmf_parts.offering(call, "GONE") == {
        "id": "GONE",
        "href": f"{BASE}/tmf-api/productCatalogManagement/v4/productOffering/GONE",
    }
