"""How is work done on the processors of this machine?"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar

from karakoram.adapters.workers.pieces import done_piece
from karakoram.usecases.simulate.simulation_ports import (
    PiecesDone,
    SeededPiece,
    SeededWork,
    TimedResult,
)

PieceT = TypeVar("PieceT")
ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class ProcessPool:
    """Up to ``count`` processes; with one, or for one piece, this process does all."""

    count: int

    def results(
        self,
        work: SeededWork[PieceT, ResultT],
        pieces: Sequence[SeededPiece[PieceT]],
        *,
        told: PiecesDone,
    ) -> tuple[TimedResult[ResultT], ...]:
        """The result of each piece, in the order of the pieces."""
        count = min(self.count, len(pieces))
        if count <= 1:
            return tuple(self._here(work, pieces, told))
        # Fresh processes: a forked one would have the locks of threads that it has not.
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            tasks = [pool.submit(done_piece, work, piece) for piece in pieces]
            for done, task in enumerate(as_completed(tasks), start=1):
                task.result()
                told(done, len(pieces))
            return tuple(task.result() for task in tasks)

    @staticmethod
    def _here(
        work: SeededWork[PieceT, ResultT],
        pieces: Sequence[SeededPiece[PieceT]],
        told: PiecesDone,
    ) -> list[TimedResult[ResultT]]:
        results = []
        for done, piece in enumerate(pieces, start=1):
            results.append(done_piece(work, piece))
            told(done, len(pieces))
        return results
