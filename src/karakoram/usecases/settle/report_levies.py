"""What has an owner collected, let buyers keep back, come to owe regulators, and paid of it?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from karakoram.core.identifiers import OperatorId
from karakoram.core.money import Money, total
from karakoram.core.provenance import Confidence, weakest
from karakoram.refdata.levies import Levy
from karakoram.settlement.amount_trust import one_tax_trust, statement_trust
from karakoram.settlement.invoices import CreditNote, Invoice, InvoiceTax
from karakoram.settlement.ledger.accounts import Account
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.settlement.levy_payments import (
    LevyStanding,
    booked_payments,
    levy_accounts,
    levy_standing,
)
from karakoram.settlement.payments import received_payments
from karakoram.settlement.rating.periods import BillingPeriod
from karakoram.settlement.revenue_levies import levy_due
from karakoram.settlement.statements import OwnerStatement
from karakoram.settlement.viewing import bill_id
from karakoram.usecases.settle.ledger_ports import SettlementReader, TransferQuestion
from karakoram.usecases.settle.pay_levy import transfers_in
from karakoram.usecases.settle.settle_statements import levies_of
from karakoram.usecases.settle.settling import Settling


class LevyKind(Enum):
    """Who pays what to whom."""

    COLLECTED = "collected"
    """From buyers with an invoice, for the tax office; less what credit notes give back."""
    WITHHELD = "withheld"
    """Kept back by buyers and paid to their tax office, to be counted by the owner's."""
    ON_REVENUE = "on_revenue"
    """Owed to the regulator on what the owner earned."""
    PAID = "paid"
    """To the tax office or regulator, for what was due by the end of the period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyLine:
    """One tax or levy of one document."""

    kind: LevyKind
    levy_id: str
    name: str
    booked_on: date
    reference: str
    """Number of the invoice, credit note or statement; of a payment, the bank's."""
    percent: str
    """Decimal number; empty where a certificate tells the amount alone."""
    base: Money | None
    amount: Money
    """As it stands in the book."""
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyTotal:
    """What one tax or levy comes to in a period."""

    kind: LevyKind
    levy_id: str
    name: str
    amount: Money
    confidence: Confidence
    """Of its least trustworthy line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyReport:
    """Taxes and levies of one owner in a period."""

    operator_id: OperatorId
    period: BillingPeriod
    lines: tuple[LevyLine, ...]
    standings: tuple[LevyStanding, ...] = ()
    """What is owed to authorities at the end of the period, by levy and currency."""

    @property
    def totals(self) -> tuple[LevyTotal, ...]:
        """By kind, levy and currency, in the order of the lines."""
        groups: dict[tuple[LevyKind, str, str], list[LevyLine]] = {}
        for line in self.lines:
            key = (line.kind, line.levy_id, line.amount.currency)
            groups.setdefault(key, []).append(line)
        return tuple(
            LevyTotal(
                kind=kind,
                levy_id=levy_id,
                name=own[0].name,
                amount=total((line.amount for line in own), currency),
                confidence=weakest(tuple(line.confidence for line in own)),
            )
            for (kind, levy_id, currency), own in groups.items()
        )


def levy_report(
    operator_id: OperatorId, period: BillingPeriod, *, settling: Settling
) -> LevyReport:
    """What was collected, kept back, accrued and paid for a period, document by document.

    Raises
    ------
    NotFoundError
        If the terms have no book of the operator.
    """
    settling.terms.book_of(operator_id)

    def read(tx: SettlementReader) -> LevyReport:
        documents = _documents(tx, operator_id)
        owed = tuple(
            (levy_id, account, transfers_in(tx, account))
            for levy_id, account in levy_accounts(tx.accounts(operator_id), settling.levies)
        )
        lines = (
            *_collected(documents, period),
            *_withheld(tx, documents, period),
            *_accrued(tx, documents, period, settling=settling),
            *_paid(owed, period, settling=settling),
        )
        order = {kind: at for at, kind in enumerate(LevyKind)}
        return LevyReport(
            operator_id=operator_id,
            period=period,
            lines=tuple(
                sorted(lines, key=lambda one: (order[one.kind], one.levy_id, one.booked_on))
            ),
            standings=tuple(
                replace(
                    standing,
                    confidence=_owed_trust(
                        levy_id, transfers, period, documents=documents, settling=settling
                    ),
                )
                for levy_id, account, transfers in owed
                if (standing := levy_standing(levy_id, account, transfers, period=period)).says
            ),
        )

    return settling.store.read(read)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Documents:
    """What an owner has billed, given back and stated, by identifier."""

    bills: Mapping[str, Invoice | CreditNote]
    statements: Mapping[str, OwnerStatement]


def _documents(tx: SettlementReader, operator_id: OperatorId) -> _Documents:
    bills: tuple[Invoice | CreditNote, ...] = (*tx.find_all(Invoice), *tx.find_all(CreditNote))
    return _Documents(
        bills={bill_id(bill): bill for bill in bills if bill.seller_id == operator_id},
        statements={
            each.statement_id: each
            for each in tx.find_all(OwnerStatement)
            if each.operator_id == operator_id
        },
    )


def _owed_trust(
    levy_id: str,
    transfers: Iterable[Transfer],
    period: BillingPeriod,
    *,
    documents: _Documents,
    settling: Settling,
) -> Confidence:
    """Of what is owed: as the levy, and as every document that came to owe it by the end."""
    levy = settling.terms.taxes_and_levies.get(levy_id)
    told = [Confidence.ASSUMED if levy is None else levy.provenance.confidence]
    for each in transfers:
        if each.booked_on < period.to_day:
            bill = documents.bills.get(each.subject_id)
            statement = documents.statements.get(each.subject_id)
            if bill is not None:
                taxes = (tax for tax in bill.taxes if tax.tax_id == levy_id)
                told += (one_tax_trust(bill, tax) for tax in taxes)
            if statement is not None:
                told.append(_revenue_trust(statement, settling))
    return weakest(tuple(told))


def _revenue_trust(statement: OwnerStatement, settling: Settling) -> Confidence:
    """Of the revenue that a levy is on, in the owner's currency."""
    functional = settling.terms.book_of(statement.operator_id).functional_currency
    pair = {statement.currency, functional}
    of_exchange = (
        each.provenance.confidence
        for each in settling.terms.exchange_rates.values()
        if len(pair) > 1 and {each.base_currency, each.quote_currency} == pair
    )
    return weakest((statement_trust(statement), *of_exchange))


