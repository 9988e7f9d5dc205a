"""Which legs of an order are bought of partners, and what is each called there?"""

from collections.abc import Mapping
from dataclasses import dataclass

from karakoram.core.errors import RefusedError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import OperatorId, ProductOrderId, PurchaseId
from karakoram.sales.configurations import configuration
from karakoram.sales.orders import LegOrder, OrderAction, ProductOrder
from karakoram.sales.products import Product
from karakoram.sales.purchases import Purchase, later_purchase_id, purchase_id
from karakoram.sales.qualifications import Wish
from karakoram.usecases.buy.partner_ports import Partner, PartnerTerms
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import IdSource, SalesReader, SalesStore

A_SITE, Z_SITE = "a_site", "z_site"
"""Characteristics that every offering between two sites has."""
_PARTNER = "partner "
"""How findings about a partner begin."""


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


def partner_table(operator_id: str) -> str:
    """What findings about a partner say in the place of a table."""
    return f"{_PARTNER}{operator_id}"


def leg_of_finding(finding: Finding) -> tuple[str, str]:
    """Partner and leg of which a finding speaks."""
    return finding.place.table.removeprefix(_PARTNER), finding.place.record or ""


def finding_of(error: RefusedError, *, operator_id: str, leg: str) -> Finding:
    """What a partner could not or would not do, at the leg that it concerns."""
    right = f". Instead: {'; or '.join(error.alternatives)}" if error.alternatives else ""
    return Finding(
        code=error.code,
        place=Place(table=partner_table(operator_id), record=leg, field=error.where or None),
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
