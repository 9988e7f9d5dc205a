"""How many slots does a bit rate take on a path of some length?"""

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int16

from karakoram.core.arrays import read_only
from karakoram.core.grid import WIDTH_STEP_GHZ
from karakoram.engines.spectrum.candidates import OUT_OF_REACH

_ROUNDING = 1e-9
"""A bit rate that fills its slots takes no slot more because of the last digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachStep:
    """A modulation: how far it reaches, and what it carries per hertz."""

    reach_km: float
    """Longest transparent length; ``math.inf`` for a modulation that bridges any."""
    bit_per_s_per_hz: float

    def __post_init__(self) -> None:
        if not (self.reach_km > 0.0 and 0.0 < self.bit_per_s_per_hz < math.inf):
            raise ValueError(
                "a modulation has a reach above 0 km and carries more than 0 bit/s/Hz, got "
                f"{self.reach_km} and {self.bit_per_s_per_hz}"
            )


ReachTable = tuple[ReachStep, ...]
"""Modulations, in any order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRule:
    """How bit rates and lengths become slots of 12.5 GHz.

    slots = ceil(bit rate / (spectral efficiency x 12.5 GHz)) + guard
    """

    reach_table: ReachTable
    bit_rates_gbps: tuple[float, ...]
    guard_slots: int = 1

    def __post_init__(self) -> None:
        if not self.bit_rates_gbps or not all(
            0.0 < gbps < math.inf for gbps in self.bit_rates_gbps
        ):
            raise ValueError("there is a bit rate, and every one is above 0 Gb/s")
        if self.guard_slots < 0:
            raise ValueError(f"guard slots are 0 or more, got {self.guard_slots}")

    def efficiency(self, length_km: Float[np.ndarray, " segment"]) -> Float[np.ndarray, " segment"]:
        """The best spectral efficiency that reaches each length [bit/s/Hz]; 0 where none does."""
        best = np.zeros(length_km.shape)
        for step in self.reach_table:
            reached = np.where(length_km <= step.reach_km, step.bit_per_s_per_hz, 0.0)
            best = np.maximum(best, reached)
        return best

    def widths(
        self, length_km: Float[np.ndarray, " segment"]
    ) -> Int16[np.ndarray, "segment bit_rate"]:
        """Slots at each bit rate, guard slots included; ``OUT_OF_REACH`` where nothing reaches."""
        gbps = read_only(np.array(self.bit_rates_gbps))
        efficiency = self.efficiency(length_km)[:, None]
        per_slot_gbps = np.where(efficiency > 0.0, efficiency, 1.0) * WIDTH_STEP_GHZ
        slots = np.ceil(gbps / per_slot_gbps - _ROUNDING) + self.guard_slots
        widest = np.iinfo(np.int16).max  # wider than any band has slots, so as good as wider still
        return np.where(efficiency > 0.0, np.minimum(slots, widest), OUT_OF_REACH).astype(np.int16)
