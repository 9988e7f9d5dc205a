"""What follows when an operator says how its part of an order stands?"""

from collections.abc import Callable
from dataclasses import replace

from karakoram.core.errors import IllegalTransitionError, RefusedError
from karakoram.core.identifiers import ExternalId, OperatorId, ProductOrderId
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.change_log import Deed
from karakoram.sales.inventory.resources import RESOURCE_LIFE, ResourceEvent, ResourceStatus
from karakoram.sales.order_steps import (
    after_leg_event,
    leg_named,
    overdue,
    rolled_back,
    with_jeopardy,
)
from karakoram.sales.orders import (
    LEG_LIFE,
    OPEN_ORDER_STATES,
    TOLD_BY_OPERATORS,
    LegEvent,
    LegOrder,
    LegState,
    OrderAction,
    OrderState,
    ProductOrder,
)
from karakoram.sales.plans import Refusal
from karakoram.sales.products import PRODUCT_LIFE, Product, ProductEvent
from karakoram.sales.quotes import Quote
from karakoram.sales.reservations import Holder, claimants, claims_of_plan
from karakoram.usecases.sell.expire_quotes import give_back
from karakoram.usecases.sell.sales_action import (
    Change,
    is_repeated,
    known_record,
    log_change,
    named_request,
    remember,
)
from karakoram.usecases.sell.sales_ports import IdSource, SalesReader, SalesStore, SalesWriter

_CANCELLED = "order.cancel"


def advance_leg(
    order_id: ProductOrderId,
    leg: str,
    event: LegEvent,
    *,
    deed: Deed,
    store: SalesStore,
    ids: IdSource,
) -> ProductOrder:
    """The order after an operator started, held, resumed, completed, refused or failed its leg.

    When every leg is complete the product becomes active, is changed, or ends; when one is refused
    or fails, everything is rolled back: complete legs are cancelled, and what was claimed is free.

    Raises
    ------
    NotFoundError
        If there is no such order or leg.
    IllegalTransitionError
        If it cannot happen to the leg now, or is not for an operator to say; names what can.
    """

    def write(tx: SalesWriter) -> ProductOrder:
        order = known_record(tx, ProductOrder, order_id)
        found = leg_named(order, leg)
        _check_told(order, found, event)
        return _tell_leg(tx, order, (found, event), deed=deed, ids=ids)

    return store.write(write)


def advance_legs(
    order_id: ProductOrderId,
    event: LegEvent,
    *,
    operator_id: OperatorId | None,
    deed: Deed,
    store: SalesStore,
    ids: IdSource,
) -> ProductOrder:
    """The order after the event happened to each leg that it can happen to now, all in one step.

    Legs that are released by it are left as they are: they can be told of next.

    Parameters
    ----------
    order_id, event
        Which order, and what happened.
    operator_id
        Whose legs; ``None`` for everybody's.
    deed
        Who does it, when and why.
    store, ids
        Where it is written, and under which new identifiers.

    Raises
    ------
    NotFoundError
        If there is no such order.
    RefusedError
        With code ``no-leg-for-event`` where it can happen to none of the legs.
    IllegalTransitionError
        If it is not for an operator to say.
    """

    def write(tx: SalesWriter) -> ProductOrder:
        order = known_record(tx, ProductOrder, order_id)
        own = [leg for leg in order.legs if operator_id in {None, leg.leg.operator_id}]
        able = [leg for leg in own if event in LEG_LIFE.transitions[leg.state]]
        if not able:
            raise RefusedError(
                f"no leg of order {order_id} can {event.value} now",
                code="no-leg-for-event",
                where=order_id,
                alternatives=tuple(f"{leg.leg.name} is {leg.state.value}" for leg in own),
            )
        for leg in able:
            _check_told(order, leg, event)
            order = _tell_leg(
                tx, order, (leg_named(order, leg.leg.name), event), deed=deed, ids=ids
            )
            if order.state not in OPEN_ORDER_STATES:
                break
        return order

    return store.write(write)


def complete_order(
    tx: SalesWriter, order: ProductOrder, *, deed: Deed, ids: IdSource
) -> ProductOrder:
    """The order with every leg started and completed, inside another action.

    For what a manager of cross-connects has set already; each step stands in the log.
    """
    while order.state in OPEN_ORDER_STATES:
        name = next(leg.leg.name for leg in order.legs if leg.state is LegState.ACKNOWLEDGED)
        for event in (LegEvent.START, LegEvent.COMPLETE):
            order = _tell_leg(tx, order, (leg_named(order, name), event), deed=deed, ids=ids)
    return order


