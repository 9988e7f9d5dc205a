"""Where may regenerators cut the paths that light is too noisy for?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int

from karakoram.engines.spectrum.candidates import CandidatePaths
from karakoram.engines.spectrum.light import Light


def regenerated(paths: CandidatePaths, light: Light, *, regenerators_max: int) -> CandidatePaths:
    """Each path without a regenerator, then with one, two and so on, up to ``regenerators_max``.

    Regenerators may stand at every site between. Of all cuts into so many segments it is the one
    whose noisiest segment has the least noise, all slots of all sections being lit.

    Parameters
    ----------
    paths
        Candidate paths of one segment each.
    light
        Of their sections.
    regenerators_max
        Of one path.

    Raises
    ------
    ValueError
        If a path has several segments already.
    """
    if paths.segments_max > 1:
        raise ValueError("paths that are regenerated already are not cut again")
    noise = full_log_noise(light)
    path_begin, segment_begin, hop_begin = [0], [0], [0]
    sections: list[int] = []
    width_rows: list[int] = []
    for first, last in pairwise(paths.path_begin.tolist()):
        for path in range(first, last):
            hops = np.array(paths.sections_of(path), dtype=np.int64)
            for ends in _cuts(noise[hops], regenerators_max):
                hop_begin += [len(sections) + end for end in ends]
                sections += hops.tolist()
                width_rows += [path] * len(ends)
                segment_begin.append(len(hop_begin) - 1)
        path_begin.append(len(segment_begin) - 1)
    return CandidatePaths(
        path_begin=np.array(path_begin, dtype=np.int32),
        segment_begin=np.array(segment_begin, dtype=np.int32),
        hop_begin=np.array(hop_begin, dtype=np.int32),
        section=np.array(sections, dtype=np.int32),
        width=paths.width[np.array(width_rows, dtype=np.int64)],
        section_count=paths.section_count,
    )


def full_log_noise(light: Light) -> Float[np.ndarray, " section"]:
    """ln(1 + noise over signal) of each section for its middle channel, all slots being lit."""
    columns = light.columns
    lit_slots = int(light.width.min(initial=light.guard_slots + 1)) - light.guard_slots
    middle = columns.arcs.shape[1] // 2
    everything = columns.arcs[lit_slots, middle + light.slot_count]
    itself = columns.arcs[lit_slots, middle + lit_slots]  # counts half in its own place
    return np.asarray(np.log1p(light.ase + light.interference * (2.0 * everything - itself)))


def _cuts(noise: Float[np.ndarray, " hop"], regenerators_max: int) -> Iterator[Sequence[int]]:
    """Where the segments of a path end, for each number of regenerators that it has sites for."""
    sums = np.concatenate([[0.0], np.cumsum(noise)])
    hop_count = noise.size
    # least[n]: of the first n hops, cut into so many segments, the noise of the noisiest.
    least = sums.copy()
    began: list[Int[np.ndarray, " end"]] = []
    yield [hop_count]
    for _ in range(min(regenerators_max, hop_count - 1)):
        worst = np.maximum(least[:, None], sums - sums[:, None])
        worst[np.tril_indices(hop_count + 1)] = np.inf
        worst[: len(began) + 1] = np.inf  # each segment has a hop
        began.append(worst.argmin(axis=0))
        least = worst.min(axis=0)
        ends = [hop_count]
        for begins in reversed(began):
            ends.append(int(begins[ends[-1]]))
        yield ends[::-1]
