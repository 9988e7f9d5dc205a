"""An entry is taken back once, for a reason, and never where a document would go on to tell it."""

from dataclasses import replace
from datetime import date

import pytest

from karakoram.core.errors import BatchRefusedError, NotFoundError, RefusedError
from karakoram.core.identifiers import ExternalId
from karakoram.core.money import Money
from karakoram.sales.change_log import Deed
from karakoram.settlement.ledger.transfers import TransferKind
from karakoram.usecases.operate.record_outage import record_outage
from karakoram.usecases.settle.close_book import close_book
from karakoram.usecases.settle.credit_outages import credit_outages
from karakoram.usecases.settle.issue_statements import issue_statements
from karakoram.usecases.settle.keep_ledger import LedgerDeed, open_accounts, post_transfers
from karakoram.usecases.settle.ledger_ports import TransferQuestion
from karakoram.usecases.settle.receive_payment import BuyerPayment, receive_payment
from karakoram.usecases.settle.reverse_transfer import reverse_transfer
from karakoram.usecases.settle.settle_statements import (
    NetPaid,
    agree_statement,
    settle_statements,
)
from tests.support.ledger_records import ACCOUNTS, DAY, OWED, SALES, transfer
from tests.support.memory_store import CountingIds, MemoryStore
from tests.support.sales_records import NOON
from tests.support.settlement import usd
from tests.support.settling import DECEMBER, at, december_billed, desk, outage, settled_wave

TODAY = NOON.date()


@pytest.fixture
def by():
    """A clerk at a store in which a transfer was posted by hand."""
    made = LedgerDeed(
        deed=Deed(who="clerk", why="booked twice", at=NOON), store=MemoryStore(), ids=CountingIds()
    )
    open_accounts(ACCOUNTS, by=made)
    post_transfers([transfer(subject_kind="lease", subject_id="L1")], by=made)
    return made


def reverse(by, word="t1", *, on=None, why=None):
    given = by if why is None else replace(by, deed=replace(by.deed, why=why))
    return reverse_transfer(word, booked_on=on, by=given)


def refused(by, word="t1", **words):
    before = posted(by)
    with pytest.raises(RefusedError) as no:
        reverse(by, word, **words)
    assert no.value.alternatives
    assert posted(by) == before
    return no.value.code


def posted(by):
    return by.store.read(lambda tx: tx.transfers_of(TransferQuestion()))


def test_it_moves_the_same_back_today_and_tells_why(by):
    back = reverse(by)
    assert (back.debit_account_id, back.credit_account_id) == (SALES.account_id, OWED.account_id)
    assert (back.amount, back.corrects, back.booked_on) == (usd(100), "t1", TODAY)
    assert (back.memo, back.subject_id) == ("takes back t1: booked twice", "L1")
    held = by.store.read(lambda tx: tx.balances([OWED.account_id, SALES.account_id]))
    assert [each.net_minor for each in held.values()] == [0, 0]
    last = by.store.read(lambda tx: tx.log_of("SCO"))[-1]
    assert (last.action, last.deed.who, last.deed.why) == (
        "ledger.reverse",
        "clerk",
        "booked twice",
    )
    assert last.detail == f"t1, USD 1.00 of {DAY}, by {back.transfer_id} on {TODAY}"


def test_said_twice_it_counts_once_and_is_answered_the_same(by):
    back = reverse(by)
    later = replace(by, deed=replace(by.deed, at=at(2027, 4, 1), why=" booked twice "))
    assert reverse(later) == reverse(later, on=TODAY) == back
    assert len(posted(by)) == 2
    assert len(by.store.read(lambda tx: tx.log_of("SCO"))) == 2


def test_what_is_taken_back_already_is_refused_for_another_reason_or_day(by):
    back = reverse(by)
    assert refused(by, why="never mind") == "reversed-already"
    assert refused(by, on=DAY) == "reversed-already"
    with pytest.raises(RefusedError, match=f"by {back.transfer_id} .takes back t1: booked twice"):
        reverse(by, why="never mind")


def test_a_reversal_is_taken_back_by_nothing(by):
    assert refused(by, reverse(by).transfer_id) == "is-reversal"


