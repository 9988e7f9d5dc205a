"""Which words and sums stand on the paper of an invoice, a credit note or a statement?

A buyer sees what it is asked and why, and how far each price and tax may be trusted; who earns or
bears what stands on our own paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from karakoram.adapters.formats.report.words import CONFIDENCE_MEANINGS
from karakoram.core.money import Money, total
from karakoram.core.provenance import Confidence
from karakoram.settlement.amount_trust import (
    line_trust,
    net_trust,
    shared_trust,
    statement_trust,
    tax_trust,
)
from karakoram.settlement.billed_lines import BilledLine, billed_lines
from karakoram.settlement.invoices import CreditLine, Invoice, InvoiceTax
from karakoram.settlement.rating.rated import RatedCharge
from karakoram.settlement.share_bases import (
    BASIS_WORDS,
    SharedCharge,
    measure_text,
    percent_sum,
)
from karakoram.settlement.statements import EARNED, StatementLineKind
from karakoram.usecases.settle.print_bill import (
    CreditNotePaper,
    InvoicePaper,
    Offerings,
    SettlementPaper,
    StatementPaper,
)

_ONE_DAY = timedelta(days=1)
_NO_PAYMENT = "Nothing has been paid yet."
_NO_TAX = "No tax is asked with this paper."


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """A table on a paper; columns whose name begins with # hold figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    """A last row that is set apart; empty for none."""
    or_else: str = ""
    """What stands there instead where there is no row."""


def data_of_paper(paper: SettlementPaper) -> dict[str, Any]:
    """All texts and sums of the paper, ready to be set."""
    if isinstance(paper, InvoicePaper):
        return _invoice(paper)
    return _credit_note(paper) if isinstance(paper, CreditNotePaper) else _statement(paper)


def made_at(paper: SettlementPaper) -> datetime:
    """The one moment in the file: when the record was made."""
    if isinstance(paper, InvoicePaper):
        return paper.invoice.made_at
    return paper.note.made_at if isinstance(paper, CreditNotePaper) else paper.statement.made_at


def _data(
    title: str,
    facts: Sequence[tuple[str, str]],
    tables: Iterable[PaperTable],
    *,
    sums: Sequence[tuple[str, str]],
    banner: str = "",
) -> dict[str, Any]:
    return {
        "title": title,
        "banner": banner,
        "facts": facts,
        "tables": [_table(each) for each in tables],
        "sums": sums,
        "meanings": [[each.value, CONFIDENCE_MEANINGS[each]] for each in Confidence],
    }


def _table(table: PaperTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [name.removeprefix("# ") for name in table.columns],
        "figures": [name.startswith("# ") for name in table.columns],
        "rows": table.rows,
        "total": table.total,
        "or_else": table.or_else,
    }


def _invoice(paper: InvoicePaper) -> dict[str, Any]:
    invoice = paper.invoice
    lines = _internal_lines(paper) if paper.is_internal else _buyer_lines(paper)
    return _data(
        f"Invoice {invoice.number}",
        (
            *_parties(paper),
            ("For the days", _days(invoice.from_day, invoice.to_day)),
            ("Issued", f"{invoice.issued_on}"),
            ("Due", f"{invoice.due_on}"),
            ("State", invoice.state.value),
            *_products(paper.offerings),
        ),
        (
            lines,
            _taxes(invoice.taxes, invoice.currency),
            _payments(paper),
            *_notes(paper),
            *(_sources(invoice.lines) if paper.is_internal else ()),
        ),
        sums=_invoice_sums(invoice),
        banner=_banner(paper.is_internal),
    )


def _invoice_sums(invoice: Invoice) -> tuple[tuple[str, str], ...]:
    return (
        ("Net", _marked(invoice.net, net_trust(invoice))),
        ("Taxes", _marked(invoice.tax, tax_trust(invoice))),
        ("Asked", _marked(invoice.gross, tax_trust(invoice))),
        ("Credited", str(invoice.credited)),
        ("Paid", str(invoice.paid)),
        ("Amount due", str(invoice.open_amount)),
    )


def _marked(amount: Money, trust: Confidence) -> str:
    """A sum with how far it may be trusted behind it."""
    return f"{amount} ({trust.value})"


