"""Whom does a connection put out, where nothing is free for it?

Only those of lower priority that nothing protects; and of all blocks where no other stands in the
way, the one whose holders have the fewest slots together.
"""

import numpy as np
from jaxtyping import Int64

from karakoram.core.compiled import compiled
from karakoram.engines.restoration.placement import has_protection
from karakoram.engines.restoration.situation import Given, Situation
from karakoram.engines.restoration.slots import (
    FREE,
    NOWHERE,
    SlotBlock,
    SlotTables,
    hits,
    is_reserved,
)

_BLOCKED = -1


@compiled
def holders(spectrum: SlotTables, block: SlotBlock) -> Int64[np.ndarray, " holder"]:
    """Every connection that lights a slot of a block, each once."""
    hop_offsets = spectrum.paths.hop_offsets
    hop_count = hop_offsets[block.path + 1] - hop_offsets[block.path]
    found = np.empty(hop_count * block.width, dtype=np.int64)
    count = 0
    for hop in range(hop_offsets[block.path], hop_offsets[block.path + 1]):
        for slot in range(block.slot, block.slot + block.width):
            owner = spectrum.owner[spectrum.paths.resources[hop], slot]
            if owner != FREE and not (found[:count] == owner).any():
                found[count] = owner
                count += 1
    return found[:count]


@compiled
def cheapest_block(given: Given, now: Situation, connection: int) -> SlotBlock:
    """The block at the full grade whose holders may be put out and are least; path NOWHERE if none.

    Of equal ones the first path and the lowest slot.
    """
    paths, pair = now.spectrum.paths, given.connections.pair[connection]
    grade = given.connections.grade[connection]
    best, least = SlotBlock(NOWHERE, NOWHERE, 0), np.iinfo(np.int64).max
    for path in range(paths.pair_offsets[pair], paths.pair_offsets[pair + 1]):
        width = paths.widths[path, grade]
        if width == 0 or hits(paths.risks[path], now.failed):
            continue
        for slot in range(now.spectrum.owner.shape[1] - width + 1):
            block = SlotBlock(path, slot, width)
            if given.policy.uses_reserve or not _touches_reserve(now.spectrum, block):
                slots_put_out = _slots_put_out(given, holders(now.spectrum, block), connection)
                if slots_put_out != _BLOCKED and slots_put_out < least:
                    best, least = block, slots_put_out
    return best


@compiled
def _slots_put_out(given: Given, others: Int64[np.ndarray, " holder"], connection: int) -> int:
    """Slots of all others together; _BLOCKED where one of them may not be put out."""
    total = 0
    connections = given.connections
    for other in others:
        is_lower = connections.priority[other] < connections.priority[connection]
        if not is_lower or has_protection(connections.scheme[other]):
            return _BLOCKED
        total += given.blocks.working[other, 2]
    return total


@compiled
def _touches_reserve(spectrum: SlotTables, block: SlotBlock) -> bool:
    hop_offsets = spectrum.paths.hop_offsets
    for hop in range(hop_offsets[block.path], hop_offsets[block.path + 1]):
        for slot in range(block.slot, block.slot + block.width):
            if is_reserved(spectrum.reserve[spectrum.paths.resources[hop], slot]):
                return True
    return False
