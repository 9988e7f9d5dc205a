"""Levies and collected taxes are paid once, in full, when they are due, in the owner's book."""

from dataclasses import replace
from datetime import date

import pytest

from karakoram.core.errors import BatchRefusedError, NotFoundError, RefusedError
from karakoram.core.money import Money
from karakoram.sales.parties import Party
from karakoram.settlement.levy_payments import LevyPayment
from karakoram.settlement.rating.periods import period_from_word
from karakoram.usecases.settle.close_book import close_book
from karakoram.usecases.settle.issue_statements import issue_statements
from karakoram.usecases.settle.keep_ledger import LedgerDeed
from karakoram.usecases.settle.ledger_ports import TransferQuestion
from karakoram.usecases.settle.pay_levy import pay_levy
from karakoram.usecases.settle.report_levies import LevyKind, levy_report
from karakoram.usecases.settle.reverse_transfer import reverse_transfer
from karakoram.usecases.settle.settle_statements import agree_statement
from tests.support.settlement import usd
from tests.support.settling import (
    DECEMBER,
    at,
    book_balances,
    december_billed,
    desk,
    settled_wave,
)

FEBRUARY = period_from_word("2027-02")
MARCH = at(2027, 3, 20)


@pytest.fixture
def owing():
    """OP2 owes levies on its share, SCO the tax that it collected of a buyer at home."""
    selling, settling, _ = settled_wave()
    buyer = selling.store.read(lambda tx: tx.find(Party, "CT"))
    selling.store.write(lambda tx: tx.replace(replace(buyer, country="PK")))
    december_billed(settling)
    for each in issue_statements(DECEMBER, deed=desk(), settling=settling):
        agree_statement(each.number, deed=desk(), settling=settling)
    return settling


USF = LevyPayment(
    operator_id="OP2",
    levy_id="USF",
    period=FEBRUARY,
    amount=Money(13_999, "PKR"),
    paid_on=date(2027, 3, 15),
    reference="CPR-1",
)
TAX = replace(USF, operator_id="SCO", levy_id="st-pb", amount=usd(1_950))


def pay(payment, settling, moment=MARCH):
    return pay_levy(payment, deed=desk(moment), settling=settling)


def code_of(payment, settling, **changes):
    with pytest.raises(RefusedError) as no:
        pay(replace(payment, **changes), settling)
    assert no.value.alternatives or no.value.code == "in-the-future"
    return no.value.code


def test_a_levy_is_paid_once_however_often_it_is_told(owing):
    assert pay(USF, owing) == pay(USF, owing) == USF
    balances = book_balances(owing)
    assert balances["OP2/Liabilities:Levies:USF:PKR"] == 0
    assert balances["OP2/Assets:Bank:PKR"] == -13_999
    report = levy_report("OP2", FEBRUARY, settling=owing)
    (line,) = [each for each in report.lines if each.kind is LevyKind.PAID]
    assert (line.amount, line.reference) == (USF.amount, "CPR-1")
    open_by_levy = {each.levy_id: each.open_amount.minor for each in report.standings}
    assert open_by_levy == {"LICENCE-FEE": 4_666, "R-AND-D": 4_666, "USF": 0}


def test_tax_that_was_collected_is_paid_on(owing):
    assert pay(TAX, owing).levy_id == "ST-PB"
    assert book_balances(owing)["SCO/Liabilities:Tax:ST-PB:USD"] == 0


REFUSED = (
    ({"amount": Money(13_998, "PKR")}, "other-amount"),
    ({"amount": Money(-13_999, "PKR")}, "other-amount"),
    ({"amount": usd(13_999)}, "wrong-currency"),
    ({"paid_on": date(2027, 2, 28)}, "before-due"),
    ({"paid_on": date(2027, 3, 21)}, "in-the-future"),
    ({"period": period_from_word("2027-01")}, "nothing-due"),
)


def test_what_is_not_owed_so_is_refused_and_nothing_is_booked(owing):
    before = book_balances(owing)
    told = [code_of(USF, owing, **changes) for changes, _ in REFUSED]
    assert told == [code for _, code in REFUSED]
    assert book_balances(owing) == before


def test_a_levy_is_not_paid_twice(owing):
    pay(USF, owing)
    assert code_of(USF, owing, reference="CPR-2") == "paid-already"
    assert code_of(USF, owing, amount=Money(1, "PKR")) == "external-id-reused"


def test_an_unknown_levy_owner_and_a_closed_book_are_refused(owing):
    with pytest.raises(NotFoundError) as no:
        pay(replace(USF, levy_id="USFF"), owing)
    assert "USF" in no.value.near_misses
    with pytest.raises(NotFoundError):
        pay(replace(USF, operator_id="XYZ"), owing)
    close_book("OP2", date(2027, 3, 16), deed=desk(MARCH), settling=owing)
    with pytest.raises(BatchRefusedError) as closed:
        pay(USF, owing)
    assert closed.value.code == "closed-period"


def test_a_payment_that_the_bank_sent_back_is_corrected_by_an_entry_and_paid_again(owing):
    pay(USF, owing)
    (booked,) = owing.store.read(lambda tx: tx.transfers_of(TransferQuestion(subject_kind="levy")))
    by = LedgerDeed(deed=desk(MARCH), store=owing.store, ids=owing.ids)
    reverse_transfer(booked.transfer_id, booked_on=date(2027, 3, 18), by=by)
    again = replace(USF, reference="CPR-2", paid_on=date(2027, 3, 20))
    assert pay(again, owing) == again
    assert book_balances(owing)["OP2/Liabilities:Levies:USF:PKR"] == 0
    assert code_of(USF, owing, reference="CPR-3") == "paid-already"
