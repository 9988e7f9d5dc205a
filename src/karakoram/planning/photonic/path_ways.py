"""What stands on a path, and what of it keeps light from running?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.units import hz_from_thz
from karakoram.engines.optics.method import PropagationMethod, RamanModel
from karakoram.engines.optics.roadm_path import RoadmBand
from karakoram.network.photonic.elements import Element, Fibre, Roadm
from karakoram.network.photonic.equipment import PhotonicLibrary, RoadmPath
from karakoram.network.photonic.figures import FibreFigures, fibre_figures
from karakoram.network.photonic.spectral import ElementId
from karakoram.planning.photonic.design_spans import loss_db_of
from karakoram.planning.photonic.fibre_columns import glass, profile_findings
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.path_bands import amplifiers_in
from karakoram.planning.photonic.roadm_columns import roadm_bands, uncovered_findings

_LOSS_DB_MAX = 200.0
"""Beyond it less than a photon a second is left of 10 W; no amplifier finds it again."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LitPath:
    """A path and the light that is to run along it."""

    library: PhotonicLibrary
    path: tuple[ElementId, ...]
    elements: tuple[Element, ...]
    """As the path, both ends included."""
    lit: LitChannels
    method: PropagationMethod

    def roadm_bands(self, place: int) -> tuple[RoadmBand, ...]:
        """Impairments of the way through the ROADM that is the element number ``place``."""
        roadm = self.elements[place]
        assert isinstance(roadm, Roadm), "only ROADMs have degrees"
        return roadm_bands(
            roadm,
            self.library,
            degrees=(self.path[place - 1], self.path[place + 1]),
            path=self._way_through(place),
        )

    def _way_through(self, place: int) -> RoadmPath:
        """Add behind the first element, drop before the last, else express."""
        if place == 1:
            return RoadmPath.ADD
        return RoadmPath.DROP if place == len(self.path) - 2 else RoadmPath.EXPRESS


def light_findings(light: LitPath) -> tuple[Finding, ...]:
    """Everything between the ends of the path that the channels cannot pass."""
    findings: list[Finding] = []
    for place, element in enumerate(light.elements[1:-1], start=1):
        if isinstance(element, Fibre):
            findings += _fibre_findings(light, element)
        elif isinstance(element, Roadm):
            bands = light.roadm_bands(place)
            findings += uncovered_findings(element, bands, light.lit.frequency_hz)
    return tuple(findings)


def _fibre_findings(light: LitPath, fibre: Fibre) -> Iterator[Finding]:
    figures = fibre_figures(fibre, light.library)
    lossy_hz = light.lit.frequency_hz
    if figures.raman_pumping is not None:
        pumps = [hz_from_thz(pump.frequency_thz) for pump in figures.raman_pumping.pumps]
        lossy_hz = np.concatenate([lossy_hz, np.array(pumps)])
        if light.method.raman is RamanModel.NONE:
            yield _finding(
                "pumps-without-scattering",
                fibre,
                field="raman_pumping",
                message="it is pumped, but Raman scattering is left out; let it be computed",
            )
    waves_hz = {
        "loss_db_per_km": lossy_hz,
        "dispersion_ps_per_nm_km": light.lit.frequency_hz,
    }
    if (lost_db := loss_db_of(fibre, light.library)) > _LOSS_DB_MAX:
        yield _finding(
            "fibre-too-lossy",
            fibre,
            field="loss_db_per_km",
            message=f"it loses {lost_db:.0f} dB, and no light is left behind more than "
            f"{_LOSS_DB_MAX:.0f} dB; lose less",
        )
    narrow = profile_findings(fibre, figures, waves_hz=waves_hz)
    yield from narrow
    if not narrow and not _disperses(figures, light.lit):
        yield _finding(
            "no-dispersion",
            fibre,
            field="dispersion_ps_per_nm_km",
            message="its dispersion vanishes within the channels, where no model of interference "
            "holds; light other channels, or state another fibre",
        )


def _disperses(figures: FibreFigures, lit: LitChannels) -> bool:
    beta2 = glass(figures, lit.frequency_hz).fibre_type.beta2_s2_per_m(lit.frequency_hz)
    return bool((beta2 > 0.0).all() or (beta2 < 0.0).all())


def _finding(code: str, fibre: Fibre, *, field: str, message: str) -> Finding:
    place = Place(table="elements", record=fibre.element_id, field=field)
    return Finding(code=code, place=place, message=message)


def tilt_warnings(light: LitPath) -> tuple[Finding, ...]:
    """Amplifiers that are tilted though their type does not say how gain tilts."""
    types = light.library.amplifier_types
    return tuple(
        Finding(
            code="tilt-assumed-straight",
            place=Place(table="elements", record=element.element_id, field="settings.tilt_db"),
            message=f"its type {type_id!r} states no dynamic gain tilt; the tilt of "
            f"{settings.tilt_db:g} dB is taken as straight over frequency",
            severity=Severity.WARNING,
        )
        for element in light.elements
        for type_id, settings in amplifiers_in(element)
        if settings.tilt_db and not types[type_id].dynamic_gain_tilt
    )
