"""A small network with everything in it, as files of GNPy, made by hand for the tests."""

import json
from copy import deepcopy

from tests.support.gnpy_rows import AMPLIFIER, COMB, FIBRE, ROADM, SPAN, row

EQUIPMENT = {
    "Edfa": [
        row(AMPLIFIER, p_max=21),
        {
            "type_variety": "fixed",
            "other_name": ["fixed too"],
            "type_def": "fixed_gain",
            "gain_flatmax": 21,
            "gain_min": 20,
            "p_max": 21,
            "nf0": 5.5,
            "pmd": 3e-12,
            "pdl": 0.7,
            "allowed_for_design": False,
        },
        {
            "type_variety": "detailed",
            "type_def": "advanced_model",
            "gain_flatmax": 25,
            "gain_min": 15,
            "p_max": 21,
            "advanced_config_from_json": "detailed.json",
            "allowed_for_design": False,
        },
        {
            "type_variety": "in-line",
            "type_def": "openroadm",
            "gain_flatmax": 27,
            "gain_min": 0,
            "p_max": 22,
            "nf_coef": [-8e-4, -6e-2, -0.6, 37.0],
        },
        {
            "type_variety": "two stages",
            "type_def": "dual_stage",
            "gain_min": 25,
            "preamp_variety": "variable",
            "booster_variety": "fixed",
        },
        {
            "type_variety": "L",
            "type_def": "variable_gain",
            "f_min": 186.5e12,
            "f_max": 190.1e12,
            "gain_flatmax": 26,
            "gain_min": 15,
            "p_max": 21,
            "nf_min": 6,
            "nf_max": 10,
        },
        {
            "type_variety": "both bands",
            "type_def": "multi_band",
            "amplifiers": ["variable", "L"],
            "allowed_for_design": True,
        },
    ],
    "Fiber": [
        FIBRE,
        {"type_variety": "bare", "gamma": 1.3e-3, "ref_wavelength": 1.55e-6},
        {
            "type_variety": "rippled",
            "dispersion": 2e-5,
            "effective_area": 125e-12,
            "pmd_coef": 1e-15,
            "loss_coef_ripple": [
                {"frequency": 191e12, "loss_coef_ripple_value": 0.01},
                {"frequency": 197e12, "loss_coef_ripple_value": 0.02},
            ],
        },
    ],
    "RamanFiber": [
        row(
            FIBRE,
            raman_efficiency={"cr": [0.0, 4e-4, 1e-4], "frequency_offset": [0.0, 13e12, 20e12]},
        )
    ],
    "Span": [SPAN],
    "Roadm": [
        row(
            ROADM,
            restrictions={"preamp_variety_list": ["variable"], "booster_variety_list": []},
        ),
        {
            "type_variety": "detailed",
            "target_psd_out_mWperGHz": 3.125e-4,
            "add_drop_osnr": 38,
            "pmd": 1e-12,
            "pdl": 0.5,
            "restrictions": {"preamp_variety_list": [], "booster_variety_list": []},
            "roadm-path-impairments": [
                {
                    "roadm-path-impairments-id": 1,
                    "roadm-express-path": [
                        {
                            "frequency-range": {
                                "lower-frequency": 191.3e12,
                                "upper-frequency": 196.1e12,
                            },
                            "roadm-pmd": 1e-13,
                            "roadm-maxloss": 16.5,
                        }
                    ],
                },
                {
                    "roadm-path-impairments-id": 2,
                    "roadm-add-path": [{"roadm-osnr": 41, "roadm-noise-figure": 23}],
                },
            ],
        },
    ],
    "SI": [
        COMB,
        {"type_variety": "lband", "f_min": 186.6e12, "f_max": 190e12},
    ],
    "Transceiver": [
        {
            "type_variety": "trx",
            "other_name": ["trx too"],
            "frequency": {"min": 191.35e12, "max": 196.1e12},
            "mode": [
                {
                    "format": "mode 1",
                    "other_name": ["mode one"],
                    "baud_rate": 32e9,
                    "OSNR": 11,
                    "bit_rate": 100e9,
                    "roll_off": None,
                    "tx_osnr": 40,
                    "min_spacing": 37.5e9,
                    "cost": 1,
                    "penalties": [
                        {"chromatic_dispersion": 4e3, "penalty_value": 0},
                        {"chromatic_dispersion": 40e3, "penalty_value": 0.5},
                        {"pmd": 30, "penalty_value": 0.5},
                    ],
                    "detailed_rx": {
                        "k1": 1.0,
                        "k2": 2.0,
                        "rx-ref-channel-power-dbm": -10,
                        "BER-threshold": 0.02,
                        "snr_trx_db_0.1nm": 30,
                        "snr_prx_db_0.1nm": 60,
                    },
                    "rx-channel-power-min-dbm": -14,
                }
            ],
        }
    ],
}

