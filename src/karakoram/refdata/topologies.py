"""Which published topologies come with the program, and where is each from?"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from types import MappingProxyType

from karakoram.core.fields import Latitude, Longitude
from karakoram.core.identifiers import SiteId, TopologyId
from karakoram.core.provenance import Provenance
from karakoram.refdata.packaged import packaged_folder, read_packaged


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedTopology:
    """One topology of the library; its sections stand in an edge list of the same name."""

    topology_id: TopologyId
    title: str
    licence: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedSite:
    """Where a site of a packaged topology is."""

    site_key: str
    """Topology and site, ``germany50/Aachen``."""
    longitude_deg: Longitude
    latitude_deg: Latitude


def topologies_folder() -> Traversable:
    """The folder with an edge list for each topology of the library."""
    return packaged_folder("topologies")


def packaged_topologies() -> Mapping[TopologyId, PackagedTopology]:
    """The topologies of the library by name.

    >>> packaged_topologies()["jpn48"].title
    'JPN48, the Japan photonic network model'
    """
    records = read_packaged(topologies_folder(), "index", record_type=PackagedTopology)
    return MappingProxyType({record.topology_id: record for record in records})


def packaged_positions(topology_id: TopologyId) -> Mapping[SiteId, tuple[float, float]]:
    """Longitude and latitude [deg] of the sites of a topology; empty where none are known."""
    records = read_packaged(topologies_folder(), "sites", record_type=PackagedSite)
    begin = f"{topology_id}/"
    return MappingProxyType(
        {
            SiteId(record.site_key.removeprefix(begin)): (
                record.longitude_deg,
                record.latitude_deg,
            )
            for record in records
            if record.site_key.startswith(begin)
        }
    )
