"""Hours of connections in each outcome, over histories written by hand."""

import networkx as nx
import numpy as np
import pytest

from karakoram.engines.restoration.candidates import risk_words
from karakoram.engines.restoration.history import DownTimes, lives
from karakoram.engines.restoration.policy import RestorationOutcome, RestorationPolicy, Scheme
from tests.support.rings import candidates, network

RATES = np.array([10.0, 40.0, 100.0])


@pytest.fixture
def square():
    return candidates(nx.cycle_graph(4), [(0, 2), (0, 1)], k=2)


def times(*stretches):
    """Stretches of (risks down, hours, whether the stretch follows the one before at once)."""
    return DownTimes(
        failed=np.array([risk_words(risks, word_count=1) for risks, _, _ in stretches]),
        duration_h=np.array([hours for _, hours, _ in stretches]),
        follows_at_once=np.array([at_once for _, _, at_once in stretches]),
    )


@pytest.mark.parametrize("reverts", [True, False])
def test_hours_are_counted_by_outcome(square, reverts):
    loaded = network(square, [(0, 0, 0, Scheme.DYNAMIC)], slot_count=4)
    found = lives(
        loaded, times(([0], 5.0, False), ([0, 1], 2.0, True)), bit_rates=RATES, reverts=reverts
    )
    assert found.hours[RestorationOutcome.RESTORED, 0] == 5.0
    assert found.hours[RestorationOutcome.NO_PATH, 0] == 2.0
    assert found.missing[RestorationOutcome.NO_PATH].tolist() == [2.0 * 10.0]
    assert found.missing.sum() == 20.0
    assert found.hours.sum() == 7.0


def test_what_reverts_moves_there_and_back_each_time(square):
    loaded = network(square, [(0, 0, 0, Scheme.DYNAMIC)], slot_count=4)
    twice = times(([0], 1.0, False), ([0], 1.0, False))
    assert lives(loaded, twice, bit_rates=RATES, reverts=True).moves.tolist() == [4]
    assert lives(loaded, twice, bit_rates=RATES, reverts=False).moves.tolist() == [1]


def test_what_stays_is_hit_on_its_new_path_and_comes_home(square):
    loaded = network(square, [(0, 0, 0, Scheme.DYNAMIC)], slot_count=4)
    home, away = [0], [1]
    found = lives(
        loaded, times((home, 1.0, False), (away, 3.0, False)), bit_rates=RATES, reverts=False
    )
    assert found.hours[RestorationOutcome.RESTORED, 0] == 1.0
    assert found.hours[RestorationOutcome.UNAFFECTED, 0] == 3.0
    assert found.moves.tolist() == [2]
    reverting = lives(
        loaded, times((home, 1.0, False), (away, 3.0, False)), bit_rates=RATES, reverts=True
    )
    assert reverting.moves.tolist() == [2]
    assert reverting.hours[RestorationOutcome.UNAFFECTED, 0] == 3.0


def test_what_was_lost_comes_home_when_its_path_is_mended(square):
    loaded = network(square, [(1, 0, 0, Scheme.UNPROTECTED)], slot_count=4)
    found = lives(
        loaded, times(([0, 3], 2.0, False), ([3], 4.0, True)), bit_rates=RATES, reverts=False
    )
    assert found.hours[RestorationOutcome.WAITS, 0] == 2.0
    assert found.hours[RestorationOutcome.UNAFFECTED, 0] == 4.0


def test_who_was_put_out_comes_back_when_the_other_has_gone_home(square):
    rows = [(0, 2, 5, Scheme.DYNAMIC), (0, 2, 1, Scheme.DYNAMIC)]
    policy = RestorationPolicy(pre_empts=True)
    loaded = network(square, rows, slot_count=4, policy=policy)
    found = lives(
        loaded, times(([0], 1.0, False), ([2], 1.0, False)), bit_rates=RATES, reverts=True
    )
    assert found.hours[RestorationOutcome.PRE_EMPTED, 1] == 2.0


@pytest.mark.parametrize("reverts", [True, False])
def test_at_a_lower_bit_rate_only_the_rest_is_missing(square, reverts):
    rows = [(0, 2, 0, Scheme.DYNAMIC), (1, 1, 0, Scheme.UNPROTECTED)]
    rows += [(0, 1, 0, Scheme.UNPROTECTED)] * 2
    loaded = network(square, rows, slot_count=7, policy=RestorationPolicy(reduces=True))
    cut = [int(square.resources[1])]
    found = lives(loaded, times((cut, 3.0, False)), bit_rates=RATES, reverts=reverts)
    assert found.hours[RestorationOutcome.REDUCED, 0] == 3.0
    assert found.missing[RestorationOutcome.REDUCED, 0] == 3.0 * (100.0 - 40.0)
