"""What has been sold and to whom, and is it up (MEF Sonata product inventory v8 words)?"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from karakoram.core.identifiers import OperatorId, PartyId, ProductId, ProductOrderId
from karakoram.core.life import Life
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.configurations import Configuration
from karakoram.sales.plans import ServicePlan


class ProductState(Enum):
    """Where a sold product stands."""

    PENDING_ACTIVE = "pendingActive"
    """Ordered; not every leg is up."""
    ACTIVE = "active"
    PENDING_CHANGE = "active.pendingChange"
    SUSPENDED = "suspended"
    PENDING_TERMINATE = "pendingTerminate"
    TERMINATED = "terminated"
    CANCELLED = "cancelled"
    """Never became active."""


class ProductEvent(Enum):
    """What can happen to a product."""

    ACTIVATE = "activate"
    """Every leg is up."""
    CANCEL = "cancel"
    CHANGE = "change"
    FINISH_CHANGE = "finish the change of"
    SUSPEND = "suspend"
    RESUME = "resume"
    CEASE = "cease"
    KEEP = "keep"
    """The cease or change was cancelled."""
    KEEP_SUSPENDED = "keep suspended"
    """The cease of a product that rested was cancelled."""
    TERMINATE = "terminate"


PRODUCT_LIFE: Life[ProductState, ProductEvent] = Life(
    subject="product",
    first=ProductState.PENDING_ACTIVE,
    transitions={
        ProductState.PENDING_ACTIVE: {
            ProductEvent.ACTIVATE: ProductState.ACTIVE,
            ProductEvent.CANCEL: ProductState.CANCELLED,
        },
        ProductState.ACTIVE: {
            ProductEvent.CHANGE: ProductState.PENDING_CHANGE,
            ProductEvent.SUSPEND: ProductState.SUSPENDED,
            ProductEvent.CEASE: ProductState.PENDING_TERMINATE,
        },
        ProductState.PENDING_CHANGE: {
            ProductEvent.FINISH_CHANGE: ProductState.ACTIVE,
            ProductEvent.KEEP: ProductState.ACTIVE,
        },
        ProductState.SUSPENDED: {
            ProductEvent.RESUME: ProductState.ACTIVE,
            ProductEvent.CEASE: ProductState.PENDING_TERMINATE,
        },
        ProductState.PENDING_TERMINATE: {
            ProductEvent.TERMINATE: ProductState.TERMINATED,
            ProductEvent.KEEP: ProductState.ACTIVE,
            ProductEvent.KEEP_SUSPENDED: ProductState.SUSPENDED,
        },
        ProductState.TERMINATED: {},
        ProductState.CANCELLED: {},
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A sold product: the service that a buyer has."""

    product_id: ProductId
    buyer_id: PartyId
    payer_id: PartyId
    """Who is billed: the buyer, or its sponsor."""
    product_offering_id: ProductOfferingId
    seller_id: OperatorId
    configuration: Configuration
    plan: ServicePlan
    state: ProductState
    product_order_id: ProductOrderId
    """The order that is being carried out, or was last."""
    active_from: datetime | None = None
    active_until: datetime | None = None
    suspended_from: datetime | None = None
    """Since when it rests; ``None`` while it does not. Stays while its cease is ordered."""
    version: int = 0

    def __post_init__(self) -> None:
        # Which of two moments was first is not judged: machines whose clocks differ tell them.
        if self.active_from is None and (self.active_until or self.suspended_from):
            raise ValueError("Product.active_from must be given to what has ended or rests")
