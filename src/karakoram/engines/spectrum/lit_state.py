"""What is lit at a moment, where, and how noisy is each channel?"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float64, Int32, Int64

from karakoram.engines.spectrum.candidates import CandidatePaths
from karakoram.engines.spectrum.occupancy import SpectrumState

FIRST, WIDTH, MODULATION, MARK = 0, 1, 2, 3
"""Columns of ``channel``."""


class LitLight(NamedTuple):
    """Channels and their noise, as arrays that the compiled loops write.

    A connection with a number has the rows from number times the most segments of a path on, one
    channel for each segment of its path.
    """

    channel: Int32[np.ndarray, "row 4"]
    """First slot, lit slots (0 where dark), modulation, and a mark for who counts channels once."""
    hop_noise: Float64[np.ndarray, "row hop"]
    """Interference over signal of a channel on each hop of its path [1]."""
    log_noise: Float64[np.ndarray, " row"]
    """Sum of ln(1 + noise) over the hops of a channel."""
    trial: Float64[np.ndarray, " row"]
    """What that would be with one channel more."""
    members: Int32[np.ndarray, "section member 2"]
    """Channels of each section, and which hop of theirs it is; in any order."""
    member_count: Int64[np.ndarray, " section"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LightState:
    """Spectrum and light between two runs; a run takes it and gives another."""

    spectrum: SpectrumState
    light: LitLight

    def copied_light(self) -> LitLight:
        """Arrays with the same content that may be written."""
        return LitLight(*(np.array(array) for array in self.light))


def dark_light(state: SpectrumState, paths: CandidatePaths) -> LightState:
    """No channel lit, over a spectrum of which nothing is lit."""
    assert state.lit_count == 0
    word_count = state.occupancy.free.shape[1]
    rows = state.occupancy.lit_path.size * paths.segments_max
    hops_max = int(np.diff(paths.hop_begin).max(initial=1))
    members_max = word_count * 64
    return LightState(
        spectrum=state,
        light=LitLight(
            channel=np.zeros((rows, 4), dtype=np.int32),
            hop_noise=np.zeros((rows, hops_max)),
            log_noise=np.zeros(rows),
            trial=np.zeros(rows),
            members=np.zeros((paths.section_count, members_max, 2), dtype=np.int32),
            member_count=np.zeros(paths.section_count, dtype=np.int64),
        ),
    )
