"""Which are the fewest sites that serve every demand, by an integer program?

Each demand sends one unit through the stretches of its paths; a site that a stretch ends at inside
a path is used. The transponders are not among the sums: whatever chain is chosen needs the fewest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

import numpy as np
import scipy  # type: ignore[import-untyped] # submodules load on first use: nobody pays for it idle
from jaxtyping import Float

from karakoram.engines.optimise.site_choice import SearchLimit, SiteChoice, SiteSearch
from karakoram.engines.optimise.tight import TightDemand, length_floor_m, site_count_floor
from karakoram.engines.optimise.transparent import Segments

_ROUNDING = 1e-6
"""The solver's tolerance for whole numbers."""

_M_PER_KM = 1e3
"""Lengths are summed in km: the solver's absolute gap of 1e-6 is then a millimetre."""


_LENGTH_LOOSE_KM = 5e-4
"""Half a metre: rounding of the solver, not a longer path."""

_SLICE_HZ = 12.5e9
"""Slot widths are multiples of it (ITU-T G.694.1)."""

_SLICES_PER_DB = 1e-4
"""Of margin: 1,000 lightpaths of 10 dB do not outweigh one slice."""

_SPARE_MAX = 1e6
"""60 dB, more than any margin: light without noise has no end of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """A column: one stretch of one path of one demand."""

    demand: int
    path: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Answer:
    """What the solver found within its time, and what it proved."""

    columns: Float[np.ndarray, " column"]
    bound: float


def sites_by_program(demands: Sequence[TightDemand], *, limit: SearchLimit) -> SiteChoice | None:
    """The fewest sites; of such sets, those that allow the shortest paths, then the best light.

        min  sum z_s     then   min  sum length of the paths taken
                         then   min  sum spectrum, less a ten thousandth of the sum of margins
        y a unit flow over the stretches of each demand;  y into s <= z_s for each demand

    Parameters
    ----------
    demands
        What is left to choose among.
    limit
        Size and time; what is found when the time is over counts, with the bound reached.

    Returns
    -------
    The choice, or ``None`` where the program is too large or nothing was found in time.
    """
    stretches = [
        _Stretch(demand=number, path=path_number, first=int(first), last=int(last))
        for number, demand in enumerate(demands)
        for path_number, path in enumerate(demand)
        for first, last in zip(*np.nonzero(path.stretches), strict=True)
    ]
    sites = sorted(frozenset().union(*(p.cut_sites() for demand in demands for p in demand)))
    if len(stretches) + len(sites) > limit.columns_max:
        return None
    program = _Program(demands, stretches=stretches, sites=sites)
    fewest = program.minimiser(program.site_weights, time_s=limit.time_s)
    if fewest is None:
        return None
    # Sites are whole: half of one forgives the solver's rounding and lets no more be used.
    program.bound(program.site_weights, program.site_weights @ fewest.columns + 0.5)
    shortest = program.minimiser(program.length_km, time_s=limit.time_s)
    best = fewest
    if shortest is not None:
        program.bound(program.length_km, program.length_km @ shortest.columns + _LENGTH_LOOSE_KM)
        best = program.minimiser(program.light, time_s=limit.time_s) or shortest
    floor_m = length_floor_m(demands)
    return SiteChoice(
        sites=program.sites_used(best),
        search=SiteSearch.PROGRAM,
        site_count_bound=max(ceil(fewest.bound - _ROUNDING), site_count_floor(demands)),
        length_m_bound=floor_m if shortest is None else max(shortest.bound * _M_PER_KM, floor_m),
    )


def _light(segments: Segments, one: _Stretch) -> float:
    """What a stretch takes of the spectrum in slices, less a little for its margin."""
    spare = min(float(segments.spare[one.first, one.last]), _SPARE_MAX)
    slices = float(segments.spectrum_hz[one.first, one.last]) / _SLICE_HZ
    return slices - _SLICES_PER_DB * 10.0 * log10(spare)


class _Program:
    """Rows as triplets (row, column, value) with bounds; lives while the search runs."""

    def __init__(
        self, demands: Sequence[TightDemand], *, stretches: list[_Stretch], sites: list[int]
    ) -> None:
        self.stretches, self.sites = stretches, sites
        column_count = len(stretches) + len(sites)
        self.site_weights = (np.arange(column_count) >= len(stretches)).astype(np.float64)
        self.length_km = np.zeros(column_count)
        self.light = np.zeros(column_count)
        self.limits: list[tuple[Float[np.ndarray, " column"], float]] = []
        self.entries: list[tuple[int, int, float]] = []
        self.bounds: list[tuple[float, float]] = [(1.0, 1.0)] * len(demands)
        rows: dict[tuple[int, ...], int] = {}
        site_column = {site: len(stretches) + number for number, site in enumerate(sites)}
        for column, one in enumerate(stretches):
            path = demands[one.demand][one.path]
            self.light[column] = _light(path.segments, one)
            if one.first == 0:
                self.entries.append((one.demand, column, 1.0))
                self.length_km[column] = path.length_m / _M_PER_KM
            else:
                row = self._row(rows, (one.demand, one.path, one.first), bounds=(0.0, 0.0))
                self.entries.append((row, column, -1.0))
            if one.last < path.site.size - 1:
                row = self._row(rows, (one.demand, one.path, one.last), bounds=(0.0, 0.0))
                self.entries.append((row, column, 1.0))
                site = int(path.site[one.last])
                is_new = (one.demand, site) not in rows
                row = self._row(rows, (one.demand, site), bounds=(-np.inf, 0.0))
                self.entries.append((row, column, 1.0))
                if is_new:
                    self.entries.append((row, site_column[site], -1.0))

    def _row(
        self, rows: dict[tuple[int, ...], int], key: tuple[int, ...], *, bounds: tuple[float, float]
    ) -> int:
        """The row of a place of a path, or of a demand at a site; made where it is new."""
        if key not in rows:
            rows[key] = len(self.bounds)
            self.bounds.append(bounds)
        return rows[key]

    def bound(self, weights: Float[np.ndarray, " column"], most: float) -> None:
        """Let a sum be no more than this from now on."""
        self.limits.append((weights, float(most)))

    def minimiser(self, weights: Float[np.ndarray, " column"], *, time_s: float) -> _Answer | None:
        """The best columns found in time; ``None`` where there are none."""
        rows, columns, values = zip(*self.entries, strict=True)
        matrix = scipy.sparse.csr_array(
            (values, (rows, columns)), shape=(len(self.bounds), weights.size)
        )
        lower, upper = np.array(self.bounds).T
        answer = scipy.optimize.milp(
            weights,
            integrality=np.ones(weights.size),
            bounds=scipy.optimize.Bounds(0.0, 1.0),
            constraints=[
                scipy.optimize.LinearConstraint(matrix, lower, upper),
                *(
                    scipy.optimize.LinearConstraint(row[None, :], -np.inf, most)
                    for row, most in self.limits
                ),
            ],
            options={"mip_rel_gap": 0.0, "time_limit": time_s},
        )
        if answer.x is None:
            return None
        bound = answer.mip_dual_bound  # nothing where the time was over before any was known
        is_known = bound is not None and np.isfinite(bound)
        return _Answer(columns=np.rint(answer.x), bound=float(bound) if is_known else 0.0)

    def sites_used(self, answer: _Answer) -> frozenset[int]:
        """The sites whose columns are 1."""
        used = answer.columns[len(self.stretches) :] > 0.0
        return frozenset(site for site, is_used in zip(self.sites, used, strict=True) if is_used)
