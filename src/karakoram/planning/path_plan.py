"""What becomes of a path through the graph: its lines, lightpaths and legs?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from karakoram.core.identifiers import OperatorId, SiteId, SpanId
from karakoram.engines.routing import ArcPath
from karakoram.network.network import Network
from karakoram.network.records import Span, Status
from karakoram.network.sections import IN_SERVICE
from karakoram.planning.lightpaths import LightpathChoice
from karakoram.planning.offers import Leg, Lightpath
from karakoram.planning.optical_plant import LineKey
from karakoram.planning.prepare import PreparedNetwork
from karakoram.planning.route_graph import PS_PER_MS, RouteGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPlan:
    """One path, lit."""

    site_ids: tuple[SiteId, ...]
    span_ids: tuple[SpanId, ...]
    lines: tuple[LineKey, ...]
    lightpaths: tuple[Lightpath, ...]
    legs: tuple[Leg, ...]
    risk_mask: int
    length_km: float
    latency_ms: float


def path_plan(
    prepared: PreparedNetwork,
    path: ArcPath,
    *,
    start: SiteId,
    choice: LightpathChoice,
    accepted: frozenset[Status] = IN_SERVICE,
) -> PathPlan | None:
    """The path with its lightpaths; ``None`` where some line is too noisy for the bit rate.

    Parameters
    ----------
    prepared
        A network made ready for questions.
    path
        Arcs from end to end.
    start
        Where it begins.
    choice
        Of lightpaths for the bit rate.
    accepted
        Status that spans and lines may have.
    """
    network = prepared.network
    span_ids = prepared.graph.spans_of(path)
    lines = lines_of(prepared, span_ids, start=start, accepted=accepted)
    lit = lines and choice.lightpaths(lines)
    if not lines or not lit:
        return None
    spans = [network.spans[span_id] for span_id in span_ids]
    return PathPlan(
        site_ids=sites_along(network, span_ids, start=start),
        span_ids=span_ids,
        lines=lines,
        lightpaths=lit,
        legs=legs_of(spans, start=start),
        risk_mask=path.risk_mask,
        length_km=sum(span.length_km for span in spans),
        latency_ms=path_latency_ms(prepared.graph, path),
    )


def lines_of(
    prepared: PreparedNetwork,
    span_ids: Sequence[SpanId],
    *,
    start: SiteId,
    accepted: frozenset[Status] = IN_SERVICE,
) -> tuple[LineKey, ...] | None:
    """The lines that the spans form; ``None`` when the path ends between two ROADMs.

    Parameters
    ----------
    prepared
        A network made ready for questions.
    span_ids
        In the order of the path.
    start
        Where the path begins.
    accepted
        Status that lines may have.
    """
    lines: list[LineKey] = []
    there = prepared.plant.keys(accepted)
    begin = start
    open_spans: tuple[SpanId, ...] = ()
    for site_id, span_id in zip(
        sites_along(prepared.network, span_ids, start=start)[1:], span_ids, strict=True
    ):
        open_spans = (*open_spans, span_id)
        if (begin, open_spans) in there:
            lines.append((begin, open_spans))
            begin, open_spans = site_id, ()
    return None if open_spans else tuple(lines)


def path_latency_ms(graph: RouteGraph, path: ArcPath) -> float:
    """One-way latency of the fibre [ms]."""
    return sum(graph.latency_ps[arc] for arc in path.arcs) / PS_PER_MS


def sites_along(
    network: Network, span_ids: Sequence[SpanId], *, start: SiteId
) -> tuple[SiteId, ...]:
    """The sites that a chain of spans visits, from ``start``."""
    sites = [start]
    for span_id in span_ids:
        sites.append(network.spans[span_id].far_end(sites[-1]))
    return tuple(sites)


def legs_of(spans: Sequence[Span], *, start: SiteId) -> tuple[Leg, ...]:
    """Runs of consecutive spans of one operator and owner."""
    legs: list[Leg] = []
    here = start
    for (operator_id, owner_id), group in groupby(spans, key=_operator_and_owner):
        run = list(group)
        leg_start = here
        for span in run:
            here = span.far_end(here)
        legs.append(
            Leg(
                operator_id=operator_id,
                owner_id=owner_id,
                a_site_id=leg_start,
                z_site_id=here,
                span_ids=tuple(span.span_id for span in run),
                length_km=sum(span.length_km for span in run),
            )
        )
    return tuple(legs)


def operators_along(legs: Sequence[Leg]) -> tuple[OperatorId, ...]:
    """Operators in travel order, each run once."""
    operators = [leg.operator_id for leg in legs]
    changes = [later for earlier, later in pairwise(operators) if later != earlier]
    return (*operators[:1], *changes)


def _operator_and_owner(span: Span) -> tuple[OperatorId, OperatorId]:
    return span.operator_id, span.owner_id
