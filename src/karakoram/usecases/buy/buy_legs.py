"""How are the legs of an order bought of partners: asked about, quoted and ordered?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from karakoram.core.errors import RefusedError
from karakoram.core.findings import Finding
from karakoram.core.identifiers import ExternalId, OperatorId, ProductOrderId
from karakoram.core.money import Money, total
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.change_log import Deed
from karakoram.sales.orders import ProductOrder
from karakoram.sales.plans import Refusal
from karakoram.sales.purchases import (
    NAMED,
    LegPrice,
    Purchase,
    PurchaseEvent,
    PurchaseState,
    next_attempt,
)
from karakoram.usecases.buy.change_purchases import back_of, check_price_back
from karakoram.usecases.buy.jeopardies import jeopardy, try_again
from karakoram.usecases.buy.partner_checks import (
    ORDERABLE,
    QUOTE_AT_WORK,
    QUOTE_OVER,
    QUOTE_REFUSED,
    asked_action,
    check_order,
    check_price,
    check_qualification,
    check_quote,
)
from karakoram.usecases.buy.partner_legs import (
    Bought,
    Buying,
    LegToBuy,
    finding_of,
    legs_to_buy,
)
from karakoram.usecases.buy.partner_ports import (
    OrderAsked,
    Partner,
    PartnerError,
    PartnerSilentError,
    ToldQualification,
)
from karakoram.usecases.buy.purchase_questions import is_wanted
from karakoram.usecases.buy.want_purchases import purchase_to_change, want_purchase
from karakoram.usecases.buy.write_purchases import move_purchase


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifiedLeg:
    """What a partner says to the question whether it can provide a leg."""

    leg: str
    operator_id: OperatorId
    told: ToldQualification


def qualify_legs(
    order_id: ProductOrderId, *, buying: Buying
) -> tuple[tuple[QualifiedLeg, ...], tuple[Finding, ...]]:
    """Whether partners can provide their legs of an order; nothing is held or bound.

    Raises
    ------
    NotFoundError, RefusedError
        As of :func:`legs_to_buy`.
    """
    qualified: list[QualifiedLeg] = []
    findings: list[Finding] = []
    for wanted in legs_to_buy(order_id, buying):
        leg = wanted.leg.leg
        name = ExternalId(f"{NAMED}{buying.ids.new_id()}:qualify")
        try:
            wish = wanted.wish
            changed = purchase_to_change(wanted, buying)
            there = "" if changed is None else changed.product_there
            told = wanted.partner.qualification(wish, name, product_id=there)
            check_qualification(told, name=name, offering_id=wish.product_offering_id)
            qualified.append(QualifiedLeg(leg=leg.name, operator_id=leg.operator_id, told=told))
        except RefusedError as error:
            findings.append(finding_of(error, operator_id=leg.operator_id, leg=leg.name))
    return tuple(qualified), tuple(findings)


def quote_legs(order_id: ProductOrderId, *, buying: Buying, deed: Deed) -> Bought:
    """The legs of an order with the firm prices of their partners, each asked for once.

    Raises
    ------
    NotFoundError, RefusedError
        As of :func:`legs_to_buy`.
    """

    def quote(wanted: LegToBuy) -> Purchase:
        purchase, is_new = want_purchase(wanted, buying=buying, deed=deed)
        return ask_quote(purchase, wanted.partner, buying=buying, deed=deed, is_new=is_new)

    return _each(legs_to_buy(order_id, buying), quote, buying=buying)


def order_legs(
    order_id: ProductOrderId, *, may_be_dearer: bool, buying: Buying, deed: Deed
) -> Bought:
    """The legs of an order, ordered of their partners at the prices that they quote.

    Parameters
    ----------
    order_id
        Our order.
    may_be_dearer
        Whether a partner may ask more for its legs than our own plan counts for it.
    buying
        Store and partners.
    deed
        Who orders, when and why.

    Raises
    ------
    NotFoundError, RefusedError
        As of :func:`legs_to_buy`.
    """
    legs = legs_to_buy(order_id, buying)
    prepared = quote_legs(order_id, buying=buying, deed=deed)
    refused = {} if may_be_dearer else _dearer(legs[0].order, prepared.purchases)

    def order(wanted: LegToBuy) -> Purchase:
        purchase, _ = want_purchase(wanted, buying=buying, deed=deed)
        if purchase.state is PurchaseState.QUOTED:
            if wanted.leg.leg.operator_id in refused:
                raise refused[wanted.leg.leg.operator_id]
            purchase = accept_quote(purchase, wanted.partner, buying=buying, deed=deed)
        if purchase.state is PurchaseState.ACCEPTED:
            purchase = place_purchase(purchase, wanted.partner, buying=buying, deed=deed)
        back = back_of(purchase, buying=buying)
        if back is None:
            return purchase
        return _take_back(
            back, wanted.partner, may_be_dearer=may_be_dearer, buying=buying, deed=deed
        )

    done = _each(legs, order, buying=buying)
    told = dict.fromkeys((*prepared.findings, *done.findings))
    return replace(done, findings=tuple(told))


def ask_quote(
    purchase: Purchase, partner: Partner, *, buying: Buying, deed: Deed, is_new: bool
) -> Purchase:
    """The purchase with the partner's price; one that is quoted already is as it was.

    Parameters
    ----------
    purchase
        As it is stored.
    partner
        Who is asked.
    buying
        Store and partners.
    deed
        Who asks, when and why.
    is_new
        Whether the partner cannot have heard of it yet.
    """
    if purchase.state is not PurchaseState.WANTED:
        return purchase
    told = None if is_new else partner.quote_named(purchase.quote_name)
    there = purchase.product_there if purchase.is_change else ""
    told = told or partner.new_quote(purchase.wish, purchase.quote_name, product_id=there)
    check_quote(told, purchase)
    if told.state in QUOTE_AT_WORK:
        return purchase
    known = replace(purchase, quote_there=told.quote_id)
    if told.state in QUOTE_REFUSED:
        why = "; ".join(told.reasons) or "no reason is told"
        reason = Refusal(code=f"partner-{told.state}", where=purchase.leg, message=why)
        known = replace(known, reasons=(reason,))
        event = purchase.event_of_nothing(PurchaseEvent.REFUSE)
        return move_purchase(purchase, event, buying=buying, deed=deed, told=known)
    known = replace(known, price=told.price, valid_until=told.valid_until)
    quoted_one = move_purchase(purchase, PurchaseEvent.QUOTE, buying=buying, deed=deed, told=known)
    if told.state in QUOTE_OVER:
        return _quote_again(quoted_one, buying=buying, deed=deed)
    return quoted_one


def accept_quote(purchase: Purchase, partner: Partner, *, buying: Buying, deed: Deed) -> Purchase:
    """The purchase, to be ordered at its price, which the partner still tells.

    Parameters
    ----------
    purchase
        As it is stored, quoted.
    partner
        Whose quote it is.
    buying
        Store and partners.
    deed
        Who orders, when and why.
    """
    told = partner.quote(purchase.quote_there)
    check_quote(told, purchase)
    if told.state in QUOTE_OVER:
        again = _quote_again(purchase, buying=buying, deed=deed)
        return ask_quote(again, partner, buying=buying, deed=deed, is_new=True)
    check_price("quoteItemPrice", told.price, purchase.price)
    if told.state != ORDERABLE:
        raise PartnerError(
            f"quote {told.quote_id} is {told.state}, and we have not ordered",
            code="partner-wrong-state",
            where="state",
            alternatives=(f"the partner tells {ORDERABLE}",),
        )
    return move_purchase(purchase, PurchaseEvent.ACCEPT, buying=buying, deed=deed)


def place_purchase(purchase: Purchase, partner: Partner, *, buying: Buying, deed: Deed) -> Purchase:
    """The purchase, whose order the partner has; one that arrived before is found, not repeated.

    Parameters
    ----------
    purchase
        As it is stored, its quote accepted.
    partner
        Who gets the order.
    buying
        Store and partners.
    deed
        Who orders, when and why.
    """
    told = partner.order_named(purchase.order_name)
    if told is None:
        asked = OrderAsked(
            name=purchase.order_name,
            action=asked_action(purchase),
            wish=purchase.wish,
            quote_id=purchase.quote_there,
            product_id=purchase.product_there,
            due_on=purchase.due_on,
        )
        try:
            told = partner.new_order(asked)
        except PartnerSilentError:
            raise
        except PartnerError:
            if partner.quote(purchase.quote_there).state not in QUOTE_OVER:
                raise
            return _quote_again(purchase, buying=buying, deed=deed)
    state = check_order(told, purchase, word="")
    known = replace(
        purchase, order_there=told.order_id, product_there=told.product_id, word=state.value
    )
    return move_purchase(purchase, PurchaseEvent.ORDER, buying=buying, deed=deed, told=known)


def _take_back(
    back: Purchase, partner: Partner, *, may_be_dearer: bool, buying: Buying, deed: Deed
) -> Purchase:
    """What takes a change back, ordered; a partner that has refused is asked again at once.

    Raises
    ------
    RefusedError
        With code ``dearer-than-before``; or ``change-kept`` where it refuses again.
    """
    if back.state is PurchaseState.KEPT:
        back = try_again(back, buying=buying, deed=deed)
    if buying.store.read(lambda tx: is_wanted(tx, back)):
        back = ask_quote(back, partner, buying=buying, deed=deed, is_new=False)
        if back.state is PurchaseState.QUOTED:
            if not may_be_dearer:
                check_price_back(back, buying=buying)
            back = accept_quote(back, partner, buying=buying, deed=deed)
        if back.state is PurchaseState.ACCEPTED:
            back = place_purchase(back, partner, buying=buying, deed=deed)
    error = buying.store.read(lambda tx: jeopardy(tx, back))
    if error is not None:
        raise error
    return back


def _quote_again(purchase: Purchase, *, buying: Buying, deed: Deed) -> Purchase:
    """The purchase, to be quoted anew under another name, its quote being over."""
    return move_purchase(
        purchase,
        PurchaseEvent.QUOTE_AGAIN,
        buying=buying,
        deed=deed,
        told=next_attempt(purchase),
    )


def planned_price(order: ProductOrder, operator_id: OperatorId, *, currency: str) -> LegPrice:
    """What the plan of an order counts for all legs of an operator.

    Raises
    ------
    ValueError
        If it counts in another currency.
    """
    charges = () if order.plan is None else order.plan.charges
    own = [each for each in charges if each.operator_id == operator_id]

    def of_kind(kind: PriceType) -> Money:
        return total((each.amount for each in own if each.kind is kind), currency)

    return LegPrice(mrc=of_kind(PriceType.RECURRING), nrc=of_kind(PriceType.ONE_TIME))


def _dearer(order: ProductOrder, purchases: Iterable[Purchase]) -> dict[OperatorId, RefusedError]:
    """Why each partner that asks more than the plan counts for it is not ordered from."""
    prices: dict[OperatorId, list[LegPrice]] = {}
    for each in purchases:
        if each.price is not None:
            prices.setdefault(each.operator_id, []).append(each.price)
    found = {}
    for operator_id, own in prices.items():
        why = _why_dearer(order, operator_id, own)
        if why:
            found[operator_id] = RefusedError(
                why,
                code="dearer-than-planned",
                where="price",
                alternatives=("--dearer, where it is to be ordered all the same", "order cancel"),
            )
    return found


def _why_dearer(order: ProductOrder, operator_id: OperatorId, own: list[LegPrice]) -> str:
    currency = own[0].mrc.currency
    try:
        planned = planned_price(order, operator_id, currency=currency)
        asked = LegPrice(
            mrc=total((each.mrc for each in own), currency),
            nrc=total((each.nrc for each in own), currency),
        )
    except ValueError:
        return f"{operator_id} asks {own[0]}, in another currency than our plan counts"
    if asked.mrc.minor <= planned.mrc.minor and asked.nrc.minor <= planned.nrc.minor:
        return ""
    return f"{operator_id} asks {asked}, and our plan counts {planned} for it"


def _each(
    legs: Iterable[LegToBuy], act: Callable[[LegToBuy], Purchase], *, buying: Buying
) -> Bought:
    """What becomes of each leg; one that a partner refuses stands in the way of no other."""
    purchases: list[Purchase] = []
    findings: list[Finding] = []
    for wanted in legs:
        leg = wanted.leg.leg
        try:
            purchases.append(act(wanted))
        except RefusedError as error:
            findings.append(finding_of(error, operator_id=leg.operator_id, leg=leg.name))
            known = _known(wanted, buying)
            purchases += [known] if known is not None else []
    return Bought(purchases=tuple(purchases), findings=tuple(findings))


def _known(wanted: LegToBuy, buying: Buying) -> Purchase | None:
    return buying.store.read(lambda tx: tx.find(Purchase, wanted.bought_id))
