"""Random networks and equipment as JSON of GNPy, for the design of lines; seeded by the caller."""

import json
from copy import deepcopy
from itertools import pairwise

PREFERENCES = ([-2, 3, 0.5], [-3, 2, 0.2], [0, 0, 0], [-1, 4, 1], [-6, 6, 0], [-2, 3, 0.7])


def some(rng, *values):
    """One of the values."""
    return [*values][int(rng.integers(len(values)))]


def maybe(rng, value, share=0.5):
    """The value, or nothing."""
    return value if rng.random() < share else None


def varied_equipment(rng, base):
    """The equipment with other figures of spans, comb, ROADM and amplifiers."""
    equipment = deepcopy(base)
    equipment["Span"][0] |= {
        "power_mode": bool(rng.random() < 0.7),
        "delta_power_range_db": some(rng, *PREFERENCES),
        "target_extended_gain": some(rng, 0, 2.5, 4),
        "max_length": some(rng, 80, 110, 135, 150),
        "padding": some(rng, 0, 8, 10, 14.5),
        "EOL": some(rng, 0, 0.7),
        "con_in": some(rng, 0, 0.25, 0.5),
        "con_out": some(rng, 0, 0.5),
        "max_fiber_lineic_loss_for_raman": some(rng, 0.19, 0.25),
        "span_loss_ref": some(rng, 20.0, 17.3),
        "power_slope": some(rng, 0.3, 0.45),
        "voa_margin": some(rng, 0, 1),
        "voa_step": some(rng, 0.5, 0.2, 0),
    }
    for comb in equipment["SI"][:1]:
        comb |= {
            "power_dbm": float(some(rng, 0, 1.5, -2, 3)),
            "spacing": some(rng, 50e9, 75e9),
            "use_si_channel_count_for_design": bool(rng.random() < 0.5),
        }
        comb["tx_power_dbm"] = comb["power_dbm"]
        if rng.random() < 0.5:
            comb["tx_power_dbm"] = float(some(rng, -5, 1))
    for amplifier in equipment["Edfa"]:
        if "out_voa_auto" in amplifier:
            amplifier["out_voa_auto"] = bool(rng.random() < 0.4)
    names = [one["type_variety"] for one in equipment["Edfa"] if one.get("allowed_for_design")]
    for roadm in equipment["Roadm"]:
        roadm["restrictions"] = {
            "preamp_variety_list": [*rng.choice(names, 2)] if rng.random() < 0.3 else [],
            "booster_variety_list": [*rng.choice(names, 2)] if rng.random() < 0.3 else [],
        }
    return equipment


def fibre(rng, uid):
    """A fibre of any length; some state their connectors, some lose more."""
    length = float(some(rng, rng.uniform(0.5, 60), rng.uniform(60, 120), rng.uniform(120, 420)))
    params = {"length": length, "length_units": "km", "loss_coef": some(rng, 0.2, 0.185, 0.22)}
    for key in ("con_in", "con_out"):
        if rng.random() < 0.3:
            params[key] = float(rng.uniform(0, 1))
    kind = some(rng, "SSMF", "NZDF")
    return {"uid": uid, "type": "Fiber", "type_variety": kind, "params": params}


def settings(rng, gains):
    """What an amplifier states, its gain within these."""
    stated = {
        "gain_target": maybe(rng, float(rng.uniform(*gains)), 0.4),
        "delta_p": maybe(rng, float(rng.uniform(-2, 3)), 0.3),
        "tilt_target": maybe(rng, float(rng.uniform(-1, 1)), 0.3),
        "out_voa": maybe(rng, float(rng.uniform(0, 3)), 0.3),
        "in_voa": maybe(rng, float(rng.uniform(0, 2)), 0.2),
    }
    return {key: value for key, value in stated.items() if value is not None}


def amplifier(rng, uid, gains):
    """An amplifier, of a type or of none, with some settings.

    Parameters
    ----------
    gains
        Least and largest gain by type.
    """
    found = {"uid": uid, "type": "Edfa", "operational": settings(rng, (12.0, 24.0))}
    if rng.random() < 0.5:
        name = some(rng, *gains)
        found |= {"type_variety": name, "operational": settings(rng, gains[name])}
    return found


def gains_of(equipment):
    """Least and largest gain of the amplifiers of one stage by type."""
    return {
        one["type_variety"]: (one["gain_min"], one["gain_flatmax"])
        for one in equipment["Edfa"]
        if "gain_flatmax" in one
    }


