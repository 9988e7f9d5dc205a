"""Random lines as files that GNPy and we both read."""

import json
from itertools import pairwise

import numpy as np

from tests.against.gnpy_paths import DATA

FIBRES = (
    {"type_variety": "SSMF", "dispersion": 1.67e-5, "effective_area": 83e-12, "pmd_coef": 1.3e-15},
    {"type_variety": "NZDF", "dispersion": 5e-6, "effective_area": 72e-12, "pmd_coef": 1.3e-15},
    {"type_variety": "LOF", "dispersion": 2.2e-5, "effective_area": 125e-12, "pmd_coef": 2e-15},
    {"type_variety": "by-gamma", "dispersion": 1.8e-5, "gamma": 1.25e-3, "pmd_coef": 4e-15},
)
"""Of the equipment; the last states gamma instead of an area."""

AMPLIFIERS = (
    ("std_low_gain", 8.0, 16.0),
    ("high_power", 8.0, 16.0),
    ("std_medium_gain", 15.0, 26.0),
    ("operator_model_example", 15.0, 26.0),
    ("std_fixed_gain", 18.0, 21.0),
    ("std_high_gain", 25.0, 35.0),
    ("hybrid_4pumps_lowgain", 25.0, 30.0),
    ("medium+low_gain", 25.0, 35.0),
)
"""Types without ripple or response of their own, and the gains at which each is used here."""

SHAPED = (("high_detail_model_example", 15.0, 25.0), ("Juniper_BoosterHG", 12.0, 25.0))
"""Types with ripples and a dynamic gain tilt."""

ROLL_OFFS = (0.15, 0.05, 0.4)
"""Of the parts of a spectrum."""


def equipment_file(folder, *, target_dbm=-20.0, roll_off=0.15, band_hz=None):
    """GNPy's own library with more fibres, and amplifiers of another band if one is given."""
    library = json.loads((DATA / "eqpt_config.json").read_text(encoding="utf-8"))
    library["Fiber"] = list(FIBRES)
    library["Roadm"][0]["target_pch_out_db"] = target_dbm
    library["SI"][0]["roll_off"] = roll_off
    for entry in library["Edfa"]:
        if band_hz is not None and "f_min" not in entry and "amplifiers" not in entry:
            entry["f_min"], entry["f_max"] = band_hz
        for key in ("advanced_config_from_json", "default_config_from_json"):
            if key in entry:
                name = entry[key]
                (folder / name).write_text((DATA / name).read_text(encoding="utf-8"), "utf-8")
    path = folder / "equipment.json"
    path.write_text(json.dumps(library), encoding="utf-8")
    return path


