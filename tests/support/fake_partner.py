"""A partner that is no more than what a test says that it tells."""

from dataclasses import dataclass, field, replace

from karakoram.core.money import Money
from karakoram.sales.orders import OrderAction
from karakoram.sales.purchases import LegPrice
from karakoram.usecases.buy.partner_ports import (
    Listed,
    Partner,
    PartnerSilentError,
    PartnerTerms,
    ToldOrder,
    ToldProduct,
    ToldQualification,
    ToldQuote,
)
from tests.support.partnering import account

PRICE = LegPrice(mrc=Money(100_000, "USD"), nrc=Money(0, "USD"))


@dataclass
class FakePartner(Partner):
    """Keeps quotes, orders and products; ``work`` says what becomes of an order."""

    price: LegPrice = PRICE
    confidence: str = "green"
    is_silent: bool = False
    days_trust: dict = field(default_factory=dict)
    """``days_confidence`` where the partner says it."""
    quotes: dict = field(default_factory=dict)
    made_orders: dict = field(default_factory=dict)
    made_products: dict = field(default_factory=dict)

    @property
    def terms(self) -> PartnerTerms:
        return account().terms

    def hear(self):
        if self.is_silent:
            raise PartnerSilentError("OP1 gave no answer", code="partner-unreachable", where="OP1")

    def work(self, word):
        """Every order that is open comes to stand so."""
        for key, order in self.made_orders.items():
            if order.state not in {"completed", "failed", "rejected", "cancelled"}:
                self.made_orders[key] = replace(order, state=word)
                if word == "completed":
                    is_end = order.action == OrderAction.DELETE.value
                    self._became(order, "terminated" if is_end else "active")

    def _became(self, order, status):
        known = self.made_products[order.product_id]
        self.made_products[order.product_id] = replace(
            known,
            status=status,
            order_ids=known.order_ids | {order.order_id},
            price=self.price if status == "active" else known.price,
        )

    def qualification(self, wish, name, **_):
        self.hear()
        return ToldQualification(
            qualification_id="p1",
            external_id=name,
            offering_id=wish.product_offering_id,
            confidence=self.confidence,
            reason="" if self.confidence == "green" else "no fibre is free",
            installation_days=7,
            **self.days_trust,
        )

    def new_quote(self, wish, name, *, product_id=""):
        self.hear()
        made = ToldQuote(
            quote_id=f"q{len(self.quotes) + 1}",
            external_id=name,
            offering_id=wish.product_offering_id,
            level="firm",
            state="approved.orderable",
            price=self.price,
            installation_days=7,
            valid_until=None,
            reasons=(),
            product_id=product_id,
        )
        self.quotes[made.quote_id] = made
        return made

    def quote(self, quote_id):
        self.hear()
        return self.quotes[quote_id]

    def quote_named(self, name):
        self.hear()
        return next((each for each in self.quotes.values() if each.external_id == name), None)

    def decline(self, quote_id, *, is_at_work):
        self.hear()
        self.quotes[quote_id] = replace(self.quotes[quote_id], state="declined")

    def new_order(self, asked):
        self.hear()
        order_id = f"o{len(self.made_orders) + 1}"
        made = ToldOrder(
            order_id=order_id,
            external_id=asked.name,
            action=asked.action.value,
            state="acknowledged",
            quote_id=asked.quote_id,
            product_id=asked.product_id or f"product of {order_id}",
        )
        self.made_orders[order_id] = made
        if not asked.product_id:
            self.made_products[made.product_id] = ToldProduct(
                product_id=made.product_id,
                status="pendingActive",
                offering_id=asked.wish.product_offering_id,
                order_ids=frozenset(),
                price=self.price,
            )
        return made

    def order(self, order_id):
        self.hear()
        return self.made_orders[order_id]

    def order_named(self, name):
        self.hear()
        return next((each for each in self.made_orders.values() if each.external_id == name), None)

    def cancel(self, order_id):
        self.hear()
        order = replace(self.made_orders[order_id], state="cancelled")
        self.made_orders[order_id] = order
        if order.action == OrderAction.ADD.value:
            made = self.made_products[order.product_id]
            self.made_products[order.product_id] = replace(made, status="cancelled")

    def product(self, product_id):
        self.hear()
        return self.made_products[product_id]

    def orders(self):
        self.hear()
        return tuple(
            Listed(record_id=each.order_id, external_id=each.external_id, state=each.state)
            for each in self.made_orders.values()
        )

    def products(self):
        self.hear()
        return tuple(
            Listed(record_id=each.product_id, external_id="", state=each.status)
            for each in self.made_products.values()
        )
