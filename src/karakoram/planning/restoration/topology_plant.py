"""Over which ways of a plain topology may connections be lit and restored, and what can fail?

Candidates of a pair are its shortest loopless paths. Every section, site and risk group can fail,
and where sites have coordinates so can everything within some distance of a site.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt64

from karakoram.core.identifiers import SiteId
from karakoram.core.provenance import Confidence
from karakoram.core.units import latency_ms_from_length
from karakoram.engines.restoration.candidates import WORD_BITS, ExposedPaths, risk_words
from karakoram.engines.routing.ranked import ranked_paths
from karakoram.engines.routing.route_records import RankedPaths
from karakoram.engines.routing.section_graph import section_graph
from karakoram.network.topology import Topology, TopologySection
from karakoram.network.topology_columns import topology_columns
from karakoram.planning.restoration.plant import (
    FailureComponent,
    FailureSort,
    Pair,
    Resource,
    RestorablePlant,
)
from karakoram.planning.restoration.regions import things_within
from karakoram.planning.traffic.paths import GROUP_INDEX
from karakoram.planning.traffic.widths import SlotRule


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyFigures:
    """What a plain topology does not say and a drill needs."""

    slot_rule: SlotRule
    """Its bit rates are ascending."""
    slot_count: int
    ways_max: int
    """Shortest paths of each pair that are candidates."""
    failures_per_1000_km_year: float
    mttr_h: float
    confidence: Confidence
    """Of rate and repair time."""
    region_km: float | None = None
    """Radius of what a regional failure takes; ``None`` where there are none."""


def topology_plant(
    topology: Topology, pairs: Sequence[Pair], figures: TopologyFigures
) -> RestorablePlant:
    """A topology without errors, for connections between some pairs of its sites.

    Parameters
    ----------
    topology
        Its sections, sites and risk groups are what can fail.
    pairs
        Where connections begin and end.
    figures
        What else is needed.
    """
    columns = topology_columns(topology)
    graph = section_graph(
        columns.site_count,
        ends=np.stack([columns.a_site, columns.z_site], axis=1),
        cost=columns.length_m,
    )
    number = {site.site_id: place for place, site in enumerate(topology.sites)}
    numbered = [(number[a], number[z]) for a, z in pairs]
    found = ranked_paths(graph, numbered, k=figures.ways_max)
    risks = _Risks(topology)
    length_km = found.costs / 1e3
    return RestorablePlant(
        name=topology.name,
        components=tuple(risks.components(figures)),
        pairs=tuple(pairs),
        bit_rates_gbps=figures.slot_rule.bit_rates_gbps,
        paths=ExposedPaths(
            pair_offsets=found.pair_offsets,
            hop_offsets=found.path_offsets,
            resources=found.arcs.astype(np.int64) // 2,
            risks=risks.of_paths(found),
            end_risks=np.array(
                [risks.words(risks.sites_of(pair)) for pair in pairs], dtype=np.uint64
            ).reshape(len(pairs), risks.word_count),
            widths=np.maximum(figures.slot_rule.widths(length_km), 0).astype(np.int64),
            resource_count=len(topology.sections),
        ),
        path_latency_ms=np.array(
            [latency_ms_from_length(float(km), GROUP_INDEX) for km in length_km]
        ),
        path_owner_ids=((),) * len(length_km),
        resources=tuple(
            Resource(name=one.section_id, length_km=one.length_km, owner_ids=())
            for one in topology.sections
        ),
        slot_count=figures.slot_count,
        notes=("Sections fail by their length alone; sites and risk groups have no failure rate.",),
    )


class _Risks:
    """Numbers of the risks of a topology: sections, sites, groups; lives while it is prepared."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self.sections = {one.section_id: place for place, one in enumerate(topology.sections)}
        first_site = len(self.sections)
        self.sites = {site.site_id: first_site + place for place, site in enumerate(topology.sites)}
        first_group = first_site + len(self.sites)
        groups = topology.risk_group_ids
        self.groups = {group_id: first_group + place for place, group_id in enumerate(groups)}
        self.word_count = (first_group + len(groups)) // WORD_BITS + 1

    def words(self, risks: Sequence[int]) -> UInt64[np.ndarray, " word"]:
        """A set of risks as words."""
        return risk_words(risks, word_count=self.word_count)

    def sites_of(self, site_ids: Sequence[SiteId]) -> list[int]:
        """The risks that are these sites."""
        return [self.sites[site_id] for site_id in site_ids]

    def of_section(self, section: TopologySection) -> list[int]:
        """Itself, its groups, and the sites at its ends."""
        groups = [self.groups[group_id] for group_id in section.risk_group_ids]
        ends = self.sites_of((section.a_site_id, section.z_site_id))
        return [self.sections[section.section_id], *groups, *ends]

    def of_paths(self, found: RankedPaths) -> UInt64[np.ndarray, "path word"]:
        """Everything that the sections of each path are exposed to."""
        of_section = np.array(
            [self.words(self.of_section(section)) for section in self.topology.sections],
            dtype=np.uint64,
        ).reshape(-1, self.word_count)
        of_hop = of_section[found.arcs // 2]
        begins = found.path_offsets[:-1]
        if not begins.size:
            return np.zeros((0, self.word_count), dtype=np.uint64)
        return np.asarray(np.bitwise_or.reduceat(of_hop, begins, axis=0))

    def components(self, figures: TopologyFigures) -> Iterator[FailureComponent]:
        """What can fail: sections at their rate, groups, sites and regions when asked for."""
        for section in self.topology.sections:
            yield FailureComponent(
                component_id=f"section:{section.section_id}",
                name=f"cut {section.a_site_id}-{section.z_site_id}",
                sort=FailureSort.SECTION,
                risks=(self.sections[section.section_id],),
                failures_per_year=figures.failures_per_1000_km_year * section.length_km / 1e3,
                mttr_h=figures.mttr_h,
                confidence=figures.confidence,
            )
        for group_id, risk in self.groups.items():
            yield _unrated(
                f"group:{group_id}", group_id, sort=FailureSort.RISK_GROUP, risks=(risk,)
            )
        for site_id, risk in self.sites.items():
            yield _unrated(
                f"site:{site_id}", f"site {site_id}", sort=FailureSort.SITE, risks=(risk,)
            )
        if figures.region_km is not None:
            yield from self._regions(figures.region_km)

    def _regions(self, radius_km: float) -> Iterator[FailureComponent]:
        for centre, (site_ids, section_ids) in things_within(self.topology, radius_km).items():
            risks = (*self.sites_of(site_ids), *(self.sections[one] for one in section_ids))
            name = f"all within {radius_km:g} km of {centre}"
            yield _unrated(f"region:{centre}", name, sort=FailureSort.REGION, risks=risks)


def _unrated(
    component_id: str, name: str, *, sort: FailureSort, risks: tuple[int, ...]
) -> FailureComponent:
    """Something that is drilled, and of which no failure rate is known."""
    return FailureComponent(
        component_id=component_id,
        name=name,
        sort=sort,
        risks=risks,
        confidence=Confidence.ASSUMED,
    )
