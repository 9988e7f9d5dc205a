"""What transfers do to balances, and every reason for which one is refused."""

from datetime import date, timedelta

import pytest

from karakoram.core.errors import BatchRefusedError
from karakoram.settlement.ledger.accounts import Balance
from karakoram.settlement.ledger.posting import (
    TOTAL_MINOR_MAX,
    LedgerState,
    named_accounts,
    named_transfers,
    posted,
)
from karakoram.settlement.ledger.transfers import TransferKind, reversal
from tests.support.ledger_records import (
    ACCOUNTS,
    BANK,
    DAY,
    OTHER_SALES,
    OWED,
    PREPAID,
    RUPEES,
    SALES,
    settlement_of,
    transfer,
)

PENDING, POST, VOID = TransferKind.PENDING, TransferKind.POST_PENDING, TransferKind.VOID_PENDING


def state(*stored, closed=None, **balances):
    """A ledger that holds what is stored; balances by the last word of an account's identifier."""
    settled = {each.pending_id: each.transfer_id for each in stored if each.pending_id}
    known = {each.account_id: Balance() for each in ACCOUNTS}
    return LedgerState(
        accounts={each.account_id: each for each in ACCOUNTS},
        balances={**known, **balances},
        transfers={each.transfer_id: each for each in stored},
        settled=settled,
        closed_until=closed or {},
    )


def refusals(*transfers, there=None):
    with pytest.raises(BatchRefusedError) as refused:
        posted(transfers, there or state())
    return [(each.code, each.place.record, each.place.field) for each in refused.value.findings]


def totals(result, account):
    found = result.balances[account.account_id]
    return (
        found.debits_posted_minor,
        found.credits_posted_minor,
        found.debits_pending_minor,
        found.credits_pending_minor,
    )


def test_a_transfer_debits_one_account_and_credits_another():
    result = posted([transfer(), transfer("t2", SALES, OWED, minor=30)], state())
    assert totals(result, OWED) == (100, 30, 0, 0)
    assert totals(result, SALES) == (30, 100, 0, 0)
    assert [each.transfer_id for each in result.transfers] == ["t1", "t2"]
    assert set(result.balances) == {OWED.account_id, SALES.account_id}


def test_what_is_there_is_added_to():
    before = {OWED.account_id: Balance(debits_posted_minor=5, credits_pending_minor=7)}
    assert totals(posted([transfer()], state(**before)), OWED) == (105, 0, 0, 7)


def test_a_pending_transfer_sets_aside_and_its_post_moves():
    pending = transfer(kind=PENDING)
    assert totals(posted([pending], state()), OWED) == (0, 0, 100, 0)
    done = settlement_of(pending, "t2")
    assert totals(posted([pending, done], state()), OWED) == (100, 0, 0, 0)
    assert totals(posted([pending, done], state()), SALES) == (0, 100, 0, 0)


def test_what_is_not_posted_of_a_pending_transfer_is_set_free():
    pending = transfer(kind=PENDING)
    part = settlement_of(pending, "t2", amount=transfer(minor=40).amount)
    assert totals(posted([pending, part], state()), OWED) == (40, 0, 0, 0)
    void = settlement_of(pending, "t2", kind=VOID)
    assert totals(posted([pending, void], state()), SALES) == (0, 0, 0, 0)


def test_what_was_posted_in_an_earlier_batch_is_settled_in_a_later_one():
    pending = transfer(kind=PENDING)
    held = {OWED.account_id: Balance(debits_pending_minor=100)}
    held[SALES.account_id] = Balance(credits_pending_minor=100)
    done = settlement_of(pending, "t2")
    assert totals(posted([done], state(pending, **held)), SALES) == (0, 100, 0, 0)


def test_the_same_transfer_again_does_nothing():
    result = posted([transfer(), transfer(), transfer("t2")], state(transfer("t2")))
    assert [each.transfer_id for each in result.transfers] == ["t1"]
    assert totals(result, OWED) == (100, 0, 0, 0)
    again = posted([transfer(booked_on=date(2020, 1, 1))], state(
        transfer(booked_on=date(2020, 1, 1)), closed={"SCO": DAY}))  # fmt: skip
    assert (again.transfers, again.balances) == ((), {})


def test_a_reversal_leaves_nothing():
    first = transfer()
    result = posted([first, reversal(first, transfer_id="t2", booked_on=DAY)], state())
    assert totals(result, OWED) == (100, 100, 0, 0)


