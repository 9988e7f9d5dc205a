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


def raman_transfer(
    *,
    power_w: Float[np.ndarray, "row channel"],
    attenuation_per_m: Float[np.ndarray, "#row #channel"],
    length_m: Float[np.ndarray, "#row 1"],
    gain_per_w_m: Float[np.ndarray, "channel channel"],
    step_neper: float,
) -> Float[np.ndarray, "row channel"]:
    """Output over input power of each channel due to Raman scattering alone [1].

    Solves dP_i/dz = (-alpha_i + sum_j C_ij P_j) P_i in the logarithm of power by
    Runge-Kutta of order 4. With P_i = P_i(0) exp(-alpha_i z + y_i) and the coordinate
    u = (1 - exp(-b z)) / b,

        dy_i/du = sum_j C_ij P_j(0) exp(y_j - (alpha_j - b) z(u))

    has no fast decay left: where all channels have the same loss, b = alpha makes the right
    side free of u; else half the mean loss keeps it nearly linear in u. A row takes as many
    steps as its own first slope asks for, so it does not matter what else is in the batch.
    Total output power is this ratio times the plain fibre loss.

    Parameters
    ----------
    power_w
        Channel powers at the fibre's input, after its connector [W], shape (row, channel).
    attenuation_per_m
        Power attenuation coefficient alpha [1/m], shape (row, channel) or (row, 1).
    length_m
        Fibre length [m], shape (row, 1) or (1, 1).
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
    flat = attenuation_per_m.shape[-1] == 1
    decay_per_m = attenuation_per_m if flat else 0.5 * attenuation_per_m.mean(-1, keepdims=True)
    decay = decay_per_m * length_m
    course = _Course(
        pump=power_w * (-np.expm1(-decay) / decay_per_m),
        decay=decay,
        excess=None if flat else attenuation_per_m * length_m / decay - 1.0,
        gain_per_w_m=gain_per_w_m,
    )
    first = row_products(course.pump, gain_per_w_m)
    change = np.abs(first)
    if flat and change.max() <= step_neper:
        return course.transfer(first, steps=1)
    least = 1 if flat else STEPS_MIN_UNEQUAL_LOSS
    steps = np.maximum(least, np.ceil(change.max(axis=-1) / step_neper)).astype(np.int64)
    ratio = np.empty_like(power_w)
    for count in np.unique(steps).tolist():
        rows = np.flatnonzero(steps == count)
        ratio[rows] = course.of(rows).transfer(first[rows], steps=count)
    return ratio


STEPS_MIN_UNEQUAL_LOSS = 2
"""Steps where loss depends on frequency: the right side is then not free of u."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Course:
    """Channels on their way through fibres of one type, in the coordinate u from 0 to 1."""

    pump: Float[np.ndarray, "row channel"]
    """Power at the input times the length of the way in u [W m]."""
    decay: Float[np.ndarray, "#row 1"]
    """b times the fibre's length [1]."""
    excess: Float[np.ndarray, "#row channel"] | None
    """alpha / b - 1; None where all channels suffer the same loss."""
    gain_per_w_m: Float[np.ndarray, "channel channel"]

    def of(self, rows: Int[np.ndarray, " some"]) -> "_Course":
        """Some of the rows."""

        def chosen(values: Float[np.ndarray, "#row _"]) -> Float[np.ndarray, "#some _"]:
            return values[rows] if len(values) == len(self.pump) else values

        return _Course(
            pump=self.pump[rows],
            decay=chosen(self.decay),
            excess=None if self.excess is None else chosen(self.excess),
            gain_per_w_m=self.gain_per_w_m,
        )

    def slope(
        self, log_gain: Float[np.ndarray, "row channel"], way: float
    ) -> Float[np.ndarray, "row channel"]:
        """dy/du at the part ``way`` of u."""
        pump = np.exp(log_gain)
        pump *= self.pump
        if self.excess is not None:
            # exp(-(alpha - b) z) with z = -ln(1 - u (1 - exp(-b L))) / b.
            pump *= (1.0 + way * np.expm1(-self.decay)) ** self.excess
        return row_products(pump, self.gain_per_w_m)

    def transfer(
        self, first: Float[np.ndarray, "row channel"], *, steps: int
    ) -> Float[np.ndarray, "row channel"]:
        """exp(y) at the end [1] by ``steps`` equal steps in u, from the slope at the input."""
        size = 1.0 / steps
        log_gain: Float[np.ndarray, "row channel"] | float = 0.0
        for step in range(steps):
            way = step * size
            one = self.slope(np.asarray(log_gain), way) if step else first
            two = self.slope(log_gain + (0.5 * size) * one, way + 0.5 * size)
            three = self.slope(log_gain + (0.5 * size) * two, way + 0.5 * size)
            four = self.slope(log_gain + size * three, way + size)
            log_gain = log_gain + (size / 6.0) * (one + 2.0 * (two + three) + four)
        return np.asarray(np.exp(log_gain))
