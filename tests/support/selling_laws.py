"""What must hold of a store of sales at every moment, whoever has done what to it.

Each law looks at one moment of a store and tells every way in which it is broken.
"""

from collections import Counter
from dataclasses import dataclass

from karakoram.sales.inventory.resources import ResourceStatus
from karakoram.sales.orders import (
    OPEN_LEG_STATES,
    OPEN_ORDER_STATES,
    LegState,
    OrderAction,
    ProductOrder,
    order_state,
)
from karakoram.sales.products import Product, ProductState
from karakoram.sales.quotes import Quote, QuoteState

PENDING_OF = {
    OrderAction.ADD: ProductState.PENDING_ACTIVE,
    OrderAction.MODIFY: ProductState.PENDING_CHANGE,
    OrderAction.DELETE: ProductState.PENDING_TERMINATE,
}
GONE = {ProductState.TERMINATED, ProductState.CANCELLED}


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Everything that can be read of a store at one moment."""

    resources: tuple
    claims: tuple
    quotes: tuple
    orders: tuple
    products: tuple
    log: dict
    """The entries of each record, by its identifier."""

    @property
    def records(self):
        return (*self.quotes, *self.orders, *self.products)


def key_of(record):
    """The identifier of a record: its first field."""
    return getattr(record, next(iter(record.__dataclass_fields__)))


def moment_of(tx):
    """What a transaction sees."""
    resources = tx.resources()
    quotes, orders, products = (tx.find_all(kind) for kind in (Quote, ProductOrder, Product))
    return Moment(
        resources=resources,
        claims=tx.claims_on([each.resource_id for each in resources]),
        quotes=quotes,
        orders=orders,
        products=products,
        log={key_of(each): tx.log_of(key_of(each)) for each in (*quotes, *orders, *products)},
    )


def broken_laws(moment, plant):
    """Every way in which a law is broken; ``plant`` names the resources that are always there."""
    return [
        f"{law.__name__}: {fault}" for law in LAWS for fault in law(moment, plant=frozenset(plant))
    ]


def no_unit_is_claimed_twice_and_taken_is_the_union_of_claims(moment, *, plant):
    taken = {each.resource_id: 0 for each in moment.resources}
    for claim in moment.claims:
        if taken.get(claim.resource_id, 0) & claim.units:
            yield f"units claimed twice: {claim}"
        taken[claim.resource_id] = taken.get(claim.resource_id, 0) | claim.units
    for each in moment.resources:
        if each.taken != taken[each.resource_id]:
            yield f"{each.resource_id} has {each.taken:b} taken, claims say otherwise"


def everything_held_is_held_for_something_that_lives(moment, *, plant):
    holders, changes = _holders(moment), _changes(moment)
    made = {
        each.resource_id
        for plan, _ in (*holders.values(), *changes.values())
        for each in plan.connections
    }
    there = {each.resource_id for each in moment.resources}
    for each in there ^ (plant | made):
        yield f"resource {each} is there for nobody, or missing"
    of_changes = {
        each: name for name, (plan, _) in changes.items() for each in _everybody(plan, name)
    }
    wanted = Counter(
        (planned.resource_id, planned.units, planned.claimant_id or holder, until)
        for holder, (plan, until) in holders.items()
        for planned in plan.claims
    )
    held = Counter(
        (each.resource_id, each.units, each.claimant_id, each.until)
        for each in moment.claims
        if each.claimant_id not in plant | of_changes.keys()
    )
    for each in held - wanted:
        yield f"held for nothing that lives: {each}"
    for each in wanted - held:
        yield f"not held: {each}"
    yield from _changes_that_hold_otherwise(moment, changes, of_changes)


def _changes_that_hold_otherwise(moment, changes, of_changes):
    """A change holds units of its plan alone, and with its product's all of them once ordered."""
    held, products = {}, {each.product_id: each for each in moment.products}
    for claim in moment.claims:
        name = of_changes.get(claim.claimant_id, claim.claimant_id)
        held.setdefault(name, set()).update((claim.resource_id, u) for u in claim.unit_numbers)
        if claim.claimant_id in of_changes and claim.until != changes[name][1]:
            yield f"{name} holds {claim.resource_id} until {claim.until}"
    for name, (plan, _) in changes.items():
        if not held.get(name, set()) <= _units(plan):
            yield f"the change {name} holds for nothing that lives"
    for order in moment.orders:
        if order.product_order_id in changes:
            product = products[order.product_id]
            ours = set().union(
                *(held.get(each, ()) for each in _everybody(product.plan, product.product_id)),
                held.get(order.product_order_id, ()),
            )
            if not _units(order.plan) <= ours:
                yield f"not held: what the change {order.product_order_id} needs"


def _everybody(plan, holder):
    """Who holds something for a plan."""
    return (holder, *(each.resource_id for each in plan.connections))


def _units(plan):
    """Every unit that a plan takes, with its resource."""
    return {
        (planned.resource_id, unit)
        for planned in plan.claims
        for unit in range(planned.units.bit_length())
        if planned.units >> unit & 1
    }


