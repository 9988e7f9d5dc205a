"""What is bought of a partner for a leg of an order, and how far is it there?

A leg of an operator that has an interface of its own is bought over it: quoted, ordered, watched
until it is up, and ended when it is no longer wanted. States of the partner's own records are
those of MEF LSO Sonata; these here say what the two sides have agreed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from karakoram.core.fields import check_rules
from karakoram.core.identifiers import (
    ExternalId,
    LegOrderId,
    OperatorId,
    ProductId,
    ProductOrderId,
    PurchaseId,
)
from karakoram.core.life import Life
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.sales.plans import Refusal
from karakoram.sales.qualifications import Wish

PARTNER_TRUST = Confidence.STATED
"""Of prices that a partner tells us: it says them itself, and its quote binds it."""
NAMED = "leg:"
"""How all that we name at a partner begins: whatever else is there concerns no leg."""
_BACK = ":back"


class PurchaseState(Enum):
    """Where a purchase stands."""

    WANTED = "wanted"
    """A quote may have been asked for; what became of it is not known yet."""
    QUOTED = "quoted"
    """The partner's price is known, and the partner holds what it needs."""
    ACCEPTED = "accepted"
    """To be ordered at that price; whether the partner has the order is not known yet."""
    ORDERED = "ordered"
    """The partner has the order."""
    ACTIVE = "active"
    """The partner's order is complete and its product is up."""
    CHANGED = "changed"
    """A change that the partner has carried out, while our own order may still come to nothing."""
    SETTLED = "settled"
    """A change that is over: it stands, or is taken back."""
    KEPT = "kept"
    """A change that is not taken back yet: the partner would not, or the leg was to end."""
    CEASING = "ceasing"
    """To be ended; the partner may have the order for it."""
    ENDED = "ended"
    """The partner's product has ended, while our own order for it may still come to nothing."""
    CEASED = "ceased"
    """The partner's product has ended, and nothing here counts on it any more."""
    REFUSED = "refused"
    """The partner cannot or will not provide it, or has rejected the order."""
    FAILED = "failed"
    """The partner could not carry the order out."""
    CANCELLED = "cancelled"
    """Called off, by either side, before it was up."""


class PurchaseEvent(Enum):
    """What can happen to a purchase."""

    QUOTE = "quote"
    REFUSE = "refuse"
    ACCEPT = "accept"
    QUOTE_AGAIN = "quote again"
    """The quote no longer holds."""
    ORDER = "order"
    COMPLETE = "complete"
    CHANGE = "change"
    """What it changes is changed; or nothing differs for the partner."""
    SETTLE = "settle"
    FAIL = "fail"
    CANCEL = "cancel"
    STAY = "stay"
    """Nothing came of taking a change back."""
    TRY_AGAIN = "try again"
    CEASE = "cease"
    END = "end"
    KEEP = "keep"
    """The end was called off, or the partner would not end it."""


_END: Mapping[PurchaseEvent, PurchaseState] = {}
PURCHASE_LIFE: Life[PurchaseState, PurchaseEvent] = Life(
    subject="purchase",
    first=PurchaseState.WANTED,
    transitions={
        PurchaseState.WANTED: {
            PurchaseEvent.QUOTE: PurchaseState.QUOTED,
            PurchaseEvent.CHANGE: PurchaseState.CHANGED,
            PurchaseEvent.REFUSE: PurchaseState.REFUSED,
            PurchaseEvent.CANCEL: PurchaseState.CANCELLED,
            PurchaseEvent.STAY: PurchaseState.KEPT,
        },
        PurchaseState.QUOTED: {
            PurchaseEvent.ACCEPT: PurchaseState.ACCEPTED,
            PurchaseEvent.QUOTE_AGAIN: PurchaseState.WANTED,
            PurchaseEvent.CANCEL: PurchaseState.CANCELLED,
            PurchaseEvent.STAY: PurchaseState.KEPT,
        },
        PurchaseState.ACCEPTED: {
            PurchaseEvent.ORDER: PurchaseState.ORDERED,
            PurchaseEvent.QUOTE_AGAIN: PurchaseState.WANTED,
            PurchaseEvent.CANCEL: PurchaseState.CANCELLED,
            PurchaseEvent.STAY: PurchaseState.KEPT,
        },
        PurchaseState.ORDERED: {
            PurchaseEvent.COMPLETE: PurchaseState.ACTIVE,
            PurchaseEvent.CHANGE: PurchaseState.CHANGED,
            PurchaseEvent.REFUSE: PurchaseState.REFUSED,
            PurchaseEvent.FAIL: PurchaseState.FAILED,
            PurchaseEvent.CANCEL: PurchaseState.CANCELLED,
            PurchaseEvent.STAY: PurchaseState.KEPT,
        },
        PurchaseState.ACTIVE: {PurchaseEvent.CEASE: PurchaseState.CEASING},
        PurchaseState.CEASING: {
            PurchaseEvent.END: PurchaseState.ENDED,
            PurchaseEvent.KEEP: PurchaseState.ACTIVE,
        },
        PurchaseState.ENDED: {PurchaseEvent.SETTLE: PurchaseState.CEASED},
        PurchaseState.CHANGED: {PurchaseEvent.SETTLE: PurchaseState.SETTLED},
        PurchaseState.KEPT: {
            PurchaseEvent.TRY_AGAIN: PurchaseState.WANTED,
            PurchaseEvent.CANCEL: PurchaseState.CANCELLED,
        },
        PurchaseState.SETTLED: _END,
        PurchaseState.CEASED: _END,
        PurchaseState.REFUSED: _END,
        PurchaseState.FAILED: _END,
        PurchaseState.CANCELLED: _END,
    },
)

