"""Over which connections that are there does one lead from A to Z, and which two share least?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from karakoram.core.identifiers import ResourceId, SiteId
from karakoram.engines.routing import (
    ArcPath,
    Ends,
    RiskWeights,
    digraph_of_sections,
    least_shared_pair,
    risks_in,
    shortest_path,
)
from karakoram.sales.inventory.resources import Resource

Way = tuple[Resource, ...]
"""Connections in order from A."""

METRES_PER_KM = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysFound:
    """One way, or two that share least."""

    ways: tuple[Way, ...]
    shared: tuple[ResourceId, ...] = ()
    """What both of two ways need, by identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayQuestion:
    """From where to where, and how often."""

    a_site_id: SiteId
    z_site_id: SiteId
    is_protected: bool = False


def connection_ways(
    connections: Sequence[Resource],
    question: WayQuestion,
    *,
    beneath: Mapping[ResourceId, frozenset[ResourceId]],
) -> WaysFound | None:
    """The shortest way by glass, then by connections; with protection the two that share least.

    Parameters
    ----------
    connections
        Those with room; each joins two sites and leads both ways.
    question
        The ends, and whether two ways are asked for.
    beneath
        The fibres under each connection; sharing one counts as much as sharing a connection.

    Returns
    -------
    The ways; ``None`` where there is none, or no second one.
    """
    sites = {site: i for i, site in enumerate(sorted(_sites(connections)))}
    if not {question.a_site_id, question.z_site_id} <= sites.keys():
        return None
    ends = Ends.between(sites[question.a_site_id], sites[question.z_site_id])
    risks = _Risks.of(connections, beneath)
    graph = digraph_of_sections(
        len(sites),
        a=[sites[each.a_site_id] for each in connections],
        z=[sites[_far_end(each)] for each in connections],
        risk_masks=risks.masks,
    )
    cost = [1 + round(each.length_km * METRES_PER_KM) for each in connections for _ in range(2)]
    if not question.is_protected:
        path = shortest_path(graph, cost=cost, ends=ends)
        return None if path is None else WaysFound(ways=(_way(connections, path),))
    pair = least_shared_pair(
        graph, cost=cost, ends=ends, risks=RiskWeights(weights=(1,) * len(risks.names))
    )
    if pair is None or pair.first.arcs == pair.second.arcs:
        return None
    shared = tuple(risks.names[bit] for bit in risks_in(pair.shared_mask))
    ways = (_way(connections, pair.first), _way(connections, pair.second))
    return WaysFound(ways=ways, shared=shared)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Risks:
    """Each connection and each fibre beneath is one bit."""

    names: tuple[ResourceId, ...]
    masks: tuple[int, ...]

    @classmethod
    def of(
        cls,
        connections: Sequence[Resource],
        beneath: Mapping[ResourceId, frozenset[ResourceId]],
    ) -> "_Risks":
        met = [
            {each.resource_id, *beneath.get(each.resource_id, frozenset())} for each in connections
        ]
        names = tuple(sorted(set().union(*met)))
        bit_of = {name: bit for bit, name in enumerate(names)}
        return cls(names=names, masks=tuple(sum(1 << bit_of[name] for name in one) for one in met))


def _sites(connections: Sequence[Resource]) -> set[SiteId]:
    return {site for each in connections for site in (each.a_site_id, _far_end(each))}


def _far_end(connection: Resource) -> SiteId:
    assert connection.z_site_id is not None, f"{connection.name} joins no two sites"
    return connection.z_site_id


def _way(connections: Sequence[Resource], path: ArcPath) -> Way:
    return tuple(connections[arc // 2] for arc in path.arcs)
