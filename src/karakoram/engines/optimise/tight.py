"""Which ways of a demand need no more transponders than the best of its ways?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int

from karakoram.engines.optimise.cuts import UNREACHED, least_sums, tight_stretches
from karakoram.engines.optimise.transparent import Segments


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CandidatePath:
    """A path that a demand may take."""

    segments: Segments
    site: Int[np.ndarray, " place"]
    """Number of the site at each place."""
    may_cut: Bool[np.ndarray, " place"]
    """Where a regenerator may stand."""
    length_m: float

    def __post_init__(self) -> None:
        if not self.site.size == self.may_cut.size == self.segments.place_count:
            raise ValueError("site and may_cut need one value for each place of the path")
        if np.unique(self.site).size < self.site.size:
            raise ValueError("a path comes back to a site")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TightPath:
    """The stretches of one path out of which every chain needs the demand's fewest transponders."""

    candidate: int
    """Number of the path among those of its demand."""
    stretches: Bool[np.ndarray, "place place"]
    segments: Segments
    """All stretches, with what they take."""
    site: Int[np.ndarray, " place"]
    length_m: float

    def stands_with(self, sites: frozenset[int]) -> bool:
        """Whether some chain cuts the path at these sites only."""
        may = np.isin(self.site, list(sites))
        may[[0, -1]] = True
        is_open = self.stretches & may[:, None] & may[None, :]
        before, _ = least_sums(self.stretches.astype(np.int64), is_open=is_open)
        return bool(before[-1] < UNREACHED)

    def fewest_cuts(self) -> int:
        """Regenerator sites of the chain with the fewest."""
        before, _ = least_sums(self.stretches.astype(np.int64), is_open=self.stretches)
        return int(before[-1]) - 1

    def cut_sites(self) -> frozenset[int]:
        """Sites at which some chain is cut."""
        ends_inside = self.stretches[:, :-1].any(axis=0)
        return frozenset(self.site[:-1][ends_inside].tolist())


TightDemand = tuple[TightPath, ...]
"""The paths of a demand that can do with its fewest transponders; never empty."""


def tight_demand(paths: Sequence[CandidatePath]) -> tuple[int, TightDemand]:
    """The fewest transponders that any path needs, and what is left to choose among.

    ``UNREACHED`` and nothing where no path can be lit.
    """
    found = [tight_stretches(path.segments, may_cut=path.may_cut) for path in paths]
    least = min((count for count, _ in found), default=UNREACHED)
    if least >= UNREACHED:
        return UNREACHED, ()
    return least, tuple(
        TightPath(
            candidate=number,
            stretches=tight,
            segments=path.segments,
            site=path.site,
            length_m=path.length_m,
        )
        for number, (path, (count, tight)) in enumerate(zip(paths, found, strict=True))
        if count == least
    )


def site_count_floor(demands: Iterable[TightDemand]) -> int:
    """Fewer sites than this there cannot be: what the neediest demand takes by itself."""
    return max((min(path.fewest_cuts() for path in demand) for demand in demands), default=0)


def length_floor_m(demands: Iterable[TightDemand]) -> float:
    """Shorter than this the paths cannot be together."""
    return sum((min(path.length_m for path in demand) for demand in demands), start=0.0)
