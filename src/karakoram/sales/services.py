"""What does each operator contribute to a product, and is it up (words of TM Forum 638)?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from karakoram.core.identifiers import OperatorId, ProductId
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.orders import ProductOrder
from karakoram.sales.plans import PlannedLeg
from karakoram.sales.products import PRODUCT_LIFE, Product, ProductState


class ServiceState(Enum):
    """Where the part of one operator stands; it follows from the product."""

    RESERVED = "reserved"
    INACTIVE = "inactive"
    ACTIVE = "active"
    TERMINATED = "terminated"


_STATES: Mapping[ProductState, ServiceState] = {
    ProductState.PENDING_ACTIVE: ServiceState.RESERVED,
    ProductState.ACTIVE: ServiceState.ACTIVE,
    ProductState.PENDING_CHANGE: ServiceState.ACTIVE,
    ProductState.SUSPENDED: ServiceState.INACTIVE,
    ProductState.PENDING_TERMINATE: ServiceState.ACTIVE,
    ProductState.TERMINATED: ServiceState.TERMINATED,
    ProductState.CANCELLED: ServiceState.TERMINATED,
}


def _service_state(product: Product) -> ServiceState:
    """Where the parts of a product stand; what rested when its cease was ordered rests on."""
    if product.suspended_from is not None and not PRODUCT_LIFE.is_final(product.state):
        return ServiceState.INACTIVE
    return _STATES[product.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorService:
    """The part of one operator in one product."""

    service_id: str
    """The product's identifier, a full stop, and the place of the leg in its plan."""
    product_id: ProductId
    leg: PlannedLeg
    state: ServiceState
    connections: tuple[Resource, ...]
    """What of the operator was made for the product."""


class CarriedLeg(NamedTuple):
    """Who carries a leg of an order or a product, and how it stands."""

    operator_id: OperatorId
    state: str


def legs_carried(record: object) -> tuple[CarriedLeg, ...]:
    """The legs of an order, or the services of a product, in their order; none of other records."""
    match record:
        case Product():
            state = _service_state(record).value
            return tuple(CarriedLeg(each.operator_id, state) for each in record.plan.legs)
        case ProductOrder():
            return tuple(CarriedLeg(each.leg.operator_id, each.state.value) for each in record.legs)
        case _:
            return ()


def services_of(product: Product) -> tuple[OperatorService, ...]:
    """The parts of a product, in the order of its legs."""
    return tuple(
        OperatorService(
            service_id=f"{product.product_id}.{place}",
            product_id=product.product_id,
            leg=leg,
            state=_service_state(product),
            connections=tuple(
                each for each in product.plan.connections if each.operator_id == leg.operator_id
            ),
        )
        for place, leg in enumerate(product.plan.legs, start=1)
    )
