"""Do we and our partners agree on everything that was bought?"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from karakoram.core.errors import RefusedError
from karakoram.core.findings import Finding, finding_at
from karakoram.core.identifiers import OperatorId
from karakoram.sales.order_steps import leg_named
from karakoram.sales.orders import LegState, ProductOrder
from karakoram.sales.purchases import NAMED, Purchase, PurchaseState
from karakoram.usecases.buy.jeopardies import jeopardy
from karakoram.usecases.buy.partner_checks import (
    PRODUCT_ENDED,
    PRODUCT_UP,
    check_order,
    check_product,
)
from karakoram.usecases.buy.partner_legs import Bought, Buying, finding_of, partner_table
from karakoram.usecases.buy.partner_ports import Listed, Partner
from karakoram.usecases.sell.sales_ports import SalesReader

_S = PurchaseState
_CAME_TO_NOTHING = frozenset({_S.CANCELLED, _S.FAILED, _S.REFUSED, _S.KEPT})
_GONE = frozenset({"cancelled", "rejected", "failed", "partial"})
_NOT_UP = frozenset({"cancelled", "terminated", "aborted"})
_LEGS: Mapping[PurchaseState, frozenset[LegState]] = {
    _S.ACTIVE: frozenset({LegState.COMPLETED, LegState.CANCELLED}),
    _S.CHANGED: frozenset({LegState.COMPLETED, LegState.CANCELLED}),
    _S.REFUSED: frozenset(set(LegState) - {LegState.COMPLETED}),
    _S.FAILED: frozenset({LegState.FAILED, LegState.REJECTED, LegState.CANCELLED}),
    _S.CANCELLED: frozenset({LegState.FAILED, LegState.REJECTED, LegState.CANCELLED}),
}
"""Where our leg may stand while a purchase stands so; anywhere for the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _There:
    """What a partner lists."""

    partner: Partner
    orders: tuple[Listed, ...]
    products: tuple[Listed, ...]


def compare_purchases(operator_id: OperatorId | None = None, *, buying: Buying) -> Bought:
    """Every purchase of one partner or all, and everything in which the two sides differ.

    Nothing is changed on either side. What a partner has under names that are not ours concerns no
    leg, and is not looked at.
    """
    partners = [each for each in sorted(buying.partners) if operator_id in {None, each}]
    purchases: list[Purchase] = []
    findings: list[Finding] = []
    for each in partners:
        own, told = buying.store.read(partial(_own, operator_id=each))
        purchases += [purchase for purchase, _ in own]
        try:
            partner = buying.partners[each]
            there = _There(partner=partner, orders=partner.orders(), products=partner.products())
        except RefusedError as error:
            findings.append(finding_of(error, operator_id=each, leg="all"))
            continue
        findings += _unknown(each, there, [purchase for purchase, _ in own])
        changing = {
            purchase.changed_id
            for purchase, _ in own
            if purchase.state in {_S.ACCEPTED, _S.ORDERED}
        }
        for purchase, leg in own:
            if purchase.purchase_id not in changing:  # what changes is as neither side says
                findings += _differences(purchase, leg, there)
        findings += told
    return Bought(purchases=tuple(purchases), findings=tuple(findings))


def _own(
    tx: SalesReader, operator_id: OperatorId
) -> tuple[tuple[tuple[Purchase, LegState], ...], tuple[Finding, ...]]:
    """The purchases of a partner, each with the state of the leg that asked for it.

    And what a partner keeps or has ended against our records.
    """
    found, told = [], []
    for each in tx.find_all(Purchase):
        if each.operator_id == operator_id:
            order = tx.find(ProductOrder, each.product_order_id)
            assert order is not None, f"purchase {each.purchase_id} is of no order"
            found.append((each, leg_named(order, each.leg).state))
            error = jeopardy(tx, each)
            if error is not None:
                told.append(finding_of(error, operator_id=operator_id, leg=each.leg))
    return tuple(found), tuple(told)


