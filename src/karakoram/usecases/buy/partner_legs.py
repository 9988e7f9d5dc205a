"""Which legs of an order are bought of partners, and what is each called there?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from karakoram.core.errors import RefusedError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import OperatorId, ProductOrderId
from karakoram.sales.change_log import Deed
from karakoram.sales.configurations import configuration
from karakoram.sales.orders import LegOrder, OrderAction, ProductOrder
from karakoram.sales.products import Product
from karakoram.sales.purchases import PURCHASE_LIFE, Purchase, PurchaseEvent, purchase_id
from karakoram.sales.qualifications import Wish
from karakoram.usecases.buy.partner_ports import Partner, PartnerTerms
from karakoram.usecases.sell.sales_action import Change, known_record, log_change
from karakoram.usecases.sell.sales_ports import IdSource, SalesReader, SalesStore, SalesWriter

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


def legs_to_buy(order_id: ProductOrderId, buying: Buying) -> tuple[LegToBuy, ...]:
    """The legs that a partner is asked for; one that waits for others is a test, and is not.

    Raises
    ------
    NotFoundError
        If there is no such order.
    RefusedError
        With code ``no-partner-leg`` or ``change-by-hand``.
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
    if order.action is not OrderAction.ADD:
        instead = "partner follow" if order.action is OrderAction.DELETE else "order leg --from"
        raise RefusedError(
            f"order {order_id} is to {order.action.value} a product; only new legs are bought",
            code="change-by-hand",
            where=order_id,
            alternatives=(instead,),
        )
    return legs


def kept_purchase(wanted: LegToBuy, *, buying: Buying, deed: Deed) -> tuple[Purchase, bool]:
    """The purchase for a leg, written down before anything is asked; and whether it is new."""
    new = Purchase(
        purchase_id=purchase_id(wanted.order.product_id, wanted.leg.leg.name),
        operator_id=wanted.leg.leg.operator_id,
        product_id=wanted.order.product_id,
        product_order_id=wanted.order.product_order_id,
        leg=wanted.leg.leg.name,
        leg_order_id=wanted.leg.leg_order_id,
        wish=wanted.wish,
        due_on=wanted.leg.due_on,
        state=PURCHASE_LIFE.first,
        made_at=deed.at,
    )

    def write(tx: SalesWriter) -> tuple[Purchase, bool]:
        known = tx.find(Purchase, new.purchase_id)
        if known is not None:
            return known, False
        tx.add(new)
        _log(tx, buying.ids, new, deed=deed, action="purchase.want")
        return new, True

    return buying.store.write(write)


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
        _log(tx, buying.ids, purchase, deed=deed, action=action, before=before.state.value)

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


def _log(
    tx: SalesWriter,
    ids: IdSource,
    purchase: Purchase,
    *,
    deed: Deed,
    action: str,
    before: str = "",
) -> None:
    change = Change(
        action=action,
        subject_kind="purchase",
        subject_id=purchase.purchase_id,
        state_before=before,
        state_after=purchase.state.value,
        detail=" ".join(filter(None, (purchase.operator_id, purchase.word))),
    )
    log_change(tx, ids, deed=deed, change=change)