def _credit_note(paper: CreditNotePaper) -> dict[str, Any]:
    note = paper.note
    return _data(
        f"Credit note {note.number}",
        (
            *_parties(paper),
            ("Of invoice", paper.invoice.number),
            ("Issued", f"{note.issued_on}"),
            ("Reason", note.reason.value.replace("_", " ")),
            *_products(paper.offerings),
        ),
        (
            _credit_lines(note.lines, str(note.net), is_internal=paper.is_internal),
            _taxes(note.taxes, note.currency),
        ),
        sums=(
            ("Net", _marked(note.net, net_trust(note))),
            ("Taxes given back", _marked(note.tax, tax_trust(note))),
            ("Given back", _marked(note.gross, tax_trust(note))),
            (f"Invoice {paper.invoice.number} leaves open", str(paper.invoice.open_amount)),
        ),
        banner=_banner(paper.is_internal),
    )


def _statement(paper: StatementPaper) -> dict[str, Any]:
    statement = paper.statement
    rows = tuple(
        (
            line.kind.value.replace("_", " "),
            line.text,
            _days(line.from_day, line.to_day),
            line.reference,
            _percent(line.percent),
            str(line.amount),
            line_trust(line).value,
        )
        for line in statement.lines
    )
    by_kind = [
        (
            kind.value.replace("_", " ").capitalize(),
            _marked(statement.sum_of(kind), statement_trust(statement, kind)),
        )
        for kind in StatementLineKind
        if any(line.kind is kind for line in statement.lines)
    ]
    return _data(
        f"Statement {statement.number}",
        (
            ("Owner", paper.owner_name),
            ("For the days", _days(statement.from_day, statement.to_day)),
            ("Issued", f"{statement.issued_on}"),
            ("Lines can be disputed before", f"{statement.dispute_until}"),
            ("Due", f"{statement.due_on}"),
            ("State", statement.state.value),
            *_products(paper.offerings),
        ),
        (
            PaperTable(
                title="Lines",
                columns=(
                    *("Kind", "Text", "Days", "Reference"),
                    *("# Share", "# Amount", "Amount is"),
                ),
                rows=rows,
            ),
            *(_shared(each, paper.offerings) for each in statement.shared),
        ),
        sums=(
            *by_kind,
            (
                "Income of the owner",
                _marked(statement.sum_of(*EARNED), statement_trust(statement, *EARNED)),
            ),
            (
                "Balance, positive where it is owed",
                _marked(statement.balance, statement_trust(statement)),
            ),
        ),
        banner="Between owners: not for buyers",
    )


def _shared(charge: SharedCharge, offerings: Offerings) -> PaperTable:
    """How what one product was charged is shared between all owners."""
    agreed = "" if charge.agreement_id is None else f", agreement {charge.agreement_id}"
    return PaperTable(
        title=f"Shared {BASIS_WORDS[charge.basis]}: "
        f"{offerings.get(charge.product_id, charge.product_id)}{agreed}",
        columns=("Owner", "# Measure", "# Share", "# Earned", "Rule and share are"),
        rows=tuple(
            (
                each.operator_id,
                measure_text(charge.basis, each.weight),
                _percent(each.percent),
                str(each.earned),
                shared_trust(charge).value,
            )
            for each in charge.shares
        ),
        total=(
            *("Charged", "", _percent(percent_sum(charge)), str(charge.charged)),
            shared_trust(charge).value,
        ),
    )


def _percent(percent: Decimal | None) -> str:
    return "" if percent is None else f"{percent:f} %"


def _parties(paper: InvoicePaper | CreditNotePaper) -> tuple[tuple[str, str], ...]:
    payer = paper.payer
    return (
        ("Seller", paper.seller_name),
        ("Payer", f"{payer.name} ({payer.party_id}), {payer.country}"),
    )


def _products(offerings: Offerings) -> tuple[tuple[str, str], ...]:
    return tuple((offerings[each], f"product {each}") for each in sorted(offerings))


def _banner(is_internal: bool) -> str:  # noqa: FBT001  (it is the one choice that it makes)
    return "Internal: not for buyers" if is_internal else ""


