"""How far are the legs that are bought, there and here, and are the two brought into step?

One step at a time, each written before the next is asked for: whoever is interrupted goes on where
it was, and nothing is ordered, called off or ended twice.
"""

from karakoram.core.errors import RefusedError
from karakoram.core.findings import Finding
from karakoram.core.identifiers import ProductOrderId, PurchaseId
from karakoram.sales.change_log import Deed
from karakoram.sales.purchases import Purchase
from karakoram.usecases.buy.follow_steps import take_step
from karakoram.usecases.buy.jeopardies import jeopardy
from karakoram.usecases.buy.partner_legs import Bought, Buying, finding_of
from karakoram.usecases.buy.purchases_to_follow import to_follow
from karakoram.usecases.buy.tell_leg import tell_leg
from karakoram.usecases.sell.sales_action import known_record

_STEPS_MAX = 8
"""More than lead from any state to an end; what still moves then waits for the next time."""


def follow_purchases(
    order_id: ProductOrderId | None = None, *, buying: Buying, deed: Deed
) -> Bought:
    """The open purchases, of one order or of all, after both sides are in step.

    What a partner tells of its order happens to our leg; what is no longer wanted here is declined,
    called off or ended there.

    Parameters
    ----------
    order_id
        Our order; ``None`` for all.
    buying
        Store and partners.
    deed
        Who looks, when and why.
    """
    followed: dict[PurchaseId, Purchase] = {}
    findings: list[Finding] = []
    while new := [each for each in to_follow(order_id, buying) if each not in followed]:
        for each in new:
            purchase = _stored(each, buying)
            try:
                _follow(purchase, buying=buying, deed=deed)
            except RefusedError as error:
                findings.append(
                    finding_of(error, operator_id=purchase.operator_id, leg=purchase.leg)
                )
            followed[each] = _stored(each, buying)
    return Bought(purchases=tuple(followed.values()), findings=tuple(findings))


def _follow(purchase: Purchase, *, buying: Buying, deed: Deed) -> None:
    """Take steps until nothing moves.

    Raises
    ------
    RefusedError
        What the partner could not or would not do, or said that cannot be; or what is to be told
        of the purchase where it stands then.
    """
    for _ in range(_STEPS_MAX):
        tell_leg(purchase, buying=buying, deed=deed)
        before, purchase = purchase, take_step(purchase, buying=buying, deed=deed)
        if purchase == before:
            break
    tell_leg(purchase, buying=buying, deed=deed)
    last = purchase
    told = buying.store.read(lambda tx: jeopardy(tx, last))
    if told is not None:
        raise told


def _stored(purchase_id: PurchaseId, buying: Buying) -> Purchase:
    return buying.store.read(lambda tx: known_record(tx, Purchase, purchase_id))
