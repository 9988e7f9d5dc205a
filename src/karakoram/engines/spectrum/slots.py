"""Which slots does a band have, which of them may be used, and what are they called on the grid?"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, UInt64

from karakoram.core.grid import ANCHOR_GHZ, CENTRE_STEP_GHZ, WIDTH_STEP_GHZ, FrequencySlot

WORD_BITS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotBand:
    """Slots of 12.5 GHz side by side, counted from 0 at the lowest frequency."""

    slot_count: int
    lowest_edge: int = 0
    """The lower edge of slot 0, in steps of 6.25 GHz from 193.1 THz; may be negative."""

    def __post_init__(self) -> None:
        if self.slot_count < 1:
            raise ValueError(f"a band has at least one slot, got {self.slot_count}")

    @property
    def word_count(self) -> int:
        """How many 64-bit words hold a bit for each slot."""
        return -(-self.slot_count // WORD_BITS)

    def frequency_slot(self, first: int, *, width: int, guard: int = 0) -> FrequencySlot:
        """The slot of ITU-T G.694.1 that ``width`` slots from ``first`` on are.

        Parameters
        ----------
        first
            The lowest of the slots.
        width
            How many slots are taken, guard slots included.
        guard
            How many of them, the highest, keep the neighbour away and carry no light.

        Raises
        ------
        ValueError
            If the slots lie outside the band, or guard slots are all there is.

        Examples
        --------
        >>> SlotBand(slot_count=320, lowest_edge=-312).frequency_slot(2, width=5, guard=1)
        FrequencySlot(n=-304, m=4)
        """
        if first < 0 or width < 1 or first + width > self.slot_count:
            raise ValueError(
                f"slots {first} to {first + width - 1} are not within 0 to {self.slot_count - 1}"
            )
        if not 0 <= guard < width:
            raise ValueError(f"guard must be 0 to {width - 1} of {width} slots, got {guard}")
        return FrequencySlot(n=self.lowest_edge + 2 * first + width - guard, m=width - guard)

    def place_of(self, slot: FrequencySlot) -> tuple[int, int]:
        """The first slot and how many slots a frequency slot covers, in part or as a whole.

        >>> SlotBand(slot_count=320, lowest_edge=-312).place_of(FrequencySlot(n=-304, m=4))
        (2, 4)
        """
        low = slot.n - slot.m - self.lowest_edge
        high = slot.n + slot.m - self.lowest_edge
        first = low // 2
        return first, -(-high // 2) - first

    def usable(self, *, reserved: Iterable[FrequencySlot] = ()) -> Bool[np.ndarray, " slot"]:
        """Which slots may be given away: all but those that a reserved band touches."""
        allowed = np.ones(self.slot_count, dtype=np.bool_)
        for band in reserved:
            first, width = self.place_of(band)
            allowed[max(first, 0) : max(first + width, 0)] = False
        return allowed

    def lower_edge_ghz(self, slot: int) -> float:
        """The frequency at which a slot begins [GHz].

        >>> SlotBand(slot_count=4).lower_edge_ghz(1)
        193112.5
        """
        return ANCHOR_GHZ + self.lowest_edge * CENTRE_STEP_GHZ + slot * WIDTH_STEP_GHZ


def words_from_slots(
    slots: Bool[np.ndarray, "section slot"],
) -> UInt64[np.ndarray, "section word"]:
    """The same flags as bits of 64-bit words, slot 0 in the lowest bit; zeros fill the last."""
    words = -(-slots.shape[1] // WORD_BITS)
    padded = np.zeros((slots.shape[0], words * WORD_BITS), dtype=np.bool_)
    padded[:, : slots.shape[1]] = slots
    packed = np.packbits(padded, axis=1, bitorder="little")
    return packed.view("<u8").astype(np.uint64)
