"""Which signal or server does a name of the Recommendations mean, and what is carried in what?"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import near_misses
from karakoram.engines.multiplex.otn import (
    ODU_BIT_PER_S,
    OTN_CLIENTS,
    TRANSCODED_BIT_PER_S,
    odu_server,
    odu_shape,
    odu_signal,
)
from karakoram.engines.multiplex.pdh import (
    PDH_BIT_PER_S,
    pdh_server,
    pdh_shape,
    pdh_signal,
    time_slot_of_e1,
)
from karakoram.engines.multiplex.sdh import (
    CONTIGUOUS_X,
    SDH_CLIENTS,
    STM_NUMBERS,
    TU12_PER_VC4,
    VC_BYTES,
    VIRTUAL_X_MAX,
    contiguous_concatenation,
    klm_from_slot,
    sdh_server,
    vc_shape,
    vc_signal,
    virtual_concatenation,
)
from karakoram.engines.multiplex.signals import (
    ClientSignal,
    Hierarchy,
    ServerKind,
    TributaryShape,
)

CLIENT_NAMES = (
    *ODU_BIT_PER_S,
    "ODUflex(GFP 3)",
    "ODUflex(CBR 25781250)",
    "ODUflex(IMP 5)",
    "ODUflex(FlexE 5)",
    *VC_BYTES,
    *(f"VC-4-{number}c" for number in CONTIGUOUS_X),
    "VC-12-5v",
    "VC-3-2v",
    "VC-4-7v",
    *PDH_BIT_PER_S,
    "1x64k",
    "6x64k",
    "6x64k-c",
    *OTN_CLIENTS,
)
"""Names of client signals; where a number stands in one, others are possible."""

SERVER_NAMES = (
    *("ODU1", "ODU2", "ODU2-PT20", "ODU3", "ODU3-PT20", "ODU4", "ODUC1", "ODUC4"),
    *("VC-4", *(f"STM-{number}" for number in STM_NUMBERS)),
    *(f"STM-{number}/TU-12" for number in STM_NUMBERS),
    *("E1", "E1-CAS", "E2", "E3", "E4"),
)
"""Names of servers; of ODUCn there are others."""

_SHAPES: Mapping[Hierarchy, Callable[[ServerKind, ClientSignal], TributaryShape | None]] = {
    Hierarchy.OTN: odu_shape,
    Hierarchy.SDH: vc_shape,
    Hierarchy.PDH: pdh_shape,
}


def client_signal(name: str) -> ClientSignal:
    """The client signal of a name.

    Raises
    ------
    NotFoundError
        If the Recommendations have no such signal; with near misses.

    Examples
    --------
    >>> int(client_signal("VC-12").payload_bit_rate_bit_per_s)
    2176000
    """
    found = odu_signal(name) or vc_signal(name) or pdh_signal(name)
    if found is None and name in OTN_CLIENTS:
        bit_rate, ppm, _ = OTN_CLIENTS[name]
        found = ClientSignal(
            name=name,
            bit_rate_bit_per_s=bit_rate,
            payload_bit_rate_bit_per_s=bit_rate,
            tolerance_ppm=ppm,
        )
    if found is None:
        raise NotFoundError(
            f"There is no client signal {name}.", near_misses=near_misses(name, CLIENT_NAMES)
        )
    return found


def server_kind(name: str) -> ServerKind:
    """The kind of server of a name.

    Raises
    ------
    NotFoundError
        If the Recommendations have no such server; with near misses.

    Examples
    --------
    >>> server_kind("ODU4").slot_count, server_kind("VC-4").group_slots
    (80, (1, 3, 21, 63))
    """
    found = odu_server(name) or sdh_server(name) or pdh_server(name)
    if found is None:
        raise NotFoundError(
            f"There is no server {name}.", near_misses=near_misses(name, SERVER_NAMES)
        )
    return found


def carried_in(name: str) -> str | None:
    """The container that a signal is mapped into, or ``None`` where it is multiplexed as it is.

    References
    ----------
    .. [1] ITU-T G.709/Y.1331 (06/2016), clause 17; G.707/Y.1322 (01/2007), 10.1.

    Examples
    --------
    >>> [carried_in(name) for name in ("STM-16", "10GbE", "E1", "ODU2")]
    ['ODU1', 'ODU2e', 'VC-12', None]
    """
    return OTN_CLIENTS[name][2] if name in OTN_CLIENTS else SDH_CLIENTS.get(name)


def mapped_signal(name: str) -> ClientSignal | None:
    """The signal as it enters its container: transcoded where that makes it fit.

    >>> float(mapped_signal("1GbE").bit_rate_bit_per_s)
    1171875000.0
    """
    if carried_in(name) is None:
        return None
    signal = client_signal(name)
    bit_rate = TRANSCODED_BIT_PER_S.get(name, signal.bit_rate_bit_per_s)
    return ClientSignal(
        name=name,
        bit_rate_bit_per_s=bit_rate,
        payload_bit_rate_bit_per_s=min(bit_rate, signal.payload_bit_rate_bit_per_s),
        tolerance_ppm=signal.tolerance_ppm,
    )


def tributary_shape(server: ServerKind, client: ClientSignal) -> TributaryShape | None:
    """The room that a client takes in a server, in its container if need be; ``None`` if it cannot.

    >>> tributary_shape(server_kind("VC-4"), client_signal("E3")).block_slots
    21
    >>> tributary_shape(server_kind("ODU4"), client_signal("10GbE")).slot_count
    8
    >>> tributary_shape(server_kind("ODU1"), client_signal("ODU2"))
    """
    direct = _SHAPES[server.hierarchy](server, client)
    container = carried_in(client.name)
    if direct is not None or container is None:
        return direct
    return _SHAPES[server.hierarchy](server, client_signal(container))


def slot_label(server: ServerKind, slot: int) -> str:
    """What the Recommendations call a slot.

    >>> slot_label(server_kind("ODU4"), 0), slot_label(server_kind("ODUC4"), 25)
    ('TS 1', 'TS 2.6')
    >>> slot_label(server_kind("VC-4"), 62), slot_label(server_kind("STM-4/TU-12"), 63)
    ('TU-12 3.7.3', 'VC-4 2, TU-12 1.1.1')
    >>> slot_label(server_kind("STM-16"), 4), slot_label(server_kind("E1-CAS"), 15)
    ('VC-4 5', 'TS 17')
    """
    if not 0 <= slot < server.slot_count:
        raise ValueError(f"{server.name} has slots 0 to {server.slot_count - 1}, got {slot}")
    if server.hierarchy is Hierarchy.SDH:
        return _sdh_label(server, slot)
    if server.hierarchy is Hierarchy.PDH:
        is_e1 = server.name.startswith("E1")
        return f"TS {time_slot_of_e1(server, slot)}" if is_e1 else f"E1 {slot + 1}"
    if re.match(r"ODUC\d", server.name):
        return f"TS {slot // 20 + 1}.{slot % 20 + 1}"
    return f"TS {slot + 1}"


def _sdh_label(server: ServerKind, slot: int) -> str:
    if server.slot_count % TU12_PER_VC4:
        return f"VC-4 {slot + 1}"
    vc4, within = divmod(slot, TU12_PER_VC4)
    tu12 = "TU-12 " + ".".join(map(str, klm_from_slot(within)))
    return tu12 if server.name == "VC-4" else f"VC-4 {vc4 + 1}, {tu12}"


def concatenations(bit_rate_bit_per_s: Fraction) -> tuple[str, ...]:
    """The concatenations of virtual containers that hold a bit rate, contiguous last.

    Of each kind the smallest: fewest members, or least X.

    Parameters
    ----------
    bit_rate_bit_per_s
        Of the GFP frames [bit/s].

    Examples
    --------
    >>> concatenations(Fraction(10**9))
    ('VC-3-21v', 'VC-4-7v', 'VC-4-16c')
    """
    virtual = (virtual_concatenation(base, bit_rate_bit_per_s) for base in VIRTUAL_X_MAX)
    found = (*virtual, contiguous_concatenation(bit_rate_bit_per_s))
    return tuple(name for name in found if name is not None)


def servers_for(client: ClientSignal) -> tuple[str, ...]:
    """The servers among ``SERVER_NAMES`` in which a client has a place.

    >>> servers_for(client_signal("ODU4"))
    ('ODUC1', 'ODUC4')
    """
    return tuple(
        name for name in SERVER_NAMES if tributary_shape(server_kind(name), client) is not None
    )
