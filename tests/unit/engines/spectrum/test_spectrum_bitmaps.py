import numpy as np
import pytest

from karakoram.engines.spectrum import bitmaps
from karakoram.engines.spectrum.bitmaps import NO_SLOT, Block, Stretch
from karakoram.engines.spectrum.slots import words_from_slots
from tests.support.interpreted import interpreted
from tests.support.spectrum import slow_exact, slow_starts
from tests.support.spectrum_paths import slots_from_words

SECTIONS = np.array([2, 0, 1], dtype=np.int32)
WIDTHS = (1, 2, 3, 5, 8, 13, 31, 63, 64, 65, 90, 130)


def spectrum(seed, slot_count):
    """Three sections with long runs free and busy, so that wide requests fit sometimes."""
    rng = np.random.default_rng(seed)
    free = np.ones((3, slot_count), dtype=np.bool_)
    for _ in range(rng.integers(0, 12)):
        row, first = rng.integers(3), rng.integers(slot_count)
        free[row, first : first + rng.integers(1, 9)] = False
    return free


def compare_fits(seed, slot_count, stretch_end):
    free = spectrum(seed, slot_count)
    words = words_from_slots(free)
    for width in WIDTHS:
        stretch = Stretch(0, stretch_end, width)
        starts = slow_starts(free, SECTIONS[:stretch_end], width) or [NO_SLOT]
        exact = slow_exact(free, SECTIONS[:stretch_end], width)
        assert bitmaps.first_fit(words, SECTIONS, stretch) == starts[0]
        assert bitmaps.last_fit(words, SECTIONS, stretch) == starts[-1]
        assert bitmaps.exact_fit(words, SECTIONS, stretch) == (NO_SLOT if exact is None else exact)


@pytest.mark.parametrize("slot_count", [1, 40, 63, 64, 65, 100, 128, 320])
def test_the_fits_are_those_found_slot_by_slot(slot_count):
    for seed in range(60):
        compare_fits(seed, slot_count, 1 + seed % 3)


def test_the_fits_are_the_same_when_interpreted():
    with interpreted(bitmaps):
        for seed in range(12):
            compare_fits(seed, 200, 1 + seed % 3)


def test_a_block_is_taken_and_given_back_on_its_sections_only():
    for slots, block in ((100, Block(0, 2, 60, 9)), (320, Block(1, 3, 63, 130))):
        free = np.ones((3, slots), dtype=np.bool_)
        for use in (lambda: None, lambda: interpreted(bitmaps)):
            words = words_from_slots(free)
            with use() or np.errstate():
                bitmaps.occupy(words, SECTIONS, block)
                taken = free.copy()
                hops = SECTIONS[block.begin : block.end]
                taken[hops, block.first : block.first + block.width] = False
                assert (slots_from_words(words, slot_count=slots) == taken).all()
                assert not bitmaps.is_free(words, SECTIONS, block)
                bitmaps.vacate(words, SECTIONS, block)
            assert (words == words_from_slots(free)).all()
            assert bitmaps.is_free(words, SECTIONS, block)


def test_what_lies_beyond_the_last_word_is_not_free():
    words = words_from_slots(np.ones((1, 64), dtype=np.bool_))
    only = np.zeros(1, dtype=np.int32)
    assert not bitmaps.is_free(words, only, Block(0, 1, 64, 1))
    assert bitmaps.first_fit(words, only, Stretch(0, 1, 65)) == NO_SLOT


def test_the_lowest_and_highest_bit_of_every_word_with_one_and_with_two():
    with interpreted(bitmaps):
        for low in range(64):
            alone = np.uint64(1) << np.uint64(low)
            assert bitmaps.lowest_bit(alone) == bitmaps.highest_bit(alone) == low
            for high in range(low + 1, 64, 7):
                both = alone | (np.uint64(1) << np.uint64(high))
                assert (bitmaps.lowest_bit(both), bitmaps.highest_bit(both)) == (low, high)
