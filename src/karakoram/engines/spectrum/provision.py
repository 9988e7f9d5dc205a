"""What becomes of requests that come and go one after another?

One compiled loop: at each arrival what has ended gives its spectrum back, then the request is
fitted in or blocked. Requests come as arrays and so do the outcomes; the state is passed in and
a new one given back, so that a long history may be cut anywhere without changing its result.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int8, Int16, Int32

from karakoram.core.compiled import compiled
from karakoram.engines.spectrum.bitmaps import NO_SLOT, Block, Stretch, occupy, vacate
from karakoram.engines.spectrum.candidates import CandidatePaths, Outcome, PathColumns
from karakoram.engines.spectrum.departures import End, drop_first_end, push_end
from karakoram.engines.spectrum.fitting import SlotFit, fitting_slot
from karakoram.engines.spectrum.occupancy import (
    DARK,
    LIT_COUNT,
    Occupancy,
    SpectrumState,
    frozen_occupancy,
)

_CARRIED = int(Outcome.CARRIED)


class Requests(NamedTuple):
    """Requests in the order of their arrival; all times in one unit, whichever it is."""

    arrives_at: Float[np.ndarray, " request"]
    holds_for: Float[np.ndarray, " request"]
    pair: Int32[np.ndarray, " request"]
    bit_rate: Int32[np.ndarray, " request"]
    """Number of the column of the widths."""


class Outcomes(NamedTuple):
    """What became of each request."""

    outcome: Int8[np.ndarray, " request"]
    """A number of ``candidates.Outcome``."""
    path: Int32[np.ndarray, " request"]
    """The path that carries it; -1 where it is blocked."""
    first_slot: Int16[np.ndarray, " request"]
    """The first slot on the path's first segment; -1 where it is blocked."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Provisioned:
    """The outcomes of some requests, and what is lit after the last of them has arrived."""

    outcomes: Outcomes
    state: SpectrumState


def provision(
    state: SpectrumState,
    requests: Requests,
    *,
    paths: CandidatePaths,
    slot_fit: SlotFit = SlotFit.FIRST,
) -> Provisioned:
    """What becomes of ``requests``, from ``state`` on.

    Parameters
    ----------
    state
        What is lit before the first request; it stays as it is.
    requests
        In the order of their arrival.
    paths
        The candidate paths of which the state holds some.
    slot_fit
        Which slots a request takes on the first of its paths that has room.

    Raises
    ------
    ValueError
        If a pair or a bit rate is not there, or the requests are not in order.
    """
    check_requests(requests, paths=paths)
    occupancy = state.copied()
    outcomes = blank_outcomes(requests.pair.size)
    _provision_requests(occupancy, (requests, outcomes), (paths.columns, int(slot_fit)))
    return Provisioned(
        outcomes=outcomes, state=SpectrumState(occupancy=frozen_occupancy(occupancy))
    )


def blank_outcomes(count: int) -> Outcomes:
    """Arrays for the outcomes of ``count`` requests."""
    return Outcomes(
        outcome=np.zeros(count, dtype=np.int8),
        path=np.full(count, -1, dtype=np.int32),
        first_slot=np.full(count, -1, dtype=np.int16),
    )


def check_requests(requests: Requests, *, paths: CandidatePaths) -> None:
    """Refuse what the compiled loops would read past the end of an array for.

    Raises
    ------
    ValueError
        If a pair or a bit rate is not there, or the requests are not in order.
    """
    if len({array.size for array in requests}) != 1:
        raise ValueError("every request has an arrival, a holding time, a pair and a bit rate")
    if requests.pair.size == 0:
        return
    for name, numbers, count in (
        ("pair", requests.pair, paths.pair_count),
        ("bit rate", requests.bit_rate, paths.bit_rate_count),
    ):
        if not 0 <= numbers.min() <= numbers.max() < count:
            raise ValueError(f"a {name} is a number from 0 to {count - 1}")
    if not (np.diff(requests.arrives_at) >= 0.0).all():
        raise ValueError("requests come in the order of their arrival")
    if not (requests.holds_for >= 0.0).all():
        raise ValueError("a request holds for no less than no time")


@compiled
def _provision_requests(
    occupancy: Occupancy, asked: tuple[Requests, Outcomes], search: tuple[PathColumns, int]
) -> None:
    """Let requests come and go, writing ``occupancy`` and their outcomes.

    All is taken out of its tuple before the loop, and only numbers go into tuples within: else
    the loop counts references for most of its time.
    """
    free, lit_path, lit_bit_rate, lit_slot, spare, ends, counters = occupancy
    (arrives_at, holds_for, pairs, bit_rates), (outcome, chosen, first_slot) = asked
    (path_begin, segment_begin, hop_begin, section, row, width, cause), slot_fit = search
    lit = counters[LIT_COUNT]
    for request in range(pairs.size):
        now = arrives_at[request]
        while lit > 0 and ends[0, 0] <= now:
            number = int(ends[1, 0])
            drop_first_end(ends, lit)
            lit -= 1
            spare[lit] = number
            path, bit_rate = lit_path[number], lit_bit_rate[number]
            lit_path[number] = DARK
            begin = segment_begin[path]
            for segment in range(begin, segment_begin[path + 1]):
                slot, slots = lit_slot[number, segment - begin], width[row[segment], bit_rate]
                block = Block(hop_begin[segment], hop_begin[segment + 1], slot, slots)
                vacate(free, section, block)
        pair, bit_rate = pairs[request], bit_rates[request]
        number = spare[lit]
        outcome[request] = cause[pair, bit_rate]
        for path in range(path_begin[pair], path_begin[pair + 1]):
            begin, slot = segment_begin[path], NO_SLOT
            for segment in range(begin, segment_begin[path + 1]):
                slots = width[row[segment], bit_rate]
                stretch = Stretch(hop_begin[segment], hop_begin[segment + 1], slots)
                slot = fitting_slot(free, section, (stretch, slot_fit))
                if slot == NO_SLOT:
                    break
                lit_slot[number, segment - begin] = slot
            if slot != NO_SLOT:
                outcome[request], chosen[request] = _CARRIED, path
                first_slot[request] = lit_slot[number, 0]
                lit_path[number], lit_bit_rate[number] = path, bit_rate
                for segment in range(begin, segment_begin[path + 1]):
                    slot, slots = lit_slot[number, segment - begin], width[row[segment], bit_rate]
                    block = Block(hop_begin[segment], hop_begin[segment + 1], slot, slots)
                    occupy(free, section, block)
                push_end(ends, End(now + holds_for[request], number), lit)
                lit += 1
                break
    counters[LIT_COUNT] = lit
