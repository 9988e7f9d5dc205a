"""What do simulations need from outside: randomness, and somebody who computes?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, runtime_checkable

from karakoram.engines.traffic import RandomSources

PieceT = TypeVar("PieceT")
ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeededPiece(Generic[PieceT]):
    """A piece of work and which randomness it has: the same seed and run give the same result."""

    piece: PieceT
    seed: int
    run: int
    """Runs of one seed are independent of each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedResult(Generic[ResultT]):
    """What a piece of work has given, and what it took."""

    result: ResultT
    cpu_s: float
    """Seconds of one processor, without those for making the work ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeededWork(Generic[PieceT, ResultT]):
    """What is done with each piece; functions that other processes find by their names."""

    ready: Callable[[PieceT], None]
    """Loads what is slow to load; not counted as work."""
    run: Callable[[PieceT, RandomSources], ResultT]


@runtime_checkable
class PiecesDone(Protocol):
    """Who is told how many pieces are done."""

    def __call__(self, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` are done."""


@runtime_checkable
class Workers(Protocol):
    """Who does pieces of work, on this machine or on many."""

    def results(
        self,
        work: SeededWork[PieceT, ResultT],
        pieces: Sequence[SeededPiece[PieceT]],
        *,
        told: PiecesDone,
    ) -> tuple[TimedResult[ResultT], ...]:
        """The result of each piece, in the order of the pieces, whoever did it."""
