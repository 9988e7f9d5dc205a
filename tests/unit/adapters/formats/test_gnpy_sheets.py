"""Workbooks: rows become elements, and every slip is told with its sheet, row and column."""

import openpyxl
import pytest

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.adapters.formats.gnpy.network_writing import write_gnpy_network
from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.adapters.formats.gnpy.services import read_gnpy_services
from karakoram.adapters.formats.gnpy.sheets import read_workbook
from karakoram.core.findings import Severity, errors_of
from karakoram.network.photonic.elements import AmplifierSettings
from karakoram.network.photonic.spectral import ChannelPowerTarget
from tests.support.gnpy_files import write

NODES = [
    ["City", "Region", "Latitude", "Longitude", "Type", "Booster_restriction"],
    ["A", "north", 34.0, 70.0, "ROADM", "fixed | variable"],
    ["B", "north", 36.0, 72.0, "ILA", None],
    ["C", "north", None, None, "FUSED", None],
    ["D", "north", None, None, "ROADM", None],
]
LINK_NAMES = ["Distance (km)", "Fiber type", "lineic att", "Con_in", "Con_out", "PMD", "Cable id"]
LINKS = [
    [None, None, "east (a to z)", *[None] * 6, "west (z to a)"],
    ["Node A", "Node Z", *LINK_NAMES, *LINK_NAMES],
    ["A", "B", 80.0004, "SSMF", 0.21, 0.5, 0.4, 1.0, "c1", 81.0],
    ["B", "C", 50.0, None, None, None, None, None, "c2"],
    ["C", "D", 40.0, None, None, None, None, None, 3],
]
EQPT_NAMES = ["amp type", "att_in", "amp gain", "tilt", "att_out", "delta p"]
EQPT = [
    [None, None, "egress/east amp", *[None] * 5, "ingress/west amp"],
    ["Node A", "Node Z", *EQPT_NAMES, *EQPT_NAMES],
    ["A", "B", "variable", 0.5, 18.0, -1.0, 1.5, 2.0, "fixed", None, 20.0],
    ["B", "C", "variable", None, 17.0],
    ["D", "C", "fused", None, None, None, None, None, "variable"],
]
ROADMS = [
    [
        "Node A",
        "Node Z",
        "per degree target power (dBm)",
        "type_variety",
        "from degrees",
        "from degree to degree impairment id",
    ],
    ["A", "B", -18.5, "detailed", None, None],
]
SERVICE = [
    [
        "route id",
        "Source",
        "Destination",
        "TRX type",
        "Mode",
        "System: spacing",
        "System: input power (dBm)",
        "System: nb of channels",
        "routing: disjoint from",
        "routing: path",
        "routing: is loose?",
        "path bandwidth",
    ],
    [0, "A", "D", "trx", "mode 1", 50.0, 0.0, 80, None, "A | roadm D", "no", 100.0],
    [1, "D", "A", "trx", None, 75.0, None, None, 0, None, None, None],
]
SHEETS = {"Nodes": NODES, "Links": LINKS, "Eqpt": EQPT, "Roadms": ROADMS, "Service": SERVICE}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("whole"))
    return read_gnpy_equipment(folder / "equipment.json").required()


