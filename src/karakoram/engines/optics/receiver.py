"""What signal-to-noise ratio does a receiver see, and what do impairments take from it?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.core.units import OSNR_BANDWIDTH_HZ


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PenaltyCurve:
    """How much SNR a receiver loses to an impairment: points, straight lines between them.

    Outside its points it does not work: the penalty is infinite. The impairment is chromatic
    dispersion [s/m], PMD [s], PDL [dB], or the number of filters passed.
    """

    impairment: Float[np.ndarray, " point"]
    """Ascending."""
    penalty_db: Float[np.ndarray, " point"]

    def __post_init__(self) -> None:
        for name in ("impairment", "penalty_db"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
        assert self.impairment.size > 0
        assert self.impairment.shape == self.penalty_db.shape
        if (np.diff(self.impairment) <= 0.0).any():
            raise ValueError(f"the points of a penalty must ascend, got {self.impairment}")

    def at(self, impairment: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
        """Penalty in dB; infinite outside the points.

        >>> curve = PenaltyCurve(impairment=np.array([0.0, 2.0]), penalty_db=np.array([0.0, 1.0]))
        >>> curve.at(np.array([-0.1, 0.5, 2.0, 2.1])).tolist()
        [inf, 0.25, 1.0, inf]
        """
        penalty = np.interp(impairment, self.impairment, self.penalty_db, left=np.inf, right=np.inf)
        return np.asarray(penalty)


def receiver_snr(
    *,
    gsnr: Float[np.ndarray, "*#shape"],
    symbol_rate_hz: Float[np.ndarray, "*#shape"],
    inverse_osnr: Float[np.ndarray, "*#shape"],
) -> Float[np.ndarray, "*shape"]:
    """SNR at the receiver [1], in the signal bandwidth; infinite without noise.

    All arguments broadcast:

        1/SNR = 1/GSNR + (R / 12.5 GHz) sum 1/OSNR

    Parameters
    ----------
    gsnr
        GSNR of the lightpath [1], in the signal bandwidth.
    symbol_rate_hz
        Symbol rate [Hz].
    inverse_osnr
        Sum of 1/OSNR in 0.1 nm [1] over the transmitter and every ROADM path passed.

    >>> receiver_snr(gsnr=np.array([100.0]), symbol_rate_hz=np.array([50e9]),
    ...              inverse_osnr=np.array([0.0025])).round(9).tolist()
    [50.0]
    """
    inverse = np.asarray(1.0 / gsnr + symbol_rate_hz / OSNR_BANDWIDTH_HZ * inverse_osnr)
    noiseless = np.full(inverse.shape, np.inf)
    return np.asarray(np.divide(1.0, inverse, out=noiseless, where=inverse != 0.0))
