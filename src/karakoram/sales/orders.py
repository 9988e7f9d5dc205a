"""What has been ordered, what must each operator do for it, and how far is it?

States are those of MEF LSO Sonata product order v11 and TM Forum 641 for the legs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from karakoram.core.fields import check_rules
from karakoram.core.identifiers import (
    ExternalId,
    LegOrderId,
    OfferId,
    OperatorId,
    PartyId,
    ProductId,
    ProductOrderId,
    QuoteId,
)
from karakoram.core.life import Life
from karakoram.sales.configurations import Configuration
from karakoram.sales.plans import PlannedLeg, Refusal, ServicePlan


class OrderAction(Enum):
    """What an order asks for."""

    ADD = "add"
    MODIFY = "modify"
    DELETE = "delete"


class OrderState(Enum):
    """Where a product order stands."""

    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "inProgress"
    HELD = "held"
    """Some leg is held; the others go on."""
    PARTIAL = "partial"
    """Some legs are complete, others are not."""
    COMPLETED = "completed"
    FAILED = "failed"
    """A leg failed, or was refused after others were begun; everything was rolled back."""
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    """An operator refused its leg before any was begun."""


class LegState(Enum):
    """Where the work of one operator stands."""

    PENDING = "pending"
    """Waits for another leg."""
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "inProgress"
    HELD = "held"
    COMPLETED = "completed"
    REJECTED = "rejected"
    FAILED = "failed"
    CANCELLED = "cancelled"


class LegEvent(Enum):
    """What can happen to a leg."""

    RELEASE = "release"
    """The legs it waited for are complete."""
    START = "start"
    HOLD = "hold"
    RESUME = "resume"
    COMPLETE = "complete"
    REJECT = "reject"
    FAIL = "fail"
    CANCEL = "cancel"


LEG_LIFE: Life[LegState, LegEvent] = Life(
    subject="leg",
    first=LegState.PENDING,
    transitions={
        LegState.PENDING: {
            LegEvent.RELEASE: LegState.ACKNOWLEDGED,
            LegEvent.REJECT: LegState.REJECTED,
            LegEvent.CANCEL: LegState.CANCELLED,
        },
        LegState.ACKNOWLEDGED: {
            LegEvent.START: LegState.IN_PROGRESS,
            LegEvent.HOLD: LegState.HELD,
            LegEvent.REJECT: LegState.REJECTED,
            LegEvent.CANCEL: LegState.CANCELLED,
        },
        LegState.IN_PROGRESS: {
            LegEvent.HOLD: LegState.HELD,
            LegEvent.COMPLETE: LegState.COMPLETED,
            LegEvent.FAIL: LegState.FAILED,
            LegEvent.CANCEL: LegState.CANCELLED,
        },
        LegState.HELD: {
            LegEvent.RESUME: LegState.IN_PROGRESS,
            LegEvent.FAIL: LegState.FAILED,
            LegEvent.CANCEL: LegState.CANCELLED,
        },
        LegState.COMPLETED: {LegEvent.CANCEL: LegState.CANCELLED},
        LegState.REJECTED: {},
        LegState.FAILED: {},
        LegState.CANCELLED: {},
    },
)
"""A complete leg can still be cancelled: that is how an order is rolled back."""

TOLD_BY_OPERATORS = frozenset(
    {
        LegEvent.START,
        LegEvent.HOLD,
        LegEvent.RESUME,
        LegEvent.COMPLETE,
        LegEvent.REJECT,
        LegEvent.FAIL,
    }
)
"""The rest follows from what happens to the order: a leg is released, or cancelled with it."""

OPEN_LEG_STATES = frozenset(
    {LegState.PENDING, LegState.ACKNOWLEDGED, LegState.IN_PROGRESS, LegState.HELD}
)


OPEN_ORDER_STATES = frozenset(
    {OrderState.ACKNOWLEDGED, OrderState.IN_PROGRESS, OrderState.HELD, OrderState.PARTIAL}
)
"""States of an order that something is still to be done for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegOrder:
    """The work of one operator for one order."""

    leg_order_id: LegOrderId
    leg: PlannedLeg
    state: LegState
    due_on: date
    jeopardy: str = ""
    """Why the day is in danger; empty while it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductOrder:
    """One product to add, change or cease."""

    product_order_id: ProductOrderId
    buyer_id: PartyId
    external_id: ExternalId
    seller_id: OperatorId
    action: OrderAction
    product_id: ProductId
    quote_id: QuoteId | None = None
    offer_id: OfferId | None = None
    plan: ServicePlan | None = None
    """What is carried out; ``None`` for a cease."""
    configuration: Configuration
    legs: tuple[LegOrder, ...]
    state: OrderState
    reasons: tuple[Refusal, ...] = ()
    """Why it failed or was rejected."""
    made_at: datetime
    version: int = 0

    def __post_init__(self) -> None:
        ids = [each.leg_order_id for each in self.legs]
        names = [each.leg.name for each in self.legs]
        is_cease = self.action is OrderAction.DELETE
        check_rules(
            self,
            (len(set(ids)) == len(ids), f"legs must have identifiers of their own, got {ids}"),
            (len(set(names)) == len(names), f"legs must have names of their own, got {names}"),
            (is_cease or self.plan is not None, f"plan must be given to {self.action.value}"),
        )

    @property
    def stands(self) -> bool:
        """Whether it is carried out or was, and has not come to nothing."""
        return self.state is OrderState.COMPLETED or self.state in OPEN_ORDER_STATES


_BY_LEG: Mapping[LegState, OrderState] = {
    LegState.REJECTED: OrderState.FAILED,
    LegState.FAILED: OrderState.FAILED,
    LegState.HELD: OrderState.HELD,
    LegState.COMPLETED: OrderState.PARTIAL,
    LegState.IN_PROGRESS: OrderState.IN_PROGRESS,
}
"""What an order is while some leg is in a state; the first that applies."""


def order_state(legs: Iterable[LegState]) -> OrderState:
    """The state of an order whose legs are in these states.

    Examples
    --------
    >>> order_state([LegState.COMPLETED, LegState.IN_PROGRESS]).value
    'partial'
    """
    states = set(legs)
    if states == {LegState.CANCELLED}:
        return OrderState.CANCELLED
    if states == {LegState.REJECTED}:
        return OrderState.REJECTED
    if states <= {LegState.COMPLETED}:
        return OrderState.COMPLETED
    found = (order for leg, order in _BY_LEG.items() if leg in states)
    return next(found, OrderState.ACKNOWLEDGED)
