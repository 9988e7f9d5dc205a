"""Which slots are free along a whole path, and how are they taken and given back?

Compiled loops. A table ``owner[resource, slot]`` names the connection that lights a slot, FREE
where it is dark. ``reserve[resource, slot, word]`` holds the risks of the working paths of all
connections that may need the slot when these fail, all bits set where one alone reserves it.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Int32, Int64, UInt64

from karakoram.core.compiled import compiled
from karakoram.engines.restoration.candidates import PathArrays

FREE = -1
NOWHERE = -1
"""No slot, no path."""
ALL_RISKS = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


class SlotTables(NamedTuple):
    """Who lights which slot, and for which risks it is reserved; changed by compiled loops."""

    paths: PathArrays
    owner: Int32[np.ndarray, "resource slot"]
    reserve: UInt64[np.ndarray, "resource slot word"]


class Wanted(NamedTuple):
    """So many neighbouring slots along a path."""

    path: int
    width: int


class SlotBlock(NamedTuple):
    """The same neighbouring slots on every hop of a path."""

    path: int
    slot: int
    width: int


@compiled
def hits(risks: UInt64[np.ndarray, " word"], failed: UInt64[np.ndarray, " word"]) -> bool:
    """Whether two sets of risks have one in common."""
    for word in range(risks.size):  # noqa: SIM110 - numba compiles no generator expression
        if risks[word] & failed[word]:
            return True
    return False


@compiled
def is_reserved(reserve: UInt64[np.ndarray, " word"]) -> bool:
    """Whether anybody reserves the slot."""
    for word in range(reserve.size):  # noqa: SIM110 - numba compiles no generator expression
        if reserve[word]:
            return True
    return False


@compiled
def _first_run(free: Bool[np.ndarray, " slot"], width: int) -> int:
    """The lowest slot from which ``width`` slots are free; NOWHERE if there are none."""
    length = 0
    for slot in range(free.size):
        length = length + 1 if free[slot] else 0
        if length == width:
            return slot - width + 1
    return NOWHERE


@compiled
def lightable_slot(spectrum: SlotTables, wanted: Wanted, uses_reserve: bool) -> int:  # noqa: FBT001
    """First fit along a path: the lowest slot where light may be lit; NOWHERE if none.

    ``uses_reserve`` says whether slots that others reserve will do.
    """
    free = np.ones(spectrum.owner.shape[1], dtype=np.bool_)
    hop_offsets = spectrum.paths.hop_offsets
    for hop in range(hop_offsets[wanted.path], hop_offsets[wanted.path + 1]):
        resource = spectrum.paths.resources[hop]
        for slot in range(free.size):
            is_kept = not uses_reserve and is_reserved(spectrum.reserve[resource, slot])
            if spectrum.owner[resource, slot] != FREE or is_kept:
                free[slot] = False
    return _first_run(free, wanted.width)


@compiled
def reservable_slot(
    spectrum: SlotTables, wanted: Wanted, risks: UInt64[np.ndarray, " word"]
) -> int:
    """First fit along a path for a reservation; NOWHERE if none.

    It is shared with whom no risk of ours hits.
    """
    free = np.ones(spectrum.owner.shape[1], dtype=np.bool_)
    hop_offsets = spectrum.paths.hop_offsets
    for hop in range(hop_offsets[wanted.path], hop_offsets[wanted.path + 1]):
        resource = spectrum.paths.resources[hop]
        for slot in range(free.size):
            is_kept = hits(spectrum.reserve[resource, slot], risks)
            if spectrum.owner[resource, slot] != FREE or is_kept:
                free[slot] = False
    return _first_run(free, wanted.width)


@compiled
def light(spectrum: SlotTables, block: SlotBlock, connection: int) -> None:
    """Let a connection own a block, whoever did before."""
    hop_offsets = spectrum.paths.hop_offsets
    for hop in range(hop_offsets[block.path], hop_offsets[block.path + 1]):
        for slot in range(block.slot, block.slot + block.width):
            spectrum.owner[spectrum.paths.resources[hop], slot] = connection


@compiled
def put_out(spectrum: SlotTables, block: SlotBlock, connection: int) -> None:
    """Give back what a connection owns of a block, and nothing that others own."""
    hop_offsets = spectrum.paths.hop_offsets
    for hop in range(hop_offsets[block.path], hop_offsets[block.path + 1]):
        resource = spectrum.paths.resources[hop]
        for slot in range(block.slot, block.slot + block.width):
            if spectrum.owner[resource, slot] == connection:
                spectrum.owner[resource, slot] = FREE


@compiled
def reserve_block(
    spectrum: SlotTables, block: SlotBlock, risks: UInt64[np.ndarray, " word"]
) -> None:
    """Reserve a block for when one of ``risks`` fails."""
    hop_offsets = spectrum.paths.hop_offsets
    for hop in range(hop_offsets[block.path], hop_offsets[block.path + 1]):
        resource = spectrum.paths.resources[hop]
        for slot in range(block.slot, block.slot + block.width):
            for word in range(risks.size):
                spectrum.reserve[resource, slot, word] |= risks[word]


@compiled
def block_of(rows: Int64[np.ndarray, "connection 3"], connection: int) -> SlotBlock:
    """The block in a row."""
    return SlotBlock(rows[connection, 0], rows[connection, 1], rows[connection, 2])


@compiled
def note_block(rows: Int64[np.ndarray, "connection 3"], connection: int, block: SlotBlock) -> None:
    """Write a block into a row."""
    rows[connection, 0] = block.path
    rows[connection, 1] = block.slot
    rows[connection, 2] = block.width
