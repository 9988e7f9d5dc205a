import numpy as np
import pytest

from karakoram.engines.spectrum import bitmaps, defragmentation
from karakoram.engines.spectrum.defragmentation import Hitless, defragmented
from karakoram.engines.spectrum.occupancy import DARK, dark_state
from karakoram.engines.spectrum.provision import Requests, provision
from tests.support.interpreted import interpreted
from tests.support.spectrum import random_requests
from tests.support.spectrum_paths import candidate_paths, slots_from_words

SLOTS = 60


def paths_of():
    return candidate_paths(
        [[[[0, 1]]], [[[1, 2]]], [[[0], [2]]], [[[0]]]],
        width=np.array([[2, 5], [3, 3], [1, 4], [2, 6], [4, 2]], dtype=np.int16),
        section_count=3,
    )


def fragmented(count=400, seed=2, load=14.0):
    paths = paths_of()
    requests = random_requests(np.random.default_rng(seed), count=count, paths=paths, load=load)
    state = dark_state(paths, usable=np.ones((3, SLOTS), dtype=np.bool_))
    return provision(state, requests, paths=paths).state


def blocks(state):
    """Sections, first slot and width of all that is lit."""
    paths, lit = paths_of(), state.occupancy
    for number in np.flatnonzero(lit.lit_path != DARK):
        begin, end = paths.segment_begin[lit.lit_path[number] :][:2]
        for segment in range(begin, end):
            hops = paths.section[slice(*paths.hop_begin[segment : segment + 2])]
            first = int(lit.lit_slot[number, segment - begin])
            yield number, hops, first, int(paths.width[segment, lit.lit_bit_rate[number]])


def assert_sound(state):
    taken = np.zeros((3, SLOTS), dtype=np.int64)
    for _, hops, first, width in blocks(state):
        taken[hops, first : first + width] += 1
    assert taken.max() == 1
    assert (slots_from_words(state.occupancy.free, slot_count=SLOTS) == (taken == 0)).all()


def highest(state):
    return max(first + width for _, _, first, width in blocks(state))


@pytest.mark.parametrize("hitless", Hitless)
def test_connections_come_to_lie_lower_and_never_on_each_other(hitless):
    for seed in range(6):
        before = fragmented(seed=seed)
        done = defragmented(before, paths=paths_of(), hitless=hitless)
        assert_sound(done.state)
        pairs = list(zip(blocks(before), blocks(done.state), strict=True))
        assert all(after[2] <= was[2] for was, after in pairs)
        assert done.moves >= sum(after[2] < was[2] for was, after in pairs) > 0
        assert highest(done.state) <= highest(before)
        again = defragmented(done.state, paths=paths_of(), hitless=hitless)
        assert again.moves == 0
        assert (before.occupancy.free == fragmented(seed=seed).occupancy.free).all()


def test_what_breaks_after_it_is_made_may_jump_over_others():
    only = np.zeros(1, dtype=np.int32)
    paths = candidate_paths([[[[0]]]], width=np.array([[2, 3]], np.int16), section_count=1)
    asked = Requests(
        arrives_at=np.arange(4.0),
        holds_for=np.array([2.5, 99.0, 99.0, 0.5]),
        pair=np.repeat(only, 4),
        bit_rate=np.array([0, 1, 0, 0], dtype=np.int32),
    )
    state = provision(
        dark_state(paths, usable=np.ones((1, 12), dtype=np.bool_)), asked, paths=paths
    ).state
    # slots 0-1 held by the last, 2-4 and 5-6 by the others; then the last one goes
    gone = Requests(*(array[:1] for array in asked))._replace(
        arrives_at=np.array([50.0]), holds_for=np.array([0.0])
    )
    state = provision(state, gone, paths=paths).state
    slid = defragmented(state, paths=paths, hitless=Hitless.PUSH_PULL)
    jumped = defragmented(state, paths=paths, hitless=Hitless.MAKE_BEFORE_BREAK)
    assert slid.moves == 0  # held down by the connection of no duration at 0
    assert jumped.moves == 0
    later = gone._replace(arrives_at=np.array([60.0]), pair=only, bit_rate=np.array([1], np.int32))
    state = provision(state, later, paths=paths).state
    slid = defragmented(state, paths=paths, hitless=Hitless.PUSH_PULL)
    jumped = defragmented(state, paths=paths, hitless=Hitless.MAKE_BEFORE_BREAK)
    assert slid.moves == 3
    assert jumped.moves < slid.moves
    assert sorted(slid.state.occupancy.lit_slot[:3, 0].tolist()) == [0, 3, 5]
    assert 0 in jumped.state.occupancy.lit_slot[:3, 0]


def test_no_more_is_moved_than_allowed():
    for moves_max in (0, 1, 3):
        done = defragmented(
            fragmented(), paths=paths_of(), hitless=Hitless.PUSH_PULL, moves_max=moves_max
        )
        assert done.moves == moves_max
        assert_sound(done.state)


def test_the_moves_are_the_same_when_interpreted():
    for hitless in Hitless:
        fast = defragmented(fragmented(), paths=paths_of(), hitless=hitless)
        with interpreted(bitmaps, defragmentation):
            slow = defragmented(fragmented(), paths=paths_of(), hitless=hitless)
        assert fast.moves == slow.moves
        assert (fast.state.occupancy.free == slow.state.occupancy.free).all()


def test_room_is_found_where_there_was_none():
    paths, tried, found = paths_of(), 0, 0
    for seed in range(60):
        state = fragmented(seed=seed, load=24.0)
        now = float(state.occupancy.ends[0].max())
        wide = Requests(
            np.array([0.0]), np.array([now]), np.array([0], np.int32), np.array([1], np.int32)
        )
        if provision(state, wide, paths=paths).outcomes.path[0] >= 0:
            continue
        tried += 1
        room = defragmented(state, paths=paths, hitless=Hitless.MAKE_BEFORE_BREAK).state
        found += provision(room, wide, paths=paths).outcomes.path[0] >= 0
    assert tried > 5
    assert found > 0
