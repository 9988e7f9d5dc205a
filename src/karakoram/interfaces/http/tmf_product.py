"""What has been sold, over TM Forum 637, version 4?

Products come and go by orders alone, so nothing is made or removed here.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from karakoram.core.identifiers import ProductId
from karakoram.interfaces.http import paths
from karakoram.interfaces.http.allowed import allowed
from karakoram.interfaces.http.documents import list_answer, teller
from karakoram.interfaces.http.listing import (
    Asked,
    Document,
    Fields,
    Id,
    answer_from_one,
    answer_from_told_one,
)
from karakoram.interfaces.http.parts import measures, moment, sums, values
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.tmf_forms import ProductChange
from karakoram.interfaces.http.tmf_parts import READERS, buyer, offering, operator, prices
from karakoram.sales.api_clients import ClientRole
from karakoram.sales.product_log import product_orders
from karakoram.sales.products import Product, ProductState
from karakoram.sales.viewing import may_see_buyer
from karakoram.usecases.sell.end_product import resume_product, suspend_product
from karakoram.usecases.sell.see_sales import Sent, one_seen, one_to_change
from karakoram.usecases.sell.tell_sales import Teller, one_told

DIALECT = "TMF637"
_STATES: Mapping[ProductState, str] = {ProductState.PENDING_CHANGE: "active"}
"""TM Forum has no word for a product that works and is being changed."""

router = APIRouter(prefix=paths.PRODUCT, tags=["TMF637 product inventory"])
Reading = Annotated[Call, Depends(allowed(*READERS, ClientRole.NOC))]
Selling = Annotated[Call, Depends(allowed(ClientRole.SELLER_DESK))]


@router.get("/product", openapi_extra={"x-answer": "Products"})
async def list_products(call: Reading, part: Asked) -> Response:
    """The products that the client may see, oldest first."""
    words = {state: _word(state) for state in ProductState}
    rest, states = part.in_states(words, name="status")
    return await list_answer(_teller(call), rest, store=call.selling.store, states=states)


@router.get("/product/{id}", openapi_extra={"x-answer": "Product"})
async def read_product(product_id: Id, call: Reading, fields: Fields = None) -> Response:
    """One product."""
    told = one_told(_teller(call), product_id, store=call.selling.store)
    return answer_from_told_one(told, fields=fields)


@router.patch("/product/{id}", openapi_extra={"x-answer": "Product"})
def change_product(product_id: Id, change: ProductChange, call: Selling) -> Response:
    """Let a product rest, or come back; only who sells it may."""
    one_to_change(Product, product_id, viewer=call.viewer, store=call.selling.store)
    act = suspend_product if change.status == "suspended" else resume_product
    act(
        ProductId(product_id),
        deed=call.deed(change.status),
        store=call.selling.store,
        ids=call.selling.ids,
    )
    after = one_seen(Product, product_id, viewer=call.viewer, store=call.selling.store)
    return answer_from_one(document(after, call))


def _word(state: ProductState) -> str:
    return _STATES.get(state, state.value)


def _teller(call: Call) -> Teller[Product, bytes]:
    return teller(call, Product, document, dialect=DIALECT)


def document(sent: Sent[Product], call: Call) -> Document:
    """A product in the words of TM Forum."""
    product = sent.record
    charges = product.plan.charges
    currency = charges[0].amount.currency if charges else "USD"
    told = sums(charges, currency=currency, viewer=call.viewer)
    document: dict[str, Any] = {
        "id": product.product_id,
        "href": call.href(f"{paths.PRODUCT}/product/{product.product_id}"),
        "@type": "Product",
        "name": offering(call, product.product_offering_id).get("name", ""),
        "status": _word(product.state),
        "productOffering": offering(call, product.product_offering_id),
        "productCharacteristic": [
            *values(product.configuration),
            *measures(product.plan.measures),
        ],
        "productPrice": prices(told),
        "productOrderItem": [
            {
                "productOrderId": order_id,
                "productOrderHref": call.href(f"{paths.PRODUCT_ORDER}/productOrder/{order_id}"),
                "orderItemId": "1",
                "@referredType": "ProductOrder",
            }
            for order_id in product_orders(product, sent.entries)
        ],
        "relatedParty": [operator(product.seller_id, role="seller")],
    }
    if product.active_from is not None:
        document["startDate"] = moment(product.active_from)
    if product.active_until is not None:
        document["terminationDate"] = moment(product.active_until)
    if may_see_buyer(product, call.viewer):
        document["relatedParty"].insert(0, buyer(product.buyer_id))
    return document
