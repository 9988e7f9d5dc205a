"""How do the records of settlement stand in a table for a spreadsheet?

Sums of money stand in major units beside their currency, so that a spreadsheet can add them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from karakoram.adapters.formats.table_form import TableForm, itself
from karakoram.core.money import Money, decimal_from_money
from karakoram.operations.outages import Outage
from karakoram.settlement.amount_trust import statement_trust, tax_trust
from karakoram.settlement.billed_lines import BilledLine
from karakoram.settlement.conversion import ExchangeLine, Revaluation
from karakoram.settlement.disputes import Dispute
from karakoram.settlement.exchange import ExchangeRate
from karakoram.settlement.foreign_earnings import EarningKind, ForeignEarning
from karakoram.settlement.invoices import CreditLine, CreditNote, Invoice
from karakoram.settlement.levy_payments import LevyPayment
from karakoram.settlement.reconciling import StatementDifference
from karakoram.settlement.statements import OwnerStatement, StatementLineKind
from karakoram.usecases.settle.report_earnings import gain_of
from karakoram.usecases.settle.report_levies import LevyLine
from karakoram.usecases.settle.settle_statements import Netting
from karakoram.usecases.table_ports import Table, TableCell


def _major(amount: Money | None) -> Decimal | None:
    return None if amount is None else decimal_from_money(amount)


_LEVY_COLUMNS: Mapping[str, Callable[[LevyLine], TableCell]] = {
    "kind": lambda line: line.kind.value,
    "levy": lambda line: line.levy_id,
    "name": lambda line: line.name,
    "booked_on": lambda line: line.booked_on,
    "reference": lambda line: line.reference,
    "percent": lambda line: Decimal(line.percent) if line.percent else None,
    "base": lambda line: _major(line.base),
    "amount": lambda line: _major(line.amount),
    "currency": lambda line: line.amount.currency,
    "confidence": lambda line: line.confidence.value,
    "source": lambda line: line.source,
}

LEVIES: TableForm[LevyLine, LevyLine] = TableForm(lines=itself, columns=_LEVY_COLUMNS)

LEVY_PAYMENTS: TableForm[LevyPayment, LevyPayment] = TableForm(
    lines=itself,
    columns={
        "reference": lambda one: one.reference,
        "operator": lambda one: one.operator_id,
        "levy": lambda one: one.levy_id,
        "period": lambda one: f"{one.period.from_day}/{one.period.to_day}",
        "amount": lambda one: _major(one.amount),
        "currency": lambda one: one.amount.currency,
        "paid_on": lambda one: one.paid_on,
    },
)
"""The columns of ``levy pay``."""


def _of_kind(kind: EarningKind, *, in_book: bool) -> Callable[[ForeignEarning], TableCell]:
    def cell(one: ForeignEarning) -> TableCell:
        worth = one.by_kind[kind]
        return _major(worth.in_book if in_book else worth.original)

    return cell


EARNINGS: TableForm[ForeignEarning, ForeignEarning] = TableForm(
    lines=itself,
    columns={
        "owner": lambda one: one.part.operator_id,
        "country": lambda one: one.part.country,
        "buyer": lambda one: one.part.payer_id,
        "invoice": lambda one: one.part.invoice,
        "currency": lambda one: one.part.currency,
        "open_before": lambda one: _major(one.opening.original),
        **{kind.value: _of_kind(kind, in_book=False) for kind in EarningKind},
        "open": lambda one: _major(one.closing.original),
        "book_currency": lambda one: one.closing.in_book.currency,
        "open_before_in_book": lambda one: _major(one.opening.in_book),
        **{f"{kind.value}_in_book": _of_kind(kind, in_book=True) for kind in EarningKind},
        "open_in_book": lambda one: _major(one.closing.in_book),
        "gain_in_book": lambda one: _major(gain_of(one)),
        "rate_confidence": lambda one: (
            None if one.rate_confidence is None else one.rate_confidence.value
        ),
    },
)
"""A line for each owner's part of an invoice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GainLine:
    """A part of a gain or loss, and what it is about."""

    about: str
    made: Revaluation
    line: ExchangeLine


