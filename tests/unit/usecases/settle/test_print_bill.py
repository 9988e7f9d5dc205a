"""What is gathered for a paper of settlement, and who writes it."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.core.findings import Finding, Place
from karakoram.core.provenance import Confidence
from karakoram.settlement.invoices import CreditLine, CreditReason
from karakoram.usecases.ports import PaperPrinter
from karakoram.usecases.settle.credit_outages import credit_invoice
from karakoram.usecases.settle.print_bill import (
    CreditNotePaper,
    InvoicePaper,
    bill_of,
    print_paper,
)
from karakoram.usecases.settle.receive_payment import BuyerPayment, receive_payment
from tests.support.ports import GivenNetwork
from tests.support.settlement import usd
from tests.support.settling import december_billed, desk, settled_wave

SHORT = Finding(code="letters-lacking", place=Place(table="paper"), message="a box")


@dataclass
class Kept:
    """A printer that keeps what it is given."""

    papers: list = field(default_factory=list)

    def check(self):
        pass

    def write_paper(self, paper):
        self.papers.append(paper)
        return (SHORT,)


def credited(settling, invoice, product):
    line = CreditLine(
        key="k",
        product_id=product.product_id,
        from_day=date(2026, 12, 1),
        to_day=date(2027, 1, 1),
        text="late",
        operator_id="OP1",
        amount=usd(500),
        confidence=Confidence.STATED,
        source="test",
    )
    return settling.store.write(
        lambda tx: credit_invoice(
            tx, invoice, (line,), reason=CreditReason.DISPUTE, deed=desk(), settling=settling
        )
    )


def test_an_invoice_comes_with_its_payer_payments_and_credit_notes():
    selling, settling, product = settled_wave()
    (invoice,) = december_billed(settling)
    payment = BuyerPayment(
        invoice=invoice.number, amount=usd(700), paid_on=date(2027, 2, 1), external_id="B1"
    )
    receive_payment(payment, deed=desk(), settling=settling)
    paid = settling.store.read(lambda tx: bill_of(tx, invoice.number)).invoice
    note = credited(settling, paid, product)
    paper = settling.store.read(lambda tx: bill_of(tx, invoice.number))
    assert isinstance(paper, InvoicePaper)
    assert (paper.payer.party_id, paper.notes) == ("CT", (note,))
    assert [(each.reference, each.amount) for each in paper.payments] == [("B1", usd(700))]
    assert paper.offerings == {product.product_id: product.product_offering_id}
    printer = Kept()
    seller = replace(selling.network.operators["OP1"], operator_id="SCO", name="Special body")
    network = replace(selling.network, operators={"SCO": seller})
    short = print_paper(paper, networks=GivenNetwork(network), printer=printer)
    assert short == (SHORT,)
    (named,) = printer.papers
    assert named.invoice == paper.invoice
    assert named.seller_name == "Special body (SCO)"
    assert isinstance(printer, PaperPrinter)
    of_note = settling.store.read(lambda tx: bill_of(tx, note.number))
    assert isinstance(of_note, CreditNotePaper)
    assert of_note.invoice.credited == usd(500)


def test_what_is_no_bill_is_refused():
    _, settling, _ = settled_wave()
    with pytest.raises(NotFoundError, match="no invoice and no credit note 'X'"):
        settling.store.read(lambda tx: bill_of(tx, "X"))
