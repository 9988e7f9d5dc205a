from itertools import pairwise

import numpy as np
import pytest

from karakoram.engines.spectrum import bitmaps, departures, scored
from karakoram.engines.spectrum.candidates import Outcome
from karakoram.engines.spectrum.loss_tables import RouteWeights, loss_columns
from karakoram.engines.spectrum.occupancy import dark_state
from karakoram.engines.spectrum.provision import Requests, provision
from karakoram.engines.spectrum.scored import Score, ScoreRule, provision_by_score
from tests.support.interpreted import interpreted
from tests.support.spectrum import random_requests, slow_starts
from tests.support.spectrum_paths import candidate_paths, slots_from_words

SLOTS = 40
COUNT = 30
PAIRS, BIT_RATES = np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.75, 0.25])
RULES = [
    ScoreRule(Score.SLOT, 1),
    ScoreRule(Score.LOSS, 0),
    ScoreRule(Score.LOSS, 1),
    ScoreRule(Score.SCARCITY, 1, softness=3.0, price=0.01),
]
WEIGHTS = [
    RouteWeights(),
    RouteWeights(next_path=0.5),
    RouteWeights(next_path=0.25, by_probability=True),
]


def ring_paths():
    """Four pairs over a ring of five sections, one path regenerated, one pair with no path."""
    paths = [
        [[[0, 1]], [[4], [3, 2]]],
        [[[1, 2, 3]], [[0, 4]]],
        [],
        [[[3]], [[4, 0], [1, 2]]],
    ]
    width = np.array([[2, 7], [1, 3], [3, 0], [5, 66], [2, 4], [1, 2], [2, 2], [4, 6]])
    return candidate_paths(paths, width=width.astype(np.int16), section_count=5)


def columns(paths, weights):
    return loss_columns(
        paths,
        slot_count=SLOTS,
        weights=weights,
        pair_probability=PAIRS,
        bit_rate_probability=BIT_RATES,
    )


def start(paths):
    return dark_state(paths, usable=np.ones((5, SLOTS), dtype=np.bool_))


def requests_of(count, seed=5, load=25.0):
    return random_requests(np.random.default_rng(seed), count=count, paths=ring_paths(), load=load)


def slow_worth(flags, widths, weight):
    """What the free slots of a route are worth, place by place."""
    return sum(
        weight_of_width * sum(flags[s : s + width].all() for s in range(flags.size - width + 1))
        for width, weight_of_width in zip(widths, weight, strict=True)
        if 0 < width <= flags.size
    )


class SlowScores:
    """Costs of placements by taking the slots and counting all places anew."""

    def __init__(self, paths, weights):
        self.paths, self.weights = paths, weights
        self.routes = []
        for pair, (begin, end) in enumerate(pairwise(paths.path_begin)):
            for place, path in enumerate(range(begin, end)):
                weight = 1.0 if place == 0 else weights.next_path**place
                if weights.by_probability:
                    weight *= PAIRS[pair] * 4
                for segment in range(*paths.segment_begin[path : path + 2]):
                    if weight >= weights.least:
                        self.routes.append((segment, weight))

    def hops(self, segment):
        return self.paths.section[slice(*self.paths.hop_begin[segment : segment + 2])]

    def worths(self, free, segment):
        """Of the routes that share a section with a segment."""
        hurt = set(self.hops(segment).tolist())
        found = []
        for route, weight in self.routes:
            if hurt & set(self.hops(route).tolist()):
                flags = np.logical_and.reduce(free[self.hops(route)])
                widths = self.paths.width[route].tolist()
                each = BIT_RATES if self.weights.by_probability else [1.0] * 2
                if not self.weights.by_probability and widths[0] == widths[1]:
                    widths, each = widths[:1], [1.0]
                found.append(weight * slow_worth(flags, widths, each))
        return np.array(found)

    def cost(self, free, block, rule):
        segment, first, width = block
        if rule.score == Score.SLOT:
            return float(first)
        taken = free.copy()
        taken[self.hops(segment), first : first + width] = False
        now, left = self.worths(free, segment), self.worths(taken, segment)
        price = rule.price * width * len(self.hops(segment))
        if rule.score == Score.LOSS:
            return price + (now - left).sum()
        return price + (1 / (rule.softness + left) - 1 / (rule.softness + now)).sum()

    def path_cost(self, free, path, *, bit_rate, rule):
        total = 0.0
        for segment in range(*self.paths.segment_begin[path : path + 2]):
            width = int(self.paths.width[segment, bit_rate])
            starts = slow_starts(free, self.hops(segment), width) if width > 0 else []
            if not starts:
                return None
            total += min(self.cost(free, (segment, first, width), rule) for first in starts)
        return total


