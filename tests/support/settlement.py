"""Invoices, agreements and statements that can be counted on one's fingers."""

from datetime import UTC, date, datetime
from decimal import Decimal

from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, Provenance
from karakoram.settlement.agreements import (
    AgreedShare,
    SettlementAgreement,
    SettlementMode,
    ShareRule,
)
from karakoram.settlement.invoices import (
    CreditLine,
    CreditNote,
    CreditReason,
    Invoice,
    InvoiceState,
)
from karakoram.settlement.rating.rated import RatedCharge, RatedKind
from karakoram.settlement.statements import OwnerStatement, StatementState

ASSUMED = Provenance(source="test", confidence=Confidence.ASSUMED)
NOW = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


def usd(minor):
    return Money(minor, "USD")


def line(place, minor, operator="SCO", **changes):
    given = {
        "product_id": "P",
        "payer_id": "CT",
        "operator_id": operator,
        "name": f"charge {place}",
        "kind": RatedKind.RECURRING,
        "from_day": JULY,
        "to_day": AUGUST,
        "quantity": Decimal(31),
        "unit": "of 31 days",
        "unit_price": "1",
        "amount": usd(minor),
        "confidence": Confidence.ASSUMED,
        "source": "test",
        "place": place,
    }
    return RatedCharge(**{**given, **changes})


def minutes(place, minor, count):
    return line(
        place, minor, kind=RatedKind.USAGE, unit="minute", quantity=Decimal(count), to_day=AUGUST
    )


def invoice(*lines, seller="SCO", number="SCO-1", **changes):
    given = {
        "invoice_id": f"invoice {number}",
        "number": number,
        "seller_id": seller,
        "payer_id": "CT",
        "from_day": JULY,
        "to_day": AUGUST,
        "currency": "USD",
        "lines": lines,
        "issued_on": AUGUST,
        "due_on": date(2026, 8, 31),
        "paid": usd(0),
        "credited": usd(0),
        "state": InvoiceState.SENT,
        "made_at": NOW,
    }
    return Invoice(**{**given, **changes})


def credit_note(minor, operator="SCO", seller="SCO", **changes):
    lines = (
        CreditLine(
            key=f"credit {minor}",
            product_id="P",
            from_day=JULY,
            to_day=AUGUST,
            text="availability 98 %",
            operator_id=operator,
            amount=usd(minor),
            confidence=Confidence.ASSUMED,
            source="test",
        ),
    )
    given = {
        "credit_note_id": f"note {minor}",
        "number": "SCO-C1",
        "invoice_id": "invoice SCO-1",
        "seller_id": seller,
        "payer_id": "CT",
        "reason": CreditReason.SERVICE_LEVEL,
        "lines": lines,
        "currency": "USD",
        "issued_on": AUGUST,
        "made_at": NOW,
    }
    return CreditNote(**{**given, **changes})


def agreement(mode=SettlementMode.SPECIAL_ARRANGEMENT, rule=ShareRule.NEGOTIATED, **changes):
    given = {
        "agreement_id": "A",
        "name": "an agreement",
        "mode": mode,
        "rule": rule if mode is SettlementMode.SPECIAL_ARRANGEMENT else None,
        "currency": "USD",
        "days_to_dispute": 30,
        "days_to_pay": 30,
        "provenance": ASSUMED,
    }
    return SettlementAgreement(**{**given, **changes})


def share(operator, weight=0, *, unit="", charge=None, agreement_id="A"):
    return AgreedShare(
        share_id=f"{agreement_id}:{operator}:{unit}",
        agreement_id=agreement_id,
        operator_id=operator,
        weight=weight,
        unit=unit,
        charge=None if charge is None else Decimal(charge),
        provenance=ASSUMED,
    )


def statement(operator, lines):
    return OwnerStatement(
        statement_id=f"s {operator}",
        number=f"{operator}-2026-07",
        operator_id=operator,
        from_day=JULY,
        to_day=AUGUST,
        currency="USD",
        lines=lines,
        issued_on=AUGUST,
        dispute_until=date(2026, 8, 31),
        due_on=date(2026, 8, 31),
        state=StatementState.ISSUED,
        made_at=NOW,
    )
