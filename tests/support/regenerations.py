"""Which answer do all sets of cuts, tried one by one, give?"""

from dataclasses import dataclass
from itertools import chain, combinations, pairwise, product

import numpy as np

from karakoram.engines.optimise import CandidatePath, ModeColumns, PathColumns, Segments

SNR_NEEDED = 10.0


def segments(rng, places, *, share=0.5, most=3):
    """Random stretches; those of one line mostly close, as on a network."""
    closes = np.triu(rng.random((places, places)) < share, k=1)
    line = np.arange(places - 1)
    closes[line, line + 1] |= rng.random(places - 1) < 0.8
    count = np.where(closes, rng.integers(1, most + 1, closes.shape), 0)
    return Segments(
        transponders=2 * count,
        mode=np.where(closes, rng.integers(0, 4, closes.shape), -1),
        spectrum_hz=count * rng.choice([50e9, 75e9, 100e9], closes.shape),
        spare=np.where(closes, 1.0 + rng.random(closes.shape), 0.0),
    )


def candidate(rng, *, places, site_count, length_m=None):
    """A random path through sites of a network, and where it may be cut."""
    return CandidatePath(
        segments=segments(rng, places),
        site=rng.permutation(site_count)[:places],
        may_cut=rng.random(places) < 0.8,
        length_m=float(rng.integers(1, 30)) * 1e5 if length_m is None else length_m,
    )


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One way to cut one path."""

    places: tuple[int, ...]
    transponders: int
    spectrum_hz: float
    spare: float
    sites: frozenset[int] = frozenset()
    length_m: float = 0.0


def all_cuts(segments, may_cut):
    """Every set of cuts whose stretches all close."""
    inside = [place for place in range(1, segments.place_count - 1) if may_cut[place]]
    subsets = chain.from_iterable(combinations(inside, n) for n in range(len(inside) + 1))
    for cuts in subsets:
        places = (0, *cuts, segments.place_count - 1)
        steps = list(pairwise(places))
        if all(segments.transponders[step] for step in steps):
            yield Cut(
                places=places,
                transponders=sum(int(segments.transponders[step]) for step in steps),
                spectrum_hz=sum(float(segments.spectrum_hz[step]) for step in steps),
                spare=min(float(segments.spare[step]) for step in steps),
            )


def best_cut(segments, may_cut):
    """The figures of the best set of cuts; None where there is none."""
    every = [(c.transponders, c.spectrum_hz, -c.spare) for c in all_cuts(segments, may_cut)]
    return min(every, default=None)


def best_of_set(demands):
    """Transponders, sites and metres of the best choice for all demands, by trying every one."""
    ways = [
        {
            (cut.transponders, frozenset(path.site[list(cut.places[1:-1])].tolist()), path.length_m)
            for path in paths
            for cut in all_cuts(path.segments, path.may_cut)
        }
        for paths in demands
    ]
    return min(
        (
            sum(one[0] for one in choice),
            len(frozenset().union(*(one[1] for one in choice))),
            sum(one[2] for one in choice),
        )
        for choice in product(*(way for way in ways if way))
    )


def modes(**figures):
    """Mode columns; a figure that is not given is of no account."""
    count = len(next(iter(figures.values())))
    plain = {
        "comb": np.zeros(count, dtype=np.int64),
        "symbol_rate_hz": np.full(count, 12.5e9),
        "slot_width_hz": np.full(count, 50e9),
        "transmitter_osnr": np.full(count, np.inf),
        "snr_needed": np.full(count, SNR_NEEDED),
        "dispersion_s_per_m_max": np.full(count, np.inf),
        "pmd_s_max": np.full(count, np.inf),
    }
    return ModeColumns(**{**plain, **{name: np.array(row) for name, row in figures.items()}})


def path(log_noise, **figures):
    """Path columns of noise [comb, line, channel]; ROADMs add none unless given."""
    noise = np.array(log_noise, dtype=np.float64)
    lines = noise.shape[1]
    plain = {
        "dispersion_s_per_m": np.zeros(noise.shape[:2]),
        "pmd_s": np.zeros(noise.shape[:2]),
        "end_noise": np.zeros(lines + 1),
        "express_noise": np.zeros(lines + 1),
    }
    given = {name: np.array(row, dtype=np.float64) for name, row in figures.items()}
    return PathColumns(log_noise=noise, **{**plain, **given})
