"""How is one piece of seeded work done, in whichever process?"""

from time import process_time
from typing import TypeVar

import numpy as np

from karakoram.engines.traffic import RandomSources
from karakoram.usecases.simulate.simulation_ports import SeededPiece, SeededWork, TimedResult

PieceT = TypeVar("PieceT")
ResultT = TypeVar("ResultT")


def random_sources(*, seed: int, run: int) -> RandomSources:
    """Four independent sources of randomness, others for every seed and run.

    >>> one, other = random_sources(seed=1, run=0), random_sources(seed=1, run=0)
    >>> one.pairs.random() == other.pairs.random(), one.pairs.random() == other.holding.random()
    (True, False)
    """
    children = np.random.SeedSequence(seed, spawn_key=(run,)).spawn(len(RandomSources._fields))
    return RandomSources(*(np.random.default_rng(child) for child in children))


def done_piece(
    work: SeededWork[PieceT, ResultT], piece: SeededPiece[PieceT]
) -> TimedResult[ResultT]:
    """The result of one piece, and the processor's time that it took."""
    work.ready(piece.piece)
    sources = random_sources(seed=piece.seed, run=piece.run)
    begin = process_time()
    result = work.run(piece.piece, sources)
    return TimedResult(result=result, cpu_s=process_time() - begin)