REFUSED = {
    "transfer-id-reused": [transfer("t0", minor=99)],
    "unknown-account": [transfer(debit_account_id="gone")],
    "transfer-not-positive": [transfer(minor=0)],
    "wrong-currency": [transfer(debit=RUPEES)],
    "same-account": [transfer(credit=OWED)],
    "other-book": [transfer(credit=OTHER_SALES)],
    "closed-period": [transfer(booked_on=DAY - timedelta(1))],
    "corrected-not-found": [transfer(corrects="gone")],
    "amount-too-large": [transfer(minor=TOTAL_MINOR_MAX), transfer("t2", minor=1)],
    "pending-unwanted": [transfer(pending_id="p0")],
    "pending-not-found": [transfer(kind=POST, pending_id="gone")],
    "pending-settled": [transfer(kind=POST, pending_id="p1")],
    "pending-other-accounts": [transfer(kind=POST, pending_id="p0", debit=BANK)],
    "settled-before-pending": [transfer(kind=VOID, pending_id="late")],
    "pending-amount": [transfer(kind=POST, pending_id="p0", minor=101)],
    "limit-exceeded": [transfer(debit=OWED, credit=BANK)],
}
THERE = (
    transfer("t0"),
    transfer("p0", kind=PENDING),
    transfer("late", kind=PENDING, booked_on=DAY + timedelta(1)),
    transfer("p1", kind=PENDING),
    transfer("p2", kind=VOID, pending_id="p1"),
)


@pytest.mark.parametrize(("code", "transfers"), REFUSED.items())
def test_each_reason_has_its_code_and_names_the_transfer(code, transfers):
    found = refusals(*transfers, there=state(*THERE, closed={"SCO": DAY}))
    assert found[0][:2] == (code, transfers[-1].transfer_id)
    assert len(found) == 1


def test_a_settlement_names_a_pending_transfer_and_nothing_else():
    assert refusals(transfer(kind=VOID))[0][0] == "pending-not-found"
    assert refusals(transfer(kind=POST, pending_id="t0"), there=state(*THERE))[0][0] == (
        "pending-not-found"
    )
    part = transfer(kind=VOID, pending_id="p0", minor=99)
    assert refusals(part, there=state(*THERE)) == [("pending-amount", "t1", "amount")]


def test_a_pending_transfer_is_settled_once_in_one_batch_too():
    pending = transfer(kind=PENDING)
    twice = [settlement_of(pending, f"t{n}") for n in (2, 3)]
    assert refusals(pending, *twice) == [("pending-settled", "t3", "pending_id")]


def test_both_sides_of_an_unknown_and_of_a_foreign_currency_are_told():
    unknown = transfer(debit_account_id="x", credit_account_id="y")
    assert [each[2] for each in refusals(unknown)] == ["debit_account_id", "credit_account_id"]
    assert len(refusals(transfer(currency="PKR"))) == 2


def test_a_limit_counts_what_is_pending_and_holds_to_the_last_unit():
    fill = transfer("t0", BANK, OWED, minor=100)
    hold = transfer("t1", OWED, BANK, minor=60, kind=PENDING)
    assert totals(posted([fill, hold, transfer("t2", OWED, BANK, minor=40)], state()), BANK) == (
        (100, 40, 0, 60)
    )
    last = transfer("t2", OWED, BANK, minor=41)
    assert refusals(fill, hold, last) == [("limit-exceeded", "t2", "amount")]
    paid = transfer("t3", OWED, PREPAID, minor=10)
    used = transfer("t4", PREPAID, SALES, minor=11)
    with pytest.raises(BatchRefusedError, match=r"USD 0\.11 is asked for and USD 0\.10 is left"):
        posted([paid, used], state())


def test_a_limit_of_debits_is_free_to_be_credited_and_the_other_way_round():
    assert posted([transfer("t1", OWED, PREPAID), transfer("t2", BANK, OWED)], state())


def test_the_first_open_day_is_open():
    assert posted([transfer()], state(closed={"SCO": DAY, "CT": DAY + timedelta(1)})).transfers


def test_every_refusal_is_named_and_what_is_refused_is_not_counted():
    found = refusals(
        transfer("t1", minor=-5, booked_on=date(2020, 1, 1), corrects="gone"),
        transfer("t2", BANK, OWED, minor=0),
        transfer("t3", OWED, BANK, minor=1),
        there=state(closed={"SCO": DAY}),
    )
    assert [each[:2] for each in found] == [
        ("transfer-not-positive", "t1"),
        ("closed-period", "t1"),
        ("corrected-not-found", "t1"),
        ("transfer-not-positive", "t2"),
        ("limit-exceeded", "t3"),
    ]


def test_a_reused_identifier_says_what_is_unlike():
    with pytest.raises(BatchRefusedError, match="with another amount, memo;"):
        posted([transfer("t0", minor=99, memo="x")], state(*THERE))


def test_what_must_be_known_is_named():
    batch = [transfer(pending_id="p0", corrects="t0"), transfer("t2", SALES, BANK)]
    assert named_accounts(batch) == {each.account_id for each in (OWED, SALES, BANK)}
    assert named_transfers(batch) == {"t1", "t2", "p0", "t0"}


def test_an_amount_that_is_none_is_told_in_its_currency_and_major_units():
    with pytest.raises(BatchRefusedError) as told:
        posted([transfer("t1", minor=-500)], state())
    (finding,) = told.value.findings
    assert "must be more than nothing, got USD -5.00; to move" in finding.message
