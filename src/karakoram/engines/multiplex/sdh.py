"""Which virtual containers are there, and which places may each take in an STM-N or a VC-4?

A frame lasts 125 us, so that a byte of it is 64 kbit/s; of a VC-12 four frames make a multiframe.
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

BYTE_BIT_PER_S = Fraction(64_000)
"""One byte in each frame of 125 us."""

SDH_CLOCK_PPM = 20
"""Bit rates of SDH are those of a network clock or, in a failure, within this (G.813)."""

STM_NUMBERS = (1, 4, 16, 64, 256)
"""ITU-T G.707, Table 6-1."""

TU12_PER_VC4, TU12_PER_TUG3, TU12_PER_TUG2 = 63, 21, 3
"""3 TU-12 in a TUG-2, 7 TUG-2 in a TUG-3, 3 TUG-3 in a VC-4 (G.707, 6.1 and 7.2)."""

VC_BYTES: Mapping[str, tuple[Fraction, Fraction]] = {
    "VC-12": (Fraction(140, 4), Fraction(136, 4)),
    "VC-2": (Fraction(428, 4), Fraction(424, 4)),
    "VC-3": (Fraction(9 * 85), Fraction(9 * 84)),
    "VC-4": (Fraction(9 * 261), Fraction(9 * 260)),
}
"""Bytes of a VC and of its payload in a frame of 125 us (G.707, 6.1, 9.3 and 11)."""

VC_SLOTS: Mapping[str, int] = {
    "VC-12": 1,
    "VC-2": TU12_PER_TUG2,
    "VC-3": TU12_PER_TUG3,
    "VC-4": TU12_PER_VC4,
}
"""TU-12s in whose place a VC lies."""

CONTIGUOUS_X = (4, 16, 64, 256)
"""VC-4-Xc (G.707, 11.1); one begins at every X-th AU-4 only (G.707, 7.3.1)."""

VIRTUAL_X_MAX: Mapping[str, int] = {"VC-12": 64, "VC-3": 256, "VC-4": 256}
"""VC-n-Xv (G.707, 11.2 to 11.4)."""

SDH_CLIENTS: Mapping[str, str] = {"E1": "VC-12", "E3": "VC-3", "DS3": "VC-3", "E4": "VC-4"}
"""VC of a plesiochronous signal (G.707, 10.1)."""

_CONTIGUOUS = re.compile(r"VC-4-(\d{1,3})c")
_VIRTUAL = re.compile(r"(VC-12|VC-3|VC-4)-([1-9]\d{0,2})v")
_STM = re.compile(r"STM-(\d{1,3})(/TU-12)?")


def vc_signal(name: str) -> ClientSignal | None:
    """The virtual container of a name, or ``None`` where there is no such one.

    There are ``VC-12``, ``VC-2``, ``VC-3``, ``VC-4``, contiguous ``VC-4-4c`` to ``VC-4-256c`` and
    virtual concatenations such as ``VC-12-5v``, whose members lie anywhere. The payload is what
    GFP frames may fill.

        VC-4-Xc   9 (261 X) bytes, of which  9 (260 X)  are payload

    References
    ----------
    .. [1] ITU-T G.707/Y.1322 (01/2007), 6.1, 9.3, 10.6 and clause 11.

    Examples
    --------
    >>> int(vc_signal("VC-4-4c").payload_bit_rate_bit_per_s)
    599040000
    >>> int(vc_signal("VC-12-5v").payload_bit_rate_bit_per_s)
    10880000
    """
    parts = _parts(name)
    if parts is None:
        return None
    base, number, _ = parts
    whole, payload = VC_BYTES[base]
    return ClientSignal(
        name=name,
        bit_rate_bit_per_s=number * whole * BYTE_BIT_PER_S,
        payload_bit_rate_bit_per_s=number * payload * BYTE_BIT_PER_S,
        tolerance_ppm=SDH_CLOCK_PPM,
    )


def virtual_concatenation(base: str, bit_rate_bit_per_s: Fraction) -> str | None:
    """The name of the fewest VCs whose payload together holds a bit rate; ``None`` if too many.

        X = ceil(R / payload of one)

    Parameters
    ----------
    base
        ``VC-12``, ``VC-3`` or ``VC-4``.
    bit_rate_bit_per_s
        Of the GFP frames [bit/s].

    Raises
    ------
    ValueError
        If VCs of this kind are not concatenated.

    Examples
    --------
    >>> virtual_concatenation("VC-4", Fraction(10**9))
    'VC-4-7v'
    >>> virtual_concatenation("VC-12", Fraction(10**7))
    'VC-12-5v'
    """
    if base not in VIRTUAL_X_MAX:
        raise ValueError(f"concatenated are {', '.join(VIRTUAL_X_MAX)}, got {base}")
    number = ceil(bit_rate_bit_per_s / (VC_BYTES[base][1] * BYTE_BIT_PER_S))
    return f"{base}-{number}v" if 1 <= number <= VIRTUAL_X_MAX[base] else None


def contiguous_concatenation(bit_rate_bit_per_s: Fraction) -> str | None:
    """The name of the smallest VC-4-Xc whose payload holds a bit rate; ``None`` if none does.

    Parameters
    ----------
    bit_rate_bit_per_s
        Of the GFP frames [bit/s].

    References
    ----------
    .. [1] ITU-T G.707/Y.1322 (01/2007), 11.1.

    Examples
    --------
    >>> contiguous_concatenation(Fraction(10**9))
    'VC-4-16c'
    """
    payload = VC_BYTES["VC-4"][1] * BYTE_BIT_PER_S
    fitting = (number for number in CONTIGUOUS_X if number * payload >= bit_rate_bit_per_s)
    found = next(fitting, None)
    return None if found is None else f"VC-4-{found}c"


def _parts(name: str) -> tuple[str, int, bool] | None:
    """VC, how many of them, and whether contiguous; ``None`` for what is not defined."""
    if name in VC_BYTES:
        return name, 1, False
    contiguous = _CONTIGUOUS.fullmatch(name)
    if contiguous is not None and int(contiguous[1]) in CONTIGUOUS_X:
        return "VC-4", int(contiguous[1]), True
    virtual = _VIRTUAL.fullmatch(name)
    if virtual is not None and int(virtual[2]) <= VIRTUAL_X_MAX[virtual[1]]:
        return virtual[1], int(virtual[2]), False
    return None


def sdh_server(name: str) -> ServerKind | None:
    """The server of a name, or ``None`` where there is no such one.

    ``VC-4`` is divided into 63 TU-12; ``STM-N`` into N VC-4, which pass it as a whole;
    ``STM-N/TU-12`` is one whose VC-4s end with it, so that every TU-12 is switched: 63 N slots.

    References
    ----------
    .. [1] ITU-T G.707/Y.1322 (01/2007), 6.1 and 7.1 to 7.3.
    """
    if name == "VC-4":
        return _server(name, numbers=(), slots=TU12_PER_VC4, payload_bytes=Fraction(9 * 260))
    match = _STM.fullmatch(name)
    if match is None or int(match[1]) not in STM_NUMBERS:
        return None
    most = int(match[1])
    per_vc4 = TU12_PER_VC4 if match[2] else 1
    numbers = tuple(number * per_vc4 for number in STM_NUMBERS if number <= most)
    return _server(
        name, numbers=numbers, slots=most * per_vc4, payload_bytes=Fraction(most * 9 * 261)
    )


def _server(
    name: str, *, numbers: tuple[int, ...], slots: int, payload_bytes: Fraction
) -> ServerKind:
    below = (1, TU12_PER_TUG2, TU12_PER_TUG3, TU12_PER_VC4) if slots % TU12_PER_VC4 == 0 else ()
    return ServerKind(
        name=name,
        hierarchy=Hierarchy.SDH,
        slot_count=slots,
        payload_bit_rate_bit_per_s=payload_bytes * BYTE_BIT_PER_S,
        group_slots=tuple(sorted({*below, *numbers})),
    )


def vc_shape(server: ServerKind, client: ClientSignal) -> TributaryShape | None:
    """The blocks that a VC takes in an STM-N or a VC-4; ``None`` where it has no place.

    References
    ----------
    .. [1] ITU-T G.707/Y.1322 (01/2007), 7.2, 7.3 and clause 11.
    """
    parts = _parts(client.name)
    if parts is None:
        return None
    base, number, is_contiguous = parts
    is_divided = server.slot_count % TU12_PER_VC4 == 0
    slots = VC_SLOTS[base] if is_divided else VC_SLOTS[base] // TU12_PER_VC4
    if slots == 0 or (server.name == "VC-4" and base == "VC-4"):
        return None
    blocks, width = (1, number * slots) if is_contiguous else (number, slots)
    if blocks * width > server.slot_count:
        return None
    return TributaryShape(block_count=blocks, block_slots=width)


def klm_from_slot(slot: int) -> tuple[int, int, int]:
    """K (TUG-3), L (TUG-2) and M (TU-12) of a slot of a VC-4, each from 1.

    >>> klm_from_slot(62)
    (3, 7, 3)
    """
    if not 0 <= slot < TU12_PER_VC4:
        raise ValueError(f"a VC-4 has slots 0 to {TU12_PER_VC4 - 1}, got {slot}")
    return (
        slot // TU12_PER_TUG3 + 1,
        slot % TU12_PER_TUG3 // TU12_PER_TUG2 + 1,
        slot % TU12_PER_TUG2 + 1,
    )
