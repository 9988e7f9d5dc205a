"""How do records of settlement stand in JSON, in words of TM Forum 678 where it has them?"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from karakoram.adapters.formats.json_money import json_from_money
from karakoram.core.provenance import Confidence
from karakoram.operations.outages import Outage
from karakoram.settlement.amount_trust import line_trust, shared_trust, statement_trust, tax_trust
from karakoram.settlement.billed_lines import BilledLine, billed_lines
from karakoram.settlement.conversion import Revaluation
from karakoram.settlement.disputes import Dispute
from karakoram.settlement.exchange import ExchangeRate
from karakoram.settlement.invoices import CreditNote, Invoice, InvoiceTax
from karakoram.settlement.netting import NetPayment
from karakoram.settlement.payments import ReceivedPayment
from karakoram.settlement.rating.rated import RatedCharge
from karakoram.settlement.reconciling import StatementDifference
from karakoram.settlement.share_bases import SharedCharge
from karakoram.settlement.statements import (
    EARNED,
    OwnerStatement,
    StatementLine,
    StatementLineKind,
)
from karakoram.usecases.operate.record_plant_failure import StruckProduct
from karakoram.usecases.settle.unbilled_days import UnbilledDays


def json_from_invoice(invoice: Invoice, *, shares: bool = False) -> dict[str, Any]:
    """An invoice with its lines; leg by leg, and who earns each, only where asked for."""
    return {
        "id": invoice.invoice_id,
        "billNo": invoice.number,
        "billDate": invoice.issued_on.isoformat(),
        "seller": invoice.seller_id,
        "payer": invoice.payer_id,
        "billingPeriod": _days(invoice.from_day, invoice.to_day),
        "state": invoice.state.value,
        "paymentDueDate": invoice.due_on.isoformat(),
        "taxExcludedAmount": json_from_money(invoice.net),
        "taxItem": [_tax(tax) for tax in invoice.taxes],
        "taxIncludedAmount": json_from_money(invoice.gross),
        "paidAmount": json_from_money(invoice.paid),
        "creditedAmount": json_from_money(invoice.credited),
        "remainingAmount": json_from_money(invoice.open_amount),
        "confidence": tax_trust(invoice).value,
        "lines": [
            {**_billed(line), "legs": [_leg(*each) for each in line.numbered_legs]}
            if shares
            else _billed(line)
            for line in billed_lines(invoice.lines)
        ],
    }


def json_from_credit_note(note: CreditNote, *, shares: bool = False) -> dict[str, Any]:
    """A credit note with its lines; who bears each only where asked for."""
    return {
        "id": note.credit_note_id,
        "number": note.number,
        "invoice": note.invoice_id,
        "seller": note.seller_id,
        "payer": note.payer_id,
        "reason": note.reason.value,
        "issuedOn": note.issued_on.isoformat(),
        "taxExcludedAmount": json_from_money(note.net),
        "taxItem": [_tax(tax) for tax in note.taxes],
        "taxIncludedAmount": json_from_money(note.gross),
        "confidence": tax_trust(note).value,
        "lines": [
            {
                "key": line.key,
                "product": line.product_id,
                "period": _days(line.from_day, line.to_day),
                "text": line.text,
                **({"borneBy": line.operator_id} if shares else {}),
                "amount": json_from_money(line.amount),
                "confidence": line.confidence.value,
                "source": line.source,
            }
            for line in note.lines
        ],
    }


def json_from_received(payment: ReceivedPayment) -> dict[str, Any]:
    """A payment of a buyer."""
    return {
        "paidOn": payment.paid_on.isoformat(),
        "reference": payment.reference,
        "amount": json_from_money(payment.amount),
        "withheld": json_from_money(payment.withheld),
    }


def json_from_unbilled(gap: UnbilledDays) -> dict[str, Any]:
    """Days for which a payer was not asked."""
    return {
        "seller": gap.seller_id,
        "payer": gap.payer_id,
        "period": _days(gap.from_day, gap.to_day),
    }


def json_from_statement(statement: OwnerStatement) -> dict[str, Any]:
    """A statement of an owner with its lines."""
    return {
        "id": statement.statement_id,
        "number": statement.number,
        "operator": statement.operator_id,
        "period": _days(statement.from_day, statement.to_day),
        "state": statement.state.value,
        "issuedOn": statement.issued_on.isoformat(),
        "disputeUntil": statement.dispute_until.isoformat(),
        "paymentDueDate": statement.due_on.isoformat(),
        "earned": json_from_money(statement.sum_of(*EARNED)),
        "creditsBorne": json_from_money(statement.sum_of(StatementLineKind.CREDIT_BORNE)),
        "balance": json_from_money(statement.balance),
        "confidence": statement_trust(statement).value,
        "shared": [_shared(each) for each in statement.shared],
        "lines": [_statement_line(line) for line in statement.lines],
    }


def json_from_difference(each: StatementDifference) -> dict[str, Any]:
    """A line on which two sides do not agree."""
    return {
        "key": each.key,
        "text": each.text,
        "what": each.what,
        "ours": None if each.ours is None else json_from_money(each.ours),
        "theirs": None if each.theirs is None else json_from_money(each.theirs),
    }


def json_from_net_payment(payment: NetPayment, trust: Confidence) -> dict[str, Any]:
    """What one owner pays another, and how far that may be trusted."""
    return {
        "payer": payment.payer_id,
        "payee": payment.payee_id,
        "amount": json_from_money(payment.amount),
        "confidence": trust.value,
    }


def json_from_dispute(dispute: Dispute) -> dict[str, Any]:
    """A dispute."""
    return {
        "id": dispute.dispute_id,
        "number": dispute.number,
        "kind": dispute.kind.value,
        "subject": dispute.subject_id,
        "line": dispute.line_key,
        "raisedBy": dispute.raised_by,
        "against": dispute.against,
        "claimed": json_from_money(dispute.claimed),
        "granted": json_from_money(dispute.granted),
        "reason": dispute.reason,
        "answer": dispute.answer,
        "openedOn": dispute.opened_on.isoformat(),
        "state": dispute.state.value,
    }


def json_from_outage(outage: Outage) -> dict[str, Any]:
    """An outage."""
    return {
        "id": outage.outage_id,
        "product": outage.product_id,
        "startsAt": outage.starts_at.isoformat(),
        "endsAt": outage.ends_at.isoformat(),
        "atFault": outage.at_fault_id,
        "where": outage.where,
        "cause": outage.cause,
        "isExcused": outage.is_excused,
        "source": outage.source,
    }


def json_from_struck(struck: Iterable[StruckProduct]) -> dict[str, Any]:
    """What a failure of plant did to each product that rode on it."""
    return {
        "products": [
            {
                "product": each.product.product_id,
                "offering": each.product.product_offering_id,
                "buyer": each.product.buyer_id,
                "isDown": each.outage is not None,
                "outage": None if each.outage is None else each.outage.outage_id,
                "credits": [
                    {
                        "month": f"{credit.month.from_day:%Y-%m}",
                        "amount": json_from_money(credit.amount),
                        "reason": credit.reason,
                    }
                    for credit in each.credits
                ],
            }
            for each in struck
        ]
    }


def json_from_exchange(made: Revaluation) -> dict[str, Any]:
    """What a position in one currency gained, and where each part of it comes from."""
    return {
        "held": json_from_money(made.held),
        "rate": f"{made.exchange_rate.quote_per_base:f}",
        "rateConfidence": made.exchange_rate.provenance.confidence.value,
        "rateSource": made.exchange_rate.provenance.source,
        "gain": json_from_money(made.gain),
        "lines": [
            {
                "what": line.what,
                "bookedOn": None if line.booked_on is None else line.booked_on.isoformat(),
                "held": json_from_money(line.held),
                "gain": f"{line.gain:f}",
            }
            for line in made.lines
        ],
    }


def json_from_exchange_rate(exchange_rate: ExchangeRate) -> dict[str, Any]:
    """What one currency is worth in another, and until when that is known."""
    return {
        "base": exchange_rate.base_currency,
        "quote": exchange_rate.quote_currency,
        "worth": f"{exchange_rate.quote_per_base:f}",
        "validFrom": exchange_rate.valid_from.isoformat(),
        "saysUntil": exchange_rate.says_until.isoformat(),
        "confidence": exchange_rate.provenance.confidence.value,
        "source": exchange_rate.provenance.source,
    }


def _leg(number: str, line: RatedCharge) -> dict[str, Any]:
    return {**_charge(number, line), "earnedBy": line.operator_id, "source": line.source}


def _billed(line: BilledLine) -> dict[str, Any]:
    return _charge(line.number, line)


def _charge(number: str, line: BilledLine | RatedCharge) -> dict[str, Any]:
    return {
        "number": number,
        "key": line.key,
        "product": line.product_id,
        "name": line.name,
        "kind": line.kind.value,
        "period": _days(line.from_day, line.to_day),
        "quantity": f"{line.quantity:f}",
        "unit": line.unit,
        "unitPrice": line.unit_price,
        "amount": json_from_money(line.amount),
        "confidence": line.confidence.value,
    }


def _tax(tax: InvoiceTax) -> dict[str, Any]:
    return {
        "taxCategory": tax.name,
        "taxRate": tax.percent,
        "taxBase": json_from_money(tax.base),
        "taxAmount": json_from_money(tax.amount),
        "confidence": tax.confidence.value,
        "source": tax.source,
    }


def _statement_line(line: StatementLine) -> dict[str, Any]:
    return {
        "key": line.key,
        "kind": line.kind.value,
        "product": line.product_id,
        "period": _days(line.from_day, line.to_day),
        "text": line.text,
        "reference": line.reference,
        "sharedBy": None if line.basis is None else line.basis.value,
        "percent": _percent(line.percent),
        "amount": json_from_money(line.amount),
        "confidence": line_trust(line).value,
    }


def _shared(charge: SharedCharge) -> dict[str, Any]:
    return {
        "product": charge.product_id,
        "sharedBy": charge.basis.value,
        "agreement": charge.agreement_id,
        "charged": json_from_money(charge.charged),
        "confidence": shared_trust(charge).value,
        "shares": [
            {
                "operator": each.operator_id,
                "weight": each.weight,
                "percent": _percent(each.percent),
                "earned": json_from_money(each.earned),
            }
            for each in charge.shares
        ],
    }


def _percent(percent: Decimal | None) -> str | None:
    return None if percent is None else f"{percent:f}"


def _days(from_day: date, to_day: date) -> dict[str, str]:
    return {"startDate": from_day.isoformat(), "endDate": to_day.isoformat()}
