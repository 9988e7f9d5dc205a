"""How is a product ordered and an order called off, over Sonata's product order, version 11?"""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Response

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.identifiers import ExternalId, PartyId, QuoteId
from karakoram.interfaces.http import paths
from karakoram.interfaces.http.listing import Asked, Document, Id, answer_from_list, answer_from_one
from karakoram.interfaces.http.parts import merged, midnight, moment
from karakoram.interfaces.http.refusals import references_checked
from karakoram.interfaces.http.sending import external_id_of, keep_sent, sent_words
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.sonata_forms import (
    CancellationForm,
    SonataOrderForm,
    SonataOrderItemForm,
)
from karakoram.interfaces.http.sonata_parts import (
    Between,
    Calling,
    buyer_of,
    changes,
    check_between,
    contacts,
    found_list,
)
from karakoram.interfaces.http.sonata_qualification import keep_item_id
from karakoram.interfaces.http.tmf_order import cancel, cease
from karakoram.sales.configurations import CONFIGURATION_TYPE
from karakoram.sales.orders import OrderState, ProductOrder
from karakoram.sales.quotes import Quote
from karakoram.usecases.sell.place_order import place_order
from karakoram.usecases.sell.see_sales import Sent, all_seen, one_seen, one_to_change

DIALECT = "Sonata order"
_WORDS: Mapping[str, str] = {
    OrderState.HELD.value: "inProgress",
    OrderState.PARTIAL.value: "inProgress",
}
"""Orders of Sonata are held for charges alone, and partial is an end there: some item failed."""
_ITEM_WORDS: Mapping[str, str] = {OrderState.PARTIAL.value: "inProgress"}
_IN_LISTS = frozenset({"id", "state", "orderDate", "externalId", "projectId", "completionDate"})

router = APIRouter(prefix=paths.SONATA_ORDER, tags=["Sonata product order"])


@router.post("/productOrder", status_code=201, openapi_extra={"x-answer": "SonataOrder"})
def order_product(form: SonataOrderForm, call: Calling, named: Between) -> Response:
    """Order what a firm quote offers, or the end of a product."""
    item = form.productOrderItem[0]
    buyer_id = buyer_of(call, named)
    external_id = external_id_of(call, form.externalId)
    with references_checked():
        if item.action == "delete":
            order = cease(call, item.product.id, buyer_id=buyer_id, external_id=external_id)
        else:
            order = _place(call, item, buyer_id=buyer_id, external_id=external_id)
    record_id = order.product_order_id
    sent = keep_sent(call, form, dialect=DIALECT, record_id=record_id, buyer_id=buyer_id)
    return answer_from_one(document(Sent(record=order, submission=sent), call), status=201)


@router.get("/productOrder", openapi_extra={"x-answer": "SonataOrderFounds"})
def list_orders(call: Calling, named: Between, part: Asked) -> Response:
    """The orders of the buyer."""
    check_between(call, named)
    found = all_seen(ProductOrder, viewer=call.viewer, store=call.selling.store, part=part.of_store)
    documents = [document(each, call) for each in found.sent]
    return found_list(documents, part, total=found.total, names=_IN_LISTS)


@router.get("/productOrder/{id}", openapi_extra={"x-answer": "SonataOrder"})
async def read_order(order_id: Id, call: Calling, named: Between) -> Response:
    """One order."""
    check_between(call, named)
    found = one_seen(ProductOrder, order_id, viewer=call.viewer, store=call.selling.store)
    return answer_from_one(document(found, call))


@router.post(
    "/cancelProductOrder", status_code=201, openapi_extra={"x-answer": "SonataCancellation"}
)
def ask_to_cancel(form: CancellationForm, call: Calling, named: Between) -> Response:
    """Call an order off, as a task of its own, which bears the order's identifier."""
    check_between(call, named)
    order_id = form.productOrder.productOrderId
    with references_checked():
        one_to_change(ProductOrder, order_id, viewer=call.viewer, store=call.selling.store)
        after = cancel(call, order_id, why=form.cancellationReason)
    told = {**cancellation(after, call)}
    del told["relatedContactInformation"]
    sent = form.model_dump(mode="json", exclude_unset=True)
    return answer_from_one(merged(sent, told), status=201)


