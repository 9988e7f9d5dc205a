"""How often is a request blocked, by what, and how sure is that?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from karakoram.engines.spectrum.candidates import Outcome
from karakoram.engines.spectrum.defragmentation import defragmented
from karakoram.engines.spectrum.loss_tables import loss_columns
from karakoram.engines.spectrum.occupancy import SpectrumState, dark_state
from karakoram.engines.spectrum.provision import Provisioned, Requests, provision
from karakoram.engines.spectrum.scored import provision_by_score
from karakoram.engines.traffic import (
    BlockingTally,
    Estimate,
    RandomSources,
    RequestChunk,
    empty_tally,
    merged_tally,
    next_requests,
    ratio_estimate,
)
from karakoram.planning.traffic.case import SCORES, SLOT_FITS, TrafficCase

CHUNK_REQUESTS = 1 << 16
"""Requests drawn and served at a time: memory stays bounded, and fits the processor's cache."""


Placing = Callable[[SpectrumState, Requests], Provisioned]
"""What becomes of requests from a state on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LitModulation:
    """What is lit with one modulation at a moment, each segment of a connection by itself."""

    snr_needed_db: float
    lit_count: int
    gsnr_db_min: float
    """Of those that are lit; infinite where none is."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrafficRun:
    """What one run has counted."""

    tally: BlockingTally
    lit_count: int
    """Connections lit when the last request has arrived."""
    moves: int = 0
    """Of connections, by defragmentation, the warm-up included."""
    light: tuple[LitModulation, ...] | None = None
    """Per modulation what is lit at the end; ``None`` where light does not decide."""
    regenerators: int = 0
    """In use at the end, where light decides."""


def traffic_run(case: TrafficCase, sources: RandomSources) -> TrafficRun:
    """All requests of a case, from a dark network on.

    Parameters
    ----------
    case
        What is simulated.
    sources
        Its randomness; the same sources give the same run, to the last bit.
    """
    state = dark_state(case.candidates, usable=case.usable)
    tally = empty_tally(case.plan, outcome_count=len(Outcome))
    place, moves = _placing(case), 0
    for chunk in chunks_of(case, sources):
        if case.tidying is not None and tally.seen:
            tidied = defragmented(state, paths=case.candidates, hitless=case.tidying.hitless)
            state, moves = tidied.state, moves + tidied.moves
        done = place(state, Requests(*chunk))
        state = done.state
        tally = tally.with_outcomes(
            done.outcomes.outcome, bit_rate=chunk.bit_rate, bit_rate_gbps=case.bit_rate_gbps
        )
    return TrafficRun(tally=tally, lit_count=state.lit_count, moves=moves)


def load_loops(case: TrafficCase) -> None:
    """Load the compiled loops that a run of the case needs, so that no run waits for them."""
    dark = dark_state(case.candidates, usable=case.usable)
    _placing(case)(dark, no_requests())
    if case.tidying is not None:
        defragmented(dark, paths=case.candidates, hitless=case.tidying.hitless)


def no_requests() -> Requests:
    """None, to load loops with."""
    return Requests(
        arrives_at=np.zeros(0),
        holds_for=np.zeros(0),
        pair=np.zeros(0, dtype=np.int32),
        bit_rate=np.zeros(0, dtype=np.int32),
    )


def _placing(case: TrafficCase) -> Placing:
    """What serves requests by the heuristic of the case; its tables are made once."""
    if case.heuristic in SLOT_FITS:
        slot_fit = SLOT_FITS[case.heuristic]
        return lambda state, requests: provision(
            state, requests, paths=case.candidates, slot_fit=slot_fit
        )
    rule, weights = SCORES[case.heuristic]
    losses = loss_columns(
        case.candidates,
        slot_count=case.usable.shape[1],
        weights=weights,
        pair_probability=case.law.pairs.probability,
        bit_rate_probability=case.law.bit_rates.probability,
    )
    return lambda state, requests: provision_by_score(
        state, requests, paths=case.candidates, losses=losses, rule=rule
    )


def chunks_of(case: TrafficCase, sources: RandomSources) -> Iterator[RequestChunk]:
    """The requests of a case, so many at a time."""
    size = CHUNK_REQUESTS if case.tidying is None else case.tidying.every
    if case.trace is not None:
        for begin in range(0, case.requests, size):
            yield RequestChunk(*(column[begin : begin + size] for column in case.trace))
        return
    after, left = 0.0, case.requests
    while left > 0:
        chunk = next_requests(case.law, sources, count=min(left, size), after=after)
        after = float(chunk.arrives_at[-1])
        left -= chunk.pair.size
        yield chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficFigures:
    """How often requests were blocked, each share with its interval."""

    blocking: Estimate
    bit_rate_blocking: Estimate
    """Of the bit rates asked for, what was not carried."""
    by_cause: tuple[tuple[Outcome, Estimate], ...]
    """Shares of all requests that each cause has blocked; every cause is there."""
    requests: int
    """Counted ones, those of the warm-up left out."""
    moves: int
    """Of connections, by defragmentation, the warm-up included."""
    light: tuple[LitModulation, ...] | None = None
    """Per modulation what was lit at the end of all runs; ``None`` where light does not decide."""
    regenerators: int = 0
    """In use at the end of all runs, where light decides."""


def traffic_figures(runs: Sequence[TrafficRun]) -> TrafficFigures:
    """The figures of independent runs of one case, at least one."""
    tally = merged_tally([run.tally for run in runs])
    offered = tally.outcomes.sum(axis=1)
    causes = [outcome for outcome in Outcome if outcome is not Outcome.CARRIED]
    return TrafficFigures(
        blocking=ratio_estimate(
            offered - tally.outcomes[:, Outcome.CARRIED], offered, requests=tally.requests
        ),
        bit_rate_blocking=ratio_estimate(
            tally.blocked_gbps, tally.offered_gbps, requests=tally.requests
        ),
        by_cause=tuple(
            (cause, ratio_estimate(tally.outcomes[:, cause], offered, requests=tally.requests))
            for cause in causes
        ),
        requests=tally.requests,
        moves=sum(run.moves for run in runs),
        light=_lit_together([run.light for run in runs if run.light is not None]),
        regenerators=sum(run.regenerators for run in runs),
    )


def _lit_together(
    runs: Sequence[tuple[LitModulation, ...]],
) -> tuple[LitModulation, ...] | None:
    """What is lit at the end of runs, modulation by modulation."""
    if not runs:
        return None
    return tuple(
        replace(
            of_one[0],
            lit_count=sum(one.lit_count for one in of_one),
            gsnr_db_min=min(one.gsnr_db_min for one in of_one),
        )
        for of_one in zip(*runs, strict=True)
    )
