"""How is what happens to a purchase written down, each step with its entry of the change log?"""

from dataclasses import replace

from karakoram.sales.change_log import Deed
from karakoram.sales.purchases import PURCHASE_LIFE, Purchase, PurchaseEvent
from karakoram.usecases.buy.partner_legs import Buying
from karakoram.usecases.sell.sales_action import Change, log_change
from karakoram.usecases.sell.sales_ports import SalesWriter


def add_purchase(tx: SalesWriter, purchase: Purchase, *, buying: Buying, deed: Deed) -> None:
    """Write a new purchase down."""
    tx.add(purchase)
    _log(tx, purchase, buying=buying, deed=deed, action="purchase.want", before="")


def write_purchase(
    tx: SalesWriter,
    purchase: Purchase,
    *,
    before: Purchase,
    buying: Buying,
    deed: Deed,
    action: str,
) -> Purchase:
    """The purchase as it is stored from now on.

    Parameters
    ----------
    tx
        Where to write.
    purchase
        As it stands from now on, of the version that was read.
    before
        As it stood.
    buying
        Store and partners.
    deed
        Who acts, when and why.
    action
        What the log calls it.

    Raises
    ------
    ConflictError
        If somebody else has changed it meanwhile.
    """
    stored = tx.replace(purchase)
    _log(tx, purchase, buying=buying, deed=deed, action=action, before=before.state.value)
    return stored


def move_purchase(
    purchase: Purchase,
    event: PurchaseEvent,
    *,
    buying: Buying,
    deed: Deed,
    told: Purchase | None = None,
) -> Purchase:
    """The purchase after an event, as it is stored from now on; in a transaction of its own.

    Parameters
    ----------
    purchase
        As it is stored.
    event
        What happens to it.
    buying
        Store and partners.
    deed
        Who acts, when and why.
    told
        It with what the partner said; ``None`` where nothing else changes.

    Raises
    ------
    ConflictError
        If somebody else has changed it meanwhile.
    """
    return buying.store.write(
        lambda tx: move_purchase_in(tx, purchase, event, buying=buying, deed=deed, told=told)
    )


def move_purchase_in(
    tx: SalesWriter,
    purchase: Purchase,
    event: PurchaseEvent,
    *,
    buying: Buying,
    deed: Deed,
    told: Purchase | None = None,
) -> Purchase:
    """The purchase after an event, within a transaction; see :func:`move_purchase`."""
    state = PURCHASE_LIFE.next_state(purchase.state, event)
    return write_purchase(
        tx,
        replace(told or purchase, state=state),
        before=purchase,
        buying=buying,
        deed=deed,
        action=f"purchase.{event.value.replace(' ', '-')}",
    )


def _log(
    tx: SalesWriter, purchase: Purchase, *, buying: Buying, deed: Deed, action: str, before: str
) -> None:
    change = Change(
        action=action,
        subject_kind="purchase",
        subject_id=purchase.purchase_id,
        state_before=before,
        state_after=purchase.state.value,
        detail=" ".join(filter(None, (purchase.operator_id, purchase.word))),
    )
    log_change(tx, buying.ids, deed=deed, change=change)
