"""GNPy's automatic design of its example networks and of random ones: ours is the same.

Source: GNPy 3.0.1, ``designed_network`` as its transmission example calls it.
Tolerance: 1e-6 dB; the largest difference seen is 2e-14 dB, but for fibre with Raman pumps.
"""

import json
import shutil

import numpy as np
import pytest

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.adapters.formats.gnpy.network_writing import write_gnpy_network
from karakoram.adapters.formats.gnpy.simulation import read_gnpy_simulation
from karakoram.core.findings import errors_of
from karakoram.planning.photonic.design import designed_network
from tests.support.design_gnpy import DATA, differences, gnpy_designed
from tests.support.design_networks import (
    amplifier,
    gains_of,
    mesh,
    multiband_amplifier,
    multiband_chain,
    unspliced_chain,
    varied_equipment,
    written,
)

EXAMPLES = {
    "CORONET_CONUS_Topology.json": "eqpt_config.json",
    "Sweden_OpenROADMv4_example_network.json": "eqpt_config_openroadm_ver4.json",
    "Sweden_OpenROADMv5_example_network.json": "eqpt_config_openroadm_ver5.json",
    "edfa_example_network.json": "eqpt_config.json",
    "fused_roadm_example_network.json": "eqpt_config.json",
    "juniperTopologyExampleV2J.xls": "eqpt_config.json",
    "meshTopologyExampleV2.json": "eqpt_config.json",
    "meshTopologyExampleV2.xls": "eqpt_config.json",
    "multiband_example_network.json": "eqpt_config_multiband.json",
}
CONFIGS = ("Juniper-BoosterHG.json", "std_medium_gain_advanced_config.json")
TOLERANCE_DB = 1e-6
PUMPED_TOLERANCE_DB = 0.08
"""GNPy's gain of pumped fibre is 0.069 dB above ours, which is converged: it steps along the fibre
by Euler's method, and counts the quantum defect."""
SCATTERED_TOLERANCE_DB = 0.01
"""GNPy's Raman scattering of second order in steps of 10 km, with the quantum defect, against a
converged solution without. Through spliced fibres GNPy runs backwards, so they are left out."""

pytestmark = pytest.mark.filterwarnings("ignore")


def read(network, equipment):
    library = read_gnpy_equipment(equipment).required()
    reading = read_gnpy_network(network, library)
    assert not errors_of(reading.findings), reading.findings[:3]
    return reading.required(), library


@pytest.mark.parametrize("file", EXAMPLES)
def test_example_networks_get_the_same_design(file):
    network, equipment = DATA / file, DATA / EXAMPLES[file]
    designed = designed_network(*read(network, equipment))
    others, largest = differences(gnpy_designed(network, equipment), designed.network)
    assert not others
    assert largest < TOLERANCE_DB


def test_what_is_designed_for_gnpy_is_read_by_gnpy_and_designed_the_same_again(tmp_path):
    equipment = DATA / "eqpt_config.json"
    network, library = read(DATA / "meshTopologyExampleV2.json", equipment)
    designed = designed_network(network, library).network
    write_gnpy_network(designed, tmp_path / "designed.json")
    theirs = gnpy_designed(tmp_path / "designed.json", equipment)
    others, largest = differences(theirs, designed_network(designed, library).network)
    assert not others
    assert largest < TOLERANCE_DB


def files(tmp_path, equipment, network):
    for name in CONFIGS:
        shutil.copy(DATA / name, tmp_path / name)
    return written(tmp_path / "network.json", network), written(tmp_path / "eqpt.json", equipment)


def undesigned(designed):
    """Codes of errors, but for gains beyond a stated type, which GNPy sets all the same."""
    return {finding.code for finding in errors_of(designed.findings)} - {"impossible-gain"}


@pytest.mark.parametrize("seed", range(24))
def test_random_meshes_get_the_same_design(tmp_path, seed):
    rng = np.random.default_rng(seed)
    base = json.loads((DATA / "eqpt_config.json").read_text(encoding="utf-8"))
    equipment = varied_equipment(rng, base)
    gains = gains_of(equipment)
    network = mesh(rng, put=lambda uid: amplifier(rng, uid, gains))
    network_file, equipment_file = files(tmp_path, equipment, network)
    designed = designed_network(*read(network_file, equipment_file))
    if refused := undesigned(designed):
        assert refused == {"no-amplifier"}
        with pytest.raises(Exception, match="could not find any amplifier"):
            gnpy_designed(network_file, equipment_file)
        return
    others, largest = differences(gnpy_designed(network_file, equipment_file), designed.network)
    assert not others
    assert largest < TOLERANCE_DB