def multiband_amplifier(rng, uid, housings):
    """A multiband amplifier: nothing stated, its type, or its members and their settings."""
    found = {"uid": uid, "type": "Multiband_amplifier", "amplifiers": []}
    if rng.random() < 0.5:
        name = some(rng, *housings)
        found["type_variety"] = name
        found["amplifiers"] = [
            {"type_variety": member, "operational": settings(rng, (15.0, 20.0))}
            for member in housings[name]
        ]
    return found


def unspliced_chain(rng, name, put):
    """A multiband chain without splices."""
    return multiband_chain(rng, name, put, spliced=0.0)


def multiband_chain(rng, name, put, *, spliced=0.4):
    """The same with amplifiers at both ends: only so does GNPy know new ones for multiband."""
    elements = [put(f"own booster {name}")]
    for part in range(int(rng.integers(1, 4))):
        if part and rng.random() < spliced:
            elements.append({"uid": f"splice {name}.{part}", "type": "Fused"})
            elements[-1]["params"] = {"loss": float(rng.uniform(0, 2))}
        elif part and rng.random() < 0.5:
            elements.append(put(f"amplifier {name}.{part}"))
        elements.append(fibre(rng, f"fibre {name}.{part}"))
    return [*elements, put(f"own preamplifier {name}")]


def chain(rng, name, put):
    """Elements of one direction of a line, in the direction of light.

    Parameters
    ----------
    put
        Makes an amplifier of an identifier.
    """
    elements = []
    for part in range(int(rng.integers(1, 4))):
        if part and rng.random() < 0.4:
            elements.append({"uid": f"splice {name}.{part}", "type": "Fused"})
            elements[-1]["params"] = {"loss": float(rng.uniform(0, 2))}
        elif part and rng.random() < 0.5:
            elements.append(put(f"amplifier {name}.{part}"))
        elements.append(fibre(rng, f"fibre {name}.{part}"))
    if rng.random() < 0.2:
        elements.insert(0, {"uid": f"first splice {name}", "type": "Fused", "params": {"loss": 1}})
    elif rng.random() < 0.3:
        elements.insert(0, put(f"own booster {name}"))
    if rng.random() < 0.2:
        elements.append({"uid": f"last splice {name}", "type": "Fused", "params": {"loss": 0.5}})
    elif rng.random() < 0.3:
        elements.append(put(f"own preamplifier {name}"))
    return elements


def roadm(rng, uid, *, bands=()):
    """A ROADM with a target of any kind, perhaps of its own."""
    params = {}
    if rng.random() < 0.6:
        key, value = some(
            rng,
            ("target_pch_out_db", -18.5),
            ("target_psd_out_mWperGHz", 3.125e-4),
            ("target_out_mWperSlotWidth", 2.0e-4),
        )
        params[key] = value
    if bands:
        params["design_bands"] = list(bands)
    return {"uid": uid, "type": "Roadm", "params": params}


def mesh(rng, *, put, bands=(), sites=4, build=chain):
    """Sites with a transceiver each, a ring and some chords, and a line without ROADMs."""
    elements, connections = [], []

    def joined(ids):
        connections.extend({"from_node": one, "to_node": two} for one, two in pairwise(ids))

    for site in range(sites):
        elements.append(roadm(rng, f"roadm {site}", bands=bands))
        elements.append({"uid": f"trx {site}", "type": "Transceiver"})
        joined([f"trx {site}", f"roadm {site}", f"trx {site}"])
    pairs = {(site, (site + 1) % sites) for site in range(sites)}
    pairs |= {tuple(rng.choice(sites, 2, replace=False).tolist()) for _ in range(2)}
    pairs |= {(there, here) for here, there in pairs}
    for here, there in sorted(pairs):
        found = build(rng, f"{here}-{there}", put)
        elements += found
        joined([f"roadm {here}", *(one["uid"] for one in found), f"roadm {there}"])
    if not bands:
        found = build(rng, "bare", put)
        elements += [{"uid": f"end {end}", "type": "Transceiver"} for end in "AZ"] + found
        joined(["end A", *(one["uid"] for one in found), "end Z"])
    _name_degrees(rng, elements, connections)
    return {"elements": elements, "connections": connections}


def _name_degrees(rng, elements, connections):
    """Give some degrees of ROADMs targets of their own, by the amplifier that is there."""
    by_id = {one["uid"]: one for one in elements}
    for line in connections:
        here, there = by_id[line["from_node"]], by_id[line["to_node"]]
        if here["type"] == "Roadm" and there["type"] in {"Edfa", "Fused"} and rng.random() < 0.4:
            degrees = here["params"].setdefault("per_degree_pch_out_db", {})
            degrees[there["uid"]] = float(rng.uniform(-22, -15))


def written(path, document):
    """The document as a file."""
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
