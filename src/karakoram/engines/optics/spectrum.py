"""Which channels light a fibre, how wide is each, and how strongly is it launched?"""

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comb:
    """The channels that share a fibre, in ascending order of frequency."""

    frequency_hz: Float[np.ndarray, " channel"]
    symbol_rate_hz: Float[np.ndarray, " channel"]
    """Symbol rate of each channel, also its noise bandwidth."""
    launch_power_w: Float[np.ndarray, " channel"]
    """Power of each channel at the output of the booster, before the fibre's connector."""
    roll_off: Float[np.ndarray, " #channel"] = field(default_factory=lambda: np.zeros(1))
    """Of each channel's raised-cosine spectrum, one for all or one each [1]; 0 is a rectangle."""

    def __post_init__(self) -> None:
        everywhere = np.broadcast_to(self.roll_off, np.shape(self.frequency_hz))
        object.__setattr__(self, "roll_off", everywhere)
        for name in ("frequency_hz", "symbol_rate_hz", "launch_power_w", "roll_off"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
        assert self.frequency_hz.size > 0, "a comb has at least one channel"
        assert (self.frequency_hz > 0.0).all()
        assert (self.symbol_rate_hz > 0.0).all()
        assert (self.launch_power_w > 0.0).all()
        assert ((self.roll_off >= 0.0) & (self.roll_off <= 1.0)).all(), "a roll-off is 0 to 1"
        # A hertz forgives the rounding of frequencies near 2e14 Hz to steps of 1/32 Hz, and sums.
        edges_hz = self.frequency_hz[:-1] + self.symbol_rate_hz[:-1] / 2.0
        assert (edges_hz <= self.frequency_hz[1:] - self.symbol_rate_hz[1:] / 2.0 + 1.0).all(), (
            "channels must ascend and not overlap"
        )

    @property
    def channel_count(self) -> int:
        """Number of channels [1]."""
        return int(self.frequency_hz.size)


def full_comb(
    *,
    f_min_hz: float,
    f_max_hz: float,
    spacing_hz: float,
    symbol_rate_hz: float,
    psd_w_per_hz: float,
) -> Comb:
    """Every slot between ``f_min_hz`` and ``f_max_hz`` lit by equal channels.

    The first slot begins at ``f_min_hz``, so the first channel is centred on
    f_min + spacing/2; as many whole slots follow as fit below ``f_max_hz``. All
    channels have the same power spectral density: P = PSD x R.

    Parameters
    ----------
    f_min_hz, f_max_hz
        Edges of the band that amplifiers and ROADMs pass [Hz].
    spacing_hz
        Slot width [Hz], at least the symbol rate.
    symbol_rate_hz
        Symbol rate of every channel [Hz].
    psd_w_per_hz
        Launch power spectral density within the signal bandwidth [W/Hz].

    Returns
    -------
    Channels in ascending order of frequency.

    Examples
    --------
    >>> comb = full_comb(f_min_hz=191.3e12, f_max_hz=196.1e12, spacing_hz=50e9,
    ...                  symbol_rate_hz=32e9, psd_w_per_hz=1e-3 / 32e9)
    >>> comb.channel_count, float(comb.frequency_hz[0]) / 1e12
    (96, 191.325)
    """
    assert 0.0 < f_min_hz < f_max_hz
    assert 0.0 < symbol_rate_hz <= spacing_hz
    assert psd_w_per_hz > 0.0
    # A millionth of a slot forgives the rounding of band edges given as floats.
    slots = int((f_max_hz - f_min_hz) / spacing_hz + 1e-6)
    assert slots >= 1, "the band is narrower than one slot"
    return Comb(
        frequency_hz=f_min_hz + spacing_hz * (np.arange(slots) + 0.5),
        symbol_rate_hz=np.full(slots, symbol_rate_hz),
        launch_power_w=np.full(slots, psd_w_per_hz * symbol_rate_hz),
    )
