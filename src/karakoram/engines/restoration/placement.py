"""Where are connections lit, and what is reserved for them, before anything fails?

Connections are placed one after the other, each for good: the first candidate path with room, the
lowest slots (first fit). A protected one takes the first candidate path for which there is another
that shares little enough with it, both with room; of those the one that shares least.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Int, Int64, UInt64

from karakoram.core.compiled import compiled
from karakoram.engines.restoration.candidates import ExposedPaths
from karakoram.engines.restoration.policy import Scheme
from karakoram.engines.restoration.slots import (
    ALL_RISKS,
    FREE,
    NOWHERE,
    SlotBlock,
    SlotTables,
    Wanted,
    light,
    lightable_slot,
    note_block,
    reservable_slot,
    reserve_block,
)

_ONE_PLUS_ONE, _ONE_FOR_ONE = int(Scheme.ONE_PLUS_ONE), int(Scheme.ONE_FOR_ONE)
_SHARED_MESH, _EXTRA = int(Scheme.SHARED_MESH), int(Scheme.EXTRA)


class ConnectionArrays(NamedTuple):
    """The arrays of ``Connections``, as compiled loops take them."""

    pair: Int64[np.ndarray, " connection"]
    grade: Int64[np.ndarray, " connection"]
    priority: Int64[np.ndarray, " connection"]
    scheme: Int64[np.ndarray, " connection"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Connections:
    """What is to be carried; the order is that in which they are placed."""

    pair: Int[np.ndarray, " connection"]
    grade: Int[np.ndarray, " connection"]
    """Bit rate, as the column of ``ExposedPaths.widths``; lower grades are lower bit rates."""
    priority: Int[np.ndarray, " connection"]
    """Higher comes first, and may put out lower where the policy allows it."""
    scheme: Int[np.ndarray, " connection"]
    """A ``Scheme`` each."""

    def __post_init__(self) -> None:
        for name in ("pair", "grade", "priority", "scheme"):
            values = np.array(getattr(self, name), dtype=np.int64)
            values.flags.writeable = False
            object.__setattr__(self, name, values)
        unknown = ~np.isin(self.scheme, [int(scheme) for scheme in Scheme])
        if unknown.any():
            raise ValueError(f"scheme must be one of Scheme, got {self.scheme[unknown][0]}")

    @property
    def count(self) -> int:
        """Number of connections."""
        return int(self.pair.size)

    @property
    def arrays(self) -> ConnectionArrays:
        """The arrays alone."""
        return ConnectionArrays(
            pair=self.pair, grade=self.grade, priority=self.priority, scheme=self.scheme
        )


class PlacementArrays(NamedTuple):
    """Blocks of the connections, one row each of path, slot and width; path NOWHERE if none."""

    working: Int64[np.ndarray, "connection 3"]
    protection: Int64[np.ndarray, "connection 3"]


class Placing(NamedTuple):
    """What compiled loops place connections on; they change the spectrum and the blocks."""

    spectrum: SlotTables
    connections: ConnectionArrays
    blocks: PlacementArrays
    sharing_max: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LitConnections:
    """Every connection's place, and the slots taken by all of them."""

    blocks: PlacementArrays
    spectrum: SlotTables

    @property
    def is_placed(self) -> Bool[np.ndarray, " connection"]:
        """Whether each connection found room."""
        return np.asarray(self.blocks.working[:, 0] != NOWHERE)


def place_connections(
    paths: ExposedPaths, connections: Connections, *, slot_count: int, sharing_max: int = 0
) -> LitConnections:
    """Every connection on the first paths and the lowest slots that have room.

    Parameters
    ----------
    paths
        The candidates of every pair.
    connections
        What is to be carried, in the order of placing.
    slot_count
        Slots of each resource.
    sharing_max
        The most that a protection path may share with its working path, by the risk weights; 0
        where they must share nothing but what their ends bring.

    Returns
    -------
    Where each is lit and what is reserved for it. One without room takes nothing: its path is
    NOWHERE.

    Raises
    ------
    ValueError
        If a connection names a pair or a grade that the candidates lack, or there are no slots.
    """
    if slot_count < 1:
        raise ValueError(f"slot_count must be >= 1, got {slot_count}")
    _check_connections(paths, connections)
    spectrum = SlotTables(
        paths=paths.arrays,
        owner=np.full((paths.resource_count, slot_count), FREE, dtype=np.int32),
        reserve=np.zeros((paths.resource_count, slot_count, paths.word_count), dtype=np.uint64),
    )
    shape = (connections.count, 3)
    blocks = PlacementArrays(
        working=np.full(shape, NOWHERE, dtype=np.int64),
        protection=np.full(shape, NOWHERE, dtype=np.int64),
    )
    _place_all(
        Placing(
            spectrum=spectrum,
            connections=connections.arrays,
            blocks=blocks,
            sharing_max=sharing_max,
        )
    )
    for values in (spectrum.owner, spectrum.reserve, *blocks):
        values.flags.writeable = False
    return LitConnections(blocks=blocks, spectrum=spectrum)