CONFIG = {
    "nf_fit_coeff": [1.7e-4, 4.7e-2, 3.6e-2, 5.8],
    "f_min": 191.275e12,
    "f_max": 196.125e12,
    "nf_ripple": [0.1, -0.1],
    "gain_ripple": [0.05, -0.05],
    "dgt": [1.0, 1.5, 2.7],
}


def _place(city, latitude):
    return {"location": {"city": city, "region": "", "latitude": latitude, "longitude": 70.5}}


def _fibre(uid, **params):
    whole = {"length": 80.0, "length_units": "km", "loss_coef": 0.2, **params}
    return {"uid": uid, "type": "Fiber", "type_variety": "SSMF", "params": whole}


NETWORK = {
    "network_name": "small",
    "elements": [
        {"uid": "trx A", "type": "Transceiver", "metadata": _place("A", 34.5)},
        {
            "uid": "roadm A",
            "type": "Roadm",
            "type_variety": "detailed",
            "params": {
                "target_psd_out_mWperGHz": 2e-4,
                "restrictions": {"preamp_variety_list": [], "booster_variety_list": ["fixed"]},
                "per_degree_pch_out_db": {"booster A": -18.5},
                "per_degree_impairments": [
                    {"from_degree": "trx A", "to_degree": "booster A", "impairment_id": 2}
                ],
                "design_bands": [{"f_min": 191.3e12, "f_max": 196.1e12, "spacing": 50e9}],
                "per_degree_design_bands": {
                    "booster A": [{"f_min": 191.3e12, "f_max": 196.1e12, "spacing": 75e9}]
                },
            },
            "metadata": _place("A", 34.5),
        },
        {
            "uid": "booster A",
            "type": "Edfa",
            "type_variety": "variable",
            "operational": {
                "gain_target": 18.25,
                "delta_p": 1.0,
                "tilt_target": -0.5,
                "out_voa": 1.0,
                "in_voa": 0.5,
            },
        },
        _fibre(
            "glass 1",
            con_in=0.5,
            con_out=0.25,
            att_in=1.0,
            pmd_coef=2e-15,
            lumped_losses=[{"position": 12.5, "loss": 0.7}],
            dispersion=2e-5,
            dispersion_slope=60.0,
            effective_area=80e-12,
            gamma=1.31e-3,
            ref_frequency=193.5e12,
        ),
        {"uid": "splice", "type": "Fused", "params": {"loss": 0.5}},
        {
            "uid": "glass 2",
            "type": "RamanFiber",
            "type_variety": "SSMF",
            "params": {
                "length": 60000,
                "length_units": "m",
                "loss_coef": {"value": [0.21, 0.2], "frequency": [197e12, 190e12]},
                "raman_coefficient": {
                    "reference_frequency": 206e12,
                    "g0": [0.0, 4e-4],
                    "frequency_offset": [0.0, 13e12],
                },
            },
            "operational": {
                "temperature": 283,
                "raman_pumps": [
                    {
                        "power": 0.2,
                        "frequency": 205e12,
                        "propagation_direction": "counterprop",
                    },
                    {"power": 0.1, "frequency": 201e12, "propagation_direction": "coprop"},
                ],
            },
        },
        {
            "uid": "both",
            "type": "Multiband_amplifier",
            "type_variety": "both bands",
            "amplifiers": [
                {"type_variety": "variable", "operational": {"gain_target": 20}},
                {"type_variety": "L", "operational": {"gain_target": 21.5, "out_voa": 1}},
            ],
        },
        _fibre(
            "glass 3",
            dispersion_per_frequency={"value": [1.6e-5, 1.7e-5], "frequency": [190e12, 197e12]},
        ),
        {"uid": "roadm B", "type": "Roadm", "metadata": _place("B", 36.25)},
        {"uid": "trx B", "type": "Transceiver", "type_variety": "trx"},
    ],
    "connections": [
        {"from_node": before, "to_node": after}
        for before, after in (
            ("trx A", "roadm A"),
            ("roadm A", "booster A"),
            ("booster A", "glass 1"),
            ("glass 1", "splice"),
            ("splice", "glass 2"),
            ("glass 2", "both"),
            ("both", "glass 3"),
            ("glass 3", "roadm B"),
            ("roadm B", "trx B"),
        )
    ],
}

