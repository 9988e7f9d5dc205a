"""Whenever the buyer dies and whatever answer is lost, both sides come to say the same."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random

import httpx2
import pytest

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import ExternalId
from karakoram.sales.configurations import configuration
from karakoram.sales.orders import OPEN_ORDER_STATES, LegEvent, OrderAction, ProductOrder
from karakoram.sales.products import Product, ProductState
from karakoram.sales.purchases import OPEN_PURCHASES, Purchase, PurchaseState
from karakoram.usecases.buy.buy_legs import order_legs
from karakoram.usecases.buy.compare_purchases import compare_purchases
from karakoram.usecases.buy.follow_purchases import follow_purchases
from karakoram.usecases.sell.advance_leg import advance_leg, cancel_order
from karakoram.usecases.sell.end_product import cease_product
from tests.support.partnering import ORDERS, PARTNER, PRODUCTS, KilledError, sides
from tests.support.selling import START, deed, faults, ordered, quoted, wave

LEGS = "/tmf-api/serviceOrdering/v4/serviceOrder"
NOT_YET = {"order-moved", "leg-out-of-step", "change-kept", "leg-lost", "partner-keeps"}
"""What may be told between a step and the next; at the end nothing is."""


class Walk:
    """Our side, whose process ends or whose line breaks where chance says."""

    def __init__(self, seed):
        self.rng, self.both, self.is_rough = Random(seed), sides(), False
        self.both.wire.before = self.both.wire.after = self.trouble
        self.seen, self.count = {"killed": 0, "lost": 0, "changed": 0}, 0
        self.hours = 0

    def trouble(self, request):
        if not self.is_rough or "mefApi" not in request.url.path:
            return
        chance = self.rng.random()
        if chance < 0.12:
            self.seen["killed"] += 1
            raise KilledError
        if chance < 0.28:
            self.seen["lost"] += 1
            raise httpx2.ReadTimeout("lost")

    def all(self, kind):
        return self.both.ours.store.read(lambda tx: tx.find_all(kind))

    def open_orders(self):
        return [each for each in self.all(ProductOrder) if each.state in OPEN_ORDER_STATES]

    def sell(self):
        self.count += 1
        with suppress(RefusedError):  # no room is left
            self.both.order(str(self.count))

    def buy(self):
        for each in self.open_orders():
            if each.action is not OrderAction.DELETE:
                order_legs(
                    each.product_order_id, may_be_dearer=True, buying=self.both.buying, deed=deed()
                )

    def follow(self):
        """A quarter of an hour later: a partner that has refused is asked again at times."""
        self.hours += 0.25
        at = START + timedelta(hours=self.hours)
        return follow_purchases(buying=self.both.buying, deed=deed(at=at))

    def call_off(self):
        if self.open_orders():
            order = self.rng.choice(self.open_orders())
            ours = self.both.ours
            cancel_order(order.product_order_id, deed=deed(), store=ours.store, ids=ours.ids)

    def change(self):
        active = [each for each in self.all(Product) if each.state is ProductState.ACTIVE]
        if active:
            self.count += 1
            values = {"a_site": "A", "z_site": "Z", "term_months": self.rng.choice(["12", "36"])}
            wish = replace(wave(), configuration=configuration(values))
            product = self.rng.choice(active).product_id
            with suppress(RefusedError):  # no room is left
                quote = quoted(self.both.ours, wish, f"mq{self.count}", product_id=product)
                ordered(self.both.ours, quote, f"m{self.count}")
            self.seen["changed"] += 1

    def cease(self, among=None):
        active = [each for each in self.all(Product) if each.state is ProductState.ACTIVE]
        active = [each for each in active if among is None or each.product_id in among]
        if active:
            self.count += 1
            ours = self.both.ours
            cease_product(
                self.rng.choice(active).product_id,
                buyer_id="CT",
                external_id=ExternalId(f"c{self.count}"),
                deed=deed(),
                store=ours.store,
                ids=ours.ids,
            )

    def test_here(self):
        for order in self.open_orders():
            for leg in order.legs:
                if leg.leg.operator_id == PARTNER or leg.state.value != "acknowledged":
                    continue
                for event in (LegEvent.START, LegEvent.COMPLETE):
                    advance_leg(
                        order.product_order_id,
                        leg.leg.name,
                        event,
                        deed=deed(),
                        store=self.both.ours.store,
                        ids=self.both.ours.ids,
                    )

    def work_there(self, words=("completed", "completed", "held", "failed")):
        theirs = self.both.theirs
        for leg in theirs.get(f"{LEGS}?limit=200").json():
            state = {"acknowledged": "inProgress", "held": "inProgress"}.get(leg["state"])
            state = self.rng.choice(words) if leg["state"] == "inProgress" else state
            if state:
                path = leg["href"].removeprefix("http://karakoram.test")
                by = f"{leg['relatedParty'][0]['id'].lower()}-noc"
                assert theirs.patch(path, {"state": state}, by=by).status_code in {200, 422}

    def walk(self, steps):
        ways = [self.sell, self.buy, self.buy, self.follow, self.follow, self.follow]
        ways += [self.work_there, self.work_there, self.test_here, self.call_off, self.cease]
        ways += [self.change, self.change]
        for _ in range(steps):
            self.is_rough = True
            with suppress(KilledError):  # what was written before stands, and nothing else
                self.rng.choice(ways)()
            self.is_rough = False
            found = compare_purchases(buying=self.both.buying).findings
            assert {each.code for each in found} <= NOT_YET, found
            if not found and not self.open_orders() and not self.is_under_way():
                self.agree()

    def is_under_way(self):
        """Whether something is left for the next time that partners are followed."""
        at_rest = set(PurchaseState) - set(OPEN_PURCHASES) | {PurchaseState.ACTIVE}
        ways = [each for each in self.all(Purchase) if each.state not in at_rest]
        gone = {
            each.product_id
            for each in self.all(Product)
            if each.state in {ProductState.CANCELLED, ProductState.TERMINATED}
        }
        up = [each for each in self.all(Purchase) if each.state is PurchaseState.ACTIVE]
        return bool(ways) or any(each.product_id in gone for each in up)

    def settle(self):
        """All that is open is brought to an end; what a partner has ended too soon ends here."""
        for _ in range(20):
            self.buy()
            self.work_there(words=("completed",))
            self.test_here()
            self.follow()
            ended = [each for each in self.all(Purchase) if each.state is PurchaseState.ENDED]
            self.cease({each.product_id for each in ended})
        assert self.follow().findings == ()
        assert compare_purchases(buying=self.both.buying).findings == ()

    def agree(self):
        """The lists of the one side say what those of the other do."""
        there = self.both.theirs.get(f"{ORDERS}?limit=200").json()
        names = [each["externalId"] for each in there]
        assert len(names) == len(set(names)), json.dumps(there)
        products = self.both.theirs.get(f"{PRODUCTS}?limit=200").json()
        up = {each["id"] for each in products if each["status"] == "active"}
        bought = [each for each in self.all(Purchase) if each.state is PurchaseState.ACTIVE]
        assert up == {each.product_there for each in bought}
        ours = [each for each in self.all(Product) if each.state is ProductState.ACTIVE]
        own = {each.product_id: each for each in bought}
        assert len(own) == len(bought)
        assert set(own) == {each.product_id for each in ours}
        for each in ours:
            leg = self.both.theirs.get(f"{PRODUCTS}/{own[each.product_id].product_there}").json()
            told = leg["productConfiguration"]["term_months"]
            assert told == each.configuration.text("term_months")


@pytest.mark.parametrize(("seed", "is_up"), [(1, False), (2, True)])
def test_both_sides_say_the_same_whatever_is_killed_or_lost(seed, is_up):
    """From a first order, or from a product that is up and may be changed."""
    walk = Walk(seed)
    walk.sell()
    if is_up:
        walk.settle()
    walk.walk(30)
    walk.settle()
    walk.agree()
    assert faults(walk.both.ours.store) == []
    assert faults(walk.both.theirs.served.selling.store) == []
    assert walk.seen["killed"]
    assert walk.seen["lost"]
    assert bool(walk.seen["changed"]) == is_up
