"""Which paths may serve a pair, through which sections, and how many slots does each need?

A path is one transparent segment or several, with a regenerator between each two; a segment has
its sections, its slot width for every bit rate and, once lit, spectrum of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Int8, Int16, Int32, Shaped

OUT_OF_REACH = 0
"""Instead of a width: no modulation bridges the segment at this bit rate."""

TOO_LATE = -1
"""Instead of a width: the path takes longer than this kind of request may."""

TOO_NOISY = -2
"""Instead of a width: the light of the segment would be too noisy at this bit rate."""


_ARRAYS = ("path_begin", "segment_begin", "hop_begin", "section", "width")


class Outcome(IntEnum):
    """What became of a request: carried, or blocked and by what."""

    CARRIED = 0
    NO_SPECTRUM = 1
    """Some path could carry it, but none has enough contiguous spectrum free."""
    NO_PATH = 2
    """No path leads from one end to the other."""
    NO_REACH = 3
    """No modulation reaches over any of its paths."""
    LATENCY = 4
    """Paths that reach take longer than allowed."""
    NO_LIGHT = 5
    """Paths that reach are too noisy."""


class PathColumns(NamedTuple):
    """What the compiled loops read of candidate paths."""

    path_begin: Int32[np.ndarray, " pair_end"]
    """The paths of pair p are those from path_begin[p] to path_begin[p + 1], best first."""
    segment_begin: Int32[np.ndarray, " path_end"]
    """Likewise the segments of a path, ..."""
    hop_begin: Int32[np.ndarray, " segment_end"]
    """... and the places of a segment's sections."""
    section: Int32[np.ndarray, " hop"]
    """The sections, one spectrum each."""
    width_row: Int32[np.ndarray, " segment"]
    """The row of ``width`` that holds for a segment: few rows stay in the processor's cache."""
    width: Int16[np.ndarray, "row bit_rate"]
    """Slots taken, guard slots included; <= 0 says why there are none."""
    cause: Int8[np.ndarray, "pair bit_rate"]
    """The outcome when no path has been found."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CandidatePaths:
    """The candidate paths of every pair, as arrays that nobody may write."""

    path_begin: Int32[np.ndarray, " pair_end"]
    segment_begin: Int32[np.ndarray, " path_end"]
    hop_begin: Int32[np.ndarray, " segment_end"]
    section: Int32[np.ndarray, " hop"]
    width: Int16[np.ndarray, "segment bit_rate"]
    section_count: int
    """How many sections there are, with or without a path through them."""
    columns: PathColumns = field(init=False)
    """What the compiled loops read."""

    def __post_init__(self) -> None:
        for name, last in (
            ("path_begin", self.segment_begin.size - 1),
            ("segment_begin", self.hop_begin.size - 1),
            ("hop_begin", self.section.size),
        ):
            _check_begins(name, getattr(self, name), last=last)
        if (np.diff(self.segment_begin) < 1).any() or (np.diff(self.hop_begin) < 1).any():
            raise ValueError("every path has a segment, and every segment a section")
        if self.width.shape[0] != self.hop_begin.size - 1:
            raise ValueError(
                f"width has {self.width.shape[0]} rows for {self.hop_begin.size - 1} segments"
            )
        if self.section.size and not 0 <= self.section.min() <= self.section.max() < (
            self.section_count
        ):
            raise ValueError(f"sections are numbers from 0 to {self.section_count - 1}")
        for name in _ARRAYS:
            object.__setattr__(self, name, _frozen(np.array(getattr(self, name))))
        object.__setattr__(self, "columns", self._columns())

    def __reduce__(self) -> tuple[Callable[..., "CandidatePaths"], tuple[object, ...]]:
        """Itself from its arrays, so that they are read-only also in another process."""
        return _from_arrays, tuple(getattr(self, name) for name in (*_ARRAYS, "section_count"))

    @property
    def pair_count(self) -> int:
        """How many pairs there are."""
        return self.path_begin.size - 1

    @property
    def path_count(self) -> int:
        """How many paths there are for all pairs together."""
        return self.segment_begin.size - 1

    @property
    def bit_rate_count(self) -> int:
        """How many bit rates have a width."""
        return int(self.width.shape[1])

    @property
    def segments_max(self) -> int:
        """How many segments a path has at most; 1 where there are no paths."""
        return int(np.diff(self.segment_begin).max(initial=1))

    def sections_of(self, path: int) -> tuple[int, ...]:
        """The sections of a path in its order, all segments together."""
        first, last = self.segment_begin[path], self.segment_begin[path + 1]
        hops = self.section[self.hop_begin[first] : self.hop_begin[last]]
        return tuple(int(section) for section in hops)

    def path_width(self) -> Int16[np.ndarray, "path bit_rate"]:
        """Per path the least of its segments' widths: > 0 where the path can carry the bit rate."""
        if self.path_count == 0:
            return np.zeros((0, self.bit_rate_count), dtype=np.int16)
        return np.minimum.reduceat(self.width, self.segment_begin[:-1], axis=0)

    def _columns(self) -> PathColumns:
        width, width_row = np.unique(self.width, axis=0, return_inverse=True)
        return PathColumns(
            path_begin=self.path_begin,
            segment_begin=self.segment_begin,
            hop_begin=self.hop_begin,
            section=self.section,
            width_row=_frozen(width_row.reshape(-1).astype(np.int32)),
            width=_frozen(width),
            cause=_frozen(self._cause()),
        )

    def _cause(self) -> Int8[np.ndarray, "pair bit_rate"]:
        """Per pair and bit rate: the hindrance of the path that comes closest to carrying it."""
        cause = np.full((self.pair_count, self.bit_rate_count), Outcome.NO_PATH, dtype=np.int8)
        pair_of = np.repeat(np.arange(self.pair_count), np.diff(self.path_begin))
        width = self.path_width()
        for code, outcome in (
            (OUT_OF_REACH, Outcome.NO_REACH),
            (TOO_LATE, Outcome.LATENCY),
            (TOO_NOISY, Outcome.NO_LIGHT),
        ):
            path, bit_rate = np.nonzero(width == code)
            cause[pair_of[path], bit_rate] = outcome
        path, bit_rate = np.nonzero(width > 0)
        cause[pair_of[path], bit_rate] = Outcome.NO_SPECTRUM
        return cause


def _frozen(array: Shaped[np.ndarray, "*shape"]) -> Shaped[np.ndarray, "*shape"]:
    array.flags.writeable = False
    return array


def _from_arrays(*values: Any) -> CandidatePaths:  # noqa: ANN401  (five arrays and a number)
    return CandidatePaths(**dict(zip((*_ARRAYS, "section_count"), values, strict=True)))


def _check_begins(name: str, begins: Int32[np.ndarray, " end"], *, last: int) -> None:
    if begins.size == 0 or begins[0] != 0 or begins[-1] != last or (np.diff(begins) < 0).any():
        raise ValueError(f"{name} rises from 0 to {last}")
