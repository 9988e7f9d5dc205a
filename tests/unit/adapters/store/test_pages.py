"""Every store gives a page of records and resources as the store in memory does, and counts."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from random import Random

import pytest

from karakoram.adapters.store.keeping import Keeper
from karakoram.core.errors import ConflictError
from karakoram.sales.orders import ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.products import Product, ProductState
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.sales.submissions import Submission
from karakoram.settlement.invoices import Invoice, InvoiceState
from tests.support.memory_store import MemoryStore
from tests.support.sales_records import any_carried, rack
from tests.support.settlement import invoice, line

KINDS = (ResourceKind.RACK,)


def answers(store):
    bills = [
        invoice(
            replace(line("a", 100), payer_id=payer),
            number=f"SCO-{number}",
            payer_id=payer,
            state=state,
        )
        for number, (payer, state) in enumerate(
            [("CT", InvoiceState.SENT), ("P1", InvoiceState.SENT), ("CT", InvoiceState.SETTLED)]
        )
    ]
    racks = [
        replace(rack(), resource_id=f"rack {number}", name=f"rack {number}", operator_id=operator)
        for number, operator in enumerate(("SCO", "OP1", "SCO"))
    ]

    def write(tx):
        for each in bills:
            tx.add(each)
        tx.add_resources(racks)

    store.write(write)
    return store.read(
        lambda tx: (
            tx.find_all(Invoice, states=("sent",), offset=1, limit=1),
            tx.count(Invoice, states=("sent",)),
            tx.count(Invoice, buyer_id="CT", states=("settled", "sent")),
            tx.count(Invoice, states=("none",)),
            tx.count(Party),
            tx.find_all(Invoice, operator_id="SCO", states=("sent",), limit=1),
            tx.find_all(Invoice, operator_id="SCO", offset=2),
            tx.count(Invoice, operator_id="SCO", buyer_id="CT"),
            tx.count(Invoice, operator_id="OP1"),
            tx.resources(KINDS, operator_id="SCO", offset=1, limit=1),
            tx.resources(limit=2),
            tx.count_resources(KINDS, operator_id="SCO"),
            tx.count_resources((ResourceKind.FIBRE,)),
            tx.count_resources(),
        )
    )


def test_a_page_is_the_same_in_every_store(lasting_store):
    told = answers(lasting_store)
    assert told == answers(MemoryStore())
    assert [each for each in told if isinstance(each, int)] == [2, 2, 0, 0, 2, 0, 2, 0, 3]


def test_whom_a_record_concerns_changes_with_it(lasting_store):
    def concerned():
        return lasting_store.read(
            lambda tx: {each for each in ("SCO", "OP1") if tx.count(Invoice, operator_id=each)}
        )

    bill = invoice(line("a", 100))
    lasting_store.write(lambda tx: tx.add(bill))
    assert concerned() == {"SCO"}
    lasting_store.write(lambda tx: tx.replace(replace(bill, seller_id="OP1")))
    assert concerned() == {"OP1"}
    with pytest.raises(ConflictError):
        lasting_store.write(lambda tx: tx.replace(bill))
    assert concerned() == {"OP1"}


def test_operators_that_are_not_those_of_a_record_are_found(sqlite_store):
    path = sqlite_store.path
    sqlite_store.write(lambda tx: tx.add(invoice(line("a", 100))))
    assert Keeper(str(path)).check().findings == ()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE involvement SET operator_id = 'OP1'")
    [found] = Keeper(str(path)).check().findings
    assert (found.code, found.place.table) == ("row-unreadable", "invoice")


def test_stamps_are_of_the_records_that_would_be_given_and_tell_how_many(lasting_store):
    def told(store):
        bills = [invoice(line("a", 100), number=f"SCO-{number}") for number in range(4)]
        sent = Submission(
            submission_id=bills[2].invoice_id, buyer_id="CT", dialect="TMF678", body="{}"
        )

        def write(tx):
            for each in (*bills, sent):
                tx.add(each)
            tx.replace(bills[1])

        store.write(write)
        return store.read(
            lambda tx: (
                tx.stamps(Invoice, offset=1, limit=2),
                tx.stamps(Invoice, operator_id="SCO", limit=1),
                tx.stamps(Invoice, operator_id="SCO", states=("sent", "settled"), limit=1),
                tx.stamps(Invoice, buyer_id="CT", offset=3, limit=9),
                tx.stamps(Invoice, buyer_id="CT", operator_id="OP1", limit=9),
                tx.stamps(Invoice, offset=4, limit=9),
                tx.stamps(Invoice, states=("settled",), limit=9),
                [tx.stamp(Invoice, each.invoice_id) for each in bills],
                tx.stamp(Invoice, "none"),
            )
        )

    found = told(lasting_store)
    assert found == told(MemoryStore())
    assert [(len(each.stamps), each.total) for each in found[:7]] == [
        (2, 4),
        (1, 4),
        (1, 4),
        (1, 4),
        (0, 0),
        (0, 4),
        (0, 0),
    ]
    assert [(each.version, each.is_sent) for each in found[7]] == [
        (0, False),
        (1, False),
        (0, True),
        (0, False),
    ]


def test_legs_come_in_pages_and_change_with_their_records(lasting_store):
    rng = Random(7)
    products = [
        any_carried(Product, rng, product_id=f"p{number}", state=ProductState.ACTIVE)
        for number in range(4)
    ]
    order = any_carried(ProductOrder, rng)

    def told(store):
        def write(tx):
            for each in (*products, order):
                tx.add(each)

        def change(tx):
            tx.replace(replace(products[1], state=ProductState.TERMINATED))
            tx.replace(replace(order, legs=order.legs[:1]))

        store.write(write)
        store.write(change)
        operator = products[0].plan.legs[0].operator_id
        return store.read(
            lambda tx: (
                tx.legs(Product),
                tx.legs(Product, offset=1, limit=2),
                tx.legs(Product, operator_id=operator, limit=1),
                tx.legs(Product, states=("terminated", "reserved")),
                tx.legs(Product, states=("reserved",), operator_id=operator),
                tx.legs(Product, offset=100, limit=1),
                tx.legs(ProductOrder),
            )
        )

    found = told(lasting_store)
    assert found == told(MemoryStore())
    assert found[0].total == len(found[0].places) >= len(products)
    assert {each.record_id for each in found[3].places} == {"p1"}
    assert found[6].total == 1
