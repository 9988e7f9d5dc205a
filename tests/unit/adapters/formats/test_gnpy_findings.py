"""Every slip in a GNPy file is a finding with file, path, value, and what would be right."""

import json

import pytest

from karakoram.adapters.formats.gnpy import sheets
from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.adapters.formats.gnpy.services import read_gnpy_services
from karakoram.adapters.formats.gnpy.simulation import read_gnpy_simulation
from karakoram.adapters.formats.gnpy.spectrum import read_gnpy_spectrum
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Severity
from karakoram.core.provenance import Confidence
from tests.support.gnpy_files import (
    EQUIPMENT,
    NETWORK,
    SERVICES,
    SIMULATION,
    SPECTRUM,
    changed,
    write,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("whole"))
    return read_gnpy_equipment(folder / "equipment.json").required()


def network_findings(folder, library, network):
    return read_gnpy_network(write(folder, network=network) / "network.json", library).findings


def the_one(findings, code):
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, [(finding.code, str(finding.where)) for finding in findings]
    return found[0]


def test_the_whole_set_is_read_without_a_finding(tmp_path, library):
    folder = write(tmp_path)
    network = read_gnpy_network(folder / "network.json", library)
    assert network.findings == ()
    assert len(network.required().elements) == 10
    services = read_gnpy_services(folder / "services.json", library, network=network.value)
    assert services.findings == ()
    route = services.required().requests[0].route
    assert [(hop.element_id, hop.is_strict) for hop in route] == [
        ("roadm A", False),
        ("roadm B", True),
    ]
    assert read_gnpy_spectrum(folder / "spectrum.json").findings == ()
    assert read_gnpy_simulation(folder / "simulation.json").findings == ()


def test_units_become_those_of_engineers_to_the_last_digit(tmp_path, library):
    network = read_gnpy_network(write(tmp_path) / "network.json", library).required()
    first, second = network.elements["glass 1"], network.elements["glass 2"]
    assert first.dispersion_ps_per_nm_km == 20.0
    assert first.dispersion_slope_ps_per_nm2_km == 0.06
    assert first.effective_area_um2 == 80.0
    assert first.gamma_per_w_km == 1.31
    assert first.reference_frequency_thz == 193.5
    assert second.length_km == 60.0
    assert second.loss_db_per_km.frequencies_thz == (190.0, 197.0)
    assert second.loss_db_per_km.values == (0.2, 0.21)
    assert [pump.power_mw for pump in second.raman_pumping.pumps] == [200.0, 100.0]
    assert second.raman_gain.gains_per_w_km == (0.0, 0.4)


SLIPS = [
    (("elements", 3, "params", "length"), 80000, "out-of-bounds", "km"),
    (("elements", 3, "params", "length"), "80 km", "not-a-number", "without its unit"),
    (("elements", 3, "params", "length"), ..., "missing", "length (in km) is missing"),
    (("elements", 3, "params", "length_units"), "mi", "unknown-unit", "write km or m"),
    (("elements", 3, "params", "length_units"), ..., "missing", "write km or m"),
    (("elements", 3, "params", "length_units"), 3, "unknown-unit", "3 must be a unit"),
    (("elements", 3, "type"), ..., "missing", "it must be one of Fiber, RamanFiber"),
    (("elements", 3, "type"), True, "unknown-type", "true is no type of element; it must"),
    (
        ("elements", 5, "operational", "raman_pumps", 0, "propagation_direction"),
        ...,
        "missing",
        "c",
    ),
    (("elements", 3, "params", "loss_coef"), 0.0002, "out-of-bounds", "at least 0.01"),
    (("elements", 3, "params", "dispersion"), 16.7, "out-of-bounds", "check the unit"),
    (("elements", 3, "params", "effective_area"), 83, "out-of-bounds", "m²"),
    (("elements", 3, "params", "gamma"), 1.3, "out-of-bounds", "1/(W m)"),
    (("elements", 3, "params", "ref_frequency"), 193.5, "out-of-bounds", "Hz"),
    (("elements", 5, "operational", "temperature"), 10, "out-of-bounds", "at least 150"),
    (("elements", 5, "operational", "raman_pumps", 0, "power"), 224, "out-of-bounds", "W"),
    (("elements", 2, "operational", "tilt_target"), [1], "not-a-number", "a list"),
    (("elements", 2, "operational", "out_voa"), 90, "out-of-bounds", "at most 40"),
    (("elements", 2, "operational", "in_voa"), 90, "out-of-bounds", "at most 40"),
    (("elements", 3, "params", "att_in"), 80, "out-of-bounds", "at most 40"),
]