def _check_connections(paths: ExposedPaths, connections: Connections) -> None:
    """Refuse connections that do not fit the candidates.

    Raises
    ------
    ValueError
        Naming the first pair or grade that is not there.
    """
    for name, values, count in (
        ("pair", connections.pair, paths.pair_count),
        ("grade", connections.grade, paths.widths.shape[1]),
    ):
        outside = (values < 0) | (values >= count)
        if outside.any():
            raise ValueError(f"{name} must lie in 0..{count - 1}, got {values[outside][0]}")


@compiled
def _place_all(plan: Placing) -> None:
    for connection in range(plan.connections.pair.size):
        if has_protection(plan.connections.scheme[connection]):
            _place_two(plan, connection)
        else:
            _place_one(plan, connection)


@compiled
def has_protection(scheme: int) -> bool:
    """Whether a connection of this scheme has a second path before anything fails."""
    return scheme == _ONE_PLUS_ONE or scheme == _ONE_FOR_ONE or scheme == _SHARED_MESH  # noqa: PLR1714


@compiled
def _place_one(plan: Placing, connection: int) -> None:
    paths, connections = plan.spectrum.paths, plan.connections
    pair, grade = connections.pair[connection], connections.grade[connection]
    uses_reserve = connections.scheme[connection] == _EXTRA
    for path in range(paths.pair_offsets[pair], paths.pair_offsets[pair + 1]):
        width = paths.widths[path, grade]
        if width == 0:
            continue
        slot = lightable_slot(plan.spectrum, Wanted(path, width), uses_reserve)
        if slot != NOWHERE:
            block = SlotBlock(path, slot, width)
            light(plan.spectrum, block, connection)
            note_block(plan.blocks.working, connection, block)
            return


@compiled
def _place_two(plan: Placing, connection: int) -> None:
    paths, connections = plan.spectrum.paths, plan.connections
    pair, grade = connections.pair[connection], connections.grade[connection]
    keeps_off_reserve = False
    for first in range(paths.pair_offsets[pair], paths.pair_offsets[pair + 1]):
        width = paths.widths[first, grade]
        if width == 0:
            continue
        slot = lightable_slot(plan.spectrum, Wanted(first, width), keeps_off_reserve)
        if slot == NOWHERE:
            continue
        protection = _protection(plan, connection, first)
        if protection.path == NOWHERE:
            continue
        working = SlotBlock(first, slot, width)
        light(plan.spectrum, working, connection)
        note_block(plan.blocks.working, connection, working)
        note_block(plan.blocks.protection, connection, protection)
        if connections.scheme[connection] == _ONE_PLUS_ONE:
            light(plan.spectrum, protection, connection)
        else:
            risks = _reserving_risks(plan, connection, first)
            reserve_block(plan.spectrum, protection, risks)
        return


@compiled
def _protection(plan: Placing, connection: int, working: int) -> SlotBlock:
    """The block on the path that shares least with the working one, and no more than allowed.

    Of equal ones the first. Its path is NOWHERE if there is none.
    """
    paths, connections = plan.spectrum.paths, plan.connections
    pair, grade = connections.pair[connection], connections.grade[connection]
    risks = _reserving_risks(plan, connection, working)
    best, least = SlotBlock(NOWHERE, NOWHERE, 0), plan.sharing_max + 1
    for path in range(paths.pair_offsets[pair], paths.pair_offsets[pair + 1]):
        width = paths.widths[path, grade]
        shared = paths.sharing[working, path - paths.pair_offsets[pair]]
        if width == 0 or path == working or shared >= least:
            continue
        slot = reservable_slot(plan.spectrum, Wanted(path, width), risks)
        if slot != NOWHERE:
            best, least = SlotBlock(path, slot, width), shared
    return best


@compiled
def _reserving_risks(plan: Placing, connection: int, working: int) -> UInt64[np.ndarray, " word"]:
    """For which failures a reservation is needed: all of them where it is shared with nobody."""
    paths, connections = plan.spectrum.paths, plan.connections
    risks: UInt64[np.ndarray, " word"] = np.full(paths.risks.shape[1], ALL_RISKS, dtype=np.uint64)
    if connections.scheme[connection] == _SHARED_MESH:
        # With an end of it down nothing is needed, so what fails with an end is no reason.
        risks &= paths.risks[working] & ~paths.end_risks[connections.pair[connection]]
    return risks
