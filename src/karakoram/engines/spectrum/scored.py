"""What becomes of requests when every path and slot is scored before one is taken?

Slower than ``provision``: it looks at all first slots, and where losses count it keeps the worth of
every route's free slots up to date.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int16, UInt64

from karakoram.core.compiled import compiled
from karakoram.engines.spectrum.bitmaps import (
    NO_SLOT,
    Block,
    Word,
    free_in_word,
    lowest_bit,
    occupy,
    starts_in_word,
    vacate,
)
from karakoram.engines.spectrum.candidates import CandidatePaths, Outcome, PathColumns
from karakoram.engines.spectrum.departures import End, drop_first_end, push_end
from karakoram.engines.spectrum.loss_tables import LossColumns
from karakoram.engines.spectrum.occupancy import (
    DARK,
    LIT_COUNT,
    Occupancy,
    SpectrumState,
    frozen_occupancy,
)
from karakoram.engines.spectrum.provision import (
    Outcomes,
    Provisioned,
    Requests,
    blank_outcomes,
    check_requests,
)


class Score(IntEnum):
    """What a placement costs; the least is taken, of equals the first path and the lowest slot."""

    SLOT = 0
    """The number of its first slot: first fit over all paths."""
    LOSS = 1
    """What all routes lose in worth: minimum spectrum capacity loss."""
    SCARCITY = 2
    """The same, where what is nearly gone counts more: 1 / (softness + worth left)."""


class ScoreRule(NamedTuple):
    """How placements are scored, and among which."""

    score: int
    is_across_paths: int
    """1: the best of all paths; 0: the best on the first path with room."""
    softness: float = 1.0
    price: float = 0.0
    """Added for each slot on each section."""


class Worth(NamedTuple):
    """What the free slots of each route are worth, kept up to date."""

    bits: UInt64[np.ndarray, "route word"]
    """Slots free along the route when it was last looked at."""
    before: Float[np.ndarray, "route edge"]
    """Worth of the slots below each edge, ..."""
    after: Float[np.ndarray, "route edge"]
    """... and of those above."""


class ScoreRoom(NamedTuple):
    """Room to work in."""

    cost: Float[np.ndarray, " edge"]
    tried: Int16[np.ndarray, " segment"]
    best: Int16[np.ndarray, " segment"]


class Scoring(NamedTuple):
    """All that a score needs."""

    paths: PathColumns
    losses: LossColumns
    worth: Worth
    rule: ScoreRule
    room: ScoreRoom


NO_COST = 1e300
_CARRIED = int(Outcome.CARRIED)
_SLOT, _LOSS = int(Score.SLOT), int(Score.LOSS)
_WORD_BITS = 64
_ONE, _NONE = np.uint64(1), np.uint64(0)


def provision_by_score(
    state: SpectrumState,
    requests: Requests,
    *,
    paths: CandidatePaths,
    losses: LossColumns,
    rule: ScoreRule,
) -> Provisioned:
    """What becomes of ``requests``, from ``state`` on, each placed at the least cost.

    Parameters
    ----------
    state
        What is lit before the first request; it stays as it is.
    requests
        In the order of their arrival.
    paths
        The candidate paths of which the state holds some.
    losses
        Whom placements hurt; not looked at by ``Score.SLOT``.
    rule
        How placements are scored.

    Raises
    ------
    ValueError
        If a pair or a bit rate is not there, or the requests are not in order.
    """
    check_requests(requests, paths=paths)
    occupancy = state.copied()
    outcomes = blank_outcomes(requests.pair.size)
    slots = losses.gain.shape[1]
    worth = Worth(
        bits=np.zeros((losses.route.size, occupancy.free.shape[1]), dtype=np.uint64),
        before=np.zeros((losses.route.size, slots + 1)),
        after=np.zeros((losses.route.size, slots + 1)),
    )
    room = ScoreRoom(
        cost=np.zeros(occupancy.free.shape[1] * _WORD_BITS),
        tried=np.zeros(paths.segments_max, dtype=np.int16),
        best=np.zeros(paths.segments_max, dtype=np.int16),
    )
    scoring = Scoring(paths.columns, losses, worth, rule, room)
    _provision_scored(occupancy, (requests, outcomes), scoring)
    return Provisioned(
        outcomes=outcomes, state=SpectrumState(occupancy=frozen_occupancy(occupancy))
    )


@compiled
def _provision_scored(
    occupancy: Occupancy, asked: tuple[Requests, Outcomes], scoring: Scoring
) -> None:
    """Let requests come and go, writing ``occupancy`` and their outcomes."""
    requests, outcomes = asked
    paths, room = scoring.paths, scoring.room
    if scoring.rule.score != _SLOT:
        for route in range(scoring.losses.route.size):
            _value_route(occupancy.free, scoring, route)
    for request in range(requests.pair.size):
        now = requests.arrives_at[request]
        while occupancy.counters[LIT_COUNT] > 0 and occupancy.ends[0, 0] <= now:
            _end_first(occupancy, scoring)
        pair, bit_rate = requests.pair[request], requests.bit_rate[request]
        path = _best_path(occupancy.free, scoring, (pair, bit_rate))
        outcomes.path[request] = path
        outcomes.outcome[request] = paths.cause[pair, bit_rate]
        if path >= 0:
            outcomes.outcome[request] = _CARRIED
            outcomes.first_slot[request] = room.best[0]
            number = light(occupancy, scoring, (path, bit_rate))
            end = End(now + requests.holds_for[request], number)
            push_end(occupancy.ends, end, occupancy.counters[LIT_COUNT] - 1)


@compiled
def _best_path(
    free: UInt64[np.ndarray, "section word"], scoring: Scoring, demand: tuple[int, int]
) -> int:
    """The path of the least cost, or -1; ``best`` holds its first slots."""
    pair, bit_rate = demand
    paths, room, rule = scoring.paths, scoring.room, scoring.rule
    best, best_cost = -1, NO_COST
    for path in range(paths.path_begin[pair], paths.path_begin[pair + 1]):
        begin, total = paths.segment_begin[path], 0.0
        for segment in range(begin, paths.segment_begin[path + 1]):
            slot = _cheapest_slot(free, scoring, (segment, bit_rate))
            if slot == NO_SLOT:
                total = NO_COST
                break
            room.tried[segment - begin] = slot
            total += room.cost[slot]
        if total < best_cost:
            best, best_cost = path, total
            room.best[:] = room.tried
            if not rule.is_across_paths:
                break
    return best


@compiled
def _cheapest_slot(
    free: UInt64[np.ndarray, "section word"], scoring: Scoring, wanted: tuple[int, int]
) -> int:
    """The first slot of the least cost on a segment, or ``NO_SLOT``; ``cost`` holds the costs."""
    segment, bit_rate = wanted
    paths, cost = scoring.paths, scoring.room.cost
    begin, end = paths.hop_begin[segment], paths.hop_begin[segment + 1]
    width = paths.width[paths.width_row[segment], bit_rate]
    if width <= 0:
        return NO_SLOT
    is_costed = False
    best, best_cost = NO_SLOT, NO_COST
    for word in range(free.shape[1]):
        starts = starts_in_word(free, paths.section, (Word(begin, end, word), width))
        if starts != _NONE and not is_costed:
            _put_costs(scoring, segment, width)
            is_costed = True
        while starts != _NONE:
            slot = word * _WORD_BITS + lowest_bit(starts)
            starts &= starts - _ONE
            if cost[slot] < best_cost:
                best, best_cost = slot, cost[slot]
    return best


@compiled
def _put_costs(scoring: Scoring, segment: int, width: int) -> None:
    """Put the cost of ``width`` slots from each slot on into ``cost``."""
    paths, rule, cost = scoring.paths, scoring.rule, scoring.room.cost
    hurt_begin, hurt = scoring.losses.hurt_begin, scoring.losses.hurt
    before, after = scoring.worth.before, scoring.worth.after
    if rule.score == _SLOT:
        for slot in range(cost.size):
            cost[slot] = float(slot)
        return
    slots = before.shape[1] - 1
    hops = paths.hop_begin[segment + 1] - paths.hop_begin[segment]
    cost[:] = rule.price * width * hops
    for place in range(hurt_begin[segment], hurt_begin[segment + 1]):
        route = hurt[place]
        all_worth = before[route, slots]
        if rule.score == _LOSS:
            for slot in range(slots - width + 1):
                cost[slot] += all_worth - before[route, slot] - after[route, slot + width]
        else:
            now = 1.0 / (rule.softness + all_worth)
            for slot in range(slots - width + 1):
                left = before[route, slot] + after[route, slot + width]
                cost[slot] += 1.0 / (rule.softness + left) - now


@compiled
def _value_route(free: UInt64[np.ndarray, "section word"], scoring: Scoring, route: int) -> None:
    """Bring the worth of a route up to date, where its free slots have changed."""
    paths, bits = scoring.paths, scoring.worth.bits
    before, after = scoring.worth.before, scoring.worth.after
    gain = scoring.losses.gain
    segment = scoring.losses.route[route]
    begin, end = paths.hop_begin[segment], paths.hop_begin[segment + 1]
    has_changed = False
    for word in range(bits.shape[1]):
        here = free_in_word(free, paths.section, Word(begin, end, word))
        has_changed = has_changed or here != bits[route, word]
        bits[route, word] = here
    if not has_changed:
        return
    slots = gain.shape[1]
    run, worth = 0, 0.0
    for slot in range(slots):
        if (bits[route, slot >> 6] >> np.uint64(slot & 63)) & _ONE:
            worth += gain[route, run]
            run += 1
        else:
            run = 0
        before[route, slot + 1] = worth
    run, worth = 0, 0.0
    for back in range(slots):
        slot = slots - 1 - back
        if (bits[route, slot >> 6] >> np.uint64(slot & 63)) & _ONE:
            worth += gain[route, run]
            run += 1
        else:
            run = 0
        after[route, slot] = worth


@compiled
def _value_hurt(free: UInt64[np.ndarray, "section word"], scoring: Scoring, segment: int) -> None:
    """Bring the worth of all routes up to date that share a section with a segment."""
    if scoring.rule.score == _SLOT:
        return
    hurt_begin, hurt = scoring.losses.hurt_begin, scoring.losses.hurt
    for place in range(hurt_begin[segment], hurt_begin[segment + 1]):
        _value_route(free, scoring, hurt[place])


@compiled
def light(occupancy: Occupancy, scoring: Scoring, lit: tuple[int, int]) -> int:
    """Take the slots of each segment from ``best`` on; the number of the new connection."""
    path, bit_rate = lit
    paths, room = scoring.paths, scoring.room
    number = occupancy.spare[occupancy.counters[LIT_COUNT]]
    occupancy.counters[LIT_COUNT] += 1
    occupancy.lit_path[number], occupancy.lit_bit_rate[number] = path, bit_rate
    begin = paths.segment_begin[path]
    for segment in range(begin, paths.segment_begin[path + 1]):
        slot = room.best[segment - begin]
        occupancy.lit_slot[number, segment - begin] = slot
        occupy(occupancy.free, paths.section, _block_of(paths, (segment, bit_rate), slot))
        _value_hurt(occupancy.free, scoring, segment)
    return int(number)


@compiled
def _end_first(occupancy: Occupancy, scoring: Scoring) -> None:
    """Let the connection end that ends first."""
    paths = scoring.paths
    number = int(occupancy.ends[1, 0])
    drop_first_end(occupancy.ends, occupancy.counters[LIT_COUNT])
    occupancy.counters[LIT_COUNT] -= 1
    occupancy.spare[occupancy.counters[LIT_COUNT]] = number
    path, bit_rate = occupancy.lit_path[number], occupancy.lit_bit_rate[number]
    occupancy.lit_path[number] = DARK
    begin = paths.segment_begin[path]
    for segment in range(begin, paths.segment_begin[path + 1]):
        slot = occupancy.lit_slot[number, segment - begin]
        vacate(occupancy.free, paths.section, _block_of(paths, (segment, bit_rate), slot))
        _value_hurt(occupancy.free, scoring, segment)


@compiled
def _block_of(paths: PathColumns, wanted: tuple[int, int], slot: int) -> Block:
    """The slots that a segment takes at a bit rate from ``slot`` on."""
    segment, bit_rate = wanted
    width = paths.width[paths.width_row[segment], bit_rate]
    return Block(paths.hop_begin[segment], paths.hop_begin[segment + 1], slot, width)
