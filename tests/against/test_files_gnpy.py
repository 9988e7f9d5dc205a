"""GNPy's own example files: everything it loads from them, we read with the same values.

Source: GNPy 3.0.1, files of its package ``example-data`` and its loader ``gnpy.tools.json_io``.
Tolerance: 1e-12 of each value, for the last digit of a change of unit.
"""

import json
import math

import pytest
from gnpy.core import elements as gnpy_elements
from gnpy.tools import convert_legacy_yang
from gnpy.tools import json_io as gnpy_io

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.adapters.formats.gnpy.network_writing import write_gnpy_network
from karakoram.adapters.formats.gnpy.services import read_gnpy_services
from karakoram.adapters.formats.gnpy.simulation import read_gnpy_simulation
from karakoram.adapters.formats.gnpy.spectrum import read_gnpy_spectrum
from karakoram.core.findings import errors_of
from karakoram.network.photonic import elements
from karakoram.network.photonic.figures import fibre_figures, roadm_figures
from tests.against.gnpy_libraries import libraries, quiet
from tests.support.gnpy_oracle import (
    CONFIGS,
    DATA,
    EQUIPMENT,
    EXTRA,
    NETWORKS,
    SERVICES,
    SPECTRA,
    TARGETS,
    USER_CONFIG,
    same,
    same_band,
)

__all__ = ("libraries", "quiet")
pytestmark = pytest.mark.filterwarnings("ignore")


def test_every_example_file_is_compared():
    known = {*NETWORKS, *EQUIPMENT, *SPECTRA, *SERVICES, *CONFIGS, EXTRA, "sim_params.json"}
    found = {path.name for path in DATA.iterdir() if path.suffix in (".json", ".xls", ".xlsx")}
    assert found == known


def same_location(ours, theirs):
    assert (ours.city, ours.region) == (theirs.city or "", theirs.region or "")
    same(ours.latitude_deg or 0.0, theirs.latitude)
    same(ours.longitude_deg or 0.0, theirs.longitude)


def same_settings(settings, known):
    for field, key in (
        ("gain_db", "gain_target"),
        ("launch_offset_db", "delta_p"),
        ("tilt_db", "tilt_target"),
        ("output_voa_db", "out_voa"),
        ("input_voa_db", "in_voa"),
    ):
        same(getattr(settings, field), getattr(known, key))


def same_fibre(ours, theirs, library):
    figures, known = fibre_figures(ours, library), theirs.params
    same(figures.length_km * 1e3, known.length)
    same(figures.loss_db_per_km * 1e-3, known.loss_coef)
    same(figures.padding_db, known.att_in)
    same(ours.connector_in_db, known.con_in)
    same(ours.connector_out_db, known.con_out)
    same(figures.dispersion_ps_per_nm_km * 1e-6, known.dispersion)
    same(figures.dispersion_slope_ps_per_nm2_km, known.dispersion_slope)
    same(figures.effective_area_um2 * 1e-12, known._effective_area)
    same(figures.reference_frequency_thz * 1e12, known.ref_frequency)
    same(figures.pmd_ps_per_sqrt_km * 1e-12 / math.sqrt(1e3), known.pmd_coef)
    assert (ours.pmd_ps_per_sqrt_km is not None) == known.pmd_coef_defined
    same([lumped.position_km * 1e3 for lumped in ours.lumped_losses], theirs.z_lumped_losses)
    assert isinstance(theirs, gnpy_elements.RamanFiber) == (ours.raman_pumping is not None)
    if ours.raman_pumping is not None:
        same(ours.raman_pumping.temperature_k, theirs.operational["temperature"])
        stated = theirs.operational["raman_pumps"]
        for pump, row in zip(ours.raman_pumping.pumps, stated, strict=True):
            same(pump.power_mw * 1e-3, row["power"])
            same(pump.frequency_thz * 1e12, row["frequency"])
            assert row["propagation_direction"] == f"{pump.direction.value}prop"


def same_roadm(ours, theirs, library):
    figures, known = roadm_figures(ours, library), theirs.params
    key, field = TARGETS[type(figures.target)]
    same(getattr(figures.target, field), getattr(known, key))
    same(figures.add_drop_osnr_db, known.add_drop_osnr)
    same(figures.pmd_ps * 1e-12, known.pmd)
    same(figures.pdl_db, known.pdl)
    assert list(figures.booster_type_ids) == known.restrictions["booster_variety_list"]
    assert list(figures.preamplifier_type_ids) == known.restrictions["preamp_variety_list"]
    assert {degree: target.power_dbm for degree, target in figures.targets} == {
        **known.per_degree_pch_out_db
    }
    assert not known.per_degree_impairments
    assert not ours.degree_impairments
    for band, row in zip(ours.design_bands, known.design_bands, strict=True):
        same_band(band.band, row["f_min"], row["f_max"])
        same(band.spacing_ghz * 1e9, row["spacing"])


