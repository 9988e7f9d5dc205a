"""Which step brings a purchase nearer to what is wanted, and to what the partner has done?

Every step gives the purchase as it is stored afterwards; each is written before the next is asked
for.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from karakoram.core.errors import RefusedError
from karakoram.sales.change_log import Deed
from karakoram.sales.orders import LegState, OrderAction
from karakoram.sales.partner_words import ENDED, PartnerOrderState
from karakoram.sales.plans import Refusal
from karakoram.sales.purchases import Purchase, PurchaseEvent, PurchaseState
from karakoram.usecases.buy.buy_legs import accept_quote, ask_quote, place_purchase
from karakoram.usecases.buy.change_purchases import (
    check_price_back,
    complete_change,
    settle_change,
)
from karakoram.usecases.buy.jeopardies import is_due, is_over, try_again
from karakoram.usecases.buy.partner_checks import (
    ORDERABLE,
    PRODUCT_ENDED,
    PRODUCT_UP,
    QUOTE_AT_WORK,
    check_cease,
    check_order,
    check_product,
)
from karakoram.usecases.buy.partner_legs import Buying
from karakoram.usecases.buy.partner_ports import (
    OrderAsked,
    Partner,
    PartnerError,
    PartnerSilentError,
)
from karakoram.usecases.buy.purchase_questions import cease_order, is_wanted
from karakoram.usecases.buy.tell_leg import advance_our_leg
from karakoram.usecases.buy.write_purchases import move_purchase, write_purchase

_S, _E, _P = PurchaseState, PurchaseEvent, PartnerOrderState
_ENDS: Mapping[PartnerOrderState, PurchaseEvent] = {
    _P.COMPLETED: _E.COMPLETE,
    _P.REJECTED: _E.REFUSE,
    _P.CANCELLED: _E.CANCEL,
    _P.FAILED: _E.FAIL,
    _P.PARTIAL: _E.FAIL,
}
"""What the end of a partner's order does to the purchase."""


def take_step(purchase: Purchase, *, buying: Buying, deed: Deed) -> Purchase:
    """The purchase after the step that is due where it stands; as it was where none is.

    Raises
    ------
    RefusedError
        What the partner could not or would not do, or said that cannot be.
    """
    is_up = buying.store.read(lambda tx: is_wanted(tx, purchase))
    step = _STEPS.get((purchase.state, is_up))
    return purchase if step is None else step(purchase, buying, deed)


def _partner(purchase: Purchase, buying: Buying) -> Partner:
    partner = buying.partners.get(purchase.operator_id)
    if partner is None:
        raise RefusedError(
            f"{purchase.operator_id} is no partner any more, and a purchase of it is open",
            code="no-such-partner",
            where=purchase.purchase_id,
            alternatives=("write it into the file of partners again",),
        )
    return partner


def _hear(purchase: Purchase, told: Purchase, buying: Buying, *, deed: Deed) -> Purchase:
    """The purchase with what the partner said, written where that is news."""
    if told == purchase:
        return purchase
    return buying.store.write(
        lambda tx: write_purchase(
            tx, told, before=purchase, buying=buying, deed=deed, action="purchase.hear"
        )
    )


