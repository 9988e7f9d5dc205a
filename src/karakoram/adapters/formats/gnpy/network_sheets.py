"""Which network do the sheets Nodes, Links, Eqpt and Roadms of a workbook describe?

A row of Links is two fibres, one a direction; a row of Nodes is a ROADM with its transceiver, a
pair of amplifiers, or a pair of splices. Their identifiers are those that GNPy gives them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Any

from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.adapters.formats.gnpy.sheets import SheetLayout, SheetRow, Workbook, sheet_rows
from karakoram.core.cells import did_you_mean, shown
from karakoram.core.findings import Place, Severity

Json = dict[str, Any]

_LINE_COLUMNS: Mapping[str, str] = {
    "Distance (km)": "length",
    "Fiber type": "type_variety",
    "lineic att": "loss_coef",
    "Con_in": "con_in",
    "Con_out": "con_out",
    "PMD": "pmd",
    "Cable id": "cable",
}
_AMPLIFIER_COLUMNS: Mapping[str, str] = {
    "amp type": "type_variety",
    "amp gain": "gain_target",
    "delta p": "delta_p",
    "tilt": "tilt_target",
    "att_out": "out_voa",
    "att_in": "in_voa",
}
COLUMN_NAMES: Mapping[str, str] = {
    key: name for names in (_LINE_COLUMNS, _AMPLIFIER_COLUMNS) for name, key in names.items()
} | {
    "pmd_coef": "PMD",
    "uid": "City",
}
"""Names of columns in the file by the last member of a path in the document."""

SIDES = ("east", "west")
"""Of a row from A to Z: the light from A to Z, and that from Z to A."""


def _sided(columns: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {side: {name: f"{side}.{key}" for name, key in columns.items()} for side in SIDES}


SITE_LAYOUT = SheetLayout(
    columns={
        "City": "city",
        "Region": "region",
        "Latitude": "latitude",
        "Longitude": "longitude",
        "Type": "type",
        "Booster_restriction": "booster_variety_list",
        "Preamp_restriction": "preamp_variety_list",
    },
    grouped={},
    required=("City",),
    width=10,
)
LINE_LAYOUT = SheetLayout(
    columns={"Node A": "a", "Node Z": "z"},
    grouped=_sided(_LINE_COLUMNS),
    required=("Node A", "Node Z"),
    width=16,
)
AMPLIFIER_LAYOUT = SheetLayout(
    columns={"Node A": "a", "Node Z": "z"},
    grouped=_sided(_AMPLIFIER_COLUMNS),
    required=("Node A", "Node Z"),
    width=14,
)
ROADM_LAYOUT = SheetLayout(
    columns={
        "Node A": "a",
        "Node Z": "z",
        "per degree target power (dBm)": "target",
        "type_variety": "type_variety",
        "from degrees": "from_degrees",
        "from degree to degree impairment id": "impairment_ids",
    },
    grouped={},
    required=("Node A", "Node Z"),
    width=6,
)

_KINDS = ("ROADM", "ILA", "FUSED")
_LINE_DEGREES = 2
"""A place that is no ROADM stands on a line: one neighbour on each side."""
_DEFAULTS: Mapping[str, object] = {"length": 80.0, "type_variety": "SSMF", "loss_coef": 0.2}
"""Of a link that does not say, by the documentation of GNPy."""
_PARTS = " | "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """The rows of the sheets that fit together."""

    kinds: Mapping[str, str]
    """Kind of each place, by its name."""
    sites: Mapping[str, SheetRow]
    lines: tuple[SheetRow, ...]
    eqpt: Mapping[tuple[str, str], SheetRow]
    """By the place and the neighbour that its amplifiers face."""
    roadms: Mapping[str, tuple[SheetRow, ...]]
    neighbours: Mapping[str, tuple[str, ...]]
    """Of each place, in the order of the links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDocument:
    """A network as a JSON document of GNPy, and the row that each element came from."""

    document: Json
    places: Mapping[str, Place]
    """By identifier of the element."""


