"""What does a topology look like to a router: vertices, arcs, and which risks count?

Section ``i`` is arc ``2 i`` from a to z and arc ``2 i + 1`` back. Its bit among the risks is
``i``; sites or risk groups come after, where they count.
"""

from dataclasses import dataclass
from math import fsum

import numpy as np
from jaxtyping import Bool

from karakoram.core.identifiers import SiteId
from karakoram.core.units import latency_ms_from_length
from karakoram.engines.routing import Avoided, Digraph, digraph_of_sections, mask_of
from karakoram.network.topology import Topology
from karakoram.network.topology_columns import TopologyColumns, topology_columns
from karakoram.planning.topology_answers import (
    DisjointKind,
    TopologyRisk,
    TopologyRiskSort,
    TopologyRoute,
    TopologyRule,
)

_MM_PER_KM = 1_000_000
"""Lengths are ordered to a millimetre, in whole numbers, so that rounding makes no ties."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TopologyGraph:
    """A topology ready for questions of one kind of disjointness."""

    topology: Topology
    columns: TopologyColumns
    digraph: Digraph
    arc_mm: tuple[int, ...]
    """Length of each arc."""
    vertex_of: dict[SiteId, int]
    risks: tuple[TopologyRisk, ...]
    """By bit."""
    group_index: float
    """Of the fibre [1]."""

    @property
    def section_mm(self) -> tuple[int, ...]:
        """Length of each section, as it is ordered."""
        return self.arc_mm[::2]

    def avoided(self, rule: TopologyRule) -> Avoided:
        """What no route may touch, as the searches for one question at a time take it."""
        barred = np.flatnonzero(~self.usable_sections(rule)).tolist()
        sites = frozenset(self.vertex_of[site_id] for site_id in rule.avoid_site_ids)
        return Avoided(risk_mask=mask_of(barred), vertices=sites)

    def usable_sections(self, rule: TopologyRule) -> Bool[np.ndarray, " section"]:
        """Whether a route may use each section."""
        return np.array(
            [
                section.section_id not in rule.avoid_section_ids
                and rule.avoid_site_ids.isdisjoint((section.a_site_id, section.z_site_id))
                and rule.avoid_risk_group_ids.isdisjoint(section.risk_group_ids)
                for section in self.topology.sections
            ],
            dtype=bool,
        )

    def route(self, arcs: tuple[int, ...]) -> TopologyRoute:
        """The route along arcs in travel order."""
        sections = [self.topology.sections[arc // 2] for arc in arcs]
        heads = [
            section.a_site_id if arc % 2 else section.z_site_id
            for arc, section in zip(arcs, sections, strict=True)
        ]
        first = sections[0].z_site_id if arcs[0] % 2 else sections[0].a_site_id
        length_km = fsum(section.length_km for section in sections)
        return TopologyRoute(
            site_ids=(first, *heads),
            section_ids=tuple(section.section_id for section in sections),
            length_km=length_km,
            latency_ms=self.latency_ms(length_km),
        )

    def latency_ms(self, length_km: float) -> float:
        """One way [ms], in the fibre alone."""
        return latency_ms_from_length(length_km, self.group_index)

    def end_mask(self, *vertices: int) -> int:
        """The bits of sites, where sites are risks: those at the ends may be shared."""
        first = len(self.topology.sections)
        are_risks = any(risk.sort is TopologyRiskSort.SITE for risk in self.risks)
        return mask_of([first + vertex for vertex in vertices]) if are_risks else 0


def topology_graph(
    topology: Topology, *, disjoint: DisjointKind | None, group_index: float
) -> TopologyGraph:
    """The graph of a topology without errors.

    Parameters
    ----------
    topology
        Every end of a section is one of its sites.
    disjoint
        Which risks count besides the sections.
    group_index
        Of the fibre [1], for the latency.
    """
    columns = topology_columns(topology)
    count = len(topology.sections)
    exposed: list[list[int]] = [[number] for number in range(count)]
    others: tuple[TopologyRisk, ...] = ()
    if disjoint is DisjointKind.SITE:
        others = tuple(
            TopologyRisk(risk_id=site.site_id, sort=TopologyRiskSort.SITE)
            for site in topology.sites
        )
        for number, ends in enumerate(zip(columns.a_site, columns.z_site, strict=True)):
            exposed[number] += [count + int(vertex) for vertex in ends]
    elif disjoint is DisjointKind.SRLG:
        others = tuple(
            TopologyRisk(risk_id=group_id, sort=TopologyRiskSort.RISK_GROUP)
            for group_id in topology.risk_group_ids
        )
        for number, group in zip(columns.risk_section, columns.risk_group, strict=True):
            exposed[int(number)].append(count + int(group))
    return TopologyGraph(
        topology=topology,
        columns=columns,
        digraph=digraph_of_sections(
            columns.site_count,
            a=columns.a_site,
            z=columns.z_site,
            risk_masks=[mask_of(risks) for risks in exposed],
        ),
        arc_mm=tuple(
            round(section.length_km * _MM_PER_KM) for section in topology.sections for _ in range(2)
        ),
        vertex_of={site.site_id: vertex for vertex, site in enumerate(topology.sites)},
        risks=(
            *(
                TopologyRisk(risk_id=section.section_id, sort=TopologyRiskSort.SECTION)
                for section in topology.sections
            ),
            *others,
        ),
        group_index=group_index,
    )
