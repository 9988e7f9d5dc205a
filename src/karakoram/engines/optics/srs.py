"""How does stimulated Raman scattering move power between the channels of one fibre?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from karakoram.engines.optics.fibre import effective_area_m2
from karakoram.engines.optics.products import row_products
from karakoram.engines.optics.raman_profile import (
    PEAK_GAIN_M_PER_W,
    PUMP_FREQUENCY_HZ,
    relative_raman_gain,
)


def raman_gain_per_w_m(
    *, reference_area_m2: float, frequency_hz: Float[np.ndarray, " channel"]
) -> Float[np.ndarray, "channel pump"]:
    """What one watt in channel j adds to the gain of channel i [1/(W m)], row i, column j.

        C_ij = g(f_j - f_i) max(f_i, f_j) / (f_pump,ref A_ij),  A_ij = (A(f_i) + A(f_j)) / 2

    The matrix is antisymmetric: power that one channel loses another gains. The quantum
    defect, at most 2.5 % of the power moved within the C band, is left out, as in GNPy 3.0.1.

    Parameters
    ----------
    reference_area_m2
        Effective area at 1550 nm [m²].
    frequency_hz
        Channel central frequencies [Hz], shape (channel,).

    Returns
    -------
    C [1/(W m)], shape (channel, pump).

    References
    ----------
    .. [1] A. D'Amico et al., J. Lightwave Technol. 40, 3499 (2022), section III.D.
    """
    area_m2 = effective_area_m2(
        reference_area_m2=np.array(reference_area_m2), frequency_hz=frequency_hz
    )
    overlap_m2 = (area_m2[:, None] + area_m2[None, :]) / 2.0
    pump_hz = np.maximum(frequency_hz[:, None], frequency_hz[None, :])
    relative = relative_raman_gain(frequency_hz[None, :] - frequency_hz[:, None])
    gain = PEAK_GAIN_M_PER_W * relative * pump_hz / (PUMP_FREQUENCY_HZ * overlap_m2)
    return np.asarray(gain)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RamanWay:
    """Fibres in the coordinate u = (1 - exp(-b z)) / b, in which power decays slowly or not.

    Where all channels have the same loss, b = alpha takes the decay out altogether; else half
    the mean loss leaves what is nearly linear in u.
    """

    length_m: Float[np.ndarray, "*shape 1"]
    """u at the end of the fibre."""
    decay: Float[np.ndarray, "*shape 1"]
    """b times the fibre's length [1]."""
    excess: Float[np.ndarray, "*shape channel"] | None
    """alpha / b - 1; None where all channels suffer the same loss."""

    def part(self, at: tuple[slice | int, ...] | Int[np.ndarray, " some"]) -> "RamanWay":
        """The fibres at an index of the shape."""
        return RamanWay(
            length_m=self.length_m[at],
            decay=self.decay[at],
            excess=None if self.excess is None else self.excess[at],
        )


def raman_way(
    *,
    attenuation_per_m: Float[np.ndarray, "*shape #channel"],
    length_m: Float[np.ndarray, "*shape 1"],
) -> RamanWay:
    """The coordinate u of fibres.

    Parameters
    ----------
    attenuation_per_m
        Power attenuation coefficient alpha [1/m], one for all channels or one for each.
    length_m
        Fibre length [m], with a last axis of 1.
    """
    flat = attenuation_per_m.shape[-1] == 1
    decay_per_m = attenuation_per_m if flat else 0.5 * attenuation_per_m.mean(-1, keepdims=True)
    decay = decay_per_m * length_m
    return RamanWay(
        length_m=np.asarray(-np.expm1(-decay) / decay_per_m),
        decay=np.asarray(decay),
        excess=None if flat else np.asarray(attenuation_per_m / decay_per_m - 1.0),
    )


STEPS_MIN_UNEQUAL_LOSS = 2
"""Steps where loss depends on frequency: the right side is then not free of u."""


