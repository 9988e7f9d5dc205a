"""What is open is told by how long it has been due."""

from dataclasses import replace

import pytest

from karakoram.settlement.aging import AgeBand, AgedInvoice, aged_totals
from tests.support.settlement import invoice, line, usd

BILL = invoice(line("a", 100))


def aged(days, minor=100, **changes):
    return AgedInvoice(invoice=replace(BILL, **changes), open_amount=usd(minor), overdue_days=days)


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (-5, AgeBand.NOT_DUE),
        (0, AgeBand.NOT_DUE),
        (1, AgeBand.TO_30),
        (30, AgeBand.TO_30),
        (31, AgeBand.TO_60),
        (90, AgeBand.TO_90),
        (91, AgeBand.OVER_90),
    ],
)
def test_bands_follow_the_days_past_due(days, band):
    assert aged(days).band is band


def test_each_payer_is_summed_by_band_and_currency():
    every = (aged(1), aged(2, 30), aged(99, 5), aged(1, 7, payer_id="P2"))
    first, second = aged_totals(every)
    assert (first.total, second.total) == (usd(135), usd(7))
    assert first.by_band[AgeBand.TO_30] == usd(130)
    assert first.by_band[AgeBand.OVER_90] == usd(5)
