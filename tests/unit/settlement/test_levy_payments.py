"""An account of a levy runs on, is paid oldest first, and its standing adds up."""

from datetime import date

import pytest

from karakoram.core.identifiers import TransferId
from karakoram.core.money import Money
from karakoram.refdata.levies import read_levies
from karakoram.settlement.entries import moved, transfers_of
from karakoram.settlement.ledger.transfers import reversal
from karakoram.settlement.levy_payments import (
    LevyPayment,
    booked_payments,
    levy_account,
    levy_accounts,
    levy_payment_entries,
    levy_standing,
)
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.revenue_levies import levy_expense

LEVIES = {each.levy_id: each for each in read_levies()}
USF = levy_account("ONE", LEVIES["USF"], "PKR")


def rupees(minor):
    return Money(minor, "PKR")


def accrued(minor, day):
    entries = moved(levy_expense("ONE", "USF", "PKR"), USF, rupees(minor), memo="statement")
    return _booked(entries, ("statement", "S1"), day)


def paid(minor, period, day):
    payment = LevyPayment(
        operator_id="ONE",
        levy_id="USF",
        period=period_from_word(period),
        amount=rupees(minor),
        paid_on=day,
        reference="R1",
    )
    return _booked(levy_payment_entries(payment, USF), payment.subject, day)


def _booked(entries, subject, day):
    names = iter(f"{day}-{number}" for number in range(9))
    return transfers_of(entries, subject=subject, booked_on=day, new_id=lambda: next(names))


BOOK = (
    *accrued(700, date(2026, 10, 5)),
    *accrued(900, date(2026, 11, 5)),
    *accrued(-100, date(2026, 12, 5)),
)


def told(transfers, word):
    one = levy_standing("USF", USF, transfers, period=period_from_word(word))
    parts = (one.before, one.booked, one.paid, one.paid_later, one.open_amount)
    return tuple(each.minor for each in parts)


def test_an_account_runs_on_and_what_is_given_back_is_set_off():
    assert told(BOOK, "2026-10") == (0, 700, 0, 0, 700)
    assert told(BOOK, "2026-12") == (1600, -100, 0, 0, 1500)
    october = (*BOOK, *paid(700, "2026-10", date(2026, 11, 2)))
    assert told(october, "2026-10") == (0, 700, 700, 0, 0)
    assert told(october, "2026-Q4") == (0, 1500, 700, 0, 800)


def test_a_later_payment_pays_what_is_oldest():
    every = (*BOOK, *paid(1500, "2026-Q4", date(2027, 1, 4)))
    assert told(every, "2026-10") == (0, 700, 0, 700, 0)
    assert told(every, "2027-01") == (0, 0, 0, 0, 0)


def test_what_was_given_back_after_a_payment_stands_below_nothing():
    every = (*BOOK, *paid(1600, "2026-11", date(2026, 12, 1)))
    assert told(every, "2026-12") == (0, -100, 0, 0, -100)


def test_a_payment_that_is_taken_back_is_owed_again():
    (payment,) = paid(700, "2026-10", date(2026, 11, 2))
    back = reversal(payment, transfer_id=TransferId("back"), booked_on=date(2026, 11, 9))
    assert told((*BOOK, payment, back), "2026-10") == (0, 700, 0, 0, 700)
    listed = booked_payments("USF", USF, (*BOOK, payment, back))
    assert [(each.amount.minor, each.reference) for each in listed] == [
        (700, "R1"),
        (-700, f"takes back {payment.transfer_id}"),
    ]


def test_what_was_posted_by_hand_in_other_words_is_no_payment():
    odd = _booked(
        moved(USF, levy_expense("ONE", "USF", "PKR"), rupees(5), memo="set right"),
        ("levy", "USF of October"),
        date(2026, 10, 6),
    )
    assert told((*BOOK, *odd), "2026-10") == (0, 695, 0, 0, 695)
    assert booked_payments("USF", USF, odd) == ()


def test_taxes_and_levies_of_a_book_are_known_by_their_identifiers():
    tax = levy_account("ONE", LEVIES["ST-PB"], "USD")
    other = levy_expense("ONE", "USF", "PKR")
    assert levy_accounts((USF, tax, other), LEVIES.values()) == (("USF", USF), ("ST-PB", tax))
    assert levy_accounts((USF,), ()) == (("USF", USF),)


def test_a_payment_needs_a_reference():
    with pytest.raises(ValueError, match="reference must not be blank"):
        LevyPayment(
            operator_id="ONE",
            levy_id="USF",
            period=period_from_word("2026-10"),
            amount=rupees(1),
            paid_on=date(2026, 11, 1),
            reference=" ",
        )
