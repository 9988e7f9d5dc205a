"""Which legs of an order are bought of partners, and what is each called there?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from karakoram.core.errors import RefusedError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import OperatorId, ProductOrderId, PurchaseId
from karakoram.sales.change_log import Deed
from karakoram.sales.configurations import configuration
from karakoram.sales.orders import OPEN_ORDER_STATES, LegOrder, OrderAction, ProductOrder
from karakoram.sales.products import Product
from karakoram.sales.purchases import (
    OPEN_PURCHASES,
    PURCHASE_LIFE,
    Purchase,
    PurchaseEvent,
    PurchaseState,
    later_purchase_id,
    purchase_id,
)
from karakoram.sales.qualifications import Wish
from karakoram.usecases.buy.partner_ports import Partner, PartnerTerms
from karakoram.usecases.sell.sales_action import Change, known_record, log_change
from karakoram.usecases.sell.sales_ports import IdSource, SalesReader, SalesStore, SalesWriter

AT_REST = frozenset({PurchaseState.KEPT, PurchaseState.ENDED})
"""States in which nothing is on its way there: a change passes what is kept, and buys anew."""
A_SITE, Z_SITE = "a_site", "z_site"
"""Characteristics that every offering between two sites has."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Buying:
    """What use cases of buying need."""

    store: SalesStore
    ids: IdSource
    partners: Mapping[OperatorId, Partner]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """Purchases as they stand now, and everything that a partner could not or would not do."""

    purchases: tuple[Purchase, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LegToBuy:
    """A leg of an order, of an operator that is a partner."""

    order: ProductOrder
    leg: LegOrder
    product: Product
    partner: Partner

    @property
    def wish(self) -> Wish:
        """The leg in the partner's words.

        Raises
        ------
        RefusedError
            With code ``leg-not-offered``.
        """
        return _wish(self, self.partner.terms)

    @property
    def bought_id(self) -> PurchaseId:
        """The identifier of what is bought for the leg by this order."""
        product_id, leg = self.order.product_id, self.leg.leg.name
        if self.order.action is OrderAction.ADD:
            return purchase_id(product_id, leg)
        return later_purchase_id(product_id, leg, self.order.product_order_id)


def legs_to_buy(order_id: ProductOrderId, buying: Buying) -> tuple[LegToBuy, ...]:
    """The legs that a partner is asked for; one that waits for others is a test, and is not.

    Raises
    ------
    NotFoundError
        If there is no such order.
    RefusedError
        With code ``no-partner-leg`` or ``end-by-follow``.
    """
    order, product = buying.store.read(lambda tx: _order_and_product(tx, order_id))
    legs = tuple(
        LegToBuy(order=order, leg=leg, product=product, partner=buying.partners[operator])
        for leg in order.legs
        if (operator := leg.leg.operator_id) in buying.partners and not leg.leg.after
    )
    if not legs:
        known = ", ".join(sorted(buying.partners)) or "nobody"
        raise RefusedError(
            f"no leg of order {order_id} is one of a partner; partners are {known}",
            code="no-partner-leg",
            where=order_id,
            alternatives=("write the operator into the file of partners", "order leg"),
        )
    if order.action is OrderAction.DELETE:
        raise RefusedError(
            f"order {order_id} ends a product, and an end is not bought",
            code="end-by-follow",
            where=order_id,
            alternatives=("partner follow",),
        )
    return legs


def purchase_to_change(wanted: LegToBuy, buying: Buying) -> Purchase | None:
    """What was bought for the leg before, and is to change; ``None`` where it is bought anew.

    Raises
    ------
    RefusedError
        With code ``leg-out-of-step`` where something is still on its way there.
    """
    return buying.store.read(lambda tx: _to_change(tx, wanted))


def _to_change(tx: SalesReader, wanted: LegToBuy) -> Purchase | None:
    if wanted.order.action is OrderAction.ADD:
        return None
    states = [each.value for each in OPEN_PURCHASES if each not in AT_REST]
    found = tx.find_all(Purchase, states=states)
    leg = wanted.leg.leg
    asked = (wanted.order.product_id, leg.name, leg.operator_id)
    known = [each for each in found if (each.product_id, each.leg, each.operator_id) == asked]
    others = [each for each in known if each.purchase_id != wanted.bought_id]
    own = next((each for each in others if not each.is_change), None)
    on_way = [each for each in others if each.is_change or each.state is not PurchaseState.ACTIVE]
    if not on_way:
        return own
    blocking = on_way[0]
    raise RefusedError(
        f"{leg.name} is {blocking.state.value} at {leg.operator_id}, and cannot be changed yet",
        code="leg-out-of-step",
        where=blocking.purchase_id,
        alternatives=("partner follow",),
    )


def kept_purchase(wanted: LegToBuy, *, buying: Buying, deed: Deed) -> tuple[Purchase, bool]:
    """The purchase for a leg, written down before anything is asked; and whether it is new.

    Raises
    ------
    RefusedError
        With code ``order-ended``, ``other-offering``, or as of :func:`purchase_to_change`.
    """
    known = buying.store.read(lambda tx: tx.find(Purchase, wanted.bought_id))
    if known is not None:
        return known, False
    new = _new_purchase(wanted, purchase_to_change(wanted, buying), deed=deed)

    def write(tx: SalesWriter) -> tuple[Purchase, bool]:
        meanwhile = tx.find(Purchase, new.purchase_id)
        if meanwhile is not None:
            return meanwhile, False
        _check_open(known_record(tx, ProductOrder, new.product_order_id))
        _to_change(tx, wanted)  # nobody has asked for anything else of it meanwhile
        tx.add(new)
        log_purchase(tx, buying.ids, new, deed=deed, action="purchase.want")
        return new, True

    return buying.store.write(write)


def _new_purchase(wanted: LegToBuy, changed: Purchase | None, *, deed: Deed) -> Purchase:
    """What is to be bought; a change in which nothing differs for the partner is through."""
    leg, wish = wanted.leg.leg, wanted.wish
    new = Purchase(
        purchase_id=wanted.bought_id,
        operator_id=leg.operator_id,
        product_id=wanted.order.product_id,
        product_order_id=wanted.order.product_order_id,
        leg=leg.name,
        leg_order_id=wanted.leg.leg_order_id,
        wish=wish,
        due_on=wanted.leg.due_on,
        state=PURCHASE_LIFE.first,
        made_at=deed.at,
    )
    if changed is None:
        return new
    if changed.wish.product_offering_id != wish.product_offering_id:
        raise RefusedError(
            f"{leg.name} is {changed.wish.product_offering_id} of {leg.operator_id}, and the file "
            f"of partners says {wish.product_offering_id}; a change keeps the offering",
            code="other-offering",
            where=leg.name,
            alternatives=(f"write {changed.wish.product_offering_id} there", "order leg"),
        )
    new = replace(new, changed_id=changed.purchase_id, product_there=changed.product_there)
    if wish != changed.wish:
        return new
    state = PURCHASE_LIFE.next_state(new.state, PurchaseEvent.CHANGE)
    return replace(new, state=state, price=changed.price)


def _check_open(order: ProductOrder) -> None:
    if order.state not in OPEN_ORDER_STATES:
        raise RefusedError(
            f"order {order.product_order_id} is {order.state.value}; nothing is bought for it",
            code="order-ended",
            where=order.product_order_id,
        )


def moved(
    purchase: Purchase, event: PurchaseEvent, *, buying: Buying, deed: Deed, told: Purchase
) -> Purchase:
    """The purchase after an event, written; ``told`` is it with what the partner said.

    Raises
    ------
    ConflictError
        If somebody else has changed it meanwhile.
    """
    state = PURCHASE_LIFE.next_state(purchase.state, event)
    return written(
        replace(told, state=state),
        buying=buying,
        deed=deed,
        action=f"purchase.{event.value.replace(' ', '-')}",
        before=purchase,
    )


def written(
    purchase: Purchase, *, buying: Buying, deed: Deed, action: str, before: Purchase
) -> Purchase:
    """The purchase, written with its entry of the log."""

    def write(tx: SalesWriter) -> None:
        tx.replace(purchase)
        log_purchase(tx, buying.ids, purchase, deed=deed, action=action, before=before.state.value)

    buying.store.write(write)
    return replace(purchase, version=purchase.version + 1)


def finding_of(error: RefusedError, *, operator_id: str, leg: str) -> Finding:
    """What a partner could not or would not do, at the leg that it concerns."""
    right = f". Instead: {'; or '.join(error.alternatives)}" if error.alternatives else ""
    return Finding(
        code=error.code,
        place=Place(table=f"partner {operator_id}", record=leg, field=error.where or None),
        message=f"{error}{right}",
    )


def _order_and_product(tx: SalesReader, order_id: ProductOrderId) -> tuple[ProductOrder, Product]:
    order = known_record(tx, ProductOrder, order_id)
    return order, known_record(tx, Product, order.product_id)


def _wish(wanted: LegToBuy, terms: PartnerTerms) -> Wish:
    ours, leg = wanted.product.product_offering_id, wanted.leg.leg
    offered = terms.offerings.get(ours)
    if offered is None:
        raise RefusedError(
            f"it is not written down what {terms.operator_id} sells for a leg of {ours}",
            code="leg-not-offered",
            where=leg.name,
            alternatives=(
                f"write [{terms.operator_id}.offerings.{ours}] into the file of partners",
            ),
        )
    given = wanted.order.configuration.by_name
    values = {name: given[name] for name in offered.passed if name in given}
    ends = {A_SITE: leg.a_site_id, Z_SITE: leg.z_site_id}
    named = {name: terms.sites.get(site, site) for name, site in ends.items()}
    return Wish(
        product_offering_id=offered.offering_id,
        configuration=configuration({**values, **offered.fixed.by_name, **named}),
    )


def log_purchase(
    tx: SalesWriter,
    ids: IdSource,
    purchase: Purchase,
    *,
    deed: Deed,
    action: str,
    before: str = "",
) -> None:
    """Write the entry of the change log for what happened to a purchase."""
    change = Change(
        action=action,
        subject_kind="purchase",
        subject_id=purchase.purchase_id,
        state_before=before,
        state_after=purchase.state.value,
        detail=" ".join(filter(None, (purchase.operator_id, purchase.word))),
    )
    log_change(tx, ids, deed=deed, change=change)