def raman_transfer(
    *,
    power_w: Float[np.ndarray, "row channel"],
    way: RamanWay,
    gain_per_w_m: Float[np.ndarray, "channel channel"],
    step_neper: float,
) -> Float[np.ndarray, "row channel"]:
    """Output over input power of each channel due to Raman scattering alone [1].

    Solves dP_i/dz = (-alpha_i + sum_j C_ij P_j) P_i in the logarithm of power by
    Runge-Kutta of order 4. With P_i = P_i(0) exp(-alpha_i z + y_i) and u of :class:`RamanWay`,

        dy_i/du = sum_j C_ij P_j(0) exp(y_j - (alpha_j - b) z(u))

    has no fast decay left. A row takes as many steps as its own first slope asks for, so it
    does not matter what else is in the batch. Total output power is this ratio times the plain
    fibre loss.

    Parameters
    ----------
    power_w
        Channel powers at the fibre's input, after its connector [W], shape (row, channel).
    way
        The fibres, one for each row or one for all.
    gain_per_w_m
        Raman gain matrix C of the fibre type [1/(W m)], from :func:`raman_gain_per_w_m`.
    step_neper
        Change of y that one step may bring [1]; 0.25 keeps 0.1 mdB up to 1 W in the fibre.

    Returns
    -------
    Ratio [1], shape (row, channel); > 1 where a channel gains.

    References
    ----------
    .. [1] M. Zirngibl, Electronics Letters 34 (8), 789 (1998): the exact solution for gain
       proportional to the offset, which the tests compare with.
    """
    assert step_neper > 0.0
    pump = power_w * way.length_m
    first = row_products(pump, gain_per_w_m)
    change = np.abs(first)
    course = _Course(pump=pump, way=way, gain_per_w_m=gain_per_w_m)
    if way.excess is None and change.max() <= step_neper:
        return course.transfer(first, steps=1)
    least = 1 if way.excess is None else STEPS_MIN_UNEQUAL_LOSS
    steps = np.maximum(least, np.ceil(change.max(axis=-1) / step_neper)).astype(np.int64)
    ratio = np.empty_like(power_w)
    for count in np.unique(steps).tolist():
        rows = np.flatnonzero(steps == count)
        ratio[rows] = course.of(rows).transfer(first[rows], steps=count)
    return ratio


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Course:
    """Channels on their way through fibres of one type; u counts from 0 to 1."""

    pump: Float[np.ndarray, "row channel"]
    """Power at the input times the length of the way in u [W m]."""
    way: RamanWay
    gain_per_w_m: Float[np.ndarray, "channel channel"]

    def of(self, rows: Int[np.ndarray, " some"]) -> "_Course":
        """Some of the rows."""
        for_each = len(self.way.decay) == len(self.pump)
        return _Course(
            pump=self.pump[rows],
            way=self.way.part(rows) if for_each else self.way,
            gain_per_w_m=self.gain_per_w_m,
        )

    def transfer(
        self, first: Float[np.ndarray, "row channel"], *, steps: int
    ) -> Float[np.ndarray, "row channel"]:
        """exp(y) at the end [1] by ``steps`` equal steps in u, from the slope at the input.

        Each step begins anew with y = 0 and the power that is there, and counts half slopes, so
        that the slopes in its middle need no arithmetic but exp and product.
        """
        half = 0.5 / steps
        pump, ratio = self.pump * half, np.ones(())
        last = self.decayed(0.0)
        for step in range(steps):
            middle, end = self.decayed((step + 0.5) / steps), self.decayed((step + 1.0) / steps)
            one = row_products(pump * last, self.gain_per_w_m) if step else first * half
            in_middle = pump * middle
            two = row_products(np.exp(one) * in_middle, self.gain_per_w_m)
            three = row_products(np.exp(two) * in_middle, self.gain_per_w_m)
            four = row_products(np.exp(2.0 * three) * (pump * end), self.gain_per_w_m)
            gained = np.exp((one + 2.0 * (two + three) + four) / 3.0)
            pump, ratio, last = pump * gained, ratio * gained, end
        return np.asarray(ratio)

    def decayed(self, place: float) -> Float[np.ndarray, "..."]:
        """What loss beyond that of the coordinate leaves at a ``place`` from 0 to 1 [1]."""
        if self.way.excess is None or place == 0.0:
            return np.ones(())
        # exp(-(alpha - b) z) with z = -ln(1 - u (1 - exp(-b L))) / b.
        return np.asarray((1.0 + place * np.expm1(-self.way.decay)) ** self.way.excess)
