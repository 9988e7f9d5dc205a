"""What is lit at a moment: which slots are free, on which path is what, and until when?"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int16, Int32, Int64, UInt64

from karakoram.engines.spectrum.candidates import CandidatePaths
from karakoram.engines.spectrum.slots import words_from_slots

DARK = -1
"""In the place of a path: the number is not in use."""

LIT_COUNT = 0
"""Place in ``counters``: how many connections are lit."""


class Occupancy(NamedTuple):
    """What is lit, as arrays that the compiled loops write.

    A connection has a number below the room there is; numbers of those gone are used again.
    """

    free: UInt64[np.ndarray, "section word"]
    """One bit per slot, lowest first: 1 is free."""
    lit_path: Int32[np.ndarray, " room"]
    """The path of each connection, or ``DARK``."""
    lit_bit_rate: Int16[np.ndarray, " room"]
    """The bit rate of each, as a number of the columns of the widths."""
    lit_slot: Int16[np.ndarray, "room segment"]
    """The first slot of each segment."""
    spare: Int32[np.ndarray, " room"]
    """From place ``LIT_COUNT`` on: the numbers not in use, the next to be given out first."""
    ends: Float[np.ndarray, "2 room"]
    """When connections end, and their numbers: a heap of ``departures``."""
    counters: Int64[np.ndarray, " counter"]
    """``LIT_COUNT``."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpectrumState:
    """What is lit between two runs; a run takes it and gives another, and changes neither."""

    occupancy: Occupancy

    @property
    def lit_count(self) -> int:
        """How many connections are lit."""
        return int(self.occupancy.counters[LIT_COUNT])

    def copied(self) -> Occupancy:
        """Arrays with the same content that may be written."""
        return Occupancy(*(np.array(array) for array in self.occupancy))


def dark_state(paths: CandidatePaths, *, usable: Bool[np.ndarray, "section slot"]) -> SpectrumState:
    """Nothing lit, and all usable slots free.

    Parameters
    ----------
    paths
        The candidate paths that will be lit.
    usable
        Which slots of each section may be given away.

    Raises
    ------
    ValueError
        If there are not as many rows as sections.
    """
    if usable.shape[0] != paths.section_count:
        raise ValueError(f"usable has {usable.shape[0]} rows for {paths.section_count} sections")
    room = _most_connections(paths, slots=int(usable.sum()))
    spare = np.arange(room, dtype=np.int32)
    return SpectrumState(
        occupancy=frozen_occupancy(
            Occupancy(
                free=words_from_slots(usable),
                lit_path=np.full(room, DARK, dtype=np.int32),
                lit_bit_rate=np.zeros(room, dtype=np.int16),
                lit_slot=np.zeros((room, paths.segments_max), dtype=np.int16),
                spare=spare,
                ends=np.zeros((2, room)),
                counters=np.zeros(1, dtype=np.int64),
            )
        )
    )


def frozen_occupancy(occupancy: Occupancy) -> Occupancy:
    """The same arrays, which from now on refuse to be written."""
    for array in occupancy:
        array.flags.writeable = False
    return occupancy


def _most_connections(paths: CandidatePaths, *, slots: int) -> int:
    """More can never be lit: each takes at least the narrowest width on one section."""
    narrowest = int(np.min(paths.width, where=paths.width > 0, initial=np.iinfo(np.int16).max))
    return slots // narrowest + 1
