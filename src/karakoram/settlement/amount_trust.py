"""How far may a sum of a bill or a statement be trusted? As the worst of its lines and taxes."""

from karakoram.core.provenance import Confidence, weakest
from karakoram.settlement.invoices import CreditNote, Invoice, InvoiceTax
from karakoram.settlement.share_bases import SharedCharge
from karakoram.settlement.statements import OwnerStatement, StatementLine, StatementLineKind


def net_trust(bill: Invoice | CreditNote) -> Confidence:
    """Of the sum of the lines."""
    return weakest(tuple(line.confidence for line in bill.lines))


def tax_trust(bill: Invoice | CreditNote) -> Confidence:
    """Of the sum of the taxes, which are taken of the lines."""
    return weakest((net_trust(bill), *(tax.confidence for tax in bill.taxes)))


def line_trust(line: StatementLine) -> Confidence:
    """Of an amount on a statement; one that was stored without its trust counts as assumed."""
    return line.confidence or Confidence.ASSUMED


def shared_trust(charge: SharedCharge) -> Confidence:
    """Of the shares of a charge; those that were stored without their trust count as assumed."""
    return charge.confidence or Confidence.ASSUMED


def one_tax_trust(bill: Invoice | CreditNote, tax: InvoiceTax) -> Confidence:
    """Of the amount of one tax, which is taken of the lines."""
    return weakest((net_trust(bill), tax.confidence))


def statement_trust(statement: OwnerStatement, *kinds: StatementLineKind) -> Confidence:
    """Of the sum of the lines of some kinds; without kinds, of the balance."""
    return weakest(
        tuple(line_trust(line) for line in statement.lines if not kinds or line.kind in kinds)
    )
