"""What holds of protection and restoration whatever fails."""

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.engines.restoration.drill import drills, paths_hit, situation_before
from karakoram.engines.restoration.policy import (
    LOST_FROM,
    RestorationOutcome,
    RestorationPolicy,
    Scheme,
)
from karakoram.engines.restoration.restoring import restore
from karakoram.engines.restoration.slots import FREE, NOWHERE
from tests.support.rings import candidates, network, single_failures

CHORDS = sorted(nx.complement(nx.cycle_graph(6)).edges)
PROTECTED = (Scheme.ONE_PLUS_ONE, Scheme.ONE_FOR_ONE, Scheme.SHARED_MESH)
POLICIES = st.builds(
    RestorationPolicy,
    reduces=st.booleans(),
    pre_empts=st.booleans(),
    uses_reserve=st.booleans(),
    helps_protected=st.booleans(),
    keeps_stubs=st.booleans(),
)


def cases(schemes=tuple(Scheme)):
    """Chords of a ring of six sites, rows of connections, and a policy."""
    row = st.tuples(
        st.integers(0, 3), st.integers(0, 2), st.integers(0, 2), st.sampled_from(schemes)
    )
    chords = st.lists(st.sampled_from(CHORDS), unique=True, max_size=6)
    return st.tuples(chords, st.lists(row, min_size=1, max_size=14), POLICIES)


def loaded_network(case):
    """The network of a case, and how many risks it has."""
    chords, rows, policy = case
    graph = nx.cycle_graph(6)
    graph.add_edges_from(chords)
    paths = candidates(graph, [(0, 3), (1, 4), (2, 5), (0, 2)], k=5)
    loaded = network(paths, rows, slot_count=10, policy=policy)
    return loaded, graph.number_of_edges() + graph.number_of_nodes()


DOWN = st.lists(st.integers(0, 11), min_size=1, max_size=3)
"""Risks that are down together: sections of the ring, and a few chords or sites."""


def risks_down(loaded, numbers):
    singles = single_failures(loaded.paths, 12)
    return np.bitwise_or.reduce(singles[numbers], axis=0)


@settings(max_examples=60, deadline=None)  # the first call compiles
@given(cases(PROTECTED))
def test_a_protected_connection_survives_every_single_failure_but_of_its_ends(case):
    loaded, risk_count = loaded_network(case)
    found = drills(loaded, failures=single_failures(loaded.paths, risk_count))
    lost = (found.outcome >= LOST_FROM) & (found.outcome != RestorationOutcome.END_DOWN)
    assert not lost[:, loaded.placement.is_placed].any()


@settings(max_examples=60, deadline=None)  # the first call compiles
@given(cases(), DOWN)
def test_nobody_lights_anothers_slot_and_nobody_lights_what_is_down(case, numbers):
    loaded, _ = loaded_network(case)
    failed = risks_down(loaded, numbers)
    now = situation_before(loaded)
    now.failed[:] = failed
    restore(loaded.given, now)
    taken = np.full(now.spectrum.owner.shape, FREE)
    hit = paths_hit(loaded.paths, failures=failed[None])[0]
    for connection, (path, slot, width) in enumerate(now.lit):
        if path == NOWHERE:
            continue
        assert not hit[path]
        first, last = loaded.paths.hop_offsets[path : path + 2]
        for resource in loaded.paths.resources[first:last]:
            block = taken[resource, slot : slot + width]
            assert (block == FREE).all(), "a slot is lit twice"
            block[:] = connection
    lit = taken != FREE
    assert (now.spectrum.owner[lit] == taken[lit]).all()


@settings(max_examples=60, deadline=None)  # the first call compiles
@given(cases(), DOWN)
def test_outcomes_say_what_carries_a_connection(case, numbers):
    loaded, _ = loaded_network(case)
    failed = risks_down(loaded, numbers)
    found = drills(loaded, failures=failed[None])
    placed = loaded.placement.is_placed
    outcome, path = found.outcome[0][placed], found.path[0][placed]
    hit = paths_hit(loaded.paths, failures=failed[None])[0]
    home = loaded.placement.blocks.working[placed, 0]
    assert ((path == NOWHERE) == (outcome >= LOST_FROM)).all()
    assert (
        path[outcome == RestorationOutcome.UNAFFECTED]
        == home[outcome == RestorationOutcome.UNAFFECTED]
    ).all()
    grade, asked = found.grade[0][placed], loaded.connections.grade[placed]
    assert ((grade < asked) == (outcome == RestorationOutcome.REDUCED)).all()
    pair = loaded.connections.pair[placed]
    for at in np.flatnonzero(outcome == RestorationOutcome.NO_PATH):
        first, last = loaded.paths.pair_offsets[pair[at] : pair[at] + 2]
        assert hit[first:last].all()
    if not loaded.policy.pre_empts:
        others = loaded.connections.scheme[placed] != Scheme.EXTRA
        assert not (outcome[others] == RestorationOutcome.PRE_EMPTED).any()


@settings(max_examples=40, deadline=None)  # the first call compiles
@given(cases())
def test_the_highest_priority_loses_nothing_by_what_is_below_it(case):
    loaded, risk_count = loaded_network(case)
    alone = loaded.connections.priority == loaded.connections.priority.max()
    singles = single_failures(loaded.paths, risk_count)
    found = drills(loaded, failures=singles)
    pre_empted = found.outcome == RestorationOutcome.PRE_EMPTED
    helped = alone & (loaded.connections.scheme != Scheme.EXTRA)
    assert not pre_empted[:, helped].any()


@settings(max_examples=40, deadline=None)  # the first call compiles
@given(cases())
def test_with_nothing_down_nothing_changes(case):
    loaded, _ = loaded_network(case)
    nothing = np.zeros((1, loaded.paths.word_count), dtype=np.uint64)
    found = drills(loaded, failures=nothing)
    assert not found.outcome.any()
    assert (found.path[0] == loaded.placement.blocks.working[:, 0]).all()
