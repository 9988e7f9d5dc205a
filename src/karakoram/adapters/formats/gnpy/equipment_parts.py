"""Which fibres, ROADMs, span figures and combs does an equipment file of GNPy describe?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from karakoram.adapters.formats.gnpy.fields import (
    Entry,
    Field,
    assume,
    boolean,
    find_unknown_members,
    made,
    number,
    text,
    texts,
    value_shown,
    values_of,
    whole,
)
from karakoram.adapters.formats.gnpy.spectral import (
    BAND,
    BAND_KEYS,
    TARGETS,
    profile_of,
    raman_gain_of,
    target_of,
)
from karakoram.adapters.formats.gnpy.units import (
    GHZ_FROM_HZ,
    KM_FROM_M,
    PER_KM_FROM_PER_M,
    PS_FROM_S,
    PS_PER_NM_KM_FROM_S_PER_M2,
    PS_PER_SQRT_KM_FROM_S_PER_SQRT_M,
    THZ_FROM_HZ,
    UM2_FROM_M2,
)
from karakoram.core.cells import CellBreach, control_breach
from karakoram.core.fields import Bounds
from karakoram.core.units import SPEED_OF_LIGHT_M_PER_S
from karakoram.network.photonic.equipment import (
    FibreType,
    RoadmImpairment,
    RoadmPath,
    RoadmPathImpairments,
    RoadmType,
    SpanDesign,
    SpectrumInformation,
    SweepDb,
)
from karakoram.network.photonic.figures import STANDARD_AREA_UM2
from karakoram.network.photonic.spectral import FrequencyBand

RAMAN_REFERENCE_THZ = 206.184634112792
"""The pump of 1454 nm that the gain of an equipment file refers to."""

_WAVELENGTH_NM = Bounds(at_least=1_000.0, at_most=2_000.0)

GLASS = (
    Field(
        name="effective_area_um2",
        key="effective_area",
        parse=number,
        scale=UM2_FROM_M2,
        unit="m²",
        default=None,
    ),
    Field(
        name="gamma_per_w_km",
        key="gamma",
        parse=number,
        scale=PER_KM_FROM_PER_M,
        unit="1/(W m)",
        default=None,
    ),
)
PMD = Field(
    name="pmd_ps_per_sqrt_km",
    key="pmd_coef",
    parse=number,
    scale=PS_PER_SQRT_KM_FROM_S_PER_SQRT_M,
    unit="s/√m",
    default=0.0,
)
DISPERSION = Field(
    name="dispersion_ps_per_nm_km",
    key="dispersion",
    parse=number,
    scale=PS_PER_NM_KM_FROM_S_PER_M2,
    unit="s/m²",
    default=None,
)
_FIBRE = (Field(name="fibre_type_id", key="type_variety", parse=text), DISPERSION, *GLASS, PMD)
REFERENCE = Field(
    name="reference_frequency_thz",
    key="ref_frequency",
    parse=number,
    scale=THZ_FROM_HZ,
    unit="Hz",
    default=None,
)
_FIBRE_KEYS = (
    *(field.key for field in (*_FIBRE, REFERENCE)),
    "ref_wavelength",
    "loss_coef_ripple",
    "raman_efficiency",
    "raman_coefficient",
)


def fibre_type_of(entry: Entry) -> FibreType | None:
    """The fibre that an entry describes; ``None`` where it is in error."""
    find_unknown_members(entry, _FIBRE_KEYS)
    values = values_of(entry, _FIBRE, record_type=FibreType)
    if values is None:
        return None
    values["reference_frequency_thz"] = reference_thz_of(entry, record_type=FibreType)
    if values["effective_area_um2"] is None and values["gamma_per_w_km"] is None:
        assume(entry.child("effective_area"), STANDARD_AREA_UM2, name="effective_area_um2")
    losses, gains = entry.child("loss_coef_ripple"), entry.child("raman_efficiency")
    if losses.value is not None:
        values["loss_ripple_db_per_km"] = profile_of(
            losses, key="loss_coef_ripple_value", scale=_ONE
        )
    if gains.value is not None:
        values["raman_gain"] = raman_gain_of(gains, key="cr", reference_thz=RAMAN_REFERENCE_THZ)
    elif entry.child("raman_coefficient").value is not None:
        values["raman_gain"] = raman_gain_of(entry.child("raman_coefficient"))
    return made(entry, FibreType, values)


_ONE = DISPERSION.scale / DISPERSION.scale


def reference_thz_of(
    entry: Entry,
    *,
    record_type: Any,  # noqa: ANN401  (a class of records)
) -> float | None:
    """The frequency [THz] that ``ref_frequency`` or ``ref_wavelength`` [m] states, if any."""
    wavelength = entry.child("ref_wavelength")
    if wavelength.value is None:
        values = values_of(entry, (REFERENCE,), record_type=record_type)
        return values["reference_frequency_thz"] if values else None
    nanometres = number(wavelength.value, _NM_FROM_M)
    if not isinstance(nanometres, float) or _WAVELENGTH_NM.breach(nanometres):
        wavelength.find(
            "out-of-bounds", "must be a wavelength in m from 1e-6 to 2e-6; check the unit"
        )
        return None
    return SPEED_OF_LIGHT_M_PER_S / nanometres / 1_000.0


_NM_FROM_M = PER_KM_FROM_PER_M**3

_ROADM = (
    Field(name="add_drop_osnr_db", key="add_drop_osnr", parse=number, unit="dB", default=100.0),
    Field(name="pmd_ps", key="pmd", parse=number, scale=PS_FROM_S, unit="s", default=0.0),
    Field(name="pdl_db", key="pdl", parse=number, unit="dB", default=0.0),
)
RESTRICTIONS = (
    Field(name="preamplifier_type_ids", key="preamp_variety_list", parse=texts, default=()),
    Field(name="booster_type_ids", key="booster_variety_list", parse=texts, default=()),
)
_ROADM_KEYS = (
    *(field.key for field in _ROADM),
    *TARGETS,
    "type_variety",
    "restrictions",
    "roadm-path-impairments",
)


def roadm_type_of(entry: Entry) -> RoadmType | None:
    """The ROADM that an entry describes; ``None`` where it is in error."""
    find_unknown_members(entry, _ROADM_KEYS)
    values = values_of(entry, _ROADM, record_type=RoadmType)
    target = target_of(entry)
    choice = _restrictions_of(entry.child("restrictions"))
    if target is None and not any(entry.child(key).value is not None for key in TARGETS):
        entry.find("missing", f"no power target: state one of {', '.join(TARGETS)}")
    sets = tuple(
        found
        for part in entry.child("roadm-path-impairments").objects()
        if (found := _path_impairments(part)) is not None
    )
    ids = [found.impairment_id for found in sets]
    for impairment_id in sorted({key for key in ids if ids.count(key) > 1}):
        entry.child("roadm-path-impairments").find(
            "duplicate-id", f"two sets have the identifier {impairment_id}; renumber one"
        )
    if values is None or target is None:
        return None
    more = {"roadm_type_id": type_name(entry), "target": target, "impairments": sets}
    return made(entry, RoadmType, {**values, **choice, **more})


def type_name(entry: Entry) -> str:
    """The name of an entry, fit to be shown; ``default`` where it states none."""
    name = entry.child("type_variety").value
    if not isinstance(name, str) or not name:
        return "default"
    return name if control_breach(name) is None else ascii(name)[1:-1]


def check_type_name(entry: Entry) -> None:
    """Tell of a name that is no text, that says nothing, or that nobody could be shown."""
    member = entry.child("type_variety")
    if member.value is None or member.value == "":
        return
    name = text(member.value, _ONE)
    if isinstance(name, CellBreach):
        member.find(name.code, name.message)
    elif not member.value.strip():
        member.find("missing", "type_variety is empty; write what it is")


def _restrictions_of(entry: Entry) -> dict[str, tuple[str, ...]]:
    """The amplifiers that an object restricts a design to; empty for any."""
    if entry.value is None:
        return {}
    find_unknown_members(entry, [field.key for field in RESTRICTIONS])
    return values_of(entry, RESTRICTIONS, record_type=RoadmType) or {}


_PATHS: Mapping[str, RoadmPath] = {
    "roadm-express-path": RoadmPath.EXPRESS,
    "roadm-add-path": RoadmPath.ADD,
    "roadm-drop-path": RoadmPath.DROP,
}
_IMPAIRMENT = (
    Field(name="pmd_ps", key="roadm-pmd", parse=number, scale=PS_FROM_S, unit="s", default=None),
    *(
        Field(name=name, key=key, parse=number, default=None)
        for name, key in (
            ("cd_ps_per_nm", "roadm-cd"),
            ("pdl_db", "roadm-pdl"),
            ("inband_crosstalk_db", "roadm-inband-crosstalk"),
            ("loss_db_max", "roadm-maxloss"),
            ("osnr_db", "roadm-osnr"),
            ("power_dbm_max", "roadm-pmax"),
            ("noise_figure_db", "roadm-noise-figure"),
            ("loss_db_min", "roadm-minloss"),
            ("loss_db_typical", "roadm-typloss"),
            ("power_dbm_min", "roadm-pmin"),
            ("power_dbm_typical", "roadm-ptyp"),
        )
    ),
)
_RANGE = (
    replace(BAND[0], key="lower-frequency"),
    replace(BAND[1], key="upper-frequency"),
)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A record without bounds."""


