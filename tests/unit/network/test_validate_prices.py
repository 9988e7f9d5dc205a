from dataclasses import replace
from datetime import date

import pytest

from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.validate_prices import price_findings
from tests.support.planning_networks import fibre, network_of


def overlaps(first, second):
    """Records named by ``price-overlap`` when two prices of one thing hold for these days."""
    rows = [("OP", PriceUnit.KM, ChargePeriod.MONTH, 100.0, amount) for amount in ("1", "2")]
    network = network_of(fibre("A", "Z", 10.0), prices=rows)
    dated = {
        key: replace(network.prices[key], valid_from=begin, valid_to=end)
        for key, (begin, end) in (("P0", first), ("P1", second))
    }
    findings = price_findings(replace(network, prices=dated))
    return [found.place.record for found in findings if found.code == "price-overlap"]


YEAR = (date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("second", "contradicts"),
    [
        ((date(2027, 1, 1), None), False),
        ((date(2026, 12, 31), None), True),
        ((None, date(2026, 1, 1)), False),
        ((None, date(2026, 1, 2)), True),
        ((None, None), True),
        ((date(2026, 3, 1), date(2026, 4, 1)), True),
    ],
)
def test_prices_contradict_each_other_on_a_day_that_both_hold(second, contradicts):
    assert overlaps(YEAR, second) == (["P1"] if contradicts else [])
