"""Which topology does a word mean: a file, or one of the library that comes with the program?"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from karakoram.adapters.formats.gnpy.reading import Reading
from karakoram.adapters.formats.topologies.edge_list import topology_from_edge_list
from karakoram.adapters.formats.topologies.reading import read_topology
from karakoram.core.cells import did_you_mean, shown
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import TopologyId
from karakoram.network.topology import Topology
from karakoram.refdata.topologies import (
    packaged_positions,
    packaged_topologies,
    topologies_folder,
)


@dataclass(frozen=True, slots=True)
class NamedTopology:
    """A topology that a person names: the path of a file, or a name of the library."""

    word: str

    def read_topology(self) -> tuple[Topology, tuple[Finding, ...]]:
        """The topology and what is to be known of it; a file goes before a name.

        Raises
        ------
        InvalidDataError
            If neither is there, or the file breaks a rule; carries every finding.
        """
        path = Path(self.word)
        if TopologyId(self.word) in packaged_topologies() and not path.is_file():
            return packaged_topology(TopologyId(self.word)), ()
        if not path.exists():
            raise InvalidDataError((_neither(self.word),))
        reading = read_topology(path)
        return reading.required(), reading.findings


def packaged_topology(topology_id: TopologyId) -> Topology:
    """A topology of the library, by its name.

    >>> len(packaged_topology("nsfnet-deeprmsa").sections)
    22
    """
    return _packaged(topology_id)


@cache
def _packaged(topology_id: TopologyId) -> Topology:
    about = packaged_topologies()[topology_id]
    file = f"{topology_id}.csv"
    text = topologies_folder().joinpath(file).read_text(encoding="utf-8")
    reading: Reading[Topology] = topology_from_edge_list(
        text, file=file, provenance=about.provenance
    )
    topology = reading.required()
    positions = packaged_positions(topology_id)
    placed = tuple(
        replace(site, longitude_deg=at[0], latitude_deg=at[1])
        if (at := positions.get(site.site_id)) is not None
        else site
        for site in topology.sites
    )
    return replace(topology, sites=placed, licence=about.licence)


def _neither(word: str) -> Finding:
    names = tuple(packaged_topologies())
    return Finding(
        code="no-such-topology",
        place=Place(table="topology", file=word),
        message=f"{shown(word)} is no file and no topology of the library; name a file, or one of "
        f"{', '.join(names)}" + did_you_mean(word, names),
    )