def _unknown(operator_id: OperatorId, there: _There, own: Iterable[Purchase]) -> Iterable[Finding]:
    """What the partner has under our names that we know nothing of, or has twice."""
    own, table = tuple(own), partner_table(operator_id)
    known = {record for each in own for record in (each.order_there, each.cease_there)}
    awaited = {each.order_name for each in own if not each.order_there}
    awaited |= {each.cease_name for each in own if not each.cease_there}
    counts = Counter(each.external_id for each in there.orders)
    for each in there.orders:
        is_ours = each.external_id.startswith(NAMED)
        if not is_ours or each.record_id in known or each.state in _GONE:
            continue
        if counts[each.external_id] > 1:
            yield finding_at(
                "partner-double-record",
                (table, each.external_id, None),
                f"order {each.record_id} is there beside another of the same name",
            )
        elif each.external_id not in awaited:
            yield finding_at(
                "partner-unknown-order",
                (table, each.external_id, None),
                f"order {each.record_id} is {each.state} there, and unknown here",
            )


def _differences(purchase: Purchase, leg: LegState, there: _There) -> Iterable[Finding]:
    """In what the partner, we and our leg differ about one purchase."""
    allowed = _LEGS.get(purchase.state, frozenset(LegState))
    if leg not in allowed:
        yield _of(
            purchase,
            code="leg-out-of-step",
            message=f"our leg is {leg.value} while the purchase is {purchase.state.value}; "
            "karakoram partner follow brings them into step",
        )
    checks: Mapping[PurchaseState, Callable[[], Iterable[Finding]]] = {
        _S.ORDERED: lambda: _ordered(purchase, there),
        _S.ACTIVE: lambda: _product(purchase, there, status=PRODUCT_UP),
        _S.ENDED: lambda: _product(purchase, there, status=PRODUCT_ENDED),
        _S.CEASED: lambda: _product(purchase, there, status=PRODUCT_ENDED),
    }
    if purchase.state in checks:
        yield from checks[purchase.state]()
    elif purchase.state in _CAME_TO_NOTHING:
        yield from _nothing_up(purchase, there)


def _ordered(purchase: Purchase, there: _There) -> Iterable[Finding]:
    yield from _told(purchase, lambda: _same_word(purchase, there.partner))


def _same_word(purchase: Purchase, partner: Partner) -> None:
    told = partner.order(purchase.order_there)
    state = check_order(told, purchase, word=purchase.word)
    if state.value != purchase.word:
        raise RefusedError(
            f"the order is {state.value} there, and {purchase.word} when it was looked at last",
            code="order-moved",
            where=purchase.order_there,
            alternatives=("karakoram partner follow",),
        )


def _product(purchase: Purchase, there: _There, *, status: str) -> Iterable[Finding]:
    yield from _told(
        purchase,
        lambda: check_product(
            there.partner.product(purchase.product_there), purchase, status=status
        ),
    )


def _nothing_up(purchase: Purchase, there: _There) -> Iterable[Finding]:
    """What should not be there: an order at work, or a product that is up."""
    for each in there.orders:
        is_ours = each.record_id == purchase.order_there or each.external_id == purchase.order_name
        if is_ours and each.state not in _GONE:
            yield _of(
                purchase,
                code="partner-wrong-state",
                message=f"order {each.record_id} is {each.state} there, and the purchase "
                f"{purchase.state.value} here",
            )
    for each in () if purchase.is_change else there.products:
        if each.record_id == purchase.product_there and each.state not in _NOT_UP:
            yield _of(
                purchase,
                code="partner-wrong-state",
                message=f"product {each.record_id} is {each.state} there, and the purchase "
                f"{purchase.state.value} here",
            )


def _told(purchase: Purchase, check: Callable[[], None]) -> Iterable[Finding]:
    try:
        check()
    except RefusedError as error:
        yield finding_of(error, operator_id=purchase.operator_id, leg=purchase.leg)


def _of(purchase: Purchase, *, code: str, message: str) -> Finding:
    return finding_at(code, (partner_table(purchase.operator_id), purchase.leg, None), message)
