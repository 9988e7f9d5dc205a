"""Where is a path cut so that it needs the fewest transponders?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int

from karakoram.engines.optimise.transparent import Segments

UNREACHED = 2**40
"""Transponders to a place that no light reaches: more than there can be, and sums stay exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathCuts:
    """A path cut into stretches that each need no regeneration."""

    places: tuple[int, ...]
    """Where stretches begin and end: 0, the cuts, the last place."""
    transponders: int
    spectrum_hz: float
    """Slot widths times OMSs crossed."""
    spare: float
    """Least SNR over SNR needed [1] of its stretches."""

    @property
    def cuts(self) -> tuple[int, ...]:
        """The places with regenerators."""
        return self.places[1:-1]


def fewest_transponders(
    segments: Segments, *, may_cut: Bool[np.ndarray, " place"]
) -> PathCuts | None:
    """The cuts with the fewest transponders; of those least spectrum, then the widest margin.

    Exact, by dynamic programming over the places: transponders and spectrum add over stretches
    and the least margin only falls, so a better beginning is never worse for what follows.
    O(places²). Where all modes are of one slot width, spectrum decides nothing.

    Parameters
    ----------
    segments
        The stretches of the path.
    may_cut
        Where a regenerator may stand, shape (place,); both ends are of no account.

    Returns
    -------
    The cuts, or ``None`` where no chain of stretches joins the ends.
    """
    count = segments.place_count
    best = np.full((count, 3), (UNREACHED, np.inf, -np.inf))
    best[0] = 0.0, 0.0, np.inf
    came_from = np.zeros(count, dtype=np.int64)
    for last in range(1, count):
        if last < count - 1 and not may_cut[last]:
            continue
        is_open = (segments.transponders[:last, last] > 0) & (best[:last, 0] < UNREACHED)
        firsts = np.flatnonzero(is_open)
        if not firsts.size:
            continue
        transponders = best[firsts, 0] + segments.transponders[firsts, last]
        spectrum_hz = best[firsts, 1] + segments.spectrum_hz[firsts, last]
        spare = np.minimum(best[firsts, 2], segments.spare[firsts, last])
        at = np.lexsort((-spare, spectrum_hz, transponders))[0]
        best[last] = transponders[at], spectrum_hz[at], spare[at]
        came_from[last] = firsts[at]
    if best[-1, 0] >= UNREACHED:
        return None
    places = [count - 1]
    while places[-1]:
        places.append(int(came_from[places[-1]]))
    transponders, spectrum_hz, spare = best[-1].tolist()
    return PathCuts(
        places=tuple(reversed(places)),
        transponders=round(transponders),
        spectrum_hz=spectrum_hz,
        spare=spare,
    )


def open_stretches(
    segments: Segments, *, may_cut: Bool[np.ndarray, " place"]
) -> Bool[np.ndarray, "place place"]:
    """The stretches that close and begin and end where they may."""
    may = np.array(may_cut)
    may[[0, -1]] = True
    return np.asarray((segments.transponders > 0) & may[:, None] & may[None, :])


def least_sums(
    weight: Int[np.ndarray, "place place"], *, is_open: Bool[np.ndarray, "place place"]
) -> tuple[Int[np.ndarray, " place"], Int[np.ndarray, " place"]]:
    """Least sum of weights over open stretches, from the first place to each and on to the last.

    ``UNREACHED`` or more where there is no chain of open stretches.
    """
    step = np.where(is_open, weight, UNREACHED)
    count = step.shape[0]
    before = np.full(count, UNREACHED, dtype=np.int64)
    after = before.copy()
    before[0] = after[-1] = 0
    for place in range(1, count):
        before[place] = (before[:place] + step[:place, place]).min()
        back = count - 1 - place
        after[back] = (step[back, back + 1 :] + after[back + 1 :]).min()
    return before, after


def tight_stretches(
    segments: Segments, *, may_cut: Bool[np.ndarray, " place"]
) -> tuple[int, Bool[np.ndarray, "place place"]]:
    """The fewest transponders of a path, and the stretches that lie on some way of so few.

    Every chain of them from end to end has exactly as many; ``UNREACHED`` and none where the
    ends are not joined.
    """
    is_open = open_stretches(segments, may_cut=may_cut)
    before, after = least_sums(segments.transponders, is_open=is_open)
    least = int(before[-1])
    if least >= UNREACHED:
        return UNREACHED, np.zeros_like(is_open)
    through = before[:, None] + segments.transponders + after[None, :]
    return least, np.asarray(is_open & (through == least))