def _holders(moment):
    """Who holds all of a plan, and until when."""
    holders = {}
    for quote in moment.quotes:
        if quote.state is QuoteState.ORDERABLE and quote.product_id is None:
            for offer in quote.offers:
                holders[offer.offer_id] = (offer.plan, quote.valid_until)
    for product in moment.products:
        if product.state not in GONE:
            holders[product.product_id] = (product.plan, None)
    return holders


def _changes(moment):
    """Who holds of a plan what the product that is to be changed does not hold already."""
    changes = {}
    for quote in moment.quotes:
        if quote.state is QuoteState.ORDERABLE and quote.product_id is not None:
            for offer in quote.offers:
                changes[offer.offer_id] = (offer.plan, quote.valid_until)
    for order in moment.orders:
        if order.action is OrderAction.MODIFY and order.state in OPEN_ORDER_STATES:
            changes[order.product_order_id] = (order.plan, None)
    return changes


def connections_carry_only_once_they_are_lit(moment, *, plant):
    lit = {
        each.resource_id
        for product in moment.products
        if product.state not in {ProductState.PENDING_ACTIVE, *GONE}
        for each in product.plan.connections
    }
    for each in moment.resources:
        is_lit = each.status is ResourceStatus.AVAILABLE
        if each.resource_id not in plant and is_lit != (each.resource_id in lit):
            yield f"{each.resource_id} is {each.status.value}"


def orders_are_what_their_legs_are_and_products_wait_for_them(moment, *, plant):
    waiting = {}
    for order in moment.orders:
        if order.state is not order_state(leg.state for leg in order.legs):
            yield f"order {order.product_order_id} is {order.state.value}, its legs are not"
        if order.state in OPEN_ORDER_STATES:
            if order.product_id in waiting:
                yield f"two open orders for product {order.product_id}"
            waiting[order.product_id] = PENDING_OF[order.action]
        done = {leg.leg.name for leg in order.legs if leg.state is LegState.COMPLETED}
        for leg in order.legs:
            is_free = done >= set(leg.leg.after)
            if leg.state in OPEN_LEG_STATES and (leg.state is LegState.PENDING) == is_free:
                yield f"leg {leg.leg.name} of {order.product_order_id} is {leg.state.value}"
    for product in moment.products:
        pending = waiting.get(product.product_id)
        is_pending = product.state in PENDING_OF.values()
        if product.state is not pending if pending else is_pending:
            yield f"product {product.product_id} is {product.state.value}"


def the_log_tells_every_state_and_every_change_once(moment, *, plant):
    for record in moment.records:
        entries, before = moment.log[key_of(record)], ""
        for entry in entries:
            if entry.state_before != before:
                yield f"{key_of(record)}: {entry.action} from {entry.state_before!r}: {before!r}"
            before = entry.state_after
        if before != record.state.value:
            yield f"{key_of(record)} is {record.state.value}, the log says {before!r}"
        if len(entries) != record.version + 1:
            yield f"{key_of(record)} was written {record.version + 1} times, told {len(entries)}"
    count = Counter(entry.entry_id for entries in moment.log.values() for entry in entries)
    for entry_id, times in count.items():
        if times > 1:
            yield f"entry {entry_id} stands {times} times"


def a_name_of_a_buyer_stands_for_one_thing(moment, *, plant):
    named = Counter((each.buyer_id, each.external_id) for each in (*moment.quotes, *moment.orders))
    for (buyer, name), times in named.items():
        if times > 1:
            yield f"{name} of {buyer} made {times} things"


def what_was_ordered_was_offered_and_only_once(moment, *, plant):
    quotes = {each.quote_id: each for each in moment.quotes}
    ordered = Counter(each.quote_id for each in moment.orders if each.quote_id is not None)
    for order in moment.orders:
        quote = quotes.get(order.quote_id)
        if order.quote_id is None:
            continue
        if quote is None or quote.state is not QuoteState.ACCEPTED:
            yield f"order {order.product_order_id} rests on no accepted quote"
        if ordered[order.quote_id] > 1:
            yield f"quote {order.quote_id} was ordered {ordered[order.quote_id]} times"
    for quote in moment.quotes:
        if quote.state is QuoteState.ACCEPTED and quote.quote_id not in ordered:
            yield f"quote {quote.quote_id} is accepted and not ordered"
    products = {each.product_id for each in moment.products}
    for order in moment.orders:
        if order.product_id not in products:
            yield f"order {order.product_order_id} is for no product"


LAWS = (
    no_unit_is_claimed_twice_and_taken_is_the_union_of_claims,
    everything_held_is_held_for_something_that_lives,
    connections_carry_only_once_they_are_lit,
    orders_are_what_their_legs_are_and_products_wait_for_them,
    the_log_tells_every_state_and_every_change_once,
    a_name_of_a_buyer_stands_for_one_thing,
    what_was_ordered_was_offered_and_only_once,
)
