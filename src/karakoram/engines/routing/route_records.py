"""How are the paths of many pairs held, none of them an object of its own?"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int


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
