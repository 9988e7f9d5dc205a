"""Records of the multiplex refuse what cannot be."""

from dataclasses import replace
from fractions import Fraction

import pytest

from karakoram.engines.multiplex import ClientSignal, TributaryShape
from tests.support.multiplexes import tree

ONE = ClientSignal(
    name="one",
    bit_rate_bit_per_s=Fraction(100),
    payload_bit_rate_bit_per_s=Fraction(90),
    tolerance_ppm=50,
)


def test_a_signal_is_fastest_at_the_end_of_its_tolerance():
    assert ONE.bit_rate_bit_per_s_max == Fraction(100_005, 1000)


@pytest.mark.parametrize("payload", [0, 101])
def test_a_signal_carries_something_and_not_more_than_it_is(payload):
    with pytest.raises(ValueError, match="one needs 0 < payload <= bit rate"):
        replace(ONE, payload_bit_rate_bit_per_s=Fraction(payload))


@pytest.mark.parametrize("groups", [(), (2, 4), (1, 3), (1, 3, 4), (1, 2, 2, 4)])
def test_a_tree_goes_from_one_slot_to_all_and_each_group_divides_the_next(groups):
    with pytest.raises(ValueError, match="of tree"):
        replace(tree(1, 2, 4), group_slots=groups)


@pytest.mark.parametrize(("blocks", "slots"), [(0, 1), (1, 0)])
def test_a_tributary_takes_something(blocks, slots):
    with pytest.raises(ValueError, match="a tributary has a block"):
        TributaryShape(block_count=blocks, block_slots=slots)


def test_only_one_block_lies_out_of_line():
    assert TributaryShape(block_count=1, block_slots=6, is_aligned=False).slot_count == 6
    with pytest.raises(ValueError, match="only one block"):
        TributaryShape(block_count=2, block_slots=6, is_aligned=False)