def _path_impairments(entry: Entry) -> RoadmPathImpairments | None:
    number_field = Field(name="impairment_id", key="roadm-path-impairments-id", parse=whole)
    find_unknown_members(entry, (number_field.key, *_PATHS))
    values = values_of(entry, (number_field,), record_type=_Numbered)
    stated = [key for key in _PATHS if key in entry.members]
    if len(stated) != 1:
        entry.find("missing", f"must hold exactly one of {', '.join(_PATHS)}, got {len(stated)}")
        return None
    bands = tuple(
        found
        for part in entry.child(stated[0]).objects()
        if (found := _impairment(part)) is not None
    )
    if values is None:
        return None
    return made(entry, RoadmPathImpairments, {**values, "path": _PATHS[stated[0]], "bands": bands})


def _impairment(entry: Entry) -> RoadmImpairment | None:
    find_unknown_members(entry, (*(field.key for field in _IMPAIRMENT), "frequency-range"))
    values = values_of(entry, _IMPAIRMENT, record_type=RoadmImpairment)
    extent, band = entry.child("frequency-range"), None
    find_unknown_members(extent, [field.key for field in _RANGE])
    if extent.value is None:
        assume(extent, "all of them", name="frequencies")
    if extent.members and any(extent.child(field.key).value is not None for field in _RANGE):
        band = made(extent, FrequencyBand, values_of(extent, _RANGE, record_type=FrequencyBand))
    return None if values is None else made(entry, RoadmImpairment, {**values, "band": band})


