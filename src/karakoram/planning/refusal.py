"""Why can a service not be given, and what would make it possible?"""

from collections.abc import Iterator
from dataclasses import replace

from karakoram.core.identifiers import SiteId
from karakoram.engines.routing import ArcPath, Avoided, shortest_path
from karakoram.network.network import Network
from karakoram.network.records import EquipmentKind, Status
from karakoram.network.sections import sites_with
from karakoram.planning.demand import ServiceDemand
from karakoram.planning.lightpaths import CARRIERS_MAX, carriers_for
from karakoram.planning.offers import Reason
from karakoram.planning.path_plan import lines_of, path_latency_ms
from karakoram.planning.route_graph import status_mask
from karakoram.planning.search_space import SearchSpace, search_space, too_noisy_lines


def end_reasons(network: Network, demand: ServiceDemand) -> tuple[Reason, ...]:
    """Why no wavelength can begin or end at the sites asked for; empty when it can."""
    return tuple(_end_reasons(network, demand))


def route_reasons(space: SearchSpace) -> tuple[Reason, ...]:
    """Why no path exists: each cause that alone bars every way, or all of them together."""
    barriers = space.barriers
    if not _reachable(space, barred=barriers.status):
        return (_status_reason(space),)
    causes = (
        (barriers.avoided, _avoid_reason),
        (barriers.unpriced, _price_reason),
        (barriers.too_noisy, _optics_reason),
    )
    alone = [
        reason(space)
        for mask, reason in causes
        if not _reachable(space, barred=barriers.status | mask)
    ]
    if alone:
        return tuple(alone)
    if not _reachable(space, barred=barriers.all):
        return tuple(reason(space) for mask, reason in causes if mask)
    return (_rule_reason(space),)


def no_second_path(space: SearchSpace) -> Reason:
    """Why protection is refused although a path exists: there is only one way."""
    demand = space.demand
    options = replace(demand, accepted_statuses=demand.accepted_statuses | {Status.OPTION})
    wider = search_space(space.prepared, options)
    pair = wider.best_pair(wider.latency, all_risks=False)
    helps = pair is not None and (
        space.prepared.graph.spans_of(pair.first) != space.prepared.graph.spans_of(pair.second)
    )
    remedy = "--include option opens a second one" if helps else "build a second way"
    return Reason(
        code="no-second-path",
        where=f"{demand.a_site_id}-{demand.z_site_id}",
        message="there is only one way between the sites, so a protection path would share all of "
        f"it; {remedy}, or ask for --protection none",
    )


def _end_reasons(network: Network, demand: ServiceDemand) -> Iterator[Reason]:
    accepted = demand.accepted_statuses | {Status.IN_SERVICE}
    with_roadm = sites_with(network, EquipmentKind.ROADM, accepted)
    for site_id in (demand.a_site_id, demand.z_site_id):
        if site_id not in with_roadm:
            near = ", ".join(_neighbours_with_roadm(network, site_id, with_roadm)) or "none"
            yield Reason(
                code="no-add-drop",
                where=site_id,
                message=f"no ROADM stands at {network.sites[site_id].name}, so no wavelength can "
                f"begin or end there; install one, or use a neighbour that has one: {near}",
            )


def _neighbours_with_roadm(
    network: Network, site_id: SiteId, with_roadm: frozenset[SiteId]
) -> list[str]:
    """ROADM sites reached first on the ways out of a site, with the glass km to them."""
    found: dict[SiteId, float] = {}
    ways = [(0.0, site_id, frozenset((site_id,)))]
    while ways:
        km, here, seen = ways.pop()
        for span in network.spans.values():
            ends = {span.a_site_id, span.z_site_id}
            if span.status is not Status.IN_SERVICE or here not in ends:
                continue
            (there,) = ends - {here}
            if there in with_roadm:
                found[there] = min(found.get(there, float("inf")), km + span.length_km)
            elif there not in seen:
                ways.append((km + span.length_km, there, seen | {there}))
    return [f"{site} ({km:g} km)" for site, km in sorted(found.items(), key=lambda item: item[1])]


def _reachable(space: SearchSpace, *, barred: int) -> bool:
    """Whether any path exists with these risks barred, whatever its latency and via sites."""
    return _fastest(space, barred=barred) is not None


def _fastest(space: SearchSpace, *, barred: int) -> ArcPath | None:
    return shortest_path(
        space.prepared.graph.digraph,
        cost=space.latency,
        ends=space.ends,
        avoid=Avoided(risk_mask=barred),
    )


