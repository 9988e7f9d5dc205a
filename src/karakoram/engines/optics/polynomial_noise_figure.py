"""How noisy is an amplifier whose noise figure was measured and fitted by a polynomial?"""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from karakoram.core.units import db_from_linear, linear_from_db
from karakoram.engines.optics.noise_figure import NoiseFigureModel, OperatingPoint, padding


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class PolynomialNoiseFigure(NoiseFigureModel):
    """Noise figure in dB as a polynomial of how far the gain is below the largest flat one.

        NF = c0 x^n + ... + cn,   x = min(0, G - G_max) in dB

    Above the largest flat gain x stays 0. Such fits are the "advanced" models of equipment
    libraries in the format of GNPy.
    """

    coefficients_db: tuple[float, ...]
    """Highest power first; the last is the noise figure at the largest flat gain."""
    gain_min: float
    """Least gain [1]; below it the amplifier is padded."""
    gain_max: float
    """Largest flat gain [1]."""

    def __post_init__(self) -> None:
        if not self.coefficients_db:
            raise ValueError("a noise figure needs at least one coefficient, got none")
        if not 0.0 < self.gain_min <= self.gain_max:
            raise ValueError(
                f"the least gain must be above 0 and at most the largest, got {self.gain_min} "
                f"and {self.gain_max}"
            )

    def noise_factor(self, point: OperatingPoint) -> Float[np.ndarray, " row"]:
        """10^(NF/10) x padding [1]."""
        pad = padding(gain=point.gain, gain_min=self.gain_min)
        below_db = np.minimum(0.0, db_from_linear(point.gain * pad / self.gain_max))
        figure_db = np.polyval(np.array(self.coefficients_db), below_db)
        return np.asarray(linear_from_db(figure_db) * pad)