@router.get("/cancelProductOrder", openapi_extra={"x-answer": "SonataCancellations"})
def list_cancellations(call: Calling, named: Between, part: Asked) -> Response:
    """The orders that were called off, as tasks."""
    check_between(call, named)
    found = all_seen(
        ProductOrder,
        viewer=call.viewer,
        store=call.selling.store,
        states=(OrderState.CANCELLED.value,),
        part=part.of_store,
    )
    tasks = [cancellation(each.record, call) for each in found.sent]
    return answer_from_list(tasks, part, total=found.total, partial=200)


@router.get("/cancelProductOrder/{id}", openapi_extra={"x-answer": "SonataCancellation"})
async def read_cancellation(order_id: Id, call: Calling, named: Between) -> Response:
    """One order that was called off, as a task."""
    check_between(call, named)
    found = one_seen(ProductOrder, order_id, viewer=call.viewer, store=call.selling.store)
    if found.record.state is not OrderState.CANCELLED:
        raise NotFoundError(f"order {order_id!r} was not called off.")
    return answer_from_one(cancellation(found.record, call))


def _place(
    call: Call, item: SonataOrderItemForm, *, buyer_id: PartyId, external_id: ExternalId
) -> ProductOrder:
    if item.quoteItem is None:
        raise RefusedError("an order names an item of a quote", code="no-quote-named")
    quote_id = item.quoteItem.quoteId
    quote = one_to_change(Quote, quote_id, viewer=call.viewer, store=call.selling.store).record
    right = "add" if quote.product_id is None else "modify"
    if item.action != right:
        raise RefusedError(f"quote {quote_id} is to {right} a product", code="other-action")
    if quote.product_id is not None and item.product.id not in {None, quote.product_id}:
        raise RefusedError(
            f"quote {quote_id} changes product {quote.product_id}, not {item.product.id}",
            code="other-product",
            where=str(item.product.id),
            alternatives=(f"name {quote.product_id}",),
        )
    return place_order(
        QuoteId(quote_id),
        "",
        buyer_id=buyer_id,
        external_id=external_id,
        deed=call.deed(),
        selling=call.selling,
    )


def document(sent: Sent[ProductOrder], call: Call) -> Document:
    """An order in the words of Sonata, with what was sent for it."""
    order = sent.record
    order_id = order.product_order_id
    due = max((each.due_on for each in order.legs), default=order.made_at.date())
    due_at = midnight(due)
    item: dict[str, Any] = {
        "id": "1",
        "action": order.action.value,
        "product": {
            "id": order.product_id,
            "productConfiguration": {"@type": CONFIGURATION_TYPE, **order.configuration.by_name},
        },
        "state": _item_word(order.state.value),
        "stateChange": changes(call, order_id, words=_item_word),
        "requestedCompletionDate": due_at,
        "expectedCompletionDate": due_at,
    }
    body: dict[str, Any] = {
        "id": order_id,
        "href": call.href(f"{paths.SONATA_ORDER}/productOrder/{order_id}"),
        "externalId": order.external_id,
        "orderDate": moment(order.made_at),
        "state": _word(order.state.value),
        "stateChange": changes(call, order_id, words=_word),
        "productOrderItem": [item],
    }
    words = sent_words(sent.submission, DIALECT)
    if call.viewer.operator_id is not None or not words:
        if order.quote_id is not None:
            item["quoteItem"] = {"id": "1", "quoteId": order.quote_id}
        return {**body, "relatedContactInformation": contacts(order.buyer_id)}
    del item["requestedCompletionDate"]
    return keep_item_id(words, merged(words, body), "productOrderItem")


def cancellation(order: ProductOrder, call: Call) -> Document:
    """The task by which an order was called off."""
    order_id = order.product_order_id
    return {
        "id": order_id,
        "href": call.href(f"{paths.SONATA_ORDER}/cancelProductOrder/{order_id}"),
        "state": "done",
        "productOrder": {
            "productOrderId": order_id,
            "productOrderHref": call.href(f"{paths.SONATA_ORDER}/productOrder/{order_id}"),
        },
        "relatedContactInformation": contacts(order.buyer_id),
    }


def _word(state: str) -> str:
    return _WORDS.get(state, state)


def _item_word(state: str) -> str:
    return _ITEM_WORDS.get(state, state)