def workbook(folder, **sheets):
    """A workbook with the sheets, each with two rows of remarks above its names."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {**SHEETS, **sheets}.items():
        sheet = book.create_sheet(name)
        for row in [["remark"], [None], *rows] if rows else []:
            sheet.append(row)
    path = folder / "network.xlsx"
    book.save(path)
    return path


def cell(rows, row, column, value):
    copy = [list(line) for line in rows]
    copy[row][column] = value
    return copy


def test_rows_become_the_elements_of_both_directions(tmp_path, library):
    reading = read_gnpy_network(workbook(tmp_path), library)
    network = reading.required()
    assert not reading.findings
    east, west = network.elements["fiber (A -> B)-c1"], network.elements["fiber (B -> A)-c1"]
    assert (east.length_km, west.length_km) == (80.0, 81.0)
    assert (east.loss_db_per_km, east.connector_in_db, east.connector_out_db) == (0.21, 0.5, 0.4)
    assert east.pmd_ps_per_sqrt_km == pytest.approx(1.0 / 80.0004**0.5, rel=1e-12)
    assert east.location.latitude_deg == 35.0
    assert network.elements["east edfa in A to B"].settings == AmplifierSettings(
        gain_db=18.0,
        launch_offset_db=2.0,
        tilt_db=-1.0,
        output_voa_db=1.5,
        input_voa_db=0.5,
    )
    roadm = network.elements["roadm A"]
    assert roadm.amplifier_choice.booster_type_ids == ("fixed", "variable")
    assert roadm.degree_targets[0].target == ChannelPowerTarget(power_dbm=-18.5)
    assert network.elements["east edfa in D to C"].loss_db == 0.0
    assert "fiber (C -> D)-3" in network.elements


def test_light_passes_line_sites_in_both_directions(tmp_path, library):
    network = read_gnpy_network(workbook(tmp_path), library).required()
    lines = {(line.from_id, line.to_id) for line in network.connections}
    assert {
        ("roadm A", "east edfa in A to B"),
        ("east edfa in A to B", "fiber (A -> B)-c1"),
        ("fiber (A -> B)-c1", "east edfa in B to C"),
        ("east edfa in B to C", "fiber (B -> C)-c2"),
        ("fiber (C -> B)-c2", "west edfa in B to C"),
        ("west edfa in B to C", "fiber (B -> A)-c1"),
        ("fiber (B -> C)-c2", "west fused spans in C"),
        ("fiber (D -> C)-3", "east fused spans in C"),
    } <= lines


def test_a_network_of_sheets_survives_as_json(tmp_path, library):
    network = read_gnpy_network(workbook(tmp_path), library).required()
    write_gnpy_network(network, tmp_path / "network.json")
    assert read_gnpy_network(tmp_path / "network.json", library).required() == network


def test_what_a_link_leaves_out_is_told_as_assumed(tmp_path, library):
    reading = read_gnpy_network(workbook(tmp_path), library)
    assumed = {(made.field, made.value): made.places for made in reading.assumptions}
    assert assumed["Links.east.loss_coef", "0.2"] == 2


SLIPS = [
    ("Nodes", cell(NODES, 2, 0, "A"), "duplicate-id", 5),
    ("Nodes", cell(NODES, 2, 4, "AMP"), "unknown-word", 5),
    ("Nodes", cell(NODES, 1, 2, 95.0), "out-of-bounds", 4),
    ("Nodes", [*NODES, ["E"]], "element-alone", 8),
    ("Links", cell(LINKS, 2, 1, "X"), "unknown-site", 5),
    ("Links", cell(LINKS, 2, 1, "A"), "link-to-itself", 5),
    ("Links", [*LINKS, ["B", "A", 80.0]], "duplicate-id", 8),
    ("Links", cell(LINKS, 2, 2, "80 km"), "not-a-number", 5),
    ("Links", cell(LINKS, 2, 2, 80000.0), "out-of-bounds", 5),
    ("Links", cell(LINKS, 2, 3, "glass"), "unknown-type", 5),
    ("Eqpt", cell(EQPT, 2, 1, "D"), "unknown-link", 5),
    ("Eqpt", [*EQPT, ["A", "B", "fixed"]], "duplicate-id", 8),
    ("Eqpt", cell(EQPT, 2, 2, "none such"), "unknown-type", 5),
    ("Eqpt", cell(EQPT, 2, 4, 50.0), "impossible-gain", 5),
    ("Roadms", cell(ROADMS, 1, 0, "B"), "unknown-site", 4),
    ("Roadms", cell(ROADMS, 1, 4, "B | C"), "unequal-lists", 4),
    ("Links", cell(LINKS, 1, 0, "from"), "missing-column", None),
]


@pytest.mark.parametrize(("sheet", "rows", "code", "row"), SLIPS)
def test_a_slip_is_found_in_its_row(tmp_path, library, sheet, rows, code, row):
    reading = read_gnpy_network(workbook(tmp_path, **{sheet: rows}), library)
    found = [finding for finding in errors_of(reading.findings) if finding.code == code]
    assert (sheet, row) in [(finding.place.table, finding.place.row) for finding in found]
    assert all(finding.place.file == "network.xlsx" for finding in found)
    assert reading.value is None


def test_a_line_site_with_three_neighbours_is_taken_as_a_roadm_and_said_to_be(tmp_path, library):
    links = [*LINKS, ["B", "D", 30.0]]
    path = workbook(tmp_path, Links=links, Eqpt=EQPT[:3])
    reading = read_gnpy_network(path, library)
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("wrong-degrees", Severity.WARNING)
    assert "roadm B" in reading.required().elements


def test_a_workbook_without_its_sheets_is_refused(tmp_path, library):
    book = openpyxl.Workbook()
    book.save(tmp_path / "empty.xlsx")
    network = read_gnpy_network(tmp_path / "empty.xlsx", library)
    assert [finding.code for finding in network.findings] == ["missing-sheet"] * 2
    services = read_gnpy_services(tmp_path / "empty.xlsx", library)
    assert [finding.code for finding in services.findings] == ["missing-sheet"]


@pytest.mark.parametrize("suffix", [".xls", ".xlsx"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_refused(tmp_path, suffix, data):
    path = tmp_path / f"noise{suffix}"
    path.write_bytes(data)
    log = Log(path.name)
    assert read_workbook(path, log) is None
    assert [finding.code for finding in log.findings] == ["not-a-workbook"]


def test_a_workbook_that_is_not_there_is_refused(tmp_path):
    log = Log("none.xlsx")
    assert read_workbook(tmp_path / "none.xlsx", log) is None
    assert [finding.code for finding in log.findings] == ["unreadable-file"]


def test_services_come_from_their_sheet(tmp_path, library):
    path = workbook(tmp_path)
    network = read_gnpy_network(path, library).required()
    reading = read_gnpy_services(path, library, network=network)
    first, second = reading.required().requests
    assert (first.from_id, first.to_id, first.mode) == ("trx A", "trx D", "mode 1")
    assert (first.spacing_ghz, first.bit_rate_gbps, first.power_mw) == (50.0, 100.0, 1.0)
    assert [(hop.element_id, hop.is_strict) for hop in first.route] == [
        ("roadm A", True),
        ("roadm D", True),
    ]
    assert second.power_mw is None
    (vector,) = reading.required().disjunctions
    assert vector.request_ids == ("1", "0")


def test_a_hop_that_names_a_line_site_must_name_its_direction(tmp_path, library):
    path = workbook(tmp_path, Service=cell(SERVICE, 1, 9, "B"))
    network = read_gnpy_network(path, library).required()
    reading = read_gnpy_services(path, library, network=network)
    finding = next(found for found in reading.findings if found.code == "ambiguous-hop")
    assert "east edfa in B to C" in finding.message
    assert (finding.place.row, finding.place.field) == (4, "routing: path")
