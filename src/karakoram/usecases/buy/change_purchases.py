"""What becomes of a change that a partner has carried out, and of what it changed?

The partner's part is through before our own order is: that may still come to nothing, and then the
change is taken back, by a quote and an order as it was made.
"""

from dataclasses import replace

from karakoram.core.errors import RefusedError
from karakoram.sales.change_log import Deed
from karakoram.sales.purchases import (
    PURCHASE_LIFE,
    Purchase,
    PurchaseEvent,
    change_of_back,
    next_attempt,
    purchase_back_id,
)
from karakoram.usecases.buy.partner_legs import Buying
from karakoram.usecases.buy.purchase_questions import (
    changed_purchase,
    differs_there,
    is_leg_gone,
    is_order_through,
    kept_changes,
)
from karakoram.usecases.buy.write_purchases import add_purchase, move_purchase_in, write_purchase
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import SalesWriter


def complete_change(purchase: Purchase, *, buying: Buying, deed: Deed, told: Purchase) -> Purchase:
    """The change, carried out; the purchase that it changes is what it asked for.

    It keeps what that was before, so that it can be taken back.

    Parameters
    ----------
    purchase
        As it is stored.
    buying
        Store and partners.
    deed
        Who looks, when and why.
    told
        The change with what the partner said.
    """

    def write(tx: SalesWriter) -> Purchase:
        base = changed_purchase(tx, purchase)
        changed = replace(base, wish=told.wish, price=told.price, reasons=())
        write_purchase(tx, changed, before=base, buying=buying, deed=deed, action="purchase.change")
        through = replace(told, wish=base.wish, price=base.price)
        return move_purchase_in(
            tx, purchase, PurchaseEvent.CHANGE, buying=buying, deed=deed, told=through
        )

    return buying.store.write(write)


def settle_change(purchase: Purchase, *, buying: Buying, deed: Deed) -> Purchase:
    """A change that is through, once our own order has ended: it stands, or is to be taken back."""

    def write(tx: SalesWriter) -> Purchase:
        is_gone = is_leg_gone(tx, purchase)
        if not (purchase.is_back or is_gone or is_order_through(tx, purchase)):
            return purchase
        settled = move_purchase_in(tx, purchase, PurchaseEvent.SETTLE, buying=buying, deed=deed)
        if not purchase.is_back:
            go_on = _want_back if is_gone else _let_stand
            go_on(tx, settled, buying=buying, deed=deed)
        return settled

    return buying.store.write(write)


def check_price_back(purchase: Purchase, *, buying: Buying) -> None:
    """Refuse that a change is taken back for more than was paid before it.

    Raises
    ------
    RefusedError
        With code ``dearer-than-before``.
    """
    before = buying.store.read(
        lambda tx: known_record(tx, Purchase, change_of_back(purchase.purchase_id)).price
    )
    asked = purchase.price
    assert asked is not None, "a quoted purchase has a price"
    assert before is not None, "what was bought had a price"
    is_dearer = asked.mrc.currency != before.mrc.currency or (
        asked.mrc.minor > before.mrc.minor or asked.nrc.minor > before.nrc.minor
    )
    if is_dearer:
        raise RefusedError(
            f"{purchase.operator_id} asks {asked} to take the change of {purchase.leg} back, which "
            f"was {before}",
            code="dearer-than-before",
            where="price",
            alternatives=(
                f"partner order {purchase.product_order_id} --dearer",
                "settle it with the partner",
            ),
        )


def back_of(purchase: Purchase, *, buying: Buying) -> Purchase | None:
    """What takes a change back; ``None`` where nothing does."""
    back_id = purchase_back_id(purchase.purchase_id)
    return buying.store.read(lambda tx: tx.find(Purchase, back_id))


def _want_back(tx: SalesWriter, change: Purchase, *, buying: Buying, deed: Deed) -> None:
    """Write down that the change is to be taken back, where there is something to go back to.

    An earlier change that is not taken back yet goes back further than this one.
    """
    if not differs_there(tx, change) or kept_changes(tx, changed_purchase(tx, change)):
        return
    back = replace(
        next_attempt(change),
        purchase_id=purchase_back_id(change.purchase_id),
        is_back=True,
        state=PURCHASE_LIFE.first,
        due_on=max(change.due_on, deed.at.date()),
        made_at=deed.at,
        version=0,
    )
    add_purchase(tx, back, buying=buying, deed=deed)


def _let_stand(tx: SalesWriter, change: Purchase, *, buying: Buying, deed: Deed) -> None:
    """Call off what was to take an earlier change back: this one has passed it."""
    for each in kept_changes(tx, changed_purchase(tx, change)):
        move_purchase_in(tx, each, PurchaseEvent.CANCEL, buying=buying, deed=deed)