def document_from_sheets(workbook: Workbook, log: Log) -> SheetDocument | None:
    """The network in the sheets; ``None`` where a sheet is missing, and the log says so."""
    missing = [sheet for sheet in ("Nodes", "Links") if sheet not in workbook]
    for sheet in missing:
        log.find(
            "missing-sheet",
            f"there is no sheet {sheet}" + did_you_mean(sheet, workbook),
            place=log.place(sheet),
        )
    if missing:
        return None
    plan = _plan(workbook, log)
    made = [*_site_elements(plan), *_line_elements(plan)]
    return SheetDocument(
        document={
            "elements": [element for element, _ in made],
            "connections": [
                {"from_node": before, "to_node": after} for before, after in _connections(plan)
            ],
        },
        places={element["uid"]: row.place(record=element["uid"]) for element, row in made},
    )


def _plan(workbook: Workbook, log: Log) -> _Plan:
    sites = _unique(sheet_rows(workbook, "Nodes", SITE_LAYOUT, log=log))
    lines = tuple(_sound_links(sheet_rows(workbook, "Links", LINE_LAYOUT, log=log), sites))
    neighbours: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        neighbours[line.name("a")].append(line.name("z"))
        neighbours[line.name("z")].append(line.name("a"))
    kinds = {city: _kind(row, len(neighbours[city])) for city, row in sites.items()}
    eqpt: dict[tuple[str, str], SheetRow] = {}
    roadms: defaultdict[str, list[SheetRow]] = defaultdict(list)
    if "Eqpt" in workbook:
        rows = sheet_rows(workbook, "Eqpt", AMPLIFIER_LAYOUT, log=log)
        eqpt = _sound_eqpt(rows, neighbours=neighbours, kinds=kinds)
    if "Roadms" in workbook:
        for row in sheet_rows(workbook, "Roadms", ROADM_LAYOUT, log=log):
            if kinds.get(row.name("a")) == "ROADM":
                roadms[row.name("a")].append(row)
            else:
                row.find("unknown-site", f"{shown(row.name('a'))} is no ROADM of the sheet Nodes")
    return _Plan(
        kinds=kinds,
        sites=sites,
        lines=lines,
        eqpt=eqpt,
        roadms={city: tuple(rows) for city, rows in roadms.items()},
        neighbours={city: tuple(cities) for city, cities in neighbours.items()},
    )


def _unique(rows: Iterable[SheetRow]) -> dict[str, SheetRow]:
    found: dict[str, SheetRow] = {}
    for row in rows:
        city = row.name("city")
        if city in found:
            row.find(
                "duplicate-id",
                f"{shown(city)} already stands in row {found[city].row}; rename one",
                field="City",
            )
        elif city:
            found[city] = row
    return found


def _sound_links(rows: Iterable[SheetRow], sites: Mapping[str, SheetRow]) -> Iterator[SheetRow]:
    """Links between two places that exist, each pair once."""
    seen: dict[frozenset[str], int] = {}
    for row in rows:
        ends = row.name("a"), row.name("z")
        unknown = [end for end in ends if end not in sites]
        for end in unknown:
            row.find(
                "unknown-site",
                f"{shown(end)} is no city of the sheet Nodes" + did_you_mean(end, sites),
            )
        pair = frozenset(ends)
        if len(pair) == 1:
            row.find("link-to-itself", f"leads from {shown(ends[0])} to itself")
        elif pair in seen:
            row.find(
                "duplicate-id",
                f"{shown(ends[0])} and {shown(ends[1])} are linked in row {seen[pair]} already; "
                "a sheet holds one link of a pair",
            )
        elif not unknown:
            seen[pair] = row.row
            yield row


def _kind(row: SheetRow, degrees: int) -> str:
    """ROADM, ILA or FUSED; a place that is no ROADM but has other than two neighbours is one."""
    stated = str(row.value("type", default="ILA"))
    kind = stated.strip().upper()
    if kind not in _KINDS:
        row.find(
            "unknown-word", f"{shown(stated)} must be one of {', '.join(_KINDS)}", field="Type"
        )
    if degrees == 0:
        row.find("element-alone", "no row of the sheet Links leads there; link or delete it")
    elif kind != "ROADM" and degrees != _LINE_DEGREES:
        place = row.place(field="Type")
        message = f"{kind} has two neighbours, got {degrees}"
        if kind == "FUSED":
            row.log.find("wrong-degrees", message, place=place)
        else:
            row.log.find(
                "wrong-degrees",
                f"{message}; it is taken as a ROADM",
                place=place,
                severity=Severity.WARNING,
            )
        return "ROADM"
    return kind


