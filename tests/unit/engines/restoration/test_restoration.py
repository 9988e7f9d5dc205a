"""Protection and restoration on networks small enough to follow by hand."""

import networkx as nx
import numpy as np
import pytest

from karakoram.engines.restoration import (
    drill,
    placement,
    pre_emption,
    restoring,
    slots,
)
from karakoram.engines.restoration.candidates import ExposedPaths, risk_words
from karakoram.engines.restoration.drill import drills, paths_hit
from karakoram.engines.restoration.placement import place_connections
from karakoram.engines.restoration.policy import RestorationOutcome, RestorationPolicy, Scheme
from karakoram.engines.restoration.slots import FREE, NOWHERE
from tests.support.interpreted import interpreted
from tests.support.rings import candidates, connections, network, single_failures

MODULES = (slots, placement, pre_emption, restoring, drill)


@pytest.fixture(params=["compiled", "interpreted"], autouse=True)
def _both_ways(request):
    """Every test runs the loops compiled, and as the Python that they are written in."""
    if request.param == "compiled":
        yield
    else:
        with interpreted(*MODULES):
            yield


@pytest.fixture
def square():
    """A ring 0-1-2-3: sections 01, 03, 12, 23 are risks 0..3, sites risks 4..7."""
    graph = nx.cycle_graph(4)
    assert list(graph.edges) == [(0, 1), (0, 3), (1, 2), (2, 3)]
    return candidates(graph, [(0, 2), (0, 1)], k=2)


@pytest.fixture
def bow_tie():
    """0-1 and 2-3 have a section each; what protects them crosses the section 4-5 together."""
    graph = nx.Graph([(0, 1), (2, 3), (4, 5), (0, 4), (5, 1), (2, 4), (5, 3)])
    return candidates(graph, [(0, 1), (2, 3)], k=2)


def outcomes(loaded, risks):
    """What becomes of each connection while the risks are down together."""
    failed = risk_words(risks, word_count=loaded.paths.word_count)
    found = drills(loaded, failures=failed[None])
    return [RestorationOutcome(kind) for kind in found.outcome[0]]


def test_connections_take_the_first_path_and_the_lowest_slots(square):
    loaded = network(square, [(0, 2, 0, Scheme.DYNAMIC)] * 3, slot_count=8)
    assert loaded.placement.blocks.working.tolist() == [[0, 0, 4], [0, 4, 4], [1, 0, 4]]
    assert loaded.placement.is_placed.all()


def test_a_connection_without_room_is_not_placed(square):
    loaded = network(square, [(0, 2, 0, Scheme.DYNAMIC)] * 5, slot_count=8)
    assert loaded.placement.is_placed.tolist() == [True] * 4 + [False]
    found = drills(loaded, failures=single_failures(square, 8))
    assert (found.outcome[:, 4] == RestorationOutcome.UNAFFECTED).all()
    assert (found.path[:, 4] == NOWHERE).all()


def test_unprotected_connections_wait(square):
    loaded = network(square, [(1, 0, 0, Scheme.UNPROTECTED)], slot_count=8)
    assert outcomes(loaded, [0]) == [RestorationOutcome.WAITS]
    assert outcomes(loaded, [2]) == [RestorationOutcome.UNAFFECTED]


@pytest.mark.parametrize("scheme", [Scheme.ONE_PLUS_ONE, Scheme.ONE_FOR_ONE, Scheme.SHARED_MESH])
def test_protection_takes_over_and_an_end_that_is_down_loses_all(square, scheme):
    loaded = network(square, [(0, 0, 0, scheme)], slot_count=8)
    assert outcomes(loaded, [0]) == [RestorationOutcome.SWITCHED]
    assert outcomes(loaded, [1]) == [RestorationOutcome.UNAFFECTED]
    assert outcomes(loaded, [0, 1]) == [RestorationOutcome.NO_PATH]
    assert outcomes(loaded, [4]) == [RestorationOutcome.END_DOWN]


