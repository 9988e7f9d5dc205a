"""What does the double integral of the generalised GN model give, done the slow and plain way?

Gauss points in both frequencies and along the fibre, nothing in closed form.
"""

import numpy as np

DECAY_PER_M = 4.6e-5
"""How wide phase matching is, roughly; decides only where points crowd."""


def composite_gauss(edges, count=4):
    """Gauss-Legendre nodes and weights on each part between ascending edges."""
    node, weight = np.polynomial.legendre.leggauss(count)
    width = np.diff(edges)[:, None]
    return (
        (edges[:-1, None] + width * (node + 1) / 2).ravel(),
        (width * weight / 2).ravel(),
    )


def raised_cosine(distance, roll_off):
    """Spectrum at a distance from the centre over the symbol rate."""
    if roll_off == 0.0:
        return (np.abs(distance) <= 0.5).astype(float)
    along = (np.abs(distance) - (1 - roll_off) / 2) / roll_off
    return 0.5 * (1 + np.cos(np.pi * np.clip(along, 0.0, 1.0)))


def graded(reach, zero_scale):
    """Edges from -reach to reach that crowd around 0, down to a part of ``zero_scale``."""
    positive = np.concatenate([[0.0], np.geomspace(min(zero_scale, reach) / 8, reach, 18)])
    return np.concatenate([-positive[:0:-1], positive])


def overlap_m2_hz2(*, power_ratio, breaks_m, beta2, offset_hz, rates_hz, roll_off=0.0):
    """Mixing efficiency over the bands of a channel and its interferer [m² Hz²].

    ``power_ratio`` is a function of z, smooth between ``breaks_m``; ``rates_hz`` of the
    channel under test and of the interferer, as ``roll_off`` where it is two.
    ``beta2`` is that at the channel, or that and its slope over frequency.
    """
    rate_hz, other_hz = rates_hz
    beta2, beta2_slope = beta2 if isinstance(beta2, tuple) else (beta2, 0.0)
    roll_off, other_roll_off = np.broadcast_to(roll_off, 2).tolist()
    curvature = 4 * np.pi**2 * abs(beta2)
    longest = max(curvature * (abs(offset_hz) + other_hz) * rate_hz * breaks_m[-1], 40.0)
    edges_m = np.unique(np.concatenate([breaks_m, np.linspace(0, breaks_m[-1], int(longest / 3))]))
    z_m, weight_m = composite_gauss(edges_m)
    power = power_ratio(z_m) * weight_m
    reach_hz = other_hz * (1 + other_roll_off) / 2
    flat_hz = other_hz * (1 - other_roll_off) / 2
    if offset_hz == 0.0:
        first_edges = graded(reach_hz, DECAY_PER_M / (curvature * rate_hz))
    else:
        first_edges = offset_hz + np.linspace(-reach_hz, reach_hz, 15)
    first_edges = np.unique(np.concatenate([first_edges, offset_hz + flat_hz * np.array([-1, 1])]))
    total = 0.0
    for first, first_weight in zip(*composite_gauss(first_edges), strict=True):
        limit = rate_hz * (1 + roll_off) / 2
        kinks = np.array([-1, 1])[:, None] * np.array([reach_hz, flat_hz]) + offset_hz - first
        scale = DECAY_PER_M / (curvature * abs(first))
        edges = np.concatenate(
            [graded(limit, scale), kinks.ravel(), rate_hz * (1 - roll_off) / 2 * np.array([-1, 1])]
        )
        second, weight = composite_gauss(np.unique(np.clip(edges, -limit, limit)))
        inside = (
            raised_cosine((first - offset_hz) / other_hz, other_roll_off)
            * raised_cosine(second / rate_hz, roll_off)
            * raised_cosine((first + second - offset_hz) / other_hz, other_roll_off)
        )
        # beta2 where the waves are, the second one's own place included.
        at = abs(beta2 + beta2_slope / 2 * (first + second)) / abs(beta2)
        wave_m = np.exp(1j * np.outer(curvature * at * first * second, z_m)) @ power
        total += first_weight * (weight * inside * np.abs(wave_m) ** 2).sum()
    return total
