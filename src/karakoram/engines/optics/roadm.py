"""How strong is each channel after a ROADM, and how much noise did the ROADM add?"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from karakoram.engines.optics.amplifier_types import ChannelColumns
from karakoram.engines.optics.roadm_path import RoadmImpairments
from karakoram.engines.optics.shares import NoiseShares


class Equalisation(ABC):
    """Which power a ROADM gives each channel at the output of a degree."""

    @abstractmethod
    def target_power_w(self, channels: ChannelColumns) -> Float[np.ndarray, " channel"]:
        """Total power of each channel at the output of the degree [W]."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ConstantPower(Equalisation):
    """Every channel has the same power."""

    power_w: float

    def __post_init__(self) -> None:
        assert self.power_w > 0.0

    def target_power_w(self, channels: ChannelColumns) -> Float[np.ndarray, " channel"]:
        """The power, whatever the channel [W]."""
        return np.full_like(channels.frequency_hz, self.power_w)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ConstantSignalDensity(Equalisation):
    """Every channel has the same power spectral density in its signal bandwidth."""

    density_w_per_hz: float

    def __post_init__(self) -> None:
        assert self.density_w_per_hz > 0.0

    def target_power_w(self, channels: ChannelColumns) -> Float[np.ndarray, " channel"]:
        """Density x symbol rate [W]."""
        return np.asarray(self.density_w_per_hz * channels.symbol_rate_hz)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ConstantSlotDensity(Equalisation):
    """Every channel has the same power per width of its slot."""

    density_w_per_hz: float

    def __post_init__(self) -> None:
        assert self.density_w_per_hz > 0.0

    def target_power_w(self, channels: ChannelColumns) -> Float[np.ndarray, " channel"]:
        """Density x slot width [W]."""
        return np.asarray(self.density_w_per_hz * channels.slot_width_hz)


def equalised(
    power_w: Float[np.ndarray, "row channel"],
    shares: NoiseShares,
    *,
    target_w: Float[np.ndarray, "#row channel"],
    impairments: RoadmImpairments,
    channels: ChannelColumns,
) -> tuple[Float[np.ndarray, "row channel"], NoiseShares]:
    """Total channel power [W] and shares after a row of ROADMs, one path through each.

    A ROADM attenuates and never amplifies: P_out = min(P_in / loss, target), channel by
    channel. Where its path has a noise figure, F h f R is added at the input, and the target
    holds for signal and noise together. The OSNR of a path is not added here but at the
    receiver (:func:`receiver_snr`), as equipment is specified.

    Parameters
    ----------
    power_w, shares
        Total channel power [W] and shares at the input of the ROADM.
    target_w
        Power asked for [W]: the equalisation of the degree times each channel's own offset.
    impairments
        Loss and noise of the path; axes broadcast to [row, channel].
    channels
        The comb.
    """
    ase_w = np.broadcast_to(impairments.noise_factor * channels.quantum_noise_w, power_w.shape)
    entering_w = power_w + ase_w
    leaving_w = np.minimum(entering_w / impairments.insertion_loss, target_w)
    return np.asarray(leaving_w), shares.with_ase(np.asarray(ase_w / entering_w))