def test_one_plus_one_lights_both_paths_and_one_for_one_reserves_one(square):
    both = network(square, [(0, 0, 0, Scheme.ONE_PLUS_ONE)], slot_count=4).placement.spectrum
    one = network(square, [(0, 0, 0, Scheme.ONE_FOR_ONE)], slot_count=4).placement.spectrum
    assert (both.owner != FREE).sum() == 4
    assert not both.reserve.any()
    assert (one.owner != FREE).sum() == 2
    assert one.reserve.any(axis=2).sum() == 2


def test_extra_traffic_uses_reserved_slots_until_they_are_needed(square):
    rows = [(0, 2, 0, Scheme.ONE_FOR_ONE), (0, 2, 0, Scheme.EXTRA)]
    loaded = network(square, rows, slot_count=4)
    assert loaded.placement.blocks.working.tolist() == [[0, 0, 4], [1, 0, 4]]
    assert outcomes(loaded, [0]) == [RestorationOutcome.SWITCHED, RestorationOutcome.PRE_EMPTED]
    assert outcomes(loaded, [1]) == [RestorationOutcome.UNAFFECTED, RestorationOutcome.WAITS]


def test_connections_whose_working_paths_share_no_risk_share_their_reserve(bow_tie):
    shared = [(0, 1, 0, Scheme.SHARED_MESH), (1, 1, 0, Scheme.SHARED_MESH)]
    alone = [(0, 1, 0, Scheme.ONE_FOR_ONE), (1, 1, 0, Scheme.ONE_FOR_ONE)]
    tables = [network(bow_tie, rows, slot_count=8) for rows in (shared, alone)]
    middle = bow_tie.resources[bow_tie.hop_offsets[1] + 1]
    reserved = [case.placement.spectrum.reserve[middle].any(axis=1).sum() for case in tables]
    assert reserved == [2, 4]


def test_of_two_that_share_only_one_is_saved_when_both_fail(bow_tie):
    rows = [(0, 1, 0, Scheme.SHARED_MESH), (1, 1, 7, Scheme.SHARED_MESH)]
    policy = RestorationPolicy(helps_protected=False)
    loaded = network(bow_tie, rows, slot_count=8, policy=policy)
    assert outcomes(loaded, [0]) == [RestorationOutcome.SWITCHED, RestorationOutcome.UNAFFECTED]
    hit = [int(bow_tie.resources[bow_tie.hop_offsets[path]]) for path in (0, 2)]
    assert outcomes(loaded, hit) == [RestorationOutcome.WAITS, RestorationOutcome.SWITCHED]
    helped = network(bow_tie, rows, slot_count=2)
    assert outcomes(helped, hit) == [RestorationOutcome.NO_SPECTRUM, RestorationOutcome.SWITCHED]


def test_reserved_slots_are_used_for_restoration_where_the_policy_says_so(bow_tie):
    rows = [(0, 1, 0, Scheme.ONE_FOR_ONE), (1, 2, 0, Scheme.DYNAMIC)]
    cut = [int(bow_tie.resources[bow_tie.hop_offsets[2]])]
    kept = network(bow_tie, rows, slot_count=4)
    used = network(bow_tie, rows, slot_count=4, policy=RestorationPolicy(uses_reserve=True))
    assert outcomes(kept, cut)[1] == RestorationOutcome.NO_SPECTRUM
    assert outcomes(used, cut)[1] == RestorationOutcome.RESTORED


def test_a_lower_bit_rate_will_do_where_the_policy_says_so(square):
    rows = [(0, 2, 0, Scheme.DYNAMIC), (1, 1, 0, Scheme.UNPROTECTED)]
    rows += [(0, 1, 0, Scheme.UNPROTECTED)] * 2
    exact = network(square, rows, slot_count=7)
    reduced = network(square, rows, slot_count=7, policy=RestorationPolicy(reduces=True))
    cut = [int(square.resources[1])]
    assert outcomes(exact, cut)[0] == RestorationOutcome.NO_SPECTRUM
    assert outcomes(reduced, cut)[0] == RestorationOutcome.REDUCED
    failed = risk_words(cut, word_count=1)
    assert drills(reduced, failures=failed[None]).grade[0, 0] == 1