def gain_lines(made: Iterable[tuple[str, Revaluation]]) -> tuple[GainLine, ...]:
    """Every line of gains and losses, each with what it is about."""
    return tuple(
        GainLine(about=about, made=each, line=line) for about, each in made for line in each.lines
    )


GAINS: TableForm[GainLine, GainLine] = TableForm(
    lines=itself,
    columns={
        "about": lambda one: one.about,
        "booked_on": lambda one: one.line.booked_on,
        "what": lambda one: one.line.what,
        "held": lambda one: _major(one.line.held),
        "currency": lambda one: one.line.held.currency,
        "gain": lambda one: one.line.gain,
        "book_currency": lambda one: one.made.gain.currency,
        "closing_rate": lambda one: one.made.exchange_rate.quote_per_base,
        "rate_confidence": lambda one: one.made.exchange_rate.provenance.confidence.value,
        "rate_source": lambda one: one.made.exchange_rate.provenance.source,
    },
)
"""A line for each line of a gain or loss."""


EXCHANGE_RATES: TableForm[ExchangeRate, ExchangeRate] = TableForm(
    lines=itself,
    columns={
        "base": lambda one: one.base_currency,
        "quote": lambda one: one.quote_currency,
        "worth": lambda one: one.quote_per_base,
        "valid_from": lambda one: one.valid_from,
        "says_until": lambda one: one.says_until,
        "confidence": lambda one: one.provenance.confidence.value,
        "source": lambda one: one.provenance.source,
    },
)

INVOICES: TableForm[Invoice, Invoice] = TableForm(
    lines=itself,
    columns={
        "invoice": lambda one: one.number,
        "seller": lambda one: one.seller_id,
        "payer": lambda one: one.payer_id,
        "from_day": lambda one: one.from_day,
        "to_day": lambda one: one.to_day,
        "issued_on": lambda one: one.issued_on,
        "due_on": lambda one: one.due_on,
        "state": lambda one: one.state.value,
        "currency": lambda one: one.currency,
        "net": lambda one: _major(one.net),
        "tax": lambda one: _major(one.tax),
        "gross": lambda one: _major(one.gross),
        "paid": lambda one: _major(one.paid),
        "credited": lambda one: _major(one.credited),
        "open": lambda one: _major(one.open_amount),
        "confidence": lambda one: tax_trust(one).value,
    },
)

BILLED_LINES: TableForm[BilledLine, BilledLine] = TableForm(
    lines=itself,
    columns={
        "line": lambda one: one.number,
        "key": lambda one: one.key,
        "product": lambda one: one.product_id,
        "name": lambda one: one.name,
        "kind": lambda one: one.kind.value,
        "from_day": lambda one: one.from_day,
        "to_day": lambda one: one.to_day,
        "quantity": lambda one: one.quantity,
        "unit": lambda one: one.unit,
        "unit_price": lambda one: one.unit_price,
        "amount": lambda one: _major(one.amount),
        "currency": lambda one: one.amount.currency,
        "confidence": lambda one: one.confidence.value,
    },
)
"""A line for each line that a buyer reads."""

_CREDIT_COLUMNS: Mapping[str, Callable[[CreditLine], TableCell]] = {
    "key": lambda one: one.key,
    "product": lambda one: one.product_id,
    "from_day": lambda one: one.from_day,
    "to_day": lambda one: one.to_day,
    "text": lambda one: one.text,
    "borne_by": lambda one: one.operator_id,
    "amount": lambda one: _major(one.amount),
    "currency": lambda one: one.amount.currency,
    "confidence": lambda one: one.confidence.value,
    "source": lambda one: one.source,
}

CREDIT_LINES: TableForm[CreditLine, CreditLine] = TableForm(lines=itself, columns=_CREDIT_COLUMNS)


