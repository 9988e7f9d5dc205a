"""Compiled loops give what their Python gives, and stay within reach of it."""

import sys

import numpy as np
import pytest

from karakoram.core.compiled import compiled
from tests.support.interpreted import interpreted


@compiled
def half(number: float) -> float:
    return number / 2


@compiled
def sum_of_halves(values: np.ndarray) -> float:
    total = 0.0
    for value in values:
        total += half(value)
    return total


def test_a_compiled_loop_gives_what_its_python_gives():
    values = np.array([1.0, 2.0, 4.0])
    assert sum_of_halves(values) == sum_of_halves.py_func(values) == 3.5


def test_division_by_nothing_follows_ieee_754():
    @compiled
    def inverse(number: float) -> float:
        return 1.0 / number

    assert inverse(0.0) == np.inf


def test_while_interpreted_whole_trees_of_calls_are_python():
    module = sys.modules[__name__]
    before = half
    with interpreted(module):
        assert module.half is before.py_func
        assert sum_of_halves(np.array([3.0])) == 1.5
        with pytest.raises(TypeError):
            sum_of_halves(["no number"])
    assert module.half is before
