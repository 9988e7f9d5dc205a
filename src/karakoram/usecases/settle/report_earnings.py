"""What has come from abroad: by owner, country of the buyer, currency and period?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import OperatorId, near_misses
from karakoram.core.money import Money, total
from karakoram.core.provenance import Confidence, weakest
from karakoram.refdata.countries import country_codes
from karakoram.sales.parties import Party
from karakoram.settlement.foreign_earnings import (
    EarningKind,
    EarningMove,
    ForeignEarning,
    PartAbroad,
    Worth,
    foreign_earning,
    shared_payments,
)
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.payments import received_payments
from karakoram.settlement.rating.periods import BillingPeriod
from karakoram.settlement.taxed_products import is_abroad
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.settle.issue_statements import shares_of_invoices
from karakoram.usecases.settle.ledger_ports import SettlementReader, TransferQuestion
from karakoram.usecases.settle.settling import Settling


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningsQuestion:
    """Which earnings are asked for; everything that is given must hold."""

    period: BillingPeriod
    operator_id: OperatorId | None = None
    country: str = ""
    """ISO 3166-1 alpha-2, of the buyer; empty for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningsTotal:
    """What one owner earned of one country in one currency."""

    operator_id: OperatorId
    country: str
    opening: Worth
    billed: Worth
    credited: Worth
    collected: Worth
    withheld: Worth
    closing: Worth
    gain: Money
    """In the currency of the owner's book; negative for a loss."""
    rate_confidence: Confidence | None = None
    """As the worst of the exchange rates behind the worth at home; ``None`` without any."""


def earnings_abroad(
    question: EarningsQuestion, *, settling: Settling
) -> tuple[ForeignEarning, ...]:
    """What became of each owner's part of every invoice to a buyer abroad, by owner and invoice.

    Raises
    ------
    NotFoundError
        If the terms have no book of an owner, no exchange rate of a day that matters, or the
        question names a country that there is not.
    """
    if question.operator_id is not None:
        settling.terms.book_of(question.operator_id)
    if question.country and question.country not in country_codes():
        raise NotFoundError(
            f"there is no country {question.country!r} in ISO 3166-1 alpha-2.",
            near_misses=near_misses(question.country, sorted(country_codes())),
        )
    parts = settling.store.read(lambda tx: tuple(_parts(tx, question, settling=settling)))
    found = (_earning(part, question, settling=settling) for part in parts)
    every = [each for each in found if each is not None]
    return tuple(sorted(every, key=lambda one: (one.part.operator_id, one.part.invoice)))


def earnings_totals(earnings: Iterable[ForeignEarning]) -> tuple[EarningsTotal, ...]:
    """By owner, country and currency, sorted; each sums its invoices exactly."""
    groups: dict[tuple[OperatorId, str, str], list[ForeignEarning]] = {}
    for each in earnings:
        key = (each.part.operator_id, each.part.country, each.part.currency)
        groups.setdefault(key, []).append(each)
    return tuple(
        _total(operator_id, country, groups[operator_id, country, currency])
        for operator_id, country, currency in sorted(groups)
    )


def gain_of(earning: ForeignEarning) -> Money:
    """What exchange rates gained on it; nothing in the currency of the book."""
    nothing = Money(0, earning.closing.in_book.currency)
    return nothing if earning.exchange is None else earning.exchange.gain


def _total(operator_id: OperatorId, country: str, own: list[ForeignEarning]) -> EarningsTotal:
    def summed(worths: Iterable[Worth]) -> Worth:
        first, *others = worths
        return Worth(
            original=total((w.original for w in others), first.original.currency) + first.original,
            in_book=total((w.in_book for w in others), first.in_book.currency) + first.in_book,
        )

    told = tuple(each.rate_confidence for each in own if each.rate_confidence is not None)
    of_kind = {kind: summed(each.by_kind[kind] for each in own) for kind in EarningKind}
    return EarningsTotal(
        operator_id=operator_id,
        country=country,
        opening=summed(each.opening for each in own),
        billed=of_kind[EarningKind.BILLED],
        credited=of_kind[EarningKind.CREDITED],
        collected=of_kind[EarningKind.COLLECTED],
        withheld=of_kind[EarningKind.WITHHELD],
        closing=summed(each.closing for each in own),
        gain=total(map(gain_of, own), own[0].closing.in_book.currency),
        rate_confidence=weakest(told) if told else None,
    )


def _earning(
    part: PartAbroad, question: EarningsQuestion, *, settling: Settling
) -> ForeignEarning | None:
    terms = settling.terms
    return foreign_earning(
        part,
        period=question.period,
        functional_currency=terms.book_of(part.operator_id).functional_currency,
        exchange_rates=terms.dated_rates,
    )


def _parts(
    tx: SettlementReader, question: EarningsQuestion, *, settling: Settling
) -> Iterator[PartAbroad]:
    notes: dict[str, list[CreditNote]] = {}
    for note in tx.find_all(CreditNote):
        notes.setdefault(note.invoice_id, []).append(note)
    for invoice in tx.find_all(Invoice):
        payer = known_record(tx, Party, invoice.payer_id)
        if (
            is_abroad(payer, settling.terms.book_of(invoice.seller_id))
            and question.country in {"", payer.country}
            and invoice.issued_on < question.period.to_day
        ):
            of_invoice = notes.get(invoice.invoice_id, [])
            moves = _moves(tx, invoice, of_invoice, settling=settling)
            for operator_id in sorted(moves):
                if question.operator_id in {None, operator_id}:
                    yield PartAbroad(
                        operator_id=operator_id,
                        invoice=invoice.number,
                        payer_id=payer.party_id,
                        country=payer.country,
                        currency=invoice.currency,
                        moves=tuple(sorted(moves[operator_id], key=lambda one: one.booked_on)),
                    )


def _moves(
    tx: SettlementReader, invoice: Invoice, notes: list[CreditNote], *, settling: Settling
) -> dict[OperatorId, list[EarningMove]]:
    moves: dict[OperatorId, list[EarningMove]] = {}
    earned: dict[OperatorId, int] = {}
    for share in shares_of_invoices(tx, [invoice], currency=invoice.currency, settling=settling):
        for operator_id, amount in share.parts:
            earned[operator_id] = earned.get(operator_id, 0) + amount.minor
    for operator_id, minor in earned.items():
        billed = EarningMove(
            booked_on=invoice.issued_on,
            kind=EarningKind.BILLED,
            amount=Money(minor, invoice.currency),
            reference=invoice.number,
        )
        moves[operator_id] = [billed] if minor else []
    for note in notes:
        for line in note.lines:
            earned[line.operator_id] = earned.get(line.operator_id, 0) - line.amount.minor
            credited = EarningMove(
                booked_on=note.issued_on,
                kind=EarningKind.CREDITED,
                amount=line.amount,
                reference=note.number,
            )
            moves.setdefault(line.operator_id, []).append(credited)
    about = TransferQuestion(subject_kind="invoice", subject_id=invoice.invoice_id)
    payments = received_payments(tx.transfers_of(about), invoice=invoice)
    taxes = invoice.tax.minor - sum(note.tax.minor for note in notes)
    for operator_id, move in shared_payments(payments, earned, rest=taxes):
        moves[operator_id].append(move)
    return moves