@pytest.mark.parametrize(("path", "value", "code", "words"), SLIPS)
def test_a_wrong_figure_is_found_at_its_path(tmp_path, library, path, value, code, words):
    findings = network_findings(tmp_path, library, changed(NETWORK, path, value))
    finding = the_one(findings, code)
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    assert finding.place.field == steps.removeprefix(".")
    assert finding.place.file == "network.json"
    assert finding.place.record == NETWORK["elements"][path[1]]["uid"]
    assert words in finding.message


def test_a_lumped_loss_beyond_its_fibre_is_found(tmp_path, library):
    path = ("elements", 3, "params", "lumped_losses", 0, "position")
    findings = network_findings(tmp_path, library, changed(NETWORK, path, 90))
    assert "within the fibre of 80 km" in the_one(findings, "contradiction").message


TYPE_SLIPS = [
    (("Transceiver", 0, "mode", 0, "bit_rate"), 1e14, "contradiction", "bits a symbol"),
    (
        ("Transceiver", 0, "mode", 0, "penalties", 2, "pmd"),
        3e-11,
        "out-of-bounds",
        "check the unit",
    ),
    (("Transceiver", 0, "mode", 0, "penalties", 0), {"penalty_value": 1}, "missing", "of nothing"),
    (
        ("Transceiver", 0, "mode", 0, "penalties", 1, "penalty_value"),
        -1,
        "contradiction",
        "0 to 60",
    ),
    (("Transceiver", 0, "mode", 0, "detailed_rx"), 3, "not-an-object", "must be an object"),
    (("Transceiver", 0, "frequency", "mid"), 3, "not-modelled", "not read"),
    (("Roadm", 0, "add_drop_osnr"), 3, "out-of-bounds", "at least 10"),
    (("Roadm", 1, "type_variety"), "a\x1b[31m", "control-character", "delete it"),
    (("Roadm", 1, "type_variety"), "  ", "missing", "write what it is"),
    (("Roadm", 0, "target_pch_out_db"), "-20", "not-a-number", "without quotes"),
    (("Edfa", 3, "nf_coef", 0), "-8e-4", "not-a-number", "without quotes"),
    (("Fiber", 0, "pmd_coef"), 1e-12, "out-of-bounds", "at most 20"),
]


@pytest.mark.parametrize(("path", "value", "code", "words"), TYPE_SLIPS)
def test_a_wrong_figure_of_a_type_is_found_at_its_path(tmp_path, path, value, code, words):
    folder = write(tmp_path, equipment=changed(EQUIPMENT, path, value))
    finding = the_one(read_gnpy_equipment(folder / "equipment.json").findings, code)
    assert finding.place.file == "equipment.json"
    assert finding.place.field.startswith(f"{path[0]}[{path[1]}]")
    assert words in finding.message


WORDS_OF_SERVICES = [
    (("path-request", 0, "path-constraints", "te-bandwidth", "output-power"), 1e-12, "nanowatt"),
    (("path-request", 0, "path-constraints", "te-bandwidth", "path_bandwidth"), 1e20, "at most"),
    (("path-request", 0, "path-constraints", "te-bandwith"), {}, "did you mean te-bandwidth"),
    (("synchronization", 0, "svec", "disjointness"), "node linkx", "one of link, node, node link"),
    (("synchronization", 0, "svec", "disjointness"), ..., "disjointness is missing"),
]


@pytest.mark.parametrize(("path", "value", "words"), WORDS_OF_SERVICES)
def test_a_wrong_word_of_a_request_is_found(tmp_path, library, path, value, words):
    services = changed(SERVICES, path, value)
    folder = write(tmp_path, services=services)
    findings = read_gnpy_services(folder / "services.json", library).findings
    words = "at least 1e-06" if words == "nanowatt" else words
    (finding,) = [one for one in findings if words in one.message]
    assert path[-1] in finding.place.field


