"""Which elements does light pass from here to there, and where do its multiplex sections lie?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from karakoram.network.photonic.elements import Fibre, Roadm, Transceiver
from karakoram.network.photonic.network import PhotonicNetwork, successors
from karakoram.network.photonic.spectral import ElementId

_PASS_KM = 1e-5
"""What passing an element without length counts, so that of equal ways the simpler one wins."""

Steps = Mapping[ElementId, tuple[ElementId, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiplexSection:
    """OMS (ITU-T G.872): the elements between two ROADMs, or between them and a transceiver."""

    from_id: ElementId
    """ROADM or transceiver where it begins; not one of its elements."""
    to_id: ElementId
    """ROADM or transceiver where it ends."""
    element_ids: tuple[ElementId, ...]
    """In the direction of light."""


def shortest_path(
    network: PhotonicNetwork,
    *,
    from_id: ElementId,
    to_id: ElementId,
    via: tuple[ElementId, ...] = (),
) -> tuple[ElementId, ...] | None:
    """The elements of the way with the least fibre, both ends included; ``None`` without a way.

    Light passes no transceiver. The way from one stop to the next is the shortest of its own, so
    with stops the whole may pass an element twice.

    Parameters
    ----------
    from_id, to_id
        Elements of the network.
    via
        Elements to pass, in this order.
    """
    steps = successors(network)
    way: tuple[ElementId, ...] = (from_id,)
    for stop in (*via, to_id):
        part = _shortest(network, steps, ends=(way[-1], stop))
        if part is None:
            return None
        way = (*way, *part[1:])
    return way


def _shortest(
    network: PhotonicNetwork, steps: Steps, *, ends: tuple[ElementId, ElementId]
) -> tuple[ElementId, ...] | None:
    """Dijkstra's algorithm; of equally long ways the one found first."""
    start, goal = ends
    before: dict[ElementId, ElementId] = {}
    reached = {start: 0.0}
    queue = [(0.0, 0, start)]
    pushed = 1
    while queue:
        length_km, _, here = heappop(queue)
        if here == goal:
            return _traced(before, start=start, goal=goal)
        if length_km > reached[here] or _is_terminal(network, here, start):
            continue
        for there in steps.get(here, ()):
            further_km = length_km + _length_km(network, here)
            if further_km < reached.get(there, float("inf")):
                reached[there], before[there] = further_km, here
                heappush(queue, (further_km, pushed, there))
                pushed += 1
    return None


def _is_terminal(network: PhotonicNetwork, here: ElementId, start: ElementId) -> bool:
    return here != start and isinstance(network.elements.get(here), Transceiver)


def _length_km(network: PhotonicNetwork, element_id: ElementId) -> float:
    element = network.elements.get(element_id)
    return element.length_km if isinstance(element, Fibre) else _PASS_KM


def _traced(
    before: Mapping[ElementId, ElementId], *, start: ElementId, goal: ElementId
) -> tuple[ElementId, ...]:
    way = [goal]
    while way[-1] != start:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def multiplex_sections(network: PhotonicNetwork) -> tuple[MultiplexSection, ...]:
    """Every OMS of a sound network, in the order of the elements where they begin.

    A chain that ends nowhere, or comes back to itself, is no OMS. That between a transceiver and
    its own ROADM has no elements and is left out.
    """
    steps = successors(network)
    found = (
        section
        for element_id, element in network.elements.items()
        if isinstance(element, Roadm | Transceiver)
        for first in steps[element_id]
        for section in _section(network, steps, ends=(element_id, first))
    )
    return tuple(found)


def _section(
    network: PhotonicNetwork, steps: Steps, *, ends: tuple[ElementId, ElementId]
) -> Iterator[MultiplexSection]:
    from_id, here = ends
    chain: dict[ElementId, None] = {}
    while not isinstance(network.elements.get(here), Roadm | Transceiver):
        following = steps.get(here, ())
        if here in chain or len(following) != 1:
            return
        chain[here] = None
        here = following[0]
    if chain:
        yield MultiplexSection(from_id=from_id, to_id=here, element_ids=tuple(chain))
