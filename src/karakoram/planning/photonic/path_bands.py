"""Which amplifiers stand on a path, can they exist, and which channels do they all pass?"""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Bool

from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import AmplifierTypeId
from karakoram.engines.optics import amplifier_types as engine
from karakoram.network.photonic.elements import (
    Amplifier,
    AmplifierSettings,
    Element,
    MultibandAmplifier,
)
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.planning.photonic.amplifier_columns import amplifier_type
from karakoram.planning.photonic.lit_channels import LitChannels

AmplifierKinds = Mapping[AmplifierTypeId, engine.AmplifierType]
"""Types in linear units by identifier."""


def amplifiers_in(element: Element) -> tuple[tuple[AmplifierTypeId, AmplifierSettings], ...]:
    """Type and settings of each amplifier in an element; none in what is no amplifier."""
    match element:
        case Amplifier(amplifier_type_id=type_id, settings=settings) if type_id is not None:
            return ((type_id, settings),)
        case MultibandAmplifier(bands=bands):
            return tuple((band.amplifier_type_id, band.settings) for band in bands)
        case _:
            return ()


def amplifier_kinds(
    elements: Sequence[Element], library: PhotonicLibrary
) -> tuple[AmplifierKinds, tuple[Finding, ...]]:
    """The types of all amplifiers in linear units, and a finding on each that cannot exist."""
    kinds: dict[AmplifierTypeId, engine.AmplifierType] = {}
    refused: dict[AmplifierTypeId, Finding] = {}
    for element in elements:
        for type_id, _ in amplifiers_in(element):
            if type_id in kinds or type_id in refused:
                continue
            try:
                kinds[type_id] = amplifier_type(library.amplifier_types[type_id], library)
            except ValueError as refusal:
                refused[type_id] = _finding(
                    "impossible-amplifier",
                    element,
                    f"no amplifier like {type_id!r} can exist: {refusal}; correct the type",
                )
    return kinds, tuple(refused.values())


def passed(
    elements: Sequence[Element], kinds: AmplifierKinds, lit: LitChannels
) -> Bool[np.ndarray, " channel"]:
    """Which channels all amplifiers pass with their whole slot."""
    columns = lit.columns
    through = np.ones(lit.frequency_hz.shape, dtype=np.bool_)
    for element in elements:
        bands = [kinds[type_id] for type_id, _ in amplifiers_in(element)]
        if bands:
            within = [columns.within(band.f_min_hz, band.f_max_hz) for band in bands]
            through &= np.any(within, axis=0)
    return through


def no_channel_finding(
    elements: Sequence[Element], kinds: AmplifierKinds, lit: LitChannels
) -> Finding:
    """About the first amplifier behind which no channel is left."""
    reached = range(1, len(elements) + 1)
    last = next(count for count in reached if not passed(elements[:count], kinds, lit).any())
    first_thz, last_thz = lit.frequency_hz[0] / 1e12, lit.frequency_hz[-1] / 1e12
    name = elements[last - 1].element_id
    return Finding(
        code="no-light-in-band",
        place=Place(table="spectrum"),
        message=f"none of the channels from {first_thz:.4f} to {last_thz:.4f} THz passes "
        f"amplifier {name!r} and those before it; light others",
    )


def _finding(code: str, element: Element, message: str) -> Finding:
    place = Place(table="elements", record=element.element_id, field="amplifier_type_id")
    return Finding(code=code, place=place, message=message)