def _cancel_here(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    """Leave what nothing is to come of."""
    event = purchase.event_of_nothing(_E.CANCEL)
    return move_purchase(purchase, event, buying=buying, deed=deed)


def _is_over(purchase: Purchase, buying: Buying) -> bool:
    return buying.store.read(lambda tx: is_over(tx, purchase))


def _is_due(purchase: Purchase, buying: Buying, deed: Deed) -> bool:
    return buying.store.read(lambda tx: is_due(tx, purchase, deed.at))


def _try_again(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    """Ask anew for what takes a change back, in due time; or give it up where it is over."""
    if _is_over(purchase, buying):
        return move_purchase(purchase, _E.CANCEL, buying=buying, deed=deed)
    if _is_due(purchase, buying, deed):
        return try_again(purchase, buying=buying, deed=deed)
    return purchase


def _cease(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    """Ask for the end; of a partner that would not, in due time."""
    if purchase.reasons and not _is_due(purchase, buying, deed):
        return purchase
    told = replace(purchase, reasons=())
    return move_purchase(purchase, _E.CEASE, buying=buying, deed=deed, told=told)


def _close(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    """Leave a product that has ended there, once our own order has ended as well."""
    if not _is_over(purchase, buying):
        return purchase
    return move_purchase(purchase, _E.SETTLE, buying=buying, deed=deed)


def _place(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    return place_purchase(purchase, _partner(purchase, buying), buying=buying, deed=deed)


def _ask_back(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    """Ask for the quote by which a change is taken back; others are asked for by a person."""
    if not purchase.is_back:
        return purchase
    partner = _partner(purchase, buying)
    return ask_quote(purchase, partner, buying=buying, deed=deed, is_new=False)


def _accept_back(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    if not purchase.is_back:
        return purchase
    check_price_back(purchase, buying=buying)
    return accept_quote(purchase, _partner(purchase, buying), buying=buying, deed=deed)


def _settle(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    return settle_change(purchase, buying=buying, deed=deed)


def _drop(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    """Give back what a quote holds, if there is one."""
    partner, quote_id = _partner(purchase, buying), purchase.quote_there
    if not quote_id:
        told = partner.quote_named(purchase.quote_name)
        quote_id = "" if told is None else told.quote_id
    if quote_id:
        _decline(partner, quote_id)
    return _cancel_here(purchase, buying, deed)


def _drop_accepted(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    """Give back the quote, after which no order can come of it; or find the order."""
    partner = _partner(purchase, buying)
    if partner.order_named(purchase.order_name) is not None:
        return _place(purchase, buying, deed)
    if _decline(partner, purchase.quote_there) == "accepted":
        return _place(purchase, buying, deed)  # what was sent has arrived only now
    return _cancel_here(purchase, buying, deed)


def _decline(partner: Partner, quote_id: str) -> str:
    """The state of a quote once it is declined, if it still can be."""
    told = partner.quote(quote_id)
    if told.state in {ORDERABLE, "answered", *QUOTE_AT_WORK}:
        try:
            partner.decline(quote_id, is_at_work=told.state in QUOTE_AT_WORK)
        except PartnerSilentError:
            raise
        except PartnerError:
            after = partner.quote(quote_id)
            if after.state == told.state:
                raise
            told = after
    return told.state


def _look(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    """Hear how the order is, and take over its end."""
    partner = _partner(purchase, buying)
    told = partner.order(purchase.order_there)
    state = check_order(told, purchase, word=purchase.word)
    known = replace(
        purchase, word=state.value, product_there=told.product_id or purchase.product_there
    )
    if state not in ENDED:
        return _hear(purchase, known, buying, deed=deed)
    if state is not _P.COMPLETED:
        failed = replace(known, reasons=(_reason(told.order_id, known, told.state),))
        event = purchase.event_of_nothing(_ENDS[state])
        return move_purchase(purchase, event, buying=buying, deed=deed, told=failed)
    # An order that changes a product need not be among those that Sonata's product names.
    named = "" if known.is_change else known.order_there
    check_product(partner.product(known.product_there), known, status=PRODUCT_UP, order_id=named)
    if known.is_change:
        return complete_change(purchase, buying=buying, deed=deed, told=known)
    return move_purchase(purchase, _ENDS[state], buying=buying, deed=deed, told=known)


def _call_off(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    looked_at = _look(purchase, buying, deed)
    if looked_at.state is not _S.ORDERED:
        return looked_at
    if looked_at.word not in {_P.CANCELLING.value, _P.ASSESSING_CANCELLATION.value}:
        _cancel(_partner(purchase, buying), looked_at.order_there)
    return _look(looked_at, buying, deed)


def _cancel(partner: Partner, order_id: str) -> None:
    """Call an order off; one that has ended meanwhile is looked at instead."""
    try:
        partner.cancel(order_id)
    except PartnerSilentError:
        raise
    except PartnerError:
        if PartnerOrderState(partner.order(order_id).state) not in ENDED:
            raise


def _order_end(
    purchase: Purchase, buying: Buying, deed: Deed
) -> tuple[Purchase, PartnerOrderState]:
    """The purchase and the state of the order that ends it, which the partner has after this."""
    partner = _partner(purchase, buying)
    if purchase.cease_there:
        told = partner.order(purchase.cease_there)
    else:
        asked = OrderAsked(
            name=purchase.cease_name,
            action=OrderAction.DELETE,
            wish=purchase.wish,
            quote_id="",
            product_id=purchase.product_there,
            due_on=max(purchase.due_on, deed.at.date()),
        )
        found = partner.order_named(purchase.cease_name)
        told = found if found is not None else partner.new_order(asked)
    word = purchase.word if purchase.cease_there else ""
    state = check_cease(told, purchase, word=word)
    known = replace(purchase, cease_there=told.order_id, word=state.value)
    return _hear(purchase, known, buying, deed=deed), state


def _end(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    asked, state = _order_end(purchase, buying, deed)
    if state is _P.COMPLETED:
        return _take_end(asked, buying, deed)
    if state not in ENDED:
        return asked
    found = buying.store.read(lambda tx: cease_order(tx, asked))
    if found is None:
        reasons = (_reason(asked.cease_there, asked, state.value),)
        return _keep(asked, buying, deed=deed, reasons=reasons)
    why = replace(deed, why=f"the partner tells {state.value}")
    advance_our_leg(found, asked.leg, LegState.FAILED, buying=buying, deed=why)
    return _keep(asked, buying, deed=deed)


def _call_end_off(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    """Call the end off; what has ended already is lost."""
    asked, state = _order_end(purchase, buying, deed)
    if state not in ENDED:
        _cancel(_partner(asked, buying), asked.cease_there)
    asked, state = _order_end(asked, buying, deed)
    if state is _P.COMPLETED:
        return _take_end(asked, buying, deed)
    return _keep(asked, buying, deed=deed) if state in ENDED else asked


def _take_end(purchase: Purchase, buying: Buying, deed: Deed) -> Purchase:
    """Take over that the product has ended there."""
    product = _partner(purchase, buying).product(purchase.product_there)
    check_product(product, purchase, status=PRODUCT_ENDED, order_id=purchase.cease_there)
    return move_purchase(purchase, _E.END, buying=buying, deed=deed)


def _keep(
    purchase: Purchase, buying: Buying, *, deed: Deed, reasons: tuple[Refusal, ...] = ()
) -> Purchase:
    """The purchase, which does not end there; with reasons where it is not wanted any more."""
    told = replace(
        purchase,
        attempt=purchase.attempt + 1,
        cease_there="",
        word=PartnerOrderState.COMPLETED.value,
        reasons=reasons,
    )
    return move_purchase(purchase, _E.KEEP, buying=buying, deed=deed, told=told)


def _reason(order_id: str, purchase: Purchase, state: str) -> Refusal:
    return Refusal(
        code=f"partner-{state}",
        where=purchase.leg,
        message=f"order {order_id} of {purchase.operator_id} is {state}",
    )


_STEPS: Mapping[tuple[PurchaseState, bool], Callable[[Purchase, Buying, Deed], Purchase]] = {
    (_S.WANTED, True): _ask_back,
    (_S.WANTED, False): _drop,
    (_S.QUOTED, True): _accept_back,
    (_S.QUOTED, False): _drop,
    (_S.ACCEPTED, True): _place,
    (_S.ACCEPTED, False): _drop_accepted,
    (_S.ORDERED, True): _look,
    (_S.ORDERED, False): _call_off,
    (_S.CHANGED, True): _settle,
    (_S.CHANGED, False): _settle,
    (_S.KEPT, True): _try_again,
    (_S.KEPT, False): _try_again,
    (_S.ACTIVE, False): _cease,
    (_S.CEASING, True): _call_end_off,
    (_S.CEASING, False): _end,
    (_S.ENDED, True): _close,
    (_S.ENDED, False): _close,
}
"""What is done where a purchase stands, and is wanted or not."""
