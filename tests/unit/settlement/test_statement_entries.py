"""What an agreed statement moves, and on which terms."""

from datetime import date

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.refdata.levies import TaxedService
from karakoram.settlement.owner_books import OwnerBook
from karakoram.settlement.shares import line_shares
from karakoram.settlement.statement_entries import statement_entries
from karakoram.settlement.statements import OwnerStatement, StatementState, owner_lines
from karakoram.settlement.taxed_products import tax_treatment
from karakoram.settlement.terms import validate_terms
from tests.support.selling import CARRIER
from tests.support.settlement import AUGUST, JULY, NOW, credit_note, invoice, line, usd
from tests.support.settling import owner_book, terms


def statement():
    billed = invoice(line("a", 10_000, "OP2"))
    shares = [line_shares(billed.lines[0], seller_id="SCO", agreement=None)]
    lines = owner_lines([billed], shares, [credit_note(400, operator="OP2")])["OP2"]
    return OwnerStatement(
        statement_id="s",
        number="OP2-S1",
        operator_id="OP2",
        from_day=JULY,
        to_day=AUGUST,
        currency="USD",
        lines=lines,
        issued_on=AUGUST,
        dispute_until=AUGUST,
        due_on=AUGUST,
        state=StatementState.ISSUED,
        made_at=NOW,
    )


def moved(entries):
    return [(e.debit.name, e.credit.name, e.amount.minor) for e in entries]


def test_in_its_own_currency_an_owner_books_what_it_earned_and_what_it_bears():
    entries = statement_entries(
        statement(), functional_currency="USD", exchange_rates=terms().dated_rates, on_day=AUGUST
    )
    assert moved(entries) == [
        ("Assets:Clearing:USD", "Income:Corridor:USD", 10_000),
        ("Expenses:ServiceCredits:USD", "Assets:Clearing:USD", 400),
    ]


def test_in_another_currency_it_is_told_at_the_rate_of_the_day():
    entries = statement_entries(
        statement(),
        functional_currency="PKR",
        exchange_rates=terms().dated_rates,
        on_day=date(2027, 2, 1),
    )
    assert moved(entries) == [
        ("Assets:Clearing:USD", "Equity:Conversion:USD", 10_000),
        ("Equity:Conversion:USD:PKR", "Income:Corridor:PKR", 2_800_000),
        ("Equity:Conversion:USD", "Assets:Clearing:USD", 400),
        ("Expenses:ServiceCredits:PKR", "Equity:Conversion:USD:PKR", 112_000),
    ]
    with pytest.raises(NotFoundError, match="no exchange rate"):
        statement_entries(
            statement(),
            functional_currency="PKR",
            exchange_rates=terms().dated_rates,
            on_day=AUGUST,
        )


def test_terms_that_fit_together_have_no_finding():
    assert validate_terms(terms()) == ()
    book = owner_book("SCO")
    assert isinstance(book, OwnerBook)
    assert tax_treatment(CARRIER, book, TaxedService.DATA).jurisdiction == "EXPORT"
    assert statement().balance == usd(9_600)
