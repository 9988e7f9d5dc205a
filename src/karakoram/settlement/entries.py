"""What does each event of settlement move in the books?

Each owner keeps a book of its own, and all that is billed passes through one account in each:
``Assets:Clearing``, what the other owners owe. The seller credits it with what it bills, each owner
debits it with what it earns, and netting brings it to zero in every book.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from karakoram.core.identifiers import OperatorId, PartyId, TransferId
from karakoram.core.money import Money
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.ledger.accounts import Account, account_named
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.settlement.netting import NetPayment

_UNFIT = re.compile(r"[^A-Za-z0-9-]")
_FIRST = re.compile(r"[A-Z0-9]")
_DIGEST_CHARACTERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class BookEntry:
    """An amount that moves between two accounts of one book."""

    debit: Account
    credit: Account
    amount: Money
    """Positive."""
    memo: str
    exchange_rate: str = ""
    """Of a leg of a conversion."""

    def __post_init__(self) -> None:
        if self.amount.minor <= 0:
            raise ValueError(f"BookEntry.amount must be greater than 0, got {self.amount}")
        if self.debit.book != self.credit.book:
            raise ValueError(
                f"BookEntry.credit must be of the book {self.debit.book}, got {self.credit.book}"
            )


def account_part(word: str) -> str:
    """The word as a part of an account's name; two words never become the same part.

    >>> account_part("CT")
    'CT'
    >>> account_part("a b") == account_part("a-b")
    False
    """
    if not _UNFIT.search(word) and _FIRST.match(word):
        return word
    digest = sha256(word.encode()).hexdigest()[:_DIGEST_CHARACTERS]
    return f"P-{_UNFIT.sub('-', word)}-{digest}"


def receivable(book: OperatorId, payer_id: PartyId, currency: str) -> Account:
    """What a buyer owes."""
    return account_named(book, f"Assets:Receivable:{account_part(payer_id)}:{currency}", currency)


def clearing(book: OperatorId, currency: str) -> Account:
    """What the other owners owe; below zero where they are owed."""
    return account_named(book, f"Assets:Clearing:{currency}", currency)


def bank(book: OperatorId, currency: str) -> Account:
    """What is at the bank."""
    return account_named(book, f"Assets:Bank:{currency}", currency)


def tax_due(book: OperatorId, tax_id: str, currency: str) -> Account:
    """What was collected for the tax office."""
    return account_named(book, f"Liabilities:Tax:{account_part(tax_id)}:{currency}", currency)


def corridor_income(book: OperatorId, currency: str) -> Account:
    """What the owner earned with its part of the corridor."""
    return account_named(book, f"Income:Corridor:{currency}", currency)


def service_credits(book: OperatorId, currency: str) -> Account:
    """What was given back to buyers for the owner's faults."""
    return account_named(book, f"Expenses:ServiceCredits:{currency}", currency)


def invoice_entries(invoice: Invoice) -> tuple[BookEntry, ...]:
    """The buyer owes the whole; the net amount is cleared between owners, taxes are due."""
    book, currency = invoice.seller_id, invoice.currency
    owed = receivable(book, invoice.payer_id, currency)
    memo = f"invoice {invoice.number}"
    taxes = (
        moved(owed, tax_due(book, tax.tax_id, currency), tax.amount, memo=f"{memo}, {tax.name}")
        for tax in invoice.taxes
    )
    return (
        *moved(owed, clearing(book, currency), invoice.net, memo=memo),
        *(entry for entries in taxes for entry in entries),
    )


def credit_note_entries(note: CreditNote, invoice: Invoice) -> tuple[BookEntry, ...]:
    """The buyer owes less; tax on what is given back is due no more, tax by tax.

    Parameters
    ----------
    note
        What is given back.
    invoice
        Of which; it names the taxes.
    """
    book, currency = note.seller_id, note.currency
    owed = receivable(book, note.payer_id, currency)
    memo = f"credit note {note.number} of invoice {invoice.number}"
    names = {tax.tax_id: tax.name for tax in invoice.taxes}
    taxes = (
        moved(
            tax_due(book, tax.tax_id, currency),
            owed,
            tax.amount,
            memo=f"{memo}, {names.get(tax.tax_id, tax.tax_id)}",
        )
        for tax in note.taxes
    )
    return (
        *moved(clearing(book, currency), owed, note.net, memo=memo),
        *(entry for entries in taxes for entry in entries),
    )


def net_payment_entries(payment: NetPayment, *, reference: str) -> tuple[BookEntry, ...]:
    """One owner has paid another: an entry in the book of each.

    Parameters
    ----------
    payment
        Who paid whom, and how much.
    reference
        Begins the memo of both entries.
    """
    currency = payment.amount.currency
    payer, payee = payment.payer_id, payment.payee_id
    return (
        *moved(
            clearing(payer, currency),
            bank(payer, currency),
            payment.amount,
            memo=f"{reference}, to {payee}",
        ),
        *moved(
            bank(payee, currency),
            clearing(payee, currency),
            payment.amount,
            memo=f"{reference}, from {payer}",
        ),
    )


def moved(debit: Account, credit: Account, amount: Money, *, memo: str) -> Iterator[BookEntry]:
    """One entry; the other way round for less than nothing, and none for nothing.

    Parameters
    ----------
    debit, credit
        Of one book and currency.
    amount
        In that currency.
    memo
        What it is, for people.

    Raises
    ------
    ValueError
        If the accounts are of two books.
    """
    if amount.minor > 0:
        yield BookEntry(debit=debit, credit=credit, amount=amount, memo=memo)
    elif amount.minor < 0:
        yield BookEntry(debit=credit, credit=debit, amount=-amount, memo=memo)


def accounts_of(entries: Iterable[BookEntry]) -> tuple[Account, ...]:
    """Every account that the entries name, once."""
    named = {
        account.account_id: account for entry in entries for account in (entry.debit, entry.credit)
    }
    return tuple(named.values())


def transfers_of(
    entries: Iterable[BookEntry],
    *,
    subject: tuple[str, str],
    booked_on: date,
    new_id: Callable[[], str],
) -> tuple[Transfer, ...]:
    """The entries as transfers.

    Parameters
    ----------
    entries
        In the order in which they are posted.
    subject
        Kind and identifier of what they are about.
    booked_on
        Day of all of them.
    new_id
        Makes identifiers.
    """
    kind, subject_id = subject
    return tuple(
        Transfer(
            transfer_id=TransferId(new_id()),
            debit_account_id=entry.debit.account_id,
            credit_account_id=entry.credit.account_id,
            amount=entry.amount,
            booked_on=booked_on,
            subject_kind=kind,
            subject_id=subject_id,
            memo=entry.memo,
            exchange_rate=entry.exchange_rate,
        )
        for entry in entries
    )
