"""What do the fibre sections of a line look like as arrays, the only form engines see?

Engineering units become SI here, and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.core.units import (
    linear_from_db,
    m2_from_um2,
    m_from_km,
    per_m_from_db_per_km,
    s_per_m2_from_ps_per_nm_km,
    s_per_m3_from_ps_per_nm2_km,
    s_per_sqrt_m_from_ps_per_sqrt_km,
)
from karakoram.network.network import Network
from karakoram.network.sections import FibrePiece, Oms
from karakoram.refdata.equipment import FibreType


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OtsColumns:
    """Amplified sections in travel order, in SI linear units; row i is the i-th OTS crossed."""

    length_m: Float[np.ndarray, " section"]
    """Glass metres."""
    attenuation_per_m: Float[np.ndarray, " section"]
    """Power attenuation coefficient, the loss of all pieces over the length of all."""
    connector_loss: Float[np.ndarray, " section"]
    """At each end, input over output power [1]."""
    dispersion_s_per_m2: Float[np.ndarray, " section"]
    dispersion_slope_s_per_m3: Float[np.ndarray, " section"]
    effective_area_m2: Float[np.ndarray, " section"]
    pmd_s_per_sqrt_m: Float[np.ndarray, " section"]


def ots_columns(network: Network, oms: Oms) -> OtsColumns:
    """The sections of a line on land; loss is exact, other figures those of the longest piece.

    Parameters
    ----------
    network
        For the spans, their fibre types and the connector loss of the design rules.
    oms
        A line on land, in travel order.

    Returns
    -------
    Columns in SI linear units, one row for each OTS.
    """
    return _columns(network, [section.pieces for section in oms.ots])


def repeater_span_columns(network: Network, oms: Oms) -> tuple[OtsColumns, int]:
    """One repeater span of a submarine line, and how many equal ones make the line.

    The fewest equal spans that are no longer than the system's repeater spacing; fibre is spliced
    to repeaters, so there are no connectors.

        count = max(1, ceil(length / spacing))

    Parameters
    ----------
    network
        For the submarine system, the spans and their fibre types.
    oms
        A submarine line, in travel order.

    Returns
    -------
    Columns of one row in SI linear units, and the number of spans [1].
    """
    assert oms.submarine_cable_id is not None
    spacing_km = network.submarine_systems[oms.submarine_cable_id].repeater_spacing_km
    count = max(1, ceil(oms.length_km / spacing_km))
    pieces = [
        FibrePiece(span_id=piece.span_id, length_km=piece.length_km / count)
        for piece in oms.ots[0].pieces
    ]
    return _columns(network, [pieces], connector_loss_db=0.0), count


def fibre_type_of(network: Network, piece: FibrePiece) -> FibreType:
    """The fibre type of the cable that the piece belongs to."""
    cable = network.cables[network.spans[piece.span_id].cable_id]
    return network.library.fibre_types[cable.fibre_type_id]


def attenuation_db_per_km(network: Network, piece: FibrePiece) -> float:
    """Attenuation of the piece's span as measured [dB/km], else the fibre type's planning value."""
    measured = network.spans[piece.span_id].attenuation_db_per_km
    return fibre_type_of(network, piece).attenuation_db_per_km if measured is None else measured


def _columns(
    network: Network,
    sections: Sequence[Sequence[FibrePiece]],
    *,
    connector_loss_db: float | None = None,
) -> OtsColumns:
    if connector_loss_db is None:
        connector_loss_db = network.rules.connector_loss_db.value
    lengths_km = np.array([sum(piece.length_km for piece in pieces) for pieces in sections])
    loss_db = np.array(
        [
            sum(piece.length_km * attenuation_db_per_km(network, piece) for piece in pieces)
            for pieces in sections
        ]
    )
    fibres = [
        fibre_type_of(network, max(pieces, key=lambda piece: piece.length_km))
        for pieces in sections
    ]

    def column(name: str) -> Float[np.ndarray, " section"]:
        return np.array([getattr(fibre, name) for fibre in fibres], dtype=np.float64)

    return OtsColumns(
        length_m=read_only(m_from_km(lengths_km)),
        attenuation_per_m=read_only(per_m_from_db_per_km(loss_db / lengths_km)),
        connector_loss=read_only(np.full(len(sections), linear_from_db(connector_loss_db))),
        dispersion_s_per_m2=read_only(
            s_per_m2_from_ps_per_nm_km(column("dispersion_ps_per_nm_km"))
        ),
        dispersion_slope_s_per_m3=read_only(
            s_per_m3_from_ps_per_nm2_km(column("dispersion_slope_ps_per_nm2_km"))
        ),
        effective_area_m2=read_only(m2_from_um2(column("effective_area_um2"))),
        pmd_s_per_sqrt_m=read_only(s_per_sqrt_m_from_ps_per_sqrt_km(column("pmd_ps_per_sqrt_km"))),
    )
