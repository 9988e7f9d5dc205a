"""What an account and a transfer may be by themselves."""

import pickle
from datetime import date

import pytest

from karakoram.core.errors import BatchRefusedError, RefusedError
from karakoram.core.findings import Finding, Place
from karakoram.settlement.ledger.accounts import (
    Account,
    AccountKind,
    AccountLimit,
    Balance,
    account_named,
)
from karakoram.settlement.ledger.books import closed_forward, opened
from karakoram.settlement.ledger.transfers import TransferKind, reversal
from tests.support.ledger_records import BANK, DAY, OWED, SALES, transfer


def account(**changes):
    told = {"account_id": "a", "book": "SCO", "name": "Assets:Bank", "kind": AccountKind.ASSET}
    return Account(**{**told, "currency": "USD", **changes})


@pytest.mark.parametrize(
    ("changes", "right"),
    [
        ({"account_id": ""}, "must not be blank"),
        ({"book": ""}, "must not be blank"),
        ({"name": "Liabilities:Bank"}, "begin with Assets:"),
        ({"name": "Assets"}, "must have parts"),
        ({"name": "Assets:bank"}, "begin with a capital"),
        ({"name": "Assets:Bank:"}, "begin with a capital"),
        ({"name": "Assets:Bank Alfalah"}, "letters, digits and hyphens"),
        ({"currency": "XXX"}, "must be a currency of ISO 4217"),
        ({"kind": AccountKind.INCOME}, "begin with Income:"),
    ],
)
def test_an_account_that_is_none_says_what_would_be_right(changes, right):
    with pytest.raises(ValueError, match=right):
        account(**changes)


def test_an_account_is_made_from_its_name():
    made = account_named("SCO", "Expenses:Leases:2026-PKR", "PKR", limit=AccountLimit.DEBITS)
    assert (made.account_id, made.kind) == ("SCO/Expenses:Leases:2026-PKR", AccountKind.EXPENSE)
    assert made.limit is AccountLimit.DEBITS
    with pytest.raises(ValueError, match="one of Assets, Liabilities"):
        account_named("SCO", "Cash:Bank", "PKR")


def test_a_balance_is_worth_its_debits_less_its_credits():
    held = Balance(debits_posted_minor=5, credits_posted_minor=7, debits_pending_minor=100)
    assert held.net_minor == -2


def test_a_reversal_moves_the_same_back_and_names_what_it_takes_back():
    first = transfer(subject_kind="invoice", subject_id="i1", exchange_rate="0.0036")
    back = reversal(first, transfer_id="t2", booked_on=date(2026, 12, 1))
    assert (back.debit_account_id, back.credit_account_id) == (SALES.account_id, OWED.account_id)
    assert (back.amount, back.corrects, back.kind) == (first.amount, "t1", TransferKind.POSTED)
    assert (back.subject_kind, back.subject_id) == ("invoice", "i1")
    assert (back.memo, back.exchange_rate) == ("takes back t1", "0.0036")
    pending = transfer(kind=TransferKind.PENDING)
    with pytest.raises(ValueError, match="make the pending transfer void"):
        reversal(pending, transfer_id="t2", booked_on=DAY)


@pytest.mark.parametrize("word", ["one", "0", "-1.5", "NaN", "Infinity"])
def test_an_exchange_rate_is_a_positive_number(word):
    with pytest.raises(ValueError, match="must be a number above 0"):
        transfer(exchange_rate=word)
    with pytest.raises(ValueError, match="must not be empty"):
        transfer("")


def test_accounts_are_opened_once_and_never_changed():
    assert opened([BANK, OWED, BANK], [OWED]) == (BANK,)
    other = account_named("SCO", BANK.name, "PKR")
    renamed = account(account_id="new", name=BANK.name)
    with pytest.raises(BatchRefusedError) as refused:
        opened([other, SALES, renamed], [BANK])
    found = [(each.code, each.place.record, each.place.field) for each in refused.value.findings]
    assert found == [
        ("account-id-reused", BANK.account_id, "currency"),
        ("account-name-taken", "new", "account_id"),
    ]
    assert str(refused.value) == "no account was opened: 2 refusals"


def test_a_book_is_closed_forward_only():
    december, january = date(2026, 12, 1), date(2027, 1, 1)
    assert closed_forward("SCO", december, before=None) == december
    assert closed_forward("SCO", january, before=december) == january
    assert closed_forward("SCO", january, before=january) == january
    with pytest.raises(RefusedError, match="closed until 2027-01-01 and is not opened again") as no:
        closed_forward("SCO", december, before=january)
    assert (no.value.code, no.value.where) == ("closed-already", "SCO")


def test_a_refused_batch_survives_the_way_between_processes():
    place = Place(table="transfers", record="t1")
    error = BatchRefusedError("no", (Finding(code="a", place=place, message="m"),))
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.code, again.findings) == ("no", "a", error.findings)
