"""How do bands, profiles and power targets stand in GNPy's files?

Two spellings are read: GNPy's own, with lists side by side or objects by name, and the YANG-style
one of its models, with lists of objects.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from karakoram.adapters.formats.gnpy.fields import (
    ONE,
    REQUIRED,
    Entry,
    Field,
    find_unknown_members,
    json_from,
    made,
    number,
    numbers,
    object_of,
    quoted_number,
    values_of,
    whole,
)
from karakoram.adapters.formats.gnpy.units import GHZ_FROM_HZ, PER_KM_FROM_PER_M, THZ_FROM_HZ
from karakoram.core.cells import CellBreach
from karakoram.network.photonic.spectral import (
    ChannelPowerTarget,
    DesignBand,
    FrequencyBand,
    PowerTarget,
    RamanGainProfile,
    SlotDensityTarget,
    SpectralProfile,
    SymbolDensityTarget,
)

BAND = (
    Field(name="lower_thz", key="f_min", parse=number, scale=THZ_FROM_HZ, unit="Hz"),
    Field(name="upper_thz", key="f_max", parse=number, scale=THZ_FROM_HZ, unit="Hz"),
)
BAND_KEYS = ("f_min", "f_max")

_DESIGN = (
    Field(
        name="spacing_ghz",
        key="spacing",
        parse=number,
        scale=GHZ_FROM_HZ,
        unit="Hz",
        default=None,
    ),
    Field(name="channels", key="number-of-channels", parse=whole, default=None),
)

TARGETS: Mapping[str, tuple[Callable[..., PowerTarget], str]] = {
    "target_pch_out_db": (ChannelPowerTarget, "power_dbm"),
    "target_psd_out_mWperGHz": (SymbolDensityTarget, "density_mw_per_ghz"),
    "target_out_mWperSlotWidth": (SlotDensityTarget, "density_mw_per_ghz"),
}
_KEYS: Mapping[type, str] = {
    ChannelPowerTarget: "target_pch_out_db",
    SymbolDensityTarget: "target_psd_out_mWperGHz",
    SlotDensityTarget: "target_out_mWperSlotWidth",
}
DEGREE_TARGETS: Mapping[str, str] = {
    "per_degree_pch_out_db": "target_pch_out_db",
    "per_degree_psd_out_mWperGHz": "target_psd_out_mWperGHz",
    "per_degree_psd_out_mWperSlotWidth": "target_out_mWperSlotWidth",
}
"""Key of a degree's target, and the key by which the same stands for a whole ROADM."""


def band_of(entry: Entry) -> FrequencyBand | None:
    """The band between ``f_min`` and ``f_max``."""
    return made(entry, FrequencyBand, values_of(entry, BAND, record_type=FrequencyBand))


def design_bands_of(entry: Entry) -> tuple[DesignBand, ...]:
    """The bands of a list; those in error are left out."""
    found: list[DesignBand] = []
    for part in entry.objects():
        find_unknown_members(part, (*BAND_KEYS, *(field.key for field in _DESIGN)))
        band = band_of(part)
        values = values_of(part, _DESIGN, record_type=DesignBand)
        if band is not None and values is not None:
            found += filter(None, (made(part, DesignBand, {"band": band, **values}),))
    return tuple(found)


def json_from_design_bands(bands: tuple[DesignBand, ...]) -> list[dict[str, Any]]:
    """The list that holds the bands."""
    return [{**object_of(part.band, BAND), **object_of(part, _DESIGN)} for part in bands]


def target_of(entry: Entry) -> PowerTarget | None:
    """The one power target that an object states; a finding where it states more than one."""
    stated = [key for key in TARGETS if entry.child(key).value is not None]
    if len(stated) > 1:
        entry.find(
            "two-targets", f"{' and '.join(stated)} cannot both hold; a ROADM levels by one of them"
        )
        return None
    return degree_target_of(entry.child(stated[0]), key=stated[0]) if stated else None


def degree_target_of(member: Entry, *, key: str) -> PowerTarget | None:
    """The power target that one number states, by the key of its kind."""
    build, name = TARGETS[key]
    value = quoted_number(member) or number(member.value, ONE)
    if isinstance(value, CellBreach):
        member.find(value.code, value.message)
        return None
    return made(member, build, {name: value})


def json_from_target(target: PowerTarget) -> tuple[str, Any]:
    """The key and the number of a power target."""
    key = _KEYS[type(target)]
    _, name = TARGETS[key]
    return key, json_from(getattr(target, name))


