"""How does an order go on when one of its operators says something?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import LegOrderId, near_misses
from karakoram.sales.orders import (
    LEG_LIFE,
    OPEN_LEG_STATES,
    LegEvent,
    LegOrder,
    LegState,
    ProductOrder,
    order_state,
)
from karakoram.sales.plans import PlannedLeg, ServicePlan, legs_in_order

CEASE_DAYS = 5
"""To take one operator's part down; assumed, no operator publishes it."""


def leg_orders(
    legs: Sequence[PlannedLeg], *, from_day: date, new_id: Callable[[], str]
) -> tuple[LegOrder, ...]:
    """The work of each operator; what waits for nobody is acknowledged at once.

    A leg is due its lead time after the last of those it waits for.
    """
    due: dict[str, date] = {}
    for leg in legs_in_order(legs):
        starts = max((due[name] for name in leg.after), default=from_day)
        due[leg.name] = starts + timedelta(days=leg.lead_days)
    return tuple(
        LegOrder(
            leg_order_id=LegOrderId(new_id()),
            leg=leg,
            state=LegState.PENDING if leg.after else LegState.ACKNOWLEDGED,
            due_on=due[leg.name],
        )
        for leg in legs
    )


def cease_legs(plan: ServicePlan) -> tuple[PlannedLeg, ...]:
    """What each operator does to take a product down; all may start at once."""
    return tuple(
        replace(leg, work=f"take down: {leg.work}", after=(), lead_days=CEASE_DAYS)
        for leg in plan.legs
        if not leg.after
    )


def leg_named(order: ProductOrder, word: str) -> LegOrder:
    """The leg with this name or identifier.

    Raises
    ------
    NotFoundError
        If the order has no such leg.
    """
    for each in order.legs:
        if word.casefold() in {each.leg.name.casefold(), each.leg_order_id.casefold()}:
            return each
    names = [each.leg.name for each in order.legs]
    raise NotFoundError(
        f"order {order.product_order_id} has no leg {word!r}; it has {', '.join(names)}.",
        near_misses=near_misses(word, names),
    )


def after_leg_event(order: ProductOrder, leg: LegOrder, event: LegEvent) -> ProductOrder:
    """The order after something happened to one of its legs.

    Legs that waited for it alone are released; the state of the order is that of its legs.

    Raises
    ------
    IllegalTransitionError
        If it cannot happen to a leg in this state.
    """
    changed = replace(leg, state=LEG_LIFE.next_state(leg.state, event))
    if changed.state not in OPEN_LEG_STATES:
        changed = replace(changed, jeopardy="")
    legs = tuple(changed if each == leg else each for each in order.legs)
    return _settled(order, _released(legs))


def rolled_back(order: ProductOrder) -> ProductOrder:
    """The order with every leg cancelled that was not itself refused.

    Where one was refused and none had been begun, all are refused: so is the order.
    """
    states = {each.state for each in order.legs}
    is_begun = not states <= {LegState.PENDING, LegState.ACKNOWLEDGED, LegState.REJECTED}
    is_refused = LegState.REJECTED in states and not is_begun
    event = LegEvent.REJECT if is_refused else LegEvent.CANCEL
    legs = tuple(
        replace(each, state=LEG_LIFE.next_state(each.state, event), jeopardy="")
        if event in LEG_LIFE.transitions[each.state]
        else each
        for each in order.legs
    )
    return _settled(order, legs)


def overdue(order: ProductOrder, *, today: date) -> tuple[LegOrder, ...]:
    """The open legs whose day is past."""
    return tuple(
        each for each in order.legs if each.state in OPEN_LEG_STATES and each.due_on < today
    )


def with_jeopardy(order: ProductOrder, legs: Iterable[LegOrder], why: str) -> ProductOrder:
    """The order with the day of some legs told to be in danger; an empty reason takes it back."""
    in_danger = set(legs)
    return replace(
        order,
        legs=tuple(replace(e, jeopardy=why) if e in in_danger else e for e in order.legs),
    )


def _settled(order: ProductOrder, legs: tuple[LegOrder, ...]) -> ProductOrder:
    return replace(order, legs=legs, state=order_state(each.state for each in legs))


def _released(legs: tuple[LegOrder, ...]) -> tuple[LegOrder, ...]:
    complete = {each.leg.name for each in legs if each.state is LegState.COMPLETED}
    return tuple(
        replace(each, state=LEG_LIFE.next_state(each.state, LegEvent.RELEASE))
        if each.state is LegState.PENDING and complete >= set(each.leg.after)
        else each
        for each in legs
    )
