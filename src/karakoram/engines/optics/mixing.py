"""How efficiently do waves of a span mix at a given phase mismatch, whatever its power profile?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Complex, Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.power_profile import PowerProfile
from karakoram.engines.optics.products import row_products

STEP_RAD = 0.5
"""Table step times the span's length: twelve points per ripple between its two ends."""

REACH_ATTENUATION = 40.0
REACH_RAD = 100.0
"""The table ends at this many attenuation coefficients and this phase over the span's length."""

SERIES_BELOW = 0.05
"""Below this |s| the mean of exp(s t) is summed as a series: the closed form cancels."""

SHORT_DECAY = 1e-6
"""Intervals that attenuate less are too short for the shape of the profile within them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MixingTable:
    """Mixing efficiency of spans, summed up from perfect phase matching.

        rho(b) = |integral over z of P(z)/P(0) exp(i b z)|²,  E(b) = integral of rho from 0 to b

    Every row has its own step; beyond the table's end rho falls as 1/b².
    """

    step_per_m: Float[np.ndarray, " row"]
    """Phase mismatch between points of the table [rad/m]."""
    density_m2: Float[np.ndarray, "row channel point"]
    """rho at the points."""
    summed_m: Float[np.ndarray, "row channel point"]
    """E at the points."""
    point_count: Int[np.ndarray, " row"]
    """Points of each row; what other rows need beyond is not looked at."""
    edge_power: Float[np.ndarray, "row channel"]
    """Squares of all jumps of P(z)/P(0), the two ends among them: rho b² far out."""

    def __post_init__(self) -> None:
        for name in ("step_per_m", "density_m2", "summed_m", "edge_power"):
            object.__setattr__(self, name, read_only(getattr(self, name)))

    def pair_efficiency(
        self,
        *,
        channel: Int[np.ndarray, " pair"],
        mismatch_per_m: Float[np.ndarray, "pair place"],
        weight: Float[np.ndarray, "pair place"],
    ) -> Float[np.ndarray, "row pair"]:
        """Weighted sums of E, one per pair: sum over q of weight_q E(mismatch_q).

        Parameters
        ----------
        channel
            Whose power profile mixes, axis [pair].
        mismatch_per_m
            Phase mismatches >= 0, axes [pair, place] [rad/m].
        weight
            One per mismatch, any unit, which becomes that of the result times m.
        """
        rows = [
            self._row_efficiency(row, channel=channel, mismatch_per_m=mismatch_per_m, weight=weight)
            for row in range(self.step_per_m.size)
        ]
        return np.stack(rows)

    def _row_efficiency(
        self,
        row: int,
        *,
        channel: Int[np.ndarray, " pair"],
        mismatch_per_m: Float[np.ndarray, "pair place"],
        weight: Float[np.ndarray, "pair place"],
    ) -> Float[np.ndarray, " pair"]:
        step_per_m = float(self.step_per_m[row])
        last = int(self.point_count[row]) - 1
        place = mismatch_per_m / step_per_m
        cell = np.minimum(place, last - 1.0).astype(np.intp)
        beyond = place > last
        along = np.minimum(place - cell, 1.0)
        flat = cell + channel[:, None] * self.density_m2.shape[2]
        summed_m, density_m2 = self.summed_m[row].ravel(), self.density_m2[row].ravel()
        low_m, slope = summed_m.take(flat), step_per_m * density_m2.take(flat)
        flat += 1
        rise_m = summed_m.take(flat) - low_m
        bend = slope + step_per_m * density_m2.take(flat) - 2.0 * rise_m
        # Hermite's cubic, which has the right slope rho at both ends.
        value_m = low_m + along * (slope + along * (rise_m - slope - bend + along * bend))
        if beyond.any():
            pair, _ = np.nonzero(beyond)
            rest = 1.0 / (last * step_per_m) - 1.0 / mismatch_per_m[beyond]
            value_m[beyond] += self.edge_power[row, channel[pair]] * rest
        return np.asarray((weight * value_m).sum(axis=1))


def mixing_table(*, profile: PowerProfile, decay_per_m: float) -> MixingTable:
    """Mixing efficiency of every row and channel of a power profile.

    Between nodes P(z) exp(decay z) is taken as linear in exp(-decay z): exact with two nodes
    where fibre only attenuates, and close where channels pump each other, whose gain grows
    with the power spent. The integral over z is then closed, at any mismatch.

    Parameters
    ----------
    profile
        Power along the fibre over power at its input.
    decay_per_m
        Power attenuation coefficient, typical of the channels [1/m], > 0.

    References
    ----------
    .. [1] M. Cantono et al., arXiv:1710.02225, equation 21: the factor that it integrates.
    """
    length_m = profile.position_m[:, -1]
    assert (length_m > 0.0).all(), "waves mix along a length"
    step_per_m = STEP_RAD / length_m
    reach_per_m = np.maximum(REACH_ATTENUATION * decay_per_m, REACH_RAD / length_m)
    point_count = np.ceil(reach_per_m / step_per_m).astype(np.int64) + 1
    points = int(point_count.max())
    # Three points more, for the sums at the table's end.
    mismatch_per_m = step_per_m[:, None] * np.arange(points + 3)
    basis_m = _node_integrals_m(
        position_m=profile.position_m, mismatch_per_m=mismatch_per_m, decay_per_m=decay_per_m
    )
    shared = len(basis_m) == 1
    density_m2 = np.stack(
        [
            _squared_sums(power, basis_m[0 if shared else row])
            for row, power in enumerate(profile.ratio)
        ]
    )
    all_rows = np.broadcast_to(step_per_m, profile.ratio.shape[:1])
    counts = np.array(np.broadcast_to(point_count, all_rows.shape))
    counts.flags.writeable = False
    summed_m = _summed(density_m2, step_per_m=all_rows)[..., :points]
    jumps = np.diff(profile.ratio, axis=1) ** 2
    jumps *= (np.diff(profile.position_m, axis=1) == 0.0)[:, :, None]
    return MixingTable(
        step_per_m=all_rows,
        density_m2=density_m2[..., :points],
        summed_m=summed_m,
        point_count=counts,
        edge_power=profile.ratio[:, 0] ** 2 + profile.ratio[:, -1] ** 2 + jumps.sum(axis=1),
    )


def _squared_sums(
    power: Float[np.ndarray, "node channel"], basis_m: Complex[np.ndarray, "node point"]
) -> Float[np.ndarray, "channel point"]:
    """|sum over nodes of power times what each contributes|² [m²]."""
    wave_m = row_products(power.T, basis_m.view(np.float64).T)
    density_m2 = np.square(wave_m[:, ::2])
    density_m2 += np.square(wave_m[:, 1::2])
    return np.asarray(density_m2)


def _node_integrals_m(
    *,
    position_m: Float[np.ndarray, "row node"],
    mismatch_per_m: Float[np.ndarray, "row point"],
    decay_per_m: float,
) -> Complex[np.ndarray, "row node point"]:
    """What each node's power contributes to the integral of P(z) exp(i b z) [m].

    On an interval of length h, with d = decay h, s = (i b h - d) and t from 0 to 1,

        P exp(i b z) = exp(i b z_k) exp(s t) [(1 - w) P_k + w P_{k+1} exp(d)]
        w = (1 - exp(-d t)) / (1 - exp(-d))
    """
    turn = np.exp(1j * position_m[:, :, None] * mismatch_per_m[:, None, :])
    length_m = np.diff(position_m, axis=1)[:, :, None]
    decay = decay_per_m * length_m
    kept = np.exp(-decay)
    exponent = 1j * mismatch_per_m[:, None, :] * length_m - decay
    # exp(s) = exp(i b h) exp(-d): no further exponential is needed.
    grown = turn[:, 1:] * turn[:, :-1].conj() * kept
    whole = _mean_exponential(exponent, grown=grown)
    faded = _mean_exponential(exponent - decay, grown=grown * kept)
    # Within centimetres both nodes count alike, and between nodes at one place neither does.
    short = decay < SHORT_DECAY
    rising = np.where(short, whole / 2.0, (whole - faded) / np.where(short, 1.0, 1.0 - kept))
    scale_m = turn[:, :-1] * length_m
    basis_m = np.zeros_like(turn)
    basis_m[:, :-1] = scale_m * (whole - rising)
    basis_m[:, 1:] += scale_m * rising / kept
    return np.asarray(basis_m)


def _mean_exponential(
    exponent: Complex[np.ndarray, "row interval point"],
    *,
    grown: Complex[np.ndarray, "row interval point"],
) -> Complex[np.ndarray, "row interval point"]:
    """Mean of exp(s t) over t from 0 to 1: (exp(s) - 1) / s, which the caller half knows."""
    small = np.abs(exponent) < SERIES_BELOW
    mean = (grown - 1.0) / np.where(small, 1.0, exponent)
    s = exponent[small]
    mean[small] = 1.0 + s / 2.0 * (1.0 + s / 3.0 * (1.0 + s / 4.0 * (1.0 + s / 5.0)))
    return mean


def _summed(
    density: Float[np.ndarray, "row channel point"], *, step_per_m: Float[np.ndarray, " row"]
) -> Float[np.ndarray, "row channel less"]:
    """Integral of an even function from 0 to each point but the last, of order 4.

    A cubic through four neighbours: h/24 (-g_{m-1} + 13 g_m + 13 g_{m+1} - g_{m+2}).
    """
    piece = 13.0 * (density[..., :-2] + density[..., 1:-1]) - density[..., 2:]
    piece[..., 1:] -= density[..., :-3]
    piece[..., 0] -= density[..., 1]
    total = np.zeros_like(density[..., :-1])
    np.cumsum(piece * (step_per_m[:, None, None] / 24.0), axis=-1, out=total[..., 1:])
    return total
