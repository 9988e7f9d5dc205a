"""Laws of the core: money is never lost, slots and intervals behave as sets, units are inverse."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from karakoram.core.currencies import MINOR_DIGITS
from karakoram.core.grid import CENTRE_STEP_GHZ, FrequencySlot
from karakoram.core.identifiers import near_misses
from karakoram.core.money import Money, allocate, money_from_decimal, total
from karakoram.core.provenance import Confidence, weakest
from karakoram.core.time import Validity
from karakoram.core.units import db_from_linear, linear_from_db

AMOUNTS = st.integers(-(10**15), 10**15).map(lambda minor: Money(minor, "USD"))
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any)
SLOTS = st.builds(FrequencySlot, n=st.integers(-300, 500), m=st.integers(1, 40))
DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))
VALIDITIES = st.tuples(st.none() | DAYS, st.none() | DAYS).flatmap(
    lambda ends: (
        st.nothing()
        if ends[0] and ends[1] and ends[1] <= ends[0]
        else st.just(Validity(valid_from=ends[0], valid_to=ends[1]))
    )
)


@given(AMOUNTS, WEIGHTS)
def test_the_parts_of_an_amount_sum_to_it_exactly(amount, weights):
    assert total(allocate(amount, weights), "USD") == amount


@given(AMOUNTS, WEIGHTS)
def test_each_part_is_within_one_minor_unit_of_its_exact_share(amount, weights):
    for part, weight in zip(allocate(amount, weights), weights, strict=True):
        assert abs(part.minor * sum(weights) - amount.minor * weight) < sum(weights)


@given(AMOUNTS, WEIGHTS)
def test_a_larger_weight_never_gets_less_of_a_positive_amount(amount, weights):
    assume(amount.minor >= 0)
    parts = [part.minor for part in allocate(amount, sorted(weights))]
    assert all(later >= earlier - 1 for earlier, later in pairwise(parts))


@given(AMOUNTS, WEIGHTS, st.integers(1, 1000))
def test_only_the_proportion_of_the_weights_matters(amount, weights, factor):
    scaled = [factor * weight for weight in weights]
    assert allocate(amount, scaled) == allocate(amount, weights)


@given(
    st.decimals(min_value=-(10**30), max_value=10**30, allow_nan=False),
    st.sampled_from(["USD", "JPY"]),
)
def test_rounding_to_minor_units_is_that_of_exact_arithmetic(amount, currency):
    exact = Fraction(amount) * 10 ** MINOR_DIGITS[currency]
    assert money_from_decimal(amount, currency).minor == round(exact)


@given(st.integers(-(10**40), 10**40), st.sampled_from(["USD", "JPY", "PKR"]))
def test_an_amount_that_is_shown_can_be_read_back(minor, currency):
    shown = str(Money(minor, currency)).removeprefix(currency).replace(",", "")
    assert money_from_decimal(Decimal(shown.strip()), currency) == Money(minor, currency)


@given(SLOTS, SLOTS)
def test_slots_overlap_when_their_spectra_share_more_than_an_edge(one, other):
    def steps(slot):
        """The steps of 6.25 GHz that the slot covers, by their lower edge."""
        return set(range(slot.n - slot.m, slot.n + slot.m))

    assert one.overlaps(other) == bool(steps(one) & steps(other))


@given(SLOTS, SLOTS)
def test_overlap_is_mutual_and_every_slot_overlaps_itself(one, other):
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one)


@given(SLOTS)
def test_the_edges_of_a_slot_lie_on_the_grid(slot):
    lower_edge_ghz = slot.centre_ghz - slot.width_ghz / 2
    assert (lower_edge_ghz / CENTRE_STEP_GHZ).is_integer()


@given(VALIDITIES, VALIDITIES)
def test_intervals_overlap_when_some_day_lies_in_both(one, other):
    first = date(2019, 12, 1)
    days = [first + timedelta(days=i) for i in range(150)]
    shared = any(one.holds_on(day) and other.holds_on(day) for day in days)
    assert one.overlaps(other) == shared
    assert other.overlaps(one) == shared


@given(VALIDITIES)
def test_the_days_of_an_interval_hang_together(validity):
    first = date(2019, 12, 1)
    holds = [validity.holds_on(first + timedelta(days=i)) for i in range(150)]
    changes = sum(before != after for before, after in pairwise(holds))
    assert any(holds)
    assert changes == (validity.valid_from is not None) + (validity.valid_to is not None)


@given(st.lists(st.floats(-200.0, 200.0), min_size=1))
def test_decibels_and_ratios_are_inverse(ratios_db):
    values = np.array(ratios_db)
    np.testing.assert_allclose(db_from_linear(linear_from_db(values)), values, atol=1e-9)


@given(st.floats(-150.0, 150.0), st.floats(-150.0, 150.0))
def test_adding_decibels_multiplies_ratios(one_db, other_db):
    product = linear_from_db(one_db) * linear_from_db(other_db)
    assert np.isclose(linear_from_db(one_db + other_db), product, rtol=1e-9)


@given(st.lists(st.text(min_size=1, max_size=8), max_size=10), st.text(max_size=8))
def test_near_misses_are_known_names_and_no_two_are_equal(known, word):
    found = near_misses(word, known)
    assert set(found) <= set(known)
    assert len(found) == len(set(found)) <= 3


@given(st.lists(st.text("abcdef", min_size=1, max_size=8), min_size=1, max_size=10), st.data())
def test_a_name_that_is_known_is_its_own_nearest(known, data):
    name = data.draw(st.sampled_from(known))
    assert near_misses(name, known)[0] == name


@given(st.lists(st.sampled_from(Confidence)), st.lists(st.sampled_from(Confidence)))
def test_the_weakest_of_two_groups_is_the_weakest_of_their_weakest(one, other):
    weakest_of_both = weakest((weakest(tuple(one)), weakest(tuple(other))))
    assert weakest(tuple(one + other)) is weakest_of_both
