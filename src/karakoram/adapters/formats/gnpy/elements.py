"""Which element of a photonic network does an object of a GNPy file describe?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from karakoram.adapters.formats.gnpy.element_fields import (
    BAND_AMPLIFIER,
    CHOICE,
    DEGREE,
    DIRECTIONS,
    FIBRE,
    FIBRE_KEYS,
    FUSED,
    IMPAIRMENT,
    LENGTH,
    LOCATION,
    LOSS,
    LUMPED,
    PUMP,
    ROADM,
    SETTINGS,
    TEMPERATURE,
)
from karakoram.adapters.formats.gnpy.equipment_parts import (
    DISPERSION,
    LENGTH_UNITS,
    length_scale_of,
    reference_thz_of,
)
from karakoram.adapters.formats.gnpy.fields import (
    ONE,
    Entry,
    assume,
    find_unknown_members,
    find_wrong_word,
    made,
    value_shown,
    values_of,
    word,
)
from karakoram.adapters.formats.gnpy.spectral import (
    DEGREE_TARGETS,
    TARGETS,
    degree_target_of,
    design_bands_of,
    profile_of,
    raman_gain_of,
    target_of,
)
from karakoram.core.cells import shown
from karakoram.network.photonic.elements import (
    NOWHERE,
    Amplifier,
    AmplifierChoice,
    AmplifierSettings,
    BandAmplifier,
    DegreeDesignBands,
    DegreeImpairment,
    DegreeTarget,
    Element,
    Fibre,
    Fused,
    Location,
    LumpedLoss,
    MultibandAmplifier,
    PumpDirection,
    RamanPump,
    RamanPumping,
    Roadm,
    Transceiver,
)
from karakoram.network.photonic.spectral import ElementId, SpectralProfile

_MEMBERS = ("uid", "type", "type_variety", "metadata", "params")
_NO_TYPE = ("", "default")
"""Names by which a file says that no type is chosen yet."""

Values = dict[str, Any]


def element_of(entry: Entry) -> Element | None:
    """The element that an object describes; ``None`` where it is in error."""
    kind = entry.child("type")
    name = word(kind.value)
    reader = _READERS.get(name)
    if reader is None:
        find_wrong_word(kind, _READERS, code="unknown-type", noun="type of element")
        return None
    common: Values = {"element_id": entry.record, "location": _location(entry.child("metadata"))}
    return reader(entry, common)


def _location(entry: Entry) -> Location:
    """Where the element stands; nowhere when it does not say."""
    find_unknown_members(entry, ("location",))
    place = entry.child("location")
    if place.value is None:
        return NOWHERE
    find_unknown_members(place, [field.key for field in LOCATION])
    values = values_of(place, LOCATION, record_type=Location) or {}
    stated = {name: value for name, value in values.items() if value is not None}
    return made(place, Location, stated) or NOWHERE


def _type_id(entry: Entry) -> str | None:
    member = entry.child("type_variety")
    if member.value is None or member.value in _NO_TYPE:
        return None
    if isinstance(member.value, str):
        return member.value
    message = f"{value_shown(member.value)} must be the name of a type, in quotes"
    member.find("not-text", message)
    return None


def _fibre(entry: Entry, common: Values) -> Fibre | None:
    find_unknown_members(entry, (*_MEMBERS, *(("operational",) if _is_pumped(entry) else ())))
    params, type_id = entry.child("params"), _type_id(entry)
    find_unknown_members(params, FIBRE_KEYS)
    if type_id is None:
        entry.child("type_variety").find("missing", "names no type of fibre; name one")
    values = values_of(params, FIBRE, record_type=Fibre)
    length = _length(params)
    loss = _loss(params)
    lumped = _lumped_losses(params.child("lumped_losses"))
    optional = _optional_glass(params)
    pumping = _pumping(entry.child("operational")) if _is_pumped(entry) else None
    if values is None or length is None or loss is None or type_id is None:
        return None
    if values["pmd_ps_per_sqrt_km"] == 0.0:
        values["pmd_ps_per_sqrt_km"] = None
        assume(params.child("pmd_coef"), "that of the type", name="0")
    own = {"fibre_type_id": type_id, "length_km": length, "loss_db_per_km": loss}
    more = {"lumped_losses": lumped, "raman_pumping": pumping}
    return made(params, Fibre, {**common, **values, **optional, **own, **more})


def _is_pumped(entry: Entry) -> bool:
    return word(entry.child("type").value) == "RamanFiber"


def _length(params: Entry) -> float | None:
    scale = length_scale_of(params, default=None)
    if scale is None:
        return None
    unit = next(unit for unit, known in LENGTH_UNITS.items() if known == scale)
    values = values_of(params, (replace(LENGTH, scale=scale, unit=unit),), record_type=Fibre)
    return values["length_km"] if values else None


def _loss(params: Entry) -> float | SpectralProfile | None:
    """The loss: one figure, or by frequency in either of two spellings."""
    listed, plain = params.child("loss_coef_per_frequency"), params.child("loss_coef")
    if listed.value is not None:
        return profile_of(listed, key="loss_coef_value", scale=ONE)
    if isinstance(plain.value, dict):
        return profile_of(plain, key="value", scale=ONE)
    values = values_of(params, (LOSS,), record_type=Fibre)
    return values["loss_db_per_km"] if values else None


def _optional_glass(params: Entry) -> Values:
    """What few fibres state themselves: dispersion, its reference and Raman gain."""
    found: Values = {"reference_frequency_thz": reference_thz_of(params, record_type=Fibre)}
    profile, gains = params.child("dispersion_per_frequency"), params.child("raman_coefficient")
    if profile.value is not None:
        found[DISPERSION.name] = profile_of(profile, key="dispersion", scale=DISPERSION.scale)
    else:
        found |= values_of(params, (DISPERSION,), record_type=Fibre) or {}
    if gains.value is not None:
        found["raman_gain"] = raman_gain_of(gains)
    return found


def _lumped_losses(entry: Entry) -> tuple[LumpedLoss, ...]:
    found = []
    for part in entry.objects():
        find_unknown_members(part, [field.key for field in LUMPED])
        found.append(made(part, LumpedLoss, values_of(part, LUMPED, record_type=LumpedLoss)))
    return tuple(lumped for lumped in found if lumped is not None)


def _pumping(entry: Entry) -> RamanPumping | None:
    find_unknown_members(entry, ("raman_pumps", TEMPERATURE.key))
    if entry.child("raman_pumps").value is None:
        entry.child("raman_pumps").find("missing", "lists no pumps; a RamanFiber has some")
    values = values_of(entry, (TEMPERATURE,), record_type=RamanPumping)
    pumps = [_pump(part) for part in entry.child("raman_pumps").objects()]
    if values is None:
        return None
    known = tuple(pump for pump in pumps if pump is not None)
    return made(entry, RamanPumping, {**values, "pumps": known})


def _pump(entry: Entry) -> RamanPump | None:
    find_unknown_members(entry, (*(field.key for field in PUMP), "propagation_direction"))
    values = values_of(entry, PUMP, record_type=RamanPump)
    member = entry.child("propagation_direction")
    direction = DIRECTIONS.get(word(member.value).lower())
    if direction is None:
        find_wrong_word(member, DIRECTIONS)
    if values is None or direction is None:
        return None
    return made(entry, RamanPump, {**values, "direction": PumpDirection(direction)})


def _settings(entry: Entry) -> AmplifierSettings | None:
    find_unknown_members(entry, [field.key for field in SETTINGS])
    values = values_of(entry, SETTINGS, record_type=AmplifierSettings)
    return made(entry, AmplifierSettings, values)


def _amplifier(entry: Entry, common: Values) -> Amplifier | None:
    find_unknown_members(entry, (*_MEMBERS, "operational"))
    find_unknown_members(entry.child("params"), ())
    settings = _settings(entry.child("operational"))
    if settings is None:
        return None
    own = {"amplifier_type_id": _type_id(entry), "settings": settings}
    return made(entry, Amplifier, {**common, **own})


def _multiband_amplifier(entry: Entry, common: Values) -> MultibandAmplifier | None:
    find_unknown_members(entry, (*_MEMBERS, "amplifiers"))
    find_unknown_members(entry.child("params"), ())
    bands = []
    for part in entry.child("amplifiers").objects():
        find_unknown_members(part, (BAND_AMPLIFIER.key, "operational"))
        values = values_of(part, (BAND_AMPLIFIER,), record_type=BandAmplifier)
        settings = _settings(part.child("operational"))
        if values is not None and settings is not None:
            bands.append(BandAmplifier(**values, settings=settings))
    own = {"amplifier_type_id": _type_id(entry), "bands": tuple(bands)}
    return made(entry, MultibandAmplifier, {**common, **own})


_ROADM_KEYS = (
    *TARGETS,
    *DEGREE_TARGETS,
    *(field.key for field in ROADM),
    "per_degree_power_targets",
    "per_degree_impairments",
    "restrictions",
)
_DESIGN_KEYS = ("design_bands", "per_degree_design_bands", "per_degree_design_bands_targets")


def _roadm(entry: Entry, common: Values) -> Roadm | None:
    find_unknown_members(entry, _MEMBERS)
    params = entry.child("params")
    find_unknown_members(params, (*_ROADM_KEYS, *_DESIGN_KEYS))
    values = values_of(params, ROADM, record_type=Roadm)
    impairments = [_impairment(part) for part in params.child("per_degree_impairments").objects()]
    restrictions = params.child("restrictions")
    find_unknown_members(restrictions, [field.key for field in CHOICE])
    choice = values_of(restrictions, CHOICE, record_type=AmplifierChoice)
    if values is None or choice is None:
        return None
    own = {
        "roadm_type_id": _type_id(entry) or "default",
        "target": target_of(params),
        "degree_targets": _degree_targets(params),
        "degree_impairments": tuple(found for found in impairments if found is not None),
        "amplifier_choice": AmplifierChoice(**choice),
    }
    return made(params, Roadm, {**common, **values, **own, **_design_bands(params)})


def _degree_targets(params: Entry) -> tuple[DegreeTarget, ...]:
    """Targets by degree: objects by name, or a YANG-style list; a degree counts once."""
    found: dict[str, DegreeTarget] = {}
    for member, degree_id, key in _stated_targets(params):
        target = degree_target_of(member, key=DEGREE_TARGETS[key])
        if degree_id in found:
            member.find("two-targets", f"{shown(degree_id)} has another target; delete one")
        elif target is not None:
            found[degree_id] = DegreeTarget(degree_id=ElementId(degree_id), target=target)
    return tuple(found.values())


def _check_by_degree(params: Entry, keys: Iterable[str]) -> None:
    """Tell of what should hold a value for each degree and is no object."""
    for member in map(params.child, keys):
        if member.value is not None:
            member.is_object()


def _stated_targets(params: Entry) -> list[tuple[Entry, str, str]]:
    """Each number that is a target of a degree, with the degree and the key of its kind."""
    _check_by_degree(params, DEGREE_TARGETS)
    stated = [
        (params.child(key).child(degree_id), degree_id, key)
        for key in DEGREE_TARGETS
        for degree_id in params.child(key).members
    ]
    for part in params.child("per_degree_power_targets").objects():
        find_unknown_members(part, (DEGREE.key, *DEGREE_TARGETS))
        values = values_of(part, (DEGREE,), record_type=DegreeTarget)
        stated += [
            (part.child(key), values["degree_id"], key)
            for key in DEGREE_TARGETS
            if values is not None and part.child(key).value is not None
        ]
    return stated


def _impairment(entry: Entry) -> DegreeImpairment | None:
    find_unknown_members(entry, [field.key for field in IMPAIRMENT])
    values = values_of(entry, IMPAIRMENT, record_type=DegreeImpairment)
    return made(entry, DegreeImpairment, values)


def _design_bands(params: Entry) -> Values:
    """The bands to design for, of all degrees and of single ones."""
    named, listed = (params.child(key) for key in _DESIGN_KEYS[1:])
    _check_by_degree(params, _DESIGN_KEYS[1:2])
    stated = [(degree_id, named.child(degree_id)) for degree_id in named.members]
    for part in listed.objects():
        find_unknown_members(part, (DEGREE.key, _DESIGN_KEYS[0]))
        values = values_of(part, (DEGREE,), record_type=DegreeDesignBands)
        if values is not None:
            stated.append((values["degree_id"], part.child(_DESIGN_KEYS[0])))
    by_degree = [
        made(member, DegreeDesignBands, {"degree_id": key, "bands": design_bands_of(member)})
        for key, member in stated
    ]
    return {
        "design_bands": design_bands_of(params.child(_DESIGN_KEYS[0])),
        "degree_design_bands": tuple(found for found in by_degree if found is not None),
    }


def _fused(entry: Entry, common: Values) -> Fused | None:
    find_unknown_members(entry, _MEMBERS)
    params = entry.child("params")
    find_unknown_members(params, (FUSED.key,))
    values = values_of(params, (FUSED,), record_type=Fused)
    return None if values is None else made(params, Fused, {**common, **values})


def _transceiver(entry: Entry, common: Values) -> Transceiver | None:
    find_unknown_members(entry, _MEMBERS)
    params = entry.child("params")
    find_unknown_members(params, _DESIGN_KEYS)
    own = {"transceiver_type_id": _type_id(entry), **_design_bands(params)}
    return made(entry, Transceiver, {**common, **own})


_READERS: Mapping[str, Callable[[Entry, Values], Element | None]] = {
    "Fiber": _fibre,
    "RamanFiber": _fibre,
    "Edfa": _amplifier,
    "Multiband_amplifier": _multiband_amplifier,
    "Roadm": _roadm,
    "Fused": _fused,
    "Transceiver": _transceiver,
}
