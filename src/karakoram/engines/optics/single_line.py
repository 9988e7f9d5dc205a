"""How much power does each channel have along one line, with as little as possible around it?

A line of forty sections is walked section by section, for scattering makes every section wait
for the one before. With a single launch the arithmetic of a section takes microseconds, and so
does each call of numpy: here one line with one launch is numbers and vectors, written in place.
"""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from karakoram.engines.optics.line_power import LinePowers, PlacedAmplifiers
from karakoram.engines.optics.section import TRANSPARENT, PreparedSections

SLOPE_WEIGHTS = np.array([1.0, 2.0, 2.0, 1.0]) / 3.0
"""Of half slopes in a step of Runge and Kutta."""


class _Section(NamedTuple):
    """A fibre with the amplifier behind it, as plain numbers."""

    gain_per_w_m: np.ndarray
    """Raman gain matrix, row i what channel i gets."""
    gain_per_w_m_max: float
    length_m: float
    """In the coordinate u, times the transmission before the fibre."""
    transmission: float
    set_gain: float
    output_power_max_w: float
    noise_factor: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SingleLine:
    """One line in which Raman scattering alone tells channels apart, ready for one launch."""

    sections: tuple[_Section, ...]
    booster_gain: float
    booster_output_power_max_w: float
    booster_noise_factor: float
    photon_noise_w: Float[np.ndarray, " channel"]
    step_neper: float

    def powers(self, launch_power_w: Float[np.ndarray, "1 channel"]) -> LinePowers:
        """Total channel power after every amplifier and every section [W].

        The same as :func:`line_powers`, up to rounding: four products of the Raman gain matrix
        and a vector for each step.

        Parameters
        ----------
        launch_power_w
            Power that the booster is set to put out.
        """
        count, channels = len(self.sections), launch_power_w.size
        output_w, section_output_w = np.empty((count + 1, channels)), np.empty((count, channels))
        work, ones = np.empty((6, channels)), np.ones(channels)
        arriving_w = launch_power_w[0] / self.booster_gain
        gain = min(self.booster_gain, self.booster_output_power_max_w / float(arriving_w.sum()))
        ase_w = self.booster_noise_factor * self.photon_noise_w
        np.multiply(arriving_w + ase_w, gain, output_w[0])
        for place, section in enumerate(self.sections):
            entering_w, leaving_w = output_w[place], section_output_w[place]
            self._cross(section, entering_w, total_w=float(ones.dot(entering_w)), work=work)
            np.multiply(entering_w, work[5], leaving_w)
            np.multiply(leaving_w, section.transmission, leaving_w)
            most = section.output_power_max_w / float(ones.dot(leaving_w))
            gain = min(section.set_gain, most)
            after_w = output_w[place + 1]
            np.multiply(self.photon_noise_w, section.noise_factor, after_w)
            np.add(after_w, leaving_w, after_w)
            np.multiply(after_w, gain, after_w)
        return LinePowers(
            amplifier_output_w=output_w[None], section_output_w=section_output_w[None]
        )

    def _cross(
        self,
        section: _Section,
        entering_w: Float[np.ndarray, " channel"],
        *,
        total_w: float,
        work: Float[np.ndarray, "6 channel"],
    ) -> None:
        """Write what scattering makes of the channels, output over input power, to ``work[5]``."""
        pump, ratio, slope = work[4], work[5], work[0]
        np.multiply(entering_w, 0.5 * section.length_m, pump)
        np.dot(section.gain_per_w_m, pump, slope)
        steps = 1
        # No slope is above what the strongest gain does to all power; most often that is enough.
        if total_w * section.length_m * section.gain_per_w_m_max > self.step_neper:
            steps = max(1, ceil(2.0 * float(np.abs(slope).max()) / self.step_neper))
        if steps > 1:
            np.multiply(pump, 1.0 / steps, pump)
            np.multiply(slope, 1.0 / steps, slope)
        _step(section.gain_per_w_m, work)
        if steps > 1:
            whole = ratio.copy()
            for _ in range(steps - 1):
                np.multiply(pump, ratio, pump)
                np.dot(section.gain_per_w_m, pump, slope)
                _step(section.gain_per_w_m, work)
                np.multiply(whole, ratio, whole)
            ratio[:] = whole


def _step(
    gain_per_w_m: Float[np.ndarray, "channel channel"], work: Float[np.ndarray, "6 channel"]
) -> None:
    """One step from the first half slope ``work[0]`` and the pump ``work[4]``, to ``work[5]``."""
    one, two, three, four, pump, here = work
    np.exp(one, here)
    np.multiply(here, pump, here)
    np.dot(gain_per_w_m, here, two)
    np.exp(two, here)
    np.multiply(here, pump, here)
    np.dot(gain_per_w_m, here, three)
    np.exp(three, here)
    np.multiply(here, here, here)
    np.multiply(here, pump, here)
    np.dot(gain_per_w_m, here, four)
    np.dot(SLOPE_WEIGHTS, work[:4], here)
    np.exp(here, here)


def single_line(sections: PreparedSections, amplifiers: PlacedAmplifiers) -> SingleLine | None:
    """A batch of one line as a single line; None for several, and where more happens in it.

    Parameters
    ----------
    sections, amplifiers
        Axes [line, section] and [line, amplifier], one amplifier more than sections.
    """
    gains_per_w_m = sections.raman_gains_per_w_m
    if gains_per_w_m is None or len(sections.length_m) > 1 or amplifiers.restores_any:
        return None
    if sections.way.excess is not None or (sections.type_index == TRANSPARENT).any():
        return None
    gains = [np.ascontiguousarray(gain) for gain in gains_per_w_m]
    most = [float(np.abs(gain).max()) for gain in gains]
    kinds = sections.type_index[0].tolist()
    booster_gain, *set_gains = amplifiers.gain[0].tolist()
    booster_max_w, *max_w = amplifiers.output_power_max_w[0].tolist()
    booster_noise_factor, *noise_factors = amplifiers.noise_factor[0].tolist()
    places = zip(
        [gains[kind] for kind in kinds],
        [most[kind] for kind in kinds],
        (sections.way.length_m * sections.input_transmission)[0, :, 0].tolist(),
        sections.transmission[0, :, 0].tolist(),
        set_gains,
        max_w,
        noise_factors,
        strict=True,
    )
    return SingleLine(
        sections=tuple(_Section(*place) for place in places),
        booster_gain=booster_gain,
        booster_output_power_max_w=booster_max_w,
        booster_noise_factor=booster_noise_factor,
        photon_noise_w=amplifiers.photon_noise_w,
        step_neper=sections.raman_step_neper,
    )
