"""Which plesiochronous signals are there, and how many channels of 64 kbit/s does one hold?"""

import re
from collections.abc import Mapping
from fractions import Fraction

from karakoram.engines.multiplex.signals import (
    ClientSignal,
    Hierarchy,
    ServerKind,
    TributaryShape,
)

CHANNEL_BIT_PER_S = Fraction(64_000)
"""ITU-T G.702, clause 1."""

PDH_BIT_PER_S: Mapping[str, tuple[int, int]] = {
    "E1": (2_048_000, 50),
    "E2": (8_448_000, 30),
    "E3": (34_368_000, 20),
    "E4": (139_264_000, 15),
    "DS3": (44_736_000, 20),
}
"""Bit rate and tolerance [ppm] (ITU-T G.702, Table 1; G.703, clauses 9, 10, 11, 12 and 8)."""

_E1_PER: Mapping[str, int] = {"E1": 1, "E2": 4, "E3": 16, "E4": 64}
"""Four of each make one of the next (ITU-T G.742 and G.751)."""

_TIME_SLOTS: Mapping[str, int] = {"E1": 31, "E1-CAS": 30}
"""Time slots 1 to 31, or without 16, which holds signalling (ITU-T G.704, 2.3 and 5.1)."""

_SIGNALLING_TIME_SLOT = 16

_CHANNELS = re.compile(r"([1-9]|[12]\d|3[01])x64k(-c)?")


def pdh_signal(name: str) -> ClientSignal | None:
    """The signal of a name, or ``None`` where there is no such one.

    There are ``E1`` to ``E4``, ``DS3``, and ``6x64k`` for six channels of 64 kbit/s in any time
    slots of one E1, ``6x64k-c`` in consecutive ones.

    References
    ----------
    .. [1] ITU-T G.702 (11/1988), Table 1; G.704 (10/1998), 5.2.
    """
    if name in PDH_BIT_PER_S:
        bit_rate, ppm = PDH_BIT_PER_S[name]
        return _signal(name, Fraction(bit_rate), ppm=ppm)
    match = _CHANNELS.fullmatch(name)
    return match and _signal(name, int(match[1]) * CHANNEL_BIT_PER_S, ppm=PDH_BIT_PER_S["E1"][1])


def _signal(name: str, bit_rate: Fraction, *, ppm: int) -> ClientSignal:
    return ClientSignal(
        name=name,
        bit_rate_bit_per_s=bit_rate,
        payload_bit_rate_bit_per_s=_TIME_SLOTS["E1"] * CHANNEL_BIT_PER_S
        if name == "E1"
        else bit_rate,
        tolerance_ppm=ppm,
    )


def pdh_server(name: str) -> ServerKind | None:
    """The server of a name, or ``None`` where there is no such one.

    ``E1`` has the time slots 1 to 31, ``E1-CAS`` those without 16; ``E2``, ``E3`` and ``E4`` have
    4, 16 and 64 places for an E1.
    """
    if name in _TIME_SLOTS:
        slots = _TIME_SLOTS[name]
        return _server(name, payload=slots * CHANNEL_BIT_PER_S, groups=(1, slots))
    if name not in _E1_PER:
        return None
    groups = tuple(number for number in _E1_PER.values() if number <= _E1_PER[name])
    return _server(name, payload=Fraction(PDH_BIT_PER_S[name][0]), groups=groups)


def _server(name: str, *, payload: Fraction, groups: tuple[int, ...]) -> ServerKind:
    return ServerKind(
        name=name,
        hierarchy=Hierarchy.PDH,
        slot_count=groups[-1],
        payload_bit_rate_bit_per_s=payload,
        group_slots=groups,
    )


def pdh_shape(server: ServerKind, client: ClientSignal) -> TributaryShape | None:
    """The slots that a signal takes in another of PDH; ``None`` where it has no place."""
    if server.name not in _TIME_SLOTS:
        slots = _E1_PER.get(client.name, server.slot_count)
        if slots >= server.slot_count:
            return None
        return TributaryShape(block_count=1, block_slots=slots)
    match = _CHANNELS.fullmatch(client.name)
    if match is None or int(match[1]) > server.slot_count:
        return None
    if match[2]:
        return TributaryShape(block_count=1, block_slots=int(match[1]), is_aligned=False)
    return TributaryShape(block_count=int(match[1]), block_slots=1)


def time_slot_of_e1(server: ServerKind, slot: int) -> int:
    """The number 1 to 31 of a time slot of an E1.

    >>> [time_slot_of_e1(pdh_server("E1-CAS"), slot) for slot in (0, 14, 15, 29)]
    [1, 15, 17, 31]
    """
    number = slot + 1
    return number + (server.name == "E1-CAS" and number >= _SIGNALLING_TIME_SLOT)
