"""How is an offer ordered, and an order called off, over TM Forum 622, version 4?"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.identifiers import ExternalId, PartyId, ProductId, ProductOrderId, QuoteId
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
    own_words,
)
from karakoram.interfaces.http.parts import ended_texts, merged, midnight, moment, values
from karakoram.interfaces.http.refusals import references_checked
from karakoram.interfaces.http.sending import buyer_among, external_id_of, keep_sent, sent_words
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.tmf_forms import CancelForm, OrderChange, OrderForm, OrderItemForm
from karakoram.interfaces.http.tmf_parts import BUYERS, OF_BUYERS, READERS, buyer, notes
from karakoram.sales.orders import OrderAction, OrderState, ProductOrder
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote
from karakoram.sales.viewing import may_see_buyer
from karakoram.usecases.sell.advance_leg import cancel_order
from karakoram.usecases.sell.end_product import cease_product
from karakoram.usecases.sell.place_order import place_order
from karakoram.usecases.sell.see_sales import Sent, one_seen, one_to_change
from karakoram.usecases.sell.tell_sales import Teller, one_told

DIALECT = "TMF622"
_TASKS = "TMF622 cancellation"
_ITEM_STATES: Mapping[OrderState, str] = {OrderState.PARTIAL: "inProgress"}
"""Items have no word for an order of which some legs are complete."""

router = APIRouter(prefix=paths.PRODUCT_ORDER, tags=["TMF622 product order"])
Reading = Annotated[Call, Depends(allowed(*READERS))]
Buying = Annotated[Call, Depends(allowed(*BUYERS))]


@router.post("/productOrder", status_code=201, openapi_extra={"x-answer": "ProductOrder"})
def order_product(form: OrderForm, call: Buying) -> Response:
    """Order an offer of a firm quote, or the end of a product."""
    item = form.productOrderItem[0]
    buyer_id = buyer_among(call, form.relatedParty)
    external_id = external_id_of(call, form.externalId)
    with references_checked():
        if item.action == "delete":
            order = cease(call, item.product.id, buyer_id=buyer_id, external_id=external_id)
        else:
            order = _place(call, item, buyer_id=buyer_id, external_id=external_id)
    record_id = order.product_order_id
    sent = keep_sent(call, form, dialect=DIALECT, record_id=record_id, buyer_id=buyer_id)
    return answer_from_one(document(Sent(record=order, submission=sent), call), status=201)


@router.get("/productOrder", openapi_extra={"x-answer": "ProductOrders"})
async def list_orders(call: Reading, part: Asked) -> Response:
    """The orders that the client may see, oldest first."""
    rest, states = part.in_states(own_words(OrderState))
    return await list_answer(_teller(call), rest, store=call.selling.store, states=states)


@router.get("/productOrder/{id}", openapi_extra={"x-answer": "ProductOrder"})
async def read_order(order_id: Id, call: Reading, fields: Fields = None) -> Response:
    """One order."""
    told = one_told(_teller(call), order_id, store=call.selling.store)
    return answer_from_told_one(told, fields=fields)


@router.patch("/productOrder/{id}", openapi_extra={"x-answer": "ProductOrder"})
def change_order(order_id: Id, change: OrderChange, call: Buying) -> Response:
    """Call the order off: every leg is cancelled, everything given back."""
    found = one_to_change(ProductOrder, order_id, viewer=call.viewer, store=call.selling.store)
    after = cancel(call, order_id, why=change.state)
    return answer_from_one(document(Sent(record=after, submission=found.submission), call))


@router.post(
    "/cancelProductOrder", status_code=201, openapi_extra={"x-answer": "CancelProductOrder"}
)
def ask_to_cancel(form: CancelForm, call: Buying) -> Response:
    """Call an order off, as a task of its own, which bears the order's identifier."""
    with references_checked():
        one_to_change(
            ProductOrder, form.productOrder.id, viewer=call.viewer, store=call.selling.store
        )
        after = cancel(call, form.productOrder.id, why=form.cancellationReason)
    told = cancellation(after, call)
    sent = form.model_dump(mode="json", exclude_unset=True)
    return answer_from_one(merged(sent, told), status=201)


@router.get("/cancelProductOrder", openapi_extra={"x-answer": "CancelProductOrders"})
async def list_cancellations(call: Reading, part: Asked) -> Response:
    """The orders that were called off, as tasks."""
    called_off = (OrderState.CANCELLED.value,)
    tasks = teller(
        call, ProductOrder, lambda sent, call: cancellation(sent.record, call), dialect=_TASKS
    )
    return await list_answer(tasks, part, store=call.selling.store, states=called_off)


