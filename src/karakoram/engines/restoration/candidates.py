"""Over which paths may a connection be lit, what are they exposed to, and how wide is its light?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from jaxtyping import Int, Int64, UInt64

WORD_BITS = 64


class PathArrays(NamedTuple):
    """The arrays of ``ExposedPaths``, as compiled loops take them."""

    pair_offsets: Int64[np.ndarray, " pair_end"]
    hop_offsets: Int64[np.ndarray, " path_end"]
    resources: Int64[np.ndarray, " hop"]
    risks: UInt64[np.ndarray, "path word"]
    end_risks: UInt64[np.ndarray, "pair word"]
    widths: Int64[np.ndarray, "path grade"]
    sharing: Int64[np.ndarray, "path rival"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExposedPaths:
    """The paths of every pair of sites, best first, one pair after the other.

    A *resource* is the spectrum of one section: one for both directions, or one for each. A *risk*
    is anything that can fail by itself: a section, a site, a risk group; bit r of word r // 64.
    """

    pair_offsets: Int[np.ndarray, " pair_end"]
    """Paths of pair i are those from ``pair_offsets[i]`` to before ``pair_offsets[i + 1]``."""
    hop_offsets: Int[np.ndarray, " path_end"]
    """Likewise the hops of each path."""
    resources: Int[np.ndarray, " hop"]
    """Which spectrum each hop takes slots of."""
    risks: UInt64[np.ndarray, "path word"]
    """What each path is exposed to, sites at its ends included."""
    end_risks: UInt64[np.ndarray, "pair word"]
    """What no path between the two sites escapes, because it fails with an end of it."""
    widths: Int[np.ndarray, "path grade"]
    """Slots of light on each path, guard included, by grade of bit rate; 0 where out of reach."""
    resource_count: int
    risk_weights: Int[np.ndarray, " risk"] | None = None
    """What it weighs that two paths share a risk, >= 1; ``None`` is 1 each."""
    sharing: Int[np.ndarray, "path rival"] = field(init=False)
    """Weight of what each path shares with the first, second, ... path of its pair."""

    def __post_init__(self) -> None:
        for name in ("pair_offsets", "hop_offsets", "resources", "widths"):
            object.__setattr__(self, name, _frozen(getattr(self, name), np.int64))
        for name in ("risks", "end_risks"):
            object.__setattr__(self, name, _frozen(getattr(self, name), np.uint64))
        _check_offsets("pair_offsets", self.pair_offsets, count=self.path_count)
        _check_offsets("hop_offsets", self.hop_offsets, count=self.resources.size)
        assert self.risks.shape[0] == self.widths.shape[0] == self.path_count, "a row for each path"
        assert self.end_risks.shape == (self.pair_count, self.word_count), "a row for each pair"
        outside = (self.resources < 0) | (self.resources >= self.resource_count)
        if outside.any():
            raise ValueError(
                f"resources must lie in 0..{self.resource_count - 1}, got "
                f"{self.resources[outside][0]}"
            )
        if self.widths.size and self.widths.min() < 0:
            raise ValueError(f"widths must be >= 0 slots, got {self.widths.min()}")
        object.__setattr__(self, "sharing", _frozen(self._sharing(), np.int64))

    def _sharing(self) -> Int64[np.ndarray, "path rival"]:
        """Bits of the intersection of each two paths of a pair, less what both ends bring."""
        weights = np.ones(self.word_count * WORD_BITS, dtype=np.int64)
        if self.risk_weights is not None:
            if self.risk_weights.size and self.risk_weights.min() < 1:
                raise ValueError(f"risk_weights must be >= 1, got {self.risk_weights.min()}")
            weights[: self.risk_weights.size] = self.risk_weights
        sharing = np.zeros((self.path_count, int(np.diff(self.pair_offsets).max(initial=0))))
        for pair in range(self.pair_count):
            first, last = self.pair_offsets[pair : pair + 2]
            own = self.risks[first:last] & ~self.end_risks[pair]
            exposed = np.unpackbits(own.view(np.uint8), axis=1, bitorder="little").astype(np.int64)
            sharing[first:last, : last - first] = (exposed * weights) @ exposed.T
        return sharing.astype(np.int64)

    @property
    def pair_count(self) -> int:
        """Number of pairs."""
        return int(self.pair_offsets.size) - 1

    @property
    def path_count(self) -> int:
        """Number of paths of all pairs."""
        return int(self.hop_offsets.size) - 1

    @property
    def word_count(self) -> int:
        """Words of a set of risks."""
        return int(self.risks.shape[1])

    @property
    def arrays(self) -> PathArrays:
        """The arrays alone."""
        return PathArrays(
            pair_offsets=self.pair_offsets,
            hop_offsets=self.hop_offsets,
            resources=self.resources,
            risks=self.risks,
            end_risks=self.end_risks,
            widths=self.widths,
            sharing=self.sharing,
        )


def risk_words(risks: Sequence[int], *, word_count: int) -> UInt64[np.ndarray, " word"]:
    """A set of risks as words, shape (word,).

    >>> risk_words([0, 64, 65], word_count=2).tolist()
    [1, 3]
    """
    words = np.zeros(word_count, dtype=np.uint64)
    for risk in risks:
        words[risk // WORD_BITS] |= np.uint64(1) << np.uint64(risk % WORD_BITS)
    return words


def _frozen(values: np.ndarray, kind: "type[np.generic]") -> np.ndarray:
    frozen = np.array(values, dtype=kind)
    frozen.flags.writeable = False
    return frozen


def _check_offsets(name: str, offsets: np.ndarray, *, count: int) -> None:
    sound = offsets.size and offsets[0] == 0 and offsets[-1] == count
    if not sound or (np.diff(offsets) < 0).any():
        raise ValueError(f"{name} must rise from 0 to {count}")
