"""What does light suffer in the ROADM between one OMS and the next, on every way that is asked?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from karakoram.core.arrays import read_only
from karakoram.core.errors import InvalidDataError
from karakoram.engines.optics.amplifier_types import ChannelColumns
from karakoram.engines.optics.roadm import equalised
from karakoram.engines.optics.roadm_path import (
    RoadmBand,
    RoadmImpairments,
    roadm_impairments,
    stacked_impairments,
)
from karakoram.engines.optics.shares import pure_signal
from karakoram.network.photonic.elements import Roadm
from karakoram.network.photonic.equipment import PhotonicLibrary, RoadmPath
from karakoram.network.photonic.figures import roadm_figures
from karakoram.network.photonic.spectral import ElementId
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.roadm_columns import (
    equalisation,
    roadm_bands,
    uncovered_findings,
)

TARGET_MISSED = 1e-9
"""Part of the target by which power may miss it and still count as met: rounding."""

_COLUMNS = (
    "power_w",
    "log_noise",
    "inverse_osnr",
    "dispersion_s_per_m",
    "pmd_square_s2",
    "pdl_square_db2",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transit:
    """A way through a ROADM."""

    roadm: Roadm
    before_id: ElementId
    """Element that stands before the ROADM."""
    after_id: ElementId
    """Element that follows it."""
    way: RoadmPath


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TransitColumns:
    """What ways through ROADMs add, each at the power that arrives."""

    power_w: Float[np.ndarray, "transit channel"]
    """Behind the ROADM."""
    log_noise: Float[np.ndarray, "transit channel"]
    """x = ln(1 + 1/GSNR) of amplifiers inside the ROADM."""
    inverse_osnr: Float[np.ndarray, "transit channel"]
    """1/OSNR in 0.1 nm, added at the receiver."""
    dispersion_s_per_m: Float[np.ndarray, "transit channel"]
    pmd_square_s2: Float[np.ndarray, "transit channel"]
    pdl_square_db2: Float[np.ndarray, "transit channel"]
    meets_target: Bool[np.ndarray, " transit"]
    """Whether every channel has power enough to be levelled to the target."""

    def __post_init__(self) -> None:
        for name in _COLUMNS:
            object.__setattr__(self, name, read_only(getattr(self, name)))


def transit_columns(
    transits: Sequence[Transit],
    *,
    library: PhotonicLibrary,
    lit: LitChannels,
    arriving_w: Float[np.ndarray, "transit channel"],
) -> TransitColumns:
    """What each way through a ROADM does to the channels, all ways at once.

    Parameters
    ----------
    transits
        At least one.
    library, lit
        Equipment and channels.
    arriving_w
        Total channel power before each ROADM [W].

    Raises
    ------
    InvalidDataError
        Where a way is not specified for some channel.
    """
    channels = lit.columns
    impairments = _impairments(transits, library=library, lit=lit)
    target_w = _target_power_w(transits, library=library, channels=channels) * lit.launch_offset
    power_w, shares = equalised(
        arriving_w,
        pure_signal(arriving_w.shape),
        target_w=target_w,
        impairments=impairments,
        channels=channels,
    )
    return TransitColumns(
        power_w=power_w,
        log_noise=shares.log_noise,
        inverse_osnr=1.0 / impairments.osnr,
        dispersion_s_per_m=impairments.dispersion_s_per_m,
        pmd_square_s2=impairments.pmd_s**2,
        pdl_square_db2=impairments.pdl_db**2,
        meets_target=(power_w >= target_w * (1.0 - TARGET_MISSED)).all(axis=1),
    )


def _target_power_w(
    transits: Sequence[Transit], *, library: PhotonicLibrary, channels: ChannelColumns
) -> Float[np.ndarray, "transit channel"]:
    """What each way is levelled to [W], offsets of channels apart; a degree is asked once."""
    known: dict[tuple[ElementId, ElementId], Float[np.ndarray, " channel"]] = {}
    for one in transits:
        degree = one.roadm.element_id, one.after_id
        if degree not in known:
            target = roadm_figures(one.roadm, library).target_of(one.after_id)
            known[degree] = equalisation(target).target_power_w(channels)
    return np.stack([known[one.roadm.element_id, one.after_id] for one in transits])


def _impairments(
    transits: Sequence[Transit], *, library: PhotonicLibrary, lit: LitChannels
) -> RoadmImpairments:
    """Impairments of each way; of ways that state the same they are read once."""
    asked: dict[tuple[object, ...], RoadmImpairments] = {}
    known: dict[tuple[RoadmBand, ...], RoadmImpairments] = {}
    rows = []
    for one in transits:
        degrees = (one.before_id, one.after_id)
        # Degrees matter only to ROADMs that name impairments for them.
        key = one.roadm.element_id, one.way, degrees if one.roadm.degree_impairments else None
        if key not in asked:
            bands = roadm_bands(one.roadm, library, degrees=degrees, path=one.way)
            if bands not in known:
                findings = uncovered_findings(one.roadm, bands, lit.frequency_hz)
                if findings:
                    raise InvalidDataError(findings)
                known[bands] = roadm_impairments(bands, lit.frequency_hz)
            asked[key] = known[bands]
        rows.append(asked[key])
    return stacked_impairments(rows)
