"""What does a row of a file ask of settlement: an outage, a payment, a levy, a dispute?

One record for each action; its fields are the columns of the file. Sums stand in major units beside
their currency.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NewType

from karakoram.core.identifiers import ExternalId, OperatorId, OutageId, ProductId
from karakoram.core.money import Money, check_currency, money_exactly
from karakoram.core.provenance import Confidence, Provenance
from karakoram.operations.outages import Outage
from karakoram.settlement.disputes import DisputedKind, DisputeEvent
from karakoram.settlement.exchange import ExchangeRate
from karakoram.settlement.levy_payments import LevyPayment
from karakoram.settlement.rating.periods import period_from_word
from karakoram.usecases.settle.dispute_lines import DisputeAnswer, Objection
from karakoram.usecases.settle.receive_payment import BuyerPayment

InvoiceWord = NewType("InvoiceWord", str)
"""Identifier or number of an invoice."""
SubjectWord = NewType("SubjectWord", str)
LineKey = NewType("LineKey", str)
DisputeWord = NewType("DisputeWord", str)
CurrencyWord = NewType("CurrencyWord", str)
PlaceWord = NewType("PlaceWord", str)
CauseWord = NewType("CauseWord", str)
ReasonWord = NewType("ReasonWord", str)
SourceWord = NewType("SourceWord", str)
LevyWord = NewType("LevyWord", str)
PeriodWord = NewType("PeriodWord", str)
"""A month, quarter, year, or two days with / between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageRow:
    """A time in which a product gave no service."""

    outage: OutageId
    product: ProductId
    starts_at: datetime
    """UTC without an offset, as in a spreadsheet."""
    ends_at: datetime
    at_fault: OperatorId
    where: PlaceWord
    cause: CauseWord
    excused: bool = False
    source: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        self.record()

    def record(self) -> Outage:
        """The outage.

        Raises
        ------
        ValueError
            If it ends before it starts.
        """
        return Outage(
            outage_id=self.outage,
            product_id=self.product,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            at_fault_id=self.at_fault,
            where=self.where,
            cause=self.cause,
            is_excused=self.excused,
            source=self.source or f"outage {self.outage}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """What the bank has told of one payment."""

    reference: ExternalId
    invoice: InvoiceWord
    amount: Decimal
    currency: CurrencyWord
    paid_on: date
    withheld: Decimal = Decimal(0)
    """What the buyer kept back as tax."""
    certificate: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        self.record()

    def record(self) -> BuyerPayment:
        """The payment.

        Raises
        ------
        ValueError
            If the currency is unknown, or an amount has parts of a minor unit.
        """
        return BuyerPayment(
            invoice=self.invoice,
            amount=_money(self.amount, self.currency),
            paid_on=self.paid_on,
            external_id=self.reference,
            withheld=_money(self.withheld, self.currency) if self.withheld else None,
            certificate=self.certificate,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRow:
    """A line that is said to be wrong."""

    subject: SubjectWord
    line: LineKey
    amount: Decimal
    currency: CurrencyWord
    against: OperatorId
    reason: ReasonWord
    kind: DisputedKind = DisputedKind.STATEMENT
    why: str = ""

    def __post_init__(self) -> None:
        self.record()

    def record(self) -> Objection:
        """What is claimed.

        Raises
        ------
        ValueError
            If the currency is unknown, or the amount has parts of a minor unit.
        """
        return Objection(
            kind=self.kind,
            subject=self.subject,
            line_key=self.line,
            claimed=_money(self.amount, self.currency),
            against_id=self.against,
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """How a dispute ends."""

    dispute: DisputeWord
    event: DisputeEvent
    granted: Decimal | None = None
    """With acceptance; empty for all that is claimed."""
    currency: str = ""
    """Of what is granted."""
    answer: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        self.record()

    def record(self) -> DisputeAnswer:
        """The answer.

        Raises
        ------
        ValueError
            If the currency is unknown, or the amount has parts of a minor unit.
        """
        granted: Money | None = None
        if self.granted is not None:
            granted = _money(self.granted, self.currency)
        return DisputeAnswer(
            dispute=self.dispute, event=self.event, granted=granted, answer=self.answer
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyPaymentRow:
    """What an owner has paid to an authority."""

    reference: ExternalId
    operator: OperatorId
    levy: LevyWord
    period: PeriodWord
    amount: Decimal
    currency: CurrencyWord
    paid_on: date
    why: str = ""

    def __post_init__(self) -> None:
        self.record()

    def record(self) -> LevyPayment:
        """The payment.

        Raises
        ------
        ValueError
            If the currency or the period is none, or the amount has parts of a minor unit.
        """
        return LevyPayment(
            operator_id=self.operator,
            levy_id=self.levy,
            period=period_from_word(self.period),
            amount=_money(self.amount, self.currency),
            paid_on=self.paid_on,
            reference=self.reference,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRateRow:
    """What one currency is worth in another from a day on."""

    base: CurrencyWord
    quote: CurrencyWord
    worth: Decimal
    """Of one unit of the base currency, in the quote currency."""
    valid_from: date
    source: SourceWord
    """Who says so."""

    def __post_init__(self) -> None:
        self.record()

    def record(self) -> ExchangeRate:
        """The rate, as stated.

        Raises
        ------
        ValueError
            If a currency is unknown, both are one, or the worth is not above 0.
        """
        for name, word in (("base", self.base), ("quote", self.quote)):
            check_currency(word, field=name)
        return ExchangeRate(
            rate_id=f"{self.base}-{self.quote}-{self.valid_from}",
            base_currency=self.base,
            quote_currency=self.quote,
            valid_from=self.valid_from,
            quote_per_base=self.worth,
            provenance=Provenance(
                source=self.source,
                source_date=f"{self.valid_from}",
                confidence=Confidence.STATED,
            ),
        )


SettlementRow = OutageRow | PaymentRow | DisputeRow | AnswerRow | LevyPaymentRow
"""Each is an action of its own."""


def _money(amount: Decimal, currency: str) -> Money:
    check_currency(currency, field="currency")
    return money_exactly(amount, currency)
