"""What has a buyer got, over Sonata's product inventory, version 8?"""

from typing import Any

from fastapi import APIRouter, Response

from karakoram.interfaces.http import paths
from karakoram.interfaces.http.listing import Asked, Document, Id, answer_from_one
from karakoram.interfaces.http.parts import moment, sums
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.sonata_parts import (
    Between,
    Calling,
    changes_among,
    check_between,
    found_list,
    prices,
    product_told,
)
from karakoram.sales.product_log import product_orders
from karakoram.sales.products import Product
from karakoram.usecases.sell.see_sales import Sent, all_seen, one_seen, states_told

_IN_LISTS = frozenset({"id", "href", "status", "productOffering", "productOrderItem", "startDate"})

router = APIRouter(prefix=paths.SONATA_INVENTORY, tags=["Sonata product inventory"])


@router.get("/product", openapi_extra={"x-answer": "SonataProductFounds"})
def list_products(call: Calling, named: Between, part: Asked) -> Response:
    """The products of the buyer."""
    check_between(call, named)
    found = all_seen(Product, viewer=call.viewer, store=call.selling.store, part=part.of_store)
    documents = [document(each, call) for each in found.sent]
    return found_list(documents, part, total=found.total, names=_IN_LISTS)


@router.get("/product/{id}", openapi_extra={"x-answer": "SonataProduct"})
async def read_product(product_id: Id, call: Calling, named: Between) -> Response:
    """One product."""
    check_between(call, named)
    found = one_seen(Product, product_id, viewer=call.viewer, store=call.selling.store)
    return answer_from_one(document(found, call))


def document(sent: Sent[Product], call: Call) -> Document:
    """A product in the words of Sonata; until it is up, its start is the day it was ordered."""
    product = sent.record
    charges = product.plan.charges
    currency = charges[0].amount.currency if charges else "USD"
    passed = states_told(sent.entries)
    told: dict[str, Any] = {
        "id": product.product_id,
        "href": call.href(f"{paths.SONATA_INVENTORY}/product/{product.product_id}"),
        "status": product.state.value,
        "statusChange": changes_among(passed, str, name="status"),
        "startDate": moment(product.active_from or passed[0][0]),
        "lastUpdateDate": moment(passed[-1][0]),
        **product_told(product.product_offering_id, product.configuration),
        "productOrderItem": [
            {"productOrderId": each, "productOrderItemId": "1"}
            for each in product_orders(product, sent.entries)
        ],
        "productPrice": prices(sums(charges, currency=currency, viewer=call.viewer)),
    }
    if product.active_until is not None:
        told["terminationDate"] = moment(product.active_until)
    return told
