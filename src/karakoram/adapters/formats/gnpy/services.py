"""Which paths does a service file of GNPy ask for?"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.gnpy.fields import (
    Entry,
    Field,
    boolean,
    find_unknown_members,
    find_wrong_word,
    made,
    number,
    text,
    texts,
    values_of,
    whole,
    word,
)
from karakoram.adapters.formats.gnpy.json_file import read_document
from karakoram.adapters.formats.gnpy.reading import Log, Reading, relocated
from karakoram.adapters.formats.gnpy.service_sheets import (
    COLUMN_NAMES,
    document_from_service_sheet,
)
from karakoram.adapters.formats.gnpy.sheets import read_workbook
from karakoram.adapters.formats.gnpy.units import GHZ_FROM_HZ, MW_FROM_W
from karakoram.core.cells import did_you_mean, shown
from karakoram.core.findings import Severity
from karakoram.network.photonic.elements import Transceiver
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.requests import (
    DisjunctionRequest,
    PathRequest,
    PathRequests,
    RouteHop,
    SlotWish,
)

NAMESPACE = "gnpy-path-computation:services"

_REQUEST = (
    Field(name="request_id", key="request-id", parse=text),
    Field(name="from_id", key="source", parse=text),
    Field(name="to_id", key="destination", parse=text),
    Field(name="is_bidirectional", key="bidirectional", parse=boolean),
)
_BANDWIDTH = (
    Field(name="transceiver_type_id", key="trx_type", parse=text),
    Field(name="mode", key="trx_mode", parse=text, default=None),
    Field(name="spacing_ghz", key="spacing", parse=number, scale=GHZ_FROM_HZ, unit="Hz"),
    Field(
        name="bit_rate_gbps", key="path_bandwidth", parse=number, scale=GHZ_FROM_HZ, unit="bit/s"
    ),
    Field(name="channels", key="max-nb-of-channel", parse=whole, default=None),
    Field(
        name="power_mw",
        key="output-power",
        parse=number,
        scale=MW_FROM_W,
        unit="W",
        default=None,
    ),
    Field(
        name="tx_power_mw", key="tx_power", parse=number, scale=MW_FROM_W, unit="W", default=None
    ),
)
_SLOT = (
    Field(name="n", key="N", parse=whole, default=None),
    Field(name="m", key="M", parse=whole, default=None),
)
_DISJUNCTION = Field(name="disjunction_id", key="synchronization-id", parse=text)
_SVEC = (
    Field(name="request_ids", key="request-id-number", parse=texts),
    Field(name="is_relaxable", key="relaxable", parse=boolean),
)
_REQUEST_KEYS = (
    *(field.key for field in _REQUEST),
    "src-tp-id",
    "dst-tp-id",
    "path-constraints",
    "explicit-route-objects",
)
_BANDWIDTH_KEYS = (*(field.key for field in _BANDWIDTH), "technology", "effective-freq-slot")
_HOP_KEYS = ("index", "explicit-route-usage", "num-unnum-hop")
_INCLUDES = "route-include-ero"
_HOP_TYPES: Mapping[str, bool] = {"LOOSE": False, "STRICT": True}


def read_gnpy_services(
    path: Path, library: PhotonicLibrary, *, network: PhotonicNetwork | None = None
) -> Reading[PathRequests]:
    """The requests in a service file of GNPy, of either style, judged with the equipment.

    Parameters
    ----------
    path
        JSON, or XLS or XLSX with a sheet Service.
    library
        The equipment whose transceivers the requests name.
    network
        When given, the elements that the requests name must stand in it.
    """
    log = Log(path.name)
    if path.suffix.lower() == ".json":
        document = read_document(path, log)
        if document is None:
            return log.reading(None)
        return _services_from_document(document, log, library=library, network=network)
    workbook = read_workbook(path, log)
    made_of = (
        None if workbook is None else document_from_service_sheet(workbook, log, network=network)
    )
    if made_of is None:
        return log.reading(None)
    own = Log(path.name)
    reading = _services_from_document(made_of.document, own, library=library, network=network)
    for finding in relocated(reading.findings, made_of.places, columns=COLUMN_NAMES):
        log.add(finding)
    judged = log.reading(reading.value)
    return replace(judged, assumptions=(*judged.assumptions, *reading.assumptions))


def _services_from_document(
    document: Mapping[str, Any],
    log: Log,
    *,
    library: PhotonicLibrary,
    network: PhotonicNetwork | None,
) -> Reading[PathRequests]:
    """The requests that a JSON document holds, judged with the equipment and the network."""
    root = Entry(value=document, path="", log=log)
    if NAMESPACE in document:
        root = root.child(NAMESPACE)
    if "path-request" not in root.members:
        root.child("path-request").find(
            "not-services", "holds no path-request; name a service file of GNPy"
        )
        return log.reading(None)
    find_unknown_members(root, ("path-request", "synchronization"))
    requests: dict[str, PathRequest] = {}
    stated: set[str] = set()
    for entry in root.child("path-request").objects():
        named = entry.named(_text_of(entry.child("request-id")))
        request = _request(named)
        if named.record in stated:
            named.find("duplicate-id", f"{shown(named.record or '')} stands twice; rename one")
        stated.add(named.record or "")
        if request is not None:
            requests[request.request_id] = request
            _check(named, request, library=library, network=network)
    disjunctions = [
        found
        for entry in root.child("synchronization").objects()
        if (found := _disjunction(entry, stated)) is not None
    ]
    return log.reading(
        PathRequests(requests=tuple(requests.values()), disjunctions=tuple(disjunctions))
    )


def _text_of(entry: Entry) -> str | None:
    return entry.value if isinstance(entry.value, str) else None


def _request(entry: Entry) -> PathRequest | None:
    find_unknown_members(entry, _REQUEST_KEYS)
    constraints = entry.child("path-constraints")
    find_unknown_members(constraints, ("te-bandwidth",))
    bandwidth = constraints.child("te-bandwidth")
    if bandwidth.value is None:
        bandwidth.find("missing", "states no transceiver, spacing and bit rate")
    find_unknown_members(bandwidth, _BANDWIDTH_KEYS)
    values = values_of(entry, _REQUEST, record_type=PathRequest)
    wanted = values_of(bandwidth, _BANDWIDTH, record_type=PathRequest)
    slots = [_slot(part) for part in bandwidth.child("effective-freq-slot").objects()]
    route = _route(entry.child("explicit-route-objects"))
    if values is None or wanted is None:
        return None
    wanted["mode"] = wanted["mode"] or None
    asked = tuple(slot for slot in slots if slot is not None and slot != SlotWish())
    return made(entry, PathRequest, {**values, **wanted, "slots": asked, "route": route})


def _slot(entry: Entry) -> SlotWish | None:
    find_unknown_members(entry, [field.key for field in _SLOT])
    return made(entry, SlotWish, values_of(entry, _SLOT, record_type=SlotWish))


def _route(entry: Entry) -> tuple[RouteHop, ...]:
    """The elements to pass, by their index."""
    hops: list[tuple[int, RouteHop]] = []
    index_field = Field(name="index", key="index", parse=whole)
    hop_field = Field(name="element_id", key="node-id", parse=text)
    find_unknown_members(entry, ("route-object-include-exclude",))
    for part in entry.child("route-object-include-exclude").objects():
        find_unknown_members(part, _HOP_KEYS)
        hop = part.child("num-unnum-hop")
        find_unknown_members(hop, ("node-id", "link-tp-id", "hop-type"))
        index = values_of(part, (index_field,), record_type=RouteHop)
        values = values_of(hop, (hop_field,), record_type=RouteHop)
        kind = hop.child("hop-type")
        strict = _HOP_TYPES.get(word(kind.value).upper())
        usage = part.child("explicit-route-usage")
        if usage.value not in (None, "") and word(usage.value) != _INCLUDES:
            find_wrong_word(usage, (_INCLUDES,), code="not-modelled")
        if strict is None:
            find_wrong_word(kind, _HOP_TYPES)
        elif index is not None and values is not None:
            hops.append((index["index"], RouteHop(**values, is_strict=strict)))
    return tuple(hop for _, hop in sorted(hops, key=lambda pair: pair[0]))


def _disjunction(entry: Entry, stated: set[str]) -> DisjunctionRequest | None:
    find_unknown_members(entry, (_DISJUNCTION.key, "svec"))
    svec = entry.child("svec")
    find_unknown_members(svec, (*(field.key for field in _SVEC), "disjointness"))
    name = values_of(entry, (_DISJUNCTION,), record_type=DisjunctionRequest)
    values = values_of(svec, _SVEC, record_type=DisjunctionRequest)
    kinds = (_text_of(svec.child("disjointness")) or "").split()
    if not kinds or not {"link", "node"}.issuperset(kinds):
        find_wrong_word(svec.child("disjointness"), ("link", "node", "node link"))
    if name is None or values is None:
        return None
    for request_id in values["request_ids"]:
        if request_id not in stated:
            svec.child("request-id-number").find(
                "unknown-request",
                f"{shown(request_id)} is no request of the file" + did_you_mean(request_id, stated),
            )
    kind = {"avoids_shared_lines": "link" in kinds, "avoids_shared_nodes": "node" in kinds}
    return made(entry, DisjunctionRequest, {**name, **values, **kind})


def _check(
    entry: Entry,
    request: PathRequest,
    *,
    library: PhotonicLibrary,
    network: PhotonicNetwork | None,
) -> None:
    """Tell of a transceiver, mode or element that the request names in vain."""
    bandwidth = entry.child("path-constraints").child("te-bandwidth")
    transceiver = library.transceiver_types.get(request.transceiver_type_id)
    if transceiver is None:
        bandwidth.child("trx_type").find(
            "unknown-type",
            f"{shown(request.transceiver_type_id)} is no transceiver of the equipment"
            + did_you_mean(request.transceiver_type_id, library.transceiver_types),
        )
    elif request.mode is not None:
        mode = transceiver.mode(request.mode)
        names = [known.name for known in transceiver.modes]
        if mode is None:
            bandwidth.child("trx_mode").find(
                "unknown-type",
                f"{shown(request.mode)} is no mode of it; it has {', '.join(names)[:200]}",
            )
        elif mode.spacing_ghz_min > request.spacing_ghz:
            bandwidth.child("spacing").find(
                "spacing-too-narrow",
                f"{request.spacing_ghz:g} GHz is less than the {mode.spacing_ghz_min:g} GHz that "
                f"mode {shown(mode.name)} needs",
            )
    if network is not None:
        _check_ends(entry, request, network)


def _check_ends(entry: Entry, request: PathRequest, network: PhotonicNetwork) -> None:
    for key, end in (("source", request.from_id), ("destination", request.to_id)):
        if not isinstance(network.elements.get(end), Transceiver):
            known = [k for k, e in network.elements.items() if isinstance(e, Transceiver)]
            entry.child(key).find(
                "unknown-element",
                f"{shown(end)} is no transceiver of the network" + did_you_mean(end, known),
            )
    for hop in request.route:
        if hop.element_id not in network.elements:
            entry.child("explicit-route-objects").find(
                "unknown-element",
                f"{shown(hop.element_id)} is no element of the network",
                severity=Severity.ERROR if hop.is_strict else Severity.WARNING,
            )