def spectrum_file(folder, rng, *, first_hz=191.4e12, last_hz=195.9e12, channels=None):
    """Two or three parts, each with its own symbol rate, slot, shape, power, offset, tx OSNR.

    The band is full, or ``channels`` stand in groups all over it.
    """
    parts, begin_hz = [], first_hz
    shapes = rng.permutation([(32e9, 50e9), (64e9, 75e9), (90e9, 100e9), (34e9, 37.5e9)])
    count = int(rng.integers(2, 4))
    width_hz = (last_hz - first_hz) / count
    for (symbol_rate_hz, slot_hz), roll_off in zip(shapes[:count], ROLL_OFFS, strict=False):
        most = max(1, int(width_hz // slot_hz) - 1)
        lit = most if channels is None else min(most, channels // count)
        parts.append(
            {
                "f_min": begin_hz + slot_hz / 2,
                "f_max": begin_hz + slot_hz / 2 + (lit - 1) * slot_hz,
                "baud_rate": symbol_rate_hz,
                "slot_width": slot_hz,
                "roll_off": roll_off,
                "tx_osnr": float(rng.uniform(36.0, 45.0)),
                "tx_power_dbm": float(rng.uniform(-3.0, 3.0)),
                "delta_pdb": float(rng.choice([0.0, -0.5, 1.0])),
            }
        )
        gap_hz = float(rng.choice([0.0, 200e9]))
        begin_hz += lit * slot_hz + gap_hz if channels is None else width_hz
    path = folder / "spectrum.json"
    path.write_text(json.dumps({"spectrum": parts}), encoding="utf-8")
    return path


def line_file(folder, rng, *, spans, amplifiers=AMPLIFIERS, lumped=False):
    """A line with ROADMs every few spans, mixed fibres, mixed amplifiers; one direction."""
    elements = [{"uid": "A", "type": "Transceiver"}]
    left, roadms = spans, 0
    while left:
        here = min(left, int(rng.integers(1, 15)))
        elements.append({"uid": f"roadm {roadms}", "type": "Roadm"})
        elements.append(amplifier(f"booster {roadms}", 20.0, rng, amplifiers))
        for number in range(here):
            glass = fibre(f"fibre {roadms}.{number}", rng, lumped=lumped)
            elements += [
                glass,
                amplifier(f"edfa {roadms}.{number}", loss_db(glass), rng, amplifiers),
            ]
        left, roadms = left - here, roadms + 1
    elements += [{"uid": "roadm Z", "type": "Roadm"}, {"uid": "Z", "type": "Transceiver"}]
    pairs = pairwise(elements)
    network = {
        "elements": elements,
        "connections": [{"from_node": a["uid"], "to_node": b["uid"]} for a, b in pairs],
    }
    path = folder / "network.json"
    path.write_text(json.dumps(network), encoding="utf-8")
    return path


def fibre(uid, rng, *, lumped):
    length_km = round(rng.uniform(30.0, 110.0), 3)
    params = {
        "length": length_km,
        "length_units": "km",
        "loss_coef": round(rng.uniform(0.17, 0.24), 4),
        "con_in": round(rng.uniform(0.0, 0.7), 3),
        "con_out": round(rng.uniform(0.0, 0.7), 3),
        "att_in": float(rng.choice([0.0, 1.0])),
    }
    if lumped:
        params["lumped_losses"] = [
            {"position": round(length_km * share, 3), "loss": round(rng.uniform(0.1, 1.5), 3)}
            for share in sorted(rng.uniform(0.05, 0.95, int(rng.integers(0, 3))).tolist())
        ]
    match int(rng.integers(5)):
        case 0:
            params["loss_coef_per_frequency"] = [
                {"frequency": hz, "loss_coef_value": round(params["loss_coef"] + more, 4)}
                for hz, more in (
                    (186e12, 0.004),
                    (191e12, 0.0),
                    (193.5e12, -0.003),
                    (198e12, 0.006),
                )
            ]
            del params["loss_coef"]
        case 1:
            params["dispersion"], params["dispersion_slope"] = 17.2e-6, 60.0
        case 2:
            params["dispersion_per_frequency"] = dispersion_profile(uid)
    kind = FIBRES[int(rng.integers(len(FIBRES)))]["type_variety"]
    return {"uid": uid, "type": "Fiber", "type_variety": kind, "params": params}


def dispersion_profile(uid):
    """As measured: a value every THz or so, off any smooth curve by a twentieth."""
    rng = np.random.default_rng([*uid.encode()])
    frequency_hz = np.linspace(184e12, 198e12, int(rng.integers(6, 20)))
    wavelength_m = 299_792_458.0 / frequency_hz
    value = rng.choice([4.5e-6, 16.7e-6, 21e-6]) + 60.0 * (wavelength_m - 1550e-9)
    return {
        "frequency": frequency_hz.tolist(),
        "value": (value * rng.uniform(0.95, 1.05, value.size)).tolist(),
    }


def loss_db(glass):
    params = glass["params"]
    lumped = sum(one["loss"] for one in params.get("lumped_losses", ()))
    ends = params["con_in"] + params["con_out"] + params["att_in"]
    profile = params.get("loss_coef_per_frequency")
    per_km = profile[1]["loss_coef_value"] if profile else params["loss_coef"]
    return params["length"] * per_km + ends + lumped


def amplifier(uid, gain_db, rng, amplifiers):
    fitting = [name for name, low, high in amplifiers if low <= gain_db <= high]
    name = str(rng.choice(fitting)) if fitting else "std_medium_gain"
    return {
        "uid": uid,
        "type": "Edfa",
        "type_variety": name,
        "operational": {"gain_target": gain_db, "delta_p": None, "tilt_target": 0, "out_voa": 0},
    }


def generator(seed):
    return np.random.default_rng(seed)
