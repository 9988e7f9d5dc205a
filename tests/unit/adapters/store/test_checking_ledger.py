"""Ledgers that somebody has laid hands on, around the program."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import open_store
from karakoram.settlement.ledger.transfers import TransferKind
from tests.support.ledger_records import ACCOUNTS, BANK, DAY, OWED, SALES, settlement_of, transfer

UNLIKE, ZERO, UNSOUND = "balance-unlike-transfers", "currency-not-zero", "transfer-unsound"
UNREAD, MISSING = "row-unreadable", "book-missing"


@pytest.fixture
def path(tmp_path, empty_file):
    place = shutil.copy(empty_file, tmp_path / "store.db")
    pending = transfer("p", kind=TransferKind.PENDING)
    with closing(open_store(str(place))) as store:
        store.write(lambda tx: tx.open_accounts(ACCOUNTS))
        store.write(lambda tx: tx.post([pending, transfer("t1"), transfer("t2", BANK, OWED)]))
        settled = settlement_of(pending, "s")
        store.write(lambda tx: tx.post([settled, transfer("c", SALES, OWED, corrects="t1")]))
        store.write(lambda tx: tx.close_period("SCO", DAY))
    return place


def damaged(path, *statements):
    with closing(sqlite3.connect(path)) as connection, connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    return [(each.code, each.place.record) for each in Keeper(str(path)).check().findings]


def test_a_sound_ledger_has_no_findings(path):
    found = Keeper(str(path)).check()
    assert found.findings == ()
    assert (found.counts["ledger_transfer"], found.counts["account"]) == (5, len(ACCOUNTS))


OWED_ID, SALES_ID, BANK_ID = OWED.account_id, SALES.account_id, BANK.account_id
BREAKS = {
    f"UPDATE balance SET debits_posted_minor = 1 WHERE account_id = '{OWED_ID}'": [
        (UNLIKE, OWED_ID),
        (ZERO, "USD"),
    ],
    f"UPDATE balance SET credits_pending_minor = 1 WHERE account_id = '{OWED_ID}'": [
        (UNLIKE, OWED_ID),
        (ZERO, "USD"),
    ],
    f"DELETE FROM balance WHERE account_id = '{BANK_ID}'": [(UNLIKE, BANK_ID), (ZERO, "USD")],
    "DELETE FROM ledger_transfer WHERE transfer_id = 't2'": [
        (UNLIKE, BANK_ID),
        (UNLIKE, OWED_ID),
    ],
    "UPDATE ledger_transfer SET amount_minor = 7 WHERE transfer_id = 't2'": [
        (UNLIKE, BANK_ID),
        (UNLIKE, OWED_ID),
    ],
    "UPDATE ledger_transfer SET currency = 'PKR' WHERE transfer_id = 't2'": [
        (UNSOUND, "t2"),
        (UNSOUND, "t2"),
        (UNLIKE, BANK_ID),
        (UNLIKE, OWED_ID),
    ],
    "UPDATE ledger_transfer SET amount_minor = 101 WHERE transfer_id = 's'": [
        (UNSOUND, "s"),
        (UNLIKE, OWED_ID),
        (UNLIKE, SALES_ID),
    ],
    "UPDATE ledger_transfer SET corrects = 'gone' WHERE transfer_id = 'c'": [
        (UNSOUND, "c"),
        (UNLIKE, OWED_ID),
        (UNLIKE, SALES_ID),
    ],
    f"UPDATE ledger_transfer SET credit_account_id = '{BANK_ID}' WHERE transfer_id = 't1'": [
        (UNSOUND, "t1"),
        (UNSOUND, "c"),
        (UNLIKE, OWED_ID),
        (UNLIKE, SALES_ID),
    ],
    "UPDATE ledger_transfer SET booked_on = 'today' WHERE transfer_id = 't2'": [
        (UNREAD, "t2"),
        (UNLIKE, BANK_ID),
        (UNLIKE, OWED_ID),
    ],
    "UPDATE account SET account_limit = 'some' WHERE account_id = 'CT/Income:Capacity:USD'": [
        (UNREAD, "CT/Income:Capacity:USD")
    ],
    "UPDATE book_close SET closed_until = 'today' WHERE book = 'CT'": [(UNREAD, "CT")],
    "DELETE FROM book_close WHERE book = 'SCO'": [(MISSING, "SCO")],
}


@pytest.mark.parametrize(("statement", "expected"), BREAKS.items())
def test_whatever_is_broken_in_the_ledger_is_found(path, statement, expected):
    assert damaged(path, statement) == expected
