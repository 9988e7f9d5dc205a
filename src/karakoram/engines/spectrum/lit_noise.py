"""What does one channel more, or less, do to itself and to those already lit?

Compiled loops. Cost of a channel: for each hop the channels lit there, two differences of a table
and two logarithms each.
"""

from math import log1p
from typing import NamedTuple

import numpy as np
from jaxtyping import Int32

from karakoram.core.compiled import compiled
from karakoram.engines.spectrum.light import LightColumns
from karakoram.engines.spectrum.lit_state import FIRST, MARK, MODULATION, WIDTH, LitLight

UNMARKED, MARKED = 0, 1


class Channel(NamedTuple):
    """A channel on the hops from ``begin`` to before ``end``."""

    begin: int
    end: int
    first: int
    lit_slots: int


class Change(NamedTuple):
    """A channel that comes (1) or goes (-1)."""

    channel: Channel
    sign: float


class Situation(NamedTuple):
    """Where light is, and what the loops read of it."""

    lit: LitLight
    light: LightColumns
    section: Int32[np.ndarray, " hop"]


@compiled
def disturbance(arcs: np.ndarray, on: Channel, by: Channel) -> float:
    """Interference on one channel by another, over the factor of the section."""
    middle = arcs.shape[1] // 2 - (2 * on.first + on.lit_slots)
    low, high = 2 * by.first, 2 * (by.first + by.lit_slots)
    return float(arcs[on.lit_slots, middle + high] - arcs[on.lit_slots, middle + low])


@compiled
def own_disturbance(arcs: np.ndarray, on: Channel) -> float:
    """Interference of a channel with itself: half as much as by another in its place."""
    return 0.5 * disturbance(arcs, on, on)


@compiled
def _channel_of(lit: LitLight, number: int) -> Channel:
    """The slots of a channel; its hops are not told."""
    return Channel(0, 0, lit.channel[number, FIRST], lit.channel[number, WIDTH])


@compiled
def is_bearable(now: Situation, new: Channel, modulation: int) -> bool:
    """Whether a new channel and all that it disturbs stay within what their receivers bear."""
    lit, light, section = now.lit, now.light, now.section
    own = 0.0
    for hop in range(new.begin, new.end):
        place = section[hop]
        noise = own_disturbance(light.arcs, new)
        for member in range(lit.member_count[place]):
            number = lit.members[place, member, 0]
            other = _channel_of(lit, number)
            noise += disturbance(light.arcs, new, other)
            if lit.channel[number, MARK] == UNMARKED:
                lit.channel[number, MARK] = MARKED
                lit.trial[number] = lit.log_noise[number]
            before = light.ase[place] + lit.hop_noise[number, lit.members[place, member, 1]]
            more = light.interference[place] * disturbance(light.arcs, other, new)
            lit.trial[number] += log1p(more / (1.0 + before))
        own += log1p(light.ase[place] + light.interference[place] * noise)
    return _all_bear(now, new) and own <= light.log_noise_max[modulation]


@compiled
def _all_bear(now: Situation, new: Channel) -> bool:
    """Whether everybody marked bears the trial; takes the marks away."""
    lit, light = now.lit, now.light
    bears = True
    for hop in range(new.begin, new.end):
        place = now.section[hop]
        for member in range(lit.member_count[place]):
            number = lit.members[place, member, 0]
            if lit.channel[number, MARK] == MARKED:
                lit.channel[number, MARK] = UNMARKED
                if lit.trial[number] > light.log_noise_max[lit.channel[number, MODULATION]]:
                    bears = False
    return bears


@compiled
def light_up(now: Situation, new: Channel, number: int) -> None:
    """Add a channel, whose row of ``channel`` is written, to every section of its path."""
    lit, light = now.lit, now.light
    lit.log_noise[number] = 0.0
    for hop in range(new.begin, new.end):
        place, step = now.section[hop], hop - new.begin
        noise = own_disturbance(light.arcs, new)
        for member in range(lit.member_count[place]):
            noise += disturbance(light.arcs, new, _channel_of(lit, lit.members[place, member, 0]))
        _disturb(now, place, Change(new, 1.0))
        lit.hop_noise[number, step] = light.interference[place] * noise
        lit.log_noise[number] += log1p(light.ase[place] + lit.hop_noise[number, step])
        count = lit.member_count[place]
        lit.members[place, count, 0] = number
        lit.members[place, count, 1] = step
        lit.member_count[place] = count + 1


@compiled
def put_off(now: Situation, old: Channel, number: int) -> None:
    """Take a channel out of every section of its path."""
    lit = now.lit
    for hop in range(old.begin, old.end):
        place = now.section[hop]
        last = lit.member_count[place] - 1
        for member in range(last + 1):
            if lit.members[place, member, 0] == number:
                lit.members[place, member, 0] = lit.members[place, last, 0]
                lit.members[place, member, 1] = lit.members[place, last, 1]
                break
        lit.member_count[place] = last
        _disturb(now, place, Change(old, -1.0))


@compiled
def _disturb(now: Situation, place: int, change: Change) -> None:
    """Add the interference by a channel to all lit on a section, or take it away."""
    lit, light = now.lit, now.light
    for member in range(lit.member_count[place]):
        number, step = lit.members[place, member, 0], lit.members[place, member, 1]
        other = _channel_of(lit, number)
        other_by_it = disturbance(light.arcs, other, change.channel)
        more = change.sign * light.interference[place] * other_by_it
        before = light.ase[place] + lit.hop_noise[number, step]
        lit.hop_noise[number, step] += more
        lit.log_noise[number] += log1p(more / (1.0 + before))
