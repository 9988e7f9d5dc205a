"""How are partners asked again and again, until nothing that is bought moves any more?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from karakoram.core.findings import Finding
from karakoram.core.identifiers import ProductOrderId, PurchaseId
from karakoram.sales.change_log import Deed
from karakoram.sales.purchases import (
    OPEN_PURCHASES,
    WITH_THE_PARTNER,
    Purchase,
    PurchaseState,
)
from karakoram.usecases.buy.follow_purchases import follow_purchases
from karakoram.usecases.buy.partner_legs import Bought, Buying, leg_of_finding
from karakoram.usecases.buy.partner_ports import Pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """How partners are asked again and again."""

    deed_of: Callable[[], Deed]
    """Who looks, why, and at which moment; asked anew for each look."""
    pause: Pause
    interval_s: float
    """Between two looks."""
    looks_max: int | None = None
    """After so many looks it is told how things stand; ``None`` for any number."""
    told: Callable[[Bought], None] = field(default=lambda _: None)
    """Hears of each look what has moved, and what stood in the way for the first time."""


def follow_until_done(
    order_id: ProductOrderId | None = None, *, buying: Buying, how: Following
) -> Bought:
    """All purchases that were looked at, once none waits for its partner; or as they stand.

    An interruption (``KeyboardInterrupt``) ends it as well: each step is written before the next,
    so nothing is half done, and how things stand is read from the store. What is said of purchases
    that have ended stays among the findings; the others are those of the last look.

    Parameters
    ----------
    order_id
        Our order; ``None`` for all.
    buying
        Store and partners.
    how
        How often, and until when.
    """
    seen = _Seen()
    try:
        while True:
            bought = follow_purchases(order_id, buying=buying, deed=how.deed_of())
            before, seen = seen, seen.with_look(bought)
            how.told(before.new_in(bought))
            if not any(waits(each) for each in bought.purchases) or seen.looks == how.looks_max:
                break
            how.pause.wait(how.interval_s)
    except KeyboardInterrupt:
        if not seen.looks:
            raise
    return seen.as_stored(buying)


def waits(purchase: Purchase) -> bool:
    """Whether it is the partner's turn, so that looking again is of use."""
    is_asked = purchase.is_back and purchase.state in OPEN_PURCHASES
    is_asked = is_asked and purchase.state is not PurchaseState.KEPT  # an hour passes first
    return is_asked or purchase.state in WITH_THE_PARTNER


def is_left(purchase: Purchase) -> bool:
    """Whether something is still to be done about it: by the partner, or here."""
    return purchase.state in OPEN_PURCHASES and purchase.state is not PurchaseState.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What was seen in all looks so far."""

    looks: int = 0
    purchases: Mapping[PurchaseId, Purchase] = field(default_factory=dict)
    """As each was seen last."""
    findings: tuple[Finding, ...] = ()
    """Of the last look."""
    ended: tuple[Finding, ...] = ()
    """Of purchases that have ended, from every look."""

    def with_look(self, bought: Bought) -> "_Seen":
        """What was seen, this look included."""
        over = {
            (each.operator_id, each.leg)
            for each in bought.purchases
            if each.state not in OPEN_PURCHASES
        }
        return _Seen(
            looks=self.looks + 1,
            purchases={**self.purchases, **{each.purchase_id: each for each in bought.purchases}},
            findings=bought.findings,
            ended=(
                *self.ended,
                *(each for each in bought.findings if leg_of_finding(each) in over),
            ),
        )

    def new_in(self, bought: Bought) -> Bought:
        """What a look tells that was not seen before it."""
        known = {(each.state, each.word, each.purchase_id) for each in self.purchases.values()}
        moved = tuple(
            each
            for each in bought.purchases
            if (each.state, each.word, each.purchase_id) not in known
        )
        new = tuple(each for each in bought.findings if each not in self.findings)
        return replace(bought, purchases=moved, findings=new)

    def as_stored(self, buying: Buying) -> Bought:
        """All purchases that were seen, as they stand now."""
        now = buying.store.read(lambda tx: tx.find_some(Purchase, self.purchases))
        return Bought(
            purchases=tuple(now.get(key, each) for key, each in self.purchases.items()),
            findings=tuple(dict.fromkeys((*self.ended, *self.findings))),
        )
