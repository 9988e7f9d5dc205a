"""What does a topology look like to compiled searches over many pairs at once?

Sections as columns: two ends, a cost and a set of risks each. Section ``i`` is arc ``2 i`` from
a to z and arc ``2 i + 1`` back, as in ``digraph_of_sections``. A set of risks is a row of 64-bit
words: bit ``r % 64`` of word ``r // 64`` stands for risk ``r``.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int, UInt64

from karakoram.engines.routing.costs import integer_costs
from karakoram.engines.routing.digraph import (
    Avoided,
    Digraph,
    digraph_of_sections,
    risks_in,
)

WORD_BITS = 64

SectionCosts = Sequence[int | float] | Float[np.ndarray, " section"] | Int[np.ndarray, " section"]
"""One non-negative number per section, in any one unit."""


class OutArcs(NamedTuple):
    """The arcs that leave each vertex, side by side: slots ``offsets[v]`` to ``offsets[v + 1]``.

    The slots of a vertex are in the order of their arcs. Arrays are read-only.
    """

    offsets: Int[np.ndarray, " vertex_bound"]
    heads: Int[np.ndarray, " slot"]
    """Vertex to which the arc of each slot leads."""
    tails: Int[np.ndarray, " slot"]
    arcs: Int[np.ndarray, " slot"]
    """Arc ``2 i`` is section ``i`` from a to z, arc ``2 i + 1`` the same section back."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SectionGraph:
    """Sections between numbered vertices, each with a cost and the risks it is exposed to."""

    vertex_count: int
    a: Int[np.ndarray, " section"]
    z: Int[np.ndarray, " section"]
    cost: Float[np.ndarray, " section"] | Int[np.ndarray, " section"]
    """Cost of each section, the same both ways, >= 0, in any one unit."""
    risk_words: UInt64[np.ndarray, "section word"]
    """The risks of each section; risk ``i`` is section ``i`` itself, others come after."""
    risk_count: int
    """Risks are numbered from 0: sections, then groups, then sites if they are risks."""
    first_site: int
    """The risk that vertex 0 is; ``risk_count`` where sites are no risks."""
    integer_cost: Int[np.ndarray, " section"] = field(init=False, repr=False)
    """Costs as they are ordered, by ``integer_costs``."""

    def __post_init__(self) -> None:
        columns = {name: _frozen(getattr(self, name)) for name in ("a", "z", "cost", "risk_words")}
        assert len({len(column) for column in columns.values()}) == 1
        for end in ("a", "z"):
            outside = [v for v in columns[end].tolist() if not 0 <= v < self.vertex_count]
            if outside:
                raise ValueError(
                    f"vertices must lie in 0..{self.vertex_count - 1}, got {outside[0]}"
                )
        ordered = integer_costs(columns["cost"], arc_count=len(columns["a"]))
        columns["integer_cost"] = _frozen(np.array(ordered, dtype=np.int64))
        for name, column in columns.items():
            object.__setattr__(self, name, column)

    @property
    def section_count(self) -> int:
        """Number of sections; sections are numbered from 0."""
        return len(self.a)

    @property
    def exposure(self) -> Bool[np.ndarray, "section risk"]:
        """Whether each section is exposed to each risk."""
        octets = self.risk_words.astype("<u8").view(np.uint8)
        bits = np.unpackbits(octets, axis=1, count=self.risk_count, bitorder="little")
        return bits.astype(bool)

    @property
    def arc_cost(self) -> Float[np.ndarray, " arc"] | Int[np.ndarray, " arc"]:
        """Cost of each arc, in the unit of ``cost``."""
        return np.repeat(self.cost, 2)