def test_out_of_reach_is_told_apart_from_no_spectrum(square):
    widths = square.widths.copy()
    widths[1] = 0
    near = ExposedPaths(
        pair_offsets=square.pair_offsets,
        hop_offsets=square.hop_offsets,
        resources=square.resources,
        risks=square.risks,
        end_risks=square.end_risks,
        widths=widths,
        resource_count=square.resource_count,
    )
    loaded = network(near, [(0, 0, 0, Scheme.DYNAMIC)], slot_count=4)
    assert outcomes(loaded, [0]) == [RestorationOutcome.NO_REACH]


def test_the_higher_priority_puts_out_the_lower(square):
    rows = [(0, 2, 5, Scheme.DYNAMIC), (0, 2, 1, Scheme.DYNAMIC)]
    policy = RestorationPolicy(pre_empts=True)
    loaded = network(square, rows, slot_count=4, policy=policy)
    assert outcomes(loaded, [0]) == [RestorationOutcome.RESTORED, RestorationOutcome.PRE_EMPTED]
    assert outcomes(loaded, [1]) == [RestorationOutcome.UNAFFECTED, RestorationOutcome.NO_SPECTRUM]


def test_nobody_puts_out_an_equal_or_a_protected_connection(square):
    policy = RestorationPolicy(pre_empts=True)
    equal = [(0, 2, 1, Scheme.DYNAMIC), (0, 2, 1, Scheme.DYNAMIC)]
    loaded = network(square, equal, slot_count=4, policy=policy)
    assert outcomes(loaded, [0])[0] == RestorationOutcome.NO_SPECTRUM
    guarded = [(1, 2, 0, Scheme.ONE_PLUS_ONE), (0, 2, 5, Scheme.DYNAMIC)]
    loaded = network(square, guarded, slot_count=8, policy=policy)
    assert outcomes(loaded, [2])[0] == RestorationOutcome.UNAFFECTED


def test_of_several_blocks_the_one_that_puts_out_least_is_taken(square):
    rows = [(0, 0, 5, Scheme.DYNAMIC)]  # one slot on 0-1-2
    rows += [(0, 2, 1, Scheme.UNPROTECTED), (0, 1, 1, Scheme.UNPROTECTED)]
    loaded = network(square, [*rows, (0, 0, 1, Scheme.UNPROTECTED)], slot_count=7)
    # 0-1-2: slots 0, 1-4, 5-6; 0-3-2: slot 0 only, so nothing need be put out there.
    assert loaded.placement.blocks.working[3].tolist() == [1, 0, 1]
    full = [*rows, *[(0, 1, 1, Scheme.UNPROTECTED)] * 3, (0, 0, 1, Scheme.UNPROTECTED)]
    loaded = network(square, full, slot_count=7, policy=RestorationPolicy(pre_empts=True))
    assert outcomes(loaded, [0])[0] == RestorationOutcome.RESTORED
    assert outcomes(loaded, [0])[6] == RestorationOutcome.PRE_EMPTED, "the one with a single slot"


def test_stubs_keep_their_slots_where_the_policy_says_so(square):
    rows = [(0, 2, 0, Scheme.UNPROTECTED), (1, 2, 0, Scheme.DYNAMIC)]
    kept = network(square, rows, slot_count=8, policy=RestorationPolicy(keeps_stubs=True))
    freed = network(square, rows, slot_count=8)
    lit = [drills(case, failures=single_failures(square, 4)).slots_lit for case in (kept, freed)]
    cut = int(square.resources[1])
    assert (lit[0][cut] >= lit[1][cut]).all()
    assert lit[0][cut].sum() > lit[1][cut].sum()


