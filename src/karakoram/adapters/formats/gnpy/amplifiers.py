"""Which amplifier types does an equipment file of GNPy describe?

A type may name a configuration file (``advanced_config_from_json``, ``default_config_from_json``)
that holds its band, ripples, dynamic gain tilt and noise polynomial.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from karakoram.adapters.formats.gnpy.fields import (
    Entry,
    Field,
    assume,
    boolean,
    find_unknown_members,
    find_wrong_word,
    made,
    number,
    numbers,
    text,
    texts,
    values_of,
    whole,
    word,
)
from karakoram.adapters.formats.gnpy.spectral import BAND_KEYS, band_of
from karakoram.adapters.formats.gnpy.units import PS_FROM_S, THZ_FROM_HZ
from karakoram.core.cells import CellBreach, did_you_mean, shown
from karakoram.core.identifiers import AmplifierTypeId
from karakoram.network.photonic.amplifiers import (
    AmplifierType,
    DualStageNoise,
    FixedNoise,
    MultibandAmplifierType,
    NoiseModel,
    OpenRoadmBoosterNoise,
    OpenRoadmLineNoise,
    OpenRoadmPreamplifierNoise,
    PolynomialNoise,
    TwoCoilNoise,
)
from karakoram.network.photonic.spectral import FrequencyBand

DEFAULT_BAND = FrequencyBand(lower_thz=191.275, upper_thz=196.125)
"""Of an amplifier that states no band, by the documentation of GNPy."""

AnyAmplifierType = AmplifierType | MultibandAmplifierType
ConfigSource = Callable[[Entry], "AmplifierConfig | None"]
"""Gives the configuration that a member names; ``None``, and a finding, where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmplifierConfig:
    """What a configuration file says about an amplifier beside its equipment entry."""

    band: FrequencyBand | None
    noise_coefficients: tuple[float, ...]
    profiles: Mapping[str, tuple[float, ...]]
    """By field of ``AmplifierType``."""


def _coefficients(value: object, scale: Decimal) -> object:
    """Polynomial coefficients: numbers, or YANG-style objects with their order."""
    if not (isinstance(value, list) and value and all(isinstance(part, dict) for part in value)):
        return numbers(value, scale)
    orders = [whole(part.get("coef_order"), scale) for part in value]
    parts = [number(part.get("nf_coef"), scale) for part in value]
    breaches = [part for part in (*orders, *parts) if isinstance(part, CellBreach)]
    if breaches:
        return breaches[0]
    by_order = sorted(zip(map(str, orders), parts, strict=True), key=lambda pair: int(pair[0]))
    return tuple(part for _, part in by_order)


def _ripple(value: object, scale: Decimal) -> object:
    """Values over the band; one number holds all over it, and zeros all over are none."""
    values = value if isinstance(value, list) else [value]
    parsed = numbers(values, scale)
    if isinstance(parsed, tuple):
        return parsed if any(parsed) else ()
    return parsed


_PROFILES = (
    Field(name="gain_ripple_db", key="gain_ripple", parse=_ripple, unit="dB", default=None),
    Field(name="noise_figure_ripple_db", key="nf_ripple", parse=_ripple, unit="dB", default=None),
    Field(name="dynamic_gain_tilt", key="dgt", parse=numbers, default=None),
    Field(name="tilt_ripple_db", key="tilt_ripple", parse=_ripple, unit="dB", default=None),
    Field(
        name="ripple_frequencies_thz",
        key="f_ripple_ref",
        parse=numbers,
        scale=THZ_FROM_HZ,
        unit="Hz",
        default=None,
    ),
)
_POLYNOMIAL = Field(name="coefficients", key="nf_fit_coeff", parse=_coefficients)
_CONFIG_KEYS = (*(field.key for field in _PROFILES), "nf_fit_coeff", *BAND_KEYS)


FLAT_UNLESS_STATED = ("gain_ripple", "nf_ripple", "dgt")
"""What a configuration says of the shape over frequency."""


