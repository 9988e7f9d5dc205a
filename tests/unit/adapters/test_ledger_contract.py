"""What the ledger of every store does, of the plain one in memory too."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from karakoram.adapters.identifiers import TimeOrderedIds
from karakoram.core.errors import BatchRefusedError, NotFoundError, RefusedError
from karakoram.sales.change_log import Deed
from karakoram.sales.parties import Party
from karakoram.settlement.ledger.accounts import Balance, account_named
from karakoram.settlement.ledger.transfers import TransferKind
from karakoram.usecases.settle.keep_ledger import LedgerDeed
from karakoram.usecases.settle.ledger_ports import (
    LedgerReader,
    LedgerWriter,
    SettlementStore,
    TransferQuestion,
)
from karakoram.usecases.settle.reverse_transfer import reverse_transfer
from tests.support.ledger_records import (
    ACCOUNTS,
    BANK,
    DAY,
    OTHER_OWED,
    OTHER_SALES,
    OWED,
    PREPAID,
    RUPEE_SALES,
    RUPEES,
    SALES,
    settlement_of,
    transfer,
)
from tests.support.sales_records import NOON, buyer

NEXT = DAY + timedelta(1)


@pytest.fixture
def ledger(store):
    store.write(lambda tx: tx.open_accounts(ACCOUNTS))
    return store


def post(store, *transfers):
    store.write(lambda tx: tx.post(transfers))


def found(store, **question):
    asked = TransferQuestion(**question)
    return [each.transfer_id for each in store.read(lambda tx: tx.transfers_of(asked))]


def test_it_plays_its_part(store):
    assert isinstance(store, SettlementStore)
    assert store.read(lambda tx: isinstance(tx, LedgerReader))
    assert store.write(lambda tx: isinstance(tx, LedgerWriter))


def test_accounts_are_found_by_identifier_and_book(ledger):
    assert ledger.read(lambda tx: tx.account(BANK.account_id)) == BANK
    assert ledger.read(lambda tx: tx.account("gone")) is None
    ours = ledger.read(lambda tx: tx.accounts("SCO"))
    assert ours == (RUPEES, BANK, OWED, RUPEE_SALES, SALES, PREPAID)
    assert ledger.read(lambda tx: tx.accounts()) == (OTHER_OWED, OTHER_SALES, *ours)
    assert ledger.read(lambda tx: tx.accounts("gone")) == ()


def test_an_account_is_opened_once_and_not_as_another(ledger):
    ledger.write(lambda tx: tx.open_accounts([BANK, BANK]))
    other = account_named("SCO", BANK.name, "PKR")
    new = account_named("SCO", "Equity:Opening:USD", "USD")
    for wrong in (other, replace(BANK, account_id="new")):
        with pytest.raises(BatchRefusedError):
            ledger.write(lambda tx, wrong=wrong: tx.open_accounts([new, wrong]))
    assert ledger.read(lambda tx: tx.accounts("SCO")) == (
        RUPEES,
        BANK,
        OWED,
        RUPEE_SALES,
        SALES,
        PREPAID,
    )


def test_what_is_posted_is_found_as_it_was_and_moves_balances(ledger):
    full = transfer(
        "t1",
        corrects="t0",
        subject_kind="invoice",
        subject_id="i1",
        memo="ماہانہ",
        exchange_rate="0.0036",
    )
    post(ledger, transfer("t0", BANK, OWED, minor=7), full)
    assert ledger.read(lambda tx: tx.transfer("t1")) == full
    assert ledger.read(lambda tx: tx.transfer("gone")) is None
    held = ledger.read(lambda tx: tx.balances([OWED.account_id, "gone", SALES.account_id]))
    assert held == {
        OWED.account_id: Balance(debits_posted_minor=100, credits_posted_minor=7),
        SALES.account_id: Balance(credits_posted_minor=100),
    }
    assert list(held) == [OWED.account_id, SALES.account_id]
    assert ledger.read(lambda tx: tx.balances(book="CT")) == {
        OTHER_OWED.account_id: Balance(),
        OTHER_SALES.account_id: Balance(),
    }
    assert len(ledger.read(lambda tx: tx.balances())) == len(ACCOUNTS)


def test_a_transfer_that_is_asked_for_again_moves_nothing(ledger):
    for _ in range(2):
        post(ledger, transfer(), transfer("t2", minor=1))
    held = ledger.read(lambda tx: tx.balances([OWED.account_id]))
    assert held[OWED.account_id].debits_posted_minor == 101
    with pytest.raises(BatchRefusedError) as refused:
        post(ledger, transfer(minor=3))
    assert refused.value.code == "transfer-id-reused"


def test_the_answer_is_what_was_not_there_before(ledger):
    first, second = transfer(), transfer("t2")
    assert ledger.write(lambda tx: tx.post([first])) == (first,)
    assert ledger.write(lambda tx: tx.post([first, second, second])) == (second,)
    assert ledger.write(lambda tx: tx.post([first, second])) == ()


def test_a_batch_is_posted_whole_or_not_at_all(ledger):
    with pytest.raises(BatchRefusedError) as refused:
        post(ledger, transfer(), transfer("t2", minor=0), transfer("t3", RUPEES, OWED))
    codes = [each.code for each in refused.value.findings]
    assert codes == ["transfer-not-positive", "wrong-currency"]
    assert ledger.read(lambda tx: tx.transfers_of(TransferQuestion())) == ()
    assert set(ledger.read(lambda tx: tx.balances()).values()) == {Balance()}


def test_what_another_account_holds_is_judged_by_what_is_stored(ledger):
    post(ledger, transfer("t1", BANK, OWED, minor=10))
    post(ledger, transfer("t2", OWED, BANK, minor=10))
    with pytest.raises(BatchRefusedError, match=r"USD 0\.00 is left"):
        post(ledger, transfer("t3", OWED, BANK, minor=1))


def test_two_phases_in_batches_of_their_own(ledger):
    pending = transfer(kind=TransferKind.PENDING)
    post(ledger, pending)
    held = ledger.read(lambda tx: tx.balances([OWED.account_id]))
    assert held[OWED.account_id] == Balance(debits_pending_minor=100)
    part = settlement_of(pending, "t2", on=NEXT, amount=transfer(minor=40).amount)
    post(ledger, part)
    post(ledger, part)
    for until, right in (
        (None, Balance(debits_posted_minor=40)),
        (NEXT, Balance(debits_pending_minor=100)),
        (DAY, Balance()),
    ):
        held = ledger.read(lambda tx, u=until: tx.balances([OWED.account_id], until=u))
        assert held == {OWED.account_id: right}
    void = settlement_of(pending, "t3", on=NEXT, kind=TransferKind.VOID_PENDING)
    with pytest.raises(BatchRefusedError, match="was settled by t2"):
        post(ledger, void)


def test_what_is_void_leaves_nothing_behind(ledger):
    pending = transfer(kind=TransferKind.PENDING)
    void = settlement_of(pending, "t2", kind=TransferKind.VOID_PENDING)
    post(ledger, pending, void)
    for until in (None, NEXT):
        held = ledger.read(lambda tx, u=until: tx.balances(book="SCO", until=u))
        assert set(held.values()) == {Balance()}


def test_balances_on_a_day_are_of_what_is_booked_before_it(ledger):
    post(
        ledger, transfer("t1", booked_on=NEXT), transfer("t2", minor=3), transfer("t3", BANK, OWED)
    )
    before = ledger.read(lambda tx: tx.balances(book="SCO", until=NEXT))
    assert before[OWED.account_id] == Balance(debits_posted_minor=3, credits_posted_minor=100)
    assert sum(each.net_minor for each in before.values()) == 0
    later = ledger.read(lambda tx: tx.balances(until=NEXT + timedelta(1)))
    assert later == ledger.read(lambda tx: tx.balances())


def test_transfers_are_found_by_whatever_is_known_in_the_order_of_posting(ledger):
    post(
        ledger,
        transfer("t9", subject_kind="invoice", subject_id="i1"),
        transfer("t2", booked_on=NEXT, subject_kind="statement", subject_id="i1"),
        transfer("t5", BANK, OWED),
        transfer("t1", RUPEES, RUPEE_SALES, currency="PKR"),
        transfer("t0", OTHER_OWED, OTHER_SALES),
    )
    assert found(ledger) == ["t9", "t2", "t5", "t1", "t0"]
    assert found(ledger, account_id=OWED.account_id) == ["t9", "t2", "t5"]
    assert found(ledger, account_id=OWED.account_id, limit=2) == ["t9", "t2"]
    assert found(ledger, account_id=OWED.account_id, after="t9", limit=1) == ["t2"]
    assert found(ledger, account_id=OWED.account_id, booked_from=NEXT) == ["t2"]
    assert found(ledger, book="CT") == ["t0"]
    assert found(ledger, book="SCO", after="t5") == ["t1"]
    assert found(ledger, subject_id="i1") == ["t9", "t2"]
    assert found(ledger, subject_kind="statement", subject_id="i1") == ["t2"]
    assert found(ledger, booked_until=NEXT, limit=1) == ["t9"]
    post(ledger, transfer("t7", BANK, OWED, corrects="t5"), transfer("t6", corrects="t9"))
    assert found(ledger, corrects="t5") == found(ledger, corrects="t5", after="t5") == ["t7"]
    assert found(ledger, corrects="t2") == []
    assert found(ledger, after="gone", limit=1) == ["t9"]


def test_what_is_taken_back_is_taken_back_once_though_it_is_said_again(ledger):
    post(ledger, transfer())
    by = LedgerDeed(
        deed=Deed(who="clerk", why="twice", at=NOON), store=ledger, ids=TimeOrderedIds()
    )
    back = reverse_transfer("t1", booked_on=None, by=by)
    assert reverse_transfer("t1", booked_on=None, by=by) == back
    assert found(ledger) == ["t1", back.transfer_id]
    held = ledger.read(lambda tx: tx.balances([OWED.account_id]))
    assert held[OWED.account_id].net_minor == 0
    assert [each.action for each in ledger.read(lambda tx: tx.log_of("SCO"))] == ["ledger.reverse"]
    other = replace(by, deed=replace(by.deed, why="other"))
    with pytest.raises(RefusedError) as no:
        reverse_transfer("t1", booked_on=None, by=other)
    assert no.value.code == "reversed-already"


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_an_entry_is_taken_back_once_though_many_try(request, name):
    store = request.getfixturevalue(f"{name}_store")
    store.write(lambda tx: tx.open_accounts(ACCOUNTS))
    post(store, transfer())
    by = LedgerDeed(deed=Deed(who="clerk", why="twice", at=NOON), store=store, ids=TimeOrderedIds())
    with ThreadPoolExecutor(8) as threads:
        told = set(threads.map(lambda _: reverse_transfer("t1", booked_on=None, by=by), range(8)))
    assert len(told) == 1
    assert len(found(store)) == 2


def test_a_book_is_closed_forward_and_stays_closed(ledger):
    assert ledger.read(lambda tx: tx.closed_until("SCO")) is None
    ledger.write(lambda tx: tx.close_period("SCO", NEXT))
    assert ledger.read(lambda tx: tx.closed_until("SCO")) == NEXT
    assert ledger.read(lambda tx: tx.closed_until("CT")) is None
    with pytest.raises(BatchRefusedError, match="closed period of SCO; book it on 2026-11-03"):
        post(ledger, transfer())
    post(ledger, transfer(booked_on=NEXT), transfer("t2", OTHER_OWED, OTHER_SALES))
    with pytest.raises(RefusedError, match="not opened again"):
        ledger.write(lambda tx: tx.close_period("SCO", DAY))
    ledger.write(lambda tx: tx.close_period("SCO", NEXT))
    new = account_named("SCO", "Equity:Opening:USD", "USD")
    ledger.write(lambda tx: tx.open_accounts([new]))
    assert ledger.read(lambda tx: tx.closed_until("SCO")) == NEXT
    with pytest.raises(NotFoundError, match="no book gone"):
        ledger.write(lambda tx: tx.close_period("gone", date(2027, 1, 1)))


def test_what_is_sold_and_what_is_owed_are_written_together_or_not_at_all(ledger):
    def both(tx, minor):
        tx.add(buyer())
        tx.post([transfer(minor=minor)])

    with pytest.raises(BatchRefusedError):
        ledger.write(lambda tx: both(tx, 0))
    assert ledger.read(lambda tx: tx.find(Party, "CT")) is None
    ledger.write(lambda tx: both(tx, 5))
    assert ledger.read(lambda tx: tx.find(Party, "CT")) == buyer()
    assert ledger.read(lambda tx: tx.transfer("t1")) == transfer(minor=5)


def test_a_transaction_sees_what_it_posted_itself(ledger):
    def twice(tx):
        tx.post([transfer("t1", BANK, OWED, minor=10)])
        tx.post([transfer("t2", OWED, BANK, minor=10)])
        return tx.balances([BANK.account_id])[BANK.account_id].net_minor

    assert ledger.write(twice) == 0


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_what_is_there_once_is_spent_once_though_many_try(request, name):
    store = request.getfixturevalue(f"{name}_store")
    store.write(lambda tx: tx.open_accounts(ACCOUNTS))
    post(store, transfer("in", BANK, OWED, minor=10))

    def spend(number):
        try:
            post(store, transfer(f"out{number}", OWED, BANK, minor=10))
        except BatchRefusedError as error:
            return error.code
        return "spent"

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(spend, range(16)))
    assert sorted(told) == ["limit-exceeded"] * 15 + ["spent"]
    assert store.read(lambda tx: tx.balances([BANK.account_id]))[BANK.account_id].net_minor == 0


def test_nothing_is_posted_by_an_empty_batch(ledger):
    post(ledger)
    ledger.write(lambda tx: tx.open_accounts([]))
    assert found(ledger) == []
