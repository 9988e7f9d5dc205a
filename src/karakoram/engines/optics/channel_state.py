"""What is known of every channel at one point of its way?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.engines.optics.receiver import receiver_snr
from karakoram.engines.optics.shares import NoiseShares, pure_signal

_COLUMNS = ("power_w", "dispersion_s_per_m", "pmd_s", "pdl_db", "inverse_osnr", "latency_s")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChannelState:
    """Channels at one point of a chain; a row is one launch of the same comb."""

    power_w: Float[np.ndarray, "row channel"]
    """Total channel power, noise in the signal bandwidth included."""
    shares: NoiseShares
    """What of it is signal, ASE and interference, axes [row, channel]."""
    dispersion_s_per_m: Float[np.ndarray, "row channel"]
    """Accumulated chromatic dispersion; 1 s/m is 1000 ps/nm."""
    pmd_s: Float[np.ndarray, "row channel"]
    """Mean differential group delay; elements add in quadrature."""
    pdl_db: Float[np.ndarray, "row channel"]
    """Polarisation-dependent loss; elements add in quadrature of dB."""
    latency_s: Float[np.ndarray, " row"]
    """Time in the fibres passed."""
    inverse_osnr: Float[np.ndarray, "row channel"]
    """Sum of 1/OSNR in 0.1 nm of transmitter and ROADM paths, added at the receiver [1]."""

    def __post_init__(self) -> None:
        for name in _COLUMNS:
            object.__setattr__(self, name, read_only(getattr(self, name)))

    def received_gsnr(
        self, symbol_rate_hz: Float[np.ndarray, " channel"]
    ) -> Float[np.ndarray, "row channel"]:
        """GSNR [1] that a receiver here sees, terminals included, in the signal bandwidth."""
        return self._received(self.shares.gsnr, symbol_rate_hz)

    def received_osnr(
        self, symbol_rate_hz: Float[np.ndarray, " channel"]
    ) -> Float[np.ndarray, "row channel"]:
        """OSNR [1] that a receiver here sees, terminals included, in the signal bandwidth."""
        return self._received(self.shares.osnr, symbol_rate_hz)

    def _received(
        self, line: Float[np.ndarray, "row channel"], symbol_rate_hz: Float[np.ndarray, " channel"]
    ) -> Float[np.ndarray, "row channel"]:
        return receiver_snr(
            gsnr=line, symbol_rate_hz=symbol_rate_hz[None], inverse_osnr=self.inverse_osnr
        )


def launched(
    power_w: Float[np.ndarray, "row channel"],
    *,
    transmitter_osnr: Float[np.ndarray, " channel"],
) -> ChannelState:
    """Channels as their transmitters send them.

    Parameters
    ----------
    power_w
        Power of each transmitter [W].
    transmitter_osnr
        OSNR in 0.1 nm of each transmitter [1], infinite for one without noise. It is added at
        the receiver, as equipment is specified.
    """
    assert (power_w > 0.0).all(), "every channel is lit"
    nothing = np.zeros(power_w.shape)
    return ChannelState(
        power_w=power_w,
        shares=pure_signal(power_w.shape),
        dispersion_s_per_m=nothing,
        pmd_s=nothing,
        pdl_db=nothing,
        latency_s=np.zeros(power_w.shape[0]),
        inverse_osnr=nothing + 1.0 / transmitter_osnr,
    )
