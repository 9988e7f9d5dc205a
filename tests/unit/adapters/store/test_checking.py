"""Whether a check of a store knows who may hold units."""

import sqlite3
from contextlib import closing
from random import Random

import pytest

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.rows import identifier
from karakoram.sales.orders import OrderAction, OrderState, ProductOrder
from karakoram.sales.products import Product, ProductState
from karakoram.sales.quotes import Quote, QuoteOffer, QuoteState
from tests.support.sales_records import any_carried, any_record, any_value, claim, rack

RNG = Random(1)


def order(action, state):
    return any_record(ProductOrder, RNG, action=action, state=state, version=0)


def quote(state):
    offers = (any_value(QuoteOffer, RNG),)
    return any_record(
        Quote, RNG, state=state, offers=offers, seller_id="SCO", ordered_offer_id=None, version=0
    )


def product(state):
    return any_record(Product, RNG, state=state, version=0)


HOLDERS = {
    "an offer that can be ordered": (quote(QuoteState.ORDERABLE), True),
    "an offer that nobody took": (quote(QuoteState.EXPIRED), False),
    "a change on its way": (order(OrderAction.MODIFY, OrderState.IN_PROGRESS), True),
    "a change that is done": (order(OrderAction.MODIFY, OrderState.COMPLETED), False),
    "an order of something new": (order(OrderAction.ADD, OrderState.IN_PROGRESS), False),
    "a product that is suspended": (product(ProductState.SUSPENDED), True),
    "a product that has ended": (product(ProductState.TERMINATED), False),
}


@pytest.mark.parametrize("who", HOLDERS)
def test_only_what_lives_may_hold_units(sqlite_store, who):
    record, may = HOLDERS[who]
    name = record.offers[0].offer_id if isinstance(record, Quote) else identifier(record)

    def fill(tx):
        tx.add(record)
        tx.add_resources([rack()])
        tx.add_claims([claim("c", by=name)])

    sqlite_store.write(fill)
    found = Keeper(str(sqlite_store.path)).check().findings
    assert [each.code for each in found] == ([] if may else ["claim-orphaned"])


def test_legs_that_are_not_those_of_a_record_are_found(sqlite_store):
    path = sqlite_store.path
    made = any_carried(Product, RNG, state=ProductState.ACTIVE)
    sqlite_store.write(lambda tx: tx.add(made))
    assert Keeper(str(path)).check().findings == ()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE leg SET state = 'inactive'")
    [found] = Keeper(str(path)).check().findings
    assert (found.code, found.place.table) == ("row-unreadable", "product")
    assert "legs" in found.message
