"""Choosing units, against trying every choice."""

import itertools

import pytest

from karakoram.sales.inventory.units import first_free, first_run, starts_of_runs


def lowest_choice(free, count, *, adjacent):
    units = [u for u in range(free.bit_length()) if free >> u & 1]
    for chosen in itertools.combinations(units, count):
        if not adjacent or chosen[-1] - chosen[0] == count - 1:
            return sum(1 << u for u in chosen)
    return None


@pytest.mark.parametrize("count", range(1, 8))
def test_the_lowest_units_are_chosen(count):
    for free in range(256):
        assert first_free(free, count) == lowest_choice(free, count, adjacent=False)
        assert first_run(free, count) == lowest_choice(free, count, adjacent=True)


def test_runs_start_where_all_units_are_free():
    free = (1 << 200) - 1 ^ 1 << 100
    starts = starts_of_runs(free, 90)
    assert [u for u in range(200) if starts >> u & 1] == [*range(11), *range(101, 111)]
