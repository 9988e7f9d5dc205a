"""Whoever bills one month is told of the months before it that nobody has billed."""

from datetime import date

import pytest

from karakoram.settlement.rating.periods import period_from_word
from karakoram.usecases.settle.bill_period import BillRun, bill_period
from karakoram.usecases.settle.unbilled_days import UnbilledDays, unbilled_days
from tests.support.settling import DECEMBER, JANUARY, desk, settled_wave

FEBRUARY = period_from_word("2027-02")


@pytest.fixture
def settling():
    """A wave of CT that is in service since 1 December 2026."""
    return settled_wave()[1]


def told(settling, period, **whom):
    found = unbilled_days(BillRun(period=period, **whom), settling=settling)
    return [(each.from_day, each.to_day) for each in found]


def billed(settling, period):
    return bill_period(BillRun(period=period), deed=desk(), settling=settling)


def test_a_month_before_the_one_that_is_billed_is_told(settling):
    billed(settling, JANUARY)
    assert unbilled_days(BillRun(period=JANUARY), settling=settling) == (
        UnbilledDays(
            seller_id="SCO", payer_id="CT", from_day=date(2026, 12, 1), to_day=date(2027, 1, 1)
        ),
    )
    assert told(settling, FEBRUARY) == [(date(2026, 12, 1), date(2027, 1, 1))]
    billed(settling, DECEMBER)
    assert told(settling, FEBRUARY) == told(settling, JANUARY) == []


def test_a_month_between_two_that_are_billed_is_told(settling):
    billed(settling, DECEMBER)
    assert told(settling, FEBRUARY) == [(date(2027, 1, 1), date(2027, 2, 1))]


def test_nothing_is_told_of_the_first_month_and_of_others(settling):
    assert told(settling, DECEMBER) == []
    assert told(settling, FEBRUARY, payer_id="PTA") == []
    assert told(settling, FEBRUARY, seller_id="ONE") == []
    assert len(told(settling, FEBRUARY, seller_id="SCO", payer_id="CT")) == 1