SERVICES = {
    "path-request": [
        {
            "request-id": str(number),
            "source": "trx A",
            "destination": "trx B",
            "src-tp-id": "trx A",
            "dst-tp-id": "trx B",
            "bidirectional": False,
            "path-constraints": {
                "te-bandwidth": {
                    "technology": "flexi-grid",
                    "trx_type": "trx",
                    "trx_mode": "mode 1",
                    "effective-freq-slot": [{"N": 8, "M": 4}, {"N": None, "M": None}],
                    "spacing": 50e9,
                    "max-nb-of-channel": 80,
                    "output-power": 1.25e-3,
                    "path_bandwidth": 100e9,
                }
            },
            "explicit-route-objects": {
                "route-object-include-exclude": [
                    {
                        "index": 1,
                        "explicit-route-usage": "route-include-ero",
                        "num-unnum-hop": {"node-id": "roadm B", "hop-type": "STRICT"},
                    },
                    {
                        "index": 0,
                        "explicit-route-usage": "route-include-ero",
                        "num-unnum-hop": {"node-id": "roadm A", "hop-type": "LOOSE"},
                    },
                ]
            },
        }
        for number in (1, 2)
    ],
    "synchronization": [
        {
            "synchronization-id": "1",
            "svec": {
                "relaxable": False,
                "disjointness": "node link",
                "request-id-number": ["1", "2"],
            },
        }
    ],
}

SPECTRUM = {
    "spectrum": [
        {
            "f_min": 193.1625e12,
            "f_max": 195e12,
            "baud_rate": 64e9,
            "slot_width": 75e9,
            "roll_off": 0.15,
        },
        {
            "f_min": 191.4e12,
            "f_max": 193.1e12,
            "baud_rate": 32e9,
            "slot_width": 50e9,
            "delta_pdb": 0.5,
            "roll_off": 0.15,
            "tx_osnr": 40,
            "tx_power_dbm": -3,
            "label": "first",
        },
    ]
}

SIMULATION = {
    "raman_params": {"flag": True, "solver_spatial_resolution": 50},
    "nli_params": {"method": "ggn_approx", "computed_channels": [1, 18, 37]},
}

WHOLE = {
    "equipment.json": EQUIPMENT,
    "detailed.json": CONFIG,
    "network.json": NETWORK,
    "services.json": SERVICES,
    "spectrum.json": SPECTRUM,
    "simulation.json": SIMULATION,
}


def changed(document, path, value):
    """A copy of a document with another value at a path, e.g. ``("elements", 3, "type")``."""
    copy = deepcopy(document)
    holder = copy
    for step in path[:-1]:
        holder = holder[step]
    if value is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return copy


def write(folder, **documents):
    """Files in a folder: the whole set, with some documents replaced by name."""
    for name, document in {**WHOLE, **{f"{k}.json": v for k, v in documents.items()}}.items():
        data = document if isinstance(document, bytes) else json.dumps(document).encode()
        (folder / name).write_bytes(data)
    return folder
