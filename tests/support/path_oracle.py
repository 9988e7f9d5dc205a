"""Every loopless path, and the best pair of them, by trying all. Slow, plain, independent."""

from collections.abc import Iterator

from karakoram.engines.routing import Digraph, Ends, PathRule

Way = tuple[int, ...]
"""Arcs in travel order."""


def all_ways(graph: Digraph, ends: Ends) -> list[Way]:
    """Every loopless path that touches sources and targets at its ends only."""
    return [way for source in sorted(ends.sources) for way in _onward(graph, ends, (source,), ())]


def _onward(graph: Digraph, ends: Ends, seen: Way, arcs: Way) -> Iterator[Way]:
    for arc in range(graph.arc_count):
        head = int(graph.heads[arc])
        if int(graph.tails[arc]) != seen[-1] or head in seen or head in ends.sources:
            continue
        if head in ends.targets:
            yield (*arcs, arc)
        else:
            yield from _onward(graph, ends, (*seen, head), (*arcs, arc))


def mask_along(graph: Digraph, way: Way) -> int:
    mask = 0
    for arc in way:
        mask |= graph.risk_masks[arc]
    return mask


def total(values, way: Way):
    return sum(values[arc] for arc in way)


def obeys(graph: Digraph, rule: PathRule, way: Way) -> bool:
    vertices = [int(graph.tails[way[0]]), *(int(graph.heads[arc]) for arc in way)]
    if mask_along(graph, way) & rule.avoid.risk_mask or rule.avoid.vertices & set(vertices):
        return False
    if any(total(limit.amounts, way) > limit.most for limit in rule.limits):
        return False
    place = 0
    for wanted in rule.via:
        while place < len(vertices) and vertices[place] not in wanted:
            place += 1
        if place == len(vertices):
            return False
    return True


def best_merit(graph: Digraph, *, cost, ends: Ends, risks, rules) -> tuple[int, int] | None:
    """The least (shared weight, cost) of any pair that obeys the rules; None without one."""
    ways = all_ways(graph, ends)
    firsts, seconds = ([w for w in ways if obeys(graph, rule, w)] for rule in rules)
    merits = []
    for first in firsts:
        for second in seconds:
            shared = mask_along(graph, first) & mask_along(graph, second) & ~risks.free_mask
            weight = sum(w for bit, w in enumerate(risks.weights) if shared >> bit & 1)
            merits.append((weight, total(cost, first) + total(cost, second)))
    return min(merits, default=None)
