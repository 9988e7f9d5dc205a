"""Bills are found page by page, by who may see them."""

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.sales.viewing import Viewer
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.viewing import bill_id
from karakoram.usecases.operate.record_outage import record_outage
from karakoram.usecases.settle.credit_outages import credit_outages
from karakoram.usecases.settle.see_bills import (
    BillQuestion,
    bill_on_demand,
    bill_seen,
    bills_on_demand,
    bills_seen,
)
from tests.support.settling import DECEMBER, at, december_billed, desk, outage, settled_wave

BUYER, OWNER = Viewer(party_id="CT"), Viewer(operator_id="OP1")


@pytest.fixture
def store():
    _, settling, product = settled_wave()
    december_billed(settling)
    one = outage(product, "T1", at(2026, 12, 10, 0), at(2026, 12, 10, 12))
    record_outage(one, deed=desk(), settling=settling)
    credit_outages(DECEMBER, deed=desk(), settling=settling)
    return settling.store


def test_an_invoice_brings_its_credit_notes(store):
    first, note = bills_seen(BillQuestion(), viewer=BUYER, store=store).bills
    assert isinstance(first.bill, Invoice)
    assert first.credit_notes == (note.bill,)
    assert note.credit_notes == ()
    assert bill_seen(bill_id(note.bill), viewer=BUYER, store=store) == note


@pytest.mark.parametrize("viewer", [BUYER, Viewer(), Viewer(operator_id="SCO")])
def test_pages_make_the_whole(store, viewer):
    whole = bills_seen(BillQuestion(), viewer=viewer, store=store)
    pages = [bills_seen(BillQuestion(part=(n, 1)), viewer=viewer, store=store) for n in range(3)]
    assert tuple(bill for page in pages for bill in page.bills) == whole.bills
    assert {page.total for page in pages} == {whole.total} == {2}


def test_kinds_and_states_narrow(store):
    def count(**asked):
        return bills_seen(BillQuestion(**asked), viewer=BUYER, store=store).total

    assert count(kinds=(Invoice,)) == count(kinds=(CreditNote,)) == 1
    assert count(states=("settled",), kinds=(Invoice,)) == 0
    assert count(kinds=()) == 0


def test_an_owner_that_only_earns_sees_no_bill(store):
    assert bills_seen(BillQuestion(), viewer=OWNER, store=store).total == 0
    [first, _] = bills_seen(BillQuestion(), viewer=BUYER, store=store).bills
    with pytest.raises(NotFoundError):
        bill_seen(bill_id(first.bill), viewer=OWNER, store=store)


def test_what_nobody_asked_for_was_not_made_on_demand(store):
    [first, _] = bills_seen(BillQuestion(), viewer=BUYER, store=store).bills
    assert bills_on_demand(viewer=BUYER, store=store) == ()
    with pytest.raises(NotFoundError):
        bill_on_demand(bill_id(first.bill), viewer=BUYER, store=store)
