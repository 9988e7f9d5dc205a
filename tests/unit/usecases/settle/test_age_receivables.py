"""Who owes what since when, as it stood on any day."""

from datetime import date

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.usecases.settle.age_receivables import AgeQuestion, aged_receivables
from karakoram.usecases.settle.receive_payment import BuyerPayment, receive_payment
from tests.support.settlement import usd
from tests.support.settling import december_billed, desk, settled_wave


def test_what_was_paid_later_was_open_on_the_day():
    _, settling, _ = settled_wave()
    (invoice,) = december_billed(settling)
    payment = BuyerPayment(
        invoice=invoice.number, amount=usd(4_000), paid_on=date(2027, 2, 1), external_id="B1"
    )

    def told(day, **whose):
        found = aged_receivables(AgeQuestion(on_day=day, **whose), store=settling.store)
        return [(each.open_amount, each.overdue_days) for each in found]

    assert told(date(2027, 1, 31)) == []
    assert told(date(2027, 2, 1)) == [(usd(10_000), -30)]
    receive_payment(payment, deed=desk(), settling=settling)
    assert told(date(2027, 3, 5), seller="SCO", payer="CT") == [(usd(6_000), 2)]
    with pytest.raises(InvalidDataError):
        told(date(2027, 3, 5), payer="NOBODY")
    with pytest.raises(InvalidDataError):
        told(date(2027, 3, 5), seller="NOBODY")
