"""At which phase mismatches do two channels of a comb mix, and how much does each count?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.mixing import MixingTable
from karakoram.engines.optics.mixing_bands import MixingBands

GRADED_POINTS = 20
"""Gauss points of each half of a channel's band; they crowd where phase matching is."""

BAND_POINTS = 12
"""Gauss points of each smooth part of an interferer's band."""

CURVATURE = 4.0 * np.pi**2
"""Phase mismatch over (f1 - f)(f2 - f) beta2, arXiv:1710.02225, equation 21."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MixingPlan:
    """Quadrature of the double integral over frequency, for any power profile.

    The integrand depends on the product x = (f1 - f)(f2 - f) alone, so that the inner
    integral is a difference of the summed efficiency E of :class:`MixingTable`.
    """

    channel: Int[np.ndarray, " pair"]
    """Channel under test."""
    interferer: Int[np.ndarray, " pair"]
    """Channel whose power profile counts."""
    mismatch_per_m: Float[np.ndarray, "pair point"]
    weight_m_hz2: Float[np.ndarray, "pair point"]

    def __post_init__(self) -> None:
        for name in ("mismatch_per_m", "weight_m_hz2"):
            object.__setattr__(self, name, read_only(getattr(self, name)))

    def overlap_m2_hz2(self, table: MixingTable) -> Float[np.ndarray, "row pair"]:
        """Mixing efficiency integrated over the bands of each pair [m² Hz²]."""
        return table.pair_efficiency(
            channel=self.interferer,
            mismatch_per_m=self.mismatch_per_m,
            weight=self.weight_m_hz2,
        )


def self_plan(bands: MixingBands) -> MixingPlan:
    """Each channel with itself.

    With F = f1 - f and rectangular bands of half width h the double integral is

        psi = 2 integral from 0 to h of [E(k F (h - F)) + E(k F h)] / (k F) dF,  k = 4 pi² |beta2|

    Bands with raised-cosine edges are mixtures of rectangular ones: the sum runs over the
    widths of the second and third wave, and the first is a factor at each F. A slope of
    dispersion cancels over the band.
    """
    symbol_rate_hz = bands.symbol_rate_hz
    every = np.arange(symbol_rate_hz.size, dtype=np.int64)
    shapes, of_shape = np.unique(bands.roll_off, return_inverse=True)
    place, weight = zip(*(_self_points(float(shape)) for shape in shapes), strict=True)
    curvature_s2_per_m = CURVATURE * np.abs(bands.beta2_s2_per_m)
    points = max(one.size for one in place)
    product = np.stack([np.pad(one, (0, points - one.size)) for one in place])[of_shape]
    factor = np.stack([np.pad(one, (0, points - one.size)) for one in weight])[of_shape]
    return MixingPlan(
        channel=every,
        interferer=every,
        mismatch_per_m=product * (curvature_s2_per_m * symbol_rate_hz**2)[:, None],
        weight_m_hz2=factor / curvature_s2_per_m[:, None],
    )


def near_plan(
    bands: MixingBands,
    *,
    channel: Int[np.ndarray, " pair"],
    interferer: Int[np.ndarray, " pair"],
) -> MixingPlan:
    """Pairs of different channels, over the whole of both bands.

        psi = integral over F of [E(k F v_high) - E(k F v_low)] / (k F),  F = f1 - f
        k = 4 pi² |beta2 + pi beta3 F|

    v = f2 - f runs where f2 is in the channel's band and f1 + f2 - f in the interferer's.
    """
    symbol_rate_hz, roll_off = bands.symbol_rate_hz, bands.roll_off
    rate_hz, half_hz = symbol_rate_hz[interferer], symbol_rate_hz[interferer] / 2.0
    sides, share = _rectangles() if roll_off.any() else (np.zeros(1), np.ones(1))
    # Axes: pair, rectangle of the second wave, rectangle of the third, point of F.
    second_hz = _half_widths(symbol_rate_hz[channel], roll_off[channel], sides)[:, :, None, None]
    third_hz = _half_widths(rate_hz, roll_off[interferer], sides)[:, None, :, None]
    reach_hz = (half_hz * (1.0 + roll_off[interferer]))[:, None, None, None]
    from_centre_hz, width_hz = _band_points(
        second_hz=second_hz, third_hz=third_hz, reach_hz=reach_hz
    )
    spectrum = _raised_cosine(
        np.abs(from_centre_hz) / rate_hz[:, None, None, None],
        roll_off=roll_off[interferer][:, None, None, None],
    )
    first_hz = bands.offset_hz(channel, interferer)[:, None, None, None] + from_centre_hz
    high_hz = np.minimum(second_hz, third_hz - from_centre_hz)
    low_hz = np.maximum(-second_hz, -third_hz - from_centre_hz)
    beta2 = bands.pair_beta2_s2_per_m(channel, interferer, away_hz=first_hz)
    slope_s_per_m = CURVATURE * beta2 * first_hz
    mixture = (share[:, None] * share)[:, :, None]
    weight = spectrum * mixture * width_hz * (high_hz > low_hz) / slope_s_per_m
    return _folded_plan(
        channel=channel,
        interferer=interferer,
        mismatch_per_m=np.stack([slope_s_per_m * high_hz, slope_s_per_m * low_hz]),
        weight_m_hz2=np.stack([weight, -weight]),
    )


def far_plan(
    bands: MixingBands,
    *,
    channel: Int[np.ndarray, " pair"],
    interferer: Int[np.ndarray, " pair"],
) -> MixingPlan:
    """Pairs far apart: the interferer's band by the mean of its two ends.

    psi = R_j / 2 sum over F = df -+ h_j of 2 E(k F h_i) / (k F),  h = R (1 + roll-off) / 2
    """
    symbol_rate_hz = bands.symbol_rate_hz
    half_hz = symbol_rate_hz * (1.0 + bands.roll_off) / 2.0
    offset_hz = bands.offset_hz(channel, interferer)
    ends_hz = offset_hz[:, None] + half_hz[interferer, None] * np.array([-1.0, 1.0])
    beta2 = bands.pair_beta2_s2_per_m(channel, interferer, away_hz=ends_hz)
    slope_s_per_m = CURVATURE * beta2 * ends_hz
    return MixingPlan(
        channel=channel,
        interferer=interferer,
        mismatch_per_m=slope_s_per_m * half_hz[channel, None],
        weight_m_hz2=symbol_rate_hz[interferer, None] / slope_s_per_m,
    )


def _self_points(
    roll_off: float,
) -> tuple[Float[np.ndarray, " point"], Float[np.ndarray, " point"]]:
    """Products of frequencies over the symbol rate squared, and their weights."""
    sides, share = _rectangles()
    if roll_off == 0.0:
        sides, share = np.zeros(1), np.ones(1)
    second = (0.5 * (1.0 + roll_off * sides))[:, None, None]
    third = (0.5 * (1.0 + roll_off * sides))[None, :, None]
    reach = 0.5 * (1.0 + roll_off)
    node, gauss = _unit_gauss(GRADED_POINTS)
    # Cubes crowd the points where F = 0, and where v = 0 on both sides of F = third.
    crowd, crowded = node**3, 3.0 * node**2 * gauss
    half, rest = third / 2.0, reach - third
    first = np.concatenate([half * crowd, third - half * crowd, third + rest * crowd], axis=-1)
    width = np.concatenate([half * crowded, half * crowded, rest * crowded], axis=-1)
    spectrum = _raised_cosine(first, roll_off=np.array(roll_off))
    weight = 2.0 * spectrum * (share[:, None] * share)[:, :, None] * width / first
    high = np.minimum(second, third - first)
    low = np.maximum(-second, -third - first)
    weight = weight * (high > low)
    product = np.stack(np.broadcast_arrays(first * high, first * low)).ravel()
    signed = np.stack([weight, -weight]).ravel() * np.sign(product)
    used = signed != 0.0
    return np.abs(product[used]), signed[used]


def _band_points(
    *,
    second_hz: Float[np.ndarray, "pair second 1 1"],
    third_hz: Float[np.ndarray, "pair 1 third 1"],
    reach_hz: Float[np.ndarray, "pair 1 1 1"],
) -> tuple[
    Float[np.ndarray, "pair second third point"], Float[np.ndarray, "pair second third point"]
]:
    """Distances from the centre of an interferer's band, and what each stands for [Hz].

    The limits of v bend where |F - df| = |third - second|, and one of them is 0 where
    |F - df| = third: phase matching is perfect there, and cubes crowd the points.
    """
    bend_hz = np.abs(third_hz - second_hz)
    bend_hz = np.where(bend_hz < third_hz, bend_hz, 0.0)
    third_hz, reach_hz = np.broadcast_arrays(third_hz + 0.0 * second_hz, reach_hz + bend_hz * 0.0)
    node, gauss = _unit_gauss(BAND_POINTS)
    crowd, crowded = node**3, 3.0 * node**2 * gauss
    below_hz, above_hz = third_hz - bend_hz, reach_hz - third_hz
    side_hz = np.concatenate([third_hz - below_hz * crowd, third_hz + above_hz * crowd], axis=-1)
    wide_hz = np.concatenate([below_hz * crowded, above_hz * crowded], axis=-1)
    return (
        np.concatenate([-side_hz, bend_hz * (2.0 * node - 1.0), side_hz], axis=-1),
        np.concatenate([wide_hz, 2.0 * bend_hz * gauss, wide_hz], axis=-1),
    )


def _folded_plan(
    *,
    channel: Int[np.ndarray, " pair"],
    interferer: Int[np.ndarray, " pair"],
    mismatch_per_m: Float[np.ndarray, "end pair second third point"],
    weight_m_hz2: Float[np.ndarray, "end pair second third point"],
) -> MixingPlan:
    """The plan, E being odd: only mismatches >= 0, one axis of points."""
    rows = (channel.size, mismatch_per_m.size // max(channel.size, 1))
    weight = np.moveaxis(weight_m_hz2 * np.sign(mismatch_per_m), 0, -1).reshape(rows)
    place = np.moveaxis(np.abs(mismatch_per_m), 0, -1).reshape(rows)
    used = (weight != 0.0).any(axis=0)
    return MixingPlan(
        channel=channel,
        interferer=interferer,
        mismatch_per_m=place[:, used],
        weight_m_hz2=weight[:, used],
    )


def _rectangles() -> tuple[Float[np.ndarray, " rectangle"], Float[np.ndarray, " rectangle"]]:
    """Three rectangles that together make a raised cosine: place of the edge, and share.

    Gauss rule for the slope of the edge, (pi/4) cos(pi s / 2) on -1 < s < 1, exact to s⁵.
    """
    second = 1.0 - 8.0 / np.pi**2
    fourth = 1.0 - 48.0 / np.pi**2 + 384.0 / np.pi**4
    outer = np.sqrt(fourth / second)
    share = second**2 / (2.0 * fourth)
    return np.array([-outer, 0.0, outer]), np.array([share, 1.0 - 2.0 * share, share])


def _half_widths(
    rate_hz: Float[np.ndarray, " pair"],
    roll_off: Float[np.ndarray, " pair"],
    sides: Float[np.ndarray, " rectangle"],
) -> Float[np.ndarray, "pair rectangle"]:
    """Half widths of the rectangles that make up a band [Hz]."""
    return np.asarray(rate_hz[:, None] / 2.0 * (1.0 + roll_off[:, None] * sides))


def _raised_cosine(
    distance: Float[np.ndarray, "*shape"], *, roll_off: Float[np.ndarray, "*#shape"]
) -> Float[np.ndarray, "*shape"]:
    """Spectrum at a distance from the band's centre over the symbol rate; 1 in the middle."""
    along = (distance - (1.0 - roll_off) / 2.0) / np.where(roll_off > 0.0, roll_off, 1.0)
    sloping = 0.5 * (1.0 + np.cos(np.pi * np.clip(along, 0.0, 1.0)))
    return np.asarray(np.where(roll_off > 0.0, sloping, distance <= 0.5 * (1.0 + 1e-12)))


def _unit_gauss(
    count: int,
) -> tuple[Float[np.ndarray, " point"], Float[np.ndarray, " point"]]:
    """Gauss-Legendre nodes and weights on the interval from 0 to 1."""
    node, weight = np.polynomial.legendre.leggauss(count)
    return (node + 1.0) / 2.0, weight / 2.0
