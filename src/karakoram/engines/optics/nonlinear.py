"""What does every model of Kerr interference between channels promise?"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.engines.optics.fibre import (
    dispersion_s_per_m2,
    group_velocity_dispersion_s2_per_m,
    nonlinear_coefficient_per_w_m,
)
from karakoram.engines.optics.power_profile import PowerProfile
from karakoram.engines.optics.spectrum import Comb


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FibreType:
    """What sections of the same fibre have in common, length and connectors left out."""

    attenuation_per_m: Float[np.ndarray, " #channel"]
    """Power attenuation coefficient, one for all channels or one per channel."""
    dispersion_ref_s_per_m2: float
    """Dispersion coefficient D at 1550 nm."""
    dispersion_slope_s_per_m3: float
    """dD/d(wavelength); NaN where unknown: then D grows as the square of frequency."""
    reference_area_m2: float
    """Effective area at 1550 nm."""
    dispersion_offset_s_per_m2: Float[np.ndarray, " channel"] | None = None
    """Added to D, one per channel; None where D is what its value and slope at 1550 nm say."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "attenuation_per_m", read_only(self.attenuation_per_m))
        if self.dispersion_offset_s_per_m2 is not None:
            offset = read_only(self.dispersion_offset_s_per_m2)
            object.__setattr__(self, "dispersion_offset_s_per_m2", offset)
        assert (self.attenuation_per_m > 0.0).all(), "fibre attenuates"
        assert self.reference_area_m2 > 0.0

    @property
    def decay_per_m(self) -> float:
        """Attenuation coefficient typical of the channels: their mean [1/m]."""
        return float(self.attenuation_per_m.mean())

    def beta2_s2_per_m(
        self, frequency_hz: Float[np.ndarray, " channel"]
    ) -> Float[np.ndarray, " channel"]:
        """Group-velocity dispersion at each frequency [s²/m].

        Of fibre whose dispersion is stated channel by channel only at those channels.
        """
        dispersion = dispersion_s_per_m2(
            reference_s_per_m2=np.array(self.dispersion_ref_s_per_m2),
            slope_s_per_m3=np.array(self.dispersion_slope_s_per_m3),
            frequency_hz=frequency_hz,
        )
        if self.dispersion_offset_s_per_m2 is not None:
            assert self.dispersion_offset_s_per_m2.shape == frequency_hz.shape
            dispersion = dispersion + self.dispersion_offset_s_per_m2
        return group_velocity_dispersion_s2_per_m(
            dispersion_s_per_m2=dispersion, frequency_hz=frequency_hz
        )

    def gamma_per_w_m(
        self, frequency_hz: Float[np.ndarray, " channel"]
    ) -> Float[np.ndarray, " channel"]:
        """Nonlinear coefficient at each frequency [1/(W m)]."""
        return nonlinear_coefficient_per_w_m(
            reference_area_m2=np.array(self.reference_area_m2), frequency_hz=frequency_hz
        )


class PreparedNonlinear(ABC):
    """A model made ready for one fibre type and one comb: all that no power changes."""

    __slots__ = ()

    @abstractmethod
    def interference_ratio(
        self,
        *,
        power_w: Float[np.ndarray, "row channel"],
        length_m: Float[np.ndarray, " row"],
        profile: PowerProfile | None = None,
        span_count: Float[np.ndarray, " row"] | None = None,
    ) -> Float[np.ndarray, "row channel"]:
        """Nonlinear interference over total channel power, booked at the fibre's input [1].

        Parameters
        ----------
        power_w
            Total channel power at the fibre's input, after its connector [W].
        length_m
            Fibre length of each row [m].
        profile
            Power along the fibre of each row, by any solver. None: attenuation alone.
            Models without one ignore it.
        span_count
            Number of equal spans of the line each row belongs to, for models in which the
            interference of spans adds coherently; None: the span stands alone.
        """


class NonlinearModel(ABC):
    """A way to compute Kerr interference, passed as a value. Abstract, or final."""

    __slots__ = ()

    @property
    @abstractmethod
    def needs_profile(self) -> bool:
        """Whether the power along the fibre matters, beyond what enters it."""

    @abstractmethod
    def prepared(self, fibre: FibreType, comb: Comb) -> PreparedNonlinear:
        """The model made ready for sections of ``fibre`` lit by ``comb``.

        Launch powers of the comb are not used.
        """