def same_element(ours, theirs, library):
    same_location(ours.location, theirs.location)
    match ours:
        case elements.Fibre():
            assert ours.fibre_type_id == theirs.type_variety
            same_fibre(ours, theirs, library)
        case elements.Amplifier():
            assert type(theirs) is gnpy_elements.Edfa
            assert (ours.amplifier_type_id or "") == theirs.params.type_variety
            same_settings(ours.settings, theirs.operational)
        case elements.MultibandAmplifier():
            assert ours.amplifier_type_id == theirs.type_variety
            known = list(theirs.amplifiers.values())
            for band, amplifier in zip(ours.bands, known, strict=True):
                assert band.amplifier_type_id == amplifier.params.type_variety
                same_settings(band.settings, amplifier.operational)
        case elements.Roadm():
            same_roadm(ours, theirs, library)
        case elements.Fused():
            assert type(theirs) is gnpy_elements.Fused
            same(ours.loss_db, theirs.loss)
        case elements.Transceiver():
            assert type(theirs) is gnpy_elements.Transceiver
            assert ours.design_bands == ()
            assert theirs.design_bands == []


def same_network(ours, theirs, library):
    nodes = {node.uid: node for node in theirs.nodes}
    assert len(ours.elements) == len(nodes)
    assert set(ours.elements) == set(nodes)
    for element_id, element in ours.elements.items():
        same_element(element, nodes[element_id], library)
    lines = {(line.from_id, line.to_id) for line in ours.connections}
    assert lines == {(before.uid, after.uid) for before, after in theirs.edges}


def their_network(path, equipment):
    """What GNPy loads; its schema refuses two of its own files, for which it is passed by."""
    if path.name not in ("CORONET_CONUS_Topology.json", "fused_roadm_example_network.json"):
        return gnpy_io.load_network(path, equipment)
    document = json.loads(path.read_text(encoding="utf-8"))
    return gnpy_io.network_from_json(document, equipment)


@pytest.mark.parametrize("file", NETWORKS)
def test_networks_are_those_of_gnpy_and_stay_so_when_written(libraries, tmp_path, file):
    library, equipment = libraries[NETWORKS[file]]
    reading = read_gnpy_network(DATA / file, library)
    assert not errors_of(reading.findings)
    network = reading.required()
    same_network(network, their_network(DATA / file, equipment), library)
    written = tmp_path / "network.json"
    write_gnpy_network(network, written)
    assert read_gnpy_network(written, library).required() == network
    if len(network.elements) < 100:
        same_network(network, gnpy_io.load_network(written, equipment), library)


@pytest.mark.parametrize(
    "file", ["raman_edfa_example_network.json", "multiband_example_network.json"]
)
def test_yang_style_networks_are_those_of_gnpy(libraries, tmp_path, file):
    library, equipment = libraries[NETWORKS[file]]
    plain = json.loads((DATA / file).read_text(encoding="utf-8"))
    yang = convert_legacy_yang.dump_data(convert_legacy_yang.legacy_to_yang(plain))
    path = tmp_path / file
    path.write_text(yang, encoding="utf-8")
    assert "gnpy-network-topology:topology" in yang
    reading = read_gnpy_network(path, library)
    assert not reading.findings
    same_network(reading.required(), gnpy_io.load_network(path, equipment), library)


@pytest.mark.parametrize("file", EQUIPMENT)
def test_yang_style_equipment_gives_the_same_library(libraries, tmp_path, file):
    plain = json.loads((DATA / file).read_text(encoding="utf-8"))
    yang = convert_legacy_yang.dump_data(convert_legacy_yang.legacy_to_yang(plain))
    (tmp_path / file).write_text(yang, encoding="utf-8")
    configs = [DATA / name for name in CONFIGS]
    reading = read_gnpy_equipment(tmp_path / file, extra_configs=configs)
    assert not reading.findings
    assert reading.required() == libraries[file][0]


