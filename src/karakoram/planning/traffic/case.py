"""What is simulated: paths, slots, a heuristic, traffic, and how much of it is counted?"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from jaxtyping import Bool, Float

from karakoram.engines.spectrum.candidates import CandidatePaths
from karakoram.engines.spectrum.fitting import SlotFit
from karakoram.engines.traffic import BatchPlan, RequestLaw


class Heuristic(Enum):
    """How a request is given a path and slots."""

    KSP_FF = "ksp_ff"
    """The first path of the order that has room, its lowest slots."""
    KSP_LF = "ksp_lf"
    """The first path of the order that has room, its highest slots."""
    KSP_EF = "ksp_ef"
    """The first path of the order that has room, the gap that is filled, else its lowest slots."""


SLOT_FITS = {
    Heuristic.KSP_FF: SlotFit.FIRST,
    Heuristic.KSP_LF: SlotFit.LAST,
    Heuristic.KSP_EF: SlotFit.EXACT,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrafficCase:
    """One simulation, but for its randomness."""

    candidates: CandidatePaths
    usable: Bool[np.ndarray, "section slot"]
    """Which slots of each section may be given away."""
    heuristic: Heuristic
    law: RequestLaw
    bit_rate_gbps: Float[np.ndarray, " bit_rate"]
    plan: BatchPlan
    requests: int
    """All of them, those of the warm-up included."""