@pytest.mark.parametrize("weights", WEIGHTS)
@pytest.mark.parametrize("rule", RULES)
def test_what_is_taken_costs_the_least_of_all_that_could_be(rule, weights):
    paths, requests = ring_paths(), requests_of(COUNT, load=20.0)
    slow, losses = SlowScores(paths, weights), columns(paths, weights)
    state, checked = start(paths), 0
    for place in range(COUNT):
        one = Requests(*(array[place : place + 1] for array in requests))
        # Everything that ends before the request, and nothing else.
        nobody = one._replace(pair=np.array([2], dtype=np.int32))
        ended = provision_by_score(state, nobody, paths=paths, losses=losses, rule=rule).state
        free = slots_from_words(ended.occupancy.free, slot_count=SLOTS)
        done = provision_by_score(state, one, paths=paths, losses=losses, rule=rule)
        state = done.state
        pair, bit_rate = int(one.pair[0]), int(one.bit_rate[0])
        costs = {
            path: cost
            for path in range(*paths.path_begin[pair : pair + 2])
            if (cost := slow.path_cost(free, path, bit_rate=bit_rate, rule=rule)) is not None
        }
        path = int(done.outcomes.path[0])
        if not costs:
            assert path == -1
            continue
        if rule.is_across_paths:
            assert costs[path] == pytest.approx(min(costs.values()), abs=1e-9)
        else:
            assert path == min(costs)
        segment = int(paths.segment_begin[path])
        block = (segment, int(done.outcomes.first_slot[0]), int(paths.width[segment, bit_rate]))
        starts = slow_starts(free, slow.hops(segment), block[2])
        least = min(slow.cost(free, (segment, first, block[2]), rule) for first in starts)
        assert slow.cost(free, block, rule) == pytest.approx(least, abs=1e-9)
        checked += 1
    assert checked > COUNT // 3


def test_the_loop_is_the_same_when_interpreted():
    paths, requests = ring_paths(), requests_of(60)
    losses = columns(paths, WEIGHTS[1])
    for rule in RULES:
        fast = provision_by_score(start(paths), requests, paths=paths, losses=losses, rule=rule)
        with interpreted(bitmaps, departures, scored):
            slow = provision_by_score(start(paths), requests, paths=paths, losses=losses, rule=rule)
        for one, other in zip(fast.outcomes, slow.outcomes, strict=True):
            assert (one == other).all()


def test_a_history_may_be_cut_and_gives_all_slots_back():
    paths, requests = ring_paths(), requests_of(400)
    losses, rule = columns(paths, WEIGHTS[2]), RULES[3]
    whole = provision_by_score(start(paths), requests, paths=paths, losses=losses, rule=rule)
    state, found = start(paths), []
    for begin, end in ((0, 150), (150, 400)):
        piece = Requests(*(array[begin:end] for array in requests))
        done = provision_by_score(state, piece, paths=paths, losses=losses, rule=rule)
        found += done.outcomes.path.tolist()
        state = done.state
    assert found == whole.outcomes.path.tolist()
    assert Outcome.NO_SPECTRUM in whole.outcomes.outcome
    last = Requests(np.array([1e9]), np.array([1.0]), *(np.array([n], np.int32) for n in (2, 0)))
    dark = provision_by_score(whole.state, last, paths=paths, losses=losses, rule=rule).state
    assert dark.lit_count == 0
    assert (dark.occupancy.free == start(paths).occupancy.free).all()


def test_one_path_for_each_pair_makes_first_fit_of_the_lowest_slot():
    paths = candidate_paths(
        [[[[0, 1]]], [[[1, 2]]]], width=np.array([[2], [3]], dtype=np.int16), section_count=3
    )
    requests = random_requests(np.random.default_rng(1), count=500, paths=paths, load=30.0)
    state = dark_state(paths, usable=np.ones((3, SLOTS), dtype=np.bool_))
    losses = loss_columns(
        paths,
        slot_count=SLOTS,
        weights=RouteWeights(),
        pair_probability=np.array([0.5, 0.5]),
        bit_rate_probability=np.ones(1),
    )
    scored_ones = provision_by_score(
        state, requests, paths=paths, losses=losses, rule=ScoreRule(Score.SLOT, 1)
    )
    first = provision(state, requests, paths=paths)
    assert (scored_ones.outcomes.first_slot == first.outcomes.first_slot).all()


def test_routes_hurt_are_those_that_share_a_section():
    paths = ring_paths()
    found = columns(paths, RouteWeights(next_path=1.0))
    assert found.route.tolist() == list(range(8))
    of_segment = [
        found.hurt[found.hurt_begin[segment] : found.hurt_begin[segment + 1]].tolist()
        for segment in range(8)
    ]
    sections = [
        set(paths.section[slice(*paths.hop_begin[segment : segment + 2])]) for segment in range(8)
    ]
    assert of_segment == [
        [other for other in range(8) if sections[segment] & sections[other]] for segment in range(8)
    ]
    assert columns(paths, RouteWeights()).route.tolist() == [0, 3, 5]
