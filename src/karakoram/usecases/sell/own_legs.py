"""Which legs of an order are an operator's own, to be seen and spoken of?"""

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.identifiers import OperatorId, ProductOrderId, near_misses
from karakoram.sales.order_steps import leg_named
from karakoram.sales.orders import ProductOrder
from karakoram.sales.viewing import Viewer, visible_legs
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import SalesStore


def order_with_legs_of(
    order_id: ProductOrderId, operator_id: OperatorId, *, store: SalesStore
) -> ProductOrder:
    """The order, of which the operator has at least one leg.

    Raises
    ------
    NotFoundError
        If there is no such order, or the operator has no leg of it; names those that have.
    """
    order = store.read(lambda tx: known_record(tx, ProductOrder, order_id))
    if not visible_legs(order, Viewer(operator_id=operator_id)):
        operators = sorted({each.leg.operator_id for each in order.legs})
        raise NotFoundError(
            f"{operator_id} has no leg of order {order_id}; {', '.join(operators)} have.",
            near_misses=near_misses(operator_id, operators),
        )
    return order


def check_own_leg(
    order_id: ProductOrderId, leg: str, *, operator_id: OperatorId, store: SalesStore
) -> None:
    """Refuse that an operator speaks of another's leg; whose a leg is never changes.

    Raises
    ------
    NotFoundError
        If there is no such order or leg.
    RefusedError
        With code ``not-your-leg``.
    """
    order = store.read(lambda tx: known_record(tx, ProductOrder, order_id))
    found = leg_named(order, leg)
    if found.leg.operator_id != operator_id:
        own = visible_legs(order, Viewer(operator_id=operator_id))
        raise RefusedError(
            f"leg {found.leg.name!r} of order {order_id} is not one of {operator_id}",
            code="not-your-leg",
            where=found.leg.name,
            alternatives=tuple(f"speak of {each.leg.name}" for each in own),
        )
