"""What does an agreed statement move in the owner's book?"""

from collections.abc import Iterator
from datetime import date

from karakoram.core.money import Money
from karakoram.settlement.conversion import earned_entries
from karakoram.settlement.entries import (
    BookEntry,
    clearing,
    corridor_income,
    moved,
    service_credits,
)
from karakoram.settlement.exchange import ExchangeRates
from karakoram.settlement.ledger.accounts import Account
from karakoram.settlement.statements import EARNED, OwnerStatement, StatementLineKind


def statement_entries(
    statement: OwnerStatement,
    *,
    functional_currency: str,
    exchange_rates: ExchangeRates,
    on_day: date,
) -> tuple[BookEntry, ...]:
    """The owner is owed what it earned, less the credits that it bears; told in its own currency.

    Parameters
    ----------
    statement
        Agreed by both sides.
    functional_currency
        Of the owner's book.
    exchange_rates
        Exchange rates of all days.
    on_day
        Day of the book.

    Raises
    ------
    NotFoundError
        If the statement is in another currency, and no rate of the day is known.
    """
    book = statement.operator_id
    earned = statement.sum_of(*EARNED)
    borne = statement.sum_of(StatementLineKind.CREDIT_BORNE)
    memo = f"statement {statement.number}"

    def entries(account: Account, amount: Money, what: str) -> Iterator[BookEntry]:
        owed = clearing(book, statement.currency)
        if statement.currency == functional_currency:
            return moved(owed, account, amount, memo=f"{memo}, {what}")
        exchange_rate = exchange_rates.on_day(statement.currency, functional_currency, on_day)
        return earned_entries(
            owed, account, amount, exchange_rate=exchange_rate, memo=f"{memo}, {what}"
        )

    return (
        *entries(corridor_income(book, functional_currency), earned, "earned"),
        *entries(service_credits(book, functional_currency), borne, "credits borne"),
    )