@pytest.mark.parametrize("file", SPECTRA)
def test_spectra_light_the_channels_that_gnpy_lights(file):
    reading = read_gnpy_spectrum(DATA / file)
    assert not reading.findings
    parts = reading.required()
    theirs = gnpy_io.load_initial_spectrum(DATA / file)
    ours = [(centre, part) for part in parts for centre in part.centres_thz]
    same([centre * 1e12 for centre, _ in ours], list(theirs))
    for (_, part), known in zip(ours, theirs.values(), strict=True):
        same(part.slot_ghz * 1e9, known.slot_width)
        same(part.symbol_rate_gbaud * 1e9, known.baud_rate)
        same(part.roll_off, known.roll_off)
        same(part.tx_osnr_db, known.tx_osnr)
        same(part.launch_offset_db, known.delta_pdb)
        same(10 ** (part.tx_power_dbm / 10 - 3), known.tx_power)
        assert part.label == known.label


def same_requests(ours, theirs):
    for request, known in zip(ours.requests, theirs, strict=True):
        assert request.request_id == known.request_id
        assert (request.from_id, request.to_id) == (known.source, known.destination)
        assert request.is_bidirectional == known.bidir
        assert (request.transceiver_type_id, request.mode) == (known.tsp, known.tsp_mode)
        same(request.spacing_ghz * 1e9, known.spacing)
        same(request.bit_rate_gbps * 1e9, known.path_bandwidth)
        if request.power_mw is not None:
            same(request.power_mw * 1e-3, known.power)
        assert [hop.element_id for hop in request.route] == known.nodes_list
        loose = ["STRICT" if hop.is_strict else "LOOSE" for hop in request.route]
        assert loose == known.loose_list


@pytest.mark.parametrize("file", SERVICES)
def test_services_are_those_of_gnpy(libraries, tmp_path, file):
    library, equipment = libraries["eqpt_config.json"]
    if file == "service_pluggable.json":
        (tmp_path / USER_CONFIG).write_text(
            (DATA / CONFIGS[1]).read_text(encoding="utf-8"), encoding="utf-8"
        )
        more = {"extra_equipment": [DATA / EXTRA], "extra_configs": [tmp_path / USER_CONFIG]}
        library = read_gnpy_equipment(DATA / "eqpt_config.json", **more).required()
        equipment = gnpy_io.load_equipments_and_configs(
            DATA / "eqpt_config.json", [DATA / EXTRA], [tmp_path / USER_CONFIG]
        )
    network = read_gnpy_network(DATA / "meshTopologyExampleV2.json", library).required()
    reading = read_gnpy_services(DATA / file, library, network=network)
    assert not reading.findings
    document = gnpy_io.load_gnpy_json(DATA / file)
    same_requests(reading.required(), gnpy_io.requests_from_json(document, equipment))
    disjunctions = gnpy_io.disjunctions_from_json(document)
    for ours, theirs in zip(reading.required().disjunctions, disjunctions, strict=True):
        assert ours.disjunction_id == theirs.disjunction_id
        assert list(ours.request_ids) == theirs.disjunctions_req
        assert ours.is_relaxable == theirs.relaxable
        assert ours.avoids_shared_lines == theirs.link_diverse
        assert ours.avoids_shared_nodes == theirs.node_diverse


def test_service_sheets_are_those_of_gnpy(libraries, tmp_path):
    library, equipment = libraries["eqpt_config.json"]
    path = DATA / "meshTopologyExampleV2.xls"
    network = read_gnpy_network(path, library).required()
    reading = read_gnpy_services(path, library, network=network)
    assert not reading.findings
    theirs = gnpy_io.load_network(path, equipment)
    document = gnpy_io.convert_service_sheet(
        path, equipment, theirs, output_filename=str(tmp_path / "out.json")
    )
    same_requests(reading.required(), gnpy_io.requests_from_json(document, equipment))


def test_a_service_sheet_that_gnpy_cannot_convert_is_read(libraries):
    library, _ = libraries["eqpt_config.json"]
    path = DATA / "juniperTopologyExampleV2J.xls"
    network = read_gnpy_network(path, library).required()
    reading = read_gnpy_services(path, library, network=network)
    assert not reading.findings
    assert len(reading.required().requests) == 8


def test_simulation_parameters_are_those_of_gnpy():
    settings = read_gnpy_simulation(DATA / "sim_params.json").required()
    known = json.loads((DATA / "sim_params.json").read_text(encoding="utf-8"))
    raman, nli = known["raman_params"], known["nli_params"]
    assert settings.scattering.is_on == raman["flag"]
    same(settings.scattering.result_step_km * 1e3, raman["result_spatial_resolution"])
    same(settings.scattering.solver_step_km * 1e3, raman["solver_spatial_resolution"])
    assert settings.interference.method.value == nli["method"]
    assert list(settings.interference.channels) == nli["computed_channels"]
    same(settings.interference.dispersion_tolerance, nli["dispersion_tolerance"])
    same(settings.interference.phase_shift_tolerance, nli["phase_shift_tolerance"])
