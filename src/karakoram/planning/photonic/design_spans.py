"""What does light lose between two amplifiers, and which spans need padding?"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from karakoram.network.photonic.elements import (
    Amplifier,
    Element,
    Fibre,
    Fused,
    MultibandAmplifier,
    Roadm,
)
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.figures import REFERENCE_THZ, fibre_figures
from karakoram.network.photonic.spectral import SpectralProfile
from karakoram.planning.photonic.design_layout import AnyAmplifier, LaidSection
from karakoram.planning.photonic.design_records import DesignBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class PassiveRun:
    """The fibres and splices between two amplifiers, or between one and the end of the OMS."""

    elements: tuple[Fibre | Fused, ...]
    loss_db: float
    """At the reference frequency of each fibre, pumps off."""

    @property
    def is_pumped(self) -> bool:
        """Whether Raman pumps amplify in it."""
        return any(isinstance(e, Fibre) and e.raman_pumping for e in self.elements)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpannedSection:
    """One OMS as amplifiers and what lies between them."""

    laid: LaidSection
    """With its padding."""
    amplifiers: tuple[AnyAmplifier, ...]
    runs: tuple[PassiveRun, ...]
    """One more than amplifiers: before the first, between two, after the last."""

    @property
    def ends_at_roadm(self) -> bool:
        """Whether a ROADM follows the last run."""
        return isinstance(self.laid.end, Roadm)


def spanned(section: LaidSection, basis: DesignBasis) -> SpannedSection:
    """The section with its spans padded to the least loss, and cut into runs."""
    amplifiers: list[Amplifier | MultibandAmplifier] = []
    parts: list[list[Fibre | Fused]] = [[]]
    for element in section.elements:
        if isinstance(element, AnyAmplifier):
            amplifiers.append(element)
            parts.append([])
        else:
            assert isinstance(element, Fibre | Fused)
            parts[-1].append(element)
    runs = tuple(_run(part, basis) for part in parts)
    elements: list[Element] = [*runs[0].elements]
    for amplifier, run in zip(amplifiers, runs[1:], strict=True):
        elements += (amplifier, *run.elements)
    return SpannedSection(
        laid=replace(section, elements=tuple(elements)), amplifiers=tuple(amplifiers), runs=runs
    )


def _run(elements: list[Fibre | Fused], basis: DesignBasis) -> PassiveRun:
    """What lies between two amplifiers, padded if fibre begins and ends it."""
    loss_db = sum((loss_db_of(element, basis.library) for element in elements), start=0.0)
    run = PassiveRun(elements=tuple(elements), loss_db=loss_db)
    missing_db = basis.span.padding_db - loss_db
    if missing_db <= 0.0 or not elements or run.is_pumped:
        return run
    first, last = elements[0], elements[-1]
    if not (isinstance(first, Fibre) and isinstance(last, Fibre)):
        return run
    padded = replace(first, padding_db=first.padding_db + missing_db)
    return PassiveRun(elements=(padded, *elements[1:]), loss_db=basis.span.padding_db)


def loss_db_of(element: Fibre | Fused, library: PhotonicLibrary) -> float:
    """Loss of a fibre with its connectors, or of a splice, at the reference frequency [dB]."""
    if isinstance(element, Fused):
        return element.loss_db
    kind = library.fibre_types.get(element.fibre_type_id)
    loss = element.loss_db_per_km
    if isinstance(loss, SpectralProfile) or kind is None or kind.loss_ripple_db_per_km:
        loss = _at_reference(element, library)
    lost_db = loss * 1e-3 * (element.length_km * 1e3)
    around_db = (element.connector_in_db or 0.0) + (element.connector_out_db or 0.0)
    lumped_db = sum((lumped.loss_db for lumped in element.lumped_losses), start=0.0)
    return lost_db + around_db + element.padding_db + lumped_db


def _at_reference(fibre: Fibre, library: PhotonicLibrary) -> float:
    """Loss by length at the fibre's reference frequency [dB/km]."""
    figures = fibre_figures(fibre, library)
    loss = figures.loss_db_per_km
    if not isinstance(loss, SpectralProfile):
        return loss
    at_thz = figures.reference_frequency_thz or REFERENCE_THZ
    return float(np.interp(at_thz, loss.frequencies_thz, loss.values))


def directly_joined(section: LaidSection) -> bool:
    """Whether two fibres follow each other without amplifier or splice."""
    return any(
        isinstance(one, Fibre) and isinstance(two, Fibre) for one, two in pairwise(section.elements)
    )
