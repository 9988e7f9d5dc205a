"""What becomes of channels that pass one element after the other?

Spectrum in, spectrum out: a *passage* is an element made ready for one comb, with all that no
power changes, and gives a new state for the state that enters. The chain of several elements is
nothing but their passages in order.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import final

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.engines.optics.amplified import (
    Amplification,
    AmplifierSettings,
    BandAmplifiers,
    amplification,
    amplified,
    amplified_in_bands,
)
from karakoram.engines.optics.amplifier_types import ChannelColumns, PreparedAmplifiers
from karakoram.engines.optics.channel_state import ChannelState
from karakoram.engines.optics.roadm import equalised
from karakoram.engines.optics.roadm_path import RoadmImpairments


class Passage(ABC):
    """The way through one element, made ready for one comb. Abstract, or final."""

    __slots__ = ()

    @abstractmethod
    def after(self, state: ChannelState) -> ChannelState:
        """The channels behind the element; ``state`` stays what it was."""


def states_along(passages: Iterable[Passage], state: ChannelState) -> tuple[ChannelState, ...]:
    """The channels before the first element and behind each, one more than passages."""
    return tuple(accumulate(passages, lambda before, passage: passage.after(before), initial=state))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class LossPassage(Passage):
    """Through a splice, a patch or an attenuator."""

    loss: float
    """Input over output power [1], >= 1."""

    def __post_init__(self) -> None:
        assert self.loss >= 1.0, "a passive element does not amplify"

    def after(self, state: ChannelState) -> ChannelState:
        """Less power, the same shares."""
        return replace(state, power_w=state.power_w / self.loss)


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AmplifierPassage(Passage):
    """Through an amplifier of one band."""

    amplifiers: PreparedAmplifiers
    """Library at the comb in hand; one type, or several."""
    settings: AmplifierSettings
    """One row."""
    pmd_s: float = 0.0
    pdl_db: float = 0.0

    def __post_init__(self) -> None:
        assert self.settings.kind.size == 1, "one amplifier stands at one place"

    def after(self, state: ChannelState) -> ChannelState:
        """Amplified, with the noise that this adds."""
        power_w, shares = amplified(
            state.power_w,
            state.shares,
            amplifiers=self.amplifiers,
            settings=_for_rows(self.settings, state.power_w.shape[0]),
        )
        return replace(
            state,
            power_w=power_w,
            shares=shares,
            pmd_s=np.hypot(state.pmd_s, self.pmd_s),
            pdl_db=np.hypot(state.pdl_db, self.pdl_db),
        )

    def amplification(self, state: ChannelState) -> Amplification:
        """Gains and noise factors for the state that enters, for those who want to see them."""
        return amplification(
            state.power_w,
            state.shares,
            amplifiers=self.amplifiers,
            settings=_for_rows(self.settings, state.power_w.shape[0]),
        )


def _for_rows(settings: AmplifierSettings, rows: int) -> AmplifierSettings:
    if rows == 1:
        return settings
    return AmplifierSettings(
        **{
            name: np.repeat(getattr(settings, name), rows)
            for name in ("kind", "gain", "tilt", "input_loss", "output_loss")
        }
    )


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MultibandAmplifierPassage(Passage):
    """Through amplifiers side by side, one for each band; every channel in one of them."""

    bands: tuple[BandAmplifiers, ...]
    pmd_s: Float[np.ndarray, " channel"]
    pdl_db: Float[np.ndarray, " channel"]

    def __post_init__(self) -> None:
        for name in ("pmd_s", "pdl_db"):
            object.__setattr__(self, name, read_only(getattr(self, name)))

    def after(self, state: ChannelState) -> ChannelState:
        """Every band amplified on its own."""
        rows = state.power_w.shape[0]
        power_w, shares = amplified_in_bands(
            state.power_w,
            state.shares,
            bands=[replace(band, settings=_for_rows(band.settings, rows)) for band in self.bands],
        )
        return replace(
            state,
            power_w=power_w,
            shares=shares,
            pmd_s=np.hypot(state.pmd_s, self.pmd_s),
            pdl_db=np.hypot(state.pdl_db, self.pdl_db),
        )


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoadmPassage(Passage):
    """Through a ROADM on one of its paths: express, add or drop."""

    channels: ChannelColumns
    target_w: Float[np.ndarray, " channel"]
    """Power asked for behind the degree, each channel's own offset included."""
    impairments: RoadmImpairments
    """Of the path, axes [1, channel]."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "target_w", read_only(self.target_w))
        assert self.impairments.osnr.shape == (1, self.target_w.size)

    def after(self, state: ChannelState) -> ChannelState:
        """Levelled to the target, where there is power enough."""
        power_w, shares = equalised(
            state.power_w,
            state.shares,
            target_w=self.target_w[None],
            impairments=self.impairments,
            channels=self.channels,
        )
        return replace(
            state,
            power_w=power_w,
            shares=shares,
            dispersion_s_per_m=state.dispersion_s_per_m + self.impairments.dispersion_s_per_m,
            pmd_s=np.hypot(state.pmd_s, self.impairments.pmd_s),
            pdl_db=np.hypot(state.pdl_db, self.impairments.pdl_db),
            inverse_osnr=state.inverse_osnr + 1.0 / self.impairments.osnr,
        )


def single_amplifier_settings(
    *, gain: float, tilt: float, input_loss: float, output_loss: float
) -> AmplifierSettings:
    """One amplifier of the first type of a library, at these settings; linear, as the fields.

    Parameters
    ----------
    gain, tilt, input_loss, output_loss
        Linear ratios [1], as the fields of :class:`AmplifierSettings`.
    """
    values: Sequence[float] = (gain, tilt, input_loss, output_loss)
    columns = (np.array([value]) for value in values)
    return AmplifierSettings(
        kind=np.zeros(1, dtype=np.int64),
        **dict(zip(("gain", "tilt", "input_loss", "output_loss"), columns, strict=True)),
    )
