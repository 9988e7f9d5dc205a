"""How do bills, their lines and requests for them stand in the words of TM Forum 678, version 4?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from karakoram.core.identifiers import ProductId
from karakoram.core.money import Money
from karakoram.interfaces.http import paths
from karakoram.interfaces.http.listing import Document
from karakoram.interfaces.http.parts import merged, midnight, moment, money, price_trust
from karakoram.interfaces.http.sending import sent_words
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.tmf_parts import operator, party
from karakoram.settlement.amount_trust import one_tax_trust
from karakoram.settlement.billed_lines import BilledLine, billed_lines
from karakoram.settlement.invoices import CreditLine, CreditNote, Invoice, InvoiceTax
from karakoram.settlement.viewing import Bill, bill_id
from karakoram.usecases.settle.see_bills import SeenBill

DIALECT = "TMF678"
SEPARATOR = "."
"""Between seller and payer of a billing account, and between a bill and the number of its line."""
NORMAL, CREDIT_NOTE = "normal", "credit note"
PAYER_ROLE = "payer"
SETTLED = "settled"
"""Of credit notes: what they give back is off the invoice the moment that they are written."""


def bill_document(seen: SeenBill, call: Call) -> Document:
    """A bill; amounts of a credit note are what is given back."""
    bill = seen.bill
    document = {
        **_head(bill_id(bill), "CustomerBill", call),
        "billNo": bill.number,
        "billDate": midnight(bill.issued_on),
        "runType": "onCycle" if seen.request is None else "offCycle",
        "billingAccount": _account(bill),
        "taxExcludedAmount": money(bill.net),
        "taxItem": [tax_item(bill, each) for each in bill.taxes],
        "taxIncludedAmount": money(bill.gross),
        "relatedParty": [
            party(bill.payer_id, role=PAYER_ROLE),
            operator(bill.seller_id, role="seller"),
        ],
    }
    more = _of_note(bill, call) if isinstance(bill, CreditNote) else _of_invoice(bill, seen, call)
    return {**document, **more}


def _of_invoice(invoice: Invoice, seen: SeenBill, call: Call) -> dict[str, Any]:
    notes = [
        {"appliedAmount": money(note.gross), "payment": _reference(note.credit_note_id, call)}
        for note in seen.credit_notes
    ]
    paid = [
        {
            "appliedAmount": money(each.settled),
            "payment": {
                "id": each.reference,
                "name": f"paid on {each.paid_on}",
                "@referredType": "Payment",
            },
        }
        for each in seen.payments
    ]
    return {
        "category": NORMAL,
        "state": invoice.state.value,
        "paymentDueDate": midnight(invoice.due_on),
        "billingPeriod": _days(invoice.from_day, invoice.to_day),
        "amountDue": money(invoice.gross),
        "appliedPayment": [*paid, *notes],
        "remainingAmount": money(invoice.open_amount),
    }


def _of_note(note: CreditNote, call: Call) -> dict[str, Any]:
    nothing = money(Money(0, note.currency))
    return {
        "category": CREDIT_NOTE,
        "state": SETTLED,
        "amountDue": nothing,
        "remainingAmount": nothing,
        "creditedBill": _reference(note.invoice_id, call),
    }


def tax_item(bill: Bill, tax: InvoiceTax) -> dict[str, Any]:
    """One tax of a bill, with how far its amount may be trusted."""
    return {
        **price_trust(one_tax_trust(bill, tax)),
        "taxCategory": tax.name,
        "taxRate": float(tax.percent),
        "taxAmount": money(tax.amount),
    }


def charge_documents(seen: SeenBill, call: Call) -> Iterator[Document]:
    """Every line of a bill, as its buyer reads it, as an applied customer billing rate."""
    bill = seen.bill
    lines: tuple[BilledLine | CreditLine, ...] = (
        billed_lines(bill.lines) if isinstance(bill, Invoice) else bill.lines
    )
    for number, line in enumerate(lines, start=1):
        name = f"{bill_id(bill)}{SEPARATOR}{number}"
        is_credit = isinstance(line, CreditLine) or line.amount.minor < 0
        yield {
            **_head(name, "AppliedCustomerBillingRate", call),
            "name": line.text if isinstance(line, CreditLine) else line.name,
            "date": moment(bill.made_at),
            "type": "appliedBillingCredit" if is_credit else "appliedBillingCharge",
            "isBilled": True,
            "bill": _reference(bill_id(bill), call),
            "product": _product(line.product_id, call),
            "periodCoverage": _days(line.from_day, line.to_day),
            "taxExcludedAmount": money(line.amount),
            "characteristic": [
                {"name": name, "valueType": "string", "value": value}
                for name, value in _characteristics(line)
            ],
        }


def request_document(seen: SeenBill, call: Call) -> Document:
    """The request that a bill came of; its words are told to the operator that asked."""
    bill = seen.bill
    told: dict[str, Any] = {
        **_head(bill_id(bill), "CustomerBillOnDemand", call),
        "state": "done",
        "lastUpdate": moment(bill.made_at),
        "billingAccount": _account(bill),
        "customerBill": _reference(bill_id(bill), call),
        "relatedParty": party(bill.payer_id, role=PAYER_ROLE),
    }
    if call.viewer.party_id is not None:
        return told
    document: Document = merged(sent_words(seen.request, DIALECT), told)
    return document


def _characteristics(line: BilledLine | CreditLine) -> Iterator[tuple[str, str]]:
    if isinstance(line, BilledLine):
        yield "kind", line.kind.value
        yield "quantity", f"{line.quantity:f}"
        yield "unit", line.unit
        yield "unit_price", line.unit_price
    yield "key", line.key
    yield "confidence", line.confidence.value


def _head(record_id: str, kind: str, call: Call) -> dict[str, Any]:
    collection = f"{kind[0].lower()}{kind[1:]}"
    href = call.href(f"{paths.BILL}/{collection}/{record_id}")
    return {"id": record_id, "href": href, "@type": kind}


def _reference(record_id: str, call: Call) -> dict[str, Any]:
    href = call.href(f"{paths.BILL}/customerBill/{record_id}")
    return {"id": record_id, "href": href, "@referredType": "CustomerBill"}


def _product(product_id: ProductId, call: Call) -> dict[str, Any]:
    return {"id": product_id, "href": call.href(f"{paths.PRODUCT}/product/{product_id}")}


def _account(bill: Bill) -> dict[str, Any]:
    return {
        "id": f"{bill.seller_id}{SEPARATOR}{bill.payer_id}",
        "name": f"{bill.payer_id} at {bill.seller_id}",
    }


def _days(from_day: date, to_day: date) -> dict[str, Any]:
    return {"startDateTime": midnight(from_day), "endDateTime": midnight(to_day)}