OPEN_PURCHASES = tuple(state for state in PurchaseState if not PURCHASE_LIFE.is_final(state))
WITH_THE_PARTNER = frozenset({PurchaseState.ACCEPTED, PurchaseState.ORDERED, PurchaseState.CEASING})
"""States in which something is asked of the partner; the other open ones wait for us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegPrice:
    """What a partner asks for a leg."""

    mrc: Money
    """Each calendar month."""
    nrc: Money
    """Once."""

    def __post_init__(self) -> None:
        if self.mrc.currency != self.nrc.currency:
            raise ValueError(f"a price has one currency, not {self.mrc.currency} and others")

    def __str__(self) -> str:
        """Both sums, e.g. ``USD 5,356.92 a month, USD 125,000.00 once``."""
        return f"{self.mrc} a month, {self.nrc} once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What is bought of one partner for one leg, from its quote to its end; or a change of it."""

    purchase_id: PurchaseId
    """Of the product and the leg: see :func:`purchase_id`."""
    operator_id: OperatorId
    """The partner."""
    product_id: ProductId
    """Whose leg it is, here."""
    product_order_id: ProductOrderId
    """That asked for the leg, here."""
    leg: str
    """Name of the leg."""
    leg_order_id: LegOrderId
    wish: Wish
    """In the partner's words; of a change that is through, what it was before."""
    due_on: date
    """When it is to be up."""
    state: PurchaseState
    attempt: int = 1
    """Counts quotes, and afterwards ends, so that each has a name of its own there."""
    quote_there: str = ""
    """The partner's identifier of its quote; empty while none is known."""
    price: LegPrice | None = None
    valid_until: datetime | None = None
    """When the quote ends."""
    order_there: str = ""
    product_there: str = ""
    cease_there: str = ""
    """The partner's identifier of the order that ends its product."""
    word: str = ""
    """The state that the partner told last of the order at work, in its word."""
    reasons: tuple[Refusal, ...] = ()
    """Why it was refused or failed."""
    changed_id: PurchaseId | None = None
    """The purchase that this one changes; ``None`` where it is a product of its own there."""
    is_back: bool = False
    """Whether it takes a change back, our own order for it having come to nothing."""
    made_at: datetime
    version: int = 0

    def __post_init__(self) -> None:
        check_rules(
            self,
            (bool(self.leg.strip()), "leg must not be blank"),
            (self.attempt >= 1, f"attempt must be at least 1, got {self.attempt}"),
            (not self.is_back or self.is_change, "is_back is said of a change alone"),
        )

    @property
    def is_change(self) -> bool:
        """Whether it changes another purchase."""
        return self.changed_id is not None

    @property
    def leg_bought(self) -> tuple[ProductId, str, OperatorId]:
        """Whose leg it is, its name and the partner: the same for all that is bought for a leg."""
        return self.product_id, self.leg, self.operator_id

    def event_of_nothing(self, event: PurchaseEvent) -> PurchaseEvent:
        """What happens where nothing comes of it: what takes a change back is kept for later."""
        return PurchaseEvent.STAY if self.is_back else event

    @property
    def quote_name(self) -> ExternalId:
        """What we call the quote."""
        return ExternalId(f"{NAMED}{self.leg_order_id}:quote:{self.attempt}")

    @property
    def order_name(self) -> ExternalId:
        """What we call the order; of one quote there is one."""
        return ExternalId(f"{NAMED}{self.leg_order_id}:order:{self.attempt}")

    @property
    def cease_name(self) -> ExternalId:
        """What we call the order that ends it."""
        return ExternalId(f"{NAMED}{self.leg_order_id}:cease:{self.attempt}")


def next_attempt(purchase: Purchase) -> Purchase:
    """The purchase to be asked for anew, under names of its own, with no word of the partner."""
    return replace(
        purchase,
        attempt=purchase.attempt + 1,
        quote_there="",
        price=None,
        valid_until=None,
        order_there="",
        word="",
        reasons=(),
    )


def purchase_id(product_id: ProductId, leg: str) -> PurchaseId:
    """The identifier of what the first order of a product buys for a leg.

    >>> purchase_id("P", "SCO working")
    'P:SCO working'
    """
    return PurchaseId(f"{product_id}:{leg}")


def later_purchase_id(product_id: ProductId, leg: str, order_id: ProductOrderId) -> PurchaseId:
    """The identifier of what an order that changes a product buys for a leg.

    >>> later_purchase_id("P", "SCO working", "O2")
    'P:SCO working:O2'
    """
    return PurchaseId(f"{purchase_id(product_id, leg)}:{order_id}")


def purchase_back_id(change_id: PurchaseId) -> PurchaseId:
    """The identifier of what takes a change back."""
    return PurchaseId(f"{change_id}{_BACK}")


def change_of_back(back_id: PurchaseId) -> PurchaseId:
    """The identifier of the change that is taken back.

    >>> change_of_back(purchase_back_id("P:SCO working:O2"))
    'P:SCO working:O2'
    """
    return PurchaseId(back_id.removesuffix(_BACK))
