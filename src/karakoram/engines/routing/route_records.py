"""How are the paths of many pairs held, none of them an object of its own?"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int, Shaped, UInt64

PROOFS = ("none", "search", "branching", "ilp", "capped")
"""What an answer rests on: there is no path; a search that is exact by itself; branching on
conflicts to its end; the integer program; or nothing, a limit having been reached."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RankedPaths:
    """The paths of every pair, the best first: arrays one after the other, all read-only.

    Pair ``i`` has the paths ``pair_offsets[i]`` to ``pair_offsets[i + 1]``, path ``p`` the arcs
    ``arcs[path_offsets[p] : path_offsets[p + 1]]`` in travel order. Arc ``2 i`` is section ``i``
    from a to z, arc ``2 i + 1`` the same section back, so ``arcs // 2`` are sections.
    """

    pair_offsets: Int[np.ndarray, " pair_bound"]
    path_offsets: Int[np.ndarray, " path_bound"]
    arcs: Int[np.ndarray, " place"]
    costs: Float[np.ndarray, " path"] | Int[np.ndarray, " path"]
    """Sum of the section costs along each path, in the unit in which they were given."""

    def __post_init__(self) -> None:
        for name in ("pair_offsets", "path_offsets", "arcs", "costs"):
            column = getattr(self, name).view()
            column.flags.writeable = False
            object.__setattr__(self, name, column)
        assert self.pair_offsets[-1] == len(self.costs) == len(self.path_offsets) - 1
        assert self.path_offsets[-1] == len(self.arcs)

    @property
    def pair_count(self) -> int:
        """Number of pairs; some may have no path."""
        return len(self.pair_offsets) - 1

    @property
    def path_counts(self) -> Int[np.ndarray, " pair"]:
        """How many paths each pair has."""
        return np.diff(self.pair_offsets)

    @property
    def arc_counts(self) -> Int[np.ndarray, " path"]:
        """How many arcs (hops) each path has."""
        return np.diff(self.path_offsets)

    def arcs_of_pair(self, pair: int) -> tuple[tuple[int, ...], ...]:
        """The arcs of each path of one pair, for people and tests; searches read the arrays."""
        first, last = self.pair_offsets[pair], self.pair_offsets[pair + 1]
        bounds = self.path_offsets[first : last + 1].tolist()
        return tuple(tuple(self.arcs[begin:end].tolist()) for begin, end in pairwise(bounds))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RouteBatch:
    """The answer to one question about many pairs; arrays are read-only."""

    paths: RankedPaths
    proofs: Shaped[np.ndarray, " pair"]
    """Per pair: one of PROOFS."""
    shared_words: UInt64[np.ndarray, "pair word"] | None = None
    """Per pair: the risks that both its paths are exposed to, free ones left out, as a row of
    words like those of the graph; None where diversity was not asked for."""

    def __post_init__(self) -> None:
        assert len(self.proofs) == self.paths.pair_count
        for column in (self.proofs, self.shared_words):
            if column is not None:
                column.flags.writeable = False
