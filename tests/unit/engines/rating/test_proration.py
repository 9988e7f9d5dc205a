import numpy as np
import pytest

from karakoram.core.money import Money, allocate
from karakoram.engines.rating import ChargeColumns, MonthColumns, charged_pieces, month_share


def share(amount, month_days, begin, end):
    columns = (np.array([value]) for value in (amount, month_days))
    return int(month_share(*columns, begin=np.array([begin]), end=np.array([end]))[0])


@pytest.mark.parametrize(
    ("begin", "end", "minor"),
    [
        (0, 31, 100),  # the whole month
        (0, 7, 28),  # 100 = 3 x 31 + 7: the first 7 days get 4
        (7, 31, 72),  # and the other 24 get 3
        (6, 8, 7),  # 4 + 3
        (5, 5, 0),
    ],
)
def test_the_first_days_of_a_month_get_the_spare_minor_units(begin, end, minor):
    assert share(100, 31, begin, end) == minor


def test_a_day_gets_what_money_is_allocated_to_it_by():
    for amount in (0, 1, 28, 29, 1_000_003, -1, -17, -1_000_003):
        for month_days in (28, 29, 30, 31):
            by_hand = [part.minor for part in allocate(Money(amount, "PKR"), [1] * month_days)]
            assert [share(amount, month_days, day, day + 1) for day in range(month_days)] == by_hand


def columns(*charges):
    amounts, firsts, ends = zip(*charges, strict=True)
    return ChargeColumns(
        amount_minor=np.array(amounts), first_day=np.array(firsts), end_day=np.array(ends)
    )


MONTHS = MonthColumns(first_day=np.array([100, 130]), end_day=np.array([130, 161]))
"""A month of 30 days and one of 31."""


def test_a_charge_has_a_piece_in_each_month_in_which_it_is_asked():
    pieces = charged_pieces(
        columns((300, 50, 10_000), (310, 120, 131), (1, 0, 100)), MONTHS, first_day=100, end_day=161
    )
    assert pieces.charge.tolist() == [0, 0, 1, 1]
    assert pieces.month.tolist() == [0, 1, 0, 1]
    assert pieces.first_day.tolist() == [100, 130, 120, 130]
    assert pieces.end_day.tolist() == [130, 161, 130, 131]
    # 300 whole; 300 whole; 310 = 10 x 30 + 10, the spare days gone: 10 x 10; 310 / 31
    assert pieces.amount_minor.tolist() == [300, 300, 100, 10]


def test_a_period_cuts_the_pieces():
    pieces = charged_pieces(columns((300, 50, 10_000)), MONTHS, first_day=110, end_day=140)
    # 20 of 30 days at 10; 300 = 9 x 31 + 21, so each of the first 10 of 31 days gets 10
    assert pieces.amount_minor.tolist() == [200, 100]


def test_nothing_charged_has_no_piece():
    empty = columns((300, 90, 90))
    assert not len(charged_pieces(empty, MONTHS, first_day=100, end_day=161).charge)


def test_a_charge_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="end_day must not be before first_day, is for charge 1"):
        columns((1, 5, 6), (1, 6, 5))


def test_an_amount_beyond_the_arithmetic_is_refused():
    with pytest.raises(ValueError, match=r"within 1,000,000,000,000,000,000 minor units"):
        columns((10**18 + 1, 5, 6))
