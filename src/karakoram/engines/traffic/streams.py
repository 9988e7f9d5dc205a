"""Which requests arrive, when, for how long, between which sites, at which bit rate?

Arrivals, holding times, pairs and bit rates each have a source of randomness of their own. One
source for all, or four begun alike, makes long holding times meet certain pairs, and blocking
changes by a multiple.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int32

from karakoram.engines.traffic.choice import WeightedChoice
from karakoram.engines.traffic.holding import HoldingLaw


class RandomSources(NamedTuple):
    """Independent sources of randomness, one for each property of a request."""

    arrivals: np.random.Generator
    holding: np.random.Generator
    pairs: np.random.Generator
    bit_rates: np.random.Generator


class RequestChunk(NamedTuple):
    """Requests in the order of their arrival."""

    arrives_at: Float[np.ndarray, " request"]
    holds_for: Float[np.ndarray, " request"]
    pair: Int32[np.ndarray, " request"]
    bit_rate: Int32[np.ndarray, " request"]
    """Number of the bit rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLaw:
    """How requests are distributed: Poisson arrivals, and what each asks for."""

    load_erlang: float
    """Arrivals per nominal mean holding time, > 0."""
    holding: HoldingLaw
    pairs: WeightedChoice
    bit_rates: WeightedChoice

    def __post_init__(self) -> None:
        if not 0.0 < self.load_erlang < np.inf:
            raise ValueError(f"a load is above 0 erlang, got {self.load_erlang}")

    @property
    def mean_interarrival(self) -> float:
        """Mean time between two arrivals."""
        return self.holding.nominal_mean / self.load_erlang

    @property
    def offered_erlang(self) -> float:
        """The load that is really offered: below the nominal one where times are truncated."""
        return self.holding.mean / self.mean_interarrival


def next_requests(
    law: RequestLaw, sources: RandomSources, *, count: int, after: float
) -> RequestChunk:
    """The next ``count`` requests; the sources move on.

    The chunk does not depend on how many requests were drawn at a time before, to the last bit.

    Parameters
    ----------
    law
        How requests are distributed.
    sources
        Where the randomness comes from.
    count
        How many.
    after
        When the last request before these arrived; 0 at the beginning.
    """
    times = np.empty(count + 1)
    times[0] = after
    sources.arrivals.standard_exponential(count, out=times[1:])
    times[1:] *= law.mean_interarrival
    np.cumsum(times, out=times)  # one addition after the other, wherever a chunk begins
    return RequestChunk(
        arrives_at=times[1:],
        holds_for=law.holding.drawn(sources.holding, count),
        pair=law.pairs.drawn(sources.pairs, count),
        bit_rate=law.bit_rates.drawn(sources.bit_rates, count),
    )


def traced_requests(
    arrives_at: Float[np.ndarray, " arrival"],
    *,
    holds_for: Float[np.ndarray, " holding"],
    pair: Int32[np.ndarray, " pair"],
    bit_rate: Int32[np.ndarray, " bit_rate"],
) -> RequestChunk:
    """Requests that somebody recorded, in the order of their arrival.

    Parameters
    ----------
    arrives_at, holds_for
        When each request arrives, and how long it is held; in one unit of time.
    pair, bit_rate
        Index of the pair and of the bit rate that each asks for.

    Raises
    ------
    ValueError
        If the arrays differ in size, or a time is not a number.
    """
    if not arrives_at.size == holds_for.size == pair.size == bit_rate.size:
        raise ValueError("every request has an arrival, a holding time, a pair and a bit rate")
    if np.isnan(arrives_at).any() or np.isnan(holds_for).any():
        raise ValueError("times are numbers")
    order = np.argsort(arrives_at, kind="stable")
    return RequestChunk(
        arrives_at=arrives_at[order],
        holds_for=holds_for[order],
        pair=pair[order],
        bit_rate=bit_rate[order],
    )
