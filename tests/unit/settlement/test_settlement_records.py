"""Records of settlement refuse amounts that mean nothing."""

import re
from dataclasses import replace
from datetime import date

import pytest

from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.settlement.conversion import converted_currencies, held_account, kept_account
from karakoram.settlement.disputes import Dispute, DisputedKind, DisputeState
from karakoram.settlement.entries import BookEntry, bank, clearing, moved
from karakoram.settlement.invoices import CreditLine
from karakoram.settlement.netting import NetPayment
from tests.support.settlement import (
    AUGUST,
    JULY,
    NOW,
    agreement,
    credit_note,
    invoice,
    line,
    statement,
    usd,
)


def credit_line(minor):
    return CreditLine(
        key="k",
        product_id="P",
        from_day=JULY,
        to_day=AUGUST,
        text="an outage",
        operator_id="SCO",
        amount=usd(minor),
        confidence=Confidence.ASSUMED,
        source="test",
    )


def dispute(claimed, granted=0, **changes):
    given = {
        "dispute_id": "d",
        "number": "D2026-0001",
        "kind": DisputedKind.STATEMENT,
        "subject_id": "s",
        "line_key": "k",
        "raised_by": "ONE",
        "against": "SCO",
        "claimed": usd(claimed),
        "granted": usd(granted),
        "reason": "waited at the hand-over",
        "opened_on": date(2026, 8, 3),
        "state": DisputeState.OPEN,
        "made_at": NOW,
    }
    return Dispute(**{**given, **changes})


@pytest.mark.parametrize("minor", [0, -1])
def test_what_is_given_paid_or_booked_is_more_than_nothing(minor):
    assert credit_line(5).amount == usd(5)
    with pytest.raises(ValueError, match="CreditLine.amount must be greater than 0"):
        credit_line(minor)
    with pytest.raises(ValueError, match="NetPayment.amount must be greater than 0"):
        NetPayment(payer_id="SCO", payee_id="ONE", amount=usd(minor))
    with pytest.raises(ValueError, match="BookEntry.amount must be greater than 0"):
        BookEntry(
            debit=bank("SCO", "USD"), credit=clearing("SCO", "USD"), amount=usd(minor), memo=""
        )
    with pytest.raises(ValueError, match="Dispute.claimed must be greater than 0"):
        dispute(minor)


def test_nobody_pays_itself_and_no_entry_joins_two_books():
    with pytest.raises(ValueError, match="payee_id must not be the payer SCO"):
        NetPayment(payer_id="SCO", payee_id="SCO", amount=usd(1))
    with pytest.raises(ValueError, match="credit must be of the book SCO, got ONE"):
        tuple(moved(bank("SCO", "USD"), clearing("ONE", "USD"), usd(1), memo=""))


@pytest.mark.parametrize("granted", [-1, 101])
def test_no_more_is_granted_than_was_claimed(granted):
    assert dispute(100, 100, state=DisputeState.ACCEPTED).granted == usd(100)
    with pytest.raises(ValueError, match=r"granted must be 0 to USD 1\.00"):
        dispute(100, granted)


LINE = line("P/recurring", 100)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: dispute(100, 5), "Dispute.granted must be 0 while open"),
        (lambda: dispute(1, granted=0, kind=DisputedKind.INVOICE, other_subject_id="s"), "alone"),
        (lambda: replace(dispute(9), claimed=Money(9, "PKR")), "granted must be in PKR, got USD"),
        (lambda: invoice(LINE, LINE), "Invoice.lines must have keys of their own, got 'P/"),
        (lambda: invoice(LINE, to_day=JULY), "Invoice.to_day must be after from_day"),
        (lambda: invoice(LINE, currency="PKR"), "Invoice.lines must be in PKR, got USD"),
        (lambda: invoice(LINE, due_on=JULY), "Invoice.due_on must not be before 2026-08-01"),
        (lambda: invoice(LINE, paid=usd(-1)), "Invoice.paid must be at least 0"),
        (lambda: credit_note(5, lines=()), "CreditNote.lines must not be empty"),
        (lambda: credit_note(5, currency="PKR"), "CreditNote.lines must be in PKR, got USD"),
        (lambda: replace(LINE, to_day=LINE.from_day), "RatedCharge.to_day must be after"),
        (lambda: agreement(days_to_pay=-1), "days_to_pay must be at least 0, got -1"),
        (
            lambda: replace(statement("SCO", ()), dispute_until=JULY),
            "dispute_until and due_on must not be before issued_on",
        ),
    ],
)
def test_papers_that_make_no_sense_by_themselves_are_refused(wrong, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        wrong()


def test_a_book_has_converted_what_its_accounts_of_conversion_hold():
    accounts = (
        bank("SCO", "AED"),
        held_account("SCO", "USD"),
        kept_account("SCO", "USD", "PKR"),
        held_account("SCO", "CNY"),
    )
    assert converted_currencies(accounts) == ("CNY", "USD")
    assert converted_currencies(()) == ()
