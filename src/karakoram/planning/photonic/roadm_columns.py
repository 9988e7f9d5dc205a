"""What do the records of a ROADM mean in the units of the engines?"""

import numpy as np
from jaxtyping import Float

from karakoram.core.findings import Finding, Place
from karakoram.core.units import hz_from_thz, linear_from_db, watt_from_dbm
from karakoram.engines.optics.chain import RoadmPassage
from karakoram.engines.optics.roadm import (
    ConstantPower,
    ConstantSignalDensity,
    ConstantSlotDensity,
    Equalisation,
)
from karakoram.engines.optics.roadm_path import (
    RoadmBand,
    add_or_drop_osnr,
    roadm_impairments,
    stacked_impairments,
)
from karakoram.network.photonic.elements import Roadm
from karakoram.network.photonic.equipment import PhotonicLibrary, RoadmImpairment, RoadmPath
from karakoram.network.photonic.figures import roadm_figures
from karakoram.network.photonic.spectral import (
    ChannelPowerTarget,
    ElementId,
    PowerTarget,
    SlotDensityTarget,
    SymbolDensityTarget,
)
from karakoram.planning.photonic.lit_channels import LitChannels

_W_PER_HZ_FROM_MW_PER_GHZ = 1e-12
_S_PER_PS = 1e-12
_S_PER_M_FROM_PS_PER_NM = 1e-3


def equalisation(target: PowerTarget) -> Equalisation:
    """To what a degree levels its channels, in SI units."""
    match target:
        case ChannelPowerTarget(power_dbm=power_dbm):
            return ConstantPower(power_w=watt_from_dbm(power_dbm))
        case SymbolDensityTarget(density_mw_per_ghz=density):
            return ConstantSignalDensity(density_w_per_hz=density * _W_PER_HZ_FROM_MW_PER_GHZ)
        case SlotDensityTarget(density_mw_per_ghz=density):
            return ConstantSlotDensity(density_w_per_hz=density * _W_PER_HZ_FROM_MW_PER_GHZ)


def roadm_bands(
    roadm: Roadm,
    library: PhotonicLibrary,
    *,
    degrees: tuple[ElementId, ElementId],
    path: RoadmPath,
) -> tuple[RoadmBand, ...]:
    """Impairments of the way between two degrees: named for them, of the type, or the plain ones.

    Parameters
    ----------
    roadm, library
        The ROADM, and the equipment with its type.
    degrees
        Element before and element behind.
    path
        Which way it is.
    """
    impairments = library.roadm_types[roadm.roadm_type_id].impairments
    named = {
        (one.from_degree_id, one.to_degree_id): one.impairment_id
        for one in roadm.degree_impairments
    }
    wanted = named.get(degrees)
    for one in impairments:
        if one.impairment_id == wanted or (wanted is None and one.path is path):
            return tuple(_band(band) for band in one.bands)
    figures = roadm_figures(roadm, library)
    both = linear_from_db(figures.add_drop_osnr_db)
    return (
        RoadmBand(
            pmd_s=figures.pmd_ps * _S_PER_PS,
            pdl_db=figures.pdl_db,
            osnr=None if path is RoadmPath.EXPRESS else add_or_drop_osnr(both),
        ),
    )


def _band(stated: RoadmImpairment) -> RoadmBand:
    """One band; a noise figure counts only where no OSNR says the same of the same amplifier."""
    figure_db = stated.noise_figure_db if stated.osnr_db is None else None
    edges = {}
    if stated.band is not None:
        edges = {
            "f_min_hz": hz_from_thz(stated.band.lower_thz),
            "f_max_hz": hz_from_thz(stated.band.upper_thz),
        }
    return RoadmBand(
        **edges,
        insertion_loss=None if stated.loss_db_max is None else linear_from_db(stated.loss_db_max),
        noise_factor=None if figure_db is None else linear_from_db(figure_db),
        osnr=None if stated.osnr_db is None else linear_from_db(stated.osnr_db),
        pmd_s=None if stated.pmd_ps is None else stated.pmd_ps * _S_PER_PS,
        pdl_db=stated.pdl_db,
        dispersion_s_per_m=(
            None if stated.cd_ps_per_nm is None else stated.cd_ps_per_nm * _S_PER_M_FROM_PS_PER_NM
        ),
    )


def roadm_passage(
    bands: tuple[RoadmBand, ...], target: PowerTarget, lit: LitChannels
) -> RoadmPassage:
    """The way through a ROADM on one of its paths.

    Raises
    ------
    ValueError
        Where the path is not specified for a channel; says for which.
    """
    channels = lit.columns
    return RoadmPassage(
        channels=channels,
        target_w=equalisation(target).target_power_w(channels) * lit.launch_offset,
        impairments=stacked_impairments([roadm_impairments(bands, lit.frequency_hz)]),
    )


def uncovered_findings(
    roadm: Roadm, bands: tuple[RoadmBand, ...], frequency_hz: Float[np.ndarray, " channel"]
) -> tuple[Finding, ...]:
    """Light for which the way through a ROADM is not specified."""
    inside = np.zeros(frequency_hz.shape, dtype=np.bool_)
    for band in bands:
        inside |= (frequency_hz >= band.f_min_hz) & (frequency_hz <= band.f_max_hz)
    if inside.all():
        return ()
    return (
        Finding(
            code="impairment-too-narrow",
            place=Place(table="elements", record=roadm.element_id, field="degree_impairments"),
            message=f"its impairments are not stated for {int((~inside).sum())} channels, the "
            f"first at {frequency_hz[~inside][0] / 1e12:.4f} THz; widen their bands",
        ),
    )
