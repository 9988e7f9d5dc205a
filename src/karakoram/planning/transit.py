"""How far, or over how many hand-overs, does a path go inside the network of one operator?"""

from collections.abc import Iterable
from math import ceil

from karakoram.core.identifiers import OperatorId
from karakoram.engines.routing import ArcPath, ResourceLimit
from karakoram.network.network import Network
from karakoram.planning.demand import TransitLimit, TransitUnit
from karakoram.planning.route_graph import MM_PER_KM, RouteGraph

_MM_PER_M = 1_000


def transit_amounts(graph: RouteGraph, network: Network, limit: TransitLimit) -> tuple[int, ...]:
    """Per arc what it adds to the quantity limited: mm over the operator's spans, or hand-overs.

    A hand-over counts at which light comes into the operator's network or leaves it.
    """
    if limit.unit is TransitUnit.KM:
        return tuple(
            length_mm
            if use.span_id is not None
            and network.spans[use.span_id].operator_id == limit.operator_id
            else 0
            for use, length_mm in zip(graph.uses, graph.length_mm, strict=True)
        )
    mask = _handover_mask(graph, network, limit.operator_id)
    return tuple(int(bool(risks & mask)) for risks in graph.digraph.risk_masks)


def transit_bounds(
    graph: RouteGraph, network: Network, limits: Iterable[TransitLimit]
) -> tuple[ResourceLimit, ...]:
    """The limits as the routing engine takes them, in whole millimetres and hand-overs."""
    return tuple(
        ResourceLimit(
            amounts=transit_amounts(graph, network, limit),
            most=limit.most * (MM_PER_KM if limit.unit is TransitUnit.KM else 1),
        )
        for limit in limits
    )


def transit_of(graph: RouteGraph, network: Network, path: ArcPath, *, limit: TransitLimit) -> float:
    """How much of the quantity limited a path takes, in its unit, km rounded up to metres.

    Parameters
    ----------
    graph
        The network as a graph.
    network
        The network.
    path
        Arcs from end to end.
    limit
        What is limited, and in which unit.
    """
    amounts = transit_amounts(graph, network, limit)
    taken = sum(amounts[arc] for arc in path.arcs)
    return ceil(taken / _MM_PER_M) / 1_000.0 if limit.unit is TransitUnit.KM else float(taken)


def _handover_mask(graph: RouteGraph, network: Network, operator_id: OperatorId) -> int:
    return sum(
        1 << graph.bit_of_handover[handover.handover_id]
        for handover in network.handovers.values()
        if operator_id in (handover.from_operator_id, handover.to_operator_id)
    )