def test_what_counts_where_a_type_says_nothing_is_told(tmp_path):
    equipment = changed(EQUIPMENT, ("Fiber", 2, "effective_area"), ...)
    equipment = changed(equipment, ("Span", 0, "delta_power_range_db"), ...)
    folder = write(tmp_path, equipment=equipment)
    reading = read_gnpy_equipment(folder / "equipment.json")
    told = {one.field: one.value for one in reading.assumptions}
    assert told["Fiber[].effective_area"] == "effective_area_um2 = 83"
    assert told["Span[].delta_power_range_db"] == "delta_power_range_db = none"
    assert told["SI[].tx_power_dbm"] == "tx_power_dbm = 0"


REFERENCES = [
    (("elements", 3, "type_variety"), "SSFM", "unknown-type", "did you mean SSMF?"),
    (("elements", 2, "type_variety"), "none such", "unknown-type", "single-band amplifier"),
    (("elements", 5, "type_variety"), "rippled", "unknown-type", "fibre for Raman pumps"),
    (("elements", 8, "type_variety"), "odd", "unknown-type", "ROADM"),
    (("elements", 9, "type_variety"), "tx", "unknown-type", "did you mean trx?"),
    (("elements", 3, "type"), "Fibre", "unknown-type", "did you mean Fiber"),
    (("connections", 2, "to_node"), "glass", "connection-unknown-element", "did you mean"),
    (("elements", 4, "uid"), "glass 1", "duplicate-id", "already stands at elements[3]"),
    (("elements", 2, "operational", "gain_target"), 40, "impossible-gain", "26 dB, extended"),
    (("elements", 2, "operational", "gain_target"), -1, "impossible-gain", "at least 0 dB"),
    (("elements", 2, "operational", "gain_target"), 5, "gain-below-minimum", "padded"),
    (
        ("elements", 1, "params", "per_degree_pch_out_db"),
        {"trx B": -20},
        "unknown-degree",
        "'trx B'",
    ),
    (
        ("elements", 1, "params", "per_degree_impairments", 0, "impairment_id"),
        7,
        "unknown-impairment",
        "it has 1, 2",
    ),
    (
        ("elements", 1, "params", "restrictions", "booster_variety_list"),
        ["gone"],
        "unknown-type",
        "no amplifier",
    ),
    (("elements", 6, "amplifiers", 1, "type_variety"), "fixed", "bands-overlap", "keep one"),
    (("elements", 2, "type_variety"), "L", "no-common-band", "passes none"),
]


@pytest.mark.parametrize(("path", "value", "code", "words"), REFERENCES)
def test_what_does_not_fit_together_is_found(tmp_path, library, path, value, code, words):
    network = changed(NETWORK, path, value)
    if code == "no-common-band":
        network = changed(network, ("elements", 6, "amplifiers"), [{"type_variety": "variable"}])
    findings = [
        finding
        for finding in network_findings(tmp_path, library, network)
        if finding.code == code and words in finding.message
    ]
    assert len(findings) == 1
    assert findings[0].place.file == "network.json"
    assert findings[0].place.field.startswith(path[0])


def test_an_amplifier_with_two_inputs_and_a_fibre_that_ends_are_found(tmp_path, library):
    lines = [*NETWORK["connections"][:7], {"from_node": "roadm B", "to_node": "both"}]
    findings = network_findings(tmp_path, library, {**NETWORK, "connections": lines})
    assert "glass 2, roadm B" in the_one(findings, "ways-in").message
    assert the_one(findings, "ways-out").place.record == "glass 3"


def test_everything_is_found_at_once(tmp_path, library):
    network = NETWORK
    for path, value, _, _ in SLIPS[9:14]:
        network = changed(network, path, value)
    findings = network_findings(tmp_path, library, network)
    assert len({finding.place.field for finding in findings}) == 5


def test_elements_in_error_hide_only_what_may_follow_from_them(tmp_path, library):
    broken = changed(NETWORK, ("elements", 3, "params", "length"), -1)
    lost = changed(broken, ("connections", 2, "to_node"), "nowhere")
    findings = network_findings(tmp_path, library, lost)
    assert the_one(findings, "connection-unknown-element").message.startswith("'nowhere'")
    assert "out-of-bounds" in [finding.code for finding in findings]
    assert {finding.code for finding in network_findings(tmp_path, library, broken)} == {
        "out-of-bounds"
    }
    unnamed = network_findings(tmp_path, library, changed(broken, ("elements", 3, "uid"), 7))
    assert "connection-unknown-element" not in [finding.code for finding in unnamed]