def _sweep_of(entry: Entry, *, key: str, yang_key: str, default: SweepDb | None) -> SweepDb | None:
    """A range in dB: ``[min, max, step]``, or a YANG-style object."""
    listed, by_name = entry.child(key), entry.child(yang_key)
    fields = [
        Field(name=name, key=word, parse=number, unit="dB")
        for name, word in (
            ("lowest_db", "min_value"),
            ("highest_db", "max_value"),
            ("step_db", "step"),
        )
    ]
    if by_name.value is not None:
        return made(by_name, SweepDb, values_of(by_name, fields, record_type=SweepDb))
    if listed.value is None:
        span = "none" if default is None else f"{default.lowest_db:g} to {default.highest_db:g} dB"
        assume(listed, span, name=key)
        return default
    parts = listed.items()
    if len(parts) != len(fields):
        listed.find("not-a-range", f"must be [min, max, step] in dB, got {len(parts)} parts")
        return None
    words = {field.key: part.value for field, part in zip(fields, parts, strict=True)}
    whole_range = replace(listed, value=words)
    return made(listed, SweepDb, values_of(whole_range, fields, record_type=SweepDb))


_SPAN = (
    Field(name="is_power_mode", key="power_mode", parse=boolean, default=True),
    Field(
        name="raman_loss_db_per_km_max",
        key="max_fiber_lineic_loss_for_raman",
        parse=number,
        unit="dB/km",
        default=0.25,
    ),
    *(
        Field(name=name, key=key, parse=number, unit="dB", default=default)
        for name, key, default in (
            ("extended_gain_db", "target_extended_gain", 2.5),
            ("loss_db_max", "max_loss", None),
            ("padding_db", "padding", 10.0),
            ("end_of_life_db", "EOL", 0.0),
            ("connector_in_db", "con_in", 0.0),
            ("connector_out_db", "con_out", 0.0),
            ("reference_loss_db", "span_loss_ref", 20.0),
            ("power_slope", "power_slope", 0.3),
            ("voa_margin_db", "voa_margin", 1.0),
            ("voa_step_db", "voa_step", 0.5),
        )
    ),
)
_SPAN_KEYS = (
    *(field.key for field in _SPAN),
    "type_variety",
    "max_length",
    "length_units",
    "delta_power_range_db",
    "delta_power_range_dict_db",
)
LENGTH_UNITS: Mapping[str, Decimal] = {"km": KM_FROM_M / KM_FROM_M, "m": KM_FROM_M}
"""By what a length is multiplied to be in km."""


