"""What is done when somebody else takes what planning had found?"""

from collections.abc import Callable
from typing import TypeVar

from karakoram.core.errors import ConflictError, RefusedError, TakenError
from karakoram.usecases.issue_quote import PLANS_MAX

AnswerT = TypeVar("AnswerT")


def planned_again(attempt: Callable[[], AnswerT], *, where: str) -> AnswerT:
    """What the attempt gives; it is made again where others were faster, a few times.

    Raises
    ------
    TakenError
        With code ``no-room-left`` where others were faster each time.
    """
    lost: RefusedError | None = None
    for _ in range(PLANS_MAX):
        try:
            return attempt()
        except (TakenError, ConflictError) as taken:
            lost = taken
    raise TakenError(
        f"what planning found was taken by others {PLANS_MAX} times in a row: {lost}",
        code="no-room-left",
        where=where,
        alternatives=("ask again",),
    ) from lost