def _sound_eqpt(
    rows: Iterable[SheetRow],
    *,
    neighbours: Mapping[str, list[str]],
    kinds: Mapping[str, str],
) -> dict[tuple[str, str], SheetRow]:
    """Rows about a place and one of its neighbours; one a pair, and one in all of a line site."""
    found: dict[tuple[str, str], SheetRow] = {}
    of_line: Counter[str] = Counter()
    for row in rows:
        city, other = row.name("a"), row.name("z")
        if other not in neighbours.get(city, ()):
            row.find(
                "unknown-link",
                f"no row of the sheet Links leads from {shown(city)} to {shown(other)}",
            )
            continue
        of_line[city] += kinds[city] == "ILA"
        if (city, other) in found or of_line[city] > 1:
            row.find(
                "duplicate-id",
                f"another row already says what stands in {shown(city)} here; delete one",
            )
            continue
        found[city, other] = row
    return found


def _location(row: SheetRow) -> Json:
    city, region = row.name("city"), row.name("region")
    where = {key: row.value(key) for key in ("latitude", "longitude")}
    return {"metadata": {"location": {"city": city, "region": region, **where}}}


def _site_elements(plan: _Plan) -> Iterator[tuple[Json, SheetRow]]:
    """Transceivers, ROADMs, and the pairs of splices and amplifiers on lines."""
    for city, row in plan.sites.items():
        if plan.kinds[city] == "ROADM":
            yield {"uid": f"trx {city}", "type": "Transceiver", **_location(row)}, row
            yield _roadm(city, row, plan.roadms.get(city, ())), row
        elif plan.kinds[city] == "FUSED":
            for side in SIDES:
                uid = f"{side} fused spans in {city}"
                yield {"uid": uid, "type": "Fused", **_location(row)}, row
        elif not any((city, other) in plan.eqpt for other in plan.neighbours[city]):
            for side in SIDES:
                yield {"uid": f"{side} edfa in {city}", "type": "Edfa", **_location(row)}, row


def _roadm(city: str, row: SheetRow, degrees: tuple[SheetRow, ...]) -> Json:
    params: Json = {}
    lists = {
        key: [part for part in row.name(key).split(_PARTS) if part]
        for key in ("preamp_variety_list", "booster_variety_list")
    }
    if any(lists.values()):
        params["restrictions"] = lists
    typed: Json = {}
    for degree in degrees:
        to_id = f"east edfa in {city} to {degree.name('z')}"
        target = degree.value("target")
        if target is not None:
            params.setdefault("per_degree_pch_out_db", {})[to_id] = target
        impairments = list(_impairments(city, degree, to_id))
        if impairments:
            params.setdefault("per_degree_impairments", []).extend(impairments)
        if degree.name("type_variety"):
            typed = {"type_variety": degree.name("type_variety")}
    held = {"params": params} if params else {}
    return {"uid": f"roadm {city}", "type": "Roadm", **typed, **held, **_location(row)}


def _impairments(city: str, degree: SheetRow, to_id: str) -> Iterator[Json]:
    from_cities = [part for part in degree.name("from_degrees").split(_PARTS) if part]
    ids = [part for part in degree.name("impairment_ids").split(_PARTS) if part]
    if len(from_cities) != len(ids):
        degree.find(
            "unequal-lists",
            f"names {len(from_cities)} degrees and {len(ids)} impairments; each has one",
        )
        return
    for from_city, impairment_id in zip(from_cities, ids, strict=True):
        yield {
            "from_degree": f"west edfa in {city} to {from_city}",
            "to_degree": to_id,
            "impairment_id": impairment_id,
        }


def _line_elements(plan: _Plan) -> Iterator[tuple[Json, SheetRow]]:
    """Fibres in both directions, and the amplifiers of the sheet Eqpt."""
    for line in plan.lines:
        for side in SIDES:
            yield _fibre(line, side, plan.sites), line
    for (city, other), row in plan.eqpt.items():
        for side in SIDES:
            uid = f"{side} edfa in {city} to {other}"
            yield {"uid": uid, **_amplifier(row, side), **_location(plan.sites[city])}, row


def _of_side(row: SheetRow, side: str, key: str) -> Any:  # noqa: ANN401  (a cell, any JSON value)
    """A cell of one direction; where that from Z to A is blank, the one from A to Z."""
    stated = row.value(f"{side}.{key}")
    if stated is None:
        stated = row.value(f"east.{key}")
    if stated is None and key in _DEFAULTS:
        stated = row.value(f"{side}.{key}", default=_DEFAULTS[key])  # type: ignore[arg-type]
    return stated