def test_what_is_corrected_in_part_is_not_taken_back_whole(by):
    post_transfers([transfer("t2", SALES, OWED, minor=30, corrects="t1")], by=by)
    assert refused(by) == "corrected-already"
    assert reverse(by, "t2").corrects == "t2"


def test_an_unknown_entry_and_no_reason_are_refused(by):
    with pytest.raises(NotFoundError, match="no transfer 'gone'"):
        reverse(by, "gone")
    assert refused(by, why=" ") == "no-reason"


def test_what_moved_nothing_is_refused_and_what_posted_it_is_taken_back(by):
    held = transfer("held", kind=TransferKind.PENDING)
    void = replace(held, transfer_id="void", kind=TransferKind.VOID_PENDING, pending_id="held")
    kept = replace(held, transfer_id="kept")
    done = replace(kept, transfer_id="done", kind=TransferKind.POST_PENDING, pending_id="kept")
    post_transfers([held, void, kept, done], by=by)
    assert [refused(by, word) for word in ("held", "void", "kept")] == ["is-pending"] * 3
    back = reverse(by, "done")
    assert (back.kind, back.pending_id, back.corrects) == (TransferKind.POSTED, None, "done")


def test_the_day_is_open_not_before_the_entry_and_not_to_come(by):
    assert refused(by, on=date(2026, 11, 1)) == "before-entry"
    assert refused(by, on=date(2099, 1, 1)) == "in-the-future"
    by.store.write(lambda tx: tx.close_period("SCO", date(2026, 11, 3)))
    with pytest.raises(BatchRefusedError) as closed:
        reverse(by, on=DAY)
    assert closed.value.code == "closed-period"
    assert reverse(by, on=date(2026, 11, 3)).booked_on == date(2026, 11, 3)
    post_transfers([transfer("late", booked_on=date(2099, 1, 1))], by=by)
    assert reverse(by, "late").booked_on == date(2099, 1, 1)


MARCH = at(2027, 3, 10)


@pytest.fixture(scope="module")
def settled():
    """The entries of an invoice, its payment, its credit note, statements, netting, a closing."""
    _, settling, product = settled_wave()
    (invoice,) = december_billed(settling)
    payment = BuyerPayment(
        invoice=invoice.number,
        amount=usd(1_000),
        paid_on=date(2027, 2, 1),
        external_id=ExternalId("B1"),
    )
    receive_payment(payment, deed=desk(), settling=settling)
    failed = outage(product, "TT-1", at(2026, 12, 10), at(2026, 12, 20))
    record_outage(failed, deed=desk(), settling=settling)
    assert credit_outages(DECEMBER, deed=desk(), settling=settling)
    for each in issue_statements(DECEMBER, deed=desk(), settling=settling):
        agree_statement(each.number, deed=desk(), settling=settling)
    paid = NetPaid(on_day=date(2027, 2, 1), reference="RTGS-1")
    settle_statements(DECEMBER, "USD", paid=paid, deed=desk(), settling=settling)
    close_book("OP2", date(2027, 3, 1), deed=desk(MARCH), settling=settling)
    return LedgerDeed(deed=desk(MARCH), store=settling.store, ids=settling.ids)


def test_what_a_document_made_is_refused_and_the_command_that_does_it_right_is_named(settled):
    kinds = {each.subject_kind for each in posted(settled)}
    assert kinds == {"invoice", "credit_note", "statement", "netting", "revaluation"}
    for each in posted(settled):
        assert refused(settled, each.transfer_id) == "by-document"
    billed = next(each for each in posted(settled) if each.subject_kind == "invoice")
    with pytest.raises(RefusedError, match=r"is part of invoice SCO-2027-0001") as no:
        reverse(settled, billed.transfer_id)
    assert "karakoram invoice make" in no.value.alternatives[0]
    assert "karakoram invoice credit" in no.value.alternatives[2]


def test_what_was_posted_by_hand_about_a_bill_of_another_is_taken_back(by):
    theirs = transfer("t3", subject_kind="invoice", subject_id="CT-77", minor=5)
    post_transfers([theirs], by=by)
    assert reverse(by, "t3").amount == Money(5, "USD")
