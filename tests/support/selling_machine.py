"""A seller at random: whoever plays a store of sales must keep these laws at every step."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import ExternalId
from karakoram.planning.prepare import prepare
from karakoram.sales.catalogue.words import FeasibilityCheck
from karakoram.sales.feasibility.questions import Feasible, NotFeasible
from karakoram.sales.inventory.resources import ResourceStatus
from karakoram.sales.orders import (
    LEG_LIFE,
    OPEN_LEG_STATES,
    OPEN_ORDER_STATES,
    LegEvent,
    LegState,
    OrderAction,
    ProductOrder,
    order_state,
)
from karakoram.sales.plans import PlanLabel
from karakoram.sales.products import PRODUCT_LIFE, Product, ProductEvent, ProductState
from karakoram.sales.quotes import QUOTE_LIFE, Quote, QuoteEvent, QuoteLevel, QuoteState
from karakoram.usecases.sell.advance_leg import advance_leg, cancel_order, mark_jeopardy
from karakoram.usecases.sell.decline_quote import decline_quote
from karakoram.usecases.sell.end_product import cease_product, resume_product, suspend_product
from karakoram.usecases.sell.expire_quotes import expire_quotes
from karakoram.usecases.sell.issue_quote import QuoteWish, issue_quote
from karakoram.usecases.sell.place_order import place_order
from tests.support.memory_store import CountingIds, FixedMoment, MemoryStore
from tests.support.selling import START, channels, deed, fill, line, seller, triangle, wave

OPERATORS_SAY = {
    LegEvent.START,
    LegEvent.HOLD,
    LegEvent.RESUME,
    LegEvent.COMPLETE,
    LegEvent.REJECT,
    LegEvent.FAIL,
}
"""What an operator may tell; a leg is released and cancelled by what happens to the order."""
PENDING_OF = {
    OrderAction.ADD: ProductState.PENDING_ACTIVE,
    OrderAction.MODIFY: ProductState.PENDING_CHANGE,
    OrderAction.DELETE: ProductState.PENDING_TERMINATE,
}
GONE = {ProductState.TERMINATED, ProductState.CANCELLED}
WISHES = {
    "wave": (wave(), "CT"),
    "pair": (wave("1+1"), "CT"),
    "line": (line(), "P1"),
    **{f"{count} channels": (channels(str(count)), "CT") for count in (1, 8, 20)},
}
SEVERAL_OFFERS = (FeasibilityCheck.WAVELENGTH, FeasibilityCheck.MULTIPLEX_PATH)
NUMBER = st.integers(0, 10_000)


@cache
def made_once():
    """What is the same in every run: catalogue, network, planners."""
    base, prepared = seller(), prepare(triangle())
    twice = {check: twice_over(base.planners[check]) for check in SEVERAL_OFFERS}
    return replace(base, planners={**base.planners, **twice}), prepared


def twice_over(planner):
    """A planner that offers what another would plan now, and what it would plan after that."""

    def planned_twice(question, basis):
        first = planner(question, basis)
        if isinstance(first, NotFeasible):
            return first
        plan = first.plans[0].plan
        left = basis.stock.with_plan(plan.claims, connections=plan.connections)
        second = planner(question, replace(basis, stock=left))
        more = () if isinstance(second, NotFeasible) else second.plans[:1]
        plans = (first.plans[0], *(replace(each, label=PlanLabel.LOWEST_LATENCY) for each in more))
        return Feasible(plans=plans, remarks=first.remarks)

    return planned_twice


def snapshot(selling):
    """Everything that can be read."""

    def read(tx):
        resources = tx.resources()
        records = [tx.find_all(kind) for kind in (Quote, ProductOrder, Product)]
        return resources, tx.claims_on([each.resource_id for each in resources]), *records

    return selling.store.read(read)


class SellingMachine(RuleBasedStateMachine):
    """Buyers, operators and the clock, each step at random.

    A subclass that says another ``new_store`` holds another store to the same laws.
    """

    new_store = staticmethod(MemoryStore)

    @initialize()
    def open_shop(self):
        base, prepared = made_once()
        self.moment = FixedMoment(START)
        self.selling = replace(base, store=self.new_store(), ids=CountingIds())
        fill(self.selling, prepared, ports=6)
        self.plant = {each.resource_id for each in snapshot(self.selling)[0]}
        self.parts = {"store": self.selling.store, "ids": self.selling.ids}
        self.requests = []
        self.count = 0

    # What is done

    def now(self):
        return deed(self.moment.moment, why="at random")

    def name(self):
        self.count += 1
        return ExternalId(f"request {self.count}")

    def all(self, kind):
        return self.selling.store.read(lambda tx: tx.find_all(kind))

    def one(self, kind, number):
        found = self.all(kind)
        return found[number % len(found)]

    def tried(self, action, *, may):
        """Done if it may be, else refused and nothing changed."""
        before = snapshot(self.selling)
        if may:
            return action()
        with pytest.raises(RefusedError):
            action()
        assert snapshot(self.selling) == before
        return None

    def requested(self, ask, *, may):
        """The same for what bears a name of the buyer, to be asked again later."""
        name = self.name()
        answer = self.tried(lambda: ask(name), may=may)
        if answer is not None:
            self.requests.append((ask, name, key_of(answer)))
        return answer

    def quote(self, word, level, days, *, product_id=None):
        wish, buyer = WISHES[word]
        asked = QuoteWish(wish=wish, level=level, valid_days=days, product_id=product_id)
        return lambda name: issue_quote(
            asked, buyer_id=buyer, external_id=name, deed=self.now(), selling=self.selling
        )

    @rule(
        word=st.sampled_from(sorted(WISHES)),
        level=st.sampled_from((QuoteLevel.FIRM, QuoteLevel.FIRM, QuoteLevel.BUDGETARY)),
        days=st.sampled_from((1, 5, 30)),
    )
    def ask_for_a_quote(self, word, level, days):
        self.requested(self.quote(word, level, days), may=True)

    @rule(word=st.sampled_from(sorted(WISHES)))
    def sell(self, word):
        """A product that becomes active at once, so that there are enough of them."""
        self.requested(self.quote(word, QuoteLevel.FIRM, 5), may=True)
        self.order_and_finish()

    @precondition(lambda self: self.changeable())
    @rule(number=NUMBER, word=st.sampled_from(("1 channels", "8 channels")), more=st.integers(0, 2))
    def change(self, number, word, more):
        """A quote for a change; perhaps ordered; perhaps completed."""
        product = self.changeable()[number % len(self.changeable())]
        may = product.state is ProductState.ACTIVE
        # Asking lets expire what is over, also where the answer is no.
        expire_quotes(deed=self.now(), **self.parts)
        ask = self.quote(word, QuoteLevel.FIRM, 5, product_id=product.product_id)
        if self.requested(ask, may=may) and more:
            self.order_and_finish(is_finished=more == 2)

    def changeable(self):
        return [each for each in self.all(Product) if each.product_offering_id == "DXX-N64"]

    def order_and_finish(self, *, is_finished=True):
        newest = len(self.all(Quote)) - 1
        if self.order_of(self.all(Quote)[newest]) and is_finished:
            self.finish(self.all(ProductOrder)[-1])

    @precondition(lambda self: self.requests)
    @rule(number=NUMBER)
    def ask_again(self, number):
        ask, name, subject = self.requests[number % len(self.requests)]
        before = snapshot(self.selling)
        assert key_of(ask(name)) == subject
        assert snapshot(self.selling) == before

    @precondition(lambda self: self.requests)
    @rule(number=NUMBER)
    def use_a_name_for_something_else(self, number):
        _, name, _ = self.requests[number % len(self.requests)]
        buyers = {
            each.external_id: each.buyer_id for each in (*self.all(Quote), *self.all(ProductOrder))
        }
        if buyers[name] == "CT":
            self.tried(lambda: self.quote("wave", QuoteLevel.FIRM, 29)(name), may=False)

    @precondition(lambda self: self.all(Quote))
    @rule(number=NUMBER)
    def decline(self, number):
        quote = self.one(Quote, number)
        may = QuoteEvent.DECLINE in QUOTE_LIFE.transitions[quote.state]
        self.tried(lambda: decline_quote(quote.quote_id, deed=self.now(), **self.parts), may=may)

    @precondition(lambda self: self.all(Quote))
    @rule(number=NUMBER)
    def order(self, number):
        self.order_of(self.one(Quote, number))

    def order_of(self, quote):
        """The order, where the quote can be ordered; else it is seen to be refused."""
        products = {each.product_id: each for each in self.all(Product)}
        changed = products.get(quote.product_id)
        may = (
            quote.state is QuoteState.ORDERABLE
            and quote.valid_until > self.moment.moment
            and (changed is None or changed.state is ProductState.ACTIVE)
            and (changed is None or self.is_covered(quote, changed))
        )
        return self.requested(
            lambda name: place_order(
                quote.quote_id,
                "",
                buyer_id=quote.buyer_id,
                external_id=name,
                deed=self.now(),
                selling=self.selling,
            ),
            may=may,
        )

    def is_covered(self, quote, product):
        """Whether the first offer and the product hold all that the change takes."""
        claims, offer = snapshot(self.selling)[1], quote.offers[0]
        own = held_for(claims, (product.plan, product.product_id))
        return units_of_plan(offer.plan) <= own | held_for(claims, (offer.plan, offer.offer_id))

    @precondition(lambda self: self.all(ProductOrder))
    @rule(number=NUMBER, leg=NUMBER, event=st.sampled_from(LegEvent))
    def tell_of_a_leg(self, number, leg, event):
        still_open = [each for each in self.all(ProductOrder) if each.state in OPEN_ORDER_STATES]
        some = still_open if still_open and number % 4 else self.all(ProductOrder)
        order = some[number % len(some)]
        told = order.legs[leg % len(order.legs)]
        may = (
            event in OPERATORS_SAY
            and order.state in OPEN_ORDER_STATES
            and event in LEG_LIFE.transitions[told.state]
        )
        self.tried(lambda: self.advance(order, told, event), may=may)

    def advance(self, order, leg, event):
        return advance_leg(
            order.product_order_id,
            leg.leg.name,
            event,
            deed=self.now(),
            store=self.selling.store,
            ids=self.selling.ids,
        )

    @precondition(lambda self: self.all(ProductOrder))
    @rule(number=NUMBER)
    def do_what_can_be_done(self, number):
        self.finish(self.one(ProductOrder, number))

    def finish(self, order):
        """Complete every leg that may go on, and those that wait for it."""
        for _ in order.legs:
            for event in (LegEvent.START, LegEvent.RESUME, LegEvent.COMPLETE):
                for leg in order.legs:
                    if event in LEG_LIFE.transitions[leg.state]:
                        order = self.advance(order, leg, event)

    @precondition(lambda self: self.all(ProductOrder))
    @rule(number=NUMBER)
    def cancel(self, number):
        order = self.one(ProductOrder, number)
        may = order.state in OPEN_ORDER_STATES
        order_id = order.product_order_id
        self.tried(lambda: cancel_order(order_id, deed=self.now(), **self.parts), may=may)

    @precondition(lambda self: self.all(Product))
    @rule(number=NUMBER)
    def cease(self, number):
        product = self.one(Product, number)
        self.requested(
            lambda name: cease_product(
                product.product_id,
                buyer_id=product.buyer_id,
                external_id=name,
                deed=self.now(),
                **self.parts,
            ),
            may=ProductEvent.CEASE in PRODUCT_LIFE.transitions[product.state],
        )

    @precondition(lambda self: self.all(Product))
    @rule(number=NUMBER, is_end=st.booleans())
    def rest(self, number, is_end):
        product = self.one(Product, number)
        event = ProductEvent.RESUME if is_end else ProductEvent.SUSPEND
        do = resume_product if is_end else suspend_product
        may = event in PRODUCT_LIFE.transitions[product.state]
        self.tried(lambda: do(product.product_id, deed=self.now(), **self.parts), may=may)

    @rule(days=st.integers(0, 12))
    def time_goes_by(self, days):
        self.moment.moment += timedelta(days=days)

    @rule()
    def look_at_the_clock(self):
        expire_quotes(deed=self.now(), **self.parts)
        mark_jeopardy(deed=self.now(), **self.parts)
        now = self.moment.moment
        assert all(
            each.valid_until > now or each.state not in {QuoteState.ANSWERED, QuoteState.ORDERABLE}
            for each in self.all(Quote)
        )
        assert all(
            leg.jeopardy
            for order in self.all(ProductOrder)
            for leg in order.legs
            if leg.due_on < now.date() and not LEG_LIFE.is_final(leg.state)
            if leg.state is not LegState.COMPLETED
        )

    # What holds

    @invariant()
    def no_unit_is_claimed_twice_and_taken_is_the_union_of_claims(self):
        resources, claims, *_ = snapshot(self.selling)
        taken = {each.resource_id: 0 for each in resources}
        for claim in claims:
            assert not taken[claim.resource_id] & claim.units, claim
            taken[claim.resource_id] |= claim.units
        assert {each.resource_id: each.taken for each in resources} == taken

    @invariant()
    def everything_held_is_held_for_something_that_lives(self):
        resources, claims, quotes, orders, products = snapshot(self.selling)
        holders = {}  # who holds, for which plan, until when
        changes = {}  # the same for changes, which hold but what their product does not
        for quote in quotes:
            if quote.state is QuoteState.ORDERABLE:
                for offer in quote.offers:
                    of = holders if quote.product_id is None else changes
                    of[offer.offer_id] = (offer.plan, quote.valid_until)
        for product in products:
            if product.state not in GONE:
                holders[product.product_id] = (product.plan, None)
        for order in orders:
            if order.action is OrderAction.MODIFY and order.state in OPEN_ORDER_STATES:
                changes[order.product_order_id] = (order.plan, None)
                assert (
                    not units_of_plan(order.plan)
                    - held_for(claims, (order.plan, order.product_order_id))
                    - held_for(claims, plan_of(products, order.product_id))
                )
        every = {**holders, **changes}
        made = {each.resource_id for plan, _ in every.values() for each in plan.connections}
        there = {each.resource_id for each in resources}
        assert there == self.plant | made
        wanted = {
            (planned.resource_id, planned.units, planned.claimant_id or holder, until)
            for holder, (plan, until) in holders.items()
            for planned in plan.claims
        }
        found = [(c.resource_id, c.units, c.claimant_id, c.until) for c in claims]
        of_changes = {
            each
            for holder, (plan, _) in changes.items()
            for each in found
            if each[2] in holders_of(plan, holder)
        }
        for holder, (plan, until) in changes.items():
            assert held_for(claims, (plan, holder)) <= units_of_plan(plan)
            assert {
                claim.until for claim in claims if claim.claimant_id in holders_of(plan, holder)
            } <= {until}
        held = {each for each in found if each[2] not in self.plant}
        assert held == wanted | of_changes
        assert len(held) + sum(each[2] in self.plant for each in found) == len(found)

    @invariant()
    def connections_carry_only_once_they_are_lit(self):
        resources, _, _, _, products = snapshot(self.selling)
        lit = {
            each.resource_id
            for product in products
            if product.state not in {ProductState.PENDING_ACTIVE, *GONE}
            for each in product.plan.connections
        }
        for each in resources:
            if each.resource_id not in self.plant:
                is_lit = each.status is ResourceStatus.AVAILABLE
                assert is_lit == (each.resource_id in lit), each

    @invariant()
    def orders_are_what_their_legs_are_and_products_wait_for_them(self):
        *_, orders, products = snapshot(self.selling)
        waiting = {}
        for order in orders:
            assert order.state is order_state(leg.state for leg in order.legs), order
            if order.state in OPEN_ORDER_STATES:
                assert order.product_id not in waiting
                waiting[order.product_id] = PENDING_OF[order.action]
            done = {leg.leg.name for leg in order.legs if leg.state is LegState.COMPLETED}
            for leg in order.legs:
                if leg.state in OPEN_LEG_STATES:
                    assert (leg.state is LegState.PENDING) == (not done >= set(leg.leg.after)), leg
        for product in products:
            rests = product.suspended_from is not None
            assert rests or product.state is not ProductState.SUSPENDED
            assert not rests or product.state is not ProductState.ACTIVE
            pending = waiting.get(product.product_id)
            is_pending = product.state in PENDING_OF.values()
            assert product.state is pending if pending else not is_pending, product

    @invariant()
    def the_log_tells_every_state(self):
        *_, quotes, orders, products = snapshot(self.selling)
        for record in (*quotes, *orders, *products):
            entries = self.selling.store.read(lambda tx, record=record: tx.log_of(key_of(record)))
            before = ""
            for entry in entries:
                assert entry.state_before == before, (record, entries)
                before = entry.state_after
            assert before == record.state.value, (record, entries)
            assert all(entry.deed.who == "desk" for entry in entries)


def holders_of(plan, holder):
    """Everybody who holds something for a plan."""
    return {holder, *(each.resource_id for each in plan.connections)}


def units_of_plan(plan):
    """Every unit that a plan takes, with its resource."""
    return {(c.resource_id, u) for c in plan.claims for u in range(1000) if c.units >> u & 1}


def held_for(claims, of):
    """Every unit that is held for a plan, with its resource."""
    plan, holder = of
    return {
        (c.resource_id, u)
        for c in claims
        if c.claimant_id in holders_of(plan, holder)
        for u in c.unit_numbers
    }


def plan_of(products, product_id):
    """The plan of a product, and who holds it."""
    (product,) = (each for each in products if each.product_id == product_id)
    return product.plan, product_id


def key_of(record):
    """The identifier of a record: its first field."""
    return getattr(record, next(iter(record.__dataclass_fields__)))
