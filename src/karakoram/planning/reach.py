"""What would join two sites that nothing joins today: an unbuilt span, a hand-over, a ROADM?"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.engines.routing import ArcPath, Avoided, PathAnswer, PathRule, shortest_path
from karakoram.network.network import Network
from karakoram.network.records import CableMedium, EquipmentKind, Span, Status
from karakoram.network.sections import sites_with
from karakoram.planning.demand import ServiceDemand
from karakoram.planning.offers import Reason, Remedy, RemedyKind
from karakoram.planning.route_graph import agreed_handovers, status_mask
from karakoram.planning.search_space import SearchSpace
from karakoram.planning.site_loops import best_way_without_loops, site_met_again

_Meeting = tuple[SiteId, OperatorId, OperatorId]
"""A site, and two operators whose fibre meets there."""

_WIDER = (
    frozenset({Status.OPTION}),
    frozenset({Status.PLANNED}),
    frozenset({Status.OPTION, Status.PLANNED}),
    frozenset(Status),
)
"""What to plan with besides, the likeliest to be built first."""


def fastest_way(space: SearchSpace, *, barred: int) -> ArcPath | None:
    """The fastest path that only these risks bar, whatever its latency and via sites."""
    return fastest_answer(space, barred=barred).path


def fastest_answer(space: SearchSpace, *, barred: int) -> PathAnswer:
    """The fastest path that only these risks bar; where there is none, whether that is proven."""
    graph, network, start = space.prepared.graph, space.prepared.network, space.demand.a_site_id
    path = _fastest_with_loops(space, barred=barred)
    if path is None or site_met_again(graph, network, path, start=start) is None:
        return PathAnswer(path=path)
    return best_way_without_loops(
        graph,
        ends=space.ends,
        cost=space.latency_ps,
        rule=PathRule(avoid=Avoided(risk_mask=barred)),
    )


def site_reasons(network: Network, demand: ServiceDemand) -> Iterator[Reason]:
    """Why no wavelength can begin or end at A or Z, or pass a via site, wherever it runs."""
    built = (demand.accepted_statuses | {Status.IN_SERVICE}) - {Status.RETIRED}
    with_roadm = sites_with(network, EquipmentKind.ROADM, built)
    for site_id in (demand.a_site_id, demand.z_site_id):
        if site_id not in with_roadm:
            yield _no_add_drop(network, site_id, with_roadm)
    spans_at = _fibre_by_site(network)
    for site_id in demand.via_site_ids:
        if site_id not in spans_at:
            yield Reason(
                code="via",
                where=site_id,
                message=f"no fibre ends at {network.sites[site_id].name}, so no way passes it; "
                "drop the site",
            )


def no_way_reason(space: SearchSpace) -> Reason:
    """Why nothing that is accepted joins A and Z: not in service, or no route at all."""
    graph, network = space.prepared.graph, space.prepared.network
    accepted = space.demand.accepted_statuses
    for more in _WIDER:
        path = fastest_way(space, barred=status_mask(graph, network, accepted | more))
        if path is not None:
            return _not_in_service(space, path)
    where = f"{space.demand.a_site_id}-{space.demand.z_site_id}"
    path = _fastest_with_loops(space, barred=space.barriers.status)
    missing = _missing_handovers(network, space.demand)
    if path is not None:
        site_id = site_met_again(graph, network, path, start=space.demand.a_site_id)
        assert site_id is not None, "a way without loops joins the two sites"
        message = (
            f"light would come back to {network.sites[site_id].name}, because no hand-over lets "
            "it pass there; agree on one and add it to handovers"
        )
        where = site_id
    elif missing:
        meetings = ", ".join(f"{site} ({giver} and {taker})" for site, giver, taker in missing)
        message = (
            f"fibre joins the two sites, but no hand-over lets light pass at {meetings}; "
            "agree on one and add it to handovers"
        )
    else:
        message = "no chain of spans joins the two sites; add the spans that are missing"
    return Reason(code="no-route", where=where, message=message)


def _fastest_with_loops(space: SearchSpace, *, barred: int) -> ArcPath | None:
    """The fastest path, even one that comes back to a site by another operator."""
    return shortest_path(
        space.prepared.graph.digraph,
        cost=space.latency_ps,
        ends=space.ends,
        avoid=Avoided(risk_mask=barred),
    )


def _no_add_drop(network: Network, site_id: SiteId, with_roadm: frozenset[SiteId]) -> Reason:
    unbuilt = [
        item.status.value
        for item in network.equipment.values()
        if item.site_id == site_id
        and item.kind is EquipmentKind.ROADM
        and item.status is not Status.RETIRED
    ]
    remedy = f"accept status {unbuilt[0]} to plan with the one there" if unbuilt else "install one"
    near = ", ".join(_neighbours_with_roadm(network, site_id, with_roadm)) or "none"
    return Reason(
        code="no-add-drop",
        where=site_id,
        message=f"no ROADM stands at {network.sites[site_id].name}, so no wavelength can "
        f"begin or end there; {remedy}, or use a neighbour that has one: {near}",
        remedies=_accepting(unbuilt[:1]),
    )


def _neighbours_with_roadm(
    network: Network, site_id: SiteId, with_roadm: frozenset[SiteId]
) -> list[str]:
    """ROADM sites reached first on the ways out of a site, with the glass km to them."""
    spans_at = _fibre_by_site(network)
    found: dict[SiteId, float] = {}
    seen: set[SiteId] = set()
    heap = [(0.0, site_id)]
    while heap:
        km, here = heappop(heap)
        if here in seen:
            continue
        seen.add(here)
        if here in with_roadm:
            found[here] = km
            continue
        for span in spans_at[here]:
            if span.status is Status.IN_SERVICE:
                heappush(heap, (km + span.length_km, span.far_end(here)))
    return [f"{site} ({km:g} km)" for site, km in found.items()]


def _not_in_service(space: SearchSpace, path: ArcPath) -> Reason:
    """Names what the path would use that is not accepted, and every status to include."""
    graph, network = space.prepared.graph, space.prepared.network
    status_of = {
        span_id: {span.status, network.cables[span.cable_id].status}
        for span_id, span in network.spans.items()
        if span_id in graph.spans_of(path)
    } | {
        handover_id: {network.handovers[handover_id].status}
        for handover_id, bit in graph.bit_of_handover.items()
        if path.risk_mask >> bit & 1
    }
    accepted = space.demand.accepted_statuses
    unbuilt = [record_id for record_id, statuses in status_of.items() if statuses - accepted]
    needed = set().union(*status_of.values()) - accepted
    missing = [status.value for status in Status if status in needed]
    return Reason(
        code="not-in-service",
        where=f"{space.demand.a_site_id}-{space.demand.z_site_id}",
        message=f"the only ways use what is not in service ({', '.join(unbuilt)}); "
        f"accept status {' and '.join(missing)} to plan with it",
        remedies=_accepting(missing),
    )


def _accepting(statuses: Sequence[str]) -> tuple[Remedy, ...]:
    accepting = Remedy(kind=RemedyKind.ACCEPT_STATUS, values=tuple(statuses))
    return (accepting,) if statuses else ()


def _missing_handovers(network: Network, demand: ServiceDemand) -> tuple[_Meeting, ...] | None:
    """The fewest hand-overs that would join A and Z; empty or ``None`` where none would."""
    agreed = agreed_handovers(network)
    spans_at = _fibre_by_site(network)
    seen: set[tuple[SiteId, str]] = set()
    heap: list[tuple[int, SiteId, str, tuple[_Meeting, ...]]] = [(0, demand.a_site_id, "", ())]
    while heap:
        count, here, operator_id, missing = heappop(heap)
        if here == demand.z_site_id:
            return missing
        if (here, operator_id) in seen:
            continue
        seen.add((here, operator_id))
        for span in spans_at[here]:
            operators = frozenset((operator_id or span.operator_id, span.operator_id))
            lacks = len(operators) > 1 and (here, operators) not in agreed
            meeting = ((here, OperatorId(operator_id), span.operator_id),) if lacks else ()
            there = span.far_end(here)
            heappush(heap, (count + lacks, there, span.operator_id, (*missing, *meeting)))
    return None


def _fibre_by_site(network: Network) -> defaultdict[SiteId, list[Span]]:
    spans_at: defaultdict[SiteId, list[Span]] = defaultdict(list)
    for span in network.spans.values():
        if network.cables[span.cable_id].medium is not CableMedium.MICROWAVE:
            spans_at[span.a_site_id].append(span)
            spans_at[span.z_site_id].append(span)
    return spans_at