def profile_of(entry: Entry, *, key: str, scale: Decimal) -> SpectralProfile | None:
    """A profile by frequency: two lists side by side, or a list of objects with ``key``.

    Parameters
    ----------
    entry
        The member that holds the profile.
    key
        Name of the value in a list of objects; side by side it is ``value``.
    scale
        From the unit of the file to that of the record.
    """
    pairs = _pairs_of(entry, keys=("frequency", key), scales=(THZ_FROM_HZ, scale))
    if pairs is None:
        return None
    rising = sorted(pairs)
    return made(
        entry,
        SpectralProfile,
        {
            "frequencies_thz": tuple(frequency for frequency, _ in rising),
            "values": tuple(value for _, value in rising),
        },
    )


def _pairs_of(
    entry: Entry, *, keys: tuple[str, str], scales: tuple[Decimal, Decimal]
) -> list[tuple[float, float]] | None:
    """Pairs of numbers from a list of objects, or from two lists side by side.

    Side by side the second list may also be named ``value``.
    """
    first, second = keys
    fields = (
        Field(name="first", key=first, parse=number, scale=scales[0]),
        Field(name="second", key=second, parse=number, scale=scales[1]),
    )
    if isinstance(entry.value, list):
        rows = [values_of(part, fields, record_type=_Nothing) for part in entry.objects()]
        found = [(row["first"], row["second"]) for row in rows if row is not None]
        return found if len(found) == len(entry.value) else None
    if not entry.is_object():
        return None
    key = second if second in entry.members else "value"
    listed = (
        Field(name="first", key=first, parse=numbers, scale=scales[0]),
        Field(name="second", key=key, parse=numbers, scale=scales[1]),
    )
    values = values_of(entry, listed, record_type=_Nothing)
    if values is None:
        return None
    if len(values["first"]) != len(values["second"]):
        entry.find(
            "unequal-lists",
            f"{first} has {len(values['first'])} numbers and {key} has {len(values['second'])}; "
            "they stand side by side and must be as many",
        )
        return None
    return list(zip(values["first"], values["second"], strict=True))


@dataclass(frozen=True, slots=True)
class _Nothing:
    """A record without bounds."""


def json_from_profile(profile: SpectralProfile, *, scale: Decimal) -> dict[str, Any]:
    """A profile as two lists side by side."""
    return {
        "value": json_from(profile.values, scale=scale),
        "frequency": json_from(profile.frequencies_thz, scale=THZ_FROM_HZ),
    }


_RAMAN_REFERENCE = Field(
    name="reference_frequency_thz",
    key="reference_frequency",
    parse=number,
    scale=THZ_FROM_HZ,
    unit="Hz",
)


def raman_gain_of(
    entry: Entry, *, key: str = "g0", reference_thz: float | None = None
) -> RamanGainProfile | None:
    """A Raman gain profile: ``g0`` (or ``key``) by ``frequency_offset``.

    Parameters
    ----------
    entry
        The member that holds it.
    key
        Name of the gain.
    reference_thz
        Frequency of the pump, where the object does not state it because the format fixes it.
    """
    listed = entry.child("g0_per_frequency")
    holder = listed if listed.value is not None else entry
    name = key if key in entry.members or isinstance(entry.value, list) else "g0"
    pairs = _pairs_of(
        holder, keys=("frequency_offset", name), scales=(THZ_FROM_HZ, PER_KM_FROM_PER_M)
    )
    field = replace(_RAMAN_REFERENCE, default=REQUIRED if reference_thz is None else reference_thz)
    values = values_of(entry, (field,), record_type=RamanGainProfile)
    if pairs is None or values is None:
        return None
    offsets, gains = [offset for offset, _ in pairs], [gain for _, gain in pairs]
    more = {"frequency_offsets_thz": tuple(offsets), "gains_per_w_km": tuple(gains)}
    return made(entry, RamanGainProfile, {**values, **more})


def json_from_raman_gain(profile: RamanGainProfile) -> dict[str, Any]:
    """A Raman gain profile as two lists side by side."""
    return {
        "reference_frequency": json_from(profile.reference_frequency_thz, scale=THZ_FROM_HZ),
        "g0": json_from(profile.gains_per_w_km, scale=PER_KM_FROM_PER_M),
        "frequency_offset": json_from(profile.frequency_offsets_thz, scale=THZ_FROM_HZ),
    }
