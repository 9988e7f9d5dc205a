"""How does an accepted offer become an order with work for each operator?"""

from dataclasses import replace

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import ExternalId, PartyId, ProductId, ProductOrderId, QuoteId
from karakoram.sales.change_log import Deed
from karakoram.sales.order_steps import leg_orders
from karakoram.sales.orders import OrderAction, OrderState, ProductOrder
from karakoram.sales.product_log import (
    ACCEPTED,
    accepted_words,
    order_of_quote,
    product_orders,
)
from karakoram.sales.products import PRODUCT_LIFE, Product, ProductEvent
from karakoram.sales.quotes import QUOTE_LIFE, Quote, QuoteEvent, QuoteOffer, QuoteState
from karakoram.sales.reservations import claimants, is_held
from karakoram.usecases.sell.expire_quotes import give_back_offers, release_expired
from karakoram.usecases.sell.sales_action import (
    Change,
    Request,
    buyer_of,
    done_before,
    known_record,
    log_change,
)
from karakoram.usecases.sell.sales_ports import SalesReader, SalesWriter
from karakoram.usecases.sell.selling import Selling
from karakoram.usecases.sell.write_order import new_product, write_order


def place_order(
    quote_id: QuoteId,
    label: str,
    *,
    buyer_id: PartyId,
    external_id: ExternalId,
    deed: Deed,
    selling: Selling,
) -> ProductOrder:
    """The order for one offer of a firm quote; what the others held is free again.

    Parameters
    ----------
    quote_id
        A firm quote of the buyer that still holds.
    label
        Which of its offers: its label, one of its labels, or its identifier; empty for the first.
    buyer_id, external_id
        Who orders, under which name of its own.
    deed
        Who does it, when and why.
    selling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If there is no such quote.
    RefusedError
        With code ``not-your-quote``, ``quote-not-orderable``, ``quote-expired``,
        ``unknown-offer``, ``product-changed`` or ``external-id-reused``.
    """
    request = Request(
        action="order.place",
        buyer_id=buyer_id,
        external_id=external_id,
        content={"quote": quote_id, "offer": label},
        deed=deed,
    )

    def write(tx: SalesWriter) -> ProductOrder:
        before = done_before(tx, request)
        if before is not None:
            return known_record(tx, ProductOrder, before)
        quote = known_record(tx, Quote, quote_id)
        _check(tx, quote, request)
        offer = _offer(quote, label)
        _check_own(tx, quote, offer)
        release_expired(tx, selling.ids, deed=deed)
        return _place(tx, quote, offer, request=request, selling=selling)

    return selling.store.write(write)


def _check(tx: SalesReader, quote: Quote, request: Request) -> None:
    """The quote is the buyer's, firm, and holds still."""
    if quote.buyer_id != request.buyer_id:
        raise RefusedError(
            f"quote {quote.quote_id} is not one of {request.buyer_id}",
            code="not-your-quote",
            where=quote.quote_id,
            alternatives=("order from a quote of your own",),
        )
    _check_not_ordered(tx, quote)
    is_stale = quote.state is QuoteState.EXPIRED or (
        quote.state is QuoteState.ORDERABLE and quote.valid_until <= request.deed.at
    )
    if is_stale:
        raise RefusedError(
            f"quote {quote.quote_id} held until {quote.valid_until:%Y-%m-%d %H:%M} UTC",
            code="quote-expired",
            where=quote.quote_id,
            alternatives=("ask for a new quote",),
        )
    if quote.state is not QuoteState.ORDERABLE:
        raise RefusedError(
            f"quote {quote.quote_id} is {quote.state.value}; only a firm quote that is "
            f"{QuoteState.ORDERABLE.value} can be ordered",
            code="quote-not-orderable",
            where=quote.quote_id,
            alternatives=("ask for a firm quote",),
        )


def _check_not_ordered(tx: SalesReader, quote: Quote) -> None:
    """A quote becomes one order; it is named, so that nobody looks for it."""
    if quote.state is not QuoteState.ACCEPTED:
        return
    order_id = order_of_quote(tx.log_of(quote.quote_id))
    assert order_id is not None, "what is accepted has become an order, and the log tells which"
    raise RefusedError(
        f"quote {quote.quote_id} is {quote.state.value}: it became order {order_id}",
        code="quote-not-orderable",
        where=order_id,
        alternatives=(f"see how far order {order_id} is", "ask for another quote"),
    )