def config_of(entry: Entry) -> AmplifierConfig | None:
    """The configuration that a document holds; ``None`` where it is in error."""
    find_unknown_members(entry, _CONFIG_KEYS)
    band = band_of(entry)
    profiles = values_of(entry, _PROFILES, record_type=AmplifierType)
    fit = entry.child("nf_fit_coeff")
    values = values_of(entry, (_POLYNOMIAL,), record_type=PolynomialNoise) if fit.value else {}
    if band is None or profiles is None or values is None:
        return None
    return AmplifierConfig(
        band=band,
        noise_coefficients=values.get("coefficients", ()),
        profiles={name: value for name, value in profiles.items() if value is not None},
    )


_ID = Field(name="amplifier_type_id", key="type_variety", parse=text)
_FOR_DESIGN = Field(
    name="is_allowed_for_design", key="allowed_for_design", parse=boolean, default=False
)
_GAIN_MIN = Field(name="gain_min_db", key="gain_min", parse=number, unit="dB")
_STATED = (
    Field(name="gain_flatmax_db", key="gain_flatmax", parse=number, unit="dB"),
    Field(name="output_power_dbm_max", key="p_max", parse=number, unit="dBm"),
)
_COMMON = (
    _ID,
    _GAIN_MIN,
    Field(name="pmd_ps", key="pmd", parse=number, scale=PS_FROM_S, unit="s", default=0.0),
    Field(name="pdl_db", key="pdl", parse=number, unit="dB", default=0.0),
    Field(name="is_raman", key="raman", parse=boolean, default=False),
    Field(name="optimises_output_voa", key="out_voa_auto", parse=boolean, default=False),
    _FOR_DESIGN,
)
_NOISE: Mapping[str, tuple[Callable[..., NoiseModel], tuple[Field, ...]]] = {
    "variable_gain": (
        TwoCoilNoise,
        (
            Field(name="noise_figure_db_min", key="nf_min", parse=number, unit="dB"),
            Field(name="noise_figure_db_max", key="nf_max", parse=number, unit="dB"),
        ),
    ),
    "fixed_gain": (
        FixedNoise,
        (Field(name="noise_figure_db", key="nf0", parse=number, unit="dB"),),
    ),
    "openroadm": (
        OpenRoadmLineNoise,
        (Field(name="coefficients", key="nf_coef", parse=_coefficients),),
    ),
    "openroadm_preamp": (OpenRoadmPreamplifierNoise, ()),
    "openroadm_booster": (OpenRoadmBoosterNoise, ()),
    "dual_stage": (
        DualStageNoise,
        (
            Field(name="preamplifier_type_id", key="preamp_variety", parse=text),
            Field(name="booster_type_id", key="booster_variety", parse=text),
        ),
    ),
}
_MULTIBAND = (
    _ID,
    Field(name="member_type_ids", key="amplifiers", parse=texts),
    _FOR_DESIGN,
)
_DEFS = (*_NOISE, "advanced_model", "multi_band")
_CONFIG_NAMES = ("advanced_config_from_json", "default_config_from_json")
_ENTRY_KEYS = (
    *(field.key for field in (*_COMMON, *_STATED, *_MULTIBAND)),
    *(field.key for _, fields in _NOISE.values() for field in fields),
    *BAND_KEYS,
    *_CONFIG_NAMES,
    "type_def",
    "other_name",
)


def amplifier_types_of(
    entries: tuple[Entry, ...], configs: ConfigSource
) -> Iterator[tuple[Entry, AnyAmplifierType]]:
    """Each type that a list of entries describes, with the entry; two-stage ones at the end.

    Parameters
    ----------
    entries
        Entries of ``Edfa``.
    configs
        Gives the configuration that an entry names.
    """
    single: dict[str, AmplifierType] = {}
    later: list[Entry] = []
    for entry in entries:
        find_unknown_members(entry, _ENTRY_KEYS)
        definition = _definition(entry)
        if definition == "dual_stage":
            later.append(entry)
        elif definition is not None:
            found = _type_of(entry, definition, configs)
            if isinstance(found, AmplifierType):
                single[found.amplifier_type_id] = found
            if found is not None:
                yield entry, found
    for entry in later:
        dual = _dual_stage_of(entry, single)
        if dual is not None:
            yield entry, dual