@router.get("/cancelProductOrder/{id}", openapi_extra={"x-answer": "CancelProductOrder"})
async def read_cancellation(order_id: Id, call: Reading, fields: Fields = None) -> Response:
    """One order that was called off, as a task."""
    found = one_seen(ProductOrder, order_id, viewer=call.viewer, store=call.selling.store)
    if found.record.state is not OrderState.CANCELLED:
        raise NotFoundError(f"order {order_id!r} was not called off.")
    return answer_from_one(cancellation(found.record, call), fields=fields)


def cancel(call: Call, order_id: str, *, why: str) -> ProductOrder:
    """Call the order off."""
    return cancel_order(
        ProductOrderId(order_id),
        deed=call.deed(why),
        store=call.selling.store,
        ids=call.selling.ids,
    )


def cease(
    call: Call, product_id: str | None, *, buyer_id: PartyId, external_id: ExternalId
) -> ProductOrder:
    """Order the end of a product that the client may see."""
    if product_id is None:
        raise RefusedError("it is not said which product ends", code="no-product-named")
    one_to_change(Product, product_id, viewer=call.viewer, store=call.selling.store)
    return cease_product(
        ProductId(product_id),
        buyer_id=buyer_id,
        external_id=external_id,
        deed=call.deed(),
        store=call.selling.store,
        ids=call.selling.ids,
    )


def _place(
    call: Call, item: OrderItemForm, *, buyer_id: PartyId, external_id: ExternalId
) -> ProductOrder:
    if item.quoteItem is None:
        raise RefusedError(
            "an order names an offer of a quote",
            code="no-quote-named",
            alternatives=("name quoteItem.quoteId and, in quoteItem.id, its offer",),
        )
    quote_id = item.quoteItem.quoteId
    quote = one_to_change(Quote, quote_id, viewer=call.viewer, store=call.selling.store).record
    right = "add" if quote.product_id is None else "modify"
    if item.action != right:
        raise RefusedError(f"quote {quote_id} is to {right} a product", code="other-action")
    return place_order(
        QuoteId(quote_id),
        item.quoteItem.id,
        buyer_id=buyer_id,
        external_id=external_id,
        deed=call.deed(),
        selling=call.selling,
    )


def _teller(call: Call) -> Teller[ProductOrder, bytes]:
    return teller(call, ProductOrder, document, dialect=DIALECT)


def document(sent: Sent[ProductOrder], call: Call) -> Document:
    """An order in the words of TM Forum, with what was sent for it."""
    order = sent.record
    item: dict[str, Any] = {
        "id": "1",
        "action": order.action.value,
        "state": _ITEM_STATES.get(order.state, order.state.value),
        "product": {
            "id": order.product_id,
            "href": call.href(f"{paths.PRODUCT}/product/{order.product_id}"),
            "productCharacteristic": values(order.configuration),
        },
    }
    told: dict[str, Any] = {
        "id": order.product_order_id,
        "href": call.href(f"{paths.PRODUCT_ORDER}/productOrder/{order.product_order_id}"),
        "@type": "ProductOrder",
        "externalId": order.external_id,
        "orderDate": moment(order.made_at),
        "state": order.state.value,
        "relatedParty": [buyer(order.buyer_id)],
        "productOrderItem": [item],
        "note": notes(ended_texts(order.reasons, viewer=call.viewer)),
    }
    if order.legs:
        due = max(each.due_on for each in order.legs)
        told["expectedCompletionDate"] = midnight(due)
    if order.action is not OrderAction.DELETE and order.quote_id is not None:
        item["quoteItem"] = {"id": order.offer_id, "quoteId": order.quote_id}
        told["quote"] = [
            {"id": order.quote_id, "href": call.href(f"{paths.QUOTE}/quote/{order.quote_id}")}
        ]
    if not may_see_buyer(order, call.viewer):
        return {name: value for name, value in told.items() if name not in OF_BUYERS}
    if call.viewer.operator_id is not None:
        return told
    words = sent_words(sent.submission, DIALECT)
    said = words.get("note")
    both = {"note": [*said, *told["note"]]} if isinstance(said, list) else {}
    merged_document: Document = {**merged(words, told), **both}
    return merged_document


def cancellation(order: ProductOrder, call: Call) -> Document:
    """The task by which an order was called off."""
    order_id = order.product_order_id
    return {
        "id": order_id,
        "href": call.href(f"{paths.PRODUCT_ORDER}/cancelProductOrder/{order_id}"),
        "@type": "CancelProductOrder",
        "state": "done",
        "productOrder": {
            "id": order_id,
            "href": call.href(f"{paths.PRODUCT_ORDER}/productOrder/{order_id}"),
        },
    }
