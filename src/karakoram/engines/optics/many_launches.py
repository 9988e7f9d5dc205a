"""How good is one line under many launches, with few bytes moved for each?

A handful of launches is carried through all sections before the next begins: their figures never
leave one core's cache, and nothing is kept of the way but the share that is still signal.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from karakoram.engines.optics.line_power import PlacedAmplifiers
from karakoram.engines.optics.nonlinear import PreparedNonlinear
from karakoram.engines.optics.products import PRODUCT_SIZE_MAX, row_products
from karakoram.engines.optics.section import PreparedSections
from karakoram.engines.optics.shares import gsnr_from_signal_share
from karakoram.engines.optics.single_line import SLOPE_WEIGHTS, SingleLine
from karakoram.engines.optics.srs import RamanWay, raman_transfer

PRODUCTS_A_BLOCK = 4
"""Products of a matrix that a block takes: with fewer, calls of numpy cost more than they compute;
with more, nothing is gained and the figures leave the cache."""


class _Place(NamedTuple):
    """A section with the amplifier behind it, as plain numbers and one row of noise."""

    gain_per_w_m: np.ndarray
    """Raman gain matrix, row i what channel i gets; column by column in memory."""
    interference: PreparedNonlinear
    way: RamanWay
    input_transmission: float
    length_m: float
    total_gain: float
    """Of section and amplifier, as set, scattering apart."""
    most_w: float
    """What reaches the amplifier, the section's loss left out, when it gives its gain and most."""
    ase_w: np.ndarray
    """Of the amplifier, before the section's loss."""


