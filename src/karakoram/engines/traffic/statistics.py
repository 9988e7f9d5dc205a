"""How often was the answer no, by which cause, and within which interval does the truth lie?

Outcomes of neighbouring requests depend on each other, so that their variance says too little.
Requests are counted in batches that are long against a holding time; the means of batches are
nearly independent, and their spread gives the interval (batch means).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import scipy  # type: ignore[import-untyped] # submodules load on first use: nobody pays for it idle
from jaxtyping import Float, Int, Int8, Int32, Int64

BATCHES_MAX = 30
BATCHES_MIN = 5
BATCH_HOLDING_TIMES = 10.0
"""A batch lasts at least so many mean holding times, where there are requests enough."""

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPlan:
    """Which requests are counted in which batch."""

    warm_up: int
    """Requests left out at the beginning, while the network fills."""
    batch_size: int
    batch_count: int
    """The last batch takes what is left over."""

    def __post_init__(self) -> None:
        if self.warm_up < 0 or self.batch_size < 1 or self.batch_count < 1:
            raise ValueError(
                f"warm_up >= 0, batch_size >= 1 and batch_count >= 1, got {self.warm_up}, "
                f"{self.batch_size} and {self.batch_count}"
            )


def batch_plan(*, requests: int, warm_up: int, offered_erlang: float) -> BatchPlan:
    """Batches of ten holding times or more, 5 to 30 of them.

    Parameters
    ----------
    requests
        All requests, those of the warm-up included.
    warm_up
        How many of them are left out.
    offered_erlang
        The load really offered: how many requests arrive in one mean holding time.

    Raises
    ------
    ValueError
        If fewer than five requests are left to count.
    """
    counted = requests - warm_up
    if counted < BATCHES_MIN:
        raise ValueError(
            f"of {requests} requests {warm_up} are left out: at least {BATCHES_MIN} must be left"
        )
    longest = counted / max(BATCH_HOLDING_TIMES * offered_erlang, 1.0)
    batch_count = int(min(max(longest, BATCHES_MIN), BATCHES_MAX))
    return BatchPlan(warm_up=warm_up, batch_size=counted // batch_count, batch_count=batch_count)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BlockingTally:
    """What became of requests so far, batch by batch."""

    plan: BatchPlan
    seen: int
    """Requests so far, those of the warm-up included."""
    outcomes: Int64[np.ndarray, "batch outcome"]
    """How many requests had which outcome; outcome 0 is carried."""
    offered_gbps: Float[np.ndarray, " batch"]
    blocked_gbps: Float[np.ndarray, " batch"]

    @property
    def requests(self) -> int:
        """How many requests are counted."""
        return int(self.outcomes.sum())

    @property
    def blocked(self) -> int:
        """How many of them were blocked."""
        return int(self.outcomes[:, 1:].sum())

    def with_outcomes(
        self,
        outcome: Int8[np.ndarray, " request"],
        *,
        bit_rate: Int32[np.ndarray, " request"],
        bit_rate_gbps: Float[np.ndarray, " bit_rate"],
    ) -> "BlockingTally":
        """The tally after the next requests.

        Parameters
        ----------
        outcome
            What became of them, in their order.
        bit_rate
            Which bit rate each asked for.
        bit_rate_gbps
            What the bit rates are.
        """
        outcomes = self.outcomes.copy()
        offered_gbps, blocked_gbps = self.offered_gbps.copy(), self.blocked_gbps.copy()
        for batch, part in self._parts(outcome.size):
            here = outcome[part]
            outcomes[batch] += np.bincount(here, minlength=outcomes.shape[1])
            asked = np.bincount(bit_rate[part], minlength=bit_rate_gbps.size)
            offered_gbps[batch] += asked @ bit_rate_gbps
            refused = np.bincount(bit_rate[part][here != 0], minlength=bit_rate_gbps.size)
            blocked_gbps[batch] += refused @ bit_rate_gbps
        return replace(
            self,
            seen=self.seen + outcome.size,
            outcomes=outcomes,
            offered_gbps=offered_gbps,
            blocked_gbps=blocked_gbps,
        )

    def _parts(self, count: int) -> list[tuple[int, slice]]:
        """Which batch counts which of the next ``count`` requests."""
        plan = self.plan
        edges = [plan.warm_up + batch * plan.batch_size for batch in range(plan.batch_count)]
        edges.append(max(self.seen + count, edges[-1]))
        parts = []
        for batch, (begin, end) in enumerate(pairwise(edges)):
            first, last = max(begin - self.seen, 0), min(end - self.seen, count)
            if first < last:
                parts.append((batch, slice(first, last)))
        return parts


def empty_tally(plan: BatchPlan, *, outcome_count: int) -> BlockingTally:
    """Nothing counted yet, of so many kinds of outcome."""
    return BlockingTally(
        plan=plan,
        seen=0,
        outcomes=np.zeros((plan.batch_count, outcome_count), dtype=np.int64),
        offered_gbps=np.zeros(plan.batch_count),
        blocked_gbps=np.zeros(plan.batch_count),
    )


def merged_tally(tallies: Sequence[BlockingTally]) -> BlockingTally:
    """The batches of independent runs of one plan, side by side; at least one run."""
    return replace(
        tallies[0],
        seen=sum(tally.seen for tally in tallies),
        outcomes=np.concatenate([tally.outcomes for tally in tallies]),
        offered_gbps=np.concatenate([tally.offered_gbps for tally in tallies]),
        blocked_gbps=np.concatenate([tally.blocked_gbps for tally in tallies]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A share with the interval that holds the truth in 95 of 100 such runs."""

    value: float
    low: float
    high: float


def ratio_estimate(
    part: Float[np.ndarray, " batch"] | Int[np.ndarray, " batch"],
    whole: Float[np.ndarray, " batch"] | Int[np.ndarray, " batch"],
    *,
    requests: int,
) -> Estimate:
    """The share that all parts are of all wholes, with its interval.

    The residuals part - share x whole of the batches have a Student t distribution. Where no
    batch has a part, the interval goes up to what a binomial law with as many trials as
    there are requests leaves possible: 1 - 0.025 ^ (1 / requests).

    Parameters
    ----------
    part
        What was blocked in each batch.
    whole
        What was offered in each, in the same unit.
    requests
        How many requests there are in all batches.
    """
    total = float(whole.sum())
    share = float(part.sum()) / total if total > 0.0 else 0.0
    if whole.size < BATCHES_MIN or requests < 1 or total <= 0.0:
        return Estimate(value=share, low=0.0, high=1.0)
    tail = (1.0 - CONFIDENCE) / 2.0
    if not part.any():
        return Estimate(value=0.0, low=0.0, high=-np.expm1(np.log(tail) / requests).item())
    residual = part - share * whole
    deviation = np.sqrt((residual**2).sum() / (whole.size * (whole.size - 1))) / whole.mean()
    half = float(scipy.special.stdtrit(whole.size - 1, 1.0 - tail) * deviation)
    return Estimate(value=share, low=max(share - half, 0.0), high=min(share + half, 1.0))
