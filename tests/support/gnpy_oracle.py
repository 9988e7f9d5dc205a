"""What the comparisons with GNPy's own files share: where they are, and when values are one."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np

from karakoram.network.photonic import spectral

DATA = Path(find_spec("gnpy").origin).parent / "example-data"
NETWORKS = {
    "CORONET_CONUS_Topology.json": "eqpt_config.json",
    "CORONET_Global_Topology.json": "eqpt_config.json",
    "CORONET_Global_Topology.xls": "eqpt_config.json",
    "Sweden_OpenROADMv4_example_network.json": "eqpt_config_openroadm_ver4.json",
    "Sweden_OpenROADMv5_example_network.json": "eqpt_config_openroadm_ver5.json",
    "edfa_example_network.json": "eqpt_config.json",
    "fused_roadm_example_network.json": "eqpt_config.json",
    "juniperTopologyExampleV2J.xls": "eqpt_config.json",
    "meshTopologyExampleV2.json": "eqpt_config.json",
    "meshTopologyExampleV2.xls": "eqpt_config.json",
    "multiband_example_network.json": "eqpt_config_multiband.json",
    "raman_edfa_example_network.json": "eqpt_config.json",
}
EQUIPMENT = sorted({*NETWORKS.values()})
SPECTRA = ("initial_spectrum1.json", "initial_spectrum2.json", "multiband_spectrum.json")
SERVICES = ("meshTopologyExampleV2_services.json", "service_pluggable.json")
CONFIGS = ("Juniper-BoosterHG.json", "std_medium_gain_advanced_config.json")
EXTRA = "extra_eqpt_config.json"
USER_CONFIG = "user_edfa_config.json"

TARGETS = {
    spectral.ChannelPowerTarget: ("target_pch_out_db", "power_dbm"),
    spectral.SymbolDensityTarget: ("target_psd_out_mWperGHz", "density_mw_per_ghz"),
    spectral.SlotDensityTarget: ("target_out_mWperSlotWidth", "density_mw_per_ghz"),
}


def same(ours, theirs):
    if theirs is None or ours is None:
        assert ours is theirs is None
    else:
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=0.0)


def same_band(band, f_min, f_max):
    same(band.lower_thz * 1e12, f_min)
    same(band.upper_thz * 1e12, f_max)
