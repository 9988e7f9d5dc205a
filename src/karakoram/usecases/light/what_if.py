"""What does a new wavelength, or one that goes, do to those already sold?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from karakoram.core.cells import did_you_mean
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.provenance import Assumption
from karakoram.network.photonic.load import NetworkLoad, WavelengthId, WavelengthOrder
from karakoram.planning.photonic.load_light import (
    LoadedPlant,
    LoadLight,
    WavelengthChange,
    load_light,
    relit,
    wavelength_changes,
)
from karakoram.planning.photonic.load_orders import lit_orders
from karakoram.usecases.light.photonic_ports import PhotonicMaterial, PhotonicSource
from karakoram.usecases.light.ready_photonics import findings_located, ready_photonics
from karakoram.usecases.ports import Progress, silent
from karakoram.usecases.words import question_finding

OrderReader = Callable[[], Iterable[tuple[WavelengthOrder, Place]]]
"""Gives wavelengths that somebody wrote down, and where, or refuses them with every finding."""


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
    nonlinear_model: str | None = None
    """Word for a model of interference instead of that of the files."""


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
    assumptions: tuple[Assumption, ...]
    """Figures that the files leave out, and what counts instead."""


def what_if(
    question: WhatIfQuestion, *, photonics: PhotonicSource, progress: Progress = silent
) -> WhatIfAnswer:
    """What a change of the load does to every wavelength; drops come before what is lit.

    Raises
    ------
    InvalidDataError
        If the files break a rule, a wavelength cannot be lit, or one to drop is not lit; with the
        findings about what is lit, what is to be dropped and what is to be lit.
    """
    ready = ready_photonics(
        photonics,
        is_designed=question.is_designed,
        scatters=question.scatters,
        nonlinear_model=question.nonlinear_model,
        progress=progress,
    )
    plant = LoadedPlant(network=ready.network, library=ready.library, method=ready.method)
    old, new = _read(question.lit), _read(question.lighting)
    lit, wrong_old = _lit(plant, old, onto=None)
    load, wrong_drops = _dropped(lit, question.dropping, is_known=not wrong_old)
    changed, wrong_new = _lit(plant, new, onto=load)
    if wrong_old or wrong_drops or wrong_new:
        raise InvalidDataError((*wrong_old, *wrong_drops, *wrong_new))
    progress("Lighting what is sold")
    with findings_located(_lit_by(ready.material, old)):
        before = load_light(plant, lit)
    progress("Lighting what changes")
    with findings_located(_lit_by(ready.material, new)):
        after = relit(plant, before, changed)
    return WhatIfAnswer(
        before=before,
        after=after,
        lit_ids=tuple(order.wavelength_id for order, _ in new.orders),
        dropped_ids=question.dropping,
        changes=wavelength_changes(before, after),
        warnings=ready.warnings,
        assumptions=ready.material.assumptions,
    )


def _dropped(
    lit: NetworkLoad, wavelength_ids: Iterable[WavelengthId], *, is_known: bool
) -> tuple[NetworkLoad, tuple[Finding, ...]]:
    """The load without the wavelengths, and a finding for each that is not lit.

    Where ``is_known`` is False some rows of what is lit are in error, and one of them may be meant.
    """
    load, findings = lit, []
    for wavelength_id in wavelength_ids:
        if wavelength_id in load.wavelengths:
            load = load.dropped(wavelength_id)
        elif wavelength_id in lit.wavelengths:
            message = f"{wavelength_id!r} is named twice; drop a wavelength once"
            findings.append(question_finding("drop", message))
        elif is_known:
            hint = did_you_mean(wavelength_id, lit.wavelengths)
            message = f"no wavelength {wavelength_id!r} is lit; name one of --load{hint}"
            findings.append(question_finding("drop", message))
    return load, tuple(findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """Wavelengths as a reader gave them, or why it gave none."""

    orders: tuple[tuple[WavelengthOrder, Place], ...] = ()
    findings: tuple[Finding, ...] = ()


def _read(reader: OrderReader | None) -> _Written:
    if reader is None:
        return _Written()
    try:
        return _Written(orders=tuple(reader()))
    except InvalidDataError as refusal:
        return _Written(findings=refusal.findings)


def _lit_by(given: PhotonicMaterial, written: _Written) -> PhotonicMaterial:
    """The material, its channels those that somebody wrote down."""
    places = [place for _, place in written.orders]
    if not places:
        return given
    channels = Place(table=places[0].table, file=places[0].file, field="n")
    return replace(given, places={**given.places, "spectrum": channels})


def _lit(
    plant: LoadedPlant, written: _Written, *, onto: NetworkLoad | None
) -> tuple[NetworkLoad, tuple[Finding, ...]]:
    load, findings = lit_orders(
        plant,
        [order for order, _ in written.orders],
        onto=onto,
        places={order.wavelength_id: place for order, place in written.orders},
    )
    return load, (*written.findings, *findings)
