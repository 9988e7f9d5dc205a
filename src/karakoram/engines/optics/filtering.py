"""Which part of a channel's spectrum survives the wavelength-selective switches on its way?"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import final

import numpy as np
import scipy  # type: ignore[import-untyped] # submodules load on first use: nobody pays for it idle
from jaxtyping import Float, Int

HALF_POWER = 0.5

PRECISION_HZ = 0.5
"""Half of the precision to which bandwidths are found."""


class FilterShape(ABC):
    """The passband of one filter."""

    @abstractmethod
    def transmission(self, offset_hz: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
        """Output over input power [1] at an offset from the centre [Hz]; 1 at the centre."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SuperGaussianFilter(FilterShape):
    """T = exp(-ln 2 |2 f / B|^(2 n)); N of them are one of bandwidth B N^(-1/(2 n)).

    The usual fit where only a bandwidth and an order are known: S. Tibuleac and M. Filer,
    J. Lightwave Technol. 28(4), 557 (2010).
    """

    bandwidth_hz: float
    """Full width at half power."""
    order: float
    """n [1]; 1 is Gaussian, 3 to 6 fit wavelength-selective switches."""

    def __post_init__(self) -> None:
        if self.bandwidth_hz <= 0.0 or self.order <= 0.0:
            raise ValueError(
                f"bandwidth and order must be > 0, got {self.bandwidth_hz} and {self.order}"
            )

    def transmission(self, offset_hz: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
        """exp(-ln 2 |2 f / B|^(2 n)) [1]."""
        exponent = np.abs(2.0 * offset_hz / self.bandwidth_hz) ** (2.0 * self.order)
        return np.asarray(np.exp(-np.log(2.0) * exponent))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ApertureFilter(FilterShape):
    """A slot of pixels seen through a Gaussian beam: what wavelength-selective switches are.

        E(f) = erf((B/2 - f) / (sqrt 2 s)) + erf((B/2 + f) / (sqrt 2 s)),   T = (E(f) / E(0))²
        s = B_OTF / (2 sqrt(2 ln 2))

    The field is the slot's width B convolved with the beam, so that an edge of the slot is at
    -6 dB. Source: C. Pulikkaseril et al., Optics Express 19(9), 8458 (2011), who find a better
    fit to measured switches, alone and in cascade, than by super-Gaussians.
    """

    aperture_hz: float
    """Width B that the switch opens: the width of the frequency slot, or a little less."""
    beam_width_hz: float
    """B_OTF, full width at half maximum of the beam; about 8 to 14 GHz in products."""

    def __post_init__(self) -> None:
        if self.aperture_hz <= 0.0 or self.beam_width_hz <= 0.0:
            raise ValueError(
                "the widths of aperture and beam must be > 0, got "
                f"{self.aperture_hz} and {self.beam_width_hz}"
            )

    def transmission(self, offset_hz: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
        """(E(f) / E(0))² [1]."""
        scale_hz = self.beam_width_hz / (2.0 * np.sqrt(np.log(2.0)))  # sqrt 2 x s
        half_hz = self.aperture_hz / 2.0
        erf = scipy.special.erf
        field = erf((half_hz - offset_hz) / scale_hz) + erf((half_hz + offset_hz) / scale_hz)
        return np.asarray((field / (2.0 * erf(half_hz / scale_hz))) ** 2)


def cascade_bandwidth_hz(
    shape: FilterShape, count: Int[np.ndarray, " cascade"], *, transmission: float = HALF_POWER
) -> Float[np.ndarray, " cascade"]:
    """Full width [Hz] at which a cascade of equal, aligned filters passes ``transmission``.

    The filter's transmission must fall from the centre outwards; the width is found by
    bisection to 1 Hz.

    >>> shape = SuperGaussianFilter(bandwidth_hz=44e9, order=4.0)
    >>> (cascade_bandwidth_hz(shape, np.array([1, 16])) / 1e9).round(3).tolist()
    [44.0, 31.113]
    """
    assert (count >= 1).all()
    assert 0.0 < transmission < 1.0
    needed = transmission ** (1.0 / count)
    low_hz, high_hz = np.zeros(count.shape), np.full(count.shape, 1e9)
    while (outside := shape.transmission(high_hz) > needed).any():
        high_hz = np.where(outside, 2.0 * high_hz, high_hz)
    while (high_hz - low_hz > PRECISION_HZ).any():
        middle_hz = (low_hz + high_hz) / 2.0
        passes = shape.transmission(middle_hz) > needed
        low_hz, high_hz = np.where(passes, middle_hz, low_hz), np.where(passes, high_hz, middle_hz)
    return np.asarray(low_hz + high_hz)