def cancel_order(
    order_id: ProductOrderId,
    *,
    deed: Deed,
    store: SalesStore,
    ids: IdSource,
    external_id: ExternalId | None = None,
) -> ProductOrder:
    """The order, called off: every leg cancelled, everything given back.

    A request that the buyer has given a name is carried out once, however often it is asked.

    Raises
    ------
    RefusedError
        With code ``external-id-reused``.
    NotFoundError
        If there is no such order.
    IllegalTransitionError
        If the order has ended already.
    """

    def write(tx: SalesWriter) -> ProductOrder:
        order = known_record(tx, ProductOrder, order_id)
        request = named_request(
            _CANCELLED,
            buyer_id=order.buyer_id,
            external_id=external_id,
            subject_id=order_id,
            deed=deed,
        )
        if is_repeated(tx, request):
            return order
        remember(tx, request, order_id)
        _check_open(order)
        after = rolled_back(order)
        assert after.state is OrderState.CANCELLED, "no leg of an open order was refused"
        change = Change(
            action=_CANCELLED,
            subject_kind="order",
            subject_id=order_id,
            state_before=order.state.value,
            state_after=after.state.value,
        )
        return _write_order(tx, after, change, deed=deed, ids=ids)

    return store.write(write)


def mark_jeopardy(*, deed: Deed, store: SalesStore, ids: IdSource) -> tuple[ProductOrder, ...]:
    """The open orders of which some leg is past its day; each such leg is told to be late."""

    def write(tx: SalesWriter) -> tuple[ProductOrder, ...]:
        late = []
        for order in tx.find_all(ProductOrder, states=[each.value for each in OPEN_ORDER_STATES]):
            legs = overdue(order, today=deed.at.date())
            if legs:
                late.append(_tell_late(tx, order, legs, deed=deed, ids=ids))
        return tuple(late)

    return store.write(write)


def _tell_leg(
    tx: SalesWriter,
    order: ProductOrder,
    told: tuple[LegOrder, LegEvent],
    *,
    deed: Deed,
    ids: IdSource,
) -> ProductOrder:
    """The order after something happened to one of its legs, written with all that follows."""
    leg, event = told
    after = after_leg_event(order, leg, event)
    if after.state in {OrderState.FAILED, OrderState.REJECTED}:
        reason = Refusal(
            code=f"leg-{event.value}ed", where=leg.leg.name, message=deed.why or "no reason"
        )
        after = replace(rolled_back(after), reasons=(*order.reasons, reason))
    change = Change(
        action=f"leg.{event.value}",
        subject_kind="order",
        subject_id=order.product_order_id,
        state_before=order.state.value,
        state_after=after.state.value,
        detail=leg.leg.name,
    )
    return _write_order(tx, after, change, deed=deed, ids=ids)


def _tell_late(
    tx: SalesWriter,
    order: ProductOrder,
    legs: tuple[LegOrder, ...],
    *,
    deed: Deed,
    ids: IdSource,
) -> ProductOrder:
    """The order with its late legs told to be so; written once for each leg."""
    new = tuple(leg for leg in legs if not leg.jeopardy)
    if not new:
        return order
    told = with_jeopardy(order, new, f"past its day on {deed.at:%Y-%m-%d}")
    stored = tx.replace(told)
    change = Change(
        action="order.jeopardy",
        subject_kind="order",
        subject_id=order.product_order_id,
        state_before=order.state.value,
        state_after=order.state.value,
        detail=", ".join(leg.leg.name for leg in new),
    )
    log_change(tx, ids, deed=deed, change=change)
    return stored


def _check_told(order: ProductOrder, leg: LegOrder, event: LegEvent) -> None:
    """Operators speak of open orders, and release or cancel no leg by itself."""
    if order.state in OPEN_ORDER_STATES and event in TOLD_BY_OPERATORS:
        return
    is_open = order.state in OPEN_ORDER_STATES
    possible = tuple(
        way.value for way in LEG_LIFE.transitions[leg.state] if is_open and way in TOLD_BY_OPERATORS
    )
    raise IllegalTransitionError(
        f"an operator cannot {event.value} {leg.leg.name}, a leg that is {leg.state.value} of an "
        f"order that is {order.state.value}; possible now: {', '.join(possible) or 'nothing'}",
        code="illegal-transition",
        where=leg.leg.name,
        alternatives=possible,
    )


