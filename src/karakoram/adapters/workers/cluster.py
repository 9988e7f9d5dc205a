"""How is work done on many machines, by a scheduler of dask.distributed?"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TypeVar

from karakoram.adapters.workers.pieces import done_piece
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.usecases.simulate.simulation_ports import (
    PiecesDone,
    SeededPiece,
    SeededWork,
    TimedResult,
)

PieceT = TypeVar("PieceT")
ResultT = TypeVar("ResultT")

WAIT_S = 10
"""A scheduler that has not answered by then is not there."""


@dataclass(frozen=True, slots=True)
class DaskCluster:
    """The workers of a scheduler, which have the same version of the program."""

    address: str
    """Such as ``tcp://10.0.0.1:8786``."""

    def results(
        self,
        work: SeededWork[PieceT, ResultT],
        pieces: Sequence[SeededPiece[PieceT]],
        *,
        told: PiecesDone,
    ) -> tuple[TimedResult[ResultT], ...]:
        """The result of each piece, in the order of the pieces.

        Raises
        ------
        InvalidDataError
            If the extra ``cluster`` is not installed, or no scheduler answers.
        """
        try:
            distributed = import_module("distributed")
        except ImportError:
            message = "needs the package distributed: pip install 'karakoram[cluster]'"
            raise InvalidDataError((_finding(message),)) from None
        try:
            client = distributed.Client(self.address, timeout=WAIT_S, set_as_default=False)
        except (OSError, ValueError) as refusal:
            message = f"no scheduler answers at {self.address!r}: {refusal}; name e.g. "
            raise InvalidDataError((_finding(message + "tcp://127.0.0.1:8786"),)) from refusal
        with client:
            tasks = [client.submit(done_piece, work, piece, pure=False) for piece in pieces]
            for done, task in enumerate(distributed.as_completed(tasks, loop=client.loop), start=1):
                task.result()
                told(done, len(pieces))
            return tuple(task.result() for task in tasks)


def _finding(message: str) -> Finding:
    return Finding(
        code="question-cluster",
        place=Place(table="question", field="cluster"),
        message=message,
    )
