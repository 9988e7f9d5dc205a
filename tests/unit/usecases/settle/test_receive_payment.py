"""What a payment of a buyer settles, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from karakoram.core.errors import BatchRefusedError, IllegalTransitionError, RefusedError
from karakoram.core.money import Money
from karakoram.settlement.disputes import DisputedKind, DisputeEvent
from karakoram.settlement.invoices import Invoice, InvoiceState
from karakoram.usecases.settle.close_book import close_book
from karakoram.usecases.settle.dispute_lines import (
    DisputeAnswer,
    Objection,
    answer_dispute,
    open_dispute,
)
from karakoram.usecases.settle.receive_payment import BuyerPayment, receive_payment
from karakoram.usecases.settle.settling import found
from tests.support.settlement import usd
from tests.support.settling import at, book_balances, december_billed, desk, settled_wave


@pytest.fixture
def sold():
    return settled_wave()


def test_what_is_closed_takes_no_payment(sold):
    _, settling, _ = sold
    (invoice,) = december_billed(settling)
    close_book("SCO", date(2027, 3, 1), deed=desk(at(2027, 3, 2)), settling=settling)
    payment = BuyerPayment(
        invoice=invoice.number,
        amount=usd(10_000),
        paid_on=date(2027, 2, 1),
        external_id="B1",
    )
    with pytest.raises(BatchRefusedError) as no:
        receive_payment(payment, deed=desk(at(2027, 3, 2)), settling=settling)
    assert no.value.code == "closed-period"
    later = replace(payment, paid_on=date(2027, 3, 1))
    paid = receive_payment(later, deed=desk(at(2027, 3, 2)), settling=settling)
    assert paid.state is InvoiceState.SETTLED


def test_a_payment_counts_once_and_in_parts_to_the_last_cent(sold):
    _, settling, _ = sold
    (invoice,) = december_billed(settling)
    part = BuyerPayment(
        invoice=invoice.number,
        amount=usd(4_000),
        paid_on=date(2027, 2, 1),
        external_id="B1",
    )
    once = receive_payment(part, deed=desk(), settling=settling)
    assert receive_payment(part, deed=desk(), settling=settling) == once
    assert (once.state, once.open_amount) == (InvoiceState.PARTIALLY_PAID, usd(6_000))
    with pytest.raises(RefusedError) as no:
        receive_payment(replace(part, amount=usd(1)), deed=desk(), settling=settling)
    assert no.value.code == "external-id-reused"
    rest = replace(part, amount=usd(6_000), external_id="B2")
    assert receive_payment(rest, deed=desk(), settling=settling).state is InvoiceState.SETTLED
    with pytest.raises(IllegalTransitionError):
        receive_payment(replace(rest, external_id="B3"), deed=desk(), settling=settling)
    assert book_balances(settling)["SCO/Assets:Receivable:CT:USD"] == 0


def test_an_invoice_that_was_held_goes_on_as_it_was_paid_in_part(sold):
    _, settling, _ = sold
    (invoice,) = december_billed(settling)
    part = BuyerPayment(
        invoice=invoice.number, amount=usd(10), paid_on=date(2027, 2, 1), external_id="B1"
    )
    receive_payment(part, deed=desk(), settling=settling)
    objection = Objection(
        kind=DisputedKind.INVOICE,
        subject=invoice.number,
        line_key=invoice.lines[0].key,
        claimed=usd(1),
        against_id="OP1",
        reason="wrong",
    )
    dispute = open_dispute(objection, deed=desk(), settling=settling)
    answer = DisputeAnswer(dispute=dispute.number, event=DisputeEvent.REJECT)
    answer_dispute(answer, deed=desk(), settling=settling)
    after = settling.store.read(lambda tx: found(tx, Invoice, invoice.number))
    assert after.state is InvoiceState.PARTIALLY_PAID


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": Money(1, "PKR")}, "wrong-currency"),
        ({"amount": usd(-1)}, "payment-not-positive"),
        ({"amount": usd(10_001)}, "payment-too-large"),
        ({"paid_on": date(2027, 2, 2)}, "in-the-future"),
        ({"paid_on": date(2027, 1, 31)}, "before-invoice"),
    ],
)
def test_a_payment_that_makes_no_sense_is_refused(sold, changes, code):
    _, settling, _ = sold
    (invoice,) = december_billed(settling)
    given = {"amount": usd(1), "paid_on": date(2027, 2, 1), **changes}
    payment = BuyerPayment(invoice=invoice.number, external_id="B1", **given)
    with pytest.raises(RefusedError) as no:
        receive_payment(payment, deed=desk(), settling=settling)
    assert no.value.code == code
    assert settling.store.read(lambda tx: found(tx, Invoice, invoice.number)) == invoice


def test_tax_that_the_buyer_kept_back_settles_the_invoice_and_stands_in_an_account_of_its_own(sold):
    # 100.00 are open; 85.00 come in and 15.00 are paid to the buyer's tax office.
    _, settling, _ = sold
    (invoice,) = december_billed(settling)
    payment = BuyerPayment(
        invoice=invoice.number,
        amount=usd(8_500),
        paid_on=date(2027, 2, 1),
        external_id="B1",
        withheld=usd(1_500),
        certificate="WHT-9",
    )
    paid = receive_payment(payment, deed=desk(), settling=settling)
    assert receive_payment(payment, deed=desk(), settling=settling) == paid
    assert (paid.state, paid.paid) == (InvoiceState.SETTLED, usd(10_000))
    balances = book_balances(settling)
    assert balances["SCO/Assets:Bank:USD"] == 8_500
    assert balances["SCO/Assets:TaxWithheld:USD"] == 1_500
    other = replace(payment, withheld=usd(1_400))
    with pytest.raises(RefusedError) as no:
        receive_payment(other, deed=desk(), settling=settling)
    assert no.value.code == "external-id-reused"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"certificate": ""}, "no-certificate"),
        ({"withheld": usd(-1)}, "payment-not-positive"),
        ({"withheld": usd(5_001)}, "payment-too-large"),
        ({"withheld": Money(1, "PKR")}, "wrong-currency"),
    ],
)
def test_tax_that_makes_no_sense_is_refused(sold, changes, code):
    _, settling, _ = sold
    (invoice,) = december_billed(settling)
    given = {"withheld": usd(1), "certificate": "WHT-9", **changes}
    payment = BuyerPayment(
        invoice=invoice.number,
        amount=usd(5_000),
        paid_on=date(2027, 2, 1),
        external_id="B1",
        **given,
    )
    with pytest.raises(RefusedError) as no:
        receive_payment(payment, deed=desk(), settling=settling)
    assert no.value.code == code
