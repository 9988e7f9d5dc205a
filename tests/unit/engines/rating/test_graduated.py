import numpy as np
import pytest

from karakoram.engines.rating import TariffColumns, graduated_minor, usage_minor


def tariffs(rows, *, divisor=10, kind=np.int64):
    table = np.array(rows, dtype=kind)
    return TariffColumns(
        tier_from=table[..., 0], tier_to=table[..., 1], price=table[..., 2], divisor=divisor
    )


TWO_TIERS = [[(0, 100, 20), (100, 10**6, 15)]]
"""2 minor units each up to 100, then 1.5."""


@pytest.mark.parametrize("kind", [np.int64, np.object_])
def test_what_lies_in_a_tier_is_asked_at_its_price(kind):
    totals = np.array([0, 40, 100, 101, 102, 103], dtype=kind)
    asked = graduated_minor(
        totals, np.zeros(6, dtype=np.int64), tariffs=tariffs(TWO_TIERS, kind=kind)
    )
    # 201.5 and 204.5 lie between two minor units: the even one is taken
    assert asked.tolist() == [0, 80, 200, 202, 203, 204]


def test_each_record_has_its_own_tariff_and_tiers_may_leave_gaps():
    two = tariffs([[(0, 10, 10), (20, 30, 30)], [(0, 1000, 5), (0, 0, 0)]])
    asked = graduated_minor(np.array([25, 25]), np.array([0, 1]), tariffs=two)
    assert asked.tolist() == [10 + 15, 12]  # 12.5 to the even one


def test_records_cost_what_they_add_to_the_rounded_sum():
    third = tariffs([[(0, 10**6, 1)]], divisor=3)
    costs = usage_minor(
        np.array([1, 1, 1, 1]),
        counter=np.zeros(4, dtype=np.int64),
        tariff=np.zeros(4, dtype=np.int64),
        tariffs=third,
    )
    assert costs.tolist() == [0, 1, 0, 0]  # 1/3, 2/3, 3/3, 4/3 round to 0, 1, 1, 1


def test_every_counter_starts_at_nothing():
    costs = usage_minor(
        np.array([100, 1, 100, 2]),
        counter=np.array([0, 0, 1, 1]),
        tariff=np.zeros(4, dtype=np.int64),
        tariffs=tariffs(TWO_TIERS),
    )
    assert costs.tolist() == [200, 2, 200, 3]


def test_a_count_runs_on_where_the_price_changes():
    two = tariffs([[(0, 10**6, 10), (0, 0, 0)], [(0, 100, 20), (100, 10**6, 10)]])
    costs = usage_minor(
        np.array([90, 20]),
        counter=np.zeros(2, dtype=np.int64),
        tariff=np.array([0, 1]),
        tariffs=two,
    )
    assert costs.tolist() == [90, 10 * 2 + 10]  # the second reaches the tier above 100


def test_no_usage_costs_nothing():
    none = np.array([], dtype=np.int64)
    assert not len(usage_minor(none, counter=none, tariff=none, tariffs=tariffs(TWO_TIERS)))


def test_numbers_without_bound_lose_nothing():
    huge = tariffs([[(0, 10**40, 10**30 + 1)]], divisor=1, kind=np.object_)
    costs = usage_minor(
        np.array([10**12 + 1, 10**12 + 2], dtype=np.object_),
        counter=np.zeros(2, dtype=np.int64),
        tariff=np.zeros(2, dtype=np.int64),
        tariffs=huge,
    )
    assert costs.tolist() == [(10**12 + 1) * (10**30 + 1), (10**12 + 2) * (10**30 + 1)]
