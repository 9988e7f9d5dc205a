"""Where along a path is enough contiguous spectrum free, in bits of whole words?

The slots of a section are bits of 64-bit words, lowest slot first, one for free. A path's free
slots are the AND over its sections: continuity. A run of ``width`` begins where shifting and
AND-ing ``log2(width)`` times leaves a bit: contiguity. What is out of band, reserved or beyond
the last slot is never free.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int32, UInt64

from karakoram.core.compiled import compiled

Spectrum = UInt64[np.ndarray, "section word"]
"""Per section a bit for each slot; 1 is free."""

Sections = Int32[np.ndarray, " hop"]
"""Numbers of sections, those of many paths one after another."""

NO_SLOT = -1
"""What a search gives that finds nothing."""

_ONE = np.uint64(1)
_NONE = np.uint64(0)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_WORD_BITS = 64
_DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
"""Each of its 64 windows of six bits is another number (Leiserson, Prokop, Randall 1998)."""

_BIT_OF_WINDOW = np.zeros(64, dtype=np.int64)
for _bit in range(64):
    _BIT_OF_WINDOW[((0x03F79D71B4CB0A89 << _bit) & 0xFFFFFFFFFFFFFFFF) >> 58] = _bit
_BIT_OF_WINDOW.flags.writeable = False


class Stretch(NamedTuple):
    """Sections that are lit together, and how many slots are wanted on them."""

    begin: int
    end: int
    """The sections are those from place ``begin`` to ``end`` of an array, at least one."""
    width: int
    """Slots, >= 1."""


class Word(NamedTuple):
    """One word of the sections that are lit together."""

    begin: int
    end: int
    """The sections are those from place ``begin`` to ``end`` of an array, at least one."""
    word: int


class Block(NamedTuple):
    """The same slots on sections that are lit together."""

    begin: int
    end: int
    """The sections are those from place ``begin`` to ``end`` of an array, at least one."""
    first: int
    """The lowest slot."""
    width: int
    """Slots, >= 1."""


@compiled
def lowest_bit(bits: np.uint64) -> int:
    """The number of the lowest bit that is one, of a word other than zero."""
    alone = bits & (~bits + _ONE)
    return int(_BIT_OF_WINDOW[(alone * _DE_BRUIJN) >> np.uint64(58)])


@compiled
def highest_bit(bits: np.uint64) -> int:
    """The number of the highest bit that is one, of a word other than zero."""
    place = 0
    for step in (32, 16, 8, 4, 2, 1):
        upper = bits >> np.uint64(step)
        if upper != _NONE:
            bits = upper
            place += step
    return place


@compiled
def first_fit(free: Spectrum, section: Sections, stretch: Stretch) -> int:
    """The lowest slot from which on ``width`` are free on all sections, or ``NO_SLOT``.

    Word by word, each read once, and no further than to the first run.
    """
    begin, end, width = stretch
    here = free[section[begin], 0]
    for hop in range(begin + 1, end):
        here &= free[section[hop], 0]
    for word in range(free.shape[1]):
        after = _NONE
        if word + 1 < free.shape[1]:
            after = free[section[begin], word + 1]
            for hop in range(begin + 1, end):
                after &= free[section[hop], word + 1]
        starts = _run_starts(here, after, width)
        while starts != _NONE:
            first = word * _WORD_BITS + lowest_bit(starts)
            if width <= _WORD_BITS or is_free(free, section, Block(begin, end, first, width)):
                return first
            starts &= starts - _ONE
        here = after
    return NO_SLOT


@compiled
def _run_starts(here: np.uint64, after: np.uint64, width: int) -> np.uint64:
    """The slots of a word from which on ``width``, of 64 at most, are free in it and the next.

    Doubling what is covered: after three steps a bit says that eight slots are free.
    """
    wanted = min(width, _WORD_BITS)
    covered = 1
    while covered < wanted and here != _NONE:
        shift = min(covered, wanted - covered)
        right, left = np.uint64(shift), np.uint64(_WORD_BITS - shift)
        here &= (here >> right) | (after << left)
        after &= after >> right
        covered += shift
    return here


@compiled
def free_in_word(free: Spectrum, section: Sections, place: Word) -> np.uint64:
    """Which slots of a word are free on every section; none beyond the last word."""
    begin, end, word = place
    if word >= free.shape[1]:
        return _NONE
    bits: np.uint64 = free[section[begin], word]
    for hop in range(begin + 1, end):
        bits &= free[section[hop], word]
    return bits


@compiled
def starts_in_word(free: Spectrum, section: Sections, wanted: tuple[Word, int]) -> np.uint64:
    """The slots of a word from which on a width of slots is free on all sections."""
    (begin, end, word), width = wanted
    here = free_in_word(free, section, Word(begin, end, word))
    after = free_in_word(free, section, Word(begin, end, word + 1))
    starts = _run_starts(here, after, width)
    if width <= _WORD_BITS:
        return starts
    whole = _NONE
    while starts != _NONE:
        lowest = starts & (~starts + _ONE)
        first = word * _WORD_BITS + lowest_bit(starts)
        if is_free(free, section, Block(begin, end, first, width)):
            whole |= lowest
        starts &= ~lowest
    return whole


@compiled
def is_free(free: Spectrum, section: Sections, block: Block) -> bool:
    """Whether all slots of a block are free on all sections."""
    begin, end, first, width = block
    if first + width > free.shape[1] * _WORD_BITS:
        return False
    for word in range(first // _WORD_BITS, (first + width - 1) // _WORD_BITS + 1):
        mask = _mask_in_word(word, first, width)
        if free_in_word(free, section, Word(begin, end, word)) & mask != mask:
            return False
    return True


@compiled
def last_fit(free: Spectrum, section: Sections, stretch: Stretch) -> int:
    """The highest slot from which on ``width`` are free on all sections, or ``NO_SLOT``."""
    begin, end, width = stretch
    words: int = free.shape[1]
    for back in range(1, words + 1):
        word = words - back
        starts = starts_in_word(free, section, (Word(begin, end, word), width))
        if starts != _NONE:
            return word * _WORD_BITS + highest_bit(starts)
    return NO_SLOT


@compiled
def exact_fit(free: Spectrum, section: Sections, stretch: Stretch) -> int:
    """The lowest gap of just ``width`` slots, else the lowest run of so many, or ``NO_SLOT``.

    A gap has a slot that is not free, or none, on either side.
    """
    begin, end, width = stretch
    fitting = NO_SLOT
    below = _NONE  # the free slots of the word before
    for word in range(free.shape[1]):
        here = free_in_word(free, section, Word(begin, end, word))
        starts = starts_in_word(free, section, (Word(begin, end, word), width))
        if fitting == NO_SLOT and starts != _NONE:
            fitting = word * _WORD_BITS + lowest_bit(starts)
        starts &= ~((here << _ONE) | (below >> np.uint64(_WORD_BITS - 1)))
        below = here
        while starts != _NONE:
            first = word * _WORD_BITS + lowest_bit(starts)
            if not is_free(free, section, Block(begin, end, first + width, 1)):
                return first
            starts &= starts - _ONE
    return fitting


@compiled
def _mask_in_word(word: int, first: int, width: int) -> np.uint64:
    """The bits of a word that belong to ``width`` slots from ``first`` on, at least one."""
    low = max(first - word * _WORD_BITS, 0)
    high = min(first + width - word * _WORD_BITS, _WORD_BITS)
    return (_ALL >> np.uint64(_WORD_BITS - (high - low))) << np.uint64(low)


@compiled
def occupy(free: Spectrum, section: Sections, block: Block) -> None:
    """Take the slots of a block on every section, in place."""
    begin, end, first, width = block
    for word in range(first // _WORD_BITS, (first + width - 1) // _WORD_BITS + 1):
        others = ~_mask_in_word(word, first, width)
        for hop in range(begin, end):
            free[section[hop], word] &= others


@compiled
def vacate(free: Spectrum, section: Sections, block: Block) -> None:
    """Give the slots of a block back on every section, in place."""
    begin, end, first, width = block
    for word in range(first // _WORD_BITS, (first + width - 1) // _WORD_BITS + 1):
        bits = _mask_in_word(word, first, width)
        for hop in range(begin, end):
            free[section[hop], word] |= bits
