"""What becomes of every connection while a set of risks is down?

Compiled loops. In this order: light on failed paths is put out; protection paths that stand take
over, and put out the extra traffic on them; what is left is restored by priority over candidate
paths that stand, at the full bit rate first, then at lower ones, then by putting out others.
"""

from typing import NamedTuple

from karakoram.core.compiled import compiled
from karakoram.engines.restoration.placement import has_protection
from karakoram.engines.restoration.policy import RestorationOutcome, Scheme
from karakoram.engines.restoration.pre_emption import cheapest_block, holders
from karakoram.engines.restoration.situation import Given, Situation
from karakoram.engines.restoration.slots import (
    NOWHERE,
    SlotBlock,
    Wanted,
    block_of,
    hits,
    light,
    lightable_slot,
    note_block,
    put_out,
)

_ONE_PLUS_ONE, _DYNAMIC = int(Scheme.ONE_PLUS_ONE), int(Scheme.DYNAMIC)
_EXTRA = int(Scheme.EXTRA)
_UNAFFECTED, _SWITCHED = int(RestorationOutcome.UNAFFECTED), int(RestorationOutcome.SWITCHED)
_RESTORED, _REDUCED = int(RestorationOutcome.RESTORED), int(RestorationOutcome.REDUCED)
_END_DOWN, _NO_PATH = int(RestorationOutcome.END_DOWN), int(RestorationOutcome.NO_PATH)
_NO_REACH, _NO_SPECTRUM = int(RestorationOutcome.NO_REACH), int(RestorationOutcome.NO_SPECTRUM)
_WAITS, _PRE_EMPTED = int(RestorationOutcome.WAITS), int(RestorationOutcome.PRE_EMPTED)
_PENDING = -1


class Asked(NamedTuple):
    """A grade of bit rate for a connection."""

    connection: int
    grade: int


@compiled
def restore(given: Given, now: Situation) -> None:
    """Bring ``now`` to what holds while ``now.failed`` is down.

    Connections that carry nothing when it begins are tried anew: first where they were placed.
    """
    _put_out_failed(given, now)
    for connection in given.order:
        if now.outcome[connection] == _PENDING:
            _return_home(given, now, connection)
    for connection in given.order:
        if now.outcome[connection] == _PENDING:
            _switch(given, now, connection)
    turn = 0
    for connection in given.order:
        if now.outcome[connection] == _PENDING and _is_helped(given, connection):
            now.turn[connection] = turn
            turn += 1
            _search(given, now, connection)
        elif now.outcome[connection] == _PENDING:
            now.outcome[connection] = _WAITS


@compiled
def _is_helped(given: Given, connection: int) -> bool:
    scheme = given.connections.scheme[connection]
    return scheme == _DYNAMIC or (has_protection(scheme) and given.policy.helps_protected)


@compiled
def _put_out_failed(given: Given, now: Situation) -> None:
    """Mark who carries nothing as pending, or as lost with an end; free the slots of the hit."""
    for connection in given.order:
        block = block_of(now.lit, connection)
        if block.path != NOWHERE:
            if not hits(now.spectrum.paths.risks[block.path], now.failed):
                continue
            if not given.policy.keeps_stubs:
                put_out(now.spectrum, block, connection)
            note_block(now.lit, connection, SlotBlock(NOWHERE, NOWHERE, 0))
        now.turn[connection] = NOWHERE
        now.is_pre_empted[connection] = False
        now.grade[connection] = given.connections.grade[connection]
        pair = given.connections.pair[connection]
        is_lost = hits(now.spectrum.paths.end_risks[pair], now.failed)
        now.outcome[connection] = _END_DOWN if is_lost else _PENDING


@compiled
def _return_home(given: Given, now: Situation, connection: int) -> None:
    """Light the working path again where it stands and nobody else has taken its slots."""
    block = block_of(given.blocks.working, connection)
    if hits(now.spectrum.paths.risks[block.path], now.failed):
        return
    for other in holders(now.spectrum, block):
        if other != connection:
            return
    _carry(now, block, connection)
    now.outcome[connection] = _UNAFFECTED


@compiled
def _switch(given: Given, now: Situation, connection: int) -> None:
    """Take the protection path if there is one that stands and that no other has taken."""
    block = block_of(given.blocks.protection, connection)
    if block.path == NOWHERE or hits(now.spectrum.paths.risks[block.path], now.failed):
        return
    if given.connections.scheme[connection] != _ONE_PLUS_ONE:
        if not _put_out_extra(given, now, block):
            return
        light(now.spectrum, block, connection)
    note_block(now.lit, connection, block)
    now.outcome[connection] = _SWITCHED


@compiled
def _put_out_extra(given: Given, now: Situation, block: SlotBlock) -> bool:
    """Put out the extra traffic on a reserved block; false, and nothing, if others light it."""
    others = holders(now.spectrum, block)
    for other in others:
        if given.connections.scheme[other] != _EXTRA:
            return False
    for other in others:
        _pre_empt(given, now, other)
    return True


@compiled
def _pre_empt(given: Given, now: Situation, connection: int) -> None:
    """Put a connection out for another; who is helped at all waits for its turn again."""
    put_out(now.spectrum, block_of(now.lit, connection), connection)
    note_block(now.lit, connection, SlotBlock(NOWHERE, NOWHERE, 0))
    is_helped = _is_helped(given, connection)
    now.is_pre_empted[connection] = True
    now.grade[connection] = given.connections.grade[connection]
    now.outcome[connection] = _PENDING if is_helped else _PRE_EMPTED


@compiled
def _search(given: Given, now: Situation, connection: int) -> None:
    """Restore one connection at the highest grade that can be had."""
    full = given.connections.grade[connection]
    block, why = _free_block(given, now, Asked(connection, full))
    if block.path == NOWHERE and why == _NO_SPECTRUM and given.policy.pre_empts:
        block = cheapest_block(given, now, connection)
        if block.path != NOWHERE:
            for other in holders(now.spectrum, block):
                _pre_empt(given, now, other)
    if block.path != NOWHERE:
        _carry(now, block, connection)
        now.outcome[connection] = _RESTORED
        return
    if given.policy.reduces:
        for grade in range(full - 1, -1, -1):
            lower, _ = _free_block(given, now, Asked(connection, grade))
            if lower.path != NOWHERE:
                _carry(now, lower, connection)
                now.grade[connection] = grade
                now.outcome[connection] = _REDUCED
                return
    now.outcome[connection] = _PRE_EMPTED if now.is_pre_empted[connection] else why


@compiled
def _carry(now: Situation, block: SlotBlock, connection: int) -> None:
    light(now.spectrum, block, connection)
    note_block(now.lit, connection, block)


@compiled
def _free_block(given: Given, now: Situation, asked: Asked) -> tuple[SlotBlock, int]:
    """The first free block on a path that stands, and else why there is none."""
    paths, pair = now.spectrum.paths, given.connections.pair[asked.connection]
    why = _NO_PATH
    for path in range(paths.pair_offsets[pair], paths.pair_offsets[pair + 1]):
        if hits(paths.risks[path], now.failed):
            continue
        width = paths.widths[path, asked.grade]
        if width == 0:
            why = max(why, _NO_REACH)
            continue
        why = _NO_SPECTRUM
        slot = lightable_slot(now.spectrum, Wanted(path, width), given.policy.uses_reserve)
        if slot != NOWHERE:
            return SlotBlock(path, slot, width), why
    return SlotBlock(NOWHERE, NOWHERE, 0), why
