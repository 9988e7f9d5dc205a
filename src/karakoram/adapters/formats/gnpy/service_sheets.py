"""Which requests does the sheet Service of a workbook hold?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any

from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.adapters.formats.gnpy.sheets import (
    Cell,
    SheetLayout,
    SheetRow,
    Workbook,
    sheet_rows,
)
from karakoram.core.cells import did_you_mean, shown
from karakoram.core.findings import Place
from karakoram.core.units import watt_from_dbm
from karakoram.network.photonic.network import PhotonicNetwork

Json = dict[str, Any]

SERVICES = SheetLayout(
    columns={
        "route id": "request-id",
        "Source": "source",
        "Destination": "destination",
        "TRX type": "trx_type",
        "Mode": "trx_mode",
        "System: spacing": "spacing",
        "System: input power (dBm)": "output-power",
        "System: nb of channels": "max-nb-of-channel",
        "routing: disjoint from": "disjoint",
        "routing: path": "route",
        "routing: is loose?": "is_loose",
        "path bandwidth": "path_bandwidth",
    },
    grouped={},
    required=("route id", "Source", "Destination", "TRX type"),
    width=12,
)
COLUMN_NAMES: Mapping[str, str] = {key: name for name, key in SERVICES.columns.items()} | {
    "explicit-route-objects": "routing: path",
    "request-id-number": "routing: disjoint from",
}
_SHEETS = ("Service", "Services")
_PARTS = " | "
_LOOSE_WORDS = ("", "yes")
_HZ_PER_GHZ = Decimal("1e9")
_POWER_DBM_MAX = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDocument:
    """Requests as a JSON document of GNPy, and the row that each came from."""

    document: Json
    places: Mapping[str, Place]


def document_from_service_sheet(
    workbook: Workbook, log: Log, *, network: PhotonicNetwork | None
) -> ServiceDocument | None:
    """The requests in the sheet Service; ``None`` where it is missing, and the log says so.

    Parameters
    ----------
    workbook
        Cells by sheet.
    log
        Where findings go.
    network
        When given, a hop may be named by its city, e.g. ``Brest`` for ``roadm Brest``.
    """
    sheet = next((name for name in _SHEETS if name in workbook), None)
    if sheet is None:
        log.find(
            "missing-sheet",
            "there is no sheet Service" + did_you_mean("Service", workbook),
            place=log.place("Service"),
        )
        return None
    rows = tuple(sheet_rows(workbook, sheet, SERVICES, log=log))
    disjoint = [vector for row in rows for vector in _disjunctions(row)]
    document: Json = {"path-request": [_request(row, network) for row in rows]}
    if disjoint:
        document["synchronization"] = disjoint
    return ServiceDocument(
        document=document,
        places={row.name("request-id"): row.place(record=row.name("request-id")) for row in rows},
    )


def _request(row: SheetRow, network: PhotonicNetwork | None) -> Json:
    bandwidth = {
        "trx_type": row.name("trx_type") or None,
        "trx_mode": row.name("trx_mode") or None,
        "spacing": _hz(row.value("spacing")),
        "max-nb-of-channel": row.value("max-nb-of-channel"),
        "output-power": _watt(row),
        "path_bandwidth": _hz(row.value("path_bandwidth", default=0.0)),
    }
    request: Json = {
        "request-id": row.name("request-id"),
        "source": f"trx {row.name('source')}",
        "destination": f"trx {row.name('destination')}",
        "bidirectional": False,
        "path-constraints": {"te-bandwidth": bandwidth},
    }
    hops = list(_hops(row, network))
    if hops:
        request["explicit-route-objects"] = {"route-object-include-exclude": hops}
    return request


def _hz(value: Cell) -> Any:  # noqa: ANN401  (a number, or what stands in its place)
    if isinstance(value, float) and isfinite(value):
        return Decimal(repr(value)) * _HZ_PER_GHZ
    return value


def _watt(row: SheetRow) -> Any:  # noqa: ANN401  (a number, or what stands in its place)
    value = row.value("output-power")
    if isinstance(value, float) and abs(value) < _POWER_DBM_MAX:
        return watt_from_dbm(value)
    return value


def _hops(row: SheetRow, network: PhotonicNetwork | None) -> Iterator[Json]:
    """The elements to pass; the ends of the request may be listed and count for nothing."""
    is_loose = str(row.value("is_loose") or "").strip().lower() in _LOOSE_WORDS
    ends = (f"trx {row.name('source')}", f"trx {row.name('destination')}")
    names = [part.strip() for part in row.name("route").split(_PARTS)]
    wanted = [name for name in names if name and name not in ends]
    for index, name in enumerate(wanted):
        yield {
            "index": index,
            "num-unnum-hop": {
                "node-id": _element_id(name, row, network),
                "hop-type": "LOOSE" if is_loose else "STRICT",
            },
        }


def _element_id(name: str, row: SheetRow, network: PhotonicNetwork | None) -> str:
    """The element that a hop means: by its identifier, or by its city."""
    if network is None or name in network.elements:
        return name
    if f"roadm {name}" in network.elements:
        return f"roadm {name}"
    near = [
        element_id
        for prefix in (
            "east edfa in ",
            "west edfa in ",
            "east fused spans in ",
            "west fused spans in ",
        )
        for element_id in network.elements
        if element_id == f"{prefix}{name}" or element_id.startswith(f"{prefix}{name} to ")
    ]
    if near:
        row.find(
            "ambiguous-hop",
            f"{shown(name)} has an element for each direction; name one of {', '.join(near[:4])}",
            field="routing: path",
        )
    return name


def _disjunctions(row: SheetRow) -> Iterator[Json]:
    others = [part.strip() for part in row.name("disjoint").split(_PARTS) if part.strip()]
    if others:
        name = row.name("request-id")
        vector = {
            "relaxable": False,
            "disjointness": "node link",
            "request-id-number": [name, *others],
        }
        yield {"synchronization-id": name, "svec": vector}