def section_graph(
    vertex_count: int,
    *,
    ends: Int[np.ndarray, "section 2"] | Sequence[tuple[int, int]],
    cost: SectionCosts,
    groups: Sequence[Collection[int]] = (),
    sites_are_risks: bool = False,
) -> SectionGraph:
    """The graph of some sections, each a risk to itself.

    Parameters
    ----------
    vertex_count
        Number of vertices.
    ends
        The two vertices that each section joins, shape (section, 2).
    cost
        Cost of each section, >= 0, in any one unit, shape (section,).
    groups
        Per section: the numbers, from 0, of the risk groups that it belongs to; empty when there
        are no groups.
    sites_are_risks
        Whether each vertex is a risk of the sections that end there.

    Raises
    ------
    ValueError
        If costs, ends and groups are not equally many, an end is no vertex, a cost is negative,
        infinite or not a number, or a group is negative.

    Examples
    --------
    >>> ring = section_graph(3, ends=[(0, 1), (1, 2), (0, 2)], cost=[5.0, 5.0, 12.0])
    >>> ring.risk_words.ravel().tolist()
    [1, 2, 4]
    """
    both = np.array(ends, dtype=np.int64).reshape(-1, 2)
    values = np.array(cost, dtype=np.int64 if _whole(cost) else np.float64)
    if len(values) != len(both):
        raise ValueError(f"expected the cost of each of {len(both)} sections, got {len(values)}")
    if groups and len(groups) != len(both):
        raise ValueError(f"expected the groups of each of {len(both)} sections, got {len(groups)}")
    members = [sorted({int(group) for group in own}) for own in groups] or [[] for _ in both]
    if min((own[0] for own in members if own), default=0) < 0:
        raise ValueError("groups are numbered from 0")
    group_count = 1 + max((own[-1] for own in members if own), default=-1)
    first_site = len(both) + group_count
    risk_count = first_site + (vertex_count if sites_are_risks else 0)
    words = np.zeros((len(both), -(-risk_count // WORD_BITS)), dtype=np.uint64)
    for section, own in enumerate(members):
        risks = [section, *(len(both) + group for group in own)]
        if sites_are_risks:
            risks += [first_site + int(vertex) for vertex in both[section]]
        for risk in risks:
            words[section, risk // WORD_BITS] |= np.uint64(1 << risk % WORD_BITS)
    return SectionGraph(
        vertex_count=vertex_count,
        a=both[:, 0],
        z=both[:, 1],
        cost=values,
        risk_words=words,
        risk_count=risk_count,
        first_site=first_site,
    )


def out_arcs(graph: SectionGraph, usable: Bool[np.ndarray, " section"] | None = None) -> OutArcs:
    """The arcs of the usable sections by the vertex that they leave; of all when not said."""
    arcs = np.arange(2 * graph.section_count)
    tails = np.stack([graph.a, graph.z], axis=1).ravel()
    heads = np.stack([graph.z, graph.a], axis=1).ravel()
    if usable is not None:
        kept = np.repeat(usable, 2)
        arcs, tails, heads = arcs[kept], tails[kept], heads[kept]
    order = np.argsort(tails, kind="stable")
    offsets = np.searchsorted(tails[order], np.arange(graph.vertex_count + 1))
    return OutArcs(
        offsets=_frozen(offsets.astype(np.int64)),
        heads=_frozen(heads[order]),
        tails=_frozen(tails[order]),
        arcs=_frozen(arcs[order]),
    )


def usable_sections(graph: SectionGraph, avoid: Avoided) -> Bool[np.ndarray, " section"]:
    """Whether each section touches none of the risks and none of the vertices."""
    barred = [risk for risk in risks_in(avoid.risk_mask) if risk < graph.risk_count]
    exposed = np.logical_or.reduce(graph.exposure[:, barred], axis=1)
    vertices = np.array(sorted(avoid.vertices), dtype=np.int64)
    touched: Bool[np.ndarray, " section"] = np.isin(graph.a, vertices) | np.isin(graph.z, vertices)
    touched |= exposed
    return ~touched


def digraph_of(graph: SectionGraph) -> Digraph:
    """The same graph as the exact searches for one question at a time see it."""
    masks = [
        sum(int(word) << place * WORD_BITS for place, word in enumerate(row))
        for row in graph.risk_words
    ]
    return digraph_of_sections(graph.vertex_count, a=graph.a, z=graph.z, risk_masks=masks)


def checked_pairs(
    graph: SectionGraph, pairs: Int[np.ndarray, "pair 2"] | Sequence[tuple[int, int]]
) -> Int[np.ndarray, "pair 2"]:
    """The pairs (source, target) as an array, every one of two different vertices.

    Raises
    ------
    ValueError
        If a pair names what is no vertex, or one vertex twice; the first such pair is named.
    """
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    wrong = ((both < 0) | (both >= graph.vertex_count)).any(axis=1) | (both[:, 0] == both[:, 1])
    if wrong.any():
        number = int(np.argmax(wrong))
        raise ValueError(
            f"pair {number} is {tuple(both[number].tolist())}: expected two different vertices "
            f"in 0..{graph.vertex_count - 1}"
        )
    return both


def _whole(cost: SectionCosts) -> bool:
    if isinstance(cost, np.ndarray):
        return bool(np.issubdtype(cost.dtype, np.integer))
    return all(isinstance(value, int) for value in cost)


def _frozen(values: np.ndarray) -> np.ndarray:
    frozen = np.ascontiguousarray(values).copy()
    frozen.flags.writeable = False
    return frozen