def multiband_case(seed, *, build=multiband_chain):
    """Two bands; two housings without a member in common, of which one is allowed at a time.

    With several GNPy takes housings that are not allowed for design, or finds members that no
    housing holds together and gives up.
    """
    rng = np.random.default_rng(seed)
    base = json.loads((DATA / "eqpt_config_multiband.json").read_text(encoding="utf-8"))
    equipment = varied_equipment(rng, base)
    kept = ("std_medium_gain_multiband", "std_low_gain_multiband")
    equipment["Edfa"] = [
        one
        for one in equipment["Edfa"]
        if one.get("type_def") != "multi_band" or one["type_variety"] in kept
    ]
    housings = {}
    for one in equipment["Edfa"]:
        if one.get("type_def") == "multi_band":
            one["allowed_for_design"] = one["type_variety"] == kept[seed % 2]
            housings[one["type_variety"]] = one["amplifiers"]
    for roadm in equipment["Roadm"]:
        roadm["restrictions"] = {"preamp_variety_list": [], "booster_variety_list": []}
    equipment["SI"] = equipment["SI"][:1]
    bands = [
        {"f_min": 191.3e12, "f_max": 195.1e12, "spacing": 50e9},
        {"f_min": 186.95e12, "f_max": 189.5e12, "spacing": 75e9},
    ]
    network = mesh(
        rng,
        put=lambda uid: multiband_amplifier(rng, uid, {kept[0]: housings[kept[0]]}),
        bands=bands,
        build=build,
    )
    return equipment, network


@pytest.mark.parametrize("seed", range(12))
def test_random_multiband_meshes_get_the_same_design(tmp_path, seed):
    network_file, equipment_file = files(tmp_path, *multiband_case(seed))
    designed = designed_network(*read(network_file, equipment_file))
    assert not undesigned(designed)
    others, largest = differences(gnpy_designed(network_file, equipment_file), designed.network)
    assert not others
    assert largest < TOLERANCE_DB


@pytest.mark.parametrize("seed", [3, 8, 11])
def test_with_raman_scattering_multiband_lines_differ_by_hundredths_of_a_db(tmp_path, seed):
    equipment, network = multiband_case(seed, build=unspliced_chain)
    equipment["Span"][0] |= {"delta_power_range_db": [0, 0, 0], "power_mode": True}
    network_file, equipment_file = files(tmp_path, equipment, network)
    sim_params = {"raman_params": {"flag": True}}
    path = written(tmp_path / "sim.json", sim_params)
    scattering = read_gnpy_simulation(path).required().scattering
    ours = designed_network(*read(network_file, equipment_file), scattering=scattering)
    theirs = gnpy_designed(network_file, equipment_file, sim_params=sim_params)
    others, largest = differences(theirs, ours.network)
    assert not others
    assert largest < SCATTERED_TOLERANCE_DB
    calm, far = differences(theirs, designed_network(*read(network_file, equipment_file)).network)
    assert calm or far > 10 * SCATTERED_TOLERANCE_DB


def test_the_gain_of_raman_pumps_is_counted():
    network, equipment = DATA / "raman_edfa_example_network.json", DATA / "eqpt_config.json"
    designed = designed_network(*read(network, equipment))
    others, largest = differences(gnpy_designed(network, equipment), designed.network)
    assert not others
    assert largest < PUMPED_TOLERANCE_DB


@pytest.mark.parametrize(
    "file", ["Sweden_OpenROADMv5_example_network.json", "edfa_example_network.json"]
)
def test_nothing_is_added_where_nothing_may_be(file):
    network, equipment = DATA / file, DATA / EXAMPLES[file]
    ours, library = read(network, equipment)
    designed = designed_network(ours, library, inserts=False)
    assert designed.network.elements.keys() == ours.elements.keys()
    others, largest = differences(
        gnpy_designed(network, equipment, inserts=False), designed.network
    )
    assert not others
    assert largest < TOLERANCE_DB
