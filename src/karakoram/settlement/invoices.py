"""What is a buyer asked to pay, for what, and how much of it is open (words of TM Forum 678)?"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from karakoram.core.fields import check_rules
from karakoram.core.identifiers import (
    CreditNoteId,
    InvoiceId,
    OperatorId,
    PartyId,
    ProductId,
)
from karakoram.core.life import Life
from karakoram.core.money import Money, total
from karakoram.core.provenance import Confidence
from karakoram.settlement.rating.rated import RatedCharge
from karakoram.settlement.record_rules import each_once, ends_after, one_currency


class InvoiceState(Enum):
    """Where an invoice stands."""

    SENT = "sent"
    ON_HOLD = "onHold"
    """The buyer disputes some of it; reminders rest."""
    PARTIALLY_PAID = "partiallyPaid"
    SETTLED = "settled"
    """Paid or credited, to the last minor unit."""


class InvoiceEvent(Enum):
    """What can happen to an invoice."""

    PAY_PART = "pay a part of"
    SETTLE = "settle"
    HOLD = "hold"
    RELEASE = "release"
    RELEASE_PART_PAID = "release with a part paid"


INVOICE_LIFE: Life[InvoiceState, InvoiceEvent] = Life(
    subject="invoice",
    first=InvoiceState.SENT,
    transitions={
        InvoiceState.SENT: {
            InvoiceEvent.PAY_PART: InvoiceState.PARTIALLY_PAID,
            InvoiceEvent.SETTLE: InvoiceState.SETTLED,
            InvoiceEvent.HOLD: InvoiceState.ON_HOLD,
        },
        InvoiceState.PARTIALLY_PAID: {
            InvoiceEvent.PAY_PART: InvoiceState.PARTIALLY_PAID,
            InvoiceEvent.SETTLE: InvoiceState.SETTLED,
            InvoiceEvent.HOLD: InvoiceState.ON_HOLD,
        },
        InvoiceState.ON_HOLD: {
            InvoiceEvent.PAY_PART: InvoiceState.ON_HOLD,
            InvoiceEvent.SETTLE: InvoiceState.SETTLED,
            InvoiceEvent.RELEASE: InvoiceState.SENT,
            InvoiceEvent.RELEASE_PART_PAID: InvoiceState.PARTIALLY_PAID,
        },
        InvoiceState.SETTLED: {},
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceTax:
    """A tax that the seller collects with the invoice."""

    tax_id: str
    name: str
    base: Money
    percent: str
    amount: Money
    confidence: Confidence
    source: str

    def __post_init__(self) -> None:
        check_rules(self, one_currency(self.base.currency, [self.base, self.amount], of="amount"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """What one seller asks of one payer for one period."""

    invoice_id: InvoiceId
    number: str
    """Counted up by the seller without a gap."""
    seller_id: OperatorId
    payer_id: PartyId
    from_day: date
    to_day: date
    currency: str
    lines: tuple[RatedCharge, ...]
    taxes: tuple[InvoiceTax, ...] = ()
    issued_on: date
    due_on: date
    paid: Money
    credited: Money
    """With taxes."""
    state: InvoiceState
    made_at: datetime
    version: int = 0

    def __post_init__(self) -> None:
        amounts = [line.amount for line in self.lines] + [tax.amount for tax in self.taxes]
        check_rules(
            self,
            ends_after(self.from_day, self.to_day),
            each_once([line.key for line in self.lines], of="lines"),
            one_currency(self.currency, [*amounts, self.paid, self.credited], of="lines"),
            (self.due_on >= self.issued_on, f"due_on must not be before {self.issued_on}"),
            (self.paid.minor >= 0, f"paid must be at least 0, got {self.paid}"),
            (self.credited.minor >= 0, f"credited must be at least 0, got {self.credited}"),
        )

    @property
    def net(self) -> Money:
        """Sum of the lines."""
        return total((line.amount for line in self.lines), self.currency)

    @property
    def tax(self) -> Money:
        """Sum of the taxes."""
        return total((tax.amount for tax in self.taxes), self.currency)

    @property
    def gross(self) -> Money:
        """What is asked."""
        return self.net + self.tax

    @property
    def open_amount(self) -> Money:
        """What is still owed."""
        settled = self.paid.minor + self.credited.minor
        return Money(self.gross.minor - settled, self.currency)


class CreditReason(Enum):
    """Why a buyer gets something back."""

    SERVICE_LEVEL = "service_level"
    DISPUTE = "dispute"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """What is given back for one product and stretch of time, and who bears it."""

    key: str
    """Unique for all time: a month of a product is credited once."""
    product_id: ProductId
    from_day: date
    to_day: date
    text: str
    operator_id: OperatorId
    """Who bears it: the operator at fault."""
    amount: Money
    """Positive; taxes not included."""
    confidence: Confidence
    source: str

    def __post_init__(self) -> None:
        check_rules(
            self,
            ends_after(self.from_day, self.to_day),
            (self.amount.minor > 0, f"amount must be greater than 0, got {self.amount}"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNote:
    """What a buyer gets back of an invoice."""

    credit_note_id: CreditNoteId
    number: str
    invoice_id: InvoiceId
    seller_id: OperatorId
    payer_id: PartyId
    reason: CreditReason
    lines: tuple[CreditLine, ...]
    currency: str
    taxes: tuple[InvoiceTax, ...] = ()
    """Taxes on what is given back, given back too."""
    issued_on: date
    made_at: datetime
    version: int = 0

    def __post_init__(self) -> None:
        amounts = [line.amount for line in self.lines] + [tax.amount for tax in self.taxes]
        check_rules(
            self,
            (bool(self.lines), "lines must not be empty"),
            each_once([line.key for line in self.lines], of="lines"),
            one_currency(self.currency, amounts, of="lines"),
        )

    @property
    def net(self) -> Money:
        """Sum of the lines."""
        return total((line.amount for line in self.lines), self.currency)

    @property
    def tax(self) -> Money:
        """Sum of the taxes."""
        return total((tax.amount for tax in self.taxes), self.currency)

    @property
    def gross(self) -> Money:
        """What is given back with taxes."""
        return self.net + self.tax


def payment_event(invoice: Invoice, amount: Money) -> InvoiceEvent:
    """What a payment or credit of ``amount`` does to an invoice."""
    is_all = amount.minor == invoice.open_amount.minor
    return InvoiceEvent.SETTLE if is_all else InvoiceEvent.PAY_PART


def release_event(invoice: Invoice) -> InvoiceEvent:
    """How an invoice that was held goes on: as it was before, paid in part or not at all."""
    return InvoiceEvent.RELEASE_PART_PAID if invoice.paid.minor else InvoiceEvent.RELEASE
