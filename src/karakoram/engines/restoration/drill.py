"""What happens to every connection in each of many failures, one at a time?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int, UInt64

from karakoram.engines.restoration.candidates import ExposedPaths
from karakoram.engines.restoration.placement import Connections, LitConnections
from karakoram.engines.restoration.policy import RestorationPolicy
from karakoram.engines.restoration.restoring import restore
from karakoram.engines.restoration.situation import Given, Situation
from karakoram.engines.restoration.slots import FREE, NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoadedNetwork:
    """What fails: candidate paths, what is carried over them, and what may be done about it."""

    paths: ExposedPaths
    connections: Connections
    placement: LitConnections
    policy: RestorationPolicy

    @property
    def given(self) -> Given:
        """The same for compiled loops."""
        placed = np.flatnonzero(self.placement.is_placed)
        by_priority = np.argsort(-self.connections.priority[placed], kind="stable")
        return Given(
            connections=self.connections.arrays,
            blocks=self.placement.blocks,
            order=placed[by_priority],
            policy=self.policy.flags,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drills:
    """What becomes of each connection in each failure; axes [failure, connection].

    Connections that were never placed are UNAFFECTED, on no path.
    """

    outcome: Int[np.ndarray, "failure connection"]
    """An ``RestorationOutcome`` each."""
    path: Int[np.ndarray, "failure connection"]
    """Which candidate path carries it; NOWHERE if none."""
    grade: Int[np.ndarray, "failure connection"]
    """Grade of bit rate; what it should be where nothing carries it."""
    turn: Int[np.ndarray, "failure connection"]
    """Place in the queue of searches after the failure, from 0; NOWHERE without a search."""
    slots_lit: Int[np.ndarray, "failure resource"]
    """Slots of each resource that are lit meanwhile."""


def situation_before(network: LoadedNetwork) -> Situation:
    """A situation of its own in which nothing has failed yet, to be changed by ``restore``."""
    spectrum, blocks = network.placement.spectrum, network.placement.blocks
    count = network.connections.count
    return Situation(
        spectrum=spectrum._replace(owner=spectrum.owner.copy()),
        failed=np.zeros(network.paths.word_count, dtype=np.uint64),
        lit=blocks.working.copy(),
        grade=network.connections.grade.copy(),
        outcome=np.zeros(count, dtype=np.int64),
        turn=np.full(count, NOWHERE, dtype=np.int64),
        is_pre_empted=np.zeros(count, dtype=np.bool_),
    )


def drills(network: LoadedNetwork, *, failures: UInt64[np.ndarray, "failure word"]) -> Drills:
    """Every failure by itself, each from the same state before it.

    Parameters
    ----------
    network
        What is lit and how it is protected.
    failures
        The risks that are down in each failure, as words of bits.

    Raises
    ------
    ValueError
        If the failures have another number of words than the risks of the paths.

    Notes
    -----
    Of order failures x (resources x slots + connections hit x candidate paths x hops x slots).
    """
    words = network.paths.word_count
    if failures.shape[1:] != (words,):
        raise ValueError(f"failures must have {words} words each, got shape {failures.shape}")
    shape = (failures.shape[0], network.connections.count)
    found = Drills(
        outcome=np.empty(shape, dtype=np.int64),
        path=np.empty(shape, dtype=np.int64),
        grade=np.empty(shape, dtype=np.int64),
        turn=np.empty(shape, dtype=np.int64),
        slots_lit=np.empty((failures.shape[0], network.paths.resource_count), dtype=np.int64),
    )
    given = network.given
    for number, failed in enumerate(failures):
        now = situation_before(network)
        now.failed[:] = failed
        restore(given, now)
        found.outcome[number] = now.outcome
        found.path[number] = now.lit[:, 0]
        found.grade[number] = now.grade
        found.turn[number] = now.turn
        found.slots_lit[number] = (now.spectrum.owner != FREE).sum(axis=1)
    for values in (found.outcome, found.path, found.grade, found.turn, found.slots_lit):
        values.flags.writeable = False
    return found


def paths_hit(
    paths: ExposedPaths, *, failures: UInt64[np.ndarray, "failure word"]
) -> Bool[np.ndarray, "failure path"]:
    """Which candidate paths each failure takes down."""
    hit = np.zeros((failures.shape[0], paths.path_count), dtype=np.bool_)
    for word in range(failures.shape[1]):
        hit |= (failures[:, word, None] & paths.risks[None, :, word]) != 0
    return hit
