"""What does a plain topology look like as arrays, the only form engines see?

Engineering units become SI here, and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.core.units import m_from_km
from karakoram.network.topology import Topology


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TopologyColumns:
    """Sections as arrays; sites, sections and risk groups are numbered as the topology has them."""

    site_count: int
    a_site: Int[np.ndarray, " section"]
    """Number of the site at one end."""
    z_site: Int[np.ndarray, " section"]
    length_m: Float[np.ndarray, " section"]
    risk_section: Int[np.ndarray, " exposure"]
    """Section of each pair of a section and a risk group that it is exposed to."""
    risk_group: Int[np.ndarray, " exposure"]
    """Group of each such pair, numbered as in ``Topology.risk_group_ids``."""


def topology_columns(topology: Topology) -> TopologyColumns:
    """The sections of a topology without errors, one row each.

    Parameters
    ----------
    topology
        Every end of a section is one of its sites.
    """
    site_number = {site.site_id: number for number, site in enumerate(topology.sites)}
    group_number = {group_id: number for number, group_id in enumerate(topology.risk_group_ids)}
    exposures = [
        (number, group_number[group_id])
        for number, section in enumerate(topology.sections)
        for group_id in section.risk_group_ids
    ]
    by_exposure = np.array(exposures, dtype=np.int64).reshape(-1, 2)
    return TopologyColumns(
        site_count=len(topology.sites),
        a_site=_numbers([site_number[section.a_site_id] for section in topology.sections]),
        z_site=_numbers([site_number[section.z_site_id] for section in topology.sections]),
        length_m=read_only(
            m_from_km(np.array([section.length_km for section in topology.sections], dtype=float))
        ),
        risk_section=_numbers(by_exposure[:, 0]),
        risk_group=_numbers(by_exposure[:, 1]),
    )


def _numbers(values: Sequence[int] | Int[np.ndarray, " row"]) -> Int[np.ndarray, " row"]:
    frozen = np.array(values, dtype=np.int64)
    frozen.flags.writeable = False
    return frozen
