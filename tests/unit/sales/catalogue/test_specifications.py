"""Characteristics say which words they take, and resources how much of them is needed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from karakoram.sales.catalogue.specifications import number_from_word
from karakoram.sales.catalogue.words import ValueType
from tests.support.catalogues import PLACES, PORT_A, PROTECTION, SAID, SIGNAL, TIMESLOTS


@pytest.mark.parametrize(
    ("characteristic", "word", "told"),
    [
        (SIGNAL, "E1", None),
        (SIGNAL, "E4", "must be one of E1, E3, STM-1"),
        (SIGNAL, " ", "not be empty"),
        (TIMESLOTS, "31", None),
        (TIMESLOTS, "32", "at most 31"),
        (TIMESLOTS, "0", "at least 1"),
        (TIMESLOTS, "1.5", "whole number"),
        (TIMESLOTS, "many", "a number without its unit"),
        (TIMESLOTS, "1e40", "a number without its unit"),
        (replace(TIMESLOTS, value_type=ValueType.NUMBER), "1.5", None),
        (replace(TIMESLOTS, value_type=ValueType.SITE), "GIL", None),
        (replace(TIMESLOTS, at_least=None, at_most=None), "-99", None),
    ],
)
def test_a_word_is_a_value_or_it_is_said_what_would_be_right(characteristic, word, told):
    breach = characteristic.breach(word)
    assert breach is None if told is None else told in breach


@pytest.mark.parametrize(
    ("signal", "protection", "units"),
    [("E1", "none", 1), ("E3", "none", 21), ("E3", "1+1", 42), ("STM-1", "1+1", 126)],
)
def test_units_are_those_stated_for_the_word_times_the_factor(signal, protection, units):
    assert PLACES.units({"signal": signal, "protection": protection}) == units


def test_a_fixed_need_asks_no_value():
    assert PORT_A.units({}) == 1


def test_units_of_a_number_are_rounded_up():
    slots = replace(
        *(PORT_A,),
        characteristic="bit_rate_mbps",
        units_per_value=Decimal("0.0008"),
        fixed_units=Decimal(0),
    )
    assert [slots.units({"bit_rate_mbps": word}) for word in ("1000", "1250", "1251")] == [1, 1, 2]


@pytest.mark.parametrize("values", [{}, {"signal": "E9", "protection": "none"}, {"signal": "E1"}])
def test_a_need_that_the_values_do_not_state_is_refused(values):
    with pytest.raises(ValueError, match="e1-places states no units for"):
        PLACES.units(values)


def test_a_need_of_a_number_refuses_a_word():
    slots = replace(PORT_A, characteristic="n", units_per_value=Decimal(1))
    with pytest.raises(ValueError, match="port-a needs a number for n, got 'two'"):
        slots.units({"n": "two"})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"units_by_value": ("E1",)}, "must be two words with ="),
        ({"units_by_value": ("E1=one",)}, "must say a number"),
        ({"factor_by_value": ("1+1=-2",)}, "factor_by_value must say a number, 0 or more"),
        ({"characteristic": ""}, "characteristic must name what"),
        ({"factor_characteristic": ""}, "factor_characteristic must name what"),
        ({"fixed_units": Decimal(-1)}, "fixed_units must be at least 0"),
    ],
)
def test_a_need_that_says_nothing_is_refused(changes, told):
    with pytest.raises(ValueError, match=told):
        replace(PLACES, **changes)


def test_words_without_a_meaning_are_no_numbers():
    assert number_from_word(" 2 ") == Decimal(2)
    assert [number_from_word(word) for word in ("", "inf", "sNaN", "1,5", "1e99")] == [None] * 5


def test_the_records_for_tests_say_that_they_are_made_up():
    assert SAID.confidence.value == "assumed"
    assert PROTECTION.default == "none"
