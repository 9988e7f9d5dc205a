"""What is lit where while something is down, and what decides what is done about it?"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Int64, UInt64

from karakoram.engines.restoration.placement import ConnectionArrays, PlacementArrays
from karakoram.engines.restoration.policy import PolicyFlags
from karakoram.engines.restoration.slots import SlotTables


class Situation(NamedTuple):
    """What is lit where, and what became of each connection; changed by compiled loops."""

    spectrum: SlotTables
    failed: UInt64[np.ndarray, " word"]
    """Risks that are down."""
    lit: Int64[np.ndarray, "connection 3"]
    """Block that carries each connection now; path NOWHERE if none."""
    grade: Int64[np.ndarray, " connection"]
    """Grade of bit rate that it is carried at."""
    outcome: Int64[np.ndarray, " connection"]
    turn: Int64[np.ndarray, " connection"]
    """Its place in the queue of searches after the failure; NOWHERE if none was made for it."""
    is_pre_empted: Bool[np.ndarray, " connection"]
    """Whether it was put out for another."""


class Given(NamedTuple):
    """What does not change while connections are restored."""

    connections: ConnectionArrays
    blocks: PlacementArrays
    order: Int64[np.ndarray, " connection"]
    """Connections that are placed, the highest priority first."""
    policy: PolicyFlags
