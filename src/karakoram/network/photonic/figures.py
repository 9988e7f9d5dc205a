"""Which figures hold for an element, when its type and the design figures have had their say?

What an element states itself goes before its type, and its type before the design figures.
"""

from dataclasses import dataclass
from typing import TypeVar

from karakoram.core.identifiers import AmplifierTypeId
from karakoram.network.photonic.elements import Fibre, LumpedLoss, RamanPumping, Roadm
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.spectral import (
    ElementId,
    PowerTarget,
    RamanGainProfile,
    SpectralProfile,
)

T = TypeVar("T")

REFERENCE_THZ = 299_792.458 / 1_550.0
"""Light of 1550 nm, where fibres are specified (ITU-T G.652)."""

STANDARD_AREA_UM2 = 83.0
"""Effective area of standard single-mode fibre, where neither area nor gamma is stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FibreFigures:
    """Everything that light needs to know of one fibre."""

    length_km: float
    loss_db_per_km: float | SpectralProfile
    connector_in_db: float
    connector_out_db: float
    """Without what end of life adds."""
    padding_db: float
    lumped_losses: tuple[LumpedLoss, ...]
    dispersion_ps_per_nm_km: float | SpectralProfile
    dispersion_slope_ps_per_nm2_km: float | None
    """``None`` is that of constant group-velocity dispersion."""
    reference_frequency_thz: float
    effective_area_um2: float | None
    """``None`` follows from gamma."""
    gamma_per_w_km: float | None
    """``None`` follows from the effective area."""
    pmd_ps_per_sqrt_km: float
    raman_gain: RamanGainProfile | None
    """``None`` is the profile of standard silica fibre."""
    raman_pumping: RamanPumping | None


def fibre_figures(fibre: Fibre, library: PhotonicLibrary) -> FibreFigures:
    """The figures of a fibre of a sound network.

    Parameters
    ----------
    fibre
        Of a network in which ``validate`` finds no error.
    library
        With its type, and the design figures named ``default``.
    """
    types = library.raman_fibre_types if fibre.raman_pumping else library.fibre_types
    kind, design = types[fibre.fibre_type_id], library.spans["default"]
    dispersion = fibre.dispersion_ps_per_nm_km
    if dispersion is None:
        dispersion = kind.dispersion_ps_per_nm_km
    assert dispersion is not None, f"validate() finds that {fibre.element_id} has no dispersion"
    area = _first(fibre.effective_area_um2, kind.effective_area_um2)
    gamma = _first(fibre.gamma_per_w_km, kind.gamma_per_w_km)
    reference = _first(fibre.reference_frequency_thz, kind.reference_frequency_thz)
    pmd, raman = fibre.pmd_ps_per_sqrt_km, fibre.raman_gain
    connectors = fibre.connector_in_db, fibre.connector_out_db
    return FibreFigures(
        length_km=fibre.length_km,
        loss_db_per_km=_rippled(fibre.loss_db_per_km, kind.loss_ripple_db_per_km),
        connector_in_db=design.connector_in_db if connectors[0] is None else connectors[0],
        connector_out_db=design.connector_out_db if connectors[1] is None else connectors[1],
        padding_db=fibre.padding_db,
        lumped_losses=fibre.lumped_losses,
        dispersion_ps_per_nm_km=dispersion,
        dispersion_slope_ps_per_nm2_km=fibre.dispersion_slope_ps_per_nm2_km,
        reference_frequency_thz=REFERENCE_THZ if reference is None else reference,
        effective_area_um2=STANDARD_AREA_UM2 if area is None and gamma is None else area,
        gamma_per_w_km=gamma,
        pmd_ps_per_sqrt_km=kind.pmd_ps_per_sqrt_km if pmd is None else pmd,
        raman_gain=kind.raman_gain if raman is None else raman,
        raman_pumping=fibre.raman_pumping,
    )


def _first(stated: T | None, otherwise: T | None) -> T | None:
    return otherwise if stated is None else stated


def _rippled(
    loss: float | SpectralProfile, ripple: SpectralProfile | None
) -> float | SpectralProfile:
    """The loss with the ripple of its type; a profile has its own."""
    if ripple is None or isinstance(loss, SpectralProfile):
        return loss
    values = tuple(loss + value for value in ripple.values)
    return SpectralProfile(frequencies_thz=ripple.frequencies_thz, values=values)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmFigures:
    """Everything that light needs to know of one ROADM, impairments by degree apart."""

    target: PowerTarget
    """Of a degree that states none."""
    add_drop_osnr_db: float
    pmd_ps: float
    pdl_db: float
    preamplifier_type_ids: tuple[AmplifierTypeId, ...]
    """Empty for any."""
    booster_type_ids: tuple[AmplifierTypeId, ...]
    """Empty for any."""

    targets: tuple[tuple[ElementId, PowerTarget], ...]
    """By degree, where one is stated."""

    def target_of(self, degree_id: ElementId) -> PowerTarget:
        """To what a degree levels its channels."""
        return dict(self.targets).get(degree_id, self.target)


def roadm_figures(roadm: Roadm, library: PhotonicLibrary) -> RoadmFigures:
    """The figures of a ROADM of a sound network."""
    kind, choice = library.roadm_types[roadm.roadm_type_id], roadm.amplifier_choice
    osnr, pmd, pdl = roadm.add_drop_osnr_db, roadm.pmd_ps, roadm.pdl_db
    before, after = choice.preamplifier_type_ids, choice.booster_type_ids
    return RoadmFigures(
        target=roadm.target or kind.target,
        add_drop_osnr_db=kind.add_drop_osnr_db if osnr is None else osnr,
        pmd_ps=kind.pmd_ps if pmd is None else pmd,
        pdl_db=kind.pdl_db if pdl is None else pdl,
        preamplifier_type_ids=kind.preamplifier_type_ids if before is None else before,
        booster_type_ids=kind.booster_type_ids if after is None else after,
        targets=tuple((degree.degree_id, degree.target) for degree in roadm.degree_targets),
    )
