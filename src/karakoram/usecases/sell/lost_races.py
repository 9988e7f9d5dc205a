"""What is done when somebody else takes what planning had found?"""

from collections.abc import Callable
from typing import TypeVar

from karakoram.core.errors import ConflictError, RefusedError, TakenError

AnswerT = TypeVar("AnswerT")

PLANS_MAX = 3
"""How often planning is asked again when somebody else took what it had found."""


def _ask_again() -> tuple[str, ...]:
    return ("ask again",)


def retry_when_taken(
    attempt: Callable[[], AnswerT],
    *,
    where: str,
    alternatives: Callable[[], tuple[str, ...]] = _ask_again,
) -> AnswerT:
    """What an attempt gives, which is made again, a few times, where others were faster.

    Parameters
    ----------
    attempt
        Plans on what is free now, and writes what is free still.
    where
        What it is about, where the race that was lost does not say.
    alternatives
        What would help, asked only once all is lost.

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
    assert lost is not None, "something is attempted at least once"
    raise TakenError(
        f"what planning found was taken by others {PLANS_MAX} times in a row: {lost}",
        code="no-room-left",
        where=lost.where or where,
        alternatives=alternatives(),
    ) from lost