def _days(from_day: date, to_day: date) -> str:
    """The first and the last day, both included."""
    return f"{from_day} to {to_day - _ONE_DAY}"


def _buyer_lines(paper: InvoicePaper) -> PaperTable:
    lines = billed_lines(paper.invoice.lines)
    return PaperTable(
        title="Lines",
        columns=(
            *("Line", "What", "Days, both included", "# Quantity"),
            *("# Price", "# Amount", "Price is"),
        ),
        rows=tuple(
            (line.number, f"{paper.offerings[line.product_id]}: {line.name}", *_charged(line))
            for line in lines
        ),
        total=("Net", "", "", "", "", str(paper.invoice.net), ""),
    )


def _internal_lines(paper: InvoicePaper) -> PaperTable:
    return PaperTable(
        title="Lines",
        columns=(
            *("Line", "What", "Owner", "Days, both included", "# Quantity"),
            *("# Price", "# Amount", "Price is"),
        ),
        rows=tuple(
            (number, leg.name, leg.operator_id, *_charged(leg))
            for line in billed_lines(paper.invoice.lines)
            for number, leg in line.numbered_legs
        ),
        total=("Net", "", "", "", "", "", str(paper.invoice.net), ""),
    )


def _charged(line: BilledLine | RatedCharge) -> tuple[str, ...]:
    return (
        _days(line.from_day, line.to_day),
        f"{line.quantity:f} {line.unit}".strip(),
        line.unit_price,
        str(line.amount),
        line.confidence.value,
    )


def _credit_lines(lines: Iterable[CreditLine], net: str, *, is_internal: bool) -> PaperTable:
    owner = ("Borne by",) if is_internal else ()
    return PaperTable(
        title="What is given back",
        columns=("Why", *owner, "Days, both included", "# Amount", "Promise is"),
        rows=tuple(
            (
                line.text,
                *((line.operator_id,) if is_internal else ()),
                _days(line.from_day, line.to_day),
                str(line.amount),
                line.confidence.value,
            )
            for line in lines
        ),
        total=("Net", *("" for _ in owner), "", net, ""),
    )


def _taxes(taxes: Sequence[InvoiceTax], currency: str) -> PaperTable:
    return PaperTable(
        title="Taxes",
        columns=("Tax and where it stands", "# Percent", "# On", "# Amount", "Tax is"),
        rows=tuple(
            (
                f"{tax.name} ({tax.tax_id}); {tax.source}",
                tax.percent,
                str(tax.base),
                str(tax.amount),
                tax.confidence.value,
            )
            for tax in taxes
        ),
        total=("Taxes", "", "", str(total((tax.amount for tax in taxes), currency)), ""),
        or_else=_NO_TAX,
    )


def _payments(paper: InvoicePaper) -> PaperTable:
    currency = paper.invoice.currency
    settled = total((each.settled for each in paper.payments), currency)
    return PaperTable(
        title="Payments received",
        columns=("Day", "Reference", "# Came in", "# Kept back as tax"),
        rows=tuple(
            (f"{each.paid_on}", each.reference, str(each.amount), str(each.withheld))
            for each in paper.payments
        ),
        total=("Paid", "", str(settled), ""),
        or_else=_NO_PAYMENT,
    )


def _notes(paper: InvoicePaper) -> Iterable[PaperTable]:
    if paper.notes:
        yield PaperTable(
            title="Credit notes",
            columns=("Number", "Issued", "Why", "# With taxes"),
            rows=tuple(
                (
                    note.number,
                    f"{note.issued_on}",
                    "; ".join(line.text for line in note.lines),
                    str(note.gross),
                )
                for note in paper.notes
            ),
            total=("Credited", "", "", str(_credited(paper))),
        )


def _credited(paper: InvoicePaper) -> Money:
    return total((note.gross for note in paper.notes), paper.invoice.currency)


def _sources(lines: Iterable[RatedCharge]) -> Iterable[PaperTable]:
    named = dict.fromkeys((line.name, line.source, line.confidence.value) for line in lines)
    yield PaperTable(
        title="Where the prices come from", columns=("What", "Source", "Price is"), rows=(*named,)
    )
