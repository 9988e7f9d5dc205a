"""What becomes of every connection over a long history of failures and repairs?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int, UInt64

from karakoram.engines.restoration.drill import LoadedNetwork, drills, situation_before
from karakoram.engines.restoration.policy import LOST_FROM, RestorationOutcome
from karakoram.engines.restoration.restoring import restore
from karakoram.engines.restoration.slots import NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DownTimes:
    """Stretches of time in which the same risks are down; axis [stretch], in order."""

    failed: UInt64[np.ndarray, "stretch word"]
    duration_h: Float[np.ndarray, " stretch"]
    follows_at_once: Bool[np.ndarray, " stretch"]
    """Whether a stretch begins when the one before it ends; else all was up in between."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lives:
    """How long each connection was in which state; axis [connection]."""

    hours: Float[np.ndarray, "outcome connection"]
    """Hours in each ``RestorationOutcome`` while something was down."""
    missing: Float[np.ndarray, "outcome connection"]
    """Bit rate asked for and not carried, times hours, in the unit of the rates times hours."""
    moves: Int[np.ndarray, " connection"]
    """How often light of it moved to another path, back home included."""


def lives(
    network: LoadedNetwork,
    times: DownTimes,
    *,
    bit_rates: Float[np.ndarray, " grade"],
    reverts: bool,
) -> Lives:
    """The hours of each connection in each outcome, and the bit rate that is missing meanwhile.

    Where light *reverts*, each stretch of time is a failure of its own, from the state in which
    everything is up: equal sets of failures are computed once. Where it does not, each stretch
    begins with what the one before it left, also after everything is mended: a restored
    connection stays where it is until that fails too, and one that was lost comes home when its
    working path is mended and its slots are free, or is restored anew.

    Parameters
    ----------
    network
        What is lit and how it is protected.
    times
        What is down when.
    bit_rates
        Of each grade, ascending, in any unit.
    reverts
        Whether connections go back to their working paths when these are mended (ITU-T G.808.1,
        revertive operation).
    """
    run = _reverting if reverts else _staying
    return run(network, times, bit_rates)


def missing_bit_rate(
    network: LoadedNetwork,
    outcome: Int[np.ndarray, "*failure connection"],
    *,
    carried: Float[np.ndarray, "*failure connection"],
    bit_rates: Float[np.ndarray, " grade"],
) -> Float[np.ndarray, "*failure connection"]:
    """Bit rate asked for and not carried, in the unit of ``bit_rates``.

    Parameters
    ----------
    network
        What was asked for; connections without room miss nothing.
    outcome
        A ``RestorationOutcome`` each.
    carried
        Bit rate at which each is carried, if anything carries it.
    bit_rates
        Of each grade.
    """
    asked = bit_rates[network.connections.grade] * network.placement.is_placed
    is_carried = outcome < LOST_FROM
    return np.asarray(np.where(is_carried, np.maximum(asked - carried, 0.0), asked))


def _reverting(
    network: LoadedNetwork, times: DownTimes, bit_rates: Float[np.ndarray, " grade"]
) -> Lives:
    failures, which = np.unique(times.failed, axis=0, return_inverse=True)
    which = which.reshape(-1)
    found = drills(network, failures=failures)
    hours_of = np.zeros(len(failures))
    np.add.at(hours_of, which, times.duration_h)
    missing = missing_bit_rate(
        network, found.outcome, carried=bit_rates[found.grade], bit_rates=bit_rates
    )
    kinds = [found.outcome == int(kind) for kind in RestorationOutcome]
    hours = np.stack([is_kind.T @ hours_of for is_kind in kinds])
    lost = np.stack([(is_kind * missing).T @ hours_of for is_kind in kinds])
    home = network.placement.blocks.working[:, 0]
    moves = _moves(found.path[which], times=times, home=home)
    return Lives(hours=hours, missing=lost, moves=moves)


def _moves(
    path: Int[np.ndarray, "stretch connection"],
    *,
    times: DownTimes,
    home: Int[np.ndarray, " connection"],
) -> Int[np.ndarray, " connection"]:
    """How often the path of each connection changes from stretch to stretch, losses left out."""
    count = np.zeros(home.size, dtype=np.int64)
    before = home
    for number, now in enumerate(path):
        if not times.follows_at_once[number]:
            count += (before != home) & (before != NOWHERE)
            before = home
        count += (now != before) & (now != NOWHERE)
        before = np.where(now == NOWHERE, before, now)
    count += (before != home) & (before != NOWHERE)
    return count


def _staying(
    network: LoadedNetwork, times: DownTimes, bit_rates: Float[np.ndarray, " grade"]
) -> Lives:
    given, now = network.given, situation_before(network)
    hours = np.zeros((len(RestorationOutcome), network.connections.count))
    lost = np.zeros_like(hours)
    moves = np.zeros(network.connections.count, dtype=np.int64)
    each = np.arange(network.connections.count)
    nothing = np.zeros(network.paths.word_count, dtype=np.uint64)
    last = now.lit[:, 0].copy()
    for failed, duration_h, at_once in zip(
        times.failed, times.duration_h, times.follows_at_once, strict=True
    ):
        for down in _steps(failed, nothing, at_once=bool(at_once)):
            now.failed[:] = down
            restore(given, now)
            carried = now.lit[:, 0]
            moves += (carried != last) & (carried != NOWHERE)
            last = np.where(carried == NOWHERE, last, carried)
        hours[now.outcome, each] += duration_h
        missing = missing_bit_rate(
            network, now.outcome, carried=bit_rates[now.grade], bit_rates=bit_rates
        )
        lost[now.outcome, each] += missing * duration_h
    return Lives(hours=hours, missing=lost, moves=moves)


def _steps(
    failed: UInt64[np.ndarray, " word"], nothing: UInt64[np.ndarray, " word"], *, at_once: bool
) -> Sequence[UInt64[np.ndarray, " word"]]:
    """What is down one after the other: nothing in between, where all was up."""
    return (failed,) if at_once else (nothing, failed)
