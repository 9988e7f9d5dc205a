"""How does a person read invoices, credit notes, statements, disputes and outages?"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from rich.console import Console

from karakoram.core.identifiers import ProductId
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, weakest
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.sales_lists_screen import ends_text
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.operations.outages import Outage
from karakoram.settlement.amount_trust import (
    line_trust,
    net_trust,
    shared_trust,
    statement_trust,
    tax_trust,
)
from karakoram.settlement.billed_lines import BilledLine, billed_lines
from karakoram.settlement.conversion import Revaluation
from karakoram.settlement.disputes import Dispute
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.netting import NetPayment
from karakoram.settlement.payments import ReceivedPayment
from karakoram.settlement.rating.rated import RatedCharge
from karakoram.settlement.reconciling import StatementDifference
from karakoram.settlement.share_bases import (
    BASIS_WORDS,
    SharedCharge,
    measure_text,
    percent_sum,
)
from karakoram.settlement.statements import EARNED, OwnerStatement, StatementLineKind
from karakoram.usecases.operate.record_plant_failure import StruckProduct
from karakoram.usecases.settle.print_bill import Offerings
from karakoram.usecases.settle.unbilled_days import UnbilledDays


def show_invoices(console: Console, invoices: Iterable[Invoice]) -> None:
    """Print a line for each invoice."""
    show_table(
        console,
        ("Invoice", "Payer", "Period", "State", "Due", "# Net", "# Tax", "# Open", "Known"),
        (
            (
                each.number,
                each.payer_id,
                f"{each.from_day} to {each.to_day}",
                each.state.value,
                f"{each.due_on}",
                str(each.net),
                str(each.tax),
                str(each.open_amount),
                tax_trust(each).value,
            )
            for each in invoices
        ),
    )


def show_invoice(
    console: Console, invoice: Invoice, *, shares: bool, offerings: Offerings | None = None
) -> None:
    """Print an invoice line by line; leg by leg, and who earns each, only where asked for."""
    show_title(
        console,
        f"Invoice {invoice.number} of {invoice.seller_id} to {invoice.payer_id}, "
        f"{invoice.state.value}",
    )
    show_lines(
        console,
        f"{invoice.from_day} up to, not including, {invoice.to_day}; issued {invoice.issued_on}, "
        f"due {invoice.due_on}",
    )
    show_lines(console, f"Net {texts.trusted(str(invoice.net), net_trust(invoice))}")
    for tax in invoice.taxes:
        show_lines(
            console,
            f"{tax.name}, {tax.percent} % of {tax.base}: "
            f"{texts.trusted(str(tax.amount), tax.confidence)}",
        )
    show_lines(
        console,
        f"To pay {texts.trusted(str(invoice.gross), tax_trust(invoice))}; paid {invoice.paid}, "
        f"credited {invoice.credited}, open {invoice.open_amount}",
    )
    for product_id, lines in _by_product(invoice.lines):
        sold_as = (offerings or {}).get(product_id, "")
        what = f"{sold_as}, product {product_id}" if sold_as else f"Product {product_id}"
        sum_minor = sum(line.amount.minor for line in lines)
        trust = weakest(tuple(line.confidence for line in lines))
        asked = texts.trusted(str(Money(sum_minor, invoice.currency)), trust)
        show_title(console, f"{what}: {asked}")
        _show_charges(console, lines, shares=shares)
    show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)


def _by_product(lines: Sequence[RatedCharge]) -> list[tuple[ProductId, list[BilledLine]]]:
    """The lines of each product as a buyer reads them, products in the order met."""
    of: dict[ProductId, list[BilledLine]] = {}
    for line in billed_lines(lines):
        of.setdefault(line.product_id, []).append(line)
    return list(of.items())


def _show_charges(console: Console, lines: Sequence[BilledLine], *, shares: bool) -> None:
    """Print what is asked for one product; prices of units stand on its paper."""
    if shares:
        legs = tuple(leg for line in lines for leg in line.numbered_legs)
        show_table(
            console,
            ("# Line", "Charge", "Earned by", "From", "# For", "# Amount"),
            ((number, leg.name, leg.operator_id, *_charged(leg)) for number, leg in legs),
        )
        return
    show_table(
        console,
        ("# Line", "Charge", "From", "# For", "# Amount"),
        ((line.number, line.name, *_charged(line)) for line in lines),
    )


def _charged(line: BilledLine | RatedCharge) -> tuple[str, ...]:
    return (
        f"{line.from_day}",
        f"{line.quantity:f} {line.unit}".strip(),
        texts.trusted(texts.amount(line.amount), line.confidence),
    )


def show_received(console: Console, payments: Iterable[ReceivedPayment]) -> None:
    """Print a line for each payment of a buyer."""
    show_table(
        console,
        ("Day", "Reference", "# Came in", "# Kept back as tax"),
        (
            (f"{each.paid_on}", each.reference, str(each.amount), str(each.withheld))
            for each in payments
        ),
    )


def show_credit_notes(console: Console, notes: Iterable[CreditNote], *, shares: bool) -> None:
    """Print every line of the credit notes; who bears it only where asked for."""
    owner = ("Borne by",) if shares else ()
    show_table(
        console,
        ("Credit note", "Payer", "Product", "Month", "Why", *owner, "# Amount", "Known"),
        (
            (
                note.number,
                note.payer_id,
                line.product_id,
                f"{line.from_day:%Y-%m}",
                line.text,
                *((line.operator_id,) if shares else ()),
                str(line.amount),
                line.confidence.value,
            )
            for note in notes
            for line in note.lines
        ),
    )


def show_unbilled(console: Console, gaps: Iterable[UnbilledDays]) -> None:
    """Say for which earlier days nobody was asked."""
    for each in gaps:
        show_lines(
            console,
            f"No invoice of {each.seller_id} asks {each.payer_id} for {each.from_day} up to, not "
            f"including, {each.to_day}; if something was in service then, bill it:  "
            f"karakoram invoice make --period {each.from_day}/{each.to_day}",
        )


def show_statements(console: Console, statements: Iterable[OwnerStatement]) -> None:
    """Print a line for each statement, and what those of several owners sum to by currency."""
    every = tuple(statements)
    kinds = StatementLineKind
    show_table(
        console,
        (
            *("Statement", "Owner", "State", "# Earned", "# Collected"),
            *("# Credits borne", "# Credits given", "# Balance", "# Open", "Known"),
        ),
        (
            (
                each.number,
                each.operator_id,
                each.state.value,
                str(each.sum_of(*EARNED)),
                str(each.sum_of(kinds.COLLECTED)),
                str(each.sum_of(kinds.CREDIT_BORNE)),
                str(each.sum_of(kinds.CREDIT_GIVEN)),
                str(each.balance),
                str(each.open_balance),
                statement_trust(each).value,
            )
            for each in every
        ),
    )
    for currency in sorted({each.currency for each in every}):
        balances = [each.balance.minor for each in every if each.currency == currency]
        if len(balances) > 1:
            show_lines(
                console, f"These balances in {currency} sum to {Money(sum(balances), currency)}"
            )


def show_statement(console: Console, statement: OwnerStatement) -> None:
    """Print a statement line by line."""
    show_title(
        console,
        f"Statement {statement.number} of {statement.operator_id}, {statement.state.value}",
    )
    show_lines(
        console,
        f"{statement.from_day} up to, not including, {statement.to_day}; lines can be disputed "
        f"before {statement.dispute_until}; due {statement.due_on}",
    )
    balance = texts.trusted(str(statement.balance), statement_trust(statement))
    show_table(
        console,
        ("Line", "Kind", "Product", "From", "Text", "Reference", "# Share", "# Amount"),
        (
            (
                f"{place}",
                line.kind.value.replace("_", " "),
                line.product_id,
                f"{line.from_day}",
                line.text,
                line.reference,
                _percent(line.percent),
                texts.trusted(str(line.amount), line_trust(line)),
            )
            for place, line in enumerate(statement.lines, start=1)
        ),
        total=("", *[""] * 3, "Balance, positive where it is owed", "", "", balance),
    )
    for charge in statement.shared:
        _show_shared(console, charge)
    earned = texts.trusted(str(statement.sum_of(*EARNED)), statement_trust(statement, *EARNED))
    borne = StatementLineKind.CREDIT_BORNE
    show_lines(console, f"Earned {earned}; credits borne {statement.sum_of(borne)}")
    show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)


def _show_shared(console: Console, charge: SharedCharge) -> None:
    """Print how what one product was charged is shared between all owners."""
    agreed = "" if charge.agreement_id is None else f", agreement {charge.agreement_id}"
    show_title(console, f"Shared {BASIS_WORDS[charge.basis]}: {charge.product_id}{agreed}")
    trust = shared_trust(charge)
    show_table(
        console,
        ("Owner", "# Measure", "# Share", "# Earned"),
        (
            (
                each.operator_id,
                measure_text(charge.basis, each.weight) or "-",
                _percent(each.percent),
                texts.trusted(str(each.earned), trust),
            )
            for each in charge.shares
        ),
        total=(
            *("Charged", "", _percent(percent_sum(charge))),
            texts.trusted(str(charge.charged), trust),
        ),
    )
    show_lines(console, f"Measure and share, the rule itself: {trust.value}")


def _percent(percent: Decimal | None) -> str:
    return "-" if percent is None else f"{percent:f} %"


def show_differences(console: Console, differences: Iterable[StatementDifference]) -> None:
    """Print every line on which two sides do not agree."""
    show_table(
        console,
        ("Line", "What", "# Ours", "# Theirs"),
        ((each.text, each.what, _amount(each.ours), _amount(each.theirs)) for each in differences),
    )


def show_net_payments(console: Console, payments: Iterable[NetPayment], trust: Confidence) -> None:
    """Print who pays whom, and how far the amounts may be trusted."""
    show_table(
        console,
        ("Payer", "Payee", "# Amount"),
        (
            (each.payer_id, each.payee_id, texts.trusted(str(each.amount), trust))
            for each in payments
        ),
    )


def show_disputes(console: Console, disputes: Iterable[Dispute]) -> None:
    """Print a line for each dispute."""
    show_table(
        console,
        ("Dispute", "Raised by", "Against", "State", "# Claimed", "# Granted", "Reason", "Answer"),
        (
            (
                each.number,
                each.raised_by,
                each.against,
                each.state.value,
                str(each.claimed),
                str(each.granted),
                each.reason,
                each.answer or "-",
            )
            for each in disputes
        ),
    )


def show_outages(console: Console, outages: Iterable[Outage]) -> None:
    """Print a line for each outage."""
    show_table(
        console,
        ("Outage", "Product", "From (UTC)", "To (UTC)", "# Hours", "At fault", "Where", "Counts"),
        (
            (
                each.outage_id,
                each.product_id,
                f"{each.starts_at:%Y-%m-%d %H:%M}",
                f"{each.ends_at:%Y-%m-%d %H:%M}",
                f"{each.interval.seconds / 3600:.2f}",
                each.at_fault_id,
                each.where,
                "no, excused" if each.is_excused else "yes",
            )
            for each in outages
        ),
    )


def show_struck(console: Console, struck: Sequence[StruckProduct], *, is_recorded: bool) -> None:
    """Print which products a failure of plant took, which switched, and what would be credited."""
    down = sum(each.outage is not None for each in struck)
    show_title(
        console,
        f"{texts.counted(down, 'product')} down, {len(struck) - down} on another way; "
        + ("recorded" if is_recorded else "nothing is recorded"),
    )
    if not struck:
        return
    show_table(
        console,
        ("Product", "Offering", "Ends", "Buyer", "State", "Credit that would follow"),
        (
            (
                each.product.product_id,
                each.product.product_offering_id,
                ends_text(each.product.configuration.by_name) or "-",
                each.product.buyer_id,
                "switched" if each.outage is None else "down",
                "\n".join(
                    f"{credit.month.from_day:%Y-%m}: {credit.amount}, {credit.reason}"
                    for credit in each.credits
                )
                or "-",
            )
            for each in struck
        ),
    )


def show_exchange(console: Console, operator: str, made: Iterable[Revaluation]) -> None:
    """Print what each currency gained, line by line, and how far its rate may be trusted."""
    for each in made:
        known = each.exchange_rate.provenance.confidence.value
        show_title(
            console,
            f"{operator} holds {each.held}, at {each.exchange_rate.quote_per_base} "
            f"{each.exchange_rate.quote_currency} ({known})",
        )
        show_table(
            console,
            ("Booked on", "What", "# Held", f"# Gain in {each.gain.currency}"),
            (
                (
                    "-" if line.booked_on is None else f"{line.booked_on}",
                    line.what,
                    str(line.held),
                    f"{line.gain:,.4f}",
                )
                for line in each.lines
            ),
            total=("", "Gain, below 0 a loss", str(each.held), str(each.gain)),
        )


def _amount(amount: Money | None) -> str:
    return "-" if amount is None else str(amount)