class _NoteLine(NamedTuple):
    """A line of a credit note, and the note."""

    note: CreditNote
    line: CreditLine


def _of_line(cell: Callable[[CreditLine], TableCell]) -> Callable[[_NoteLine], TableCell]:
    return lambda each: cell(each.line)


CREDIT_NOTES: TableForm[CreditNote, _NoteLine] = TableForm(
    lines=lambda note: [_NoteLine(note, line) for line in note.lines],
    columns={
        "credit_note": lambda each: each.note.number,
        "seller": lambda each: each.note.seller_id,
        "payer": lambda each: each.note.payer_id,
        "issued_on": lambda each: each.note.issued_on,
        **{name: _of_line(cell) for name, cell in _CREDIT_COLUMNS.items()},
    },
)
"""A line for each line of a note; taxes that are given back with it stand on the note alone."""


def _sum_of(kind: StatementLineKind) -> Callable[[OwnerStatement], TableCell]:
    return lambda one: _major(one.sum_of(kind))


STATEMENTS: TableForm[OwnerStatement, OwnerStatement] = TableForm(
    lines=itself,
    columns={
        "statement": lambda one: one.number,
        "owner": lambda one: one.operator_id,
        "from_day": lambda one: one.from_day,
        "to_day": lambda one: one.to_day,
        "issued_on": lambda one: one.issued_on,
        "dispute_until": lambda one: one.dispute_until,
        "due_on": lambda one: one.due_on,
        "state": lambda one: one.state.value,
        "currency": lambda one: one.currency,
        **{kind.value: _sum_of(kind) for kind in StatementLineKind},
        "balance": lambda one: _major(one.balance),
        "confidence": lambda one: statement_trust(one).value,
    },
)

DIFFERENCES: TableForm[StatementDifference, StatementDifference] = TableForm(
    lines=itself,
    columns={
        "key": lambda one: one.key,
        "text": lambda one: one.text,
        "what": lambda one: one.what,
        "ours": lambda one: _major(one.ours),
        "our_currency": lambda one: one.ours.currency if one.ours else None,
        "theirs": lambda one: _major(one.theirs),
        "their_currency": lambda one: one.theirs.currency if one.theirs else None,
    },
)


def table_from_netting(netting: Netting) -> Table:
    """Who pays whom, a line for each payment, as an order to a bank."""
    return Table(
        header=("payer", "payee", "amount", "currency", "confidence"),
        rows=tuple(
            (
                each.payer_id,
                each.payee_id,
                _major(each.amount),
                each.amount.currency,
                netting.confidence.value,
            )
            for each in netting.payments
        ),
    )


OUTAGES: TableForm[Outage, Outage] = TableForm(
    lines=itself,
    columns={
        "outage": lambda one: one.outage_id,
        "product": lambda one: one.product_id,
        "starts_at": lambda one: one.starts_at,
        "ends_at": lambda one: one.ends_at,
        "at_fault": lambda one: one.at_fault_id,
        "where": lambda one: one.where,
        "cause": lambda one: one.cause,
        "excused": lambda one: one.is_excused,
        "source": lambda one: one.source,
    },
)
"""The columns of ``outage add``, so that a list is also a file to add from."""

DISPUTES: TableForm[Dispute, Dispute] = TableForm(
    lines=itself,
    columns={
        "dispute": lambda one: one.number,
        "kind": lambda one: one.kind.value,
        "subject": lambda one: one.subject_id,
        "line": lambda one: one.line_key,
        "raised_by": lambda one: one.raised_by,
        "against": lambda one: one.against,
        "currency": lambda one: one.claimed.currency,
        "amount": lambda one: _major(one.claimed),
        "granted": lambda one: _major(one.granted),
        "reason": lambda one: one.reason,
        "answer": lambda one: one.answer,
        "opened_on": lambda one: one.opened_on,
        "state": lambda one: one.state.value,
    },
)
