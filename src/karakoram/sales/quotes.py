"""What does it cost, how long does the word hold, and what is held for it (MEF Sonata words)?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from karakoram.core.fields import check_rules
from karakoram.core.identifiers import ExternalId, OfferId, OperatorId, PartyId, ProductId, QuoteId
from karakoram.core.life import Life
from karakoram.core.money import Money, total
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.plans import PlanLabel, Refusal, ServicePlan
from karakoram.sales.qualifications import Wish


class QuoteLevel(Enum):
    """How binding a quote is."""

    BUDGETARY = "budgetary"
    """An indication; nothing is held."""
    FIRM = "firm"
    """Can be ordered; what it needs is held until it expires."""


class QuoteState(Enum):
    """Where a quote stands (MEF LSO Sonata, quote v10)."""

    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "inProgress"
    ANSWERED = "answered"
    """A budgetary quote with its offers."""
    ORDERABLE = "approved.orderable"
    """A firm quote with its offers."""
    ACCEPTED = "accepted"
    """Ordered."""
    DECLINED = "declined"
    """By the buyer."""
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNABLE_TO_PROVIDE = "unableToProvide"
    REJECTED = "rejected"
    """What was asked makes no sense, or the buyer may not have it."""


class QuoteEvent(Enum):
    """What can happen to a quote."""

    START = "start"
    ANSWER = "answer"
    APPROVE = "approve"
    ACCEPT = "accept"
    DECLINE = "decline"
    CANCEL = "cancel"
    EXPIRE = "expire"
    FIND_NO_WAY = "find no way for"
    REJECT = "reject"


_ENDS: Mapping[QuoteEvent, QuoteState] = {}
QUOTE_LIFE: Life[QuoteState, QuoteEvent] = Life(
    subject="quote",
    first=QuoteState.ACKNOWLEDGED,
    transitions={
        QuoteState.ACKNOWLEDGED: {
            QuoteEvent.START: QuoteState.IN_PROGRESS,
            QuoteEvent.REJECT: QuoteState.REJECTED,
            QuoteEvent.CANCEL: QuoteState.CANCELLED,
        },
        QuoteState.IN_PROGRESS: {
            QuoteEvent.ANSWER: QuoteState.ANSWERED,
            QuoteEvent.APPROVE: QuoteState.ORDERABLE,
            QuoteEvent.FIND_NO_WAY: QuoteState.UNABLE_TO_PROVIDE,
            QuoteEvent.CANCEL: QuoteState.CANCELLED,
        },
        QuoteState.ANSWERED: {
            QuoteEvent.DECLINE: QuoteState.DECLINED,
            QuoteEvent.EXPIRE: QuoteState.EXPIRED,
        },
        QuoteState.ORDERABLE: {
            QuoteEvent.ACCEPT: QuoteState.ACCEPTED,
            QuoteEvent.DECLINE: QuoteState.DECLINED,
            QuoteEvent.EXPIRE: QuoteState.EXPIRED,
        },
        QuoteState.ACCEPTED: _ENDS,
        QuoteState.DECLINED: _ENDS,
        QuoteState.CANCELLED: _ENDS,
        QuoteState.EXPIRED: _ENDS,
        QuoteState.UNABLE_TO_PROVIDE: _ENDS,
        QuoteState.REJECTED: _ENDS,
    },
)


OPEN_QUOTE_STATES = frozenset({QuoteState.ANSWERED, QuoteState.ORDERABLE})
"""States of a quote that holds until its time is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferShare:
    """What one operator earns of an offer."""

    operator_id: OperatorId
    mrc: Money
    nrc: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteOffer:
    """One way to give the product, priced."""

    offer_id: OfferId
    """Also who holds the reservation of a firm quote."""
    labels: tuple[PlanLabel, ...]
    """Why it is on the list; one that earns several bears them all."""
    plan: ServicePlan
    currency: str
    remarks: tuple[Refusal, ...] = ()
    """What is promised and, as computed, would not be kept."""

    def __post_init__(self) -> None:
        others = {each.amount.currency for each in self.plan.charges} - {self.currency}
        check_rules(
            self, (not others, f"plan must charge in {self.currency} alone, got {sorted(others)}")
        )

    @property
    def label(self) -> str:
        """The labels as a person reads them, e.g. ``cheapest, lowest latency``."""
        return ", ".join(each.value for each in self.labels)

    @property
    def mrc(self) -> Money:
        """Monthly recurring charge."""
        return self._sum(PriceType.RECURRING)

    @property
    def nrc(self) -> Money:
        """Non-recurring charge."""
        return self._sum(PriceType.ONE_TIME)

    def over_months(self, months: int) -> Money:
        """All charges that are not by use, over so many calendar months."""
        return Money(self.nrc.minor + months * self.mrc.minor, self.currency)

    @property
    def shares(self) -> tuple[OfferShare, ...]:
        """What each operator earns; sums to the charges exactly. Never shown to a buyer."""
        owners = sorted({charge.operator_id for charge in self.plan.charges})
        return tuple(
            OfferShare(
                operator_id=owner,
                mrc=self._sum(PriceType.RECURRING, owner),
                nrc=self._sum(PriceType.ONE_TIME, owner),
            )
            for owner in owners
        )

    @property
    def installation_days(self) -> int:
        """Calendar days until every leg is complete, each started when it may."""
        return self.plan.installation_days

    def _sum(self, kind: PriceType, owner: OperatorId | None = None) -> Money:
        amounts = [
            charge.amount
            for charge in self.plan.charges
            if charge.kind is kind and owner in (None, charge.operator_id)
        ]
        return total(amounts, self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A price for one wish, and how long it holds."""

    quote_id: QuoteId
    buyer_id: PartyId
    external_id: ExternalId
    seller_id: OperatorId | None
    """``None`` only of one without offers from before sellers were written down."""
    level: QuoteLevel
    state: QuoteState
    wish: Wish
    offers: tuple[QuoteOffer, ...] = ()
    reasons: tuple[Refusal, ...] = ()
    """Why there is no offer."""
    made_at: datetime
    valid_until: datetime
    """First moment at which it no longer holds."""
    product_id: ProductId | None = None
    """The sold product that the quote would change; ``None`` for a new one."""
    ordered_offer_id: OfferId | None = None
    version: int = 0

    def __post_init__(self) -> None:
        ids = [offer.offer_id for offer in self.offers]
        check_rules(
            self,
            (len(set(ids)) == len(ids), f"offers must have identifiers of their own, got {ids}"),
            (self.ordered_offer_id in {None, *ids}, f"ordered_offer_id must be one of {ids}"),
            (not ids or self.seller_id is not None, "seller_id must be given with offers"),
            (
                self.valid_until >= self.made_at,
                f"valid_until must not be before made_at {self.made_at}, got {self.valid_until}",
            ),
        )
