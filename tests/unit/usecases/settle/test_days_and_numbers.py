"""Which day is it for the owners, and which number does the next paper bear?"""

from dataclasses import replace
from datetime import date

from karakoram.settlement.invoices import Invoice
from karakoram.settlement.terms import SettlementTerms
from karakoram.usecases.settle.bill_period import BillRun, bill_period
from karakoram.usecases.settle.settling import next_number
from tests.support.settling import DECEMBER, at, december_billed, desk, settled_wave


def test_numbers_of_a_series_count_up_without_a_gap():
    _, settling, _ = settled_wave()
    (first,) = december_billed(settling)

    def following(series):
        return settling.store.read(lambda tx: next_number(tx, Invoice, series))

    series, _, counted = first.number.rpartition("-")
    assert counted == "0001"
    assert following(f"{series}-") == f"{series}-0002"
    assert following("ELSE-2026-") == "ELSE-2026-0001"


def test_today_is_the_day_of_the_owner_that_is_furthest_ahead():
    _, settling, _ = settled_wave()
    late = desk(at(2026, 12, 31, hour=23))
    assert settling.today(late) == date(2027, 1, 1)
    assert settling.today(desk(at(2026, 12, 31))) == date(2026, 12, 31)
    assert replace(settling, terms=SettlementTerms()).today(late) == date(2026, 12, 31)
    assert bill_period(BillRun(period=DECEMBER), deed=late, settling=settling)
