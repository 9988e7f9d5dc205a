"""What is done to a ledger is done once, and the log tells who did it."""

from datetime import date

import pytest

from karakoram.core.errors import BatchRefusedError
from karakoram.sales.change_log import Deed
from karakoram.usecases.settle.keep_ledger import (
    BookTarget,
    LedgerDeed,
    account_balances,
    book_content,
    open_accounts,
    post_transfers,
)
from tests.support.ledger_records import ACCOUNTS, OWED, SALES, transfer
from tests.support.memory_store import CountingIds, MemoryStore
from tests.support.sales_records import NOON


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def by(store):
    return LedgerDeed(
        deed=Deed(who="clerk", why="month end", at=NOON), store=store, ids=CountingIds()
    )


def log(store, subject_id):
    entries = store.read(lambda tx: tx.log_of(subject_id))
    assert {each.deed.who for each in entries} <= {"clerk"}
    return [(each.action, each.detail) for each in entries]


def test_opening_is_told_once_for_each_account(store, by):
    for _ in range(2):
        open_accounts([OWED, SALES, OWED], by=by)
    assert log(store, OWED.account_id) == [("ledger.open", "")]
    assert store.read(lambda tx: tx.accounts()) == (OWED, SALES)


def test_posting_counts_what_is_new_and_tells_each_book(store, by):
    open_accounts(ACCOUNTS, by=by)
    assert post_transfers([transfer(), transfer("t2")], by=by) == 2
    assert post_transfers([transfer(), transfer("t3")], by=by) == 1
    assert post_transfers([transfer()], by=by) == 0
    assert log(store, "SCO") == [("ledger.post", "2 transfers"), ("ledger.post", "1 transfers")]
    with pytest.raises(BatchRefusedError):
        post_transfers([transfer("t4", minor=0)], by=by)
    assert len(log(store, "SCO")) == 2


def test_a_book_is_told_whole_or_before_a_day(store, by):
    open_accounts(ACCOUNTS, by=by)
    later = transfer("t2", booked_on=date(2026, 12, 1), minor=7)
    post_transfers([transfer(), later], by=by)
    whole = store.read(lambda tx: book_content(tx, "SCO"))
    assert [each.transfer_id for each in whole.transfers] == ["t1", "t2"]
    nets = {each.account.account_id: each.balance.net_minor for each in whole.balances}
    assert (nets[OWED.account_id], sum(nets.values()), len(nets)) == (107, 0, 6)
    before = store.read(lambda tx: book_content(tx, "SCO", until=date(2026, 12, 1)))
    assert before.transfers == (transfer(),)
    assert sum(each.balance.debits_posted_minor for each in before.balances) == 100
    assert len(store.read(account_balances)) == len(ACCOUNTS)


def test_a_target_writes_books():
    class Target:
        def write_book(self, content):
            return None

    assert isinstance(Target(), BookTarget)
