"""Which connections can be moved lower without an interruption, and how many moves does it take?

*Push-pull* retunes a connection through slots that are free, so that it slides down to the first
obstacle. *Make before break* lights it anew on free slots and then lets go of the old ones, so that
it may jump over others, but never onto slots of its own. Neither interrupts traffic.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from karakoram.core.compiled import compiled
from karakoram.engines.spectrum.bitmaps import (
    NO_SLOT,
    Block,
    Sections,
    Spectrum,
    Stretch,
    first_fit,
    is_free,
    occupy,
    vacate,
)
from karakoram.engines.spectrum.candidates import CandidatePaths, PathColumns
from karakoram.engines.spectrum.occupancy import (
    DARK,
    Occupancy,
    SpectrumState,
    frozen_occupancy,
)


class Hitless(IntEnum):
    """How a connection is moved without an interruption."""

    PUSH_PULL = 0
    MAKE_BEFORE_BREAK = 1


_MAKE_BEFORE_BREAK = int(Hitless.MAKE_BEFORE_BREAK)


class Move(NamedTuple):
    """How connections are moved, and how often at most."""

    hitless: int
    moves_max: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Defragmented:
    """What is lit after the moves, and how many there were."""

    state: SpectrumState
    moves: int
    """Segments moved, each time that one was."""


def defragmented(
    state: SpectrumState,
    *,
    paths: CandidatePaths,
    hitless: Hitless,
    moves_max: int = 1_000_000,
) -> Defragmented:
    """Connections moved lower, those that lie lowest first, until none can be.

    Parameters
    ----------
    state
        What is lit; it stays as it is.
    paths
        The candidate paths of which the state holds some.
    hitless
        How connections are moved.
    moves_max
        After so many moves nothing more is moved.
    """
    occupancy = state.copied()
    moves = 0
    while moves < moves_max:
        more = _move_lower(occupancy, paths.columns, Move(int(hitless), moves_max - moves))
        if more == 0:
            break
        moves += more
    return Defragmented(state=SpectrumState(occupancy=frozen_occupancy(occupancy)), moves=moves)


@compiled
def _move_lower(occupancy: Occupancy, paths: PathColumns, move: Move) -> int:
    """Move every segment once if it can be moved lower, in place; how many were."""
    moves = 0
    lit = np.flatnonzero(occupancy.lit_path != DARK)
    for number in lit[np.argsort(occupancy.lit_slot[lit, 0])]:
        path, bit_rate = occupancy.lit_path[number], occupancy.lit_bit_rate[number]
        begin = paths.segment_begin[path]
        for segment in range(begin, paths.segment_begin[path + 1]):
            if moves == move.moves_max:
                return moves
            block = Block(
                paths.hop_begin[segment],
                paths.hop_begin[segment + 1],
                occupancy.lit_slot[number, segment - begin],
                paths.width[paths.width_row[segment], bit_rate],
            )
            slot = _lower_slot(occupancy.free, paths.section, (block, move.hitless))
            if slot < block.first:
                vacate(occupancy.free, paths.section, block)
                occupy(
                    occupancy.free,
                    paths.section,
                    Block(block.begin, block.end, slot, block.width),
                )
                occupancy.lit_slot[number, segment - begin] = slot
                moves += 1
    return moves


@compiled
def _lower_slot(
    free: Spectrum,
    section: Sections,
    wanted: tuple[Block, int],
) -> int:
    """The lowest first slot that a block can be moved to; its own where there is none lower."""
    block, hitless = wanted
    begin, end, first, width = block
    if hitless == _MAKE_BEFORE_BREAK:
        slot = first_fit(free, section, Stretch(begin, end, width))
        return first if slot == NO_SLOT else min(slot, first)
    while first > 0 and is_free(free, section, Block(begin, end, first - 1, 1)):
        first -= 1
    return first
