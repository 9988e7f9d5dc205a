"""A product that is up, with a leg bought of a partner, to be changed, ended and called off."""

from datetime import timedelta

from karakoram.core.identifiers import ExternalId
from karakoram.sales.configurations import configuration
from karakoram.sales.orders import LegEvent, ProductOrder
from karakoram.sales.products import Product
from karakoram.sales.purchases import Purchase
from karakoram.sales.qualifications import Wish
from karakoram.usecases.buy.buy_legs import order_legs
from karakoram.usecases.buy.compare_purchases import compare_purchases
from karakoram.usecases.buy.follow_purchases import follow_purchases
from karakoram.usecases.buy.partner_legs import Buying
from karakoram.usecases.sell.advance_leg import advance_leg, cancel_order
from karakoram.usecases.sell.end_product import cease_product
from tests.support.fake_partner import FakePartner
from tests.support.partnering import PARTNER, sides
from tests.support.selling import START, deed, ordered, quoted, wave


def after(hours):
    return deed(at=START + timedelta(hours=hours))


class Changer:
    """Our side, with a product that is up; a change asks for another term."""

    def __init__(self, buying, ours, carry_out):
        self.buying, self.ours, self.carry_out = buying, ours, carry_out
        self.first = ordered(ours, quoted(ours, wave(), "q1"), "o1")
        self.buy(self.first)
        carry_out()
        self.follow()
        self.finish(self.first)

    def all(self, kind):
        return self.ours.store.read(lambda tx: tx.find_all(kind))

    def purchases(self):
        return {each.purchase_id.partition(":")[2]: each for each in self.all(Purchase)}

    def order(self, order):
        return self.ours.store.read(lambda tx: tx.find(ProductOrder, order.product_order_id))

    def product(self):
        return self.ours.store.read(lambda tx: tx.find(Product, self.first.product_id))

    def change(self, months="12", name="2"):
        values = {"a_site": "A", "z_site": "Z", "term_months": months}
        wish = Wish(product_offering_id="WAVE-100G", configuration=configuration(values))
        quote = quoted(self.ours, wish, f"q{name}", product_id=self.first.product_id)
        return ordered(self.ours, quote, f"o{name}")

    def buy(self, order, *, may_be_dearer=True):
        found = order_legs(
            order.product_order_id, may_be_dearer=may_be_dearer, buying=self.buying, deed=deed()
        )
        assert not found.findings, found.findings
        return found.purchases[0]

    def follow(self, *, hours=0):
        found = follow_purchases(buying=self.buying, deed=after(hours))
        assert not found.findings, found.findings
        return found.purchases

    def codes(self, *, hours=0):
        """What is told when partners are followed so many hours after the beginning."""
        found = follow_purchases(buying=self.buying, deed=after(hours))
        return [each.code for each in found.findings]

    def compared(self):
        return [each.code for each in compare_purchases(buying=self.buying).findings]

    def cease(self, name="c"):
        return cease_product(
            self.first.product_id,
            buyer_id="CT",
            external_id=ExternalId(name),
            deed=deed(),
            store=self.ours.store,
            ids=self.ours.ids,
        )

    def agree(self):
        assert compare_purchases(buying=self.buying).findings == ()

    def leg(self, order, event, *, ours=True):
        legs = [each for each in self.order(order).legs if bool(each.leg.after) is ours]
        parts = {"deed": deed(), "store": self.ours.store, "ids": self.ours.ids}
        advance_leg(order.product_order_id, legs[0].leg.name, event, **parts)

    def finish(self, order):
        for event in (LegEvent.START, LegEvent.COMPLETE):
            self.leg(order, event)

    def cancel(self, order):
        parts = {"deed": deed(), "store": self.ours.store, "ids": self.ours.ids}
        cancel_order(order.product_order_id, **parts)


def at_a_platform():
    """The partner is a platform of its own, behind HTTP."""
    both = sides()
    made = Changer(both.buying, both.ours, both.carry_out)
    made.both = both
    return made


def at_a_fake():
    """The partner does what a test says."""
    ours, partner = sides().ours, FakePartner()
    buying = Buying(store=ours.store, ids=ours.ids, partners={PARTNER: partner})
    made = Changer(buying, ours, lambda: partner.work("completed"))
    made.partner = partner
    return made
