"""Which routes does a placement hurt, and what is a run of free slots worth to each of them?

A route is a transparent segment of some path. A run of L free slots on it holds L - w + 1 places
for a request of w slots; weighted by how likely w is and how much the route is used, this is what
the run is worth. A placement splits runs, and what they lose in worth is its loss: here for every
first slot at once, from the worth of all slots below (``before``) and of all above (``after``).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int32

from karakoram.engines.spectrum.candidates import CandidatePaths

_SEGMENTS_AT_ONCE = 1024
"""So that the table of who shares a section with whom stays small."""


class LossColumns(NamedTuple):
    """What the compiled loops read of the routes that placements hurt."""

    hurt_begin: Int32[np.ndarray, " segment_end"]
    """The routes that share a section with segment s are those from hurt_begin[s] on."""
    hurt: Int32[np.ndarray, " hurt"]
    route: Int32[np.ndarray, " route"]
    """The segment that each route is."""
    gain: Float[np.ndarray, "route slot"]
    """What a run of L free slots is worth more than one of L - 1, at place L - 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteWeights:
    """How much the routes of a pair count.

    The first path of a pair counts 1, the next ``next_path``, the one after that its square; those
    below ``least`` do not count at all.
    """

    next_path: float = 0.0
    least: float = 1e-3
    by_probability: bool = False
    """Whether widths count as often as they are asked for; else each width that occurs counts 1."""


def loss_columns(
    paths: CandidatePaths,
    *,
    slot_count: int,
    weights: RouteWeights,
    pair_probability: Float[np.ndarray, " pair"],
    bit_rate_probability: Float[np.ndarray, " bit_rate"],
) -> LossColumns:
    """The routes that count, whom each segment hurts, and what runs are worth.

    Parameters
    ----------
    paths
        Candidate paths.
    slot_count
        Slots of a section.
    weights
        How much the routes of a pair count.
    pair_probability
        How likely each pair asks, counted only ``by_probability``.
    bit_rate_probability
        How likely each bit rate is, counted only ``by_probability``.
    """
    place = _places(paths)
    weight = np.where(place == 0, 1.0, weights.next_path**place)
    if weights.by_probability:
        pair_of = np.repeat(np.arange(paths.pair_count), np.diff(paths.path_begin))
        weight *= pair_probability[pair_of] * paths.pair_count
    of_segment = np.repeat(weight, np.diff(paths.segment_begin))
    route = np.flatnonzero(of_segment >= weights.least).astype(np.int32)
    bit_rates = bit_rate_probability if weights.by_probability else None
    gain = _gains(paths, route, slot_count=slot_count, bit_rate_probability=bit_rates)
    gain *= of_segment[route][:, None]
    hurt_counts, hurt = _hurt(paths, route)
    return LossColumns(
        hurt_begin=np.concatenate([[0], np.cumsum(hurt_counts)]).astype(np.int32),
        hurt=hurt,
        route=route,
        gain=gain,
    )


def _places(paths: CandidatePaths) -> Int32[np.ndarray, " path"]:
    """The place of each path among those of its pair."""
    counts = np.diff(paths.path_begin)
    first = np.repeat(paths.path_begin[:-1], counts)
    return np.asarray(np.arange(paths.path_count, dtype=np.int32) - first)


def _gains(
    paths: CandidatePaths,
    route: Int32[np.ndarray, " route"],
    *,
    slot_count: int,
    bit_rate_probability: Float[np.ndarray, " bit_rate"] | None,
) -> Float[np.ndarray, "route slot"]:
    """Places that a run gains with its L-th slot: the weight of all widths up to L."""
    gain = np.zeros((route.size, slot_count))
    rows, row_of = np.unique(paths.width[route], axis=0, return_inverse=True)
    for number, widths in enumerate(rows):
        of_width = np.zeros(slot_count)
        if bit_rate_probability is None:
            fitting = np.unique(widths[(widths > 0) & (widths <= slot_count)])
            of_width[fitting - 1] = 1.0
        else:
            fits = (widths > 0) & (widths <= slot_count)
            np.add.at(of_width, widths[fits] - 1, bit_rate_probability[fits])
        gain[row_of.reshape(-1) == number] = np.cumsum(of_width)
    return gain


def _hurt(
    paths: CandidatePaths, route: Int32[np.ndarray, " route"]
) -> tuple[Int32[np.ndarray, " segment"], Int32[np.ndarray, " hurt"]]:
    """Of each segment how many routes share a section with it, and which, segment by segment."""
    crosses = _crossings(paths)
    across = crosses[route].T
    counts, found = [], []
    for begin in range(0, len(crosses), _SEGMENTS_AT_ONCE):
        shared = crosses[begin : begin + _SEGMENTS_AT_ONCE] @ across > 0.0
        counts.append(shared.sum(axis=1, dtype=np.int32))
        found.append(np.nonzero(shared)[1].astype(np.int32))
    return np.concatenate(counts), np.concatenate(found)


def _crossings(paths: CandidatePaths) -> Float[np.ndarray, "segment section"]:
    """1 where a segment crosses a section."""
    crosses = np.zeros((paths.width.shape[0], paths.section_count), dtype=np.float32)
    segment = np.repeat(np.arange(paths.width.shape[0]), np.diff(paths.hop_begin))
    crosses[segment, paths.section] = 1.0
    return crosses
