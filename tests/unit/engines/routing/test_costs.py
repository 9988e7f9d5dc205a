"""Are costs compared as the decimals they were written as, and nonsense refused?"""

import numpy as np
import pytest

from karakoram.engines.routing.costs import integer_costs, listed


def test_integers_stay_as_they_are_however_large():
    assert integer_costs([0, 10**30], arc_count=2) == [0, 10**30]
    assert integer_costs(np.array([3, 4]), arc_count=2) == [3, 4]


def test_decimal_sums_that_are_equal_on_paper_are_equal():
    a, b, c = integer_costs(np.array([0.1, 0.2, 0.3]), arc_count=3)
    assert a + b == c


def test_integers_and_decimals_may_be_mixed():
    a, b = integer_costs([1, 2.5], arc_count=2)
    assert 5 * a == 2 * b


def test_costs_of_nothing_are_zero():
    assert integer_costs([0.0, 0.0], arc_count=2) == [0, 0]
    assert integer_costs([], arc_count=0) == []


@pytest.mark.parametrize("dearest", [1e-9, 1.0, 999.9999, 1e12])
def test_twelve_digits_of_the_dearest_arc_are_kept(dearest):
    (value,) = integer_costs([dearest], arc_count=1)
    assert 10**11 <= value <= 10**12


@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf")])
def test_a_cost_that_is_no_cost_is_refused(bad):
    with pytest.raises(ValueError, match="finite and >= 0"):
        listed([1.0, bad], arc_count=2)


def test_the_number_of_costs_must_be_the_number_of_arcs():
    with pytest.raises(ValueError, match="each of 2 arcs, got 1"):
        listed([1.0], arc_count=2)
