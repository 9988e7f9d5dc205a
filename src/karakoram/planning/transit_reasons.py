"""Which limits inside operators are too tight, and what would be enough?"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil

from karakoram.engines.routing import ArcPath
from karakoram.planning.demand import TransitLimit
from karakoram.planning.offers import Reason, Remedy, RemedyKind
from karakoram.planning.path_plan import path_latency_ms
from karakoram.planning.search_space import SearchSpace, search_space
from karakoram.planning.transit import transit_amounts, transit_of

Ways = Callable[[SearchSpace], tuple[ArcPath, ...]]
"""The paths that a demand needs, in a space where it asks for less; none where there are none."""


def transit_reason(space: SearchSpace) -> Reason | None:
    """Why no way stays within the limits, where without them there is one; else ``None``.

    What is enough inside one operator, all else as it was asked, is the least that any way takes.
    """
    demand = space.demand
    if not demand.transit_limits or not _is_for_them(space):
        return None
    least = tuple(_least_transit(space))
    slower = _slower_way(space)
    helps = (
        *(f"allow {limit.word}" for limit in least),
        *(f"allow {enough} ms one way" for enough in slower),
    )
    words = ", ".join(limit.word for limit in demand.transit_limits)
    if demand.latency_ms_max is not None:
        words += f" and {demand.latency_ms_max:g} ms"
    return Reason(
        code="transit",
        where=", ".join(dict.fromkeys(limit.operator_id for limit in demand.transit_limits)),
        message=f"no way does all that is asked within {words}; "
        + (", or ".join(helps) or "loosen several of these together"),
        remedies=(
            *map(allowing_transit, least),
            *(Remedy(kind=RemedyKind.ALLOW_LATENCY, values=(enough,)) for enough in slower),
        ),
    )


def _is_for_them(space: SearchSpace) -> bool:
    """Whether the limits keep the demand from a way, by themselves or with the latency bound."""
    if _asked(space, ()).best_path(space.latency_ps).path is not None:
        return True
    unbound = search_space(space.prepared, replace(space.demand, latency_ms_max=None))
    return (
        unbound.best_path(space.latency_ps).path is None
        and _asked(unbound, ()).best_path(space.latency_ps).path is not None
    )


def enough_transit(space: SearchSpace, ways: Ways) -> Iterator[TransitLimit]:
    """Per limit that keeps a demand from its ways alone, one with which it has them."""
    limits = space.demand.transit_limits
    graph, network = space.prepared.graph, space.prepared.network
    for limit in limits:
        paths = ways(_asked(space, _without(limits, limit)))
        if paths:
            taken = max(transit_of(graph, network, path, limit=limit) for path in paths)
            yield replace(limit, most=taken)


def allowing_transit(enough: TransitLimit) -> Remedy:
    """What to ask instead of a limit that is too tight."""
    return Remedy(kind=RemedyKind.ALLOW_TRANSIT, values=(enough.word,))


def _least_transit(space: SearchSpace) -> Iterator[TransitLimit]:
    """Per limit the least that a way takes which obeys all else."""
    graph, network = space.prepared.graph, space.prepared.network
    limits = space.demand.transit_limits
    for limit in limits:
        wider = _asked(space, _without(limits, limit))
        path = wider.best_path(transit_amounts(graph, network, limit)).path
        if path is not None:
            yield replace(limit, most=transit_of(graph, network, path, limit=limit))


def _slower_way(space: SearchSpace) -> tuple[str, ...]:
    """The latency that is enough for a way within the limits, where it is bounded; one or none."""
    if space.demand.latency_ms_max is None:
        return ()
    unbound = search_space(space.prepared, replace(space.demand, latency_ms_max=None))
    path = unbound.best_path(unbound.latency_ps).path
    if path is None:
        return ()
    return (f"{ceil(path_latency_ms(space.prepared.graph, path) * 100.0) / 100.0:.2f}",)


def _asked(space: SearchSpace, limits: tuple[TransitLimit, ...]) -> SearchSpace:
    """The space of the same demand with other limits."""
    return search_space(space.prepared, replace(space.demand, transit_limits=limits))


def _without(limits: tuple[TransitLimit, ...], one: TransitLimit) -> tuple[TransitLimit, ...]:
    return tuple(limit for limit in limits if limit is not one)
