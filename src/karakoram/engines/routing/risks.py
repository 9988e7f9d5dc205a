"""Which risks can no path avoid, and which do two paths share?"""

from karakoram.engines.routing.digraph import NOTHING_AVOIDED, Avoided, Digraph, Ends
from karakoram.engines.routing.reduction import Reducible, reduced
from karakoram.engines.routing.shortest import ArcPath


def unavoidable_risks(
    graph: Digraph, *, ends: Ends, avoid: Avoided = NOTHING_AVOIDED
) -> int | None:
    """Mask of the risks to which every path is exposed; None when there is no path.

    A risk is unavoidable when the target is out of reach without the arcs exposed to it.
    Two unavoidable risks may be unavoidable for different reasons; two risks of which every
    path meets at least one are not unavoidable.

    Parameters
    ----------
    graph
        The graph.
    ends
        Where the path begins and finishes.
    avoid
        Risks and vertices that the paths in question do not touch.

    Returns
    -------
    Mask with bit r set for risk r.
    """
    barred = barred_arcs(graph, avoid)
    core = reduced(
        graph,
        costs=[0] * graph.arc_count,
        request=Reducible(
            ends=ends,
            weights=(1,) * max((mask.bit_length() for mask in graph.risk_masks), default=0),
            barred=(barred, barred),
        ),
    )
    return None if core is None else core.unavoidable_mask


def shared_risks(first: ArcPath, second: ArcPath, *, free_mask: int = 0) -> int:
    """Mask of the risks to which both paths are exposed, without those in ``free_mask``."""
    return first.risk_mask & second.risk_mask & ~free_mask


def barred_arcs(graph: Digraph, avoid: Avoided) -> frozenset[int]:
    """The arcs that touch what is to be avoided."""
    if avoid == NOTHING_AVOIDED:
        return frozenset()
    return frozenset(
        arc
        for arc, (tail, head) in enumerate(zip(graph.tail_of, graph.head_of, strict=True))
        if graph.risk_masks[arc] & avoid.risk_mask
        or tail in avoid.vertices
        or head in avoid.vertices
    )