def _definition(entry: Entry) -> str | None:
    """The word for the kind of amplifier; ``None``, and a finding, when it is not known."""
    member = entry.child("type_def")
    if member.value in (None, ""):
        assume(member, "variable_gain", name="type_def")
        return "variable_gain"
    definition = word(member.value)
    if definition in _DEFS:
        return definition
    find_wrong_word(member, _DEFS)
    return None


def _type_of(entry: Entry, definition: str, configs: ConfigSource) -> AnyAmplifierType | None:
    if definition == "multi_band":
        values = values_of(entry, _MULTIBAND, record_type=MultibandAmplifierType)
        return made(entry, MultibandAmplifierType, values)
    config = _config(entry, definition, configs)
    if config is None:
        return None
    noise = _noise(entry, definition, config)
    band = _band(entry, config)
    values = values_of(entry, (*_COMMON, *_STATED), record_type=AmplifierType)
    if noise is None or band is None or values is None:
        return None
    return made(entry, AmplifierType, {**config.profiles, **values, "noise": noise, "band": band})


def _config(entry: Entry, definition: str, configs: ConfigSource) -> AmplifierConfig | None:
    """The configuration that an entry names; an empty one where it names none."""
    advanced, default = (entry.child(name) for name in _CONFIG_NAMES)
    if definition == "advanced_model":
        if advanced.value is None:
            advanced.find("missing", "names no file; an advanced model is described in one")
            return None
        return configs(advanced)
    if default.value is not None:
        return configs(default)
    return AmplifierConfig(band=None, noise_coefficients=(), profiles={})


def _noise(entry: Entry, definition: str, config: AmplifierConfig) -> NoiseModel | None:
    if definition == "advanced_model":
        values: dict[str, Any] = {"coefficients": config.noise_coefficients}
        return made(entry.child(_CONFIG_NAMES[0]), PolynomialNoise, values)
    build, fields = _NOISE[definition]
    return made(entry, build, values_of(entry, fields, record_type=build))


def _band(entry: Entry, config: AmplifierConfig) -> FrequencyBand | None:
    """The band of the entry, else of its configuration, else the default."""
    if any(entry.child(key).value is not None for key in BAND_KEYS):
        return band_of(entry)
    if config.band is not None:
        return config.band
    for key, value in zip(BAND_KEYS, (DEFAULT_BAND.lower_thz, DEFAULT_BAND.upper_thz), strict=True):
        assume(entry.child(key), value, name="THz")
    return DEFAULT_BAND


def _dual_stage_of(entry: Entry, single: Mapping[str, AmplifierType]) -> AmplifierType | None:
    """A two-stage type: gains add, and the booster's power counts."""
    noise = _noise(
        entry, "dual_stage", AmplifierConfig(band=None, noise_coefficients=(), profiles={})
    )
    values = values_of(entry, _COMMON, record_type=AmplifierType)
    if not isinstance(noise, DualStageNoise) or values is None:
        return None
    first = _stage(entry.child("preamp_variety"), noise.preamplifier_type_id, single)
    second = _stage(entry.child("booster_variety"), noise.booster_type_id, single)
    band = _band(entry, AmplifierConfig(band=None, noise_coefficients=(), profiles={}))
    if first is None or second is None or band is None:
        return None
    if values["gain_min_db"] < first.gain_min_db:
        entry.child("gain_min").find(
            "impossible-gain",
            f"{values['gain_min_db']:g} dB is less than its preamplifier's {first.gain_min_db:g}",
        )
        return None
    gain_db = first.gain_flatmax_db + second.gain_flatmax_db
    more = {"gain_flatmax_db": gain_db, "output_power_dbm_max": second.output_power_dbm_max}
    return made(entry, AmplifierType, {**values, **more, "noise": noise, "band": band})


def _stage(
    member: Entry, type_id: AmplifierTypeId, single: Mapping[str, AmplifierType]
) -> AmplifierType | None:
    if type_id in single:
        return single[type_id]
    member.find(
        "unknown-type",
        f"{shown(type_id)} is no single-stage amplifier of this file; name one"
        + did_you_mean(type_id, single),
    )
    return None
