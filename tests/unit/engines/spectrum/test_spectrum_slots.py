import numpy as np
import pytest

from karakoram.core.grid import FrequencySlot
from karakoram.engines.spectrum.slots import SlotBand, words_from_slots
from tests.support.spectrum_paths import slots_from_words

C_BAND = SlotBand(slot_count=320, lowest_edge=-280)


def test_slots_become_bits_lowest_first_and_come_back():
    flags = np.random.default_rng(1).random((5, 150)) < 0.5
    words = words_from_slots(flags)
    assert words.shape == (5, 3)
    for section in range(5):
        number = sum(int(word) << (64 * place) for place, word in enumerate(words[section]))
        assert number == sum(1 << int(slot) for slot in np.flatnonzero(flags[section]))
    assert (slots_from_words(words, slot_count=150) == flags).all()


def test_slots_side_by_side_touch_and_do_not_overlap_on_the_grid():
    low = C_BAND.frequency_slot(10, width=4)
    high = C_BAND.frequency_slot(14, width=3)
    assert not low.overlaps(high)
    assert low.overlaps(C_BAND.frequency_slot(13, width=1))
    assert C_BAND.lower_edge_ghz(10) == low.centre_ghz - low.width_ghz / 2


def test_every_block_comes_back_from_its_frequency_slot():
    for first, width in ((0, 1), (0, 320), (7, 2), (319, 1)):
        slot = C_BAND.frequency_slot(first, width=width)
        assert C_BAND.place_of(slot) == (first, width)


def test_guard_slots_are_taken_and_carry_no_light():
    lit = C_BAND.frequency_slot(0, width=5, guard=1)
    after = C_BAND.frequency_slot(5, width=5, guard=1)
    assert lit.m == 4
    assert (after.n - after.m) - (lit.n + lit.m) == 2  # a whole slot of 12.5 GHz lies between


def test_a_reserved_band_takes_every_slot_that_it_touches():
    between = FrequencySlot(n=-280 + 2 * 10 + 2, m=1)  # half of slot 10, half of slot 11
    usable = C_BAND.usable(
        reserved=[between, FrequencySlot(n=-290, m=4), FrequencySlot(n=900, m=1)]
    )
    assert np.flatnonzero(~usable).tolist() == [10, 11]
    assert C_BAND.word_count == 5


def test_a_reserved_band_that_sticks_out_of_the_band_takes_what_is_inside():
    usable = SlotBand(slot_count=4).usable(reserved=[FrequencySlot(n=0, m=1)])
    assert usable.tolist() == [False, True, True, True]


@pytest.mark.parametrize(
    ("first", "width", "guard"), [(-1, 1, 0), (0, 0, 0), (318, 3, 0), (0, 2, 2), (0, 2, -1)]
)
def test_blocks_outside_the_band_and_empty_ones_are_refused(first, width, guard):
    with pytest.raises(ValueError, match="slots|guard"):
        C_BAND.frequency_slot(first, width=width, guard=guard)


def test_a_band_has_slots():
    with pytest.raises(ValueError, match="at least one slot"):
        SlotBand(slot_count=0)
