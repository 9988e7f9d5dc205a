import numpy as np
import pytest

from karakoram.engines.spectrum import bitmaps, departures, fitting
from karakoram.engines.spectrum import provision as loop
from karakoram.engines.spectrum.bitmaps import Block, is_free
from karakoram.engines.spectrum.candidates import Outcome
from karakoram.engines.spectrum.fitting import SlotFit
from karakoram.engines.spectrum.occupancy import DARK, dark_state
from karakoram.engines.spectrum.provision import Requests, provision
from tests.support.interpreted import interpreted
from tests.support.spectrum import SlowSpectrum, random_requests, slow_exact, slow_starts
from tests.support.spectrum_paths import candidate_paths

SLOTS = 80
FITS = {
    SlotFit.FIRST: lambda *wanted: next(iter(slow_starts(*wanted)), None),
    SlotFit.LAST: lambda *wanted: (slow_starts(*wanted) or [None])[-1],
    SlotFit.EXACT: slow_exact,
}


def ring_paths():
    """Four pairs over a ring of five sections, one path regenerated, one pair with no path."""
    paths = [
        [[[0, 1]], [[4], [3, 2]]],
        [[[1, 2, 3]], [[0, 4]]],
        [],
        [[[3]], [[4, 0], [1, 2]]],
    ]
    width = np.array([[2, 7], [1, 3], [3, 0], [5, 66], [2, 4], [1, 2], [2, 2], [4, 6]])
    return candidate_paths(paths, width=width[:8].astype(np.int16), section_count=5)


def start(paths, slots=SLOTS):
    return dark_state(paths, usable=np.ones((paths.section_count, slots), dtype=np.bool_))


def a_few(count, seed=3):
    return random_requests(np.random.default_rng(seed), count=count, paths=ring_paths(), load=40.0)


def rows(outcomes):
    return list(zip(*(array.tolist() for array in outcomes), strict=True))


@pytest.mark.parametrize("slot_fit", SlotFit)
def test_requests_fare_as_when_served_slot_by_slot(slot_fit):
    paths, requests = ring_paths(), a_few(1500)
    done = provision(start(paths), requests, paths=paths, slot_fit=slot_fit)
    slow = SlowSpectrum(paths, np.ones((5, SLOTS), dtype=np.bool_), [])
    assert rows(done.outcomes) == slow.serve(requests, FITS[slot_fit])
    assert {Outcome.CARRIED, Outcome.NO_SPECTRUM, Outcome.NO_PATH} <= set(done.outcomes.outcome)
    assert done.state.lit_count == len(slow.lit)


def test_the_loop_is_the_same_when_interpreted():
    paths, requests = ring_paths(), a_few(250)
    fast = provision(start(paths), requests, paths=paths)
    with interpreted(bitmaps, departures, fitting, loop):
        slow = provision(start(paths), requests, paths=paths)
    assert rows(slow.outcomes) == rows(fast.outcomes)


def test_a_history_may_be_cut_anywhere():
    paths, requests = ring_paths(), a_few(1000)
    whole = provision(start(paths), requests, paths=paths)
    state, pieces = start(paths), []
    for begin, end in ((0, 1), (1, 400), (400, 400), (400, 1000)):
        piece = Requests(*(array[begin:end] for array in requests))
        done = provision(state, piece, paths=paths)
        pieces += rows(done.outcomes)
        state = done.state
    assert pieces == rows(whole.outcomes)
    for cut, uncut in zip(state.occupancy, whole.state.occupancy, strict=True):
        assert (cut == uncut).all()


def test_no_two_connections_share_a_slot_and_nothing_else_is_taken():
    paths = ring_paths()
    state = provision(start(paths), a_few(700), paths=paths).state
    taken = np.zeros((5, SLOTS), dtype=np.int64)
    lit = state.occupancy
    for number in np.flatnonzero(lit.lit_path != DARK):
        begin, end = paths.segment_begin[lit.lit_path[number] :][:2]
        for segment in range(begin, end):
            first = lit.lit_slot[number, segment - begin]
            width = paths.width[segment, lit.lit_bit_rate[number]]
            hops = paths.section[paths.hop_begin[segment] : paths.hop_begin[segment + 1]]
            taken[hops, first : first + width] += 1
    assert taken.max() == 1
    for section in range(5):
        for slot in range(SLOTS):
            place = np.array([section], dtype=np.int32)
            assert is_free(lit.free, place, Block(0, 1, slot, 1)) == (taken[section, slot] == 0)


def test_all_slots_are_free_again_when_everything_has_ended():
    paths = ring_paths()
    state = provision(start(paths), a_few(500), paths=paths).state
    last = Requests(
        arrives_at=np.array([1e9]),
        holds_for=np.array([1.0]),
        pair=np.array([2], dtype=np.int32),
        bit_rate=np.array([0], dtype=np.int32),
    )
    after = provision(state, last, paths=paths).state
    assert after.lit_count == 0
    assert (after.occupancy.free == start(paths).occupancy.free).all()


def test_a_state_stays_as_it_is():
    paths = ring_paths()
    before = start(paths)
    provision(before, a_few(100), paths=paths)
    assert before.lit_count == 0
    with pytest.raises(ValueError, match="read-only"):
        before.occupancy.free[0, 0] = 0


def test_reserved_slots_are_never_given_away():
    paths = ring_paths()
    usable = np.ones((5, SLOTS), dtype=np.bool_)
    usable[:, 20:60] = False
    done = provision(dark_state(paths, usable=usable), a_few(800), paths=paths)
    slots = done.outcomes.first_slot[done.outcomes.outcome == Outcome.CARRIED]
    assert ((slots < 20) | (slots >= 60)).all()
    assert (slots >= 60).any()


def test_a_connection_ends_before_a_request_that_comes_at_that_moment():
    paths = candidate_paths([[[[0]]]], width=np.array([[1]], dtype=np.int16), section_count=1)
    requests = Requests(
        arrives_at=np.array([0.0, 0.5, 1.0]),
        holds_for=np.array([1.0, 1.0, 1.0]),
        pair=np.zeros(3, dtype=np.int32),
        bit_rate=np.zeros(3, dtype=np.int32),
    )
    done = provision(start(paths, slots=1), requests, paths=paths)
    assert done.outcomes.outcome.tolist() == [
        Outcome.CARRIED,
        Outcome.NO_SPECTRUM,
        Outcome.CARRIED,
    ]


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"pair": np.array([0, 4], dtype=np.int32)}, "a pair is a number from 0 to 3"),
        ({"bit_rate": np.array([-1, 0], dtype=np.int32)}, "a bit rate is a number from 0 to 1"),
        ({"arrives_at": np.array([1.0, 0.5])}, "order of their arrival"),
        ({"arrives_at": np.array([1.0, np.nan])}, "order of their arrival"),
        ({"holds_for": np.array([1.0, -1.0])}, "no less than no time"),
        ({"holds_for": np.array([1.0])}, "every request has"),
    ],
)
def test_requests_that_would_be_read_past_an_end_are_refused(change, match):
    paths = ring_paths()
    with pytest.raises(ValueError, match=match):
        provision(start(paths), a_few(2)._replace(**change), paths=paths)


def test_no_requests_change_nothing():
    paths = ring_paths()
    done = provision(start(paths), a_few(0), paths=paths)
    assert done.outcomes.outcome.size == 0


def test_usable_slots_are_told_for_every_section():
    paths = ring_paths()
    with pytest.raises(ValueError, match="4 rows for 5 sections"):
        dark_state(paths, usable=np.ones((4, SLOTS), dtype=np.bool_))
