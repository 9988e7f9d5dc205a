"""Which member of an element of a GNPy network holds which field of our records?"""

from collections.abc import Mapping
from dataclasses import replace

from karakoram.adapters.formats.gnpy.equipment_parts import DISPERSION, GLASS, PMD, REFERENCE
from karakoram.adapters.formats.gnpy.fields import Field, number, text, texts, whole
from karakoram.adapters.formats.gnpy.units import (
    MW_FROM_W,
    PS_FROM_S,
    PS_PER_NM2_KM_FROM_S_PER_M3,
    THZ_FROM_HZ,
)

UID = Field(name="element_id", key="uid", parse=text)

LOCATION = (
    Field(name="city", key="city", parse=text, default=None),
    Field(name="region", key="region", parse=text, default=None),
    Field(name="latitude_deg", key="latitude", parse=number, unit="degrees", default=None),
    Field(name="longitude_deg", key="longitude", parse=number, unit="degrees", default=None),
)

LENGTH = Field(name="length_km", key="length", parse=number, unit="km")
LOSS = Field(name="loss_db_per_km", key="loss_coef", parse=number, unit="dB/km")
FIBRE = (
    Field(name="connector_in_db", key="con_in", parse=number, unit="dB", default=None),
    Field(name="connector_out_db", key="con_out", parse=number, unit="dB", default=None),
    Field(name="padding_db", key="att_in", parse=number, unit="dB", default=0.0),
    replace(PMD, default=None),
    *GLASS,
    Field(
        name="dispersion_slope_ps_per_nm2_km",
        key="dispersion_slope",
        parse=number,
        scale=PS_PER_NM2_KM_FROM_S_PER_M3,
        unit="s/m³",
        default=None,
    ),
)
FIBRE_KEYS = (
    *(field.key for field in (LENGTH, LOSS, *FIBRE, DISPERSION, REFERENCE)),
    "length_units",
    "loss_coef_per_frequency",
    "dispersion_per_frequency",
    "raman_coefficient",
    "ref_wavelength",
    "lumped_losses",
)
LUMPED = (
    Field(name="position_km", key="position", parse=number, unit="km"),
    Field(name="loss_db", key="loss", parse=number, unit="dB"),
)
TEMPERATURE = Field(name="temperature_k", key="temperature", parse=number, unit="K")
PUMP = (
    Field(name="power_mw", key="power", parse=number, scale=MW_FROM_W, unit="W"),
    Field(name="frequency_thz", key="frequency", parse=number, scale=THZ_FROM_HZ, unit="Hz"),
)
SETTINGS = (
    Field(name="gain_db", key="gain_target", parse=number, unit="dB", default=None),
    Field(name="launch_offset_db", key="delta_p", parse=number, unit="dB", default=None),
    Field(name="tilt_db", key="tilt_target", parse=number, unit="dB", default=None),
    Field(name="output_voa_db", key="out_voa", parse=number, unit="dB", default=None),
    Field(name="input_voa_db", key="in_voa", parse=number, unit="dB", default=0.0),
)
FUSED = Field(name="loss_db", key="loss", parse=number, unit="dB", default=1.0)
ROADM = (
    Field(name="add_drop_osnr_db", key="add_drop_osnr", parse=number, unit="dB", default=None),
    Field(name="pmd_ps", key="pmd", parse=number, scale=PS_FROM_S, unit="s", default=None),
    Field(name="pdl_db", key="pdl", parse=number, unit="dB", default=None),
)
CHOICE = (
    Field(name="preamplifier_type_ids", key="preamp_variety_list", parse=texts, default=None),
    Field(name="booster_type_ids", key="booster_variety_list", parse=texts, default=None),
)
IMPAIRMENT = (
    Field(name="from_degree_id", key="from_degree", parse=text),
    Field(name="to_degree_id", key="to_degree", parse=text),
    Field(name="impairment_id", key="impairment_id", parse=whole),
)
DEGREE = Field(name="degree_id", key="degree_uid", parse=text)
BAND_AMPLIFIER = Field(name="amplifier_type_id", key="type_variety", parse=text)
CONNECTION = (
    Field(name="from_id", key="from_node", parse=text),
    Field(name="to_id", key="to_node", parse=text),
)
DIRECTIONS: Mapping[str, str] = {"coprop": "co", "counterprop": "counter"}
"""Word of a pump's direction in a file, and its value here."""