def _check_open(order: ProductOrder) -> None:
    if order.state not in OPEN_ORDER_STATES:
        raise IllegalTransitionError(
            f"cannot cancel an order that is {order.state.value}",
            code="illegal-transition",
            where=order.product_order_id,
        )


def _write_order(
    tx: SalesWriter, order: ProductOrder, change: Change, *, deed: Deed, ids: IdSource
) -> ProductOrder:
    """Write the order, and what its end means for the product."""
    stored = tx.replace(order)
    log_change(tx, ids, deed=deed, change=change)
    ends: dict[OrderState, Callable[[Product], Product]] = {
        OrderState.COMPLETED: lambda product: _complete_product(
            tx, order, product, deed=deed, ids=ids
        ),
        OrderState.FAILED: lambda product: _undo_order(tx, order, product),
        OrderState.REJECTED: lambda product: _undo_order(tx, order, product),
        OrderState.CANCELLED: lambda product: _undo_order(tx, order, product),
    }
    if order.state in ends:
        product = known_record(tx, Product, order.product_id)
        after = ends[order.state](product)
        tx.replace(after)
        told = Change(
            action=f"product.{order.action.value}",
            subject_kind="product",
            subject_id=product.product_id,
            state_before=product.state.value,
            state_after=after.state.value,
            detail=f"order {order.product_order_id} {order.state.value}",
        )
        log_change(tx, ids, deed=deed, change=told)
    return stored


def _complete_product(
    tx: SalesWriter, order: ProductOrder, product: Product, *, deed: Deed, ids: IdSource
) -> Product:
    """The product once every leg is complete."""
    match order.action:
        case OrderAction.ADD:
            _make_available(tx, order)
            state = PRODUCT_LIFE.next_state(product.state, ProductEvent.ACTIVATE)
            return replace(product, state=state, active_from=deed.at)
        case OrderAction.MODIFY:
            assert order.plan is not None
            give_back(tx, product.plan, holder_id=product.product_id)
            # What the order holds is but what the product did not; all is claimed anew at once.
            tx.release_claims(tx.claims_of(claimants(order.plan, order.product_order_id)))
            holder = Holder(claimant_id=product.product_id)
            tx.add_claims(claims_of_plan(order.plan, holder, new_id=ids.new_id))
            _make_available(tx, order)
            state = PRODUCT_LIFE.next_state(product.state, ProductEvent.FINISH_CHANGE)
            return replace(
                product,
                state=state,
                product_offering_id=_offering_of(tx, order, product),
                plan=order.plan,
                configuration=order.configuration,
            )
        case OrderAction.DELETE:
            give_back(tx, product.plan, holder_id=product.product_id)
            state = PRODUCT_LIFE.next_state(product.state, ProductEvent.TERMINATE)
            return replace(product, state=state, active_until=deed.at)


def _offering_of(tx: SalesReader, order: ProductOrder, product: Product) -> ProductOfferingId:
    """The offering that a change was quoted as, so that its promises are those that hold."""
    quote = None if order.quote_id is None else tx.find(Quote, order.quote_id)
    return product.product_offering_id if quote is None else quote.wish.product_offering_id


def _undo_order(tx: SalesWriter, order: ProductOrder, product: Product) -> Product:
    """The product after an order that came to nothing."""
    event = ProductEvent.KEEP if product.suspended_from is None else ProductEvent.KEEP_SUSPENDED
    if order.action is OrderAction.ADD:
        give_back(tx, product.plan, holder_id=product.product_id)
        event = ProductEvent.CANCEL
    elif order.plan is not None:
        give_back(tx, order.plan, holder_id=order.product_order_id)
    return replace(product, state=PRODUCT_LIFE.next_state(product.state, event))


def _make_available(tx: SalesWriter, order: ProductOrder) -> None:
    """Light the connections of the plan."""
    assert order.plan is not None
    made = tx.resources_by_id(each.resource_id for each in order.plan.connections)
    tx.replace_resources(
        replace(each, status=RESOURCE_LIFE.next_state(each.status, ResourceEvent.ACTIVATE))
        for each in made
        if each.status is ResourceStatus.RESERVED
    )
