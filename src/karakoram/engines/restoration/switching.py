"""How long is a connection dark until its protection or its restoration carries it?"""

import math
from dataclasses import dataclass, fields

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.engines.restoration.policy import RestorationOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchingModel:
    """The times that add up until light is back, each >= 0."""

    detection_ms: float
    """Until the receiver knows that its light is gone, hold-off included."""
    selector_ms: float
    """Until it takes the other of two signals."""
    path_computation_ms: float
    """For one search; searches wait for each other."""
    cross_connect_ms: float
    """To set one ROADM; those of a path are set at once."""
    settling_ms_per_hop: float
    """Until the amplifiers of a section have settled at their new load, one after the other."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not (math.isfinite(value) and value >= 0.0):
                raise ValueError(f"{field.name} must be finite and >= 0, got {value}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NewWays:
    """Whom a failure moved, to where, and in what order; axis [connection]."""

    outcome: Int[np.ndarray, " connection"]
    """An ``RestorationOutcome`` each."""
    turn: Int[np.ndarray, " connection"]
    """Place in the queue of searches, from 0."""
    latency_ms: Float[np.ndarray, " connection"]
    """One way, of the path that carries it now; anything where none does."""
    hop_count: Int[np.ndarray, " connection"]
    """Sections of that path."""
    is_lit_before: Bool[np.ndarray, " connection"]
    """Whether light was on that path before the failure (1+1)."""


def switching_time_ms(model: SwitchingModel, ways: NewWays) -> Float[np.ndarray, " connection"]:
    """Time without light [ms]: 0 where nothing changed, infinite where nothing carries it.

        1+1              detection + selector
        1:1, shared      detection + signal there and back + cross-connects + settling + selector
        restored         the same, and (turn + 1) path computations

    The cross-connects of a path are set at once and cost one; sections settle one by one. The
    signal takes the new path, once each way.

    Parameters
    ----------
    model
        What each step takes.
    ways
        Who moved, and where to.

    References
    ----------
    .. [1] ITU-T G.808.1 (05/2014), clause 13: protection switching temporal model.
    """
    outcome = ways.outcome
    setting_up_ms = (
        2.0 * ways.latency_ms + model.cross_connect_ms + model.settling_ms_per_hop * ways.hop_count
    )
    is_searched = (outcome == RestorationOutcome.RESTORED) | (outcome == RestorationOutcome.REDUCED)
    searching_ms = np.where(is_searched, (ways.turn + 1) * model.path_computation_ms, 0.0)
    moved_ms = model.detection_ms + model.selector_ms + searching_ms
    moved_ms = moved_ms + np.where(ways.is_lit_before, 0.0, setting_up_ms)
    is_moved = is_searched | (outcome == RestorationOutcome.SWITCHED)
    lost_ms = np.where(outcome == RestorationOutcome.UNAFFECTED, 0.0, math.inf)
    return np.where(is_moved, moved_ms, lost_ms)