def _paid(
    owed: Iterable[tuple[str, Account, tuple[Transfer, ...]]],
    period: BillingPeriod,
    *,
    settling: Settling,
) -> Iterator[LevyLine]:
    for levy_id, account, transfers in owed:
        for each in booked_payments(levy_id, account, transfers):
            if period.from_day < each.period.to_day <= period.to_day:
                levy = settling.terms.taxes_and_levies.get(levy_id)
                yield LevyLine(
                    kind=LevyKind.PAID,
                    levy_id=levy_id,
                    name=levy_id if levy is None else levy.name,
                    booked_on=each.paid_on,
                    reference=each.reference,
                    percent="",
                    base=None,
                    amount=each.amount,
                    confidence=Confidence.STATED,
                    source=f"payment for {each.period.from_day}/{each.period.to_day}",
                )


def _collected(documents: _Documents, period: BillingPeriod) -> Iterator[LevyLine]:
    for document in documents.bills.values():
        if period.holds(document.issued_on):
            for tax in document.taxes:
                yield _of_tax(tax, document)


def _of_tax(tax: InvoiceTax, document: Invoice | CreditNote) -> LevyLine:
    is_back = isinstance(document, CreditNote)
    return LevyLine(
        kind=LevyKind.COLLECTED,
        levy_id=tax.tax_id,
        name=tax.name,
        booked_on=document.issued_on,
        reference=document.number,
        percent=tax.percent,
        base=-tax.base if is_back else tax.base,
        amount=-tax.amount if is_back else tax.amount,
        confidence=one_tax_trust(document, tax),
        source=tax.source,
    )


def _withheld(
    tx: SettlementReader, documents: _Documents, period: BillingPeriod
) -> Iterator[LevyLine]:
    for invoice in documents.bills.values():
        if isinstance(invoice, CreditNote):
            continue
        about = TransferQuestion(
            subject_kind="invoice",
            subject_id=invoice.invoice_id,
            booked_from=period.from_day,
            booked_until=period.to_day,
        )
        for payment in received_payments(tx.transfers_of(about), invoice=invoice):
            if payment.withheld.minor:
                yield LevyLine(
                    kind=LevyKind.WITHHELD,
                    levy_id="WITHHELD",
                    name="tax kept back by buyers",
                    booked_on=payment.paid_on,
                    reference=invoice.number,
                    percent="",
                    base=None,
                    amount=payment.withheld,
                    confidence=Confidence.STATED,
                    source=payment.reference,
                )


def _accrued(
    tx: SettlementReader, documents: _Documents, period: BillingPeriod, *, settling: Settling
) -> Iterator[LevyLine]:
    for statement in documents.statements.values():
        about = TransferQuestion(
            book=statement.operator_id,
            subject_kind="statement",
            subject_id=statement.statement_id,
            booked_from=period.from_day,
            booked_until=period.to_day,
        )
        if booked := tx.transfers_of(about):
            yield from _of_statement(statement, booked, settling=settling)


def _of_statement(
    statement: OwnerStatement, booked: Sequence[Transfer], *, settling: Settling
) -> Iterator[LevyLine]:
    """As the book has it; where the levy is another now, its percentage and base are not told."""
    on_day = booked[0].booked_on
    computed = levies_of(statement, on_day=on_day, settling=settling)
    for levy in settling.levies:
        amount = _booked(statement, levy, booked, settling=settling)
        if amount.minor:
            same = next(
                (one for one in computed if (one.levy_id, one.amount) == (levy.levy_id, amount)),
                None,
            )
            yield LevyLine(
                kind=LevyKind.ON_REVENUE,
                levy_id=levy.levy_id,
                name=levy.name,
                booked_on=on_day,
                reference=statement.number,
                percent="" if same is None else f"{same.percent:f}",
                base=None if same is None else same.base,
                amount=amount,
                confidence=weakest(
                    (levy.provenance.confidence, _revenue_trust(statement, settling))
                ),
                source=levy.provenance.source,
            )


def _booked(
    statement: OwnerStatement, levy: Levy, booked: Iterable[Transfer], *, settling: Settling
) -> Money:
    """What the owner came to owe by a statement: credits of the levy's account less its debits."""
    currency = settling.terms.book_of(statement.operator_id).functional_currency
    due = levy_due(statement.operator_id, levy.levy_id, currency).account_id
    minor = sum(
        each.amount.minor * ((each.credit_account_id == due) - (each.debit_account_id == due))
        for each in booked
    )
    return Money(minor, currency)
