"""What does a graph look like whose arcs are exposed to risks?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Int

Adjacency = tuple[tuple[tuple[int, int], ...], ...]
"""Per vertex: pairs of (neighbouring vertex, arc)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Digraph:
    """Directed arcs between numbered vertices, each arc with the set of risks it is exposed to.

    A set of risks is one Python integer: bit ``r`` set means "exposed to risk r", so that
    union, intersection and "avoids" cost one machine operation whatever the number of risks.
    A section that light can cross both ways is two arcs with the same risks.
    """

    vertex_count: int
    """Vertices are numbered from 0."""
    tails: Int[np.ndarray, " arc"]
    """Vertex from which each arc leads."""
    heads: Int[np.ndarray, " arc"]
    """Vertex to which each arc leads."""
    risk_masks: tuple[int, ...]
    """Per arc: the set of its risks."""
    tail_of: tuple[int, ...] = field(init=False, repr=False)
    """The tails as plain integers, which searches read faster than an array."""
    head_of: tuple[int, ...] = field(init=False, repr=False)
    out_arcs: Adjacency = field(init=False, repr=False)
    """Per vertex: the heads of the arcs that leave it, and the arcs."""
    in_arcs: Adjacency = field(init=False, repr=False)
    """Per vertex: the tails of the arcs that enter it, and the arcs."""

    def __post_init__(self) -> None:
        tails, heads = _read_only(self.tails), _read_only(self.heads)
        if not len(tails) == len(heads) == len(self.risk_masks):
            raise ValueError(
                f"tails, heads and risk_masks must be equally long, "
                f"got {len(tails)}, {len(heads)} and {len(self.risk_masks)}"
            )
        tail_of, head_of = tuple(tails.tolist()), tuple(heads.tolist())
        outside = [v for v in (*tail_of, *head_of) if not 0 <= v < self.vertex_count]
        if outside:
            raise ValueError(f"vertices must lie in 0..{self.vertex_count - 1}, got {outside[0]}")
        if any(mask < 0 for mask in self.risk_masks):
            raise ValueError("risk masks must be non-negative integers")
        for name, value in (
            ("tails", tails),
            ("heads", heads),
            ("tail_of", tail_of),
            ("head_of", head_of),
            ("out_arcs", _adjacency(self.vertex_count, tail_of, head_of)),
            ("in_arcs", _adjacency(self.vertex_count, head_of, tail_of)),
        ):
            object.__setattr__(self, name, value)

    @property
    def arc_count(self) -> int:
        """Number of arcs; arcs are numbered from 0."""
        return len(self.risk_masks)


def digraph_of_sections(
    vertex_count: int,
    *,
    a: Sequence[int] | Int[np.ndarray, " section"],
    z: Sequence[int] | Int[np.ndarray, " section"],
    risk_masks: Sequence[int],
) -> Digraph:
    """The graph in which section ``i`` is arc ``2 i`` from a to z and arc ``2 i + 1`` back.

    Parameters
    ----------
    vertex_count
        Number of vertices.
    a, z
        The two ends of each section, shape (section,).
    risk_masks
        The risks of each section, shape (section,); both arcs carry them.

    Raises
    ------
    ValueError
        If the ends and the risks are not equally many, or an end is no vertex.

    Examples
    --------
    >>> graph = digraph_of_sections(3, a=[0, 1], z=[1, 2], risk_masks=[0b01, 0b10])
    >>> graph.out_arcs[1]
    ((0, 1), (2, 2))
    """
    one_way = np.array([a, z], dtype=np.int64).reshape(2, -1)
    both_ways = np.stack([one_way, one_way[::-1]], axis=2).reshape(2, -1)
    return Digraph(
        vertex_count=vertex_count,
        tails=both_ways[0],
        heads=both_ways[1],
        risk_masks=tuple(mask for mask in risk_masks for _ in range(2)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Where a path may begin and where it may finish.

    With several sources or targets a path starts at one of the sources, finishes at one of
    the targets, and touches no other source or target on its way.
    """

    sources: frozenset[int]
    targets: frozenset[int]

    def __post_init__(self) -> None:
        if not self.sources or not self.targets:
            raise ValueError("a path needs at least one source and one target")
        if self.sources & self.targets:
            both = sorted(self.sources & self.targets)
            raise ValueError(f"sources and targets must differ, got {both} in both")

    @classmethod
    def between(cls, source: int, target: int) -> "Ends":
        """From one vertex to one vertex."""
        return cls(sources=frozenset((source,)), targets=frozenset((target,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Avoided:
    """What a path must not touch: arcs exposed to any of the risks, and the vertices."""

    risk_mask: int = 0
    vertices: frozenset[int] = frozenset()


NOTHING_AVOIDED = Avoided()


def risks_in(mask: int) -> tuple[int, ...]:
    """The numbers of the risks in a mask, ascending.

    >>> risks_in(0b10110)
    (1, 2, 4)
    """
    risks = []
    while mask:
        lowest = mask & -mask
        risks.append(lowest.bit_length() - 1)
        mask ^= lowest
    return tuple(risks)


def mask_of(risks: Sequence[int]) -> int:
    """The mask with the given risks set.

    >>> bin(mask_of([1, 2, 4]))
    '0b10110'
    """
    mask = 0
    for risk in risks:
        mask |= 1 << risk
    return mask


def _read_only(values: Int[np.ndarray, " arc"]) -> Int[np.ndarray, " arc"]:
    frozen = np.array(values, dtype=np.int64)
    frozen.flags.writeable = False
    return frozen


def _adjacency(vertex_count: int, ends: tuple[int, ...], others: tuple[int, ...]) -> Adjacency:
    lists: list[list[tuple[int, int]]] = [[] for _ in range(vertex_count)]
    for arc, (end, other) in enumerate(zip(ends, others, strict=True)):
        lists[end].append((other, arc))
    return tuple(tuple(entries) for entries in lists)
