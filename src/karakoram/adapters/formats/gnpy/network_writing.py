"""How is a photonic network written as a network file of GNPy, without loss?

What is not stated in a record is not written, so that reading the file gives an equal network.
"""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, assert_never

from karakoram.adapters.formats.gnpy.element_fields import (
    CHOICE,
    CONNECTION,
    DIRECTIONS,
    FIBRE,
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
from karakoram.adapters.formats.gnpy.equipment_parts import DISPERSION, REFERENCE
from karakoram.adapters.formats.gnpy.fields import ONE, json_from, object_of
from karakoram.adapters.formats.gnpy.json_file import text_from_document
from karakoram.adapters.formats.gnpy.spectral import (
    DEGREE_TARGETS,
    json_from_design_bands,
    json_from_profile,
    json_from_raman_gain,
    json_from_target,
)
from karakoram.adapters.formats.text_files import write_text
from karakoram.network.photonic.elements import (
    Amplifier,
    AmplifierSettings,
    DegreeDesignBands,
    DegreeTarget,
    Element,
    Fibre,
    Fused,
    Location,
    MultibandAmplifier,
    RamanPumping,
    Roadm,
    Transceiver,
)
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import DesignBand, SpectralProfile

Json = dict[str, Any]

_DEGREE_KEYS: Mapping[str, str] = {whole: degree for degree, whole in DEGREE_TARGETS.items()}
_DIRECTION_WORDS: Mapping[str, str] = {direction: word for word, direction in DIRECTIONS.items()}


def write_gnpy_network(network: PhotonicNetwork, path: Path) -> None:
    """Write a network as a JSON file that GNPy and ``read_gnpy_network`` read, in one step.

    Raises
    ------
    OSError
        When the disk refuses; what was there is then unchanged.
    """
    write_text(text_from_document(_document_from_network(network)), path)


def _document_from_network(network: PhotonicNetwork) -> Json:
    """The JSON document of a network, in GNPy's own style; numbers are decimals."""
    name = {"network_name": network.name} if network.name else {}
    return {
        **name,
        "elements": [_element(element) for element in network.elements.values()],
        "connections": [object_of(line, CONNECTION) for line in network.connections],
    }


def _element(element: Element) -> Json:
    match element:
        case Fibre():
            kind = "RamanFiber" if element.raman_pumping else "Fiber"
            own = _fibre(element)
        case Amplifier():
            kind = "Edfa"
            own = _typed(element.amplifier_type_id) | _settings(element.settings)
        case MultibandAmplifier():
            kind, own = "Multiband_amplifier", _multiband(element)
        case Roadm():
            kind, own = "Roadm", _roadm(element)
        case Fused():
            kind, own = "Fused", {"params": object_of(element, (FUSED,))}
        case Transceiver():
            kind, own = "Transceiver", _transceiver(element)
        case _:
            assert_never(element)
    return {"uid": element.element_id, "type": kind, **own, **_metadata(element.location)}


def _typed(type_id: str | None) -> Json:
    return {} if type_id is None else {"type_variety": type_id}


def _metadata(location: Location) -> Json:
    stated = {key: value for key, value in object_of(location, LOCATION).items() if value != ""}
    return {"metadata": {"location": stated}} if stated else {}


def _by_frequency(
    value: float | SpectralProfile, *, key: str, profile_key: str, scale: Decimal
) -> Json:
    if isinstance(value, SpectralProfile):
        return {profile_key: json_from_profile(value, scale=scale)}
    return {key: json_from(value, scale=scale)}


def _fibre(fibre: Fibre) -> Json:
    loss = _by_frequency(fibre.loss_db_per_km, key=LOSS.key, profile_key=LOSS.key, scale=ONE)
    params = {**object_of(fibre, (LENGTH,)), "length_units": "km", **loss}
    params |= object_of(fibre, (*FIBRE, REFERENCE))
    if fibre.dispersion_ps_per_nm_km is not None:
        params |= _by_frequency(
            fibre.dispersion_ps_per_nm_km,
            key=DISPERSION.key,
            profile_key="dispersion_per_frequency",
            scale=DISPERSION.scale,
        )
    if fibre.raman_gain is not None:
        params["raman_coefficient"] = json_from_raman_gain(fibre.raman_gain)
    if fibre.lumped_losses:
        params["lumped_losses"] = [object_of(lumped, LUMPED) for lumped in fibre.lumped_losses]
    pumping = {} if fibre.raman_pumping is None else _pumping(fibre.raman_pumping)
    return {**_typed(fibre.fibre_type_id), "params": params, **pumping}


def _pumping(pumping: RamanPumping) -> Json:
    pumps = [
        {
            **object_of(pump, PUMP),
            "propagation_direction": _DIRECTION_WORDS[pump.direction.value],
        }
        for pump in pumping.pumps
    ]
    return {"operational": {**object_of(pumping, (TEMPERATURE,)), "raman_pumps": pumps}}


def _settings(settings: AmplifierSettings) -> Json:
    return {"operational": object_of(settings, SETTINGS)}


def _multiband(amplifier: MultibandAmplifier) -> Json:
    bands = [
        {"type_variety": band.amplifier_type_id, **_settings(band.settings)}
        for band in amplifier.bands
    ]
    return {**_typed(amplifier.amplifier_type_id), "amplifiers": bands}


def _roadm(roadm: Roadm) -> Json:
    params: Json = object_of(roadm, ROADM)
    if roadm.target is not None:
        key, value = json_from_target(roadm.target)
        params[key] = value
    choice = object_of(roadm.amplifier_choice, CHOICE)
    if choice:
        params["restrictions"] = choice
    for key, value in _degree_targets(roadm.degree_targets).items():
        params[key] = value
    if roadm.degree_impairments:
        params["per_degree_impairments"] = [
            object_of(impairment, IMPAIRMENT) for impairment in roadm.degree_impairments
        ]
    params |= _design_bands(roadm.design_bands, roadm.degree_design_bands)
    typed = {} if roadm.roadm_type_id == "default" else _typed(roadm.roadm_type_id)
    return {**typed, **({"params": params} if params else {})}


def _degree_targets(targets: tuple[DegreeTarget, ...]) -> Mapping[str, Json]:
    found: dict[str, Json] = {}
    for degree in targets:
        key, value = json_from_target(degree.target)
        found.setdefault(_DEGREE_KEYS[key], {})[degree.degree_id] = value
    return found


def _design_bands(bands: tuple[DesignBand, ...], by_degree: tuple[DegreeDesignBands, ...]) -> Json:
    params: Json = {}
    if bands:
        params["design_bands"] = json_from_design_bands(bands)
    if by_degree:
        params["per_degree_design_bands"] = {
            degree.degree_id: json_from_design_bands(degree.bands) for degree in by_degree
        }
    return params


def _transceiver(transceiver: Transceiver) -> Json:
    params = _design_bands(transceiver.design_bands, transceiver.degree_design_bands)
    return {
        **_typed(transceiver.transceiver_type_id),
        **({"params": params} if params else {}),
    }