def length_scale_of(entry: Entry, *, default: str | None) -> Any:  # noqa: ANN401  (a Decimal)
    """What ``length_units`` multiplies a length by to give km; ``None`` when it is not known."""
    member = entry.child("length_units")
    stated = member.value
    if stated is None and default is not None:
        assume(member, default, name="length_units")
        stated = default
    if stated is None:
        member.find("missing", "length_units is missing, the unit of length; write km or m")
        return None
    unit = stated.rpartition(":")[2] if isinstance(stated, str) else ""
    if unit not in LENGTH_UNITS:
        member.find(
            "unknown-unit",
            f"{value_shown(stated)} must be a unit of length in quotes; write km or m",
        )
        return None
    return LENGTH_UNITS[unit]


def span_design_of(entry: Entry) -> SpanDesign | None:
    """The figures by which spans are designed; ``None`` where they are in error."""
    find_unknown_members(entry, _SPAN_KEYS)
    scale = length_scale_of(entry, default="km")
    values = values_of(entry, _SPAN, record_type=SpanDesign)
    sweep = _sweep_of(
        entry, key="delta_power_range_db", yang_key="delta_power_range_dict_db", default=None
    )
    if scale is None or values is None:
        return None
    length = Field(
        name="length_km_max",
        key="max_length",
        parse=number,
        scale=scale,
        unit="km" if scale == LENGTH_UNITS["km"] else "m",
        default=150.0,
    )
    longest = values_of(entry, (length,), record_type=SpanDesign)
    if longest is None:
        return None
    return made(entry, SpanDesign, {**values, **longest, "launch_offset": sweep})


_SPECTRUM = (
    Field(
        name="symbol_rate_gbaud",
        key="baud_rate",
        parse=number,
        scale=GHZ_FROM_HZ,
        unit="Bd",
        default=32.0,
    ),
    Field(
        name="spacing_ghz",
        key="spacing",
        parse=number,
        scale=GHZ_FROM_HZ,
        unit="Hz",
        default=50.0,
    ),
    Field(name="power_dbm", key="power_dbm", parse=number, unit="dBm", default=0.0),
    Field(name="roll_off", key="roll_off", parse=number, default=0.15),
    Field(name="tx_osnr_db", key="tx_osnr", parse=number, unit="dB", default=45.0),
    Field(name="system_margin_db", key="sys_margins", parse=number, unit="dB", default=0.0),
    Field(name="tx_power_dbm", key="tx_power_dbm", parse=number, unit="dBm", default=None),
    Field(
        name="counts_channels_of_band",
        key="use_si_channel_count_for_design",
        parse=boolean,
        default=False,
    ),
)
_DEFAULT_EDGES = (replace(BAND[0], default=191.35), replace(BAND[1], default=196.1))
_NO_SWEEP = SweepDb(lowest_db=0.0, highest_db=0.0, step_db=0.5)
_SPECTRUM_KEYS = (
    *(field.key for field in _SPECTRUM),
    *BAND_KEYS,
    "type_variety",
    "power_range_db",
    "power_range_dict_db",
)


def spectrum_information_of(entry: Entry) -> SpectrumInformation | None:
    """The comb that an entry describes; ``None`` where it is in error."""
    find_unknown_members(entry, _SPECTRUM_KEYS)
    values = values_of(entry, _SPECTRUM, record_type=SpectrumInformation)
    band = made(entry, FrequencyBand, values_of(entry, _DEFAULT_EDGES, record_type=FrequencyBand))
    sweep = _sweep_of(
        entry, key="power_range_db", yang_key="power_range_dict_db", default=_NO_SWEEP
    )
    if values is None or band is None or sweep is None:
        return None
    if values["tx_power_dbm"] is None:
        assume(entry.child("tx_power_dbm"), values["power_dbm"], name="tx_power_dbm")
    return made(entry, SpectrumInformation, {**values, "band": band, "power_sweep": sweep})