def _where(space: SearchSpace) -> str:
    return f"{space.demand.a_site_id}-{space.demand.z_site_id}"


def _status_reason(space: SearchSpace) -> Reason:
    graph, network = space.prepared.graph, space.prepared.network
    for status in (Status.OPTION, Status.PLANNED, Status.RETIRED):
        accepted = space.demand.accepted_statuses | {Status.OPTION, status}
        path = _fastest(space, barred=status_mask(graph, network, frozenset(accepted)))
        if path is not None:
            unbuilt = [
                span_id
                for span_id in graph.spans_of(path)
                if network.spans[span_id].status not in space.demand.accepted_statuses
            ]
            return Reason(
                code="not-in-service",
                where=_where(space),
                message=f"the only ways use spans that are not in service ({', '.join(unbuilt)}); "
                f"add --include {status.value} to plan with them",
            )
    return Reason(
        code="no-route",
        where=_where(space),
        message="no chain of spans joins the two sites; add the spans that are missing",
    )


def _avoid_reason(space: SearchSpace) -> Reason:
    avoid = space.demand.avoid
    words = sorted((*avoid.site_ids, *avoid.span_ids, *avoid.operator_ids, *avoid.cable_ids))
    return Reason(
        code="avoided",
        where=_where(space),
        message=f"every way passes what is to be avoided ({', '.join(words)}); avoid less",
    )


def _price_reason(space: SearchSpace) -> Reason:
    network = space.prepared.network
    owners = sorted(
        {
            span.owner_id
            for span in network.spans.values()
            if not space.book.sells(span.owner_id) and span.status in space.demand.accepted_statuses
        }
    )
    return Reason(
        code="no-price",
        where="prices",
        message=f"{', '.join(owners)} ask no price for {space.demand.bit_rate_gbps:g} Gb/s on "
        f"{space.demand.on_day}; add prices or ask for a bit rate they sell",
    )


def _optics_reason(space: SearchSpace) -> Reason:
    """Names the noisiest line that the way would need."""
    prepared, rate = space.prepared, space.demand.bit_rate_gbps
    others = space.barriers.all & ~space.barriers.too_noisy
    path = _fastest(space, barred=others) or _fastest(space, barred=space.barriers.status)
    assert path is not None
    span_ids = prepared.graph.spans_of(path)
    lines = lines_of(prepared, span_ids, start=space.demand.a_site_id) or ()
    noisy = [key for key in lines if key in set(too_noisy_lines(prepared, rate))]
    modes = tuple(prepared.network.library.transceiver_modes.values())
    usable = [i for i, mode in enumerate(modes) if carriers_for(mode, rate) <= CARRIERS_MAX]
    column = {key: i for i, key in enumerate(prepared.plant.lines)}
    texts = []
    for key in noisy:
        margins_db = prepared.lone_margins_db[usable, column[key]]
        best = "no mode is fast enough" if not usable else f"best margin {margins_db.max():.1f} dB"
        line = prepared.plant.lines[key]
        texts.append(f"{line.a_site_id}-{line.z_site_id} ({line.length_km:g} km, {best})")
    wanted_db = prepared.network.rules.margin_db.value
    return Reason(
        code="optics",
        where=", ".join(span_id for _, span_ids in noisy for span_id in span_ids) or _where(space),
        message=f"{rate:g} Gb/s closes with {wanted_db:g} dB margin by no mode over "
        f"{'; '.join(texts) or 'any way'}; ask for a lower bit rate, or shorten the line with a "
        "ROADM site between",
    )


def _rule_reason(space: SearchSpace) -> Reason:
    """A way exists, but none that obeys the latency bound and the via sites."""
    demand = space.demand
    fastest = _fastest(space, barred=space.barriers.all)
    assert fastest is not None
    least_ms = path_latency_ms(space.prepared.graph, fastest)
    if demand.latency_ms_max is not None and least_ms > demand.latency_ms_max:
        return Reason(
            code="latency",
            where=_where(space),
            message=f"the fastest way takes {least_ms:.2f} ms one way, more than "
            f"{demand.latency_ms_max:g} ms; allow at least {least_ms:.2f} ms",
        )
    bound = "" if demand.latency_ms_max is None else f" within {demand.latency_ms_max:g} ms"
    return Reason(
        code="via",
        where=", ".join(demand.via_site_ids),
        message=f"no loopless way passes {', '.join(demand.via_site_ids)} in this order{bound}; "
        "change the order or drop a site",
    )