def _check_own(tx: SalesReader, quote: Quote, offer: QuoteOffer) -> None:
    """What the product was to keep in its change it holds still, and it is what was quoted for."""
    if quote.product_id is None:
        return
    product = known_record(tx, Product, quote.product_id)
    if _is_changed_since(tx, product, quote):
        raise RefusedError(
            f"product {product.product_id} was changed since quote {quote.quote_id} was made, and "
            "what has to be installed for it is another by now",
            code="product-changed",
            where=product.product_id,
            alternatives=("ask for a new quote",),
        )
    holders = (*claimants(product.plan, product.product_id), *claimants(offer.plan, offer.offer_id))
    if not is_held(offer.plan, tx.claims_of(holders)):
        raise RefusedError(
            f"product {product.product_id} no longer holds what quote {quote.quote_id} counted on",
            code="product-changed",
            where=product.product_id,
            alternatives=("ask for a new quote",),
        )


def _is_changed_since(tx: SalesReader, product: Product, quote: Quote) -> bool:
    """Whether another change of the product was begun after the quote, and is complete."""
    order_ids = product_orders(product, tx.log_of(product.product_id))
    return any(
        each.action is OrderAction.MODIFY
        and each.state is OrderState.COMPLETED
        and each.made_at > quote.made_at
        for each in tx.find_some(ProductOrder, order_ids).values()
    )


def _offer(quote: Quote, label: str) -> QuoteOffer:
    if not label:
        return quote.offers[0]
    for offer in quote.offers:
        names = {offer.offer_id.casefold(), offer.label, *(each.value for each in offer.labels)}
        if label.casefold() in names:
            return offer
    labels = tuple(each.value for offer in quote.offers for each in offer.labels)
    raise RefusedError(
        f"quote {quote.quote_id} has no offer {label!r}; it has {'; '.join(labels)}",
        code="unknown-offer",
        where=quote.quote_id,
        alternatives=labels,
    )


def _place(
    tx: SalesWriter, quote: Quote, offer: QuoteOffer, *, request: Request, selling: Selling
) -> ProductOrder:
    ids, deed = selling.ids, request.deed
    is_new = quote.product_id is None
    product_id = quote.product_id or ProductId(ids.new_id())
    assert quote.seller_id is not None, "a quote with offers has a seller"
    order = ProductOrder(
        product_order_id=ProductOrderId(ids.new_id()),
        buyer_id=quote.buyer_id,
        external_id=request.external_id,
        seller_id=quote.seller_id,
        action=OrderAction.ADD if is_new else OrderAction.MODIFY,
        product_id=product_id,
        quote_id=quote.quote_id,
        offer_id=offer.offer_id,
        plan=offer.plan,
        configuration=quote.wish.configuration,
        legs=leg_orders(offer.plan.legs, from_day=deed.at.date(), new_id=ids.new_id),
        state=OrderState.ACKNOWLEDGED,
        made_at=deed.at,
    )
    give_back_offers(tx, (each for each in quote.offers if each != offer))
    # Until a change is complete its units are the order's, so that they can be told from the old.
    _keep(tx, offer, holder_id=product_id if is_new else order.product_order_id)
    accepted = QUOTE_LIFE.next_state(quote.state, QuoteEvent.ACCEPT)
    tx.replace(replace(quote, state=accepted, ordered_offer_id=offer.offer_id))
    of_quote = Change(
        action=ACCEPTED,
        subject_kind="quote",
        subject_id=quote.quote_id,
        state_before=quote.state.value,
        state_after=accepted.value,
        detail=accepted_words(order.product_order_id, offer.label),
    )
    log_change(tx, ids, deed=deed, change=of_quote)
    product = _product(tx, quote, order)
    origin = f"from quote {quote.quote_id}: {offer.label}"
    write_order(tx, order, product, origin=origin, request=request, ids=ids)
    return order


def _product(tx: SalesReader, quote: Quote, order: ProductOrder) -> Product:
    """The product that is ordered, new or to be changed, as it stands from now on."""
    if quote.product_id is None:
        buyer = buyer_of(tx, quote.buyer_id)
        return new_product(order, quote.wish.product_offering_id, buyer=buyer)
    known = known_record(tx, Product, quote.product_id)
    state = PRODUCT_LIFE.next_state(known.state, ProductEvent.CHANGE)
    return replace(known, state=state, product_order_id=order.product_order_id)


def _keep(tx: SalesWriter, offer: QuoteOffer, *, holder_id: str) -> None:
    """Hold what the offer held for a while without end, in the holder's name."""
    tx.keep_claims(tx.claims_of([offer.offer_id]), claimant_id=holder_id)
    for connection in offer.plan.connections:
        tx.keep_claims(tx.claims_of([connection.resource_id]), claimant_id=connection.resource_id)
