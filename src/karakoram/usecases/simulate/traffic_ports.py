"""What do simulations of traffic need from outside: who reads what somebody wrote down?"""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, runtime_checkable

from karakoram.core.findings import Place
from karakoram.planning.traffic.tables import (
    BitRateShare,
    PairTraffic,
    ReachRow,
    ReservedBand,
    TracedRequest,
)

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRow(Generic[RowT]):
    """A row and where it stands, without a field."""

    row: RowT
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficTables:
    """What was written down; ``None`` where there is no table of a kind."""

    trace: tuple[PlacedRow[TracedRequest], ...] | None = None
    matrix: tuple[PlacedRow[PairTraffic], ...] | None = None
    reach_table: tuple[PlacedRow[ReachRow], ...] | None = None
    bit_rates: tuple[PlacedRow[BitRateShare], ...] | None = None
    reserved: tuple[PlacedRow[ReservedBand], ...] = ()


@runtime_checkable
class TrafficTableSource(Protocol):
    """Where tables of traffic come from."""

    def read_tables(self) -> TrafficTables:
        """The tables.

        Raises
        ------
        InvalidDataError
            If one cannot be read; carries every finding of all of them.
        """