def _cable(row: SheetRow, side: str) -> str:
    return row.name(f"{side}.cable") or row.name("east.cable")


def _fibre_id(line: SheetRow, side: str) -> str:
    ends = (line.name("a"), line.name("z")) if side == "east" else (line.name("z"), line.name("a"))
    return f"fiber ({ends[0]} -> {ends[1]})-{_cable(line, side)}"


def _fibre(line: SheetRow, side: str, sites: Mapping[str, SheetRow]) -> Json:
    """One fibre; lengths count to the metre, and its place is halfway."""
    length = _of_side(line, side, "length")
    params = {
        "length": round(length, 3) if isinstance(length, float) else length,
        "length_units": "km",
        **{key: _of_side(line, side, key) for key in ("loss_coef", "con_in", "con_out")},
    }
    pmd = _of_side(line, side, "pmd")
    if pmd is not None:
        params["pmd_coef"] = pmd
        if isinstance(pmd, float) and isinstance(length, float) and length > 0.0:
            params["pmd_coef"] = pmd * 1e-12 / sqrt(length * 1e3)
    ends = [sites[line.name(end)] for end in ("a", "z")]
    where = {key: _halfway([row.value(key) for row in ends]) for key in ("latitude", "longitude")}
    return {
        "uid": _fibre_id(line, side),
        "type": "Fiber",
        "type_variety": str(_of_side(line, side, "type_variety")),
        "params": params,
        "metadata": {"location": where},
    }


def _halfway(values: list[Any]) -> float | None:
    numbers = [value for value in values if isinstance(value, float)]
    return sum(numbers) / len(numbers) if len(numbers) == len(values) else None


def _amplifier(row: SheetRow, side: str) -> Json:
    """What a row of Eqpt puts into one direction; ``fused`` is a splice without loss."""
    kind = row.name(f"{side}.type_variety")
    if kind.lower() == "fused":
        return {"type": "Fused", "params": {"loss": 0}}
    keys = ("gain_target", "delta_p", "tilt_target", "out_voa", "in_voa")
    settings = {key: row.value(f"{side}.{key}") for key in keys}
    return {
        "type": "Edfa",
        **({"type_variety": kind} if kind else {}),
        "operational": {key: value for key, value in settings.items() if value is not None},
    }


def _connections(plan: _Plan) -> Iterator[tuple[str, str]]:
    """Which element light enters after which."""
    fibres = {
        ends: _fibre_id(line, side)
        for line in plan.lines
        for side, ends in (
            ("east", (line.name("a"), line.name("z"))),
            ("west", (line.name("z"), line.name("a"))),
        )
    }
    for city, kind in plan.kinds.items():
        others = plan.neighbours.get(city, ())
        if kind == "ROADM":
            yield f"trx {city}", f"roadm {city}"
            yield f"roadm {city}", f"trx {city}"
            for other in others:
                has_row = (city, other) in plan.eqpt
                out = [f"east edfa in {city} to {other}"] if has_row else []
                into = [f"west edfa in {city} to {other}"] if has_row else []
                yield from _chain([f"roadm {city}", *out, fibres[city, other]])
                yield from _chain([fibres[other, city], *into, f"roadm {city}"])
        elif len(others) == _LINE_DEGREES:
            first, second = others
            for side, ends in (("west", (first, second)), ("east", (second, first))):
                middle = _line_element(plan, city, side=side, ends=ends)
                yield from _chain([fibres[ends[0], city], middle, fibres[city, ends[1]]])


def _chain(ids: list[str]) -> Iterator[tuple[str, str]]:
    yield from pairwise(ids)


def _line_element(plan: _Plan, city: str, *, side: str, ends: tuple[str, str]) -> str:
    """What light from the first to the second neighbour passes in a place on a line."""
    if plan.kinds[city] == "FUSED":
        return f"{side} fused spans in {city}"
    before, after = ends
    if (city, after) in plan.eqpt:
        return f"east edfa in {city} to {after}"
    if (city, before) in plan.eqpt:
        return f"west edfa in {city} to {before}"
    return f"{side} edfa in {city}"
