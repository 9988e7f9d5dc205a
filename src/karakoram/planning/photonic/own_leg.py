"""What does a leg of one's own need where it begins, and do its figures hold whatever comes in?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.units import db_from_linear, dbm_from_watt
from karakoram.network.photonic.elements import Roadm
from karakoram.network.photonic.equipment import PhotonicLibrary, RoadmPath
from karakoram.network.photonic.figures import roadm_figures
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.propagation_records import PathPropagation
from karakoram.planning.photonic.roadm_columns import equalisation, roadm_bands

_ROUNDING_DB = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class LegStart:
    """Where a computed leg begins."""

    needed_dbm: float
    """That every channel must bring, so that the leg is what it was computed to be."""
    warnings: tuple[Finding, ...]


def leg_start(
    network: PhotonicNetwork,
    library: PhotonicLibrary,
    *,
    light: PathPropagation,
    lit: LitChannels,
) -> LegStart:
    """What a leg needs where it begins.

    A ROADM that levels its channels needs their target and its own loss; a path that begins with
    anything else is what it is for the powers that it was computed with only.

    Parameters
    ----------
    network, library
        What the leg is part of.
    light, lit
        The leg, and its channels.
    """
    path = light.path
    first = network.elements[path[1]]
    if not isinstance(first, Roadm):
        sent_dbm = dbm_from_watt(lit.power_w)
        return LegStart(
            needed_dbm=float(sent_dbm.max()),
            warnings=(
                _warning(
                    path[1],
                    "begins-without-roadm",
                    "is no ROADM, so nothing levels what comes in; the leg's figures hold for the "
                    "powers it was computed with, and no others",
                ),
            ),
        )
    target = roadm_figures(first, library).target_of(path[2])
    target_dbm = dbm_from_watt(equalisation(target).target_power_w(lit.columns) * lit.launch_offset)
    short_db = float((target_dbm - light.elements[1].channels.power_dbm).max())
    warnings: tuple[Finding, ...] = ()
    if short_db > _ROUNDING_DB:
        message = (
            f"its channels leave up to {short_db:.2f} dB below their target, for the transmitter "
            "is too weak; told figures hold for light as weak as that"
        )
        warnings = (_warning(path[1], "below-target", message),)
    return LegStart(
        needed_dbm=float(target_dbm.max()) + _express_loss_db(first, library, path),
        warnings=warnings,
    )


def _express_loss_db(roadm: Roadm, library: PhotonicLibrary, path: Sequence[ElementId]) -> float:
    """Light of a partner passes from degree to degree."""
    bands = roadm_bands(roadm, library, degrees=(path[0], path[2]), path=RoadmPath.EXPRESS)
    losses = np.array([band.insertion_loss or 1.0 for band in bands])
    return float(db_from_linear(losses).max())


def _warning(element_id: ElementId, code: str, message: str) -> Finding:
    place = Place(table="elements", record=element_id)
    return Finding(code=code, place=place, message=message, severity=Severity.WARNING)