def test_an_unknown_member_is_a_warning_that_proposes_the_right_one(tmp_path, library):
    network = changed(NETWORK, ("elements", 3, "params", "con_int"), 1)
    reading = read_gnpy_network(write(tmp_path, network=network) / "network.json", library)
    finding = the_one(reading.findings, "not-modelled")
    assert finding.severity is Severity.WARNING
    assert "did you mean con_in" in finding.message
    assert reading.value is not None


def test_what_a_file_leaves_out_is_told_as_assumed(tmp_path, library):
    network = changed(NETWORK, ("elements", 4, "params"), {})
    reading = read_gnpy_network(write(tmp_path, network=network) / "network.json", library)
    assumed = {assumption.field: assumption for assumption in reading.assumptions}
    loss = assumed["elements[].params.loss"]
    assert (loss.value, loss.places, loss.file) == ("loss_db = 1", 1, "network.json")
    assert loss.provenance.confidence is Confidence.ASSUMED


TEXTS = [
    (b"", "empty-file"),
    (b"{", "not-json"),
    (b"[]", "not-an-object"),
    (b"{}", "not-a-network"),
    (b'{"elements": [], "elements": [], "connections": []}', "duplicate-key"),
    (json.dumps(NETWORK).encode("utf-16"), "not-utf-8"),
    (json.dumps(NETWORK).encode().replace(b"splice", b"spl\xefce"), "not-utf-8"),
    (b'{"elements": ' + b"[" * 100_000, "too-deep"),
    (b'{"elements": 3, "connections": {}}', "not-a-list"),
    (b'{"elements": [3], "connections": []}', "not-an-object"),
    (b'{"elements": [{"uid": "\\ud800"}], "connections": []}', "not-text"),
]


@pytest.mark.parametrize(("data", "code"), TEXTS)
def test_a_file_that_is_no_network_is_refused_in_words(tmp_path, library, data, code):
    reading = read_gnpy_network(write(tmp_path, network=data) / "network.json", library)
    assert code in [finding.code for finding in reading.findings]
    assert reading.value is None
    with pytest.raises(InvalidDataError):
        reading.required()


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path, library, monkeypatch):
    missing = read_gnpy_network(tmp_path / "none.json", library)
    assert the_one(missing.findings, "missing-file").place.file == "none.json"
    monkeypatch.setattr("karakoram.adapters.formats.gnpy.json_file.FILE_BYTES_MAX", 100)
    reading = read_gnpy_network(write(tmp_path) / "network.json", library)
    assert the_one(reading.findings, "file-too-large")


EQUIPMENT_SLIPS = [
    (("Edfa", 0, "nf_min"), ..., "missing"),
    (("Edfa", 0, "nf_min"), 12, "contradiction"),
    (("Edfa", 0, "type_def"), "variable", "unknown-word"),
    (("Edfa", 1, "type_variety"), "variable", "duplicate-id"),
    (("Edfa", 2, "advanced_config_from_json"), "gone.json", "missing-config"),
    (("Edfa", 4, "booster_variety"), "gone", "unknown-type"),
    (("Edfa", 4, "gain_min"), 1, "impossible-gain"),
    (("Edfa", 5, "f_min"), 186.5, "out-of-bounds"),
    (("Edfa", 6, "amplifiers"), ["variable", "gone"], "unknown-type"),
    (("Roadm", 0, "target_psd_out_mWperGHz"), 3e-4, "two-targets"),
    (("Roadm", 0, "target_pch_out_db"), ..., "missing"),
    (("Roadm", 1, "roadm-path-impairments", 1, "roadm-path-impairments-id"), 1, "duplicate-id"),
    (("SI",), ..., "missing"),
    (("SI", 0, "power_range_db"), [0, 0], "not-a-range"),
    (("SI", 0, "baud_rate"), 400e9, "contradiction"),
    (("SI", 0, "tx_osnr"), -10, "out-of-bounds"),
    (("Transceiver", 0, "mode", 0, "tx_osnr"), -10, "out-of-bounds"),
    (("Span", 0, "padding"), 41, "out-of-bounds"),
    (("Span", 0, "length_units"), "mi", "unknown-unit"),
    (("Transceiver", 0, "mode", 0, "baud_rate"), 32, "out-of-bounds"),
    (("Transceiver", 0, "mode", 0, "min_spacing"), 25e9, "contradiction"),
    (("Fiber", 2, "loss_coef_ripple", 0, "frequency"), 198e12, None),
    (("RamanFiber", 0, "raman_efficiency", "cr"), [1e-4], "unequal-lists"),
]


