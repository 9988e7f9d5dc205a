"""Where do regenerators go for a whole set of demands, and which path does each demand take?

Fewest transponders; then fewest sites with regenerators, for spares and power are kept at each;
then fewest kilometres. Of sets of sites that are alike in this, one with the least spectrum and the
most margin over all lightpaths together; with these sites each path has the cuts of least spectrum,
then of the widest margin.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from karakoram.engines.optimise.cuts import PathCuts, fewest_transponders
from karakoram.engines.optimise.site_choice import SearchLimit, SiteSearch
from karakoram.engines.optimise.site_greedy import sites_by_leaving_out
from karakoram.engines.optimise.site_program import sites_by_program
from karakoram.engines.optimise.tight import CandidatePath, tight_demand

_LENGTH_DIGITS = 3
"""Lengths are compared to the millimetre: sums of equal spans in another order are equal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedDemand:
    """The path that a demand takes, and where it is cut."""

    candidate: int
    """Number of the path among those of the demand."""
    cuts: PathCuts


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Regenerators for a set of demands, and how sure it is that there is nothing better."""

    demands: tuple[PlacedDemand | None, ...]
    """In the order asked; ``None`` where no path of a demand can be lit."""
    transponders: int
    """Of all demands: the fewest there can be over the paths given."""
    sites: tuple[int, ...]
    """Numbers of the sites with regenerators, ascending."""
    length_m: float
    """Of all paths together."""
    search: SiteSearch
    site_count_bound: int
    """Proven: with so few transponders there are no fewer sites."""
    length_m_bound: float
    """Proven: with so few transponders and as many sites the paths are not shorter together."""

    @property
    def proven(self) -> bool:
        """Whether nothing is better: to a metre of all paths together."""
        is_shortest = self.length_m <= self.length_m_bound + 1.0
        return len(self.sites) <= self.site_count_bound and is_shortest


def place_regenerators(
    demands: Sequence[Sequence[CandidatePath]], *, limit: SearchLimit | None = None
) -> Placement:
    """The placement with the fewest transponders, then the fewest sites, then the fewest metres.

    Nothing but the sites is shared among demands, so that the fewest transponders of all are the
    sum of each one's fewest: a dynamic programme finds them and leaves the stretches through which
    every way needs so few. Among these an integer program chooses, or, where it is larger or
    slower than the limit, sites are left out one by one, which ``search`` and the bounds tell.

    Parameters
    ----------
    demands
        For each demand the paths it may take.
    limit
        Of the integer program; else that of ``SearchLimit()``.

    Returns
    -------
    The placement.

    References
    ----------
    .. [1] docs/theory/regenerators.md; the problem is NP-hard: M. Flammini et al., "On the
       complexity of the regenerator placement problem in optical networks", IEEE/ACM Trans.
       Networking 19, 2011, 498-511.
    """
    tight = [tight_demand(paths)[1] for paths in demands]
    choosing = [ways for ways in tight if ways]
    chosen = choosing and sites_by_program(choosing, limit=limit or SearchLimit())
    choice = chosen or sites_by_leaving_out(choosing)
    placed = tuple(
        _placed(paths, [way.candidate for way in ways], sites=choice.sites) if ways else None
        for paths, ways in zip(demands, tight, strict=True)
    )
    lit = [
        (paths[one.candidate], one.cuts) for paths, one in zip(demands, placed, strict=True) if one
    ]
    used = {site for path, cuts in lit for site in path.site[list(cuts.cuts)].tolist()}
    return Placement(
        demands=placed,
        transponders=sum(cuts.transponders for _, cuts in lit),
        sites=tuple(sorted(used)),
        length_m=sum((path.length_m for path, _ in lit), start=0.0),
        search=choice.search,
        site_count_bound=choice.site_count_bound,
        length_m_bound=choice.length_m_bound,
    )


def _placed(
    paths: Sequence[CandidatePath], candidates: Sequence[int], *, sites: frozenset[int]
) -> PlacedDemand:
    """The shortest of the candidates that these sites serve; of equals the best cut."""
    served: list[tuple[tuple[float, float, float], PlacedDemand]] = []
    for candidate in candidates:
        path = paths[candidate]
        may_cut = path.may_cut & np.isin(path.site, list(sites))
        cuts = fewest_transponders(path.segments, may_cut=may_cut)
        if cuts is not None:
            merit = (round(path.length_m, _LENGTH_DIGITS), cuts.spectrum_hz, -cuts.spare)
            served.append((merit, PlacedDemand(candidate=candidate, cuts=cuts)))
    fewest = min(one.cuts.transponders for _, one in served)
    return min((e for e in served if e[1].cuts.transponders == fewest), key=lambda e: e[0])[1]
