"""How much SNR does a coherent receiver lose to the filters a channel has passed?

A receiver of single-carrier modulation equalises what filters did to the spectrum, at the
price of more noise where they took most. The best linear equaliser (least mean square error,
infinitely long) leaves, with X the spectrum of the pulse (raised cosine), T the transmission
of one filter, and the spectrum folded at the symbol rate R,

    1 / (1 + SNR_out) = mean over f in 0..R of 1 / (1 + SNR Y(f))                     (1)
    Y(f) = sum_m X(f - m R) / W(f - m R)                                              (2)
    W = c_N T^-N            noise that joins after all N filters                      (3)
    W = mean over k = 1..N of c_k T^-k     noise that joins evenly on the way         (4)

c_k, the power that k filters pass, is what equalisation in the ROADMs puts back. Source of
(1): J. G. Proakis and M. Salehi, Digital Communications, 5th ed., section 9.4 (infinite-length
linear equaliser). Without filters Y = 1 and nothing is lost. It is a bound for linear
equalisers: transmitter pre-emphasis can do better, short or imperfect equalisers and detuned
or rippled filters do worse. Confidence: medium; take a measured :class:`PenaltyCurve` over the
number of filters where a vendor gives one.
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from jaxtyping import Float, Int

from karakoram.engines.optics.filtering import FilterShape

_FREQUENCIES = 256
"""Points per symbol rate; twice as many change no penalty below 3 dB by 0.001 dB."""

_ROLL_OFF_MIN = 1e-9
"""A rectangular spectrum, for numbers."""

_TRANSMISSION_MIN = 1e-30
"""Below it nothing passes; keeps ratios finite."""


class NoisePlace(Enum):
    """Where the noise joins a filtered channel."""

    AFTER_FILTERS = "after_filters"
    """All of it after the last filter: the worst case, but for hundredths of a dB."""
    ALONG_THE_WAY = "along_the_way"
    """The same amount after every filter, later filters shape it along with the signal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilteredSignal:
    """What is sent through the filters, and how they are aligned to it."""

    symbol_rate_hz: float
    roll_off: float
    """Roll-off of the pulse [1], 0 to 1."""
    detuning_hz: float = 0.0
    """Carrier less centre of the filters: laser drift and grid errors of the switches."""

    def __post_init__(self) -> None:
        if self.symbol_rate_hz <= 0.0:
            raise ValueError(f"symbol_rate_hz must be > 0, got {self.symbol_rate_hz}")
        if not 0.0 <= self.roll_off <= 1.0:
            raise ValueError(f"roll_off must be 0 to 1, got {self.roll_off}")

    def spectrum(self, offset_hz: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
        """Raised cosine [1]: power spectrum over its value at the carrier."""
        place = np.abs(offset_hz) / self.symbol_rate_hz
        phase = (place - 0.5) / max(self.roll_off, _ROLL_OFF_MIN) + 0.5
        return np.asarray(0.5 * (1.0 + np.cos(np.pi * np.clip(phase, 0.0, 1.0))))


def filtered_snr(
    snr: Float[np.ndarray, " row"],
    filter_count: Int[np.ndarray, " row"],
    *,
    shape: FilterShape,
    signal: FilteredSignal,
    noise_place: NoisePlace = NoisePlace.AFTER_FILTERS,
) -> Float[np.ndarray, " row"]:
    """SNR after the best linear equaliser [1], never above the SNR without filters.

    Parameters
    ----------
    snr
        Signal over noise in the signal bandwidth [1], as if there were no filters.
    filter_count
        Filters passed: one where a ROADM adds or drops by one switch, two where it expresses
        by two (route and select).
    shape, signal, noise_place
        One filter; the channel; where noise joins.
    """
    assert (filter_count >= 0).all()
    assert (snr > 0.0).all()
    quality = np.ones((snr.size, _FREQUENCIES))
    for count in np.unique(filter_count[filter_count > 0]).tolist():
        quality[filter_count == count] = _folded_quality(
            count, shape, signal=signal, noise_place=noise_place
        )
    error = 1.0 / (1.0 + snr[:, None] * quality)
    return np.asarray(np.minimum(1.0 / error.mean(axis=1) - 1.0, snr))


def _folded_quality(
    count: int, shape: FilterShape, *, signal: FilteredSignal, noise_place: NoisePlace
) -> Float[np.ndarray, " frequency"]:
    """Y of (2): SNR over its value without filters, at frequencies folded at the symbol rate."""
    rate_hz = signal.symbol_rate_hz
    base_hz = rate_hz * (np.arange(_FREQUENCIES) + 0.5) / _FREQUENCIES
    offset_hz = base_hz + rate_hz * np.array([[-1.0], [0.0]])
    spectrum = signal.spectrum(offset_hz)
    once = np.maximum(shape.transmission(offset_hz + signal.detuning_hz), _TRANSMISSION_MIN)
    first = count if noise_place is NoisePlace.AFTER_FILTERS else 1
    noise = np.zeros_like(once)
    for passed in range(first, count + 1):
        kept = (spectrum * once**passed).sum() / spectrum.sum()
        # Zero transmission to a power overflows to infinite noise, which is what it means.
        noise += kept * np.exp(np.minimum(-passed * np.log(once), 600.0))
    return np.asarray((spectrum / (noise / (count - first + 1))).sum(axis=0))