@pytest.mark.parametrize(("path", "value", "code"), EQUIPMENT_SLIPS)
def test_slips_in_equipment_are_found(tmp_path, path, value, code):
    folder = write(tmp_path, equipment=changed(EQUIPMENT, path, value))
    reading = read_gnpy_equipment(folder / "equipment.json")
    codes = [finding.code for finding in reading.findings]
    assert codes == [] if code is None else code in codes
    assert (reading.value is None) == (code is not None)


def test_types_of_the_first_file_count_and_others_of_the_name_are_told(tmp_path):
    folder = write(tmp_path, extra={"Edfa": EQUIPMENT["Edfa"][:1]})
    reading = read_gnpy_equipment(
        folder / "equipment.json", extra_equipment=[folder / "extra.json"]
    )
    finding = the_one(reading.findings, "duplicate-id")
    assert finding.severity is Severity.WARNING
    assert reading.value is not None


SERVICE_SLIPS = [
    (("path-request", 0, "source"), "trx C", "unknown-element"),
    (("path-request", 0, "destination"), "trx A", "contradiction"),
    (("path-request", 1, "request-id"), "1", "duplicate-id"),
    (("synchronization", 0, "svec", "request-id-number"), ["1", "9"], "unknown-request"),
    (("synchronization", 0, "svec", "disjointness"), "risk", "unknown-word"),
    (("path-request", 0, "path-constraints"), {}, "missing"),
]
BANDWIDTH_SLIPS = [
    ("trx_type", "tx", "unknown-type"),
    ("trx_mode", "mode 9", "unknown-type"),
    ("spacing", 25e9, "spacing-too-narrow"),
    ("spacing", 50, "out-of-bounds"),
    ("output-power", 1.0, "out-of-bounds"),
]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        *SERVICE_SLIPS,
        *(
            (("path-request", 0, "path-constraints", "te-bandwidth", key), value, code)
            for key, value, code in BANDWIDTH_SLIPS
        ),
    ],
)
def test_slips_in_services_are_found(tmp_path, library, path, value, code):
    folder = write(tmp_path, services=changed(SERVICES, path, value))
    network = read_gnpy_network(folder / "network.json", library).required()
    reading = read_gnpy_services(folder / "services.json", library, network=network)
    assert code in [finding.code for finding in reading.findings]
    assert reading.value is None


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("spectrum", 1, "f_max"), 193.2e12, "parts-overlap"),
        (("spectrum", 0, "slot_width"), 75, "out-of-bounds"),
        (("spectrum", 0, "slot_width"), 50e9, "contradiction"),
        (("spectrum",), {}, "not-a-spectrum"),
        (("spectrum", 0, "roll_off"), ..., "missing"),
        (("spectrum", 1, "delta_pdb"), 80, "out-of-bounds"),
        (("spectrum", 1, "tx_osnr"), -10, "out-of-bounds"),
    ],
)
def test_slips_in_spectra_are_found(tmp_path, path, value, code):
    folder = write(tmp_path, spectrum=changed(SPECTRUM, path, value))
    reading = read_gnpy_spectrum(folder / "spectrum.json")
    assert code in [finding.code for finding in reading.findings]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("nli_params", "method"), "ggn_aprox", "unknown-word"),
        (("nli_params", "computed_number_of_channels"), 3, "contradiction"),
        (("nli_params", "computed_channels"), [1.5], "not-a-whole-number"),
        (("raman_params", "flag"), "true", "not-true-or-false"),
        (("raman_params", "solver_spatial_resolution"), 0, "out-of-bounds"),
    ],
)
def test_slips_in_simulation_parameters_are_found(tmp_path, path, value, code):
    folder = write(tmp_path, simulation=changed(SIMULATION, path, value))
    reading = read_gnpy_simulation(folder / "simulation.json")
    assert code in [finding.code for finding in reading.findings]


def test_without_the_extra_a_sheet_asks_for_it(tmp_path, library, monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(sheets, "import_module", absent)
    reading = read_gnpy_network(tmp_path / "network.xlsx", library)
    assert "karakoram[excel]" in the_one(reading.findings, "excel-not-installed").message
