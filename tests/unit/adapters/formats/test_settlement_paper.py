"""Papers of settlement are read back: sums are those of the records, and buyers see no owner."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdf
import pytest

from karakoram.adapters.formats.settlement_pdf import SETTLEMENT
from karakoram.adapters.formats.typesetting import PdfFile, typeset_paper
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.settlement.invoices import InvoiceTax
from karakoram.settlement.payments import ReceivedPayment
from karakoram.settlement.rating.rated import RatedKind
from karakoram.settlement.statements import owner_lines
from karakoram.usecases.settle.print_bill import CreditNotePaper, InvoicePaper, StatementPaper
from tests.support import papers
from tests.support.selling import CARRIER
from tests.support.settlement import credit_note, invoice, line, statement, usd

TAX = InvoiceTax(
    tax_id="ST-PB",
    name="sales tax, Punjab",
    base=usd(30_000),
    percent="19.5",
    amount=usd(5_850),
    confidence=Confidence.STATED,
    source="https://example.org/tariff",
)
MINUTES = line(
    "voice",
    9_000,
    "ONE",
    name="voice to Gilgit",
    kind=RatedKind.USAGE,
    quantity=Decimal(300),
    unit="minute",
    unit_price="0.30",
    confidence=Confidence.STATED,
)
BILL = invoice(
    line("working KJB-RWP", 20_000, unit_price="200.00"),
    line("working RWP-SKZ", 1_000, "ONE", unit_price="10.00"),
    MINUTES,
    taxes=(TAX,),
    paid=usd(20_000),
    credited=usd(500),
)
PAID = ReceivedPayment(
    paid_on=date(2026, 8, 20), amount=usd(17_000), withheld=usd(3_000), reference="B-7, c 9"
)


def bill_paper(**changes):
    given = {
        "invoice": BILL,
        "payer": CARRIER,
        "seller_name": "Special body (SCO)",
        "offerings": {"P": "WAVE-400G"},
        "notes": (credit_note(500),),
        "payments": (PAID,),
    }
    return InvoicePaper(**{**given, **changes})


def pdf_of(paper):
    return typeset_paper(paper, SETTLEMENT).pdf


def words_of(paper):
    return papers.words_of(pdf_of(paper))


def test_an_invoice_says_what_is_asked_paid_credited_and_due():
    # 200.00 + 10.00 + 300 minutes at 0.30 are 300.00; 19.5 % of it are 58.50, together 358.50;
    # less 5.00 credited and 170.00 + 30.00 paid leaves 153.50.
    words = words_of(bill_paper())
    for told in (
        "Invoice SCO-1",
        "Special body (SCO)",
        "2026-07-01 to 2026-07-31",
        "Due 2026-08-31",
        "WAVE-400G: monthly charge 2026-07-01 to 2026-07-31 31 of 31 days",
        "31 of 31 days 210.00 USD 210.00 assumed",
        "voice to Gilgit 2026-07-01 to 2026-07-31 300 minute 0.30 USD 90.00 stated",
        "Net USD 300.00",
        "sales tax, Punjab (ST-PB); https://example.org/tariff 19.5 USD 300.00 USD 58.50 stated",
        "2026-08-20 B-7, c 9 USD 170.00 USD 30.00",
        "Paid USD 200.00",
        "SCO-C1 2026-08-01 availability 98 % USD 5.00",
        "Asked USD 358.50",
        "Amount due USD 153.50",
        "assumed nobody has published it",
    ):
        assert told in words, told
    assert "working" not in words
    assert "Internal" not in words


def test_our_own_paper_names_who_earns_each_line_and_where_its_price_comes_from():
    words = words_of(bill_paper(is_internal=True))
    assert "Internal: not for buyers" in words
    assert "charge working RWP-SKZ ONE 2026-07-01 to 2026-07-31" in words
    assert "Where the prices come from" in words


def test_an_invoice_without_tax_and_payment_says_so():
    words = words_of(bill_paper(invoice=invoice(line("a", 1)), notes=(), payments=()))
    assert "No tax is asked with this paper." in words
    assert "Nothing has been paid yet." in words
    assert "Credit notes" not in words


def test_a_credit_note_names_who_bears_it_on_our_own_paper_only():
    paper = CreditNotePaper(
        note=credit_note(500, operator="ONE", taxes=(replace(TAX, amount=usd(98)),)),
        invoice=BILL,
        payer=CARRIER,
        seller_name="SCO",
        offerings={"P": "WAVE-400G"},
    )
    words = words_of(paper)
    for told in ("Credit note SCO-C1", "Of invoice SCO-1", "availability 98 %", "USD 5.98"):
        assert told in words, told
    assert "Borne by" not in words
    assert "Borne by" in words_of(replace(paper, is_internal=True))


def test_a_statement_says_each_line_and_the_balance():
    lines = owner_lines([invoice(MINUTES)], (), ())["SCO"]
    ours = statement("SCO", lines)
    words = words_of(StatementPaper(statement=ours, owner_name="SCO", offerings={}))
    assert "collected voice to Gilgit 2026-07-01 to 2026-07-31 SCO-1 USD -90.00" in words
    assert f"Balance, positive where it is owed {ours.balance}" in words


def test_the_same_record_gives_the_same_bytes_dated_by_it():
    first = pdf_of(bill_paper())
    assert first == pdf_of(bill_paper())
    assert "20260803" in pypdf.PdfReader(io.BytesIO(first)).metadata["/CreationDate"]


@pytest.mark.parametrize("name", ["中国电信集团有限公司", '#panic("x") $a$ [*_`\\<b>'])
def test_no_name_of_a_payer_breaks_the_paper(name):
    paper = bill_paper(payer=replace(CARRIER, name=name))
    words = words_of(paper)
    assert "Amount due USD 153.50" in words
    assert f"{name} (CT)" in words
    assert not papers.boxes_on(pdf_of(paper))


def test_amounts_of_a_currency_without_decimals_are_whole():
    yen = Money(1_200, "JPY")
    bill = invoice(line("a", 0, amount=yen), currency="JPY", paid=yen, credited=Money(0, "JPY"))
    words = words_of(bill_paper(invoice=bill, notes=(), payments=()))
    assert "Asked JPY 1,200 (assumed) Credited JPY 0 Paid JPY 1,200 Amount due JPY 0" in words


def test_a_paper_of_settlement_is_written(tmp_path):
    PdfFile(path=tmp_path / "i.pdf", form=SETTLEMENT).write_paper(bill_paper())
    assert (tmp_path / "i.pdf").read_bytes() == pdf_of(bill_paper())
