"""What is written over sales and the ledger counts together."""

import pytest

from karakoram.core.errors import BatchRefusedError
from karakoram.sales.parties import Party
from karakoram.usecases.settle.ledger_ports import (
    SettlementStore,
    SettlementWriter,
    TransferQuestion,
)
from tests.support.ledger_records import ACCOUNTS, OWED, transfer
from tests.support.memory_store import MemoryStore
from tests.support.sales_records import buyer


def test_a_record_and_its_transfers_count_together_or_not_at_all():
    store = MemoryStore()
    assert isinstance(store, SettlementStore)
    store.write(lambda tx: tx.open_accounts(ACCOUNTS))

    def book(tx, minor):
        assert isinstance(tx, SettlementWriter)
        tx.add(buyer())
        tx.post([transfer(minor=minor)])

    with pytest.raises(BatchRefusedError):
        store.write(lambda tx: book(tx, -1))
    assert store.read(lambda tx: tx.find(Party, "CT")) is None
    store.write(lambda tx: book(tx, 1))
    assert store.read(lambda tx: tx.find(Party, "CT")) == buyer()


def test_a_question_that_asks_for_nothing_asks_for_all():
    store = MemoryStore()
    store.write(lambda tx: tx.open_accounts(ACCOUNTS))
    store.write(lambda tx: tx.post([transfer(), transfer("t2", minor=2)]))
    found = store.read(lambda tx: tx.transfers_of(TransferQuestion()))
    assert [each.transfer_id for each in found] == ["t1", "t2"]
    limited = TransferQuestion(account_id=OWED.account_id, after="t1", limit=5)
    assert store.read(lambda tx: tx.transfers_of(limited)) == found[1:]
