"""How noisy is the light of each channel, for what is really lit beside it?

Every channel has the same power spectral density, so that interference is a sum over the slots that
are lit: between a channel of width R at f and a band from f1 to f2 it is, per section,

    c [asinh(k R (f2 - f)) - asinh(k R (f1 - f))],      k = pi^2 |beta2| / alpha

by the analytic GN model [1]_, and half of that for the band of the channel itself. Sections compose
as ln(1 + noise), noise being that of amplifiers and interference over the signal.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Float64, Int, Int16

from karakoram.core.grid import CENTRE_STEP_GHZ, WIDTH_STEP_GHZ

_HZ_PER_GHZ = 1e9


class LightColumns(NamedTuple):
    """What the compiled loops read of light."""

    ase: Float64[np.ndarray, " section"]
    """Noise of the amplifiers of a section over the signal [1], the same for every channel."""
    interference: Float64[np.ndarray, " section"]
    """The factor c of a section [1]."""
    arcs: Float64[np.ndarray, "lit_slots offset"]
    """asinh(k R x) for a channel so many slots wide, at x = (column - middle) x 6.25 GHz."""
    log_noise_max: Float64[np.ndarray, " modulation"]
    """ln(1 + 1/SNR) that the receiver of each modulation bears."""
    width: Int16[np.ndarray, "modulation bit_rate"]
    """Slots at each bit rate, guard slots included."""
    guard_slots: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Light:
    """The noise of every section and the modulations to choose from, those with fewest slots first.

    References
    ----------
    .. [1] P. Poggiolini, "The GN model of non-linear propagation in uncompensated coherent optical
       systems", J. Lightwave Technology 30 (24), 2012; arXiv:1209.0394, eq. 120 and 123.
    """

    ase: Float[np.ndarray, " section"]
    interference: Float[np.ndarray, " section"]
    bend_s2: float
    """k = pi^2 |beta2| / alpha [s^2], alpha the power attenuation."""
    snr_needed: Float[np.ndarray, " modulation"]
    """In the signal bandwidth [1]."""
    width: Int[np.ndarray, "modulation bit_rate"]
    guard_slots: int
    slot_count: int

    def __post_init__(self) -> None:
        for name in ("ase", "interference", "snr_needed"):
            values = getattr(self, name)
            if not (np.isfinite(values).all() and (values >= 0.0).all()):
                raise ValueError(f"{name} must be finite and >= 0")
        if not (self.snr_needed > 0.0).all() or not self.bend_s2 > 0.0:
            raise ValueError("snr_needed and bend_s2 must be > 0")
        if (np.diff(self.width, axis=0) < 0).any():
            raise ValueError("modulations with fewer slots come first")
        if self.width.size and self.width.min() <= self.guard_slots:
            raise ValueError(f"a channel has more than its {self.guard_slots} guard slots")

    @property
    def columns(self) -> LightColumns:
        """The same for compiled loops."""
        widest = min(int(self.width.max(initial=1)), self.slot_count)  # no wider one fits
        lit_slots = np.arange(widest + 1)
        offset_hz = (
            np.arange(-2 * self.slot_count, 2 * self.slot_count + 1) * CENTRE_STEP_GHZ * _HZ_PER_GHZ
        )
        bandwidth_hz = lit_slots * WIDTH_STEP_GHZ * _HZ_PER_GHZ
        return LightColumns(
            ase=np.array(self.ase, dtype=np.float64),
            interference=np.array(self.interference, dtype=np.float64),
            arcs=np.arcsinh(self.bend_s2 * bandwidth_hz[:, None] * offset_hz),
            log_noise_max=np.log1p(1.0 / self.snr_needed),
            width=self.width.astype(np.int16),
            guard_slots=self.guard_slots,
        )
