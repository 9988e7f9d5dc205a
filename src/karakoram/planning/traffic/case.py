"""What is simulated: paths, slots, a heuristic, traffic, and how much of it is counted?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from jaxtyping import Bool, Float

from karakoram.engines.spectrum.candidates import CandidatePaths
from karakoram.engines.spectrum.defragmentation import Hitless
from karakoram.engines.spectrum.fitting import SlotFit
from karakoram.engines.spectrum.light import Light
from karakoram.engines.spectrum.loss_tables import RouteWeights
from karakoram.engines.spectrum.scored import Score, ScoreRule
from karakoram.engines.traffic import BatchPlan, RequestChunk, RequestLaw


class Heuristic(Enum):
    """How a request is given a path and slots."""

    KSP_FF = "ksp_ff"
    """The first path of the order that has room, its lowest slots."""
    KSP_LF = "ksp_lf"
    """The first path of the order that has room, its highest slots."""
    KSP_EF = "ksp_ef"
    """The first path of the order that has room, the gap that is filled, else its lowest slots."""

    FF_KSP = "ff_ksp"
    """The lowest slots of all paths, of equals on the first path."""
    KSP_MSCL = "ksp_mscl"
    """The first path with room, the slots that cost all routes the least capacity."""
    MSCL_KSP = "mscl_ksp"
    """The path and slots that cost all routes the least capacity."""
    SCARCITY = "scarcity"
    """Ours: the same, where what is nearly gone counts more and slots have a price."""


SLOT_FITS: Mapping[Heuristic, SlotFit] = {
    Heuristic.KSP_FF: SlotFit.FIRST,
    Heuristic.KSP_LF: SlotFit.LAST,
    Heuristic.KSP_EF: SlotFit.EXACT,
}

FIRST_ROUTES = RouteWeights()
"""The first path of each pair, each width that occurs counted once (Almeida et al. 2013)."""

SCORES: Mapping[Heuristic, tuple[ScoreRule, RouteWeights]] = {
    Heuristic.FF_KSP: (ScoreRule(Score.SLOT, 1), FIRST_ROUTES),
    Heuristic.KSP_MSCL: (ScoreRule(Score.LOSS, 0), FIRST_ROUTES),
    Heuristic.MSCL_KSP: (ScoreRule(Score.LOSS, 1), FIRST_ROUTES),
    Heuristic.SCARCITY: (ScoreRule(Score.SCARCITY, 1, softness=120.0, price=2.5e-4), FIRST_ROUTES),
}
"""Softness and price were chosen once, on NSFNET at 190 and 250 erlang, for all networks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidying:
    """Defragmentation now and then: how connections are moved, and after how many requests."""

    hitless: Hitless
    every: int

    def __post_init__(self) -> None:
        if self.every < 1:
            raise ValueError(f"tidy after every request or more seldom, got {self.every}")


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
    tidying: Tidying | None = None
    trace: RequestChunk | None = None
    """All requests as somebody recorded them, instead of those that the law draws."""
    light: Light | None = None
    """What decides on modulations, and on who is refused; ``None`` where widths do."""
