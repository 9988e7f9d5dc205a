"""How does a product end, rest, or come back?"""

from dataclasses import replace

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import ExternalId, PartyId, ProductId, ProductOrderId
from karakoram.sales.change_log import Deed
from karakoram.sales.order_steps import cease_legs, leg_orders
from karakoram.sales.orders import OrderAction, OrderState, ProductOrder
from karakoram.sales.product_log import CEASED, order_words
from karakoram.sales.products import PRODUCT_LIFE, Product, ProductEvent
from karakoram.usecases.sell.sales_action import (
    Change,
    Request,
    done_before,
    is_repeated,
    known_record,
    log_change,
    named_request,
    remember,
)
from karakoram.usecases.sell.sales_ports import IdSource, SalesReader, SalesStore, SalesWriter


def cease_product(
    product_id: ProductId,
    *,
    buyer_id: PartyId,
    external_id: ExternalId,
    deed: Deed,
    store: SalesStore,
    ids: IdSource,
) -> ProductOrder:
    """The order by which each operator takes its part down; then everything is given back.

    Raises
    ------
    NotFoundError
        If there is no such product.
    RefusedError
        With code ``not-your-product`` or ``something-rides-here``.
    IllegalTransitionError
        If the product is not active or suspended.
    """
    request = Request(
        action=CEASED,
        buyer_id=buyer_id,
        external_id=external_id,
        content={"product": product_id},
        deed=deed,
    )

    def write(tx: SalesWriter) -> ProductOrder:
        before = done_before(tx, request)
        if before is not None:
            return known_record(tx, ProductOrder, before)
        product = known_record(tx, Product, product_id)
        _check_owner(product, buyer_id)
        state = PRODUCT_LIFE.next_state(product.state, ProductEvent.CEASE)
        _check_nothing_rides(tx, product)
        order = ProductOrder(
            product_order_id=ProductOrderId(ids.new_id()),
            buyer_id=buyer_id,
            external_id=external_id,
            seller_id=product.seller_id,
            action=OrderAction.DELETE,
            product_id=product_id,
            configuration=product.configuration,
            legs=leg_orders(cease_legs(product.plan), from_day=deed.at.date(), new_id=ids.new_id),
            state=OrderState.ACKNOWLEDGED,
            made_at=deed.at,
        )
        tx.add(order)
        tx.replace(replace(product, state=state, product_order_id=order.product_order_id))
        remember(tx, request, order.product_order_id)
        of_product = Change(
            action=request.action,
            subject_kind="product",
            subject_id=product_id,
            state_before=product.state.value,
            state_after=state.value,
            detail=order_words(order.product_order_id),
        )
        of_order = Change(
            action="order.place",
            subject_kind="order",
            subject_id=order.product_order_id,
            state_after=order.state.value,
            detail=f"{order.action.value} {product_id}",
        )
        for change in (of_product, of_order):
            log_change(tx, ids, deed=deed, change=change)
        return order

    return store.write(write)


def suspend_product(
    product_id: ProductId,
    *,
    deed: Deed,
    store: SalesStore,
    ids: IdSource,
    external_id: ExternalId | None = None,
) -> Product:
    """The product, barred but not given back.

    A request that the buyer has given a name is carried out once, however often it is asked.

    Raises
    ------
    RefusedError
        With code ``external-id-reused``.
    NotFoundError, IllegalTransitionError
        If there is no such product, or it is not active.
    """
    event = ProductEvent.SUSPEND
    return _move_product(product_id, event, deed=deed, store=store, ids=ids, named=external_id)


def resume_product(
    product_id: ProductId,
    *,
    deed: Deed,
    store: SalesStore,
    ids: IdSource,
    external_id: ExternalId | None = None,
) -> Product:
    """The product, active again.

    A request that the buyer has given a name is carried out once, however often it is asked.

    Raises
    ------
    RefusedError
        With code ``external-id-reused``.
    NotFoundError, IllegalTransitionError
        If there is no such product, or it is not suspended.
    """
    event = ProductEvent.RESUME
    return _move_product(product_id, event, deed=deed, store=store, ids=ids, named=external_id)


def _move_product(
    product_id: ProductId,
    event: ProductEvent,
    *,
    deed: Deed,
    store: SalesStore,
    ids: IdSource,
    named: ExternalId | None,
) -> Product:
    def write(tx: SalesWriter) -> Product:
        product = known_record(tx, Product, product_id)
        request = named_request(
            f"product.{event.value}",
            buyer_id=product.buyer_id,
            external_id=named,
            subject_id=product_id,
            deed=deed,
        )
        if is_repeated(tx, request):
            return product
        after = replace(
            product,
            state=PRODUCT_LIFE.next_state(product.state, event),
            suspended_from=deed.at if event is ProductEvent.SUSPEND else None,
        )
        stored = tx.replace(after)
        change = Change(
            action=f"product.{event.value}",
            subject_kind="product",
            subject_id=product_id,
            state_before=product.state.value,
            state_after=after.state.value,
        )
        log_change(tx, ids, deed=deed, change=change)
        remember(tx, request, product_id)
        return stored

    return store.write(write)


def _check_owner(product: Product, buyer_id: PartyId) -> None:
    if product.buyer_id != buyer_id:
        raise RefusedError(
            f"product {product.product_id} is not one of {buyer_id}",
            code="not-your-product",
            where=product.product_id,
            alternatives=("cease a product of your own",),
        )


def _check_nothing_rides(tx: SalesReader, product: Product) -> None:
    """Nobody else rides on the connections that would go."""
    made = [each.resource_id for each in product.plan.connections]
    others = {
        claim.claimant_id
        for claim in tx.claims_on(made)
        if claim.claimant_id not in {product.product_id, *made}
    }
    if others:
        raise RefusedError(
            f"{len(others)} others ride on what product {product.product_id} made: "
            f"{', '.join(sorted(others)[:3])}",
            code="something-rides-here",
            where=product.product_id,
            alternatives=("move or cease them first",),
        )
