"""Rows of an equipment file of GNPy, each with the figures that a test leaves open."""

from copy import deepcopy

FIBRE = {
    "type_variety": "SSMF",
    "dispersion": 1.67e-05,
    "effective_area": 83e-12,
    "pmd_coef": 1.265e-15,
}
AMPLIFIER = {
    "type_variety": "variable",
    "type_def": "variable_gain",
    "gain_flatmax": 26,
    "gain_min": 15,
    "p_max": 23,
    "nf_min": 6,
    "nf_max": 10,
    "out_voa_auto": False,
    "allowed_for_design": True,
}
SPAN = {
    "power_mode": True,
    "delta_power_range_db": [-2, 3, 0.5],
    "max_fiber_lineic_loss_for_raman": 0.25,
    "target_extended_gain": 2.5,
    "max_length": 150,
    "length_units": "km",
    "max_loss": 28,
    "padding": 10,
    "EOL": 0,
    "con_in": 0.3,
    "con_out": 0.4,
}
ROADM = {
    "target_pch_out_db": -20,
    "add_drop_osnr": 38,
    "pmd": 0,
    "pdl": 0,
    "restrictions": {"preamp_variety_list": [], "booster_variety_list": []},
}
COMB = {
    "f_min": 191.35e12,
    "f_max": 196.1e12,
    "baud_rate": 32e9,
    "spacing": 50e9,
    "power_dbm": 0,
    "power_range_db": [0, 0, 1],
    "roll_off": 0.15,
    "tx_osnr": 40,
    "sys_margins": 2,
}


def row(usual, **figures):
    """A row of its own, with some figures set."""
    return deepcopy(usual) | figures
