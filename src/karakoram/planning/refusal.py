"""Why can a service not be given, and what would make it possible?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil, isinf

from karakoram.core.identifiers import SpanId
from karakoram.engines.routing import ArcPath, DisjointPair
from karakoram.network.network import Network
from karakoram.network.records import CableMedium, EquipmentKind, Status
from karakoram.network.sections import sites_with
from karakoram.planning.demand import Exclusions, Protection, ServiceDemand
from karakoram.planning.lightpaths import WAVELENGTHS_MAX, wavelengths_for
from karakoram.planning.offers import Reason, Remedy, RemedyKind
from karakoram.planning.optical_plant import LineKey
from karakoram.planning.path_plan import lines_of, path_latency_ms, sites_along
from karakoram.planning.reach import fastest_answer, fastest_way, no_way_reason, site_reasons
from karakoram.planning.search_space import (
    SearchSpace,
    search_space,
    spans_on_no_line,
    too_noisy_lines,
)
from karakoram.planning.transit_reasons import allowing_transit, enough_transit, transit_reason

_NOTHING_LEFT_DB = -60.0
"""A margin so far below 0 that no figure of it helps anybody."""


def end_reasons(network: Network, demand: ServiceDemand) -> tuple[Reason, ...]:
    """Why no wavelength can begin, end or pass at the sites asked for; empty when it can."""
    return tuple(site_reasons(network, demand))


def route_reasons(space: SearchSpace) -> tuple[Reason, ...]:
    """Why no path exists: each cause that alone bars every way, or all of them together."""
    barriers = space.barriers
    causes = (
        (barriers.avoided, _avoid_reason),
        (barriers.unpriced, _price_reason),
        (barriers.too_noisy, _optics_reason),
    )
    barred = (0, barriers.all, *(mask for mask, _ in causes))
    answers = (fastest_answer(space, barred=barriers.status | mask) for mask in barred)
    if not all(answer.proven for answer in answers):
        return (not_proven(space),)
    if not _reachable(space, barred=barriers.status):
        return (no_way_reason(space),)
    alone = [
        reason(space)
        for mask, reason in causes
        if not _reachable(space, barred=barriers.status | mask)
    ]
    if alone:
        return tuple(alone)
    if not _reachable(space, barred=barriers.all):
        return tuple(
            reason(space)
            for mask, reason in causes
            if _reachable(space, barred=barriers.all & ~mask | barriers.status)
        ) or tuple(reason(space) for mask, reason in causes if mask)
    return (_rule_reason(space),)


def no_second_path(space: SearchSpace) -> Reason:
    """Why protection is refused although a path exists: only one way does all that is asked."""
    opened = tuple(_second_ways(space)) or (("build a second way", None),)
    unprotected = Remedy(kind=RemedyKind.NO_PROTECTION)
    return Reason(
        code="no-second-path",
        where=_where(space),
        message="only one way does all that is asked, so a protection path would share all of "
        f"it; {', or '.join(words for words, _ in opened)}, or ask without protection",
        remedies=(*(remedy for _, remedy in opened if remedy is not None), unprotected),
    )


def not_proven(space: SearchSpace) -> Reason:
    """What is said when the search was given up before its end: neither yes nor no."""
    demand = space.demand
    is_protected = demand.protection is not Protection.NONE
    bounded = demand.latency_ms_max is not None or demand.via_site_ids or demand.transit_limits
    looser = "loosen the bounds or the via sites" if bounded else "add missing hand-overs"
    return Reason(
        code="not-proven",
        where=_where(space),
        message=f"the search for {'two ways' if is_protected else 'a way'} was given up before its "
        f"end, so there may be one that was not found; {looser}, and ask again",
    )


_Opening = tuple[str, Remedy | None]
"""What would help in words, and as a remedy where asking differently is enough."""


def _second_ways(space: SearchSpace) -> Iterator[_Opening]:
    """Each thing that alone would open a second way."""
    demand, barriers = space.demand, space.barriers
    if demand.latency_ms_max is not None:
        pair = _two_ways(_asked(space, latency_ms_max=None))
        if pair is not None:
            paths = (pair.first, pair.second)
            slower_ms = max(path_latency_ms(space.prepared.graph, path) for path in paths)
            enough = _enough_ms(slower_ms)
            yield f"allow at least {enough} ms", _allowing(enough)
    for limit in enough_transit(space, _paths_of_two_ways):
        yield f"allow {limit.word}", allowing_transit(limit)
    if barriers.avoided and _two_ways(_asked(space, avoid=Exclusions())):
        yield "avoid less", None
    with_options = demand.accepted_statuses | {Status.OPTION}
    if _two_ways(_asked(space, accepted_statuses=with_options)):
        accepting = Remedy(kind=RemedyKind.ACCEPT_STATUS, values=(Status.OPTION.value,))
        yield "accept status option, which opens one", accepting
    if _two_ways(replace(space, barriers=replace(barriers, unpriced=0))):
        yield "add the prices that its owners do not ask yet", None
    yield from _slower(space)


def _slower(space: SearchSpace) -> Iterator[_Opening]:
    """The highest bit rate below that asked for at which the same question has an answer."""
    modes = space.prepared.network.library.transceiver_modes.values()
    steps = range(1, WAVELENGTHS_MAX + 1)
    carried = {mode.bit_rate_gbps * wavelengths for mode in modes for wavelengths in steps}
    sold = {price.bit_rate_gbps for price in space.prepared.network.prices.values()}
    for rate in sorted(carried | sold, reverse=True):
        if rate < space.demand.bit_rate_gbps and _is_given(_asked(space, bit_rate_gbps=rate)):
            lower = Remedy(kind=RemedyKind.LOWER_BIT_RATE, values=(f"{rate:g}",))
            yield f"ask for a lower bit rate, at most {rate:g} Gb/s", lower
            return


def _is_given(space: SearchSpace) -> bool:
    """Whether the demand of the space has an answer: a way, or two where it is protected."""
    if space.demand.protection is Protection.NONE:
        return space.best_path(space.latency_ps).path is not None
    return _two_ways(space) is not None


def _allowing(enough_ms: str) -> Remedy:
    return Remedy(kind=RemedyKind.ALLOW_LATENCY, values=(enough_ms,))


def _asked(space: SearchSpace, **changes: object) -> SearchSpace:
    """The space of the same demand with something asked differently."""
    return search_space(space.prepared, replace(space.demand, **changes))  # type: ignore[arg-type]


def _two_ways(space: SearchSpace) -> DisjointPair | None:
    """A pair whose paths are not one and the same."""
    pair = space.best_pair(space.latency_ps, all_risks=False)
    graph = space.prepared.graph
    is_one = pair is None or graph.spans_of(pair.first) == graph.spans_of(pair.second)
    return None if is_one else pair


def _paths_of_two_ways(space: SearchSpace) -> tuple[ArcPath, ...]:
    """Two ways that are not one and the same, or none."""
    pair = _two_ways(space)
    return () if pair is None else (pair.first, pair.second)


def _reachable(space: SearchSpace, *, barred: int) -> bool:
    """Whether any path exists with these risks barred, whatever its latency and via sites."""
    return fastest_way(space, barred=barred) is not None


def _where(space: SearchSpace) -> str:
    return f"{space.demand.a_site_id}-{space.demand.z_site_id}"


def _way_but_for(space: SearchSpace, cause: str) -> tuple[SpanId, ...]:
    """The spans of the fastest way that nothing but one cause bars, or failing that any way."""
    barriers = replace(space.barriers, **{cause: 0})
    path = fastest_way(space, barred=barriers.all) or fastest_way(space, barred=barriers.status)
    assert path is not None, "a way in service was found before"
    return space.prepared.graph.spans_of(path)


def _avoid_reason(space: SearchSpace) -> Reason:
    avoid = space.demand.avoid
    words = sorted((*avoid.site_ids, *avoid.span_ids, *avoid.operator_ids, *avoid.cable_ids))
    return Reason(
        code="avoided",
        where=_where(space),
        message=f"every way passes what is to be avoided ({', '.join(words)}); avoid less",
    )


def _price_reason(space: SearchSpace) -> Reason:
    """Names the owners on the way that ask no price."""
    spans = space.prepared.network.spans
    owners = {spans[span_id].owner_id for span_id in _way_but_for(space, "unpriced")}
    silent = sorted(owner_id for owner_id in owners if not space.book.sells(owner_id))
    slower = tuple(_slower(space))
    return Reason(
        code="no-price",
        where="prices",
        message=f"{', '.join(silent)} ask no price for {space.demand.bit_rate_gbps:g} Gb/s on "
        f"{space.demand.on_day}; {', or '.join(('add prices', *(words for words, _ in slower)))}",
        remedies=tuple(remedy for _, remedy in slower if remedy is not None),
    )


def _optics_reason(space: SearchSpace) -> Reason:
    """Names the lines on the way that no mode crosses, or the sites where no line leads on."""
    prepared, demand = space.prepared, space.demand
    span_ids = _way_but_for(space, "too_noisy")
    loose = [
        span_id
        for span_id in span_ids
        if span_id in spans_on_no_line(prepared, demand.accepted_statuses)
    ]
    if loose:
        return _no_line_reason(space, span_ids, loose)
    accepted = demand.accepted_statuses
    noisy_lines = too_noisy_lines(prepared, demand.bit_rate_gbps, accepted=accepted)
    barred = {frozenset(spans) for _, spans in noisy_lines}
    lines = lines_of(prepared, span_ids, start=demand.a_site_id, accepted=accepted)
    assert lines is not None, "the way begins and ends where a ROADM stands"
    noisy = [key for key in lines if frozenset(key[1]) in barred]
    wanted_db = prepared.network.rules.margin_db.value
    slower = tuple(_slower(space))
    helps = (*(words for words, _ in slower), *_shorter(space, noisy))
    return Reason(
        code="optics",
        where=", ".join(span_id for _, spans in noisy for span_id in spans),
        message=f"{demand.bit_rate_gbps:g} Gb/s closes with {wanted_db:g} dB margin by no mode "
        f"over {'; '.join(_line_text(space, key) for key in noisy)}; "
        f"{', or '.join(helps) or 'no lower bit rate of the library does'}",
        remedies=tuple(remedy for _, remedy in slower if remedy is not None),
    )


def _shorter(space: SearchSpace, noisy: Sequence[LineKey]) -> Iterator[str]:
    """Whether the lines can be cut in two: on land, and where some mode is fast enough at all."""
    network, rate = space.prepared.network, space.demand.bit_rate_gbps
    cables = {network.spans[span_id].cable_id for _, spans in noisy for span_id in spans}
    is_wet = any(network.cables[key].medium is CableMedium.SUBMARINE for key in cables)
    modes = network.library.transceiver_modes.values()
    if not is_wet and any(wavelengths_for(mode, rate) <= WAVELENGTHS_MAX for mode in modes):
        yield "shorten the line with a ROADM site between"


def _no_line_reason(
    space: SearchSpace, span_ids: tuple[SpanId, ...], loose: list[SpanId]
) -> Reason:
    network = space.prepared.network
    usable = sites_with(network, EquipmentKind.ROADM, space.demand.accepted_statuses)
    touched = {
        site_id
        for span_id in loose
        for site_id in (network.spans[span_id].a_site_id, network.spans[span_id].z_site_id)
    }
    passed = sites_along(network, span_ids, start=space.demand.a_site_id)
    bare = [site_id for site_id in passed if site_id in touched - usable]
    return Reason(
        code="optics",
        where=", ".join(loose),
        message=f"{', '.join(loose)} belong to no line between two ROADMs, because fibre branches "
        f"or changes its kind where none stands; install a ROADM at {', '.join(bare)}",
    )


def _line_text(space: SearchSpace, key: LineKey) -> str:
    """The line, its length, and how far the best mode is from crossing it."""
    prepared, rate = space.prepared, space.demand.bit_rate_gbps
    modes = tuple(prepared.network.library.transceiver_modes.values())
    usable = [i for i, mode in enumerate(modes) if wavelengths_for(mode, rate) <= WAVELENGTHS_MAX]
    line = prepared.plant.lines[key]
    name = f"{line.a_site_id}-{line.z_site_id} ({line.length_km:g} km"
    if not usable:
        return f"{name}, no mode is fast enough)"
    # Light runs both ways; the direction that is worse decides.
    columns = [i for i, (_, spans) in enumerate(prepared.plant.lines) if set(spans) == set(key[1])]
    best_db = float(prepared.lone_margins_db[usable][:, columns].max(axis=0).min())
    if isinf(best_db):
        return f"{name}, more dispersion than any receiver stands)"
    if best_db < _NOTHING_LEFT_DB:
        return f"{name}, the fibre loses so much that no light is left)"
    return f"{name}, best margin {best_db:.1f} dB)"


def _rule_reason(space: SearchSpace) -> Reason:
    """A way exists, but none that obeys the latency bound, the transit limits and the via sites."""
    demand = space.demand
    over_transit = transit_reason(space)
    if over_transit is not None:
        return over_transit
    fastest = fastest_way(space, barred=space.barriers.all)
    assert fastest is not None
    least_ms = path_latency_ms(space.prepared.graph, fastest)
    unbound = _asked(space, latency_ms_max=None)
    obeying = unbound.best_path(space.latency_ps).path
    if demand.latency_ms_max is not None and least_ms > demand.latency_ms_max and obeying:
        enough = _enough_ms(path_latency_ms(space.prepared.graph, obeying))
        return Reason(
            code="latency",
            where=_where(space),
            message=f"the fastest way takes {least_ms:.2f} ms one way, more than "
            f"{demand.latency_ms_max:g} ms; allow at least {enough} ms",
            remedies=(_allowing(enough),),
        )
    bound = "" if demand.latency_ms_max is None else f" within {demand.latency_ms_max:g} ms"
    return Reason(
        code="via",
        where=", ".join(demand.via_site_ids),
        message=f"no loopless way passes {', '.join(demand.via_site_ids)} in this order{bound}; "
        "change the order or drop a site",
    )


def _enough_ms(latency_ms: float) -> str:
    """The latency in hundredths, rounded up so that asking for it is enough."""
    return f"{ceil(latency_ms * 100.0) / 100.0:.2f}"
