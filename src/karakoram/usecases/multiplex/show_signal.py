"""Where does a signal of the multiplex go, and which concatenations hold a bit rate?"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from karakoram.engines.multiplex import (
    ClientSignal,
    ServerContainer,
    carried_in,
    client_signal,
    concatenations,
    container_fill,
    mapped_signal,
    odtu_bit_per_s,
    server_kind,
    servers_for,
    tributary_shape,
)
from karakoram.usecases.words import bit_rate_gbps_from_text, reading, refuse_unread

_BIT_PER_S_PER_GBPS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalPlace:
    """What a signal takes of one kind of server."""

    server: str
    server_slots: int
    block_count: int
    """Each lies wherever there is room."""
    block_slots: int
    """Adjacent slots of one block."""
    count_max: int
    """How many of the signal an empty server takes."""
    bit_per_s: Fraction | None
    """What the slots hold, between ODUs [bit/s]; ``None`` elsewhere, where it is the signal's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRow:
    """A signal, what it is mapped into, and every kind of server that has a place for it."""

    signal: ClientSignal
    container: str | None
    """``None`` where it is multiplexed as it is."""
    mapped_bit_per_s: Fraction | None
    """Bit rate at which it enters its container, transcoded where it must be [bit/s]."""
    places: tuple[SignalPlace, ...]


def signal_row(name: str) -> SignalRow:
    """The signal of a name.

    Raises
    ------
    NotFoundError
        If the Recommendations have no such signal; with near misses.
    """
    signal = client_signal(name)
    mapped = mapped_signal(name)
    return SignalRow(
        signal=signal,
        container=carried_in(name),
        mapped_bit_per_s=None if mapped is None else mapped.bit_rate_bit_per_s,
        places=tuple(_places(signal)),
    )


def concatenation_rows(bit_rate: str) -> tuple[SignalRow, ...]:
    """The concatenations of virtual containers that hold a bit rate, as people write it.

    Raises
    ------
    InvalidDataError
        If the word is no bit rate.
    """
    read = reading("bit_rate", bit_rate, bit_rate_gbps_from_text)
    refuse_unread((read,))
    whole = round(read.value * _BIT_PER_S_PER_GBPS)
    return tuple(map(signal_row, concatenations(Fraction(whole))))


def _places(signal: ClientSignal) -> Iterator[SignalPlace]:
    for name in servers_for(signal):
        server = server_kind(name)
        shape = tributary_shape(server, signal)
        assert shape is not None, "servers_for names those that have a place"
        empty = ServerContainer(server=server, a_site=0, z_site=1)
        (fill,) = container_fill([empty], client=signal)
        yield SignalPlace(
            server=name,
            server_slots=server.slot_count,
            block_count=shape.block_count,
            block_slots=shape.block_slots,
            count_max=fill.tributaries_that_fit,
            bit_per_s=odtu_bit_per_s(server, signal),
        )