class _Work(NamedTuple):
    """Memory of a block of launches, written again in every section."""

    slopes: Float[np.ndarray, "4 row channel"]
    pump_w_m: Float[np.ndarray, "row channel"]
    ratio: Float[np.ndarray, "row channel"]
    entering_w: Float[np.ndarray, "row channel"]
    fibre_w: Float[np.ndarray, "row channel"]
    signal: Float[np.ndarray, "row channel"]
    ones: Float[np.ndarray, " channel"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ManyLaunches:
    """One line in which Raman scattering alone tells channels apart, ready for many launches."""

    places: tuple[_Place, ...]
    booster_gain: float
    booster_output_power_max_w: float
    booster_ase_w: Float[np.ndarray, " channel"]
    step_neper: float

    def gsnr(
        self, launch_power_w: Float[np.ndarray, "row channel"]
    ) -> Float[np.ndarray, "row channel"]:
        """GSNR at the output of the preamplifier [1], in the signal bandwidth.

        The same as of :class:`PreparedLines`, up to rounding.

        Parameters
        ----------
        launch_power_w
            Total channel power that the booster is set to put out [W].
        """
        rows, channels = launch_power_w.shape
        block = max(1, PRODUCTS_A_BLOCK * PRODUCT_SIZE_MAX // channels**2)
        signal = np.empty((rows, channels))
        for start in range(0, rows, block):
            some = slice(start, start + block)
            signal[some] = self._signal(launch_power_w[some])
        return gsnr_from_signal_share(signal)

    def _signal(
        self, launch_power_w: Float[np.ndarray, "row channel"]
    ) -> Float[np.ndarray, "row channel"]:
        """Share that is still signal behind the last amplifier [1]."""
        memory = np.empty((9, *launch_power_w.shape))
        pump_w_m, ratio, entering_w, fibre_w, signal = memory[4:]
        work = _Work(
            slopes=memory[:4],
            pump_w_m=pump_w_m,
            ratio=ratio,
            entering_w=entering_w,
            fibre_w=fibre_w,
            signal=signal,
            ones=np.ones(launch_power_w.shape[1]),
        )
        arriving_w = launch_power_w / self.booster_gain
        total_w = arriving_w.sum(axis=1)
        gain = np.minimum(self.booster_gain, self.booster_output_power_max_w / total_w)
        np.add(arriving_w, self.booster_ase_w, work.entering_w)
        np.divide(arriving_w, work.entering_w, work.signal)
        np.multiply(work.entering_w, gain[:, None], work.entering_w)
        for place in self.places:
            self._cross(place, work)
        return work.signal

    def _cross(self, place: _Place, work: _Work) -> None:
        """Carry the launches through a section and its amplifier."""
        entering_w, fibre_w, ratio = work.entering_w, work.fibre_w, work.ratio
        np.multiply(entering_w, place.input_transmission, fibre_w)
        length_m = np.full(len(fibre_w), place.length_m)
        lost = place.interference.interference_ratio(power_w=fibre_w, length_m=length_m)
        np.subtract(1.0, lost, ratio)
        np.multiply(work.signal, ratio, work.signal)
        self._scatter(place, work)
        np.multiply(entering_w, ratio, entering_w)
        gain = place.total_gain * np.minimum(1.0, place.most_w / (entering_w @ work.ones))
        np.add(entering_w, place.ase_w, fibre_w)
        np.divide(entering_w, fibre_w, ratio)
        np.multiply(work.signal, ratio, work.signal)
        np.multiply(fibre_w, gain[:, None], entering_w)

    def _scatter(self, place: _Place, work: _Work) -> None:
        """Write what scattering makes of the channels, output over input power, to the ratio."""
        (one, two, three, four), pump, ratio = work.slopes, work.pump_w_m, work.ratio
        gain = place.gain_per_w_m
        np.multiply(work.fibre_w, 0.5 * float(place.way.length_m[0, 0]), pump)
        row_products(pump, gain, out=one)
        if 2.0 * max(float(one.max()), -float(one.min())) > self.step_neper:
            ratio[:] = raman_transfer(
                power_w=work.fibre_w,
                way=place.way,
                gain_per_w_m=place.gain_per_w_m,
                step_neper=self.step_neper,
            )
            return
        np.exp(one, ratio)
        np.multiply(ratio, pump, ratio)
        row_products(ratio, gain, out=two)
        np.exp(two, ratio)
        np.multiply(ratio, pump, ratio)
        row_products(ratio, gain, out=three)
        np.exp(three, ratio)
        np.multiply(ratio, ratio, ratio)
        np.multiply(ratio, pump, ratio)
        row_products(ratio, gain, out=four)
        np.dot(SLOPE_WEIGHTS, work.slopes.reshape(4, -1), ratio.reshape(-1))
        np.exp(ratio, ratio)


def many_launches(
    sections: PreparedSections, amplifiers: PlacedAmplifiers, single: SingleLine | None
) -> ManyLaunches | None:
    """A single line ready for many launches; None where more happens in it.

    Parameters
    ----------
    sections, amplifiers
        Axes [line, section] and [line, amplifier], one amplifier more than sections.
    single
        The same line for one launch.
    """
    gains_per_w_m = sections.raman_gains_per_w_m
    if single is None or gains_per_w_m is None or sections.nonlinear.needs_profile:
        return None
    transmission = sections.transmission[0, :, 0].tolist()
    set_gain, max_w = amplifiers.gain[0].tolist(), amplifiers.output_power_max_w[0].tolist()
    return ManyLaunches(
        places=tuple(
            _Place(
                gain_per_w_m=gains_per_w_m[kind],
                interference=sections.interference[kind],
                way=sections.way.part((slice(None), place)),
                input_transmission=float(sections.input_transmission[0, place, 0]),
                length_m=float(sections.length_m[0, place, 0]),
                total_gain=transmission[place] * set_gain[place + 1],
                most_w=max_w[place + 1] / (set_gain[place + 1] * transmission[place]),
                ase_w=amplifiers.ase_w[0, place + 1] / transmission[place],
            )
            for place, kind in enumerate(sections.type_index[0].tolist())
        ),
        booster_gain=single.booster_gain,
        booster_output_power_max_w=single.booster_output_power_max_w,
        booster_ase_w=amplifiers.ase_w[0, 0],
        step_neper=single.step_neper,
    )
