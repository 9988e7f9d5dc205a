"""Which ODUs are there, how fast are they, and how many tributary slots does one need in another?

Bit rates follow from those of SDH: an ODUk is a fraction of STM-N (ITU-T G.709, Table 7-2). Slots
follow from bit rates: as many as hold the client at its fastest when the server is at its slowest.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from karakoram.engines.multiplex.signals import (
    ClientSignal,
    Hierarchy,
    ServerKind,
    TributaryShape,
)

STM1_BIT_PER_S = Fraction(155_520_000)
"""ITU-T G.707, Table 6-1."""

LOCAL_CLOCK_PPM = 20
"""Tolerance of ODUk, k = 0 to 4, and ODUCn (G.709, 12.2)."""

CLIENT_CLOCK_PPM = 100
"""Tolerance of ODU2e and the most of ODUflex (G.709, Table 7-2)."""

_STM16, _STM64, _STM256 = (n * STM1_BIT_PER_S for n in (16, 64, 256))
_TEN_GBASE_R = Fraction(10_312_500_000)
_FORTY_STM16 = 40 * _STM16
"""99 532 800 kbit/s, from which ODU4 and ODUCn are derived."""

ODU_BIT_PER_S: Mapping[str, Fraction] = {
    "ODU0": _STM16 / 2,
    "ODU1": Fraction(239, 238) * _STM16,
    "ODU2": Fraction(239, 237) * _STM64,
    "ODU2e": Fraction(239, 237) * _TEN_GBASE_R,
    "ODU3": Fraction(239, 236) * _STM256,
    "ODU4": Fraction(239, 227) * _FORTY_STM16,
}
"""Nominal bit rates (G.709, Table 7-2)."""

ODUC_BIT_PER_S = Fraction(239, 226) * _FORTY_STM16
"""Of one of the n parts of an ODUCn (G.709, Table 7-2)."""

PAYLOAD_SHARE = Fraction(238, 239)
"""OPU payload of an ODU: 3808 of 3824 columns (G.709, 11.1, Table 7-3)."""

ODUCN_MAX = 256
"""Above any ODUCn that equipment offers; keeps arrays bounded."""

_SLOTS: Mapping[str, int] = {"ODU1": 2, "ODU2": 8, "ODU3": 32, "ODU4": 80}
"""Slots of 1.25G (G.709, 19.1.1 and 19.1.4); payload types 20 of ODU1 and 21."""

_SLOTS_OF_2G5: Mapping[str, int] = {"ODU2-PT20": 4, "ODU3-PT20": 16}
"""Slots of 2.5G, payload type 20 (G.709, 19.1.2 and 19.1.3)."""

_SLOTS_OF_ODUC, _TRIBUTARIES_OF_ODUC = 20, 10
"""Slots of 5G, payload type 22, and ODUs for each part of an ODUCn (G.709, 20.1)."""

_SLOT_COLUMNS: Mapping[str, Fraction] = {
    "ODU1": Fraction(1904),
    "ODU2": Fraction(476),
    "ODU3": Fraction(119),
    "ODU4": Fraction(475, 10),
}
"""Columns of 3824 in a slot of 1.25G (G.709, Table 7-7)."""

_ODUC_COLUMNS = Fraction(1904, 10)
"""The same of a slot of 5G (G.709, Table 7-7)."""

_ASYNCHRONOUS: Mapping[tuple[str, str], tuple[int, Fraction]] = {
    ("ODU1", "ODU0"): (1, 1904 + Fraction(1, 8)),
    ("ODU2", "ODU1"): (2, 952 + Fraction(1, 16)),
    ("ODU3", "ODU1"): (2, 238 + Fraction(1, 64)),
    ("ODU3", "ODU2"): (8, 952 + Fraction(4, 64)),
    ("ODU2-PT20", "ODU1"): (1, 952 + Fraction(1, 16)),
    ("ODU3-PT20", "ODU1"): (1, 238 + Fraction(1, 64)),
    ("ODU3-PT20", "ODU2"): (4, 952 + Fraction(4, 64)),
}
"""Slots and columns of ODTUjk, mapped by AMP, server before client (G.709, Tables 7-7 and 7-9)."""

_GENERIC: Mapping[str, tuple[str, ...]] = {
    "ODU2": ("ODU0",),
    "ODU3": ("ODU0", "ODU2e"),
    "ODU4": ("ODU0", "ODU1", "ODU2", "ODU2e", "ODU3"),
    "ODUCn": ("ODU0", "ODU1", "ODU2", "ODU2e", "ODU3", "ODU4"),
}
"""ODUs mapped by GMP besides ODUflex, by server (G.709, Table 7-9)."""

_GFP_SLOT_BIT_PER_S = (
    (8, Fraction(1_249_177_230)),
    (32, Fraction(1_254_470_354)),
    (80, Fraction(1_301_467_133)),
)
"""Largest n and ODUk.ts of ODUflex(GFP) of n slots of 1.25G, for k = 2, 3, 4 (G.709, Table 7-8)."""

_FLEXE_UNIT_BIT_PER_S = Fraction(103_125_000_000, 20)
"""A calendar slot of 5G: a twentieth of 100GBASE-R (OIF FlexE IA, 6.5; G.709, Table 7-2)."""

OTN_CLIENTS: Mapping[str, tuple[Fraction, int, str]] = {
    "STM-1": (STM1_BIT_PER_S, LOCAL_CLOCK_PPM, "ODU0"),
    "STM-4": (4 * STM1_BIT_PER_S, LOCAL_CLOCK_PPM, "ODU0"),
    "STM-16": (_STM16, LOCAL_CLOCK_PPM, "ODU1"),
    "STM-64": (_STM64, LOCAL_CLOCK_PPM, "ODU2"),
    "STM-256": (_STM256, LOCAL_CLOCK_PPM, "ODU3"),
    "1GbE": (Fraction(1_250_000_000), CLIENT_CLOCK_PPM, "ODU0"),
    "10GbE": (_TEN_GBASE_R, CLIENT_CLOCK_PPM, "ODU2e"),
    "25GbE": (Fraction(25_781_250_000), CLIENT_CLOCK_PPM, "ODUflex(CBR 25781250)"),
    "40GbE": (4 * _TEN_GBASE_R, CLIENT_CLOCK_PPM, "ODU3"),
    "100GbE": (10 * _TEN_GBASE_R, CLIENT_CLOCK_PPM, "ODU4"),
    "FC-100": (Fraction(1_062_500_000), CLIENT_CLOCK_PPM, "ODU0"),
    "FC-200": (Fraction(2_125_000_000), CLIENT_CLOCK_PPM, "ODU1"),
    "FC-400": (Fraction(4_250_000_000), CLIENT_CLOCK_PPM, "ODUflex(CBR 4250000)"),
    "FC-800": (Fraction(8_500_000_000), CLIENT_CLOCK_PPM, "ODUflex(CBR 8500000)"),
    "FC-1600": (Fraction(14_025_000_000), CLIENT_CLOCK_PPM, "ODUflex(CBR 14025000)"),
}
"""Bit rate, tolerance [ppm] and ODU of signals that are mapped into one (G.709, clause 17)."""

TRANSCODED_BIT_PER_S: Mapping[str, Fraction] = {
    "1GbE": Fraction(15, 16) * 1_250_000_000,
    "40GbE": Fraction(1027, 1024) * Fraction(64, 66) * 4 * _TEN_GBASE_R,
}
"""What is left of clients that are transcoded to fit an OPU (G.709, 17.7.1.1 and 17.7.4.1)."""

_FLEX = re.compile(r"ODUflex\((GFP|CBR|IMP|FlexE) ([1-9]\d{0,11})\)")
_ODUCN = re.compile(r"ODUC([1-9]\d{0,2})")


def odu_signal(name: str) -> ClientSignal | None:
    """The ODU of a name as a client, or ``None`` where there is no such ODU.

    Besides ``ODU0`` to ``ODU4`` and ``ODU2e`` there are ``ODUflex(GFP n)`` of n slots of 1.25G,
    ``ODUflex(CBR r)`` for a client of r kbit/s, ``ODUflex(IMP s)`` for a FlexE client of s times
    5G, and ``ODUflex(FlexE n)`` for n calendar slots of 5G that are carried FlexE-aware.

    References
    ----------
    .. [1] ITU-T G.709/Y.1331 (06/2016), Tables 7-2 and 7-8; 12.2.3 to 12.2.6.

    Examples
    --------
    >>> float(odu_signal("ODU4").bit_rate_bit_per_s)
    104794445814.97797
    >>> odu_signal("ODUflex(GFP 3)").bit_rate_bit_per_s
    Fraction(3747531690, 1)
    """
    if name in ODU_BIT_PER_S:
        ppm = CLIENT_CLOCK_PPM if name == "ODU2e" else LOCAL_CLOCK_PPM
        return _odu(name, ODU_BIT_PER_S[name], ppm=ppm)
    match = _FLEX.fullmatch(name)
    if match is None:
        return None
    bit_rate = _flex_bit_per_s(match[1], int(match[2]))
    return None if bit_rate is None else _odu(name, bit_rate, ppm=CLIENT_CLOCK_PPM)


def _odu(name: str, bit_rate: Fraction, *, ppm: int) -> ClientSignal:
    return ClientSignal(
        name=name,
        bit_rate_bit_per_s=bit_rate,
        payload_bit_rate_bit_per_s=bit_rate * PAYLOAD_SHARE,
        tolerance_ppm=ppm,
    )


def _flex_bit_per_s(kind: str, number: int) -> Fraction | None:
    """Bit rate of an ODUflex; ``None`` where the Recommendation has none of this size."""
    if kind == "GFP":
        return next((number * slot for most, slot in _GFP_SLOT_BIT_PER_S if number <= most), None)
    if kind == "CBR":
        return Fraction(239, 238) * number * 1000
    if kind == "IMP":
        is_defined = number in {2, 8} or number % 5 == 0
        return Fraction(239, 238) * number * _FLEXE_UNIT_BIT_PER_S if is_defined else None
    return Fraction(240, 238) * number * _FLEXE_UNIT_BIT_PER_S


def odu_server(name: str) -> ServerKind | None:
    """The ODU of a name as a server of tributary slots, or ``None`` where it is none.

    ``ODU2`` and ``ODU3`` have slots of 1.25G, ``ODU2-PT20`` and ``ODU3-PT20`` of 2.5G; ``ODUC4``
    has 80 slots of 5G and carries 40 ODUs at most.

    References
    ----------
    .. [1] ITU-T G.709/Y.1331 (06/2016), 19.1 and 20.1.
    """
    match = _ODUCN.fullmatch(name)
    if match is not None and int(match[1]) <= ODUCN_MAX:
        parts = int(match[1])
        return _server(
            name,
            slots=parts * _SLOTS_OF_ODUC,
            bit_rate=parts * ODUC_BIT_PER_S,
            tributaries_max=parts * _TRIBUTARIES_OF_ODUC,
        )
    slots = _SLOTS.get(name) or _SLOTS_OF_2G5.get(name)
    if slots is None:
        return None
    return _server(name, slots=slots, bit_rate=_server_bit_per_s(name))


def _server(
    name: str, *, slots: int, bit_rate: Fraction, tributaries_max: int | None = None
) -> ServerKind:
    return ServerKind(
        name=name,
        hierarchy=Hierarchy.OTN,
        slot_count=slots,
        payload_bit_rate_bit_per_s=bit_rate * PAYLOAD_SHARE,
        group_slots=(1, slots),
        tributaries_max=tributaries_max,
    )


def _server_bit_per_s(name: str) -> Fraction:
    return ODU_BIT_PER_S[name.removesuffix("-PT20")]


def odtu_bit_per_s(server: ServerKind, client: ClientSignal) -> Fraction | None:
    """Payload of the ODTU by which a client is carried [bit/s], or ``None`` where it is not.

        by AMP (columns of ODTUjk) / 3824 x ODUk,  by GMP  ts x (columns of a slot) / 3824 x ODUk

    References
    ----------
    .. [1] ITU-T G.709/Y.1331 (06/2016), Table 7-7.
    """
    asynchronous = _ASYNCHRONOUS.get((server.name, client.name))
    if asynchronous is not None:
        return asynchronous[1] / 3824 * _server_bit_per_s(server.name)
    shape = odu_shape(server, client)
    slot = _slot_bit_per_s(server)
    return None if shape is None or slot is None else shape.slot_count * slot


def _slot_bit_per_s(server: ServerKind) -> Fraction | None:
    """Nominal payload of one slot filled by GMP; ``None`` where the server has no GMP."""
    if _ODUCN.fullmatch(server.name):
        return _ODUC_COLUMNS / 3824 * ODUC_BIT_PER_S
    columns = _SLOT_COLUMNS.get(server.name)
    return None if columns is None else columns / 3824 * ODU_BIT_PER_S[server.name]


def odu_shape(server: ServerKind, client: ClientSignal) -> TributaryShape | None:
    """The tributary slots that an ODU needs in another, anywhere; ``None`` where it has no place.

        ts = ceil( R (1 + d) / (S (1 - 20 ppm)) )

    with the client's nominal bit rate R and tolerance d, and the nominal payload S of one slot.
    What is mapped by AMP has a number of slots of its own.

    References
    ----------
    .. [1] ITU-T G.709/Y.1331 (06/2016), Table 7-9, 19.6 and 20.5.

    Examples
    --------
    >>> odu_shape(odu_server("ODU4"), odu_signal("ODU3")).slot_count
    31
    >>> odu_shape(odu_server("ODU3"), odu_signal("ODU2e")).slot_count
    9
    """
    asynchronous = _ASYNCHRONOUS.get((server.name, client.name))
    if asynchronous is not None:
        return TributaryShape(block_count=asynchronous[0], block_slots=1)
    by_generic = _GENERIC.get(_ODUCN.sub("ODUCn", server.name), ())
    slot = _slot_bit_per_s(server)
    if slot is None or not by_generic:
        return None
    if client.name not in by_generic and not client.name.startswith("ODUflex"):
        return None
    slowest = slot * (1 - Fraction(LOCAL_CLOCK_PPM, 1_000_000))
    slots = ceil(client.bit_rate_bit_per_s_max / slowest)
    return TributaryShape(block_count=slots, block_slots=1) if slots <= server.slot_count else None
