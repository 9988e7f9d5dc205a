"""What does a payment of a buyer move in the seller's book, and what has been paid so far?

A buyer may have to keep back a part of what it owes and pay it to its tax office for the seller;
the certificate that it sends is worth that much to the seller, in an account of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from karakoram.core.identifiers import OperatorId
from karakoram.core.money import Money
from karakoram.settlement.entries import BookEntry, bank, moved, receivable
from karakoram.settlement.invoices import Invoice
from karakoram.settlement.ledger.accounts import Account, account_named
from karakoram.settlement.ledger.transfers import Transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedPayment:
    """What a buyer has paid of an invoice on one day under one reference."""

    paid_on: date
    amount: Money
    """What came in at the bank."""
    withheld: Money
    """What the buyer kept back as tax."""
    reference: str
    """Of the bank, and of the certificate of tax."""

    @property
    def settled(self) -> Money:
        """By how much the buyer owes less."""
        return self.amount + self.withheld


def _tax_withheld(book: OperatorId, currency: str) -> Account:
    """What buyers have kept back as tax of the owner, by certificates that it holds."""
    return account_named(book, f"Assets:TaxWithheld:{currency}", currency)


def payment_entries(
    invoice: Invoice, amount: Money, *, withheld: Money, reference: str
) -> tuple[BookEntry, ...]:
    """The buyer owes less: by what came in, and by what it kept back as tax.

    Parameters
    ----------
    invoice
        Whose seller is paid.
    amount, withheld
        What came in at the bank, and what was kept back.
    reference
        Of the bank, and of the certificate of tax.
    """
    book, currency = invoice.seller_id, invoice.currency
    owed = receivable(book, invoice.payer_id, currency)
    memo = f"{_memo(invoice)}{reference}"
    return (
        *moved(bank(book, currency), owed, amount, memo=memo),
        *moved(_tax_withheld(book, currency), owed, withheld, memo=memo),
    )


def received_payments(
    transfers: Iterable[Transfer], *, invoice: Invoice
) -> tuple[ReceivedPayment, ...]:
    """What was paid of an invoice, as its seller's book tells it, in the order of the book.

    Parameters
    ----------
    transfers
        All that are about the invoice.
    invoice
        Which one.
    """
    book, currency = invoice.seller_id, invoice.currency
    parts = {bank(book, currency).account_id: 0, _tax_withheld(book, currency).account_id: 1}
    sums: dict[tuple[date, str], list[int]] = {}
    for each in transfers:
        if each.debit_account_id in parts:
            minor = sums.setdefault((each.booked_on, each.memo), [0, 0])
            minor[parts[each.debit_account_id]] += each.amount.minor
    return tuple(
        ReceivedPayment(
            paid_on=paid_on,
            amount=Money(came_in, currency),
            withheld=Money(kept_back, currency),
            reference=memo.removeprefix(_memo(invoice)),
        )
        for (paid_on, memo), (came_in, kept_back) in sums.items()
    )


def _memo(invoice: Invoice) -> str:
    return f"paid {invoice.number}, reference "