def test_searches_wait_for_each_other_in_order_of_priority(square):
    rows = [(0, 0, 1, Scheme.DYNAMIC), (0, 0, 9, Scheme.DYNAMIC), (1, 0, 5, Scheme.DYNAMIC)]
    loaded = network(square, rows, slot_count=8)
    found = drills(loaded, failures=risk_words([0], word_count=1)[None])
    assert found.turn[0].tolist() == [2, 0, 1]


def test_paths_hit_are_those_that_are_exposed(square):
    hit = paths_hit(square, failures=single_failures(square, 8))
    assert hit[0].tolist() == [True, False, True, False]
    assert hit[4].all()


def test_arrays_that_do_not_fit_are_refused(square):
    with pytest.raises(ValueError, match="pair must lie in 0..1, got 5"):
        place_connections(square, connections([(5, 0, 0, 0)]), slot_count=4)
    with pytest.raises(ValueError, match="grade must lie in 0..2, got 3"):
        place_connections(square, connections([(0, 3, 0, 0)]), slot_count=4)
    with pytest.raises(ValueError, match="slot_count must be >= 1, got 0"):
        place_connections(square, connections([(0, 0, 0, 0)]), slot_count=0)
    with pytest.raises(ValueError, match="scheme must be one of Scheme, got 9"):
        connections([(0, 0, 0, 9)])
    loaded = network(square, [(0, 0, 0, 0)], slot_count=4)
    with pytest.raises(ValueError, match="failures must have 1 words each"):
        drills(loaded, failures=np.zeros((1, 2), dtype=np.uint64))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"pair_offsets": np.array([0, 2, 3])}, "pair_offsets must rise from 0 to 4"),
        ({"hop_offsets": np.array([0, 4, 2, 6, 8])}, "hop_offsets must rise from 0 to 8"),
        ({"resources": np.full(8, 9)}, "resources must lie in 0..3, got 9"),
        ({"widths": np.full((4, 1), -1)}, "widths must be >= 0 slots, got -1"),
    ],
)
def test_candidates_that_do_not_fit_each_other_are_refused(square, changed, message):
    names = ("pair_offsets", "hop_offsets", "resources", "risks", "end_risks", "widths")
    given = {name: getattr(square, name) for name in names} | changed
    with pytest.raises(ValueError, match=message):
        ExposedPaths(**given, resource_count=4)


def test_where_no_path_is_disjoint_the_one_that_shares_least_protects_if_allowed():
    # 0-1 has one section; then 1-2 and 1-3-2 part.
    graph = nx.Graph([(0, 1), (1, 2), (1, 3), (3, 2)])
    paths = candidates(graph, [(0, 2)], k=2)
    strict = connections([(0, 0, 0, Scheme.ONE_PLUS_ONE)])
    shares = int(paths.sharing[0, 1])
    assert shares == 2, "the section 0-1 and the site 1"
    none = place_connections(paths, strict, slot_count=2)
    less = place_connections(paths, strict, slot_count=2, sharing_max=shares - 1)
    some = place_connections(paths, strict, slot_count=2, sharing_max=shares)
    assert [case.is_placed.tolist() for case in (none, less, some)] == [[False], [False], [True]]


def test_risks_weigh_what_they_are_said_to(square):
    weights = np.arange(1, 9)
    names = ("pair_offsets", "hop_offsets", "resources", "risks", "end_risks", "widths")
    given = {name: getattr(square, name) for name in names}
    weighed = ExposedPaths(**given, resource_count=4, risk_weights=weights)
    # Path 0-1-2 by itself: sections 0 and 2, site 5.
    assert weighed.sharing[0].tolist() == [weights[0] + weights[2] + weights[5], 0]
    with pytest.raises(ValueError, match="risk_weights must be >= 1, got 0"):
        ExposedPaths(**given, resource_count=4, risk_weights=np.zeros(8, dtype=np.int64))
