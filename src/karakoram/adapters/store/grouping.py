"""How do many writers share one wait for the disk?

Whoever comes first does the work of all who wait: their actions run one after another in one
transaction, and nobody gets an answer before that is durable.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Condition, get_ident
from types import TracebackType
from typing import Generic, TypeVar

from karakoram.usecases.settle.ledger_ports import SettlementWriter

AnswerT = TypeVar("AnswerT")

GROUP_MAX = 256
"""Actions in one transaction; the last of them waits for all the others."""


@dataclass(slots=True)
class Waiting(Generic[AnswerT]):
    """An action that waits for its turn, and what came of it."""

    action: Callable[[SettlementWriter], AnswerT]
    answers: list[AnswerT] = field(default_factory=list)
    """Its answer, once there is one."""
    error: BaseException | None = None
    is_done: bool = False

    def __enter__(self) -> "Waiting[AnswerT]":
        """Begin what may go wrong for this action alone."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> bool:
        """Keep the error for whoever asked for the action."""
        self.error = error
        return isinstance(error, Exception)

    def run(self, writer: SettlementWriter) -> None:
        """Carry the action out and keep its answer."""
        self.answers[:] = [self.action(writer)]

    def answer(self) -> AnswerT:
        """The answer, or the error of the action."""
        if self.error is not None:
            raise self.error
        return self.answers[0]


class WriteQueue:
    """Writers of one process, who take turns in groups."""

    __slots__ = ("_carry_out", "_condition", "_leader", "_waiting")

    def __init__(self, carry_out: Callable[[Sequence[Waiting[object]]], None]) -> None:
        """Keep who carries out a group: durable when it comes back, and nothing of it if not."""
        self._carry_out = carry_out
        self._condition = Condition()
        self._waiting: deque[Waiting[object]] = deque()
        self._leader: int | None = None

    def write(self, action: Callable[[SettlementWriter], AnswerT]) -> AnswerT:
        """What ``action`` answers, once it is durable."""
        assert self._leader != get_ident(), "an action writes through its own writer"
        mine = Waiting(action)
        with self._condition:
            self._waiting.append(mine)  # type: ignore[arg-type]  # nobody else looks at the answer
        while not mine.is_done:
            group = self._group_to_lead(mine)
            if group:
                self._lead(group)
        return mine.answer()

    def _group_to_lead(self, mine: Waiting[AnswerT]) -> list[Waiting[object]]:
        """Who is led by this thread; nobody once another has done its action."""
        with self._condition:
            while self._leader is not None and not mine.is_done:
                self._condition.wait()
            if mine.is_done:
                return []
            self._leader = get_ident()
            count = min(GROUP_MAX, len(self._waiting))
            return [self._waiting.popleft() for _ in range(count)]

    def _lead(self, group: Sequence[Waiting[object]]) -> None:
        whole = Waiting(lambda _: None)
        try:
            with whole:
                self._carry_out(group)
        finally:
            with self._condition:
                for each in group:
                    each.error = each.error or whole.error
                    each.is_done = True
                self._leader = None
                self._condition.notify_all()
