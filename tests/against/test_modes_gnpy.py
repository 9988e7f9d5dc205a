"""Every mode of a transceiver over a path, against GNPy's propagation and receiver in that mode."""

import json
import shutil
from copy import deepcopy

import numpy as np
import pytest

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.adapters.formats.gnpy.spectrum import read_gnpy_spectrum
from karakoram.engines.optics.method import PropagationMethod, RamanModel
from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic.lit_channels import channels_of_parts
from karakoram.planning.photonic.receivers import ReceiverQuestion, receiver_choice
from tests.against.gnpy_paths import (
    DATA,
    compute_constrained_path,
    designed_network,
    json_io,
    propagate,
    quiet_gnpy,
)

AGREES_DB = 1e-9

NETWORK = DATA / "meshTopologyExampleV2.json"
ENDS = ("trx Brest_KLA", "trx Vannes_KBE")
SPACING_HZ = 75e9
COUNT = 40
PENALTIES = [
    {"chromatic_dispersion": 1e3, "penalty_value": 0.1},
    {"chromatic_dispersion": 40e3, "penalty_value": 9.0},
    {"pmd": 10, "penalty_value": 0},
    {"pmd": 30, "penalty_value": 0.5},
    {"pdl": 1, "penalty_value": 0.5},
]
FIELDS = {
    "baud_rate": "baud_rate",
    "tx_osnr": "tx_osnr",
    "OSNR": "required_osnr_db_01nm",
    "penalties": "penalties",
    "equalization_offset_db": "offset_db",
    "rx_channel_power_min_dbm": "rx_channel_power_min_dbm",
    "rx_channel_power_max_dbm": "rx_channel_power_max_dbm",
}
"""Figures of a mode in GNPy, and where its request keeps them."""


def equipment_with_penalties(folder):
    """GNPy's example equipment, its files beside it, and what impairments cost in every mode."""
    for file in DATA.glob("*.json"):
        shutil.copy(file, folder / file.name)
    path = folder / "eqpt_config.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    for transceiver in document["Transceiver"]:
        for mode in transceiver["mode"]:
            mode["penalties"] = PENALTIES
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def gnpy_receivers(folder, equipment, transceiver):
    """GNPy's designed network as a file, and its receiver in each mode of a transceiver."""
    with quiet_gnpy({}):
        library = json_io.load_equipment(equipment)
        graph = json_io.load_network(NETWORK, library)
        graph, request, _ = designed_network(library, graph, *ENDS)
        file = folder / "designed.json"
        json_io.save_network(graph, file)
        way = compute_constrained_path(graph, request)
        found = {}
        for mode in library["Transceiver"][transceiver].mode:
            # Its elements keep what they saw last, so that each run has its own.
            path, asked = deepcopy(way), deepcopy(request)
            asked.spacing = SPACING_HZ
            asked.f_max = asked.f_min + COUNT * SPACING_HZ
            for key, name in FIELDS.items():
                setattr(asked, name, mode[key])
            spectrum = propagate(path, asked, library)
            found[mode["format"]] = path[-1], spectrum
    return file, found


@pytest.mark.parametrize("transceiver", ["Voyager", "vendorA_trx-type1"])
def test_gsnr_penalties_margins_and_powers_of_every_mode_agree(tmp_path, transceiver):
    equipment = equipment_with_penalties(tmp_path)
    file, theirs = gnpy_receivers(tmp_path, equipment, transceiver)
    library = read_gnpy_equipment(equipment).required()
    network = read_gnpy_network(file, library).required()
    kind = library.transceiver_types[transceiver]
    spectrum = next(iter(theirs.values()))[1]
    part = {
        "f_min": float(spectrum.frequency[0]),
        "f_max": float(spectrum.frequency[-1]),
        "baud_rate": 32e9,
        "slot_width": SPACING_HZ,
        "roll_off": 0.15,
    }
    asked = tmp_path / "spectrum.json"
    asked.write_text(json.dumps({"spectrum": [part]}), encoding="utf-8")
    question = ReceiverQuestion(
        path=shortest_path(network, from_id=ENDS[0], to_id=ENDS[1]),
        spectrum=channels_of_parts(read_gnpy_spectrum(asked).required()),
        transceiver=kind,
        modes=kind.modes,
        filters=None,
        method=PropagationMethod(raman=RamanModel.NONE),
    )
    ours = receiver_choice(network, library, question)
    assert len(ours.modes) == len(theirs) >= 2
    for one in ours.modes:
        receiver, light = theirs[one.mode.name]
        assert one.gsnr_01nm_db.size == light.frequency.size > 30
        np.testing.assert_allclose(one.gsnr_01nm_db, receiver.snr_01nm, atol=AGREES_DB)
        np.testing.assert_allclose(one.power_dbm, light.pch_dbm, atol=AGREES_DB)
        penalty_db = one.cd_penalty_db + one.pmd_penalty_db + one.pdl_penalty_db
        assert penalty_db.min() > 0.4
        np.testing.assert_allclose(penalty_db, receiver.total_penalty, atol=AGREES_DB)
        margin_db = receiver.snr_01nm - receiver.total_penalty - one.mode.required_osnr_db
        system_db = ours.system_margin_db
        np.testing.assert_allclose(one.margin_db, margin_db - system_db, atol=AGREES_DB)
        assert one.works.all() == bool((margin_db - system_db >= 0.0).all())
