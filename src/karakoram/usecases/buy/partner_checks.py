"""Does what a partner tells fit what was asked, and what it told before?

Each check raises a :class:`PartnerError`, so that nothing that cannot be is taken over.
"""

from karakoram.sales.orders import OrderAction
from karakoram.sales.partner_words import PartnerOrderState, may_follow
from karakoram.sales.purchases import LegPrice, Purchase
from karakoram.usecases.buy.partner_ports import (
    PartnerError,
    ToldOrder,
    ToldProduct,
    ToldQualification,
    ToldQuote,
)

ORDERABLE = "approved.orderable"
QUOTE_AT_WORK = frozenset({"acknowledged", "inProgress", "inProgress.draft"})
QUOTE_REFUSED = frozenset({"unableToProvide", "rejected"})
QUOTE_OVER = frozenset({"expired", "declined", "cancelled"})
PRODUCT_UP = "active"
PRODUCT_ENDED = "terminated"


def _check_same(what: str, told: str, asked: str) -> None:
    """Refuse an answer that speaks of something else than was asked.

    Raises
    ------
    PartnerError
        With code ``partner-wrong-echo``.
    """
    if told != asked:
        raise PartnerError(
            f"the answer has {told or 'none'} where {asked} was asked",
            code="partner-wrong-echo",
            where=what,
            alternatives=(f"the partner answers with {asked}",),
        )


def check_qualification(told: ToldQualification, *, name: str, offering_id: str) -> None:
    """Refuse the answer to another question."""
    _check_same("externalId", told.external_id, name)
    _check_same("productOffering", told.offering_id, offering_id)
    if told.confidence not in {"green", "yellow", "red"}:
        raise _wrong_state("serviceabilityConfidence", told.confidence, "green, yellow or red")


def check_quote(told: ToldQuote, purchase: Purchase) -> None:
    """Refuse a quote for something else, of another level, or without a price."""
    _check_same("externalId", told.external_id, purchase.quote_name)
    _check_same("productOffering", told.offering_id, purchase.wish.product_offering_id)
    if purchase.is_change:
        _check_same("product", told.product_id, purchase.product_there)
    if told.state in QUOTE_REFUSED | QUOTE_AT_WORK:
        return
    _check_same("quoteLevel", told.level, "firm")
    if told.state not in {ORDERABLE, "accepted"} | QUOTE_OVER:
        raise _wrong_state("state", told.state, f"{ORDERABLE} or an end")
    if told.price is None:
        raise PartnerError(
            f"quote {told.quote_id} is {told.state} and names no price",
            code="partner-wrong-price",
            where="quoteItemPrice",
            alternatives=("the partner tells a price of each month and one paid once",),
        )


def check_price(what: str, told: LegPrice | None, agreed: LegPrice | None) -> None:
    """Refuse a price that is not the one that was quoted.

    Raises
    ------
    PartnerError
        With code ``partner-wrong-price``.
    """
    if told != agreed:
        raise PartnerError(
            f"it costs {told or 'nothing'}, and {agreed or 'nothing'} was quoted",
            code="partner-wrong-price",
            where=what,
            alternatives=("settle it with the partner; nothing was taken over",),
        )


def _order_state(told: ToldOrder) -> PartnerOrderState:
    """The state in a partner's word.

    Raises
    ------
    PartnerError
        With code ``partner-wrong-state``.
    """
    try:
        return PartnerOrderState(told.state)
    except ValueError:
        words = ", ".join(each.value for each in PartnerOrderState)
        raise _wrong_state("state", told.state, f"one of {words}") from None


def check_order(told: ToldOrder, purchase: Purchase, *, word: str) -> PartnerOrderState:
    """The state of an order that makes or changes what is bought.

    Parameters
    ----------
    told
        What the partner says.
    purchase
        What was ordered.
    word
        The state that it told before; empty for the first time.

    Raises
    ------
    PartnerError
        With code ``partner-wrong-echo`` or ``partner-wrong-state``.
    """
    _check_same("externalId", told.external_id, purchase.order_name)
    _check_same("action", told.action, asked_action(purchase).value)
    _check_same("quoteItem", told.quote_id, purchase.quote_there)
    if purchase.order_there:
        _check_same("id", told.order_id, purchase.order_there)
    if purchase.product_there:
        _check_same("product", told.product_id, purchase.product_there)
    return _checked_state(told, word)


def asked_action(purchase: Purchase) -> OrderAction:
    """What the order for a purchase asks of the partner."""
    return OrderAction.MODIFY if purchase.is_change else OrderAction.ADD


def check_cease(told: ToldOrder, purchase: Purchase, *, word: str) -> PartnerOrderState:
    """The state of an order that ends what was bought; see :func:`check_order`."""
    _check_same("externalId", told.external_id, purchase.cease_name)
    _check_same("action", told.action, "delete")
    _check_same("product", told.product_id, purchase.product_there)
    if purchase.cease_there:
        _check_same("id", told.order_id, purchase.cease_there)
    return _checked_state(told, word)


def check_product(
    told: ToldProduct, purchase: Purchase, *, status: str, order_id: str = ""
) -> None:
    """Refuse a product that is not as it was bought, or does not stand where it must.

    Parameters
    ----------
    told
        What the partner says.
    purchase
        What was bought.
    status
        Where the product must stand.
    order_id
        The order that it must name; empty where any other may have come since.

    Raises
    ------
    PartnerError
        With code ``partner-wrong-echo``, ``partner-wrong-price`` or ``partner-wrong-state``.
    """
    _check_same("id", told.product_id, purchase.product_there)
    _check_same("productOffering", told.offering_id, purchase.wish.product_offering_id)
    if order_id and order_id not in told.order_ids:
        _check_same("productOrderItem", ", ".join(sorted(told.order_ids)), order_id)
    check_price("productPrice", told.price, purchase.price)
    if told.status != status:
        raise _wrong_state("status", told.status, status)


def _checked_state(told: ToldOrder, word: str) -> PartnerOrderState:
    state = _order_state(told)
    if word and not may_follow(PartnerOrderState(word), state):
        raise PartnerError(
            f"order {told.order_id} is {state.value}, and was {word} before",
            code="partner-wrong-state",
            where="state",
            alternatives=(f"the partner tells what can follow {word}",),
        )
    return state


def _wrong_state(what: str, told: str, right: str) -> PartnerError:
    return PartnerError(
        f"the answer has {told or 'none'}",
        code="partner-wrong-state",
        where=what,
        alternatives=(f"the partner tells {right}",),
    )
