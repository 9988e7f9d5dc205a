"""Small spectra, and a simulator that looks at one slot after another, to compare with."""

from dataclasses import dataclass

import numpy as np

from karakoram.engines.spectrum.candidates import CandidatePaths, Outcome
from karakoram.engines.spectrum.provision import Requests


def slow_starts(free, sections, width):
    """Every slot from which on ``width`` are free on all sections, slot by slot."""
    together = np.logical_and.reduce([free[section] for section in sections])
    return [
        first for first in range(together.size - width + 1) if together[first : first + width].all()
    ]


def slow_exact(free, sections, width):
    """The lowest gap of just ``width`` slots, else the lowest start."""
    together = np.logical_and.reduce([free[section] for section in sections])
    edged = np.concatenate([[False], together, [False]])
    starts = slow_starts(free, sections, width)
    gaps = [first for first in starts if not edged[first] and not edged[first + width + 1]]
    return (gaps or starts or [None])[0]


@dataclass
class SlowSpectrum:
    """Requests served one by one, on flags instead of bits and a list instead of a heap."""

    paths: CandidatePaths
    free: np.ndarray
    lit: list

    def serve(self, requests: Requests, choose):
        """Outcome, path and first slot of each request; ``choose`` picks among the starts."""
        answers = []
        for now, hold, pair, bit_rate in zip(*requests, strict=True):
            for connection in [one for one in self.lit if one[0] <= now]:
                self.lit.remove(connection)
                self._set(connection[1], free=True)
            answers.append(self._serve_one(now + hold, (pair, bit_rate), choose))
        return answers

    def _serve_one(self, ends_at, demand, choose):
        pair, bit_rate = demand
        begin, end = self.paths.path_begin[pair : pair + 2]
        for path in range(begin, end):
            blocks = self._blocks(path, bit_rate, choose)
            if blocks is not None:
                self._set(blocks, free=False)
                self.lit.append((ends_at, blocks))
                return Outcome.CARRIED, path, blocks[0][1]
        return int(self.paths.columns.cause[pair, bit_rate]), -1, -1

    def _blocks(self, path, bit_rate, choose):
        blocks = []
        for segment in range(*self.paths.segment_begin[path : path + 2]):
            hops = self.paths.section[slice(*self.paths.hop_begin[segment : segment + 2])]
            width = int(self.paths.width[segment, bit_rate])
            first = choose(self.free, hops, width) if width > 0 else None
            if first is None:
                return None
            blocks.append((hops, first, width))
        return blocks

    def _set(self, blocks, *, free):
        for hops, first, width in blocks:
            self.free[hops, first : first + width] = free


def random_requests(rng, *, count, paths, load):
    """Poisson arrivals and exponential holding times of mean 1."""
    return Requests(
        arrives_at=np.cumsum(rng.standard_exponential(count)) / load,
        holds_for=rng.standard_exponential(count),
        pair=rng.integers(paths.pair_count, size=count, dtype=np.int32),
        bit_rate=rng.integers(paths.bit_rate_count, size=count, dtype=np.int32),
    )
