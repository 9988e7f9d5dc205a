"""A line between two transceivers as files of GNPy, small enough to know by heart."""

import json
from copy import deepcopy
from itertools import pairwise

from tests.support.gnpy_rows import COMB, FIBRE, ROADM, SPAN, row

TYPES = {
    "S": ("std_medium_gain", 20.0),
    "T": ("test", 16.0),
    "F": ("test_fixed_gain", 16.0),
}
"""Letter of an amplifier, its type, its gain."""


TRANSPONDER = {
    "type_variety": "transponder",
    "frequency": {"min": 191.35e12, "max": 196.1e12},
    "mode": [
        {
            "format": "mode 1",
            "baud_rate": 32e9,
            "OSNR": 11,
            "bit_rate": 100e9,
            "roll_off": 0.15,
            "tx_osnr": 40,
            "min_spacing": 37.5e9,
            "cost": 1,
        }
    ],
}


def equipment(**spectrum):
    """Three amplifiers, one fibre, one ROADM, and a comb with the figures given."""
    comb = row(COMB, f_min=191.3e12)
    library = {
        "Edfa": [
            variable("std_medium_gain", (15, 26), (6, 10)),
            variable("test", (15, 25), (5.8, 10)),
            {
                "type_variety": "test_fixed_gain",
                "type_def": "fixed_gain",
                "gain_flatmax": 21,
                "gain_min": 20,
                "p_max": 21,
                "nf0": 5,
                "allowed_for_design": True,
            },
        ],
        "Fiber": [FIBRE],
        "RamanFiber": [FIBRE],
        "Span": [row(SPAN, delta_power_range_db=[0, 0, 0.5], con_in=0, con_out=0)],
        "Roadm": [ROADM],
        "SI": [{**comb, **spectrum}],
        "Transceiver": [TRANSPONDER],
    }
    return deepcopy(library)


def variable(name, gains, noise_figures):
    return {
        "type_variety": name,
        "type_def": "variable_gain",
        "gain_min": gains[0],
        "gain_flatmax": gains[1],
        "p_max": 21,
        "nf_min": noise_figures[0],
        "nf_max": noise_figures[1],
        "allowed_for_design": True,
    }


def line(*sections):
    """ROADMs with a booster and spans between them; a letter for the amplifier of each span."""
    elements = [{"uid": "Site_A", "type": "Transceiver"}]
    spans = 0
    for number, letters in enumerate(sections):
        elements += [{"uid": f"roadm {number}", "type": "Roadm"}, amplifier(f"booster {number}")]
        for letter in letters:
            spans += 1
            elements += [span(f"span {spans}"), amplifier(f"edfa {spans}", letter)]
    elements += [{"uid": "roadm end", "type": "Roadm"}, {"uid": "Site_B", "type": "Transceiver"}]
    return joined(elements)


def joined(elements):
    """The elements connected one after the other."""
    ids = [element["uid"] for element in elements]
    pairs = [{"from_node": a, "to_node": b} for a, b in pairwise(ids)]
    return {"elements": elements, "connections": pairs}


def span(uid, **params):
    glass = {"length": 80, "loss_coef": 0.2, "length_units": "km", "con_in": 0, "con_out": 0}
    return {"uid": uid, "type": "Fiber", "type_variety": "SSMF", "params": {**glass, **params}}


def amplifier(uid, letter="S", **settings):
    name, gain_db = TYPES[letter]
    stated = {"gain_target": gain_db, "tilt_target": 0, "out_voa": 0, "delta_p": 0, **settings}
    return {"uid": uid, "type": "Edfa", "type_variety": name, "operational": stated}


def write_files(folder, *, network, library):
    """Both documents as files; their paths."""
    paths = folder / "network.json", folder / "equipment.json"
    for path, document in zip(paths, (network, library), strict=True):
        path.write_text(json.dumps(document), encoding="utf-8")
    return paths
