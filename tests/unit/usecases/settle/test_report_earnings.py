"""Earnings from abroad, by owner: everything that was billed, credited and collected, once."""

from dataclasses import replace
from datetime import date

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.core.money import Money
from karakoram.sales.parties import Party
from karakoram.settlement.foreign_earnings import EarningKind
from karakoram.settlement.rating.periods import period_from_word
from karakoram.usecases.operate.record_outage import record_outage
from karakoram.usecases.settle.credit_outages import credit_outages
from karakoram.usecases.settle.receive_payment import BuyerPayment, receive_payment
from karakoram.usecases.settle.report_earnings import (
    EarningsQuestion,
    earnings_abroad,
    earnings_totals,
    gain_of,
)
from tests.support.settlement import usd
from tests.support.settling import DECEMBER, at, december_billed, desk, outage, settled_wave

FEBRUARY = period_from_word("2027-02")


@pytest.fixture
def paid():
    """December billed, 12 hours of outage credited, half of the rest paid."""
    selling, settling, product = settled_wave()
    (invoice,) = december_billed(settling)
    one = outage(product, "T1", at(2026, 12, 10, 0), at(2026, 12, 10, 12), "OP1")
    record_outage(one, deed=desk(), settling=settling)
    (note,) = credit_outages(DECEMBER, deed=desk(), settling=settling)
    payment = BuyerPayment(
        invoice=invoice.number,
        amount=Money((10_000 - note.net.minor) // 2, "USD"),
        paid_on=date(2027, 2, 20),
        external_id="B1",
    )
    receive_payment(payment, deed=desk(at(2027, 2, 20)), settling=settling)
    return selling, settling, note


def asked(settling, **more):
    return earnings_abroad(EarningsQuestion(period=FEBRUARY, **more), settling=settling)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"operator_id": "OP22"}, "no book of OP22"),
        ({"country": "XX"}, "no country 'XX'"),
        ({"country": "PAK"}, "no country 'PAK'"),
    ],
)
def test_an_owner_or_country_that_there_is_not_is_no_owner_that_earned_nothing(paid, more, message):
    with pytest.raises(NotFoundError, match=message):
        asked(paid[1], **more)


def test_the_parts_of_all_owners_sum_to_what_was_billed_credited_and_collected(paid):
    _, settling, note = paid
    every = asked(settling)
    sums = {kind: sum(one.by_kind[kind].original.minor for one in every) for kind in EarningKind}
    half = (10_000 - note.net.minor) // 2
    assert sums == {
        EarningKind.BILLED: 10_000,
        EarningKind.CREDITED: note.net.minor,
        EarningKind.COLLECTED: half,
        EarningKind.WITHHELD: 0,
    }
    assert sum(one.closing.original.minor for one in every) == 10_000 - note.net.minor - half
    assert {one.part.country for one in every} == {"CN"}


def test_an_owner_is_told_in_its_own_currency_and_gains_say_where_they_come_from(paid):
    # OP2 earns 2 of 6 parts of 100.00: 33.33, at 280 on 1 February 9,332.40 rupees; half of it
    # comes in at 290, half is open at 290: 10 rupees more on each of 33.33 dollars, 333.30.
    _, settling, _ = paid
    (one,) = asked(settling, operator_id="OP2")
    (total,) = earnings_totals([one])
    assert (total.billed.original, total.billed.in_book) == (usd(3_333), Money(933_240, "PKR"))
    assert total.gain.minor == pytest.approx(33_330, abs=1)
    assert gain_of(one) == total.gain
    assert [line.what for line in one.exchange.lines if line.gain] == ["billed SCO-2027-0001"]


def test_only_who_is_meant_is_told_and_buyers_at_home_are_not_abroad(paid):
    selling, settling, _ = paid
    assert asked(settling, country="SG") == ()
    assert {one.part.operator_id for one in asked(settling, country="CN")} >= {"OP1", "OP2", "OP3"}
    buyer = selling.store.read(lambda tx: tx.find(Party, "CT"))
    selling.store.write(lambda tx: tx.replace(replace(buyer, country="PK")))
    assert asked(settling) == ()
