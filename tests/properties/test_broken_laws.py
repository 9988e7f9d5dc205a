"""Whether each law of selling is seen to be broken when something is wrong with a store."""

from dataclasses import replace

import pytest

from karakoram.sales.orders import LegEvent, LegState, OrderState
from karakoram.sales.products import ProductState
from karakoram.sales.quotes import QuoteState
from karakoram.usecases.sell.advance_leg import advance_leg
from tests.support.sales_clients import told_otherwise
from tests.support.selling import channels, deed, ordered, quoted, seller, wave
from tests.support.selling_laws import LAWS, broken_laws, key_of, moment_of


@pytest.fixture(scope="module")
def sold():
    """A product that is active, one that is ordered, one that is offered; and the plant."""
    selling = seller()
    plant = {each.resource_id for each in selling.store.read(lambda tx: tx.resources())}
    first = ordered(selling, quoted(selling, wave(), "q1"), "o1")
    for leg in first.legs:
        for event in (LegEvent.START, LegEvent.COMPLETE):
            advance_leg(
                first.product_order_id,
                leg.leg.name,
                event,
                deed=deed(),
                store=selling.store,
                ids=selling.ids,
            )
    ordered(selling, quoted(selling, channels(), "q2"), "o2")
    quoted(selling, channels("8"), "q3")
    return selling.store.read(moment_of), plant


def swapped(records, number, **changes):
    return tuple(
        replace(each, **changes) if place == number else each for place, each in enumerate(records)
    )


def without(log, key):
    return {**log, key: log[key][:-1]}


def doubled(log, key):
    return {**log, key: (*log[key], replace(log[key][-1], state_before=log[key][-1].state_after))}


DAMAGE = {
    "a claim is there twice": (0, lambda m: {"claims": (*m.claims, m.claims[-1])}),
    "a unit is taken by nobody": (
        0,
        lambda m: {"resources": swapped(m.resources, 0, taken=m.resources[0].taken ^ 1)},
    ),
    "a claim is gone": (
        1,
        lambda m: {"claims": tuple(each for each in m.claims if each.until is None)},
    ),
    "a holder is gone": (1, lambda m: {"products": m.products[:1]}),
    "an offer that ended holds still": (
        1,
        lambda m: {"quotes": swapped(m.quotes, 2, state=QuoteState.EXPIRED)},
    ),
    "a light is lit for what is not up": (
        2,
        lambda m: {"products": swapped(m.products, 0, state=ProductState.PENDING_ACTIVE)},
    ),
    "an order is what its legs are not": (
        3,
        lambda m: {"orders": swapped(m.orders, 1, state=OrderState.COMPLETED)},
    ),
    "a leg waits for nothing": (
        3,
        lambda m: {
            "orders": swapped(
                m.orders, 1, legs=(replace(m.orders[1].legs[0], state=LegState.PENDING),)
            )
        },
    ),
    "a product does not wait for its order": (
        3,
        lambda m: {"products": swapped(m.products, 1, state=ProductState.ACTIVE)},
    ),
    "an entry is missing": (4, lambda m: {"log": without(m.log, key_of(m.quotes[0]))}),
    "an entry stands twice": (4, lambda m: {"log": doubled(m.log, key_of(m.quotes[0]))}),
    "a state was reached in silence": (
        4,
        lambda m: {"quotes": swapped(m.quotes, 2, state=QuoteState.ANSWERED)},
    ),
    "a name made two things": (
        5,
        lambda m: {"quotes": swapped(m.quotes, 1, external_id=m.quotes[0].external_id)},
    ),
    "a quote is ordered twice": (
        6,
        lambda m: {"orders": swapped(m.orders, 1, quote_id=m.orders[0].quote_id)},
    ),
    "an accepted quote has no order": (6, lambda m: {"orders": m.orders[:1]}),
    "an order has no product": (6, lambda m: {"products": m.products[:1]}),
}


def test_what_was_sold_breaks_no_law(sold):
    assert broken_laws(*sold) == []


@pytest.mark.parametrize("damage", DAMAGE)
def test_whatever_is_damaged_breaks_the_law_that_is_for_it(sold, damage):
    moment, plant = sold
    number, damaged = DAMAGE[damage]
    broken = broken_laws(replace(moment, **damaged(moment)), plant)
    assert any(each.startswith(LAWS[number].__name__) for each in broken)


def test_every_law_has_its_damage():
    assert {number for number, _ in DAMAGE.values()} == set(range(len(LAWS)))


def journal(moment, subject, *, told="yes", step="desk", **asked):
    asked = {"do": "quote", "name": "q1", "buyer": "CT", **asked}
    answer = {"told": told, "step": step, "subject": subject, "code": "no"}
    return list(told_otherwise(moment, [[{"told": "ask", "step": step, "asked": asked}, answer]]))


def test_what_clients_were_told_is_held_against_the_store(sold):
    moment, _ = sold
    one, other = (key_of(each) for each in moment.quotes[:2])
    assert journal(moment, one) == []
    assert "is lost" in journal(moment, "gone")[0]
    assert "another name" in journal(moment, other)[0]
    assert "was refused" in journal(moment, one, told="no")[0]
    assert "0 times" in journal(moment, one, step="nobody", do="decline")[0]
    lines = [
        {"told": "ask", "step": "s", "asked": {"do": "quote", "name": "q1", "buyer": "CT"}},
        {"told": "yes", "step": "s", "subject": one},
        {"told": "yes", "step": "s", "subject": other},
    ]
    assert any("answered with" in each for each in told_otherwise(moment, [lines]))
