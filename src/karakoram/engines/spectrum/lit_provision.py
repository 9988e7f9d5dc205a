"""What becomes of requests when light must reach, under the load that is really there?

At each arrival, path by path and the modulation with fewest slots first: the lowest slots that are
free, if the new channel and everybody it disturbs stay within what their receivers bear. Where a
regenerator stands between two segments of a path, each has slots and a modulation of its own.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from karakoram.core.compiled import compiled
from karakoram.engines.spectrum.bitmaps import NO_SLOT, Block, Stretch, occupy, vacate
from karakoram.engines.spectrum.candidates import CandidatePaths, Outcome, PathColumns
from karakoram.engines.spectrum.departures import End, drop_first_end, push_end
from karakoram.engines.spectrum.fitting import SlotFit, fitting_slot
from karakoram.engines.spectrum.light import Light, LightColumns
from karakoram.engines.spectrum.lit_noise import (
    Channel,
    Situation,
    is_bearable,
    light_up,
    put_off,
)
from karakoram.engines.spectrum.lit_state import (
    FIRST,
    MODULATION,
    WIDTH,
    LightState,
    LitLight,
)
from karakoram.engines.spectrum.occupancy import (
    DARK,
    LIT_COUNT,
    Occupancy,
    SpectrumState,
    frozen_occupancy,
)
from karakoram.engines.spectrum.provision import (
    Outcomes,
    Requests,
    blank_outcomes,
    check_requests,
)

_CARRIED, _NO_LIGHT = int(Outcome.CARRIED), int(Outcome.NO_LIGHT)
_NO_SPECTRUM = int(Outcome.NO_SPECTRUM)
_WIDEST = np.iinfo(np.int16).max
_FIRST_FIT = int(SlotFit.FIRST)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LitProvisioned:
    """The outcomes of some requests, and what is lit after the last of them has arrived."""

    outcomes: Outcomes
    state: LightState


class Run(NamedTuple):
    """What the loop works on."""

    occupancy: Occupancy
    lit: LitLight
    light: LightColumns
    paths: PathColumns


def provision_lit(
    state: LightState, requests: Requests, *, paths: CandidatePaths, light: Light
) -> LitProvisioned:
    """What becomes of ``requests``, from ``state`` on.

    Parameters
    ----------
    state
        What is lit before the first request; it stays as it is.
    requests
        In the order of their arrival.
    paths
        The candidate paths; each segment is lit by itself, on slots of its own. Of their widths
        counts only whether there is one; none is above the narrowest that light may choose, for
        state has room by them.
    light
        The noise of their sections, and the modulations to choose from.

    Raises
    ------
    ValueError
        If a pair or a bit rate is not there, the requests are not in order, the light is that of
        other sections or bit rates, or its channels may be narrower than those of the paths.
    """
    check_requests(requests, paths=paths)
    shape = (paths.section_count, paths.bit_rate_count)
    if (light.ase.size, light.width.shape[1]) != shape:
        raise ValueError(
            f"light is wanted for {shape[0]} sections and {shape[1]} bit rates, got "
            f"{light.ase.size} and {light.width.shape[1]}"
        )
    if np.min(paths.width, where=paths.width > 0, initial=_WIDEST) > light.width.min(
        initial=_WIDEST
    ):
        raise ValueError(
            f"channels may be {light.width.min()} slots wide, below the widths of the paths: there "
            "may be more of them than there is room for"
        )
    run = Run(state.spectrum.copied(), state.copied_light(), light.columns, paths.columns)
    outcomes = blank_outcomes(requests.pair.size)
    _provision(run, requests, outcomes)
    return LitProvisioned(
        outcomes=outcomes,
        state=LightState(
            spectrum=SpectrumState(occupancy=frozen_occupancy(run.occupancy)), light=run.lit
        ),
    )


@compiled
def _provision(run: Run, requests: Requests, outcomes: Outcomes) -> None:
    occupancy = run.occupancy
    now = Situation(run.lit, run.light, run.paths.section)
    segments_max = run.lit.channel.shape[0] // occupancy.lit_path.size
    lit_count = occupancy.counters[LIT_COUNT]
    for request in range(requests.pair.size):
        arrives_at = requests.arrives_at[request]
        while lit_count > 0 and occupancy.ends[0, 0] <= arrives_at:
            number = int(occupancy.ends[1, 0])
            drop_first_end(occupancy.ends, lit_count)
            lit_count -= 1
            occupancy.spare[lit_count] = number
            _end(run, now, number)
        number = occupancy.spare[lit_count]
        outcomes.outcome[request] = _try_paths(run, now, (requests, request, number))
        if outcomes.outcome[request] == _CARRIED:
            outcomes.path[request] = occupancy.lit_path[number]
            outcomes.first_slot[request] = run.lit.channel[number * segments_max, FIRST]
            end = End(arrives_at + requests.holds_for[request], number)
            push_end(occupancy.ends, end, lit_count)
            lit_count += 1
    occupancy.counters[LIT_COUNT] = lit_count


@compiled
def _end(run: Run, now: Situation, number: int) -> None:
    """Give spectrum and light of a connection back."""
    path = run.occupancy.lit_path[number]
    segments_max = run.lit.channel.shape[0] // run.occupancy.lit_path.size
    begin, end = run.paths.segment_begin[path], run.paths.segment_begin[path + 1]
    for segment in range(begin, end):
        _darken(run, now, (segment, number * segments_max + segment - begin))
    run.occupancy.lit_path[number] = DARK


@compiled
def _darken(run: Run, now: Situation, lit_segment: tuple[int, int]) -> None:
    """Give spectrum and light of one segment back, by its number and row."""
    segment, row = lit_segment
    begin, end = run.paths.hop_begin[segment], run.paths.hop_begin[segment + 1]
    first, lit_slots = run.lit.channel[row, FIRST], run.lit.channel[row, WIDTH]
    block = Block(begin, end, first, lit_slots + run.light.guard_slots)
    vacate(run.occupancy.free, run.paths.section, block)
    put_off(now, Channel(begin, end, first, lit_slots), row)
    run.lit.channel[row, WIDTH] = 0


@compiled
def _try_paths(run: Run, now: Situation, asked: tuple[Requests, int, int]) -> int:
    """Light the request on the first path that can be, segment by segment; else why not."""
    requests, request, number = asked
    pair, bit_rate = requests.pair[request], requests.bit_rate[request]
    why = int(run.paths.cause[pair, bit_rate])
    first_row = number * (run.lit.channel.shape[0] // run.occupancy.lit_path.size)
    for path in range(run.paths.path_begin[pair], run.paths.path_begin[pair + 1]):
        begin, end = run.paths.segment_begin[path], run.paths.segment_begin[path + 1]
        if run.paths.width[run.paths.width_row[begin], bit_rate] <= 0:
            continue
        outcome = _CARRIED
        lit_end = begin
        while lit_end < end:
            outcome = _lit_segment(run, now, (lit_end, first_row + lit_end - begin, bit_rate))
            if outcome != _CARRIED:
                break
            lit_end += 1
        if outcome == _CARRIED:
            run.occupancy.lit_path[number] = path
            run.occupancy.lit_bit_rate[number] = bit_rate
            return _CARRIED
        for segment in range(begin, lit_end):
            _darken(run, now, (segment, first_row + segment - begin))
        if outcome == _NO_LIGHT:
            why = _NO_LIGHT
    return why


@compiled
def _lit_segment(run: Run, now: Situation, asked: tuple[int, int, int]) -> int:
    """Light a segment with the first modulation that can be; else why not.

    What is asked is the segment, its row and the bit rate.
    """
    segment, row, bit_rate = asked
    begin, end = run.paths.hop_begin[segment], run.paths.hop_begin[segment + 1]
    why = _NO_SPECTRUM
    for modulation in range(run.light.width.shape[0]):
        width = int(run.light.width[modulation, bit_rate])
        stretch = Stretch(begin, end, width)
        slot = fitting_slot(run.occupancy.free, run.paths.section, (stretch, _FIRST_FIT))
        if slot == NO_SLOT:
            break
        new = Channel(begin, end, slot, width - run.light.guard_slots)
        why = _NO_LIGHT
        if is_bearable(now, new, modulation):
            occupy(run.occupancy.free, run.paths.section, Block(begin, end, slot, width))
            run.lit.channel[row, FIRST] = slot
            run.lit.channel[row, WIDTH] = new.lit_slots
            run.lit.channel[row, MODULATION] = modulation
            light_up(now, new, row)
            return _CARRIED
    return why


def noise_of(state: LightState) -> np.ndarray:
    """1/GSNR of every channel that is lit [1], shape (lit,), in the order of their rows."""
    return np.asarray(np.expm1(state.light.log_noise[state.light.channel[:, WIDTH] > 0]))
