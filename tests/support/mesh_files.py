"""A small mesh as files of GNPy, and loads for it."""

import json

import numpy as np

from karakoram.adapters.formats.gnpy.network_writing import write_gnpy_network
from tests.support.gnpy_rows import AMPLIFIER, COMB, FIBRE, ROADM, SPAN, row
from tests.support.photonic_mesh import random_mesh

EQUIPMENT = {
    "Edfa": [
        {
            "type_variety": "fixed",
            "type_def": "fixed_gain",
            "gain_flatmax": 30,
            "gain_min": 5,
            "p_max": 23,
            "nf0": 5.5,
            "allowed_for_design": False,
        },
        AMPLIFIER,
    ],
    "Fiber": [
        row(FIBRE, type_variety=name, dispersion=dispersion)
        for name, dispersion in (("SSMF", 1.67e-05), ("NZDF", 0.5e-05))
    ],
    "Span": [row(SPAN, delta_power_range_db=[0, 0, 0])],
    "Roadm": [row(ROADM, type_variety="plain", target_pch_out_db=-18, add_drop_osnr=36)],
    "SI": [row(COMB, f_min=191.4e12, f_max=196.0e12, baud_rate=64e9, spacing=400e9, tx_osnr=38)],
    "Transceiver": [
        {
            "type_variety": "coherent",
            "frequency": {"min": 191.3e12, "max": 196.1e12},
            "mode": [
                {
                    "format": "800G",
                    "baud_rate": 90e9,
                    "OSNR": 24,
                    "bit_rate": 800e9,
                    "roll_off": 0.1,
                    "tx_osnr": 37,
                    "min_spacing": 100e9,
                    "cost": 1,
                }
            ],
        }
    ],
}

LOAD = """wavelength_id,from_id,to_id,n,m,symbol_rate_gbaud,power_offset_db,transceiver_type_id,mode
west,trx S0,trx S1,0,8,,,coherent,800G
east,trx S0,trx S1,16,8,64,0.5,,
far,trx S2,trx S3,0,8,64,,,
"""
NEW = """wavelength_id,from_id,to_id,via,n,m,symbol_rate_gbaud
new,trx S0,trx S1,,32,8,90
"""


def mesh_options(folder):
    """The words of a command line that name the network and the equipment, just written."""
    network = random_mesh(np.random.default_rng(21), sites=4, chords=0, spans_max=1).network
    write_gnpy_network(network, folder / "net.json")
    (folder / "equipment.json").write_text(json.dumps(EQUIPMENT), encoding="utf-8")
    return (
        "--gnpy-network",
        str(folder / "net.json"),
        "--gnpy-equipment",
        str(folder / "equipment.json"),
        "--no-redesign",
    )


def written(folder, name, text):
    """Path of a file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)
