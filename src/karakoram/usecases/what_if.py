"""What does a new wavelength, or one that goes, do to those already sold?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from karakoram.core.findings import Finding
from karakoram.network.photonic.load import WavelengthId, WavelengthOrder
from karakoram.planning.photonic.load_light import (
    LoadedPlant,
    LoadLight,
    WavelengthChange,
    load_light,
    relit,
    wavelength_changes,
)
from karakoram.planning.photonic.load_orders import network_load
from karakoram.usecases.photonic_ports import PhotonicSource
from karakoram.usecases.ports import Progress, silent
from karakoram.usecases.ready_photonics import ready_photonics

OrderReader = Callable[[], Iterable[WavelengthOrder]]
"""Gives wavelengths that somebody wrote down, or refuses them with every finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfQuestion:
    """What is lit, and what is to change."""

    lit: OrderReader
    lighting: OrderReader | None = None
    """Wavelengths to light; None: none."""
    dropping: tuple[WavelengthId, ...] = ()
    is_designed: bool = True
    """Whether amplifiers are placed and set first where the network leaves it open."""
    scatters: bool = True
    """Whether stimulated Raman scattering may be computed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WhatIfAnswer:
    """Light before and after."""

    before: LoadLight
    after: LoadLight
    lit_ids: tuple[WavelengthId, ...]
    dropped_ids: tuple[WavelengthId, ...]
    changes: tuple[WavelengthChange, ...]
    """Of wavelengths lit before and after; who loses most comes first."""
    warnings: tuple[Finding, ...]


def what_if(
    question: WhatIfQuestion, *, photonics: PhotonicSource, progress: Progress = silent
) -> WhatIfAnswer:
    """What a change of the load does to every wavelength; drops come before what is lit.

    Raises
    ------
    InvalidDataError
        If the files break a rule, or a wavelength cannot be lit.
    NotFoundError
        If a wavelength to drop is not lit.
    """
    ready = ready_photonics(
        photonics,
        is_designed=question.is_designed,
        scatters=question.scatters,
        progress=progress,
    )
    plant = LoadedPlant(network=ready.network, library=ready.library, method=ready.method)
    progress("Lighting what is sold")
    before = load_light(plant, network_load(plant, question.lit()))
    load = before.load
    for wavelength_id in question.dropping:
        load = load.dropped(wavelength_id)
    new = () if question.lighting is None else tuple(question.lighting())
    progress("Lighting what changes")
    after = relit(plant, before, network_load(plant, new, onto=load))
    return WhatIfAnswer(
        before=before,
        after=after,
        lit_ids=tuple(order.wavelength_id for order in new),
        dropped_ids=question.dropping,
        changes=wavelength_changes(before, after),
        warnings=ready.warnings,
    )
